/*
 * request.c: the commands `request`: looking at requests of any customer, trying again, giving up.
 */
#include "ctl/ctl.h"

#include "base/error.h"
#include "base/text.h"
#include "customer/customer.h"
#include "line/number_rule.h"
#include "request/operate.h"

#include <string.h>

enum { LIST_MOST = 100000, REASON_MOST = 400 };

static char *code, *status_word, *kind_word, *phone_typed, *since, *until, *result_word, *reason;
static char **lines_typed;
static gint limit = 100;
static gboolean only_good, force;

const GOptionEntry request_list_options[] = {
    { "customer", 0, 0, G_OPTION_ARG_FILENAME, &code, "Only this customer's", "CODE" },
    { "status", 0, 0, G_OPTION_ARG_FILENAME, &status_word, "pending, processing, completed, failed or cancelled",
      "STATUS" },
    { "kind", 0, 0, G_OPTION_ARG_FILENAME, &kind_word, "suspend, resume, recharge, ...", "KIND" },
    { "line", 0, 0, G_OPTION_ARG_FILENAME, &phone_typed, "Only those with this line", "PHONE" },
    { "since", 0, 0, G_OPTION_ARG_FILENAME, &since, "Received on this day or later", "DATE" },
    { "until", 0, 0, G_OPTION_ARG_FILENAME, &until, "Received on this day or earlier", "DATE" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many (100)", "N" },
    { 0 },
};

const GOptionEntry request_show_options[] = {
    { "lines", 0, 0, G_OPTION_ARG_FILENAME, &result_word,
      "Show lines that are pending, running, done, failed, cancelled or left, or all (failed)", "RESULT" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many lines (100)", "N" },
    { 0 },
};

#define LINE_OPTIONS                                                                                                   \
    { "line", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &lines_typed, "Only this line; may be given again", "PHONE" },        \
    {                                                                                                                  \
        "only-good", 0, 0, G_OPTION_ARG_NONE, &only_good, "Leave out the lines it cannot be done to", NULL             \
    }

const GOptionEntry request_retry_options[] = { LINE_OPTIONS, { 0 } };

const GOptionEntry request_fail_options[] = {
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &reason, "Why, kept with each line", "TEXT" },
    LINE_OPTIONS,
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, "Also what a worker has at the carrier just now", NULL },
    { 0 },
};

static const struct ctl_column list_columns[] = {
    { "number", CELL_TEXT },   { "kind", CELL_TEXT },      { "status", CELL_TEXT },  { "customer", CELL_TEXT },
    { "received", CELL_TEXT }, { "effective", CELL_TEXT }, { "lines", CELL_NUMBER }, { "open", CELL_NUMBER },
    { "done", CELL_NUMBER },   { "failed", CELL_NUMBER },  { "left", CELL_NUMBER },  { 0 },
};

static const struct ctl_column facts_columns[] = {
    { "number", CELL_TEXT },    { "kind", CELL_TEXT },      { "status", CELL_TEXT },
    { "customer", CELL_TEXT },  { "requester", CELL_TEXT }, { "received", CELL_TEXT },
    { "effective", CELL_TEXT }, { "executed", CELL_TEXT },  { "cancelled", CELL_TEXT },
    { "fields", CELL_JSON },    { "lines", CELL_NUMBER },   { "open", CELL_NUMBER },
    { "done", CELL_NUMBER },    { "failed", CELL_NUMBER },  { "left", CELL_NUMBER },
    { "yen", CELL_NUMBER },     { "tax", CELL_NUMBER },     { 0 },
};

static const struct ctl_column item_columns[] = {
    { "phone", CELL_TEXT },
    { "serial", CELL_TEXT },
    { "line_state", CELL_TEXT },
    { "result", CELL_TEXT },
    { "round", CELL_NUMBER },
    { "attempts", CELL_NUMBER },
    { "at_carrier", CELL_FLAG },
    { "at", CELL_TEXT },
    { "code", CELL_TEXT },
    { "text", CELL_TEXT },
    { 0 },
};

static const struct ctl_column event_columns[] = {
    { "at", CELL_TEXT },   { "event", CELL_TEXT },  { "actor", CELL_TEXT },
    { "name", CELL_TEXT }, { "detail", CELL_TEXT }, { 0 },
};

static const struct ctl_column done_columns[] = {
    { "phone", CELL_TEXT },   { "round", CELL_NUMBER }, { "done", CELL_FLAG },
    { "why_not", CELL_TEXT }, { "against", CELL_TEXT }, { 0 },
};

/* ---- what is typed ---- */

static bool read_limit(GError **error)
{
    return (limit >= 1 && limit <= LIST_MOST) || ctl_usage(error, "--limit %d: from 1 to %d", limit, LIST_MOST);
}

static bool read_day(const char *option, const char *typed, struct date *day, GError **error)
{
    return typed == NULL || date_parse(typed, day) || ctl_usage(error, "%s %s: write it as 2026-04-01", option, typed);
}

