/*
 * request_detail_page.c: one request: what was asked, how far it is, what may still be done with it; changing and
 * cancelling it.
 */
#include "request/request_page.h"

#include "account/account_page.h"
#include "base/address.h"
#include "base/error.h"
#include "request/request_xml.h"
#include "web/pager.h"
#include "web/url.h"

#include <string.h>

enum { ITEMS_PER_PAGE = 50 };

enum { VIEW_PAGE, VIEW_ONLY, VIEW_DONE };
static const char *const results[] = { "pending", "running", "done", "failed", "cancelled", "left", NULL };
static const char *const done_words[] = { "1", "2", "3", "4", NULL };
static const struct field view_fields[] = {
    [VIEW_PAGE] = { .name = "page", .check = field_number, .flags = FIELD_LENIENT, .least = 1, .most = 100000 },
    [VIEW_ONLY] = { .name = "only", .check = field_choice, .flags = FIELD_LENIENT, .choices = results },
    [VIEW_DONE] = { .name = "done", .check = field_choice, .flags = FIELD_LENIENT, .choices = done_words },
};
const struct form request_view_form = FORM("request-view", view_fields);

struct request_search request_search_of(const struct context *context)
{
    return (struct request_search){ .account = context->session.account,
                                    .customer = context->session.customer,
                                    .language = context->language,
                                    .status = -1 };
}

static struct request_made *open_request(struct context *context, GError **error)
{
    struct request_search search = request_search_of(context);
    return request_get(context->db, &search, context->word, error);
}

static void fact(struct node *facts, enum language language, enum label label, const char *value)
{
    struct node *node = node_add(facts, "fact");
    node_set(node, "label", label_text(language, label));
    node_set(node, "value", value);
}

static void fact_date(struct node *facts, enum language language, enum label label, struct date date)
{
    g_autofree char *text = date.month != 0 ? date_show(date) : NULL;
    fact(facts, language, label, text);
}

/* screens.md: the head of every request, then what was entered. */
static void facts_node(struct context *context, const struct request_made *made)
{
    struct node *facts = node_add(context->part, "facts");
    g_autofree char *customer =
        g_strdup_printf("%" G_GUINT64_FORMAT ":%s:%s", made->customer, made->customer_code, made->customer_name);
    fact(facts, context->language, LABEL_FIELD_CUSTOMER, customer);
    fact(facts, context->language, LABEL_FIELD_REQUEST_NUMBER, made->number);
    fact_date(facts, context->language, LABEL_FIELD_RECEIVED, moment_date(made->received_at));
    fact_date(facts, context->language, LABEL_FIELD_CANCELLED, made->cancelled_on);
    fact(facts, context->language, LABEL_FIELD_REQUESTER, made->account_name);
    face_facts(request_face_of(made->kind), facts, made->fields, NULL, context->language);
    fact_date(facts, context->language, LABEL_FIELD_EXECUTED, request_day(made));
}

static void actions_node(struct context *context, const struct request_made *made)
{
    struct date received = moment_date(made->received_at);
    bool may = (context->session.rights & RIGHT_REQUEST) != 0 && context->session.customer != 0;
    bool change = may && request_can_change(made->status, made->effective_on, context->now);
    bool cancel = may && request_can_cancel(made->status, made->effective_on, received, context->now);
    struct node *node = node_add(context->part, "actions");
    if ((context->session.rights_of_one & RIGHT_REQUEST) != 0) {
        g_autofree char *base = address_base(made->customer);
        node_take(node, "choose", address_below(base, context->request->path));
    }
    if (change) {
        node_take(node, "edit", g_strdup_printf("/requests/%s/edit", made->number));
    }
    if (cancel) {
        node_take(node, "cancel", g_strdup_printf("/requests/%s/cancel", made->number));
        if (date_compare(made->effective_on, received) != 0) {
            node_take(node, "until", date_show(date_add(made->effective_on, -1)));
        }
    }
}

static uint64_t shown_total(const struct request_made *made, int only)
{
    const struct request_tally *tally = &made->tally;
    switch (only) {
    case ITEM_DONE:
        return tally->done;
    case ITEM_FAILED:
        return tally->failed;
    case ITEM_LEFT:
        return tally->left;
    case ITEM_PENDING:
    case ITEM_RUNNING:
        return tally->open;
    default:
        return tally->items;
    }
}

static bool items_node(struct context *context, const struct request_made *made, GError **error)
{
    struct request_search search = request_search_of(context);
    const struct value *at = context->values->at;
    int only = at[VIEW_ONLY].choice;
    struct pager pager = pager_make(shown_total(made, only), ITEMS_PER_PAGE, at[VIEW_PAGE].number);
    g_autoptr(GPtrArray) items =
        request_items(context->db, &search, made->id, only, ITEMS_PER_PAGE, (guint)pager.offset, error);
    if (items == NULL) {
        return false;
    }
    g_autoptr(GString) url = g_string_new(context->request->path);
    url_add(url, "only", at[VIEW_ONLY].text);
    struct node *list = node_add(context->part, "numbers");
    node_set(list, "only", only >= 0 ? results[only] : NULL);
    pager_node(list, &pager, url->str, NULL, NULL);
    node_take(list, "csv", g_strdup_printf("/requests/%s/numbers.csv", made->number));
    if (only >= 0) {
        node_take(list, "all", g_strconcat("/requests/", made->number, NULL));
    }
    if (made->tally.failed > 0) {
        node_take(list, "failed", g_strdup_printf("/requests/%s?only=failed", made->number));
    }
    if (made->tally.left > 0) {
        node_take(list, "left", g_strdup_printf("/requests/%s?only=left", made->number));
    }
    if (made->tally.failed + made->tally.left > 0) {
        node_take(list, "csv-wrong", g_strdup_printf("/requests/%s/numbers.csv?only=wrong", made->number));
    }
    request_items_node(list, items, context->language);
    return true;
}

