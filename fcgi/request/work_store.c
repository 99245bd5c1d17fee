/*
 * work_store.c: items under way as rows, set by set. Decides nothing.
 */
#include "request/work_store.h"

#include "base/json.h"

#include "request/draft_store.h"

#include <string.h>

void work_item_free(struct work_item *item)
{
    request_fields_free(item->fields);
    g_free(item);
}

static void free_item(gpointer data)
{
    work_item_free(data);
}

/* ---- claiming ---- */

bool work_store_due(struct db *db, guint most, struct moment now, struct work_cursor *cursor, GArray *ids,
                    GError **error)
{
    struct db_value from = DB_MOMENT(cursor->due);
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_WORK_DUE, error, from, DB_U64(cursor->item), from, DB_MOMENT(now), DB_U64(most));
    if (rows == NULL) {
        return false;
    }
    while (db_next(rows)) {
        uint64_t id = db_get_u64(rows, 0);
        *cursor = (struct work_cursor){ .item = id, .due = db_get_moment(rows, 1) };
        g_array_append_val(ids, id);
    }
    return true;
}

static struct work_item *read_item(const struct db_rows *rows)
{
    struct work_item *item = g_new0(struct work_item, 1);
    struct request_line *line = &item->line;
    enum line_state from = LINE_FAILED;
    line->item = db_get_u64(rows, 0);
    line->request = db_get_u64(rows, 1);
    line->customer = db_get_u64(rows, 2);
    line->line = db_get_u64(rows, 3);
    line->round = (uint32_t)db_get_u64(rows, 4);
    line->attempts = (uint32_t)db_get_u64(rows, 5);
    item->is_accepted = strcmp(db_get_text(rows, 6), "accepted") == 0;
    item->effective_at = db_get_moment(rows, 7);
    item->kind = request_kind_find(db_get_text(rows, 8));
    line->effective = db_get_date(rows, 9);
    item->fields = request_fields_read(db_get_text(rows, 10));
    g_assert(item->kind != NULL && item->fields != NULL && line_state_read(db_get_text(rows, 11), &line->state));
    line->fields = item->fields;
    g_strlcpy(line->phone, db_get_text(rows, 12), sizeof line->phone);
    g_strlcpy(line->serial, db_get_text(rows, 13), sizeof line->serial);
    g_strlcpy(item->iccid, db_get_text(rows, 14), sizeof item->iccid);
    line->plan = db_get_u64(rows, 15);
    line->group = db_get_u64(rows, 16);
    item->is_begun = db_get_bool(rows, 17);
    item->from = line_state_read(db_get_text(rows, 18), &from) ? (int)from : -1;
    item->is_overtaken = db_get_bool(rows, 19);
    return item;
}

GPtrArray *work_store_read(struct db *db, const GArray *ids, GError **error)
{
    g_autofree char *json = db_ids_json(ids);
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_WORK_READ, error, DB_TEXT(json));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *items = g_ptr_array_new_with_free_func(free_item);
    while (db_next(rows)) {
        g_ptr_array_add(items, read_item(rows));
    }
    return items;
}

bool work_store_running(struct db *db, const GPtrArray *items, GError **error)
{
    g_autoptr(GString) json = g_string_new("[");
    for (guint i = 0; i < items->len; i++) {
        const struct work_item *item = items->pdata[i];
        g_string_append_printf(json, "%s{\"id\":%" G_GUINT64_FORMAT ",\"state\":\"%s\"}", i > 0 ? "," : "",
                               item->line.item, line_state_code(item->line.state));
    }
    g_string_append_c(json, ']');
    return db_run(db, STATEMENT_WORK_SET_RUNNING, NULL, error, DB_TEXT(json->str), DB_I64(WORK_LEASE_SECONDS));
}

static GArray *item_ids(const GPtrArray *items)
{
    GArray *ids = g_array_sized_new(FALSE, FALSE, sizeof(uint64_t), items->len);
    for (guint i = 0; i < items->len; i++) {
        g_array_append_val(ids, ((const struct work_item *)items->pdata[i])->line.item);
    }
    return ids;
}

bool work_store_lease(struct db *db, const GPtrArray *items, bool keep, GError **error)
{
    g_autoptr(GArray) ids = item_ids(items);
    g_autofree char *json = db_ids_json(ids);
    return keep ? db_run(db, STATEMENT_WORK_RENEW, NULL, error, DB_TEXT(json), DB_I64(WORK_LEASE_SECONDS))
                : db_run(db, STATEMENT_WORK_RELEASE, NULL, error, DB_TEXT(json));
}

/* ---- finishing ---- */

static gint by_number(gconstpointer a, gconstpointer b)
{
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return (one > other) - (one < other);
}

