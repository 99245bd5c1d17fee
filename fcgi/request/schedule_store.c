/*
 * schedule_store.c: open requests by their day, as rows. Decides nothing.
 */
#include "request/schedule.h"

#include "request/request_search_store.h"
#include "request/schedule_rule.h"

#include <string.h>

void scheduled_free(struct scheduled *scheduled)
{
    g_free(scheduled->number);
    g_free(scheduled->customer);
    g_free(scheduled);
}

static void free_scheduled(gpointer data)
{
    scheduled_free(data);
}

/* number, kind, status, day, lines, and code and name of the customer, if any. */
static struct scheduled *read_scheduled(const struct db_rows *rows, guint at)
{
    struct scheduled *scheduled = g_new0(struct scheduled, 1);
    const char *code = db_get_text(rows, at + 5);
    scheduled->number = g_strdup(db_get_text(rows, at));
    scheduled->kind = request_kind_find(db_get_text(rows, at + 1));
    g_assert(scheduled->kind != NULL && request_status_read(db_get_text(rows, at + 2), &scheduled->status));
    scheduled->day = db_get_date(rows, at + 3);
    scheduled->items = (uint32_t)db_get_u64(rows, at + 4);
    scheduled->customer = code != NULL ? g_strconcat(code, ":", db_get_text(rows, at + 6), NULL) : NULL;
    return scheduled;
}

/* Whose requests are asked for; which of three statements asks for them. */
static struct db_value whose(const struct schedule_search *search)
{
    return DB_U64(search->customer != 0 ? search->customer : search->account);
}

static enum statement one_of(const struct schedule_search *search, enum statement of_one, enum statement of_few,
                             enum statement of_many)
{
    return search->customer != 0 ? of_one : schedule_by_day(search->customers) ? of_many : of_few;
}

GPtrArray *request_overview(struct db *db, const struct schedule_search *search, guint most,
                            uint64_t counts[REQUEST_STATUS_N], GError **error)
{
    enum statement statement = one_of(search, STATEMENT_REQUEST_OVERVIEW, STATEMENT_REQUEST_OVERVIEW_EVERYWHERE_FEW,
                                      STATEMENT_REQUEST_OVERVIEW_EVERYWHERE_MANY);
    AUTO(db_rows) struct db_rows *rows = db_query(db, statement, error, whose(search), whose(search), DB_U64(most));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *next = g_ptr_array_new_with_free_func(free_scheduled);
    memset(counts, 0, REQUEST_STATUS_N * sizeof *counts);
    while (db_next(rows)) {
        if (!db_is_null(rows, REQUEST_STATUS_N)) {
            g_ptr_array_add(next, read_scheduled(rows, REQUEST_STATUS_N));
            continue;
        }
        for (guint i = 0; i < REQUEST_STATUS_N; i++) {
            counts[i] = db_get_u64(rows, i);
        }
    }
    return next;
}

/* ---- a month ---- */

static void free_day(gpointer data)
{
    struct schedule_day *day = data;
    g_ptr_array_unref(day->first);
    g_free(day);
}

/* The day of `date`: the last of `days`, or a new one behind it. */
static struct schedule_day *day_of(GPtrArray *days, struct date date)
{
    struct schedule_day *last = days->len > 0 ? days->pdata[days->len - 1] : NULL;
    if (last != NULL && date_compare(last->day, date) == 0) {
        return last;
    }
    struct schedule_day *day = g_new0(struct schedule_day, 1);
    day->day = date;
    day->first = g_ptr_array_new_with_free_func(free_scheduled);
    g_ptr_array_add(days, day);
    return day;
}

GPtrArray *schedule_days(struct db *db, const struct schedule_search *search, GError **error)
{
    struct db_value customer = DB_U64(search->customer), from = DB_DATE(search->from), to = DB_DATE(search->to);
    AUTO(db_rows)
    struct db_rows *rows =
        search->customer != 0
            ? db_query(db, STATEMENT_SCHEDULE_DAYS, error, customer, customer, customer, customer, from, to)
            : db_query(db,
                       one_of(search, STATEMENT_N, STATEMENT_SCHEDULE_DAYS_EVERYWHERE_FEW,
                              STATEMENT_SCHEDULE_DAYS_EVERYWHERE_MANY),
                       error, whose(search), from, to);
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *days = g_ptr_array_new_with_free_func(free_day);
    while (db_next(rows)) {
        struct schedule_day *day = day_of(days, db_get_date(rows, 4));
        day->n = db_get_u64(rows, 0);
        if (!db_is_null(rows, 1)) {
            g_ptr_array_add(day->first, read_scheduled(rows, 1));
        }
    }
    return days;
}

GPtrArray *schedule_days_of(const GPtrArray *requests)
{
    GPtrArray *days = g_ptr_array_new_with_free_func(free_day);
    for (guint i = 0; i < requests->len; i++) {
        const struct request_made *made = requests->pdata[i];
        struct schedule_day *day = day_of(days, made->effective_on);
        if (day->n++ < SCHEDULE_FIRST) {
            struct scheduled *scheduled = g_new0(struct scheduled, 1);
            scheduled->number = g_strdup(made->number);
            scheduled->kind = made->kind;
            scheduled->status = made->status;
            scheduled->day = made->effective_on;
            scheduled->items = made->tally.items;
            g_ptr_array_add(day->first, scheduled);
        }
    }
    return days;
}

static void free_made(gpointer data)
{
    request_made_free(data);
}

static GPtrArray *read_list(struct db_rows *rows)
{
    GPtrArray *list = rows != NULL ? g_ptr_array_new_with_free_func(free_made) : NULL;
    while (rows != NULL && db_next(rows)) {
        g_ptr_array_add(list, request_made_read_head(rows));
    }
    return list;
}

GPtrArray *schedule_list(struct db *db, const struct schedule_search *search, guint limit, uint64_t offset,
                         GError **error)
{
    enum statement statement = one_of(search, STATEMENT_SCHEDULE_LIST, STATEMENT_SCHEDULE_LIST_EVERYWHERE_FEW,
                                      STATEMENT_SCHEDULE_LIST_EVERYWHERE_MANY);
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, statement, error, DB_TEXT(language_code(search->language)), whose(search),
                                    DB_DATE(search->from), DB_DATE(search->to), DB_U64(limit), DB_U64(offset));
    return read_list(rows);
}

GPtrArray *schedule_of_line(struct db *db, const struct schedule_search *search, const char *phone, guint most,
                            GError **error)
{
    struct db_value customer = db_u64_or_null(search->customer);
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_SCHEDULE_OF_LINE, error, DB_TEXT(language_code(search->language)),
                                    DB_U64(search->account), DB_TEXT(phone), customer, customer, DB_DATE(search->from),
                                    DB_DATE(search->to), DB_U64(most));
    return read_list(rows);
}
