/*
 * request_list_store.c: requests as lists and single ones see them. Decides nothing.
 */
#include "request/request_search_store.h"

#include "base/error.h"
#include "base/text.h"
#include "line/line.h"

#include <string.h>

void request_made_free(struct request_made *made)
{
    g_free(made->number);
    g_free(made->account_name);
    g_free(made->customer_code);
    g_free(made->customer_name);
    g_free(made->service);
    request_fields_free(made->fields);
    g_free(made);
}

static void free_made(gpointer data)
{
    request_made_free(data);
}

struct request_made *request_made_read_head(const struct db_rows *rows)
{
    struct request_made *made = g_new0(struct request_made, 1);
    made->id = db_get_u64(rows, 0);
    made->customer = db_get_u64(rows, 1);
    made->number = g_strdup(db_get_text(rows, 2));
    made->kind = request_kind_find(db_get_text(rows, 3));
    g_assert(made->kind != NULL && request_status_read(db_get_text(rows, 4), &made->status));
    made->account = db_get_u64(rows, 5);
    made->account_name = g_strdup(db_get_text(rows, 6));
    made->received_at = db_get_moment(rows, 8);
    made->effective_on = db_get_date(rows, 9);
    made->effective_at = db_get_moment(rows, 10);
    made->executed_on = db_get_date(rows, 11);
    made->cancelled_on = db_get_date(rows, 12);
    made->tally = (struct request_tally){ .items = (uint32_t)db_get_u64(rows, 13),
                                          .open = (uint32_t)db_get_u64(rows, 14),
                                          .done = (uint32_t)db_get_u64(rows, 15),
                                          .failed = (uint32_t)db_get_u64(rows, 16),
                                          .left = (uint32_t)db_get_u64(rows, 17) };
    made->yen = db_get_i64(rows, 18);
    made->tax = db_get_i64(rows, 19);
    made->tax_percent = (int)db_get_u64(rows, 20);
    made->version = (uint32_t)db_get_u64(rows, 21);
    made->customer_code = g_strdup(db_get_text(rows, 22));
    made->customer_name = g_strdup(db_get_text(rows, 23));
    made->service = g_strdup(db_get_text(rows, 24));
    return made;
}

struct request_made *request_made_read(const struct db_rows *rows)
{
    struct request_made *made = request_made_read_head(rows);
    made->fields = request_fields_read(db_get_text(rows, 7));
    g_assert(made->fields != NULL);
    return made;
}

/* ---- conditions ---- */

void request_put(struct request_parameters *all, struct db_value value)
{
    g_assert(all->n < REQUEST_VALUES_MOST);
    all->at[all->n++] = value;
}

void request_put_twice(struct request_parameters *all, struct db_value value)
{
    request_put(all, value);
    request_put(all, value);
}

static struct db_value like(struct request_parameters *all, guint i, const char *text)
{
    all->like[i] = text != NULL ? text_like(text) : NULL;
    return DB_TEXT(all->like[i]);
}

/* A part of a line's number; whose lines. */
static void put_line(struct request_parameters *all, const struct request_search *search, struct db_value part)
{
    request_put(all, part);
    request_put(all, DB_U64(search->customer != 0 ? search->customer : search->account));
    request_put(all, part);
}

void request_put_filters(struct request_parameters *all, const struct request_search *search)
{
    request_put_twice(all,
                      DB_TEXT(search->status >= 0 ? request_status_code((enum request_status)search->status) : NULL));
    request_put_twice(all, DB_TEXT(search->kind != NULL ? search->kind->code : NULL));
    request_put_twice(all, db_u64_or_null(search->service));
    request_put_twice(all, like(all, 0, search->requester));
    request_put_twice(all, like(all, 1, search->number));
    request_put_twice(all, db_date_or_null(search->from));
    request_put_twice(all, db_date_or_null(search->until));
    put_line(all, search, like(all, 2, search->phone));
    put_line(all, search, like(all, 3, search->serial));
}

