/*
 * schedule_page.c: what is scheduled: a month as a sheet of weeks, then the requests of the month or of one of its
 * days; of all SIMs, or of one.
 */
#include "request/request_page.h"

#include "line/line_xml.h"
#include "line/number_rule.h"
#include "request/request_xml.h"
#include "request/schedule.h"
#include "request/schedule_rule.h"
#include "web/pager.h"
#include "web/url.h"

enum { PER_PAGE = 50, OF_LINE_MOST = 500, WEEK = 7 };

/* ---- what is asked for ---- */

static bool field_phone(const struct field *field, struct value *value)
{
    g_autofree char *read = field_text(field, value) ? number_phone_read(value->text) : NULL;
    if (read == NULL && !value->is_bad) {
        value_fault(value, LABEL_ERROR_PHONE, NULL, NULL);
    }
    return read != NULL;
}

enum { MONTH, DAY, PHONE, PAGE };
static const struct field fields[] = {
    [MONTH] = { .name = "month", .check = field_text, .flags = FIELD_LENIENT, .most = 7 },
    [DAY] = { .name = "day", .check = field_day, .flags = FIELD_LENIENT },
    [PHONE] = { .name = "phone", .label = LABEL_FIELD_PHONE, .check = field_phone, .most = 32 },
    [PAGE] = { .name = "page", .check = field_number, .flags = FIELD_LENIENT, .least = 1, .most = 100000 },
};
const struct form schedule_form = FORM("schedule", fields);

struct asked {
    struct month month;
    struct date day;         /* no date: the whole month */
    const char *phone_typed; /* "": all SIMs */
    char *phone;             /* NULL: all SIMs */
};

static void read_asked(const struct context *context, struct asked *asked)
{
    const struct value *at = context->values->at;
    struct date day = { 0 };
    *asked = (struct asked){ .month = date_month(moment_date(context->now)), .phone_typed = at[PHONE].text };
    bool has_day = date_parse(at[DAY].text, &day);
    if (!schedule_month_read(at[MONTH].text, &asked->month) && has_day) {
        asked->month = date_month(day);
    }
    if (has_day && month_compare(date_month(day), asked->month) == 0) {
        asked->day = day;
    }
    if (at[PHONE].is_given && !at[PHONE].is_bad) {
        asked->phone = number_phone_read(at[PHONE].text);
    }
}

/* The address of a month or, with a day, of it. The caller frees. */
static char *url_of(const struct asked *asked, struct month month, struct date day)
{
    GString *url = g_string_new("/schedule");
    g_autofree char *month_text = month_show_iso(month), *day_text = day.month != 0 ? date_iso(day) : NULL;
    url_add(url, "month", month_text);
    url_add(url, "day", day_text);
    url_add(url, "phone", asked->phone != NULL ? asked->phone_typed : NULL);
    return g_string_free(url, FALSE);
}

/* ---- the sheet ---- */

static void day_node(struct context *context, struct node *week, const struct asked *asked, struct date date,
                     const struct schedule_day *day)
{
    struct node *node = node_add(week, "day");
    node_set_number(node, "n", date.day);
    node_set_flag(node, "today", date_compare(date, moment_date(context->now)) == 0);
    node_set_flag(node, "outside", month_compare(date_month(date), asked->month) != 0);
    if (day == NULL) {
        return;
    }
    g_autofree char *url = url_of(asked, asked->month, date);
    node_set_flag(node, "current", date_compare(date, asked->day) == 0);
    node_take(node, "date", date_show(date));
    node_take(node, "count", pager_number(day->n));
    node_take(node, "href", g_strconcat(url, "#list", NULL));
    scheduled_nodes(node, "next", day->first, context->language);
    if (day->n > day->first->len && day->first->len > 0) {
        node_take(node, "more", pager_number(day->n - day->first->len));
    }
}

static void sheet_nodes(struct context *context, const struct asked *asked, const GPtrArray *days)
{
    struct schedule_sheet sheet = schedule_sheet(asked->month);
    guint at = 0;
    for (guint i = 0; i < sheet.weeks; i++) {
        struct node *week = node_add(context->part, "week");
        for (int j = 0; j < WEEK; j++) {
            struct date date = date_add(sheet.first, (int)i * WEEK + j);
            const struct schedule_day *day = at < days->len ? days->pdata[at] : NULL;
            bool is_here = day != NULL && date_compare(day->day, date) == 0;
            day_node(context, week, asked, date, is_here ? day : NULL);
            at += is_here ? 1 : 0;
        }
    }
}

