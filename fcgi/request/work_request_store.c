/*
 * work_request_store.c: the requests of items that begin or are through, as rows. Decides nothing.
 */
#include "request/draft_store.h"
#include "request/work_store.h"

#include <stdlib.h>

static void free_request(gpointer data)
{
    g_free(((struct work_request *)data)->number);
    g_free(data);
}

static gint by_number(gconstpointer a, gconstpointer b)
{
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return (one > other) - (one < other);
}

GPtrArray *work_store_pending(struct db *db, const GPtrArray *items, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    for (guint i = 0; i < items->len; i++) {
        g_array_append_val(ids, ((const struct work_item *)items->pdata[i])->line.request);
    }
    g_array_sort(ids, by_number);
    guint kept = 0;
    for (guint i = 0; i < ids->len; i++) {
        uint64_t id = g_array_index(ids, uint64_t, i);
        if (kept == 0 || g_array_index(ids, uint64_t, kept - 1) != id) {
            g_array_index(ids, uint64_t, kept++) = id;
        }
    }
    g_array_set_size(ids, kept);
    g_autofree char *json = db_ids_json(ids);
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_WORK_LIST_PENDING, error, DB_TEXT(json));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *requests = g_ptr_array_new_with_free_func(free_request);
    while (db_next(rows)) {
        struct work_request *request = g_new0(struct work_request, 1);
        *request = (struct work_request){ .id = db_get_u64(rows, 0),
                                          .customer = db_get_u64(rows, 1),
                                          .from = REQUEST_PENDING,
                                          .to = REQUEST_PROCESSING };
        g_ptr_array_add(requests, request);
    }
    return requests;
}

/* ---- tallies ---- */

struct moved {
    uint64_t id;
    guint done, failed, left;
};

/* How many of each request's items have come to which end, by request. */
static GArray *moved_of(const GPtrArray *results)
{
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    GArray *all = g_array_new(FALSE, TRUE, sizeof(struct moved));
    for (guint i = 0; i < results->len; i++) {
        const struct work_result *result = results->pdata[i];
        gpointer place = NULL;
        if (!g_hash_table_lookup_extended(places, &result->item->line.request, NULL, &place)) {
            struct moved one = { .id = result->item->line.request };
            place = GUINT_TO_POINTER(all->len);
            g_array_append_val(all, one);
            g_hash_table_insert(places, g_memdup2(&one.id, sizeof one.id), place);
        }
        struct moved *moved = &g_array_index(all, struct moved, GPOINTER_TO_UINT(place));
        moved->done += result->outcome == WORK_DONE;
        moved->left += result->outcome == WORK_LEFT;
        moved->failed += result->outcome == WORK_FAILED;
    }
    g_array_sort(all, by_number);
    return all;
}

static char *moved_json(const GPtrArray *results)
{
    g_autoptr(GArray) all = moved_of(results);
    GString *json = g_string_new("[");
    for (guint i = 0; i < all->len; i++) {
        const struct moved *moved = &g_array_index(all, struct moved, i);
        g_string_append_printf(json, "%s{\"id\":%" G_GUINT64_FORMAT ",\"done\":%u,\"failed\":%u,\"left\":%u}",
                               i > 0 ? "," : "", moved->id, moved->done, moved->failed, moved->left);
    }
    g_string_append_c(json, ']');
    return g_string_free(json, FALSE);
}

bool work_store_tallies(struct db *db, const GPtrArray *results, GError **error)
{
    g_autofree char *json = moved_json(results);
    return db_run(db, STATEMENT_WORK_ADD_TALLIES, NULL, error, DB_TEXT(json));
}

GPtrArray *work_store_through(struct db *db, const GPtrArray *results, GError **error)
{
    g_autofree char *json = moved_json(results);
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_WORK_LIST_THROUGH, error, DB_TEXT(json));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *requests = g_ptr_array_new_with_free_func(free_request);
    while (db_next(rows)) {
        struct work_request *request = g_new0(struct work_request, 1);
        request->id = db_get_u64(rows, 0);
        request->customer = db_get_u64(rows, 1);
        request->kind = request_kind_find(db_get_text(rows, 2));
        request->number = g_strdup(db_get_text(rows, 3));
        request->tally = (struct request_tally){ .items = (uint32_t)db_get_u64(rows, 4),
                                                 .failed = (uint32_t)db_get_u64(rows, 5),
                                                 .left = (uint32_t)db_get_u64(rows, 6) };
        request->effective = db_get_date(rows, 7);
        g_assert(request_status_read(db_get_text(rows, 8), &request->from));
        request->to = request_status_of(&request->tally);
        g_ptr_array_add(requests, request);
    }
    return requests;
}

static char *statuses_json(const GPtrArray *requests)
{
    GString *json = g_string_new("[");
    for (guint i = 0; i < requests->len; i++) {
        const struct work_request *request = requests->pdata[i];
        g_string_append_printf(json, "%s{\"id\":%" G_GUINT64_FORMAT ",\"status\":\"%s\"}", i > 0 ? "," : "",
                               request->id, request_status_code(request->to));
    }
    g_string_append_c(json, ']');
    return g_string_free(json, FALSE);
}

bool work_store_status(struct db *db, const GPtrArray *requests, struct moment now, GError **error)
{
    g_autofree char *json = statuses_json(requests);
    return db_run(db, STATEMENT_WORK_SET_STATUS, NULL, error, DB_TEXT(json), DB_DATE(moment_date(now)));
}

bool work_store_events(struct db *db, const struct actor *actor, const GPtrArray *requests, struct moment now,
                       GError **error)
{
    g_autofree char *json = statuses_json(requests);
    return db_run(db, STATEMENT_WORK_ADD_EVENTS, NULL, error, DB_MOMENT(now), DB_TEXT(actor_kind_word(actor->kind)),
                  db_u64_or_null(actor->id), DB_TEXT(actor->name), DB_TEXT(json));
}

/* ---- counts of customers ---- */

static gint by_customer(gconstpointer a, gconstpointer b)
{
    const struct work_request *one = *(const struct work_request *const *)a;
    const struct work_request *other = *(const struct work_request *const *)b;
    return (one->customer > other->customer) - (one->customer < other->customer);
}

/* A customer stands there once, for an UPDATE changes a row once. */
static void append_moves(GString *json, uint64_t customer, const int moves[REQUEST_STATUS_N])
{
    g_string_append_printf(
        json, "%s{\"id\":%" G_GUINT64_FORMAT ",\"pending\":%d,\"processing\":%d,\"completed\":%d,\"failed\":%d}",
        json->len > 1 ? "," : "", customer, moves[REQUEST_PENDING], moves[REQUEST_PROCESSING], moves[REQUEST_COMPLETED],
        moves[REQUEST_FAILED]);
}

bool work_store_counts(struct db *db, const GPtrArray *requests, GError **error)
{
    g_autofree gpointer *order = g_memdup2(requests->pdata, requests->len * sizeof *order);
    g_autoptr(GString) json = g_string_new("[");
    qsort(order, requests->len, sizeof *order, by_customer);
    for (guint i = 0; i < requests->len;) {
        const struct work_request *first = order[i];
        int moves[REQUEST_STATUS_N] = { 0 };
        for (; i < requests->len && ((const struct work_request *)order[i])->customer == first->customer; i++) {
            const struct work_request *request = order[i];
            moves[request->from]--;
            moves[request->to]++;
        }
        append_moves(json, first->customer, moves);
    }
    g_string_append_c(json, ']');
    return db_run(db, STATEMENT_WORK_MOVE_COUNTS, NULL, error, DB_TEXT(json->str));
}