static bool read_phone(const char *typed, char **phone, GError **error)
{
    *phone = number_phone_read(typed);
    return *phone != NULL || ctl_usage(error, "--line %s: no phone number", typed);
}

static bool read_kind(const struct request_kind **kind, GError **error)
{
    *kind = request_kind_find(kind_word);
    if (kind_word == NULL || *kind != NULL) {
        return true;
    }
    g_autoptr(GString) words = g_string_new(NULL);
    for (guint i = 0; i < request_kinds_n; i++) {
        g_string_append_printf(words, "%s%s", i > 0 ? ", " : "", request_kinds[i]->code);
    }
    return ctl_usage(error, "--kind %s: one of %s", kind_word, words->str);
}

static bool read_status(int *status, GError **error)
{
    enum request_status read = REQUEST_PENDING;
    *status = -1;
    if (status_word != NULL) {
        if (!request_status_read(status_word, &read)) {
            return ctl_usage(error, "--status %s: pending, processing, completed, failed or cancelled", status_word);
        }
        *status = (int)read;
    }
    return true;
}

static bool check_number(const char *number, GError **error)
{
    return request_number_is_good(number) || ctl_usage(error, "%s: no number of a request", number);
}

/* ---- request list ---- */

static void add_made(struct ctl_table *table, const struct request_made *made)
{
    ctl_add_text(table, made->number);
    ctl_add_text(table, made->kind->code);
    ctl_add_text(table, request_status_code(made->status));
    ctl_add_text(table, made->customer_code);
}

static void add_tally(struct ctl_table *table, const struct request_tally *tally)
{
    const uint32_t figures[] = { tally->items, tally->open, tally->done, tally->failed, tally->left };
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
        ctl_add_number(table, figures[i]);
    }
}

static void add_day(struct ctl_table *table, struct date day)
{
    ctl_add_taken(table, day.month != 0 ? date_iso(day) : NULL);
}

static bool list(struct ctl *ctl, struct operate_search *search, GError **error)
{
    struct db *db = ctl_db(ctl, error);
    if (db == NULL) {
        return false;
    }
    if (code != NULL) {
        AUTO(customer) struct customer *customer = customer_get_by_code(db, code, error);
        if (customer == NULL) {
            return false;
        }
        search->customer = customer->id;
    }
    g_autoptr(GPtrArray) all = operate_list(db, search, error);
    if (all == NULL) {
        return false;
    }
    struct ctl_table *table = ctl_table_new(list_columns);
    for (guint i = 0; i < all->len; i++) {
        const struct request_made *made = all->pdata[i];
        add_made(table, made);
        ctl_add_moment(table, made->received_at);
        add_day(table, made->effective_on);
        add_tally(table, &made->tally);
    }
    ctl_table_print(ctl, table, false);
    return true;
}

bool ctl_request_list(struct ctl *ctl, char **arguments, GError **error)
{
    struct operate_search search = { 0 };
    g_autofree char *phone = NULL;
    (void)arguments;
    if (!read_limit(error) || !read_status(&search.status, error) || !read_kind(&search.kind, error) ||
        !read_day("--since", since, &search.from, error) || !read_day("--until", until, &search.until, error) ||
        (phone_typed != NULL && !read_phone(phone_typed, &phone, error))) {
        return false;
    }
    search.phone = phone;
    search.limit = (guint)limit;
    return list(ctl, &search, error);
}

/* ---- request show ---- */

static struct ctl_table *facts_of(const struct request_made *made)
{
    struct ctl_table *table = ctl_table_new(facts_columns);
    add_made(table, made);
    ctl_add_text(table, made->account_name);
    ctl_add_moment(table, made->received_at);
    add_day(table, made->effective_on);
    add_day(table, made->executed_on);
    add_day(table, made->cancelled_on);
    ctl_add_taken(table, request_fields_json(made->fields));
    add_tally(table, &made->tally);
    ctl_add_number(table, (uint64_t)made->yen);
    ctl_add_number(table, (uint64_t)made->tax);
    return table;
}

static struct ctl_table *items_of(const GPtrArray *items)
{
    struct ctl_table *table = ctl_table_new(item_columns);
    for (guint i = 0; i < items->len; i++) {
        const struct operate_item *item = items->pdata[i];
        ctl_add_taken(table, number_phone_show(item->phone));
        ctl_add_text(table, item->serial);
        ctl_add_text(table, line_state_code(item->state));
        ctl_add_text(table, item_result_code(item->result));
        ctl_add_number(table, item->round);
        ctl_add_number(table, item->attempts);
        ctl_add_flag(table, item->is_held);
        ctl_add_moment(table, item->at);
        ctl_add_text(table, item->code);
        ctl_add_text(table, item->text);
    }
    return table;
}

static struct ctl_table *events_of(const GPtrArray *events)
{
    struct ctl_table *table = ctl_table_new(event_columns);
    for (guint i = 0; i < events->len; i++) {
        const struct request_event *event = events->pdata[i];
        ctl_add_moment(table, event->at);
        ctl_add_text(table, event->kind);
        ctl_add_text(table, event->actor_kind);
        ctl_add_text(table, event->actor_name);
        ctl_add_text(table, event->detail);
    }
    return table;
}

