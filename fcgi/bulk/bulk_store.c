/*
 * bulk_store.c: runs, faults and parts as rows. Decides nothing.
 */
#include "bulk/bulk_store.h"

#include "base/error.h"

#include <string.h>

enum { PURGE_BITE = 5000 }; /* the LIMIT of the statements */

static const char *const end_words[] = { [BULK_DONE] = "done", [BULK_DROPPED] = "dropped" };

/* The one number of a statement without parameters. */
static bool ask(struct db *db, enum statement statement, bool *answer, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, statement, NULL, 0, error);
    if (rows == NULL) {
        return false;
    }
    *answer = db_next(rows) && db_get_bool(rows, 0);
    return true;
}

bool bulk_lock(struct db *db, GError **error)
{
    bool is_mine = false;
    if (!ask(db, STATEMENT_IMPORT_LOCK, &is_mine, error)) {
        return false;
    }
    if (!is_mine) {
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "another import is running");
    }
    return is_mine;
}

bool bulk_unlock(struct db *db, GError **error)
{
    bool was_mine = false;
    return ask(db, STATEMENT_IMPORT_UNLOCK, &was_mine, error);
}

bool bulk_run_drop_dead(struct db *db, struct moment now, GError **error)
{
    return db_run(db, STATEMENT_IMPORT_RUN_DROP_DEAD, NULL, error, DB_MOMENT(now));
}

bool bulk_run_find_open(struct db *db, const char *kind, struct bulk_run *run, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_IMPORT_RUN_OPEN, error, DB_TEXT(kind));
    if (rows == NULL) {
        return false;
    }
    *run = (struct bulk_run){ 0 };
    if (db_next(rows)) {
        gsize size = 0;
        const char *digest = db_get_bytes(rows, 1, &size);
        g_assert(size == sizeof run->digest);
        memcpy(run->digest, digest, size);
        run->id = db_get_u64(rows, 0);
        run->rows = db_get_u64(rows, 2);
        run->begun_at = db_get_moment(rows, 3);
    }
    return true;
}

bool bulk_run_begin(struct db *db, const char *kind, const char *actor, struct bulk_run *run, GError **error)
{
    if (!db_run(db, STATEMENT_IMPORT_RUN_ADD, NULL, error, DB_TEXT(kind), DB_BYTES(run->digest, sizeof run->digest),
                DB_TEXT(actor), DB_MOMENT(run->begun_at))) {
        return false;
    }
    run->id = db_last_id(db);
    return true;
}

bool bulk_run_publish(struct db *db, const struct bulk_run *run, GError **error)
{
    return db_run(db, STATEMENT_IMPORT_RUN_PUBLISH, NULL, error, DB_U64(run->rows), DB_U64(run->id));
}

bool bulk_run_end(struct db *db, uint64_t run, enum bulk_end end, struct moment now, GError **error)
{
    return db_run(db, STATEMENT_IMPORT_RUN_END, NULL, error, DB_TEXT(end_words[end]), DB_MOMENT(now), DB_U64(run));
}

/* ---- faults ---- */

bool bulk_faults_add(struct db *db, uint64_t run, struct bulk_rows *rows, GError **error)
{
    return db_run(db, STATEMENT_IMPORT_FAULT_ADD, NULL, error, DB_U64(run), DB_TEXT(bulk_rows_json(rows)));
}

static void fault_free(gpointer data)
{
    struct bulk_fault *fault = data;
    g_free(fault->reason);
    g_free(fault->value);
    g_free(fault);
}

