/*
 * start_page.c: how many SIMs are in which state, how much of the month's capacity is used, what is asked for and due
 * next, how long the password lasts.
 */
#include "portal/start_page.h"

#include "account/password_rule.h"
#include "base/error.h"
#include "line/line.h"
#include "line/line_xml.h"
#include "request/request_xml.h"
#include "web/pager.h"

#include <string.h>

enum { SOON_DAYS = 14, NEXT_SHOWN = 5 };

static const char *const done_words[] = { "password", NULL };
enum { START_DONE };
static const struct field start_fields[] = {
    [START_DONE] = { .name = "done", .check = field_choice, .flags = FIELD_LENIENT, .choices = done_words },
};
const struct form start_form = FORM("start", start_fields);

/* In the order of how often one looks for them. */
static const enum line_state shown[] = { LINE_ACTIVE,    LINE_SUSPENDED, LINE_INACTIVE,
                                         LINE_REISSUING, LINE_FAILED,    LINE_TERMINATED };

static void count_node(struct node *counts, const char *state, const char *text, uint64_t n, const char *href)
{
    struct node *node = node_add(counts, "count");
    node_set(node, "state", state);
    node_set(node, "text", text);
    node_take(node, "n", pager_number(n));
    node_set(node, "href", href);
}

static uint64_t count_nodes(struct context *context, const uint64_t *counts)
{
    struct node *node = node_add(context->part, "counts");
    uint64_t total = 0;
    for (int i = 0; i < LINE_STATE_N; i++) {
        total += counts[i];
    }
    node_take(node, "total", pager_number(total));
    for (gsize i = 0; total > 0 && i < G_N_ELEMENTS(shown); i++) {
        g_autofree char *href = g_strconcat("/sims?state=", line_state_code(shown[i]), NULL);
        count_node(node, line_state_code(shown[i]), label_text(context->language, line_state_label(shown[i])),
                   counts[shown[i]], href);
    }
    if (total > 0) {
        count_node(node, "slow", label_text(context->language, LABEL_LINE_TRAFFIC_THROTTLED),
                   counts[LINE_COUNT_THROTTLED], "/sims?throttled=1");
    }
    return total;
}

static void usage_node(struct context *context, struct month month, const struct line_month_total *total)
{
    struct node *usage = node_add(context->part, "usage");
    int64_t left = MAX(0, total->capacity - total->used);
    line_usage_node(usage, context->language, month, total->used, total->capacity, left);
    line_as_of(usage, total->as_of, context->now);
}

/* How many SIMs, and what they have used: of all customers in one statement; of one, the session knows how many. */
static bool lines_nodes(struct context *context, GError **error)
{
    uint64_t sums[LINE_COUNTS];
    const uint64_t *counts = context->session.counts;
    struct month month = date_month(moment_date(context->now));
    struct line_month_total total = { 0 };
    bool of_all = context->session.customer == 0;
    if (of_all && !line_totals(context->db, context->session.account, month, sums, &total, error)) {
        return false;
    }
    if (count_nodes(context, of_all ? sums : counts) == 0) {
        return true;
    }
    if (!of_all && !line_month_total(context->db, context->session.customer, month, &total, error)) {
        return false;
    }
    usage_node(context, month, &total);
    return true;
}

static bool requests_node(struct context *context, GError **error)
{
    uint64_t counts[REQUEST_STATUS_N];
    const struct schedule_search search = { .account = context->session.account,
                                            .customer = context->session.customer,
                                            .customers = context->session.customers };
    g_autoptr(GPtrArray) next = request_overview(context->db, &search, NEXT_SHOWN, counts, error);
    if (next == NULL) {
        return false;
    }
    struct node *node = node_add(context->part, "requests");
    uint64_t total = 0;
    for (int i = 0; i < REQUEST_STATUS_N; i++) {
        total += counts[i];
    }
    for (int i = 0; total > 0 && i < REQUEST_STATUS_N; i++) {
        const char *code = request_status_code((enum request_status)i);
        g_autofree char *href = g_strconcat("/requests?status=", code, NULL);
        count_node(node, code, label_text(context->language, request_status_label((enum request_status)i)), counts[i],
                   href);
    }
    scheduled_nodes(node, "next", next, context->language);
    return true;
}

static void password_node(struct context *context)
{
    int left = 0;
    password_age(context->session.password_set_at, context->now, (int)context->config->password.days, &left);
    struct date last = date_add(moment_date(context->now), left);
    struct node *node = node_add(context->part, "password");
    node_set_number(node, "days", left);
    node_take(node, "date", date_show(last));
    node_set_flag(node, "soon", left <= SOON_DAYS);
    node_set(node, "href", "/password");
}

/* GET /. */
enum outcome start_page(struct context *context, GError **error)
{
    if (!lines_nodes(context, error) || !requests_node(context, error)) {
        return FAILED;
    }
    password_node(context);
    if (context->values->at[START_DONE].choice == 0) {
        context_notice(context, "good", label_text(context->language, LABEL_PASSWORD_CHANGED));
    }
    return SHOW;
}

enum outcome bad_choice_page(struct context *context, GError **error)
{
    (void)context;
    g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "a choice that was not offered");
    return FAILED;
}