static bool show(struct ctl *ctl, const char *number, int result, GError **error)
{
    static const char *const names[] = { "items", "events" };
    struct db *db = ctl_db(ctl, error);
    AUTO(request_made) struct request_made *made = db != NULL ? operate_get(db, number, error) : NULL;
    g_autoptr(GPtrArray) items = made != NULL ? operate_items(db, made->id, result, (guint)limit, error) : NULL;
    g_autoptr(GPtrArray) events = items != NULL ? operate_events(db, made->id, error) : NULL;
    if (events == NULL) {
        return false;
    }
    struct ctl_table *const tables[] = { items_of(items), events_of(events), NULL };
    ctl_table_print_with(ctl, facts_of(made), names, tables);
    return true;
}

bool ctl_request_show(struct ctl *ctl, char **arguments, GError **error)
{
    enum item_result read = ITEM_FAILED;
    bool all = g_strcmp0(result_word, "all") == 0;
    if (!check_number(arguments[0], error) || !read_limit(error)) {
        return false;
    }
    if (result_word != NULL && !all && !item_result_read(result_word, &read)) {
        return ctl_usage(error, "--lines %s: pending, running, done, failed, cancelled, left or all", result_word);
    }
    return show(ctl, arguments[0], all ? -1 : (int)read, error);
}

/* ---- request retry, request fail ---- */

static bool read_lines(GPtrArray *phones, GError **error)
{
    for (char **typed = lines_typed; typed != NULL && *typed != NULL; typed++) {
        char *phone = NULL;
        if (!read_phone(*typed, &phone, error)) {
            return false;
        }
        if (g_ptr_array_find_with_equal_func(phones, phone, g_str_equal, NULL)) {
            g_free(phone);
        } else {
            g_ptr_array_add(phones, phone);
        }
    }
    return true;
}

static void print_lines(const struct ctl *ctl, const struct operate_result *result)
{
    struct ctl_table *table = ctl_table_new(done_columns);
    for (guint i = 0; i < result->lines->len; i++) {
        const struct operate_line *line = &g_array_index(result->lines, struct operate_line, i);
        bool is_good = line->refusal == OPERATE_GOOD;
        ctl_add_taken(table, number_phone_show(line->phone));
        ctl_add_number(table, line->round);
        ctl_add_flag(table, result->is_done && is_good);
        ctl_add_text(table, is_good ? NULL : operate_refusal_code(line->refusal));
        ctl_add_text(table, line->against);
    }
    ctl_table_print(ctl, table, false);
}

static bool report(const struct ctl *ctl, const char *number, const char *done, const struct operate_result *result,
                   GError **error)
{
    guint refused = result->lines->len - result->good;
    print_lines(ctl, result);
    if (!result->is_done) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "%s: nothing was done: %u of %u lines stand against it",
                    number, refused, result->lines->len);
        return false;
    }
    g_autofree char *others = refused > 0 ? g_strdup_printf(", %u left as they were", refused) : g_strdup("");
    ctl_say(ctl, "%s: %u lines %s%s", number, result->good, done, others);
    return true;
}

typedef bool mend(struct db *db, const struct operate_order *order, struct operate_result *result, GError **error);

static bool operate(struct ctl *ctl, const char *number, mend *work, const char *done, GError **error)
{
    g_autoptr(GPtrArray) phones = g_ptr_array_new_with_free_func(g_free);
    struct operate_result result = { 0 };
    if (!check_number(number, error) || !read_lines(phones, error)) {
        return false;
    }
    bool are_named = phones->len > 0;
    g_ptr_array_add(phones, NULL);
    const struct secret_keys *keys = ctl_keys(ctl, error);
    struct db *db = keys != NULL ? ctl_worker_db(ctl, error) : NULL;
    struct operate_order order = { .keys = keys,
                                   .config = ctl->config,
                                   .actor = &ctl->actor,
                                   .now = ctl->now,
                                   .number = number,
                                   .phones = are_named ? (const char *const *)phones->pdata : NULL,
                                   .only_good = only_good,
                                   .force = force,
                                   .reason = reason };
    bool good = db != NULL && work(db, &order, &result, error) && report(ctl, number, done, &result, error);
    operate_result_clear(&result);
    return good;
}

bool ctl_request_retry(struct ctl *ctl, char **arguments, GError **error)
{
    return operate(ctl, arguments[0], operate_retry_lines, "are tried again", error);
}

bool ctl_request_fail(struct ctl *ctl, char **arguments, GError **error)
{
    if (!ctl_need(reason, "--reason", error)) {
        return false;
    }
    if (*reason == '\0' || !text_is_clean(reason, strlen(reason), false) || g_utf8_strlen(reason, -1) > REASON_MOST) {
        return ctl_usage(error, "--reason: one line of 1 to %d characters", REASON_MOST);
    }
    return operate(ctl, arguments[0], operate_give_up_lines, "are given up", error);
}
