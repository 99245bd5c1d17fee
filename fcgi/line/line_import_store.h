/*
 * line_import_store.h: lines of a load as statements: staged, checked, published.
 */
#ifndef LINE_LINE_IMPORT_STORE_H
#define LINE_LINE_IMPORT_STORE_H

#include "audit/actor.h"
#include "bulk/bulk.h"
#include "line/line_import_rule.h"

/* A row for line_import_add. */
void line_import_store_row(struct bulk_rows *rows, uint64_t row_no, const struct line_import_row *row);
bool line_import_store_add(struct db *db, uint64_t run, struct bulk_rows *rows, GError **error);

/* A fault for bulk_faults_add. */
void line_import_store_fault(struct bulk_rows *rows, uint64_t row_no, enum line_import_column column,
                             enum line_import_reason reason, const char *value);

/* Check the rows from one to another: `faults` gets what is wrong with them, `known` how many lines are there already.
 */
bool line_import_store_check(struct db *db, uint64_t run, uint64_t first, uint64_t last, struct bulk_rows *faults,
                             guint *known, GError **error);
bool line_import_store_set_known(struct db *db, uint64_t run, uint64_t first, uint64_t last, GError **error);
bool line_import_store_count_known(struct db *db, uint64_t run, uint64_t *known, GError **error);

/* Make the parts of a run. */
bool line_import_store_add_parts(struct db *db, uint64_t run, GError **error);

/* The rows that one transaction publishes: those of the parts of customers `first` to `last` up to `last_row`. */
struct line_import_unit {
    uint64_t run, first, last, last_row;
};

/* Where a bite of `most` rows of one customer ends; UINT32_MAX: it has no more than that. */
bool line_import_store_bite(struct db *db, uint64_t run, uint64_t customer, guint most, uint64_t *last_row,
                            GError **error);

/* Who does it when, and which months are open. */
struct line_import_making {
    const struct actor *actor;
    struct moment at;
    struct month months[2];
    guint n;
};

/* The lines that a unit became: a range of ids, if no other line stands in it. */
struct line_import_made {
    struct line_import_unit unit;
    uint64_t first, last, n;
    bool is_gapless;
};

/* Publish a unit: lines, cards, plans, projects, events, a row in each open month; in the caller's transaction, which
 * has locked the parts. PORTAL_CONFLICT: a number is taken. */
bool line_import_store_publish(struct db *db, const struct line_import_unit *unit,
                               const struct line_import_making *making, struct line_import_made *made, GError **error);

/* Add what was made to the customers' kept figures: the last that is written. */
bool line_import_store_add_up(struct db *db, const struct line_import_made *made,
                              const struct line_import_making *making, GError **error);

#endif