void request_parameters_clear(struct request_parameters *all)
{
    for (guint i = 0; i < G_N_ELEMENTS(all->like); i++) {
        g_free(all->like[i]);
    }
}

/* ---- lists ---- */

static enum statement list_statement(const struct request_search *search, bool backward)
{
    if (search->customer == 0) {
        return backward ? STATEMENT_REQUEST_LIST_EVERYWHERE_ASC : STATEMENT_REQUEST_LIST_EVERYWHERE_DESC;
    }
    if (search->number != NULL) { /* looked for in the index, as any part of it may be given */
        return backward ? STATEMENT_REQUEST_LIST_NUMBER_ASC : STATEMENT_REQUEST_LIST_NUMBER_DESC;
    }
    if (search->status >= 0) {
        return backward ? STATEMENT_REQUEST_LIST_STATUS_ASC : STATEMENT_REQUEST_LIST_STATUS_DESC;
    }
    return backward ? STATEMENT_REQUEST_LIST_ALL_ASC : STATEMENT_REQUEST_LIST_ALL_DESC;
}

static void reverse(GPtrArray *list)
{
    for (guint i = 0; i < list->len / 2; i++) {
        gpointer kept = list->pdata[i];
        list->pdata[i] = list->pdata[list->len - 1 - i];
        list->pdata[list->len - 1 - i] = kept;
    }
}

GPtrArray *request_list(struct db *db, const struct request_search *search, const struct request_page *page,
                        GError **error)
{
    struct request_parameters all = { 0 };
    request_put(&all, DB_TEXT(language_code(search->language)));
    request_put(&all, DB_U64(search->customer != 0 ? search->customer : search->account));
    request_put_twice(&all, db_u64_or_null(page->before));
    if (search->customer == 0) {
        request_put_twice(&all, db_u64_or_null(search->only_customer));
    }
    request_put_filters(&all, search);
    request_put(&all, DB_U64(page->limit));
    request_put(&all, DB_U64(page->before != 0 ? 0 : page->offset));
    AUTO(db_rows)
    struct db_rows *rows = db_query_values(db, list_statement(search, page->backward), all.at, all.n, error);
    request_parameters_clear(&all);
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(free_made);
    while (db_next(rows)) {
        g_ptr_array_add(list, request_made_read(rows));
    }
    if (page->backward) {
        reverse(list);
    }
    return list;
}

static void choice_free(gpointer data)
{
    g_free(((struct line_choice *)data)->text);
    g_free(data);
}

/* The figures that stand in the row without an id; the other rows are services. */
static GPtrArray *read_counts(struct db_rows *rows, uint64_t counts[REQUEST_STATUS_N])
{
    GPtrArray *services = rows != NULL ? g_ptr_array_new_with_free_func(choice_free) : NULL;
    memset(counts, 0, REQUEST_STATUS_N * sizeof *counts);
    while (rows != NULL && db_next(rows)) {
        if (db_is_null(rows, 0)) {
            for (guint i = 0; i < REQUEST_STATUS_N; i++) {
                counts[i] = db_get_u64(rows, i + 2);
            }
            continue;
        }
        struct line_choice *choice = g_new0(struct line_choice, 1);
        choice->kind = LINE_CHOICE_SERVICE;
        choice->id = db_get_u64(rows, 0);
        choice->text = g_strdup(db_get_text(rows, 1));
        g_ptr_array_add(services, choice);
    }
    return services;
}

GPtrArray *request_count(struct db *db, const struct request_search *search, uint64_t *total, GError **error)
{
    struct request_parameters all = { 0 };
    uint64_t counts[REQUEST_STATUS_N];
    request_put(&all, DB_U64(search->customer != 0 ? search->customer : search->account));
    if (search->customer == 0) {
        request_put_twice(&all, db_u64_or_null(search->only_customer));
    }
    request_put_filters(&all, search);
    request_put(&all, DB_TEXT(language_code(search->language)));
    AUTO(db_rows)
    struct db_rows *rows = db_query_values(
        db, search->customer != 0 ? STATEMENT_REQUEST_COUNT : STATEMENT_REQUEST_COUNT_EVERYWHERE, all.at, all.n, error);
    request_parameters_clear(&all);
    GPtrArray *services = read_counts(rows, counts);
    *total = counts[0];
    return services;
}

