/*
 * line_xml.c: lines as text ready to show. The row of a list is the hottest part of the portal.
 */
#include "line/line_xml.h"

#include "base/text.h"
#include "line/number_rule.h"
#include "web/form.h"

#include <string.h>

enum { LOW_PERCENT = 20, STALE_SECONDS = 26 * 3600 };

static const enum label state_helps[LINE_STATE_N] = {
    [LINE_INACTIVE] = LABEL_LINE_STATE_HELP_INACTIVE,     [LINE_ACTIVE] = LABEL_LINE_STATE_HELP_ACTIVE,
    [LINE_SUSPENDED] = LABEL_LINE_STATE_HELP_SUSPENDED,   [LINE_REISSUING] = LABEL_LINE_STATE_HELP_REISSUING,
    [LINE_TERMINATED] = LABEL_LINE_STATE_HELP_TERMINATED, [LINE_FAILED] = LABEL_LINE_STATE_HELP_FAILED,
};
static int percent_left(int64_t capacity, int64_t remaining)
{
    return capacity <= 0 ? 0 : (int)MIN(100, remaining * 100 / capacity);
}

static const char *level(int64_t remaining, int percent)
{
    return remaining <= 0 ? "none" : percent <= LOW_PERCENT ? "low" : "";
}

static char *customer_text(const struct line_row *row)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT ":%s:%s", row->customer, row->customer_code, row->customer_name);
}

static void set_usage(struct node *node, const struct line_row *row)
{
    char used[TEXT_GB_MOST], capacity[TEXT_GB_MOST], usage[2 * TEXT_GB_MOST];
    g_strlcpy(usage, text_gb_in(used, row->used), sizeof usage);
    g_strlcat(usage, "/", sizeof usage);
    g_strlcat(usage, text_gb_in(capacity, row->capacity), sizeof usage);
    node_set(node, "usage", usage);
}

static void set_remaining(struct node *node, const struct line_row *row)
{
    char remaining[TEXT_GB_MOST];
    int percent = percent_left(row->capacity, row->remaining);
    const char *warning = level(row->remaining, percent);
    node_set(node, "remaining", text_gb_in(remaining, row->remaining));
    node_set_number(node, "percent", percent);
    node_set(node, "level", *warning != '\0' ? warning : NULL);
}

static void row_node(struct node *node, const struct line_row *row, enum language language, bool with_customer)
{
    char phone[NUMBER_PHONE_MOST], href[] = "/sims/01234567890123456789", *id = href + strlen("/sims/");
    id[text_digits_write(id, row->id)] = '\0';
    node_set(node, "href", href);
    node_set(node, "serial", row->serial);
    node_set(node, "phone", number_phone_show_in(phone, row->phone));
    node_set(node, "state", line_state_code(row->state));
    node_set(node, "state-text", label_text(language, line_state_label(row->state)));
    node_set(node, "plan", row->plan);
    set_usage(node, row);
    set_remaining(node, row);
    node_set(node, "option", row->option);
    if (row->is_throttled) {
        node_set(node, "throttled-text", label_text(language, LABEL_LINE_TRAFFIC_THROTTLED));
    }
    if (*row->label != '\0') {
        node_set(node, "label", row->label);
    }
    if (with_customer) {
        node_take(node, "customer", customer_text(row));
    }
}

void line_as_of(struct node *node, struct moment as_of, struct moment now)
{
    if (as_of.us == 0) {
        return;
    }
    g_autofree char *text = moment_show(as_of);
    bool stale = now.us - as_of.us > (int64_t)STALE_SECONDS * G_USEC_PER_SEC;
    bool today = date_compare(moment_date(as_of), moment_date(now)) == 0;
    node_set(node, "as-of", today ? strchr(text, ' ') + 1 : text);
    node_set_flag(node, "stale", stale);
}

static void box_node(struct node *node, const struct line_row *row, const struct line_box *box)
{
    node_set_number(node, "id", (int64_t)row->id);
    node_set_flag(node, "ticked", box->is_ticked);
    node_set_flag(node, "off", box->is_off);
}

