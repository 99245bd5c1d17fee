/*
 * audit_store.h: rows and heads of the audit as statements.
 */
#ifndef AUDIT_AUDIT_STORE_H
#define AUDIT_AUDIT_STORE_H

#include "audit/audit_rule.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

/* A row and its place in the chain. */
struct audit_link {
    struct audit_row *row;
    struct audit_head seal;
};
void audit_link_free(gpointer link);

/* Up to `most` rows without a seal by id, locked; elements are struct audit_link. */
GPtrArray *audit_store_unsealed(struct db *db, guint most, GError **error);

/* Write the seals of `links`, in one statement. */
bool audit_store_seals(struct db *db, const GPtrArray *links, GError **error);

/* Lock the head of `customer`, beginning one if there is none, and write it back. `newest` gets the newest
 * position that a row has. */
bool audit_store_lock_head(struct db *db, uint64_t customer, struct audit_head *head, uint64_t *newest, GError **error);
bool audit_store_set_head(struct db *db, uint64_t customer, const struct audit_head *head, GError **error);

/* The head of `customer` (zeros if it has none) and, of the same moment, the newest position that a row has.
 */
bool audit_store_head(struct db *db, uint64_t customer, struct audit_head *head, uint64_t *newest, GError **error);

/* Up to `most` rows of `customer` with positions in (after, until], in order; elements are struct audit_link.
 */
GPtrArray *audit_store_sealed(struct db *db, uint64_t customer, uint64_t after, uint64_t until, guint most,
                              GError **error);

/* Call `visit` with up to `most` heads of customers from *customer on, which moves behind the last one. `n`
 * gets how many. */
typedef void audit_visit(uint64_t customer, const struct audit_head *head);
bool audit_store_heads(struct db *db, uint64_t *customer, guint most, audit_visit *visit, guint *n, GError **error);

#endif