GPtrArray *request_counts(struct db *db, const struct request_search *search, uint64_t counts[REQUEST_STATUS_N],
                          GError **error)
{
    bool of_all = search->customer == 0;
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, of_all ? STATEMENT_REQUEST_COUNTS_ALL : STATEMENT_REQUEST_COUNTS, error,
                 DB_U64(of_all ? search->account : search->customer), DB_TEXT(language_code(search->language)));
    return read_counts(rows, counts);
}

/* ---- one ---- */

struct request_made *request_get(struct db *db, const struct request_search *search, const char *number, GError **error)
{
    struct db_value customer = db_u64_or_null(search->customer);
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_REQUEST_GET, error, DB_TEXT(language_code(search->language)),
                                    DB_U64(search->account), DB_TEXT(number), customer, customer);
    if (rows != NULL && !db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "no such request of this customer");
        return NULL;
    }
    return rows != NULL ? request_made_read(rows) : NULL;
}

void request_item_free(struct request_item *item)
{
    char *all[] = { item->phone, item->serial, item->plan, item->option, item->code, item->text };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_free(all[i]);
    }
    g_free(item);
}

static void item_free(gpointer data)
{
    request_item_free(data);
}

struct request_item *request_item_read(const struct db_rows *rows)
{
    struct request_item *item = g_new0(struct request_item, 1);
    item->line = db_get_u64(rows, 0);
    item->phone = g_strdup(db_get_text(rows, 1));
    item->serial = g_strdup(db_get_text(rows, 2));
    item->plan = g_strdup(db_get_text(rows, 3));
    item->option = g_strdup(db_get_text(rows, 5));
    g_assert(card_size_read(db_get_text(rows, 4), &item->size) &&
             item_result_read(db_get_text(rows, 6), &item->result) &&
             line_state_read(db_get_text(rows, 11), &item->state));
    item->code = g_strdup(db_get_text(rows, 7));
    item->text = g_strdup(db_get_text(rows, 8));
    item->finished_at = db_get_moment(rows, 9);
    item->yen = db_get_i64(rows, 10);
    return item;
}

GPtrArray *request_items(struct db *db, const struct request_search *search, uint64_t id, int result, guint limit,
                         guint offset, GError **error)
{
    struct db_value code = DB_TEXT(language_code(search->language));
    struct db_value only = DB_TEXT(result >= 0 ? item_result_code((enum item_result)result) : NULL);
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_REQUEST_LIST_ITEMS, error, code, code, DB_U64(search->account),
                                    DB_U64(id), only, only, DB_U64(limit), DB_U64(offset));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *items = g_ptr_array_new_with_free_func(item_free);
    while (db_next(rows)) {
        g_ptr_array_add(items, request_item_read(rows));
    }
    return items;
}

static void event_free(gpointer data)
{
    struct request_event *event = data;
    char *all[] = { event->kind, event->detail, event->actor_kind, event->actor_name };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_free(all[i]);
    }
    g_free(event);
}

GPtrArray *request_events_read(struct db_rows *rows)
{
    GPtrArray *events = g_ptr_array_new_with_free_func(event_free);
    while (db_next(rows)) {
        struct request_event *event = g_new0(struct request_event, 1);
        event->at = db_get_moment(rows, 0);
        event->kind = g_strdup(db_get_text(rows, 1));
        event->detail = g_strdup(db_get_text(rows, 2));
        event->actor_kind = g_strdup(db_get_text(rows, 3));
        event->actor_name = g_strdup(db_get_text(rows, 4));
        g_ptr_array_add(events, event);
    }
    return events;
}

GPtrArray *request_events(struct db *db, uint64_t account, uint64_t id, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_REQUEST_EVENTS, error, DB_U64(account), DB_U64(id));
    return rows != NULL ? request_events_read(rows) : NULL;
}