void line_rows_node(struct node *list, const GArray *rows, const struct line_box *boxes, enum language language,
                    bool with_customer, struct moment now)
{
    struct moment newest = { 0 };
    for (guint i = 0; i < rows->len; i++) {
        const struct line_row *row = &g_array_index(rows, struct line_row, i);
        newest.us = MAX(newest.us, row->as_of.us);
        struct node *node = node_add(list, "line");
        if (boxes != NULL) {
            box_node(node, row, &boxes[i]);
        }
        row_node(node, row, language, with_customer);
    }
    line_as_of(list, newest, now);
}

void line_choice_nodes(struct node *choice, const GPtrArray *choices, enum line_choice_kind kind, const char *chosen)
{
    for (guint i = 0; i < choices->len; i++) {
        const struct line_choice *one = choices->pdata[i];
        if (one->kind == kind) {
            g_autofree char *value = g_strdup_printf("%" G_GUINT64_FORMAT, one->id);
            form_option_node(choice, value, one->text, chosen);
        }
    }
}

char *line_month_text(enum language language, struct month month)
{
    g_autofree char *year = g_strdup_printf("%d", month.year);
    g_autofree char *number = g_strdup_printf("%02d", month.month);
    return label_format(language, LABEL_FORMAT_MONTH, "year", year, "month", number, NULL);
}

void line_usage_node(struct node *usage, enum language language, struct month month, int64_t used, int64_t capacity,
                     int64_t remaining)
{
    node_take(usage, "month", line_month_text(language, month));
    node_take(usage, "used", text_gb(used));
    node_take(usage, "capacity", text_gb(capacity));
    node_take(usage, "remaining", text_gb(remaining));
    node_set_number(usage, "percent", line_used_percent(capacity, used));
    node_set(usage, "level", level(remaining, percent_left(capacity, remaining)));
}

/* ---- the detail page ---- */

static void set_date(struct node *node, const char *name, struct date date)
{
    if (date.month != 0) {
        node_take(node, name, date_show(date));
    }
}

static void state_attributes(struct node *node, const struct line_row *row, enum language language)
{
    node_set(node, "state", line_state_code(row->state));
    node_set(node, "state-text", label_text(language, line_state_label(row->state)));
    node_set(node, "state-help", label_text(language, state_helps[row->state]));
    node_set(node, "traffic", row->is_throttled ? "throttled" : "normal");
    node_set(node, "traffic-text",
             label_text(language, row->is_throttled ? LABEL_LINE_TRAFFIC_THROTTLED : LABEL_LINE_TRAFFIC_NORMAL));
    node_set(
        node, "traffic-help",
        label_text(language, row->is_throttled ? LABEL_LINE_TRAFFIC_HELP_THROTTLED : LABEL_LINE_TRAFFIC_HELP_NORMAL));
}

void line_facts_node(struct node *part, const struct line *line, enum language language)
{
    const struct line_row *row = &line->row;
    struct node *node = node_add(part, "line");
    node_take(node, "phone", number_phone_show(row->phone));
    node_set(node, "serial", row->serial);
    node_set(node, "iccid", row->iccid);
    node_take(node, "customer", customer_text(row));
    node_take(node, "project", g_strconcat(row->customer_code, ":", row->project, NULL));
    node_set(node, "service", row->service);
    node_set(node, "plan", row->plan);
    state_attributes(node, row, language);
    node_set(node, "kind-text", card_kind_text(language, row->kind));
    node_set(node, "size-text", card_size_text(language, row->size));
    node_set(node, "group", row->group);
    set_date(node, "registered", moment_date(line->created_at));
    set_date(node, "activated", row->activated_on);
    set_date(node, "terminated", line->terminated_on);
    node_set(node, "label", row->label);
    node_set(node, "memo", row->memo);
    struct node *options = node_add(part, "options");
    node_set(node_add(options, "option"), "text", row->option);
}

