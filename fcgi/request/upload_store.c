/*
 * upload_store.c: uploaded numbers as rows, thousands a statement. Decides nothing.
 */
#include "request/upload_store.h"

#include "base/json.h"

#include <string.h>

enum { ROWS_A_STATEMENT = 5000, REPAIRS_KEPT = 100 };

/* The numbers of some rows: digits alone. */
static char *phones_json(const struct upload_row *const *rows, guint from, guint to)
{
    GString *json = g_string_new("[");
    for (guint i = from; i < to; i++) {
        g_string_append_printf(json, "%s\"%s\"", i > from ? "," : "", rows[i]->text);
    }
    g_string_append_c(json, ']');
    return g_string_free(json, FALSE);
}

bool upload_store_find(struct db *db, uint64_t customer, const struct upload_row *const *rows, guint n, uint64_t *ids,
                       GError **error)
{
    memset(ids, 0, n * sizeof *ids);
    for (guint from = 0; from < n; from += ROWS_A_STATEMENT) {
        g_autofree char *json = phones_json(rows, from, MIN(n, from + ROWS_A_STATEMENT));
        AUTO(db_rows)
        struct db_rows *found = db_query(db, STATEMENT_DRAFT_FIND_PHONES, error, DB_TEXT(json), DB_U64(customer));
        if (found == NULL) {
            return false;
        }
        while (db_next(found)) {
            ids[from + db_get_u64(found, 0) - 1] = db_get_u64(found, 1);
        }
    }
    return true;
}

bool upload_store_find_ended(struct db *db, uint64_t customer, const struct upload_row *const *rows, guint n,
                             bool *ended, GError **error)
{
    memset(ended, 0, n * sizeof *ended);
    for (guint from = 0; from < n; from += ROWS_A_STATEMENT) {
        g_autofree char *json = phones_json(rows, from, MIN(n, from + ROWS_A_STATEMENT));
        AUTO(db_rows)
        struct db_rows *found = db_query(db, STATEMENT_DRAFT_FIND_ENDED, error, DB_TEXT(json), DB_U64(customer));
        if (found == NULL) {
            return false;
        }
        while (db_next(found)) {
            ended[from + db_get_u64(found, 0) - 1] = true;
        }
    }
    return true;
}

static bool add_rows(struct db *db, uint64_t customer, uint64_t draft, struct json_object *all, GError **error)
{
    bool is_empty = json_object_array_length(all) == 0;
    g_autofree char *json = json_take_text(all);
    return is_empty ||
           db_run(db, STATEMENT_DRAFT_ROWS_ADD, NULL, error, DB_TEXT(json), DB_U64(draft), DB_U64(customer));
}

static struct json_object *row_object(const struct upload_row *row)
{
    struct json_object *object = json_sure(json_object_new_object());
    bool refused = row->reason != UPLOAD_GOOD;
    json_put(object, "row", json_object_new_int64(row->row));
    json_put(object, "refused", json_object_new_int(refused));
    json_put(object, "reason", json_object_new_int(refused ? row->reason : row->repairs));
    json_put(object, "typed", json_object_new_string(row->typed));
    return object;
}

static bool keep_rows(struct db *db, uint64_t customer, uint64_t draft, const struct upload *upload, GError **error)
{
    guint n = 0, repairs = 0;
    const struct upload_row *rows = upload_rows(upload, &n);
    struct json_object *all = json_sure(json_object_new_array());
    bool good = true;
    for (guint i = 0; good && i < n; i++) {
        bool refused = rows[i].reason != UPLOAD_GOOD;
        if (!refused && (rows[i].repairs == 0 || repairs++ >= REPAIRS_KEPT)) {
            continue;
        }
        json_object_array_add(all, row_object(&rows[i]));
        if (json_object_array_length(all) >= ROWS_A_STATEMENT) {
            good = add_rows(db, customer, draft, all, error);
            all = json_sure(json_object_new_array());
        }
    }
    if (!good) {
        json_object_put(all);
        return false;
    }
    return add_rows(db, customer, draft, all, error);
}

bool upload_store_keep(struct db *db, uint64_t customer, uint64_t draft, const struct upload *upload, GError **error)
{
    struct upload_tally tally = upload_count(upload);
    return db_run(db, STATEMENT_DRAFT_ROWS_CLEAR, NULL, error, DB_U64(draft), DB_U64(customer)) &&
           keep_rows(db, customer, draft, upload, error) &&
           db_run(db, STATEMENT_DRAFT_SET_ROWS, NULL, error, DB_U64(tally.good), DB_U64(tally.repaired),
                  DB_U64(tally.refused), DB_U64(draft), DB_U64(customer));
}

GArray *draft_list_rows(struct db *db, const struct draft_owner *owner, uint64_t id, bool refused, uint32_t after,
                        guint limit, GError **error)
{
    AUTO(db_rows)
    struct db_rows *found = db_query(db, STATEMENT_DRAFT_LIST_ROWS, error, DB_U64(id), DB_U64(owner->customer),
                                     DB_U64(refused), DB_U64(after), DB_U64(limit));
    if (found == NULL) {
        return NULL;
    }
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(struct draft_row));
    while (db_next(found)) {
        struct draft_row row = { .row = (uint32_t)db_get_u64(found, 0), .reason = (uint8_t)db_get_u64(found, 1) };
        g_utf8_strncpy(row.typed, db_get_text(found, 2), 25);
        g_array_append_val(rows, row);
    }
    return rows;
}
