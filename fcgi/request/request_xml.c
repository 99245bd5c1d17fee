/*
 * request_xml.c: requests as text ready to show.
 */
#include "request/request_xml.h"

#include "line/line_xml.h"
#include "line/number_rule.h"
#include "line/upload_rule.h"
#include "web/pager.h"

#include <string.h>

static const enum label status_labels[REQUEST_STATUS_N] = {
    [REQUEST_PENDING] = LABEL_REQUEST_STATUS_PENDING,     [REQUEST_PROCESSING] = LABEL_REQUEST_STATUS_PROCESSING,
    [REQUEST_COMPLETED] = LABEL_REQUEST_STATUS_COMPLETED, [REQUEST_FAILED] = LABEL_REQUEST_STATUS_FAILED,
    [REQUEST_CANCELLED] = LABEL_REQUEST_STATUS_CANCELLED,
};
static const enum label result_labels[ITEM_RESULT_N] = {
    [ITEM_PENDING] = LABEL_REQUEST_ITEM_PENDING,     [ITEM_RUNNING] = LABEL_REQUEST_ITEM_RUNNING,
    [ITEM_DONE] = LABEL_REQUEST_ITEM_DONE,           [ITEM_FAILED] = LABEL_REQUEST_ITEM_FAILED,
    [ITEM_CANCELLED] = LABEL_REQUEST_ITEM_CANCELLED, [ITEM_LEFT] = LABEL_REQUEST_ITEM_LEFT,
};
static const enum label refusal_labels[REFUSAL_N] = {
    [REFUSAL_STATE] = LABEL_REFUSAL_STATE,       [REFUSAL_COLLIDES] = LABEL_REFUSAL_COLLIDES,
    [REFUSAL_BREAKS] = LABEL_REFUSAL_BREAKS,     [REFUSAL_PROTECTED] = LABEL_REFUSAL_PROTECTED,
    [REFUSAL_IN_GROUP] = LABEL_REFUSAL_IN_GROUP,
};

enum label request_status_label(enum request_status status)
{
    return status_labels[status];
}

enum label item_result_label(enum item_result result)
{
    return result_labels[result];
}

static void set_date(struct node *node, const char *name, struct date date)
{
    if (date.month != 0) {
        node_take(node, name, date_show(date));
    }
}

struct date request_day(const struct request_made *made)
{
    return made->executed_on.month != 0 ? made->executed_on : made->effective_on;
}

static char *customer_text(const struct request_made *made)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT ":%s:%s", made->customer, made->customer_code, made->customer_name);
}

static void row_node(struct node *list, const struct request_made *made, enum language language, bool with_customer)
{
    struct node *node = node_add(list, "request");
    g_autofree char *items = pager_number(made->tally.items);
    node_take(node, "href", g_strconcat("/requests/", made->number, NULL));
    node_set(node, "number", made->number);
    node_set(node, "kind", label_text(language, made->kind->name));
    node_set(node, "service", made->service);
    node_set(node, "requester", made->account_name);
    node_set(node, "items", items);
    node_take(node, "received", date_show(moment_date(made->received_at)));
    set_date(node, "executed", request_day(made));
    set_date(node, "cancelled", made->cancelled_on);
    node_set(node, "status", request_status_code(made->status));
    node_set(node, "status-text", label_text(language, status_labels[made->status]));
    if (with_customer) {
        node_take(node, "customer", customer_text(made));
    }
}

void request_rows_node(struct node *list, const GPtrArray *requests, enum language language, bool with_customer)
{
    for (guint i = 0; i < requests->len; i++) {
        row_node(list, requests->pdata[i], language, with_customer);
    }
}

/* Why a line was left out or has failed: words of ours where there are some, else what the carrier said. */
static char *reason_text(enum item_result result, const char *code, enum language language)
{
    static const struct {
        const char *code;
        enum label text;
    } known[] = { { "state", LABEL_ITEM_REASON_STATE },
                  { "line-failed", LABEL_ITEM_REASON_LINE_FAILED },
                  { "no-answer", LABEL_ITEM_REASON_NO_ANSWER },
                  { "overtaken", LABEL_ITEM_REASON_OVERTAKEN },
                  { "operator", LABEL_ITEM_REASON_OPERATOR } };
    bool is_over = result == ITEM_FAILED || result == ITEM_LEFT;
    if (!is_over || code == NULL) {
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strcmp(known[i].code, code) == 0) {
            return g_strdup(label_text(language, known[i].text));
        }
    }
    return label_fill(language, LABEL_ITEM_REASON_CARRIER, "code", code);
}