static void head_nodes(struct context *context, const struct asked *asked)
{
    struct node *part = context->part;
    struct date none = { 0 };
    g_autofree char *before = line_month_text(context->language, month_add(asked->month, -1));
    g_autofree char *after = line_month_text(context->language, month_add(asked->month, 1));
    struct month present = date_month(moment_date(context->now));
    node_take(part, "month", line_month_text(context->language, asked->month));
    node_set(part, "previous-text", before);
    node_take(part, "previous", url_of(asked, month_add(asked->month, -1), none));
    node_set(part, "next-text", after);
    node_take(part, "next", url_of(asked, month_add(asked->month, 1), none));
    if (month_compare(asked->month, present) != 0) {
        node_take(part, "present", url_of(asked, present, none));
    }
    struct node *search = node_add(part, "search");
    node_set_flag(search, "filtered", asked->phone != NULL);
    struct node *hidden = node_add(search, "hidden");
    node_set(hidden, "name", "month");
    node_take(hidden, "value", month_show_iso(asked->month));
    form_field_node(search, context->values, PHONE, context->language);
}

/* ---- the list ---- */

static void list_node(struct context *context, const struct asked *asked, const struct pager *pager,
                      const GPtrArray *requests)
{
    struct node *list = node_add(context->part, "list");
    g_autofree char *url = url_of(asked, asked->month, asked->day);
    bool of_all = context->session.customer == 0;
    if (asked->day.month != 0) {
        struct date none = { 0 };
        node_take(list, "day", date_show(asked->day));
        node_take(list, "whole", url_of(asked, asked->month, none));
    }
    node_set_flag(list, "with-customer", of_all);
    pager_node(list, pager, url, NULL, NULL);
    request_rows_node(list, requests, context->language, of_all);
}

static struct schedule_search search_of(const struct context *context, struct date from, struct date to)
{
    return (struct schedule_search){ .account = context->session.account,
                                     .customer = context->session.customer,
                                     .customers = context->session.customers,
                                     .language = context->language,
                                     .from = from,
                                     .to = to };
}

/* How many on the days from `from` to `to`. */
static uint64_t count_days(const GPtrArray *days, struct date from, struct date to)
{
    uint64_t n = 0;
    for (guint i = 0; i < days->len; i++) {
        const struct schedule_day *day = days->pdata[i];
        n += date_compare(day->day, from) >= 0 && date_compare(day->day, to) <= 0 ? day->n : 0;
    }
    return n;
}

static bool of_all_lines(struct context *context, const struct asked *asked, GError **error)
{
    bool one_day = asked->day.month != 0;
    struct schedule_search month = search_of(context, month_first(asked->month), month_last(asked->month));
    struct schedule_search wanted =
        search_of(context, one_day ? asked->day : month.from, one_day ? asked->day : month.to);
    g_autoptr(GPtrArray) days = schedule_days(context->db, &month, error);
    if (days == NULL) {
        return false;
    }
    struct pager pager =
        pager_make(count_days(days, wanted.from, wanted.to), PER_PAGE, context->values->at[PAGE].number);
    g_autoptr(GPtrArray) requests = schedule_list(context->db, &wanted, PER_PAGE, pager.offset, error);
    if (requests == NULL) {
        return false;
    }
    sheet_nodes(context, asked, days);
    list_node(context, asked, &pager, requests);
    return true;
}

static bool of_one_line(struct context *context, const struct asked *asked, GError **error)
{
    struct schedule_search month = search_of(context, month_first(asked->month), month_last(asked->month));
    g_autoptr(GPtrArray) requests = schedule_of_line(context->db, &month, asked->phone, OF_LINE_MOST, error);
    if (requests == NULL) {
        return false;
    }
    g_autoptr(GPtrArray) days = schedule_days_of(requests), wanted = g_ptr_array_new();
    for (guint i = 0; i < requests->len; i++) {
        const struct request_made *made = requests->pdata[i];
        if (asked->day.month == 0 || date_compare(made->effective_on, asked->day) == 0) {
            g_ptr_array_add(wanted, requests->pdata[i]);
        }
    }
    struct pager pager = pager_make(wanted->len, OF_LINE_MOST, 1);
    sheet_nodes(context, asked, days);
    list_node(context, asked, &pager, wanted);
    return true;
}

/* GET /schedule. */
enum outcome schedule_page(struct context *context, GError **error)
{
    struct asked asked;
    read_asked(context, &asked);
    head_nodes(context, &asked);
    bool good = true;
    if (!values_are_good(context->values)) {
        response_status(context->response, 422);
    } else {
        good = asked.phone != NULL ? of_one_line(context, &asked, error) : of_all_lines(context, &asked, error);
    }
    g_free(asked.phone);
    return good ? SHOW : FAILED;
}
