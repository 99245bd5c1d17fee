/*
 * work_store.h: items under way as rows, for work_service.c and operate_service.c.
 */
#ifndef REQUEST_WORK_STORE_H
#define REQUEST_WORK_STORE_H

#include "request/request_work.h"

/* Lock what is due; ids go into `ids` (uint64_t), the cursor moves on. */
bool work_store_due(struct db *db, guint most, struct moment now, struct work_cursor *cursor, GArray *ids,
                    GError **error);
GPtrArray *work_store_read(struct db *db, const GArray *ids, GError **error);
bool work_store_running(struct db *db, const GPtrArray *items, GError **error);
bool work_store_lease(struct db *db, const GPtrArray *items, bool keep, GError **error);

/* Lock the lines of these items and set `line.state` of each. */
bool work_store_lock_lines(struct db *db, const GPtrArray *items, GError **error);

/* Lock the lines of the results and set `line.state` of each; then their items: `open` tells which are still so. */
bool work_store_lock(struct db *db, const struct work_result *results, guint n, bool *open, GError **error);

/* Write results that are final, and those that are put off by `seconds`. */
bool work_store_results(struct db *db, const GPtrArray *results, struct moment now, GError **error);
struct work_delay {
    const struct work_result *result;
    int64_t seconds;
    bool counts; /* as an attempt */
};
bool work_store_later(struct db *db, const GArray *delays, struct moment now, GError **error);

/* A request whose status changes. */
struct work_request {
    uint64_t id, customer;
    const struct request_kind *kind;
    char *number;
    struct request_tally tally;
    struct date effective;
    enum request_status from, to;
};
/* Those of the items' requests that are still pending (`to` processing); those that are through after the tallies. The
 * caller unrefs an array of struct work_request. */
GPtrArray *work_store_pending(struct db *db, const GPtrArray *items, GError **error);
bool work_store_tallies(struct db *db, const GPtrArray *results, GError **error);
GPtrArray *work_store_through(struct db *db, const GPtrArray *results, GError **error);
bool work_store_status(struct db *db, const GPtrArray *requests, struct moment now, GError **error);
bool work_store_events(struct db *db, const struct actor *actor, const GPtrArray *requests, struct moment now,
                       GError **error);
bool work_store_counts(struct db *db, const GPtrArray *requests, GError **error);

#endif