char *request_item_reason(const struct request_item *item, enum language language)
{
    return reason_text(item->result, item->code, language);
}

void request_items_node(struct node *list, const GPtrArray *items, enum language language)
{
    for (guint i = 0; i < items->len; i++) {
        const struct request_item *item = items->pdata[i];
        struct node *node = node_add(list, "item");
        node_take(node, "href", g_strdup_printf("/sims/%" G_GUINT64_FORMAT, item->line));
        node_take(node, "phone", number_phone_show(item->phone));
        node_set(node, "serial", item->serial);
        node_set(node, "plan", item->plan);
        node_set(node, "size", card_size_text(language, item->size));
        node_set(node, "option", item->option);
        node_set(node, "result", item_result_code(item->result));
        node_set(node, "result-text", label_text(language, result_labels[item->result]));
        node_take(node, "reason", request_item_reason(item, language));
    }
}

void scheduled_nodes(struct node *parent, const char *name, const GPtrArray *all, enum language language)
{
    for (guint i = 0; i < all->len; i++) {
        const struct scheduled *scheduled = all->pdata[i];
        struct node *node = node_add(parent, name);
        node_take(node, "href", g_strconcat("/requests/", scheduled->number, NULL));
        node_set(node, "number", scheduled->number);
        node_set(node, "kind", label_text(language, scheduled->kind->name));
        node_take(node, "items", pager_number(scheduled->items));
        node_take(node, "day", date_show(scheduled->day));
        node_set(node, "status", request_status_code(scheduled->status));
        node_set(node, "status-text", label_text(language, status_labels[scheduled->status]));
        node_set(node, "customer", scheduled->customer);
    }
}

void request_of_line_nodes(struct node *parent, const GPtrArray *requests, enum language language)
{
    for (guint i = 0; i < requests->len; i++) {
        const struct line_request *request = requests->pdata[i];
        const struct request_kind *kind = request_kind_find(request->kind);
        enum item_result result = ITEM_PENDING;
        g_assert(kind != NULL && item_result_read(request->result, &result));
        struct node *node = node_add(parent, "request");
        bool is_over = request->finished_at.us != 0;
        node_take(node, "href", g_strconcat("/requests/", request->number, NULL));
        node_set(node, "number", request->number);
        node_set(node, "kind", label_text(language, kind->name));
        node_take(node, "received", date_show(moment_date(request->received_at)));
        set_date(node, "executed", is_over ? moment_date(request->finished_at) : request->effective_on);
        node_set(node, "result", request->result);
        node_set(node, "result-text", label_text(language, result_labels[result]));
        node_take(node, "reason", reason_text(result, request->code, language));
        node_set_flag(node, "open", result == ITEM_PENDING || result == ITEM_RUNNING);
    }
}

void request_kind_node(struct node *parent, const struct request_kind *kind, enum language language)
{
    struct node *node = node_add(parent, "kind");
    node_set(node, "code", kind->code);
    node_set(node, "text", label_text(language, kind->name));
}

void request_kind_nodes(struct node *parent, enum language language)
{
    for (guint i = 0; i < request_kinds_n; i++) {
        request_kind_node(parent, request_kinds[i], language);
    }
}

enum line_state draft_line_then(const struct draft_line *line, const struct request_kind *kind)
{
    return kind->moves.to == REQUEST_UNCHANGED ? line->state : (enum line_state)kind->moves.to;
}

char *draft_line_reason(const struct draft_line *line, enum language language)
{
    if (line->refusal != REFUSAL_NONE) {
        return label_fill(language, refusal_labels[line->refusal], line->against != NULL ? "number" : NULL,
                          line->against);
    }
    return line->against != NULL ? label_fill(language, LABEL_REFUSAL_LEAVES_LATER, "number", line->against) : NULL;
}

void draft_lines_node(struct node *list, const GPtrArray *lines, const struct request_kind *kind,
                      enum language language)
{
    for (guint i = 0; i < lines->len; i++) {
        const struct draft_line *line = lines->pdata[i];
        struct node *node = node_add(list, "line");
        node_set_number(node, "id", (int64_t)line->line);
        node_take(node, "phone", number_phone_show(line->phone));
        node_set(node, "serial", line->serial);
        node_set(node, "plan", line->plan);
        node_set(node, "size", card_size_text(language, line->size));
        node_set(node, "option", line->option);
        node_set(node, "state", line_state_code(line->state));
        node_set(node, "state-text", label_text(language, line_state_label(line->state)));
        if (line->refusal == REFUSAL_NONE) {
            enum line_state to = draft_line_then(line, kind);
            node_set(node, "to", line_state_code(to));
            node_set(node, "to-text", label_text(language, line_state_label(to)));
        }
        node_set_flag(node, "added", line->is_added);
        node_set_flag(node, "refused", line->refusal != REFUSAL_NONE);
        node_take(node, "reason", draft_line_reason(line, language));
        if (line->refusal == REFUSAL_NONE && (kind->idle & 1U << line->state) != 0) {
            node_set(node, "idle", label_text(language, kind->idle_text));
        }
    }
}

