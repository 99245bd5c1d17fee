/*
 * bulk_store.h: runs of bulk loads, their faults and their parts as rows. Permit: operator; what purges: worker.
 */
#ifndef BULK_BULK_STORE_H
#define BULK_BULK_STORE_H

#include "bulk/bulk.h"

/* What ended a run. */
enum bulk_end { BULK_DONE, BULK_DROPPED };

struct bulk_run {
    uint64_t id;
    uint8_t digest[DIGEST_BYTES];
    uint64_t rows;
    struct moment begun_at;
};

/* Take the lock that one loading program at a time has; it ends with the connection. PORTAL_BUSY: another has it. */
bool bulk_lock(struct db *db, GError **error);
bool bulk_unlock(struct db *db, GError **error);

/* End the runs whose program ended while it read. */
bool bulk_run_drop_dead(struct db *db, struct moment now, GError **error);

/* The run of that kind that is being published; `run->id` 0: none. */
bool bulk_run_find_open(struct db *db, const char *kind, struct bulk_run *run, GError **error);

/* Begin one: `run` has the digest and the moment, and gets its id. */
bool bulk_run_begin(struct db *db, const char *kind, const char *actor, struct bulk_run *run, GError **error);

/* From here on it is published, whoever does it; in a transaction with the making of its parts. */
bool bulk_run_publish(struct db *db, const struct bulk_run *run, GError **error);
bool bulk_run_end(struct db *db, uint64_t run, enum bulk_end end, struct moment now, GError **error);

/* ---- faults ---- */

/* Add rows [row, place of the column, reason, value]. */
bool bulk_faults_add(struct db *db, uint64_t run, struct bulk_rows *rows, GError **error);

struct bulk_fault {
    uint64_t row;
    guint place;
    char *reason, *value;
};

/* Up to `most` faults behind `after` (NULL: from the first on), in the order of rows; owned by the array. */
GPtrArray *bulk_faults_list(struct db *db, uint64_t run, const struct bulk_fault *after, guint most, GError **error);
bool bulk_faults_count(struct db *db, uint64_t run, uint64_t *faults, uint64_t *rows, GError **error);

/* ---- parts ---- */

struct bulk_part {
    uint64_t customer, rows;
};

/* Up to `most` parts behind customer `after` that are still to be published (struct bulk_part). */
GArray *bulk_parts_list(struct db *db, uint64_t run, uint64_t after, guint most, GError **error);

/* How many there are and how many rows, the published ones too. */
bool bulk_parts_count(struct db *db, uint64_t run, uint64_t *parts, uint64_t *rows, GError **error);

/* The customers from `first` to `last` of a run, as one transaction publishes them: lock those of them that are still
 * to be published (struct bulk_part), and note that it happened, up to where. */
GArray *bulk_parts_lock(struct db *db, uint64_t run, uint64_t first, uint64_t last, GError **error);
bool bulk_parts_move(struct db *db, uint64_t run, uint64_t first, uint64_t last, uint64_t next_row, bool done,
                     GError **error);

/* ---- what is left of ended runs ---- */

/* Delete a bite of it; `more` tells that there may be another. */
bool bulk_purge(struct db *db, struct moment now, guint *purged, bool *more, GError **error);

#endif
