/*
 * operate_store.c: lines of requests that the operator mends, as rows. Decides nothing.
 */
#include "request/operate_store.h"

#include "base/json.h"
#include "request/draft_store.h"

static char *texts_json(const char *const *texts)
{
    struct json_object *all = json_sure(json_object_new_array());
    for (; *texts != NULL; texts++) {
        json_object_array_add(all, json_sure(json_object_new_string(*texts)));
    }
    return json_take_text(all);
}

GArray *operate_store_find(struct db *db, uint64_t id, bool open, const char *const *phones, GError **error)
{
    g_autofree char *json = phones != NULL ? texts_json(phones) : NULL;
    AUTO(db_rows)
    struct db_rows *rows =
        json != NULL
            ? db_query(db, STATEMENT_OPERATE_FIND_NAMED, error, DB_TEXT(json), DB_U64(id))
            : db_query(db, open ? STATEMENT_OPERATE_FIND_OPEN : STATEMENT_OPERATE_FIND_FAILED, error, DB_U64(id));
    return db_ids(rows);
}

static GArray *ids_of(const GPtrArray *items)
{
    GArray *ids = g_array_sized_new(FALSE, FALSE, sizeof(uint64_t), items->len);
    for (guint i = 0; i < items->len; i++) {
        g_array_append_val(ids, ((const struct work_item *)items->pdata[i])->line.item);
    }
    return ids;
}

bool operate_store_lock(struct db *db, const GPtrArray *items, struct operate_case *cases, GError **error)
{
    if (!work_store_lock_lines(db, items, error)) {
        return false;
    }
    g_autoptr(GArray) ids = ids_of(items);
    g_autofree char *json = db_ids_json(ids);
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_OPERATE_LOCK_ITEMS, error, DB_TEXT(json));
    for (guint i = 0; rows != NULL && i < items->len && db_next(rows); i++) {
        struct work_item *item = items->pdata[i]; /* both by line */
        struct operate_case *one = &cases[i];
        g_assert(db_get_u64(rows, 0) == item->line.item && item_result_read(db_get_text(rows, 1), &one->result));
        item->line.round = (uint32_t)db_get_u64(rows, 2);
        item->is_begun = one->result == ITEM_RUNNING;
        one->moves = &item->kind->moves;
        one->state = item->line.state;
        one->round = item->line.round;
        one->from = item->from;
        one->is_held = db_get_bool(rows, 3);
        one->is_own = db_get_bool(rows, 4);
        one->is_moved = db_get_bool(rows, 5);
        one->effective = item->effective_at;
        one->item = item->line.item;
        one->request = item->line.request;
    }
    return rows != NULL;
}

bool operate_store_wake(struct db *db, const GArray *lines, struct moment now, GError **error)
{
    g_autofree char *json = db_ids_json(lines);
    return db_run(db, STATEMENT_OPERATE_WAKE, NULL, error, DB_TEXT(json), DB_MOMENT(now));
}

bool operate_store_retry(struct db *db, uint64_t request, const GPtrArray *items, struct moment now, GError **error)
{
    g_autoptr(GArray) ids = ids_of(items);
    g_autoptr(GArray) lines = g_array_sized_new(FALSE, FALSE, sizeof(uint64_t), items->len);
    g_autofree char *json = db_ids_json(ids);
    for (guint i = 0; i < items->len; i++) {
        g_array_append_val(lines, ((const struct work_item *)items->pdata[i])->line.line);
    }
    return db_run(db, STATEMENT_OPERATE_RETRY_ITEMS, NULL, error, DB_TEXT(json), DB_MOMENT(now)) &&
           operate_store_wake(db, lines, now, error) &&
           db_run(db, STATEMENT_OPERATE_REOPEN, NULL, error, DB_U64(items->len), DB_U64(items->len), DB_U64(request));
}
