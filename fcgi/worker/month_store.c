/*
 * month_store.c: rows of months, made set by set. Which lines is decided by month_service.c.
 */
#include "worker/month_store.h"

GArray *month_store_missing(struct db *db, struct month month, guint most, uint64_t *behind, guint *seen,
                            GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_MONTH_LIST_LINES, error, DB_U64(*behind), DB_U64(most), DB_U64(month_key(month)));
    if (rows == NULL) {
        return NULL;
    }
    GArray *missing = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    for (*seen = 0; db_next(rows); (*seen)++) {
        *behind = db_get_u64(rows, 0);
        if (db_get_bool(rows, 1)) {
            g_array_append_val(missing, *behind);
        }
    }
    return missing;
}

GArray *month_store_lock(struct db *db, struct month month, const GArray *lines, GError **error)
{
    g_autofree char *json = db_ids_json(lines);
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_MONTH_LOCK_LINES, error, DB_TEXT(json), DB_U64(month_key(month)));
    return db_ids(rows);
}

bool month_store_open(struct db *db, struct month month, struct moment until, const GArray *lines, GError **error)
{
    g_autofree char *json = db_ids_json(lines);
    return db_run(db, STATEMENT_MONTH_OPEN_LINES, NULL, error, DB_U64(month_key(month)), DB_MOMENT(until),
                  DB_DATE(month_first(month)), DB_TEXT(json));
}

bool month_store_add_capacity(struct db *db, struct month month, const GArray *lines, GError **error)
{
    g_autofree char *json = db_ids_json(lines);
    return db_run(db, STATEMENT_MONTH_ADD_CAPACITY, NULL, error, DB_TEXT(json), DB_U64(month_key(month)));
}
