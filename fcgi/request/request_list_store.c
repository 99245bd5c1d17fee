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
    if (all->like[i] == NULL && text != NULL) {
        all->like[i] = text_like(text);
    }
    return DB_TEXT(all->like[i]);
}

enum request_way request_way(const struct request_search *search)
{
    return search->phone != NULL    ? REQUEST_WAY_PHONE
           : search->serial != NULL ? REQUEST_WAY_SERIAL
           : search->number != NULL ? REQUEST_WAY_NUMBER
           : search->status >= 0    ? REQUEST_WAY_STATUS
                                    : REQUEST_WAY_ALL;
}

/* A part of a line's number; whose lines. */
static void put_line(struct request_parameters *all, uint64_t of, struct db_value part)
{
    request_put(all, DB_U64(of));
    request_put(all, part);
}

static void put_from(struct request_parameters *all, const struct request_search *search)
{
    struct db_value serial = like(all, 2, search->serial);
    enum request_way way = request_way(search);
    if (way == REQUEST_WAY_PHONE) {
        put_line(all, search->customer, like(all, 1, search->phone));
        request_put(all, serial);
    }
    if (way == REQUEST_WAY_PHONE || way == REQUEST_WAY_SERIAL) {
        put_line(all, search->customer, serial);
    }
}

/* The piece request_filters. */
static void put_filters(struct request_parameters *all, const struct request_search *search)
{
    request_put_twice(all,
                      DB_TEXT(search->status >= 0 ? request_status_code((enum request_status)search->status) : NULL));
    request_put_twice(all, DB_TEXT(search->kind != NULL ? search->kind->code : NULL));
    request_put_twice(all, db_u64_or_null(search->service));
    request_put_twice(all, like(all, 3, search->requester));
    request_put_twice(all, like(all, 0, search->number));
    request_put_twice(all, db_date_or_null(search->from));
    request_put_twice(all, db_date_or_null(search->until));
}

/* The piece request_filter_lines_everywhere; then, where the lines lead to the requests, the part of the number that
 * leads, which is no condition beside. */
static void put_lines_everywhere(struct request_parameters *all, const struct request_search *search, bool by_hits)
{
    struct db_value parts[] = { like(all, 1, search->phone), like(all, 2, search->serial) };
    guint leads = search->phone != NULL ? 0 : 1;
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        struct db_value part = by_hits && i == leads ? DB_NULL : parts[i];
        request_put(all, part);
        put_line(all, search->account, part);
    }
    if (by_hits) {
        request_put(all, parts[leads]);
    }
}

static void put_search(struct request_parameters *all, const struct request_search *search, const uint64_t *before,
                       bool by_hits)
{
    bool is_everywhere = search->customer == 0;
    if (!is_everywhere) {
        put_from(all, search);
    }
    request_put(all, DB_U64(is_everywhere ? search->account : search->customer));
    if (before != NULL) {
        request_put_twice(all, db_u64_or_null(*before));
    }
    if (is_everywhere) {
        request_put_twice(all, db_u64_or_null(search->only_customer));
    }
    put_filters(all, search);
    if (is_everywhere) {
        put_lines_everywhere(all, search, by_hits);
    }
}

void request_put_search(struct request_parameters *all, const struct request_search *search, const uint64_t *before)
{
    put_search(all, search, before, false);
}

void request_parameters_clear(struct request_parameters *all)
{
    for (guint i = 0; i < G_N_ELEMENTS(all->like); i++) {
        g_free(all->like[i]);
    }
}

/* ---- lists ---- */

/* How a page is read: as it comes from an index, from an index alone, or out of all that is found. */
enum form { DIRECT, JUMP, WHOLE };

static enum form form_of(const struct request_search *search, const struct request_page *page)
{
    bool is_plain = search->kind == NULL && search->service == 0 && search->requester == NULL &&
                    search->from.month == 0 && search->until.month == 0;
    if (request_way(search) > REQUEST_WAY_STATUS) {
        return WHOLE;
    }
    return page->before != 0 || page->offset == 0 ? DIRECT : is_plain ? JUMP : WHOLE;
}

