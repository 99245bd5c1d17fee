/*
 * operate_list_store.c: requests of any customer as the operator lists and sees them. Decides nothing.
 */
#include "request/operate.h"

#include "base/error.h"
#include "request/request_search_store.h"

static void free_made(gpointer data)
{
    request_made_free(data);
}

/* The command line names things in English. */
GPtrArray *operate_list(struct db *db, const struct operate_search *search, GError **error)
{
    struct request_parameters all = { 0 };
    request_put(&all, DB_TEXT(language_code(LANGUAGE_EN)));
    request_put(&all, db_u64_or_null(search->customer));
    request_put_twice(&all,
                      DB_TEXT(search->status >= 0 ? request_status_code((enum request_status)search->status) : NULL));
    request_put_twice(&all, DB_TEXT(search->kind != NULL ? search->kind->code : NULL));
    request_put_twice(&all, db_date_or_null(search->from));
    request_put_twice(&all, db_date_or_null(search->until));
    request_put_twice(&all, DB_TEXT(search->phone));
    request_put(&all, DB_U64(search->limit));
    AUTO(db_rows)
    struct db_rows *rows = db_query_values(
        db, search->customer != 0 ? STATEMENT_OPERATOR_REQUEST_LIST_CUSTOMER : STATEMENT_OPERATOR_REQUEST_LIST_ALL,
        all.at, all.n, error);
    request_parameters_clear(&all);
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(free_made);
    while (db_next(rows)) {
        g_ptr_array_add(list, request_made_read(rows));
    }
    return list;
}

struct request_made *operate_get(struct db *db, const char *number, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_OPERATOR_REQUEST_GET, error, DB_TEXT(language_code(LANGUAGE_EN)), DB_TEXT(number));
    if (rows != NULL && !db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "there is no request %s", number);
        return NULL;
    }
    return rows != NULL ? request_made_read(rows) : NULL;
}

GPtrArray *operate_events(struct db *db, uint64_t id, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_OPERATOR_REQUEST_EVENTS, error, DB_U64(id));
    return rows != NULL ? request_events_read(rows) : NULL;
}

static void operate_item_free(gpointer data)
{
    struct operate_item *item = data;
    char *all[] = { item->phone, item->serial, item->code, item->text };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_free(all[i]);
    }
    g_free(item);
}

GPtrArray *operate_items(struct db *db, uint64_t id, int result, guint limit, GError **error)
{
    struct db_value only = DB_TEXT(result >= 0 ? item_result_code((enum item_result)result) : NULL);
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_OPERATOR_REQUEST_ITEMS, error, DB_U64(id), only, only, DB_U64(limit));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *items = g_ptr_array_new_with_free_func(operate_item_free);
    while (db_next(rows)) {
        struct operate_item *item = g_new0(struct operate_item, 1);
        item->phone = g_strdup(db_get_text(rows, 0));
        item->serial = g_strdup(db_get_text(rows, 1));
        g_assert(line_state_read(db_get_text(rows, 2), &item->state) &&
                 item_result_read(db_get_text(rows, 3), &item->result));
        item->code = g_strdup(db_get_text(rows, 4));
        item->text = g_strdup(db_get_text(rows, 5));
        item->round = (uint32_t)db_get_u64(rows, 6);
        item->attempts = (uint32_t)db_get_u64(rows, 7);
        item->is_held = db_get_bool(rows, 8);
        item->at = db_get_moment(rows, 9);
        g_ptr_array_add(items, item);
    }
    return items;
}
