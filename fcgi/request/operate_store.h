/*
 * operate_store.h: lines of requests that the operator mends, as rows.
 */
#ifndef REQUEST_OPERATE_STORE_H
#define REQUEST_OPERATE_STORE_H

#include "request/operate.h"
#include "request/work_store.h"

/* The items (uint64_t) of request `id` that have failed, or are open; or those of `phones`. The caller unrefs. */
GArray *operate_store_find(struct db *db, uint64_t id, bool open, const char *const *phones, GError **error);

/* Lock the lines of `items`, then the items, and tell what is so: `cases` has one for each. */
bool operate_store_lock(struct db *db, const GPtrArray *items, struct operate_case *cases, GError **error);

/* Begin the next round of `items` (struct work_item) of one request. */
bool operate_store_retry(struct db *db, uint64_t request, const GPtrArray *items, struct moment now, GError **error);

/* Have what waits for the repair of these lines (uint64_t) looked at again. */
bool operate_store_wake(struct db *db, const GArray *lines, struct moment now, GError **error);

#endif