static enum request_everywhere everywhere(const struct request_search *search, uint64_t found)
{
    uint32_t customers = search->only_customer != 0 ? 1 : search->customers;
    return request_everywhere(search->phone != NULL || search->serial != NULL, customers, found);
}

static enum statement list_statement_everywhere(const struct request_search *search, const struct request_page *page)
{
    static const enum statement hits[][2] = {
        { STATEMENT_REQUEST_LIST_HITS_SERIAL_DESC, STATEMENT_REQUEST_LIST_HITS_SERIAL_ASC },
        { STATEMENT_REQUEST_LIST_HITS_PHONE_DESC, STATEMENT_REQUEST_LIST_HITS_PHONE_ASC },
    };
    static const enum statement all[REQUEST_EVERYWHERE_N][2] = {
        [REQUEST_AS_THEY_COME] = { STATEMENT_REQUEST_LIST_EVERYWHERE_THEY_COME_DESC,
                                   STATEMENT_REQUEST_LIST_EVERYWHERE_THEY_COME_ASC },
        [REQUEST_BY_CUSTOMER] = { STATEMENT_REQUEST_LIST_EVERYWHERE_GATHERED_DESC,
                                  STATEMENT_REQUEST_LIST_EVERYWHERE_GATHERED_ASC },
    };
    enum request_everywhere how = everywhere(search, page->found);
    return how == REQUEST_BY_HITS ? hits[search->phone != NULL][page->backward] : all[how][page->backward];
}

static enum statement list_statement(const struct request_search *search, const struct request_page *page)
{
    static const enum statement direct[][2] = {
        [REQUEST_WAY_ALL] = { STATEMENT_REQUEST_PAGE_ALL_DESC, STATEMENT_REQUEST_PAGE_ALL_ASC },
        [REQUEST_WAY_STATUS] = { STATEMENT_REQUEST_PAGE_STATUS_DESC, STATEMENT_REQUEST_PAGE_STATUS_ASC },
    };
    static const enum statement jump[] = {
        [REQUEST_WAY_ALL] = STATEMENT_REQUEST_JUMP_ALL, [REQUEST_WAY_STATUS] = STATEMENT_REQUEST_JUMP_STATUS
    };
    static const enum statement whole[REQUEST_WAY_N] = {
        [REQUEST_WAY_ALL] = STATEMENT_REQUEST_LIST_ALL,       [REQUEST_WAY_STATUS] = STATEMENT_REQUEST_LIST_STATUS,
        [REQUEST_WAY_NUMBER] = STATEMENT_REQUEST_LIST_NUMBER, [REQUEST_WAY_PHONE] = STATEMENT_REQUEST_LIST_PHONE,
        [REQUEST_WAY_SERIAL] = STATEMENT_REQUEST_LIST_SERIAL,
    };
    enum request_way way = request_way(search);
    if (search->customer == 0) {
        return list_statement_everywhere(search, page);
    }
    enum form form = form_of(search, page);
    return form == DIRECT ? direct[way][page->backward] : form == JUMP ? jump[way] : whole[way];
}

static void put_list(struct request_parameters *all, const struct request_search *search,
                     const struct request_page *page)
{
    enum form form = search->customer != 0 ? form_of(search, page) : WHOLE;
    request_put(all, DB_TEXT(language_code(search->language)));
    if (form == JUMP) {
        request_put(all, DB_U64(search->customer));
        if (search->status >= 0) {
            request_put(all, DB_TEXT(request_status_code((enum request_status)search->status)));
        }
    } else {
        bool by_hits = search->customer == 0 && everywhere(search, page->found) == REQUEST_BY_HITS;
        put_search(all, search, &page->before, by_hits);
    }
    request_put(all, DB_U64(page->limit));
    if (form != DIRECT) {
        request_put(all, DB_U64(page->before != 0 ? 0 : page->offset));
    }
}

