/*
 * month_store.h: rows of months as statements. Arrays of lines hold uint64_t, in order.
 */
#ifndef WORKER_MONTH_STORE_H
#define WORKER_MONTH_STORE_H

#include "base/clock.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

/* Look at the next `most` lines behind *behind, which moves on, and give those without a row of `month`.
 * `seen` gets how many were looked at. Locks nothing. */
GArray *month_store_missing(struct db *db, struct month month, guint most, uint64_t *behind, guint *seen,
                            GError **error);

/* Lock those of `lines` that still have none, in their order. */
GArray *month_store_lock(struct db *db, struct month month, const GArray *lines, GError **error);

/* Make rows for locked lines; recharges count that take effect no later than `until` and are valid in the
 * month. */
bool month_store_open(struct db *db, struct month month, struct moment until, const GArray *lines, GError **error);

/* Add the capacity of those rows to their customers'. */
bool month_store_add_capacity(struct db *db, struct month month, const GArray *lines, GError **error);

#endif