bool work_store_lock_lines(struct db *db, const GPtrArray *items, GError **error)
{
    g_autoptr(GArray) ids = g_array_sized_new(FALSE, FALSE, sizeof(uint64_t), items->len);
    for (guint i = 0; i < items->len; i++) {
        g_array_append_val(ids, ((const struct work_item *)items->pdata[i])->line.line);
    }
    g_array_sort(ids, by_number);
    g_autofree char *json = db_ids_json(ids);
    g_autoptr(GHashTable) states = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_WORK_LOCK_LINES, error, DB_TEXT(json));
    if (rows == NULL) {
        return false;
    }
    while (db_next(rows)) {
        enum line_state state = LINE_FAILED;
        uint64_t *id = g_new(uint64_t, 1);
        *id = db_get_u64(rows, 0);
        g_assert(line_state_read(db_get_text(rows, 1), &state));
        g_hash_table_insert(states, id, GINT_TO_POINTER(state));
    }
    for (guint i = 0; i < items->len; i++) {
        struct work_item *item = items->pdata[i];
        item->line.state = (enum line_state)GPOINTER_TO_INT(g_hash_table_lookup(states, &item->line.line));
    }
    return true;
}

static bool lock_items(struct db *db, const struct work_result *results, guint n, bool *open, GError **error)
{
    g_autoptr(GArray) order = g_array_sized_new(FALSE, FALSE, sizeof(uint64_t), n);
    g_autoptr(GHashTable) places = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GString) json = g_string_new("[");
    for (guint i = 0; i < n; i++) {
        g_array_append_val(order, results[i].item->line.item);
        g_hash_table_insert(places, &results[i].item->line.item, GUINT_TO_POINTER(i));
        open[i] = false;
    }
    g_array_sort(order, by_number);
    for (guint i = 0; i < n; i++) {
        uint64_t id = g_array_index(order, uint64_t, i);
        guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places, &id));
        g_string_append_printf(json, "%s{\"id\":%" G_GUINT64_FORMAT ",\"round\":%u}", i > 0 ? "," : "", id,
                               results[place].item->line.round);
    }
    g_string_append_c(json, ']');
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_WORK_LOCK_ITEMS, error, DB_TEXT(json->str));
    if (rows == NULL) {
        return false;
    }
    while (db_next(rows)) {
        uint64_t id = db_get_u64(rows, 0);
        open[GPOINTER_TO_UINT(g_hash_table_lookup(places, &id))] = true;
    }
    return true;
}

bool work_store_lock(struct db *db, const struct work_result *results, guint n, bool *open, GError **error)
{
    g_autoptr(GPtrArray) items = g_ptr_array_sized_new(n);
    for (guint i = 0; i < n; i++) {
        g_ptr_array_add(items, results[i].item);
    }
    return work_store_lock_lines(db, items, error) && lock_items(db, results, n, open, error);
}

static const char *result_word(enum work_outcome outcome)
{
    return item_result_code(outcome == WORK_DONE ? ITEM_DONE : outcome == WORK_LEFT ? ITEM_LEFT : ITEM_FAILED);
}

/* Add the fields that results have in common; code and text come from outside, so json-c writes them. */
static void add_result(struct json_object *all, struct json_object *object, const struct work_result *result)
{
    json_put(object, "id", json_object_new_int64((int64_t)result->item->line.item));
    json_put(object, "code", json_object_new_string(result->code != NULL ? result->code : ""));
    json_put(object, "text", json_object_new_string(result->text != NULL ? result->text : ""));
    json_object_array_add(all, object);
}

bool work_store_results(struct db *db, const GPtrArray *results, struct moment now, GError **error)
{
    struct json_object *all = json_sure(json_object_new_array_ext((int)results->len));
    for (guint i = 0; i < results->len; i++) {
        const struct work_result *result = results->pdata[i];
        struct json_object *object = json_sure(json_object_new_object());
        json_put(object, "result", json_object_new_string(result_word(result->outcome)));
        add_result(all, object, result);
    }
    g_autofree char *json = json_take_text(all);
    return db_run(db, STATEMENT_WORK_SET_RESULTS, NULL, error, DB_TEXT(json), DB_MOMENT(now));
}

bool work_store_later(struct db *db, const GArray *delays, struct moment now, GError **error)
{
    struct json_object *all = json_sure(json_object_new_array_ext((int)delays->len));
    for (guint i = 0; i < delays->len; i++) {
        const struct work_delay *delay = &g_array_index(delays, struct work_delay, i);
        struct json_object *object = json_sure(json_object_new_object());
        json_put(object, "seconds", json_object_new_int64(delay->seconds));
        json_put(object, "again", json_object_new_int(delay->counts));
        add_result(all, object, delay->result);
    }
    g_autofree char *json = json_take_text(all);
    return db_run(db, STATEMENT_WORK_SET_LATER, NULL, error, DB_TEXT(json), DB_MOMENT(now));
}
