/*
 * line_store.h: what the service and the stores of this area share.
 */
#ifndef LINE_LINE_STORE_H
#define LINE_LINE_STORE_H

#include "line/line.h"

/* Read what line_get tells of a line's row. */
void line_row_read(const struct db_rows *rows, struct line_row *row);

/* Lock a line of `customer` and read what it says; within a transaction. The caller frees the texts. */
struct line_kept_note {
    char *label, *memo;
    uint32_t version;
};
bool line_lock(struct db *db, uint64_t customer, uint64_t id, struct line_kept_note *kept, GError **error);

/* Lock a line and read whether it is protected; set it. */
bool line_lock_protection(struct db *db, uint64_t customer, uint64_t id, enum line_state *state, bool *is_protected,
                          GError **error);
bool line_store_protect(struct db *db, uint64_t customer, uint64_t id, bool is_protected, GError **error);

/* Write what happened to a line into its history. `from` and `to` may be NULL; `item` 0: no request's. */
struct line_change {
    uint64_t line, customer, item;
    const char *kind, *from, *to;
};
bool line_event_add(struct db *db, const struct actor *actor, struct moment now, const struct line_change *change,
                    GError **error);

/* The sealed activation code of the present card; the caller unrefs and frees. */
bool line_sealed_code(struct db *db, uint64_t customer, uint64_t id, GBytes **sealed, struct line_code *code,
                      GError **error);

#endif
