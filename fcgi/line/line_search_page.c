/*
 * line_search_page.c: the conditions of the SIM list: read from the address, written into addresses.
 */
#include "line/line_page.h"

#include "base/text.h"
#include "line/number_rule.h"
#include "web/url.h"

#include <string.h>

/* ---- fields ---- */

static bool take(struct value *value, char *read)
{
    if (read == NULL) {
        value_fault(value, LABEL_ERROR_NUMBER_PART, NULL, NULL);
        return false;
    }
    g_free(read);
    return true;
}

static bool field_phone_part(const struct field *field, struct value *value)
{
    return field_text(field, value) && take(value, number_phone_part(value->text));
}

static bool field_serial_part(const struct field *field, struct value *value)
{
    return field_text(field, value) && take(value, number_serial_part(value->text));
}

/* One state or several, "active,suspended", as bits. */
static bool field_states(const struct field *field, struct value *value)
{
    unsigned states = 0;
    if (!field_text(field, value) || !value->is_given) {
        return !value->is_bad;
    }
    if (!line_states_read(value->text, &states)) {
        value_fault(value, LABEL_ERROR_CHOICE, NULL, NULL);
        return false;
    }
    value->number = states;
    return true;
}

static const char *const yes_no[] = { "0", "1", NULL };
static const char *const sorts[] = { "serial",    "-serial",    "phone", "-phone", "state",  "-state",  "used", "-used",
                                     "remaining", "-remaining", "plan",  "-plan",  "option", "-option", NULL };
static const char *const sizes[] = { "20", "50", "100", "200", NULL };
static const char *const charsets[] = { "utf8", "cp932", NULL };

enum {
    CUSTOMER,
    PHONE,
    SERIAL,
    SERVICE,
    PLAN,
    STATE,
    GROUP,
    THROTTLED,
    LABEL,
    SORT,
    SIZE,
    PAGE,
    AFTER,
    BEFORE,
    CHARSET
};
static const struct field fields[] = {
    [CUSTOMER] = { .name = "customer", .check = field_number, .flags = FIELD_LENIENT, .least = 1 },
    [PHONE] = { .name = "phone", .label = LABEL_FIELD_PHONE, .check = field_phone_part, .most = 32 },
    [SERIAL] = { .name = "serial", .label = LABEL_FIELD_SERIAL, .check = field_serial_part, .most = 32 },
    [SERVICE] = { .name = "service", .label = LABEL_FIELD_SERVICE, .check = field_number, .least = 1 },
    [PLAN] = { .name = "plan", .label = LABEL_FIELD_PLAN, .check = field_number, .least = 1 },
    [STATE] = { .name = "state", .label = LABEL_FIELD_STATE, .check = field_states, .most = 60 },
    [GROUP] = { .name = "group", .label = LABEL_FIELD_GROUP, .check = field_number },
    [THROTTLED] = { .name = "throttled", .label = LABEL_FIELD_THROTTLED, .check = field_choice, .choices = yes_no },
    [LABEL] = { .name = "label", .label = LABEL_FIELD_LABEL, .check = field_text, .most = 100 },
    [SORT] = { .name = "sort", .check = field_choice, .flags = FIELD_LENIENT, .choices = sorts },
    [SIZE] = { .name = "size", .check = field_choice, .flags = FIELD_LENIENT, .choices = sizes },
    [PAGE] = { .name = "page", .check = field_number, .flags = FIELD_LENIENT, .least = 1, .most = 1000000000 },
    [AFTER] = { .name = "after", .check = field_text, .flags = FIELD_LENIENT, .most = 80 },
    [BEFORE] = { .name = "before", .check = field_text, .flags = FIELD_LENIENT, .most = 80 },
    [CHARSET] = { .name = "charset", .check = field_choice, .flags = FIELD_LENIENT, .choices = charsets },
};
const struct form line_search_form = FORM("line-search", fields);

/* ---- reading ---- */