static bool events_node(struct context *context, const struct request_made *made, GError **error)
{
    g_autoptr(GPtrArray) events = request_events(context->db, context->session.account, made->id, error);
    if (events != NULL) {
        request_events_node(context->part, events, context->language);
    }
    return events != NULL;
}

/* GET /requests/{number}. */
enum outcome request_detail_page(struct context *context, GError **error)
{
    AUTO(request_made) struct request_made *made = open_request(context, error);
    if (made == NULL) {
        return FAILED;
    }
    struct node *part = context->part;
    context_title(context, label_text(context->language, made->kind->title));
    node_set(part, "number", made->number);
    node_set(part, "status", request_status_code(made->status));
    node_set(part, "status-text", label_text(context->language, request_status_label(made->status)));
    facts_node(context, made);
    request_total_node(part, made->yen, made->tax);
    actions_node(context, made);
    return request_progress_nodes(context, made, context->values->at[VIEW_DONE].choice, error) &&
                   items_node(context, made, error) && events_node(context, made, error)
               ? SHOW
               : FAILED;
}

/* ---- changing ---- */

enum outcome request_change_failed(struct context *context, const char *number, GError *failure, GError **error)
{
    enum portal_error code = portal_error_code(failure);
    if (code != PORTAL_CONFLICT && code != PORTAL_FORBIDDEN) {
        g_propagate_error(error, failure);
        return FAILED;
    }
    g_error_free(failure);
    g_autofree char *url = g_strdup_printf("/requests/%s?done=4", number);
    response_redirect(context->response, url);
    return DONE;
}

/* POST /requests/{number}/edit: a draft that begins with what the request says. */
enum outcome request_edit_submit(struct context *context, GError **error)
{
    AUTO(request_made) struct request_made *made = open_request(context, error);
    struct draft_owner owner = draft_owner_of(context);
    g_autoptr(GError) failure = NULL;
    uint64_t id = 0;
    if (made == NULL) {
        return FAILED;
    }
    if (!draft_create(context->db, &owner, made->kind, made->id, NULL, context->now, &id, &failure)) {
        return request_change_failed(context, made->number, g_steal_pointer(&failure), error);
    }
    g_autofree char *url = draft_url(id, "");
    response_redirect(context->response, url);
    return DONE;
}

/* ---- cancelling ---- */

static const struct field cancel_fields[] = {
    { .name = "sure", .check = field_text, .flags = FIELD_LENIENT, .most = 1 },
};
const struct form request_cancel_form = FORM("request-cancel", cancel_fields);

/* GET /requests/{number}/cancel, and again when it cannot be done. */
enum outcome request_cancel_page(struct context *context, GError **error)
{
    AUTO(request_made) struct request_made *made = open_request(context, error);
    if (made == NULL) {
        return FAILED;
    }
    struct date received = moment_date(made->received_at);
    node_set(context->part, "number", made->number);
    node_set(context->part, "kind", label_text(context->language, made->kind->name));
    node_take(context->part, "items", pager_number(made->tally.items));
    node_take(context->part, "back", g_strconcat("/requests/", made->number, NULL));
    node_take(context->part, "action", g_strdup_printf("/requests/%s/cancel", made->number));
    node_set_flag(context->part, "possible",
                  request_can_cancel(made->status, made->effective_on, received, context->now));
    facts_node(context, made);
    return SHOW;
}

/* POST /requests/{number}/cancel. */
enum outcome request_cancel_submit(struct context *context, GError **error)
{
    AUTO(request_made) struct request_made *made = open_request(context, error);
    struct actor actor = context_actor(context);
    g_autofree char *against = NULL;
    g_autoptr(GError) failure = NULL;
    if (made == NULL) {
        return FAILED;
    }
    if (request_cancel(context->db, context->keys, context->config, &actor, context->session.customer, made->id,
                       context->now, &against, &failure)) {
        g_autofree char *url = g_strdup_printf("/requests/%s?done=3", made->number);
        response_redirect(context->response, url);
        return DONE;
    }
    enum portal_error code = portal_error_code(failure);
    if (code != PORTAL_CONFLICT && code != PORTAL_FORBIDDEN) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FAILED;
    }
    response_status(context->response, 409);
    values_fault(context->values, against != NULL ? LABEL_REQUEST_NEEDED : LABEL_REQUEST_TOO_LATE,
                 against != NULL ? "number" : NULL, against);
    return AGAIN;
}
