/*
 * audit.h: what was done, by whom, from where. A row is written in the transaction of what it tells of; the
 * worker seals committed rows into a chain per customer, so that a changed or missing row is seen.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "audit/actor.h"
#include "base/clock.h"
#include "base/secret.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

/* Write a row. `customer` 0: nobody's. `action` is a fixed word ("login", "line-label"), `object` what it was
 * done to ("line 12"), `detail` text of at most 2,000 characters without secrets; NULL stands for "". What is
 * longer is cut between characters, bytes that are no UTF-8 are replaced: a journal takes every event. */
bool audit_add(struct db *db, const struct actor *actor, struct moment now, uint64_t customer, const char *action,
               const char *object, const char *detail, GError **error);

/* Seal up to `most` committed rows that have no seal yet; `sealed` gets how many. One transaction. */
bool audit_seal(struct db *db, const struct secret_keys *keys, guint most, guint *sealed, GError **error);

/* Walk the chain of `customer`: false with PORTAL_CONFLICT names the first row that does not fit. `rows` gets
 * how many were good, in either case. */
bool audit_verify(struct db *db, const struct secret_keys *keys, uint64_t customer, uint64_t *rows, GError **error);

/* Write the newest sealed position of every customer to the log: a copy that whoever changes the database
 * does not reach. `heads` gets how many. */
bool audit_log_heads(struct db *db, guint *heads, GError **error);

#endif