/* "AF0000000021.123" or, of all customers, "AF0000000021.123.7": key, id, customer. */
static void read_cursor(const char *text, bool of_all, struct line_cursor *cursor)
{
    g_auto(GStrv) parts = g_strsplit(text, ".", 4);
    guint n = g_strv_length(parts);
    guint64 id = 0, customer = 0;
    if (n != (of_all ? 3U : 2U) || !g_ascii_string_to_unsigned(parts[1], 10, 1, G_MAXINT64, &id, NULL) ||
        (of_all && !g_ascii_string_to_unsigned(parts[2], 10, 1, G_MAXINT64, &customer, NULL))) {
        return;
    }
    *cursor = (struct line_cursor){ .id = id, .customer = customer, .key = g_strdup(parts[0]) };
}

static void read_order(const struct value *at, struct line_asked *asked)
{
    struct line_search *search = &asked->search;
    if (at[SORT].choice >= 0) {
        search->sort = (enum line_sort)(at[SORT].choice / 2);
        search->is_descending = at[SORT].choice % 2 == 1;
    }
    if (search->customer == 0 && search->sort > LINE_BY_STATE) {
        search->sort = LINE_BY_SERIAL;
        search->is_descending = false;
    }
    asked->per_page = at[SIZE].choice >= 0 ? (guint)g_ascii_strtoull(sizes[at[SIZE].choice], NULL, 10) : 50;
    asked->page = at[PAGE].number;
    bool wants_cursor = (at[AFTER].is_given || at[BEFORE].is_given) && line_search_has_cursor(search);
    if (wants_cursor) {
        asked->backward = !at[AFTER].is_given;
        read_cursor(at[asked->backward ? BEFORE : AFTER].text, search->customer == 0, &asked->cursor);
    }
}

static void read_states(const struct value *at, struct line_search *search)
{
    unsigned states = at[STATE].is_given && !at[STATE].is_bad ? (unsigned)at[STATE].number : 0;
    bool is_one = states != 0 && (states & (states - 1)) == 0;
    search->state = is_one ? g_bit_nth_lsf(states, -1) : -1;
    search->states = is_one ? 0 : states;
}

void line_asked_read_values(const struct context *context, const struct value *at, struct line_asked *asked)
{
    struct line_search *search = &asked->search;
    *asked = (struct line_asked){ .cp932 = at[CHARSET].choice == 1 };
    search->account = context->session.account;
    search->customer = context->session.customer;
    search->only_customer = search->customer == 0 ? at[CUSTOMER].number : 0;
    search->language = context->language;
    search->edition = context->session.edition;
    search->customers = context->session.customers;
    search->month = date_month(moment_date(context->now));
    search->phone = at[PHONE].is_given && !at[PHONE].is_bad ? number_phone_part(at[PHONE].text) : NULL;
    search->serial = at[SERIAL].is_given && !at[SERIAL].is_bad ? number_serial_part(at[SERIAL].text) : NULL;
    search->label = at[LABEL].is_given && !at[LABEL].is_bad ? text_search_key(at[LABEL].text) : NULL;
    search->service = at[SERVICE].number;
    search->plan = at[PLAN].number;
    read_states(at, search);
    search->group = at[GROUP].is_given && !at[GROUP].is_bad ? (int64_t)at[GROUP].number : -1;
    search->throttled = at[THROTTLED].choice;
    read_order(at, asked);
}

void line_asked_read(const struct context *context, struct line_asked *asked)
{
    line_asked_read_values(context, context->values->at, asked);
}

void line_asked_clear(struct line_asked *asked)
{
    g_free(asked->search.phone);
    g_free(asked->search.serial);
    g_free(asked->search.label);
    g_free(asked->cursor.key);
}

/* ---- writing ---- */

char *line_asked_url(const struct context *context, const struct line_asked *asked, const char *path,
                     enum line_sort sort, bool descending, guint per_page)
{
    GString *url = g_string_new(path);
    for (guint i = CUSTOMER; i <= LABEL; i++) {
        url_add(url, fields[i].name, context->values->at[i].text);
    }
    if (sort == LINE_SORT_N) {
        sort = asked->search.sort;
        descending = asked->search.is_descending;
    }
    if (sort != LINE_BY_SERIAL || descending) {
        url_add(url, "sort", sorts[(guint)sort * 2 + (descending ? 1 : 0)]);
    }
    per_page = per_page == 0 ? asked->per_page : per_page;
    if (per_page != 50) {
        url_add_number(url, "size", per_page);
    }
    return g_string_free(url, FALSE);
}