void line_cards_node(struct node *part, const GPtrArray *cards, enum language language)
{
    struct node *all = node_add(part, "cards");
    for (guint i = 0; i < cards->len; i++) {
        const struct line_card *card = cards->pdata[i];
        struct node *node = node_add(all, "card");
        node_set(node, "serial", card->serial);
        node_set(node, "iccid", card->iccid);
        node_set(node, "kind-text", card_kind_text(language, card->kind));
        node_set(node, "size-text", card_size_text(language, card->size));
        node_take(node, "from", date_show(moment_date(card->from)));
        if (card->to.us != 0) {
            node_take(node, "to", date_show(moment_date(card->to)));
        }
        node_set_flag(node, "now", card->to.us == 0);
    }
}

static const struct {
    const char *kind;
    enum label label;
} event_kinds[] = {
    { "created", LABEL_EVENT_CREATED },       { "state", LABEL_EVENT_STATE }, { "plan", LABEL_EVENT_PLAN },
    { "project", LABEL_EVENT_PROJECT },       { "card", LABEL_EVENT_CARD },   { "option", LABEL_EVENT_OPTION },
    { "label", LABEL_EVENT_LABEL },           { "memo", LABEL_EVENT_MEMO },   { "group", LABEL_EVENT_GROUP },
    { "protection", LABEL_EVENT_PROTECTION },
};

static const char *event_text(enum language language, const char *kind)
{
    for (gsize i = 0; i < G_N_ELEMENTS(event_kinds); i++) {
        if (strcmp(event_kinds[i].kind, kind) == 0) {
            return label_text(language, event_kinds[i].label);
        }
    }
    return kind;
}

/* A state is stored as its code word, also the one a line began with, and so is a switch; other events hold text. */
static const char *event_value(enum language language, const char *kind, const char *value)
{
    enum line_state state = LINE_STATE_N;
    bool is_state = strcmp(kind, "state") == 0 || strcmp(kind, "created") == 0;
    if (value != NULL && is_state && line_state_read(value, &state)) {
        return label_text(language, line_state_label(state));
    }
    if (value != NULL && strcmp(kind, "protection") == 0) {
        return label_text(language, strcmp(value, "on") == 0 ? LABEL_PROTECTION_ON : LABEL_PROTECTION_OFF);
    }
    return value;
}

static const char *event_actor(enum language language, const struct line_event *event)
{
    if (strcmp(event->actor_kind, "worker") == 0) {
        return label_text(language, LABEL_EVENT_ACTOR_SYSTEM);
    }
    return strcmp(event->actor_kind, "operator") == 0 ? label_text(language, LABEL_EVENT_ACTOR_OPERATOR)
                                                      : event->actor_name;
}

void line_events_node(struct node *part, const GPtrArray *events, enum language language)
{
    struct node *all = node_add(part, "events");
    for (guint i = 0; i < events->len; i++) {
        const struct line_event *event = events->pdata[i];
        struct node *node = node_add(all, "event");
        node_take(node, "at", moment_show(event->at));
        node_set(node, "what", event_text(language, event->kind));
        node_set(node, "from", event_value(language, event->kind, event->from));
        node_set(node, "to", event_value(language, event->kind, event->to));
        node_set(node, "who", event_actor(language, event));
    }
}

void line_recharges_node(struct node *part, const GPtrArray *recharges, bool is_resting)
{
    struct node *all = node_add(part, "recharges");
    for (guint i = 0; i < recharges->len; i++) {
        const struct line_bought *bought = recharges->pdata[i];
        struct node *node = node_add(all, "recharge");
        node_take(node, "capacity", text_capacity(bought->bytes));
        node_take(node, "remaining", text_gb(bought->left));
        node_take(node, "from", date_show(moment_date(bought->from)));
        node_take(node, "until", date_show(bought->until));
        node_set_flag(node, "resting", is_resting);
    }
}