GPtrArray *bulk_faults_list(struct db *db, uint64_t run, const struct bulk_fault *after, guint most, GError **error)
{
    char nothing[] = "";
    const struct bulk_fault first = { .reason = nothing };
    const struct bulk_fault *from = after != NULL ? after : &first;
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_IMPORT_FAULT_LIST, error, DB_U64(run), DB_U64(from->row), DB_U64(from->row),
                 DB_U64(from->place), DB_U64(from->place), DB_TEXT(from->reason), DB_U64(most));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *faults = g_ptr_array_new_with_free_func(fault_free);
    while (db_next(rows)) {
        struct bulk_fault *fault = g_new0(struct bulk_fault, 1);
        fault->row = db_get_u64(rows, 0);
        fault->place = (guint)db_get_u64(rows, 1);
        fault->reason = g_strdup(db_get_text(rows, 2));
        fault->value = g_strdup(db_get_text(rows, 3));
        g_ptr_array_add(faults, fault);
    }
    return faults;
}

static bool read_pair(struct db *db, enum statement statement, uint64_t run, uint64_t *one, uint64_t *other,
                      GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, statement, error, DB_U64(run));
    if (rows == NULL) {
        return false;
    }
    g_assert(db_next(rows));
    *one = db_get_u64(rows, 0);
    *other = db_get_u64(rows, 1);
    return true;
}

bool bulk_faults_count(struct db *db, uint64_t run, uint64_t *faults, uint64_t *rows, GError **error)
{
    return read_pair(db, STATEMENT_IMPORT_FAULT_COUNT, run, faults, rows, error);
}

/* ---- parts ---- */

static GArray *read_parts(struct db_rows *rows)
{
    if (rows == NULL) {
        return NULL;
    }
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(struct bulk_part));
    while (db_next(rows)) {
        struct bulk_part part = { .customer = db_get_u64(rows, 0), .rows = db_get_u64(rows, 1) };
        g_array_append_val(parts, part);
    }
    db_rows_free(rows);
    return parts;
}

GArray *bulk_parts_list(struct db *db, uint64_t run, uint64_t after, guint most, GError **error)
{
    return read_parts(db_query(db, STATEMENT_IMPORT_PART_LIST, error, DB_U64(run), DB_U64(after), DB_U64(most)));
}

bool bulk_parts_count(struct db *db, uint64_t run, uint64_t *parts, uint64_t *rows, GError **error)
{
    return read_pair(db, STATEMENT_IMPORT_PART_TOTALS, run, parts, rows, error);
}

GArray *bulk_parts_lock(struct db *db, uint64_t run, uint64_t first, uint64_t last, GError **error)
{
    return read_parts(db_query(db, STATEMENT_IMPORT_PART_LOCK, error, DB_U64(run), DB_U64(first), DB_U64(last)));
}

bool bulk_parts_move(struct db *db, uint64_t run, uint64_t first, uint64_t last, uint64_t next_row, bool done,
                     GError **error)
{
    return db_run(db, STATEMENT_IMPORT_PART_MOVE, NULL, error, DB_U64(next_row), DB_U64(done), DB_U64(run),
                  DB_U64(first), DB_U64(last));
}

/* ---- what is left of ended runs ---- */

static bool purge_next(struct db *db, uint64_t *run, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, STATEMENT_IMPORT_PURGE_NEXT, NULL, 0, error);
    if (rows == NULL) {
        return false;
    }
    *run = db_next(rows) ? db_get_u64(rows, 0) : 0;
    return true;
}

bool bulk_purge(struct db *db, struct moment now, guint *purged, bool *more, GError **error)
{
    static const enum statement bites[] = { STATEMENT_IMPORT_PURGE_LINES, STATEMENT_IMPORT_PURGE_FAULTS,
                                            STATEMENT_IMPORT_PURGE_PARTS };
    uint64_t run = 0;
    *purged = 0;
    *more = false;
    if (!purge_next(db, &run, error)) {
        return false;
    }
    if (run == 0) {
        return true;
    }
    *more = true;
    for (gsize i = 0; i < G_N_ELEMENTS(bites); i++) {
        uint64_t rows = 0;
        if (!db_run(db, bites[i], &rows, error, DB_U64(run))) {
            return false;
        }
        *purged += (guint)rows;
        if (rows >= PURGE_BITE) {
            return true;
        }
    }
    return db_run(db, STATEMENT_IMPORT_PURGE_END, NULL, error, DB_MOMENT(now), DB_U64(run));
}