static void reverse(GPtrArray *list)
{
    for (guint i = 0; i < list->len / 2; i++) {
        gpointer kept = list->pdata[i];
        list->pdata[i] = list->pdata[list->len - 1 - i];
        list->pdata[list->len - 1 - i] = kept;
    }
}

bool request_list_counts(const struct request_search *search)
{
    return search->customer != 0 && request_way(search) > REQUEST_WAY_STATUS;
}

/* Behind the columns of a row. */
enum { HITS = 25 };

GPtrArray *request_list(struct db *db, const struct request_search *search, const struct request_page *page,
                        uint64_t *total, GError **error)
{
    struct request_parameters all = { 0 };
    put_list(&all, search, page);
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, list_statement(search, page), all.at, all.n, error);
    request_parameters_clear(&all);
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(free_made);
    while (db_next(rows)) {
        g_ptr_array_add(list, page->with_fields ? request_made_read(rows) : request_made_read_head(rows));
        if (total != NULL && request_list_counts(search)) {
            *total = db_get_u64(rows, HITS);
        }
    }
    if (page->backward) {
        reverse(list);
    }
    return list;
}

static enum statement count_statement(const struct request_search *search)
{
    static const enum statement of_customer[REQUEST_WAY_N] = {
        [REQUEST_WAY_ALL] = STATEMENT_REQUEST_COUNT_ALL,       [REQUEST_WAY_STATUS] = STATEMENT_REQUEST_COUNT_STATUS,
        [REQUEST_WAY_NUMBER] = STATEMENT_REQUEST_COUNT_NUMBER, [REQUEST_WAY_PHONE] = STATEMENT_REQUEST_COUNT_PHONE,
        [REQUEST_WAY_SERIAL] = STATEMENT_REQUEST_COUNT_SERIAL,
    };
    static const enum statement of_account[] = {
        [REQUEST_WAY_ALL] = STATEMENT_REQUEST_COUNT_EVERYWHERE_ALL,
        [REQUEST_WAY_STATUS] = STATEMENT_REQUEST_COUNT_EVERYWHERE_STATUS,
        [REQUEST_WAY_NUMBER] = STATEMENT_REQUEST_COUNT_EVERYWHERE_NUMBER,
    };
    enum request_way way = request_way(search);
    if (search->customer != 0) {
        return of_customer[way];
    }
    switch (everywhere(search, 0)) {
    case REQUEST_BY_HITS:
        return way == REQUEST_WAY_PHONE ? STATEMENT_REQUEST_COUNT_HITS_PHONE : STATEMENT_REQUEST_COUNT_HITS_SERIAL;
    case REQUEST_BY_CUSTOMER:
        return of_account[way];
    default:
        return way == REQUEST_WAY_ALL ? STATEMENT_REQUEST_COUNT_EVERYWHERE_SCAN : of_account[way];
    }
}

bool request_count(struct db *db, const struct request_search *search, uint64_t *total, GError **error)
{
    struct request_parameters all = { 0 };
    put_search(&all, search, NULL, search->customer == 0 && everywhere(search, 0) == REQUEST_BY_HITS);
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, count_statement(search), all.at, all.n, error);
    request_parameters_clear(&all);
    if (rows == NULL) {
        return false;
    }
    *total = db_next(rows) ? db_get_u64(rows, 0) : 0;
    return true;
}

bool request_counts_all(struct db *db, uint64_t account, uint64_t counts[REQUEST_STATUS_N], GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_REQUEST_COUNTS_ALL, error, DB_U64(account));
    if (rows == NULL) {
        return false;
    }
    bool has_any = db_next(rows);
    for (guint i = 0; i < REQUEST_STATUS_N; i++) {
        counts[i] = has_any ? db_get_u64(rows, i) : 0;
    }
    return true;
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