char *draft_row_text(const struct draft_row *row, bool refused, enum language language)
{
    static const enum label reasons[UPLOAD_REASON_N] = {
        [UPLOAD_EMPTY] = LABEL_UPLOAD_REASON_EMPTY,     [UPLOAD_ENCODING] = LABEL_UPLOAD_REASON_ENCODING,
        [UPLOAD_MANGLED] = LABEL_UPLOAD_REASON_MANGLED, [UPLOAD_LENGTH] = LABEL_UPLOAD_REASON_LENGTH,
        [UPLOAD_TEXT] = LABEL_UPLOAD_REASON_TEXT,       [UPLOAD_DUPLICATE] = LABEL_UPLOAD_REASON_DUPLICATE,
        [UPLOAD_UNKNOWN] = LABEL_UPLOAD_REASON_UNKNOWN, [UPLOAD_SEVERAL] = LABEL_UPLOAD_REASON_SEVERAL,
        [UPLOAD_ENDED] = LABEL_UPLOAD_REASON_ENDED,
    };
    static const enum label repairs[UPLOAD_REPAIR_N] = { LABEL_UPLOAD_REPAIR_WIDTH,   LABEL_UPLOAD_REPAIR_HYPHENS,
                                                         LABEL_UPLOAD_REPAIR_COUNTRY, LABEL_UPLOAD_REPAIR_ZERO,
                                                         LABEL_UPLOAD_REPAIR_HIDDEN,  LABEL_UPLOAD_REPAIR_SHEET };
    if (refused) {
        return g_strdup(label_text(language, reasons[MIN(row->reason, UPLOAD_REASON_N - 1)]));
    }
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (guint bit = 0; bit < UPLOAD_REPAIR_N; bit++) {
        if ((row->reason & 1U << bit) != 0) {
            g_ptr_array_add(texts, (gpointer)label_text(language, repairs[bit]));
        }
    }
    g_ptr_array_add(texts, NULL);
    return g_strjoinv(" / ", (char **)texts->pdata);
}

void request_events_node(struct node *part, const GPtrArray *events, enum language language)
{
    static const struct {
        const char *kind;
        enum label text;
    } known[] = { { "received", LABEL_REQUEST_EVENT_RECEIVED },   { "changed", LABEL_REQUEST_EVENT_CHANGED },
                  { "cancelled", LABEL_REQUEST_EVENT_CANCELLED }, { "processing", LABEL_REQUEST_EVENT_PROCESSING },
                  { "completed", LABEL_REQUEST_EVENT_COMPLETED }, { "failed", LABEL_REQUEST_EVENT_FAILED },
                  { "retried", LABEL_REQUEST_EVENT_RETRIED },     { "given-up", LABEL_REQUEST_EVENT_GIVEN_UP } };
    for (guint i = 0; i < events->len; i++) {
        const struct request_event *event = events->pdata[i];
        struct node *node = node_add(part, "event");
        bool is_account = strcmp(event->actor_kind, "account") == 0 || strcmp(event->actor_kind, "token") == 0;
        node_take(node, "at", moment_show(event->at));
        for (gsize j = 0; j < G_N_ELEMENTS(known); j++) {
            if (strcmp(known[j].kind, event->kind) == 0) {
                node_set(node, "what", label_text(language, known[j].text));
            }
        }
        node_set(node, "who",
                 is_account
                     ? event->actor_name
                     : label_text(language, strcmp(event->actor_kind, "operator") == 0 ? LABEL_EVENT_ACTOR_OPERATOR
                                                                                       : LABEL_EVENT_ACTOR_SYSTEM));
    }
}

void request_total_node(struct node *parent, int64_t yen, int64_t tax)
{
    if (yen == 0) {
        return;
    }
    struct node *node = node_add(parent, "total");
    node_take(node, "yen", pager_number((uint64_t)yen));
    node_take(node, "tax", pager_number((uint64_t)tax));
    node_take(node, "sum", pager_number((uint64_t)(yen + tax)));
}
