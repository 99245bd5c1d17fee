/*
 * request_progress_page.c: how far a request is, in words: what to expect and when, what has failed, what to do next.
 * The page follows a request that is due until it is through.
 */
#include "request/request_page.h"

#include "account/account_page.h"
#include "line/number_rule.h"
#include "request/request_xml.h"
#include "web/pager.h"

enum { NAMED_MOST = 5, REFRESH_SECONDS = 15 };

static void tally_node(struct node *part, const struct request_made *made)
{
    const struct request_tally *tally = &made->tally;
    uint32_t over = tally->done + tally->failed + tally->left;
    struct node *node = node_add(part, "tally");
    node_take(node, "items", pager_number(tally->items));
    node_take(node, "done", pager_number(tally->done));
    node_take(node, "open", pager_number(tally->open));
    node_take(node, "failed", pager_number(tally->failed));
    node_take(node, "left", pager_number(tally->left));
    node_set_number(node, "percent", tally->items > 0 ? (int64_t)over * 100 / tally->items : 0);
}

/* ---- what has just been done */

/* By the number in the address. A word of success stands only where the status still bears it out. */
static const struct {
    enum label text;
    const char *kind;
    unsigned statuses;
} said[] = {
    { LABEL_REQUEST_DONE, "good", 1U << REQUEST_PENDING | 1U << REQUEST_PROCESSING | 1U << REQUEST_COMPLETED },
    { LABEL_REQUEST_CHANGED, "good", 1U << REQUEST_PENDING | 1U << REQUEST_PROCESSING | 1U << REQUEST_COMPLETED },
    { LABEL_REQUEST_IS_CANCELLED, "good", 1U << REQUEST_CANCELLED },
    { LABEL_REQUEST_CHANGE_TOO_LATE, "warning", (1U << REQUEST_STATUS_N) - 1 },
};

static void said_node(struct context *context, const struct request_made *made, int done)
{
    node_set_flag(context->part, "done", done == 0);
    if (done >= 0 && (said[done].statuses & 1U << made->status) != 0) {
        struct node *node = node_add(context->part, "said");
        node_set(node, "kind", said[done].kind);
        node_set(node, "text", label_text(context->language, said[done].text));
    }
}

/* ---- what to expect */

static const struct {
    enum label text, next; /* next: what to do; LABEL_N: nothing */
    const char *kind;
    int named; /* lines of this result are named; -1: none */
} outlooks[OUTLOOK_N] = {
    [OUTLOOK_PLANNED] = { LABEL_OUTLOOK_PLANNED, LABEL_N, "info", -1 },
    [OUTLOOK_DUE] = { LABEL_OUTLOOK_DUE, LABEL_OUTLOOK_FOLLOWED, "info", -1 },
    [OUTLOOK_LATE] = { LABEL_OUTLOOK_LATE, LABEL_OUTLOOK_CONTACT_LATE, "warning", -1 },
    [OUTLOOK_DONE] = { LABEL_OUTLOOK_DONE, LABEL_N, "good", -1 },
    [OUTLOOK_DONE_PARTLY] = { LABEL_OUTLOOK_DONE_PARTLY, LABEL_OUTLOOK_ASK_AGAIN, "warning", ITEM_LEFT },
    [OUTLOOK_FAILED_PARTLY] = { LABEL_OUTLOOK_FAILED_PARTLY, LABEL_OUTLOOK_CONTACT, "danger", ITEM_FAILED },
    [OUTLOOK_FAILED] = { LABEL_OUTLOOK_FAILED, LABEL_OUTLOOK_CONTACT, "danger", ITEM_FAILED },
    [OUTLOOK_CANCELLED] = { LABEL_OUTLOOK_CANCELLED, LABEL_N, "info", -1 },
};

static char *outlook_text(struct context *context, const struct request_made *made, enum label text)
{
    g_autofree char *items = pager_number(made->tally.items), *done = pager_number(made->tally.done);
    g_autofree char *failed = pager_number(made->tally.failed), *left = pager_number(made->tally.left);
    g_autofree char *day = date_show(made->effective_on);
    g_autofree char *until = moment_show(moment_add(made->effective_at, REQUEST_USUAL_SECONDS));
    return label_format(context->language, text, "items", items, "done", done, "failed", failed, "left", left, "day",
                        day, "until", until, "number", made->number, NULL);
}

/* The first lines of a result with their reasons, and how many more there are. */
static bool named_nodes(struct context *context, const struct request_made *made, int result, struct node *node,
                        GError **error)
{
    struct request_search search = request_search_of(context);
    uint32_t all = result == ITEM_FAILED ? made->tally.failed : made->tally.left;
    g_autoptr(GPtrArray) items = request_items(context->db, &search, made->id, result, NAMED_MOST, 0, error);
    for (guint i = 0; items != NULL && i < items->len; i++) {
        const struct request_item *item = items->pdata[i];
        struct node *named = node_add(node, "named");
        node_take(named, "phone", number_phone_show(item->phone));
        node_take(named, "reason", request_item_reason(item, context->language));
    }
    if (all > NAMED_MOST) {
        node_take(node, "more", pager_number(all - NAMED_MOST));
    }
    return items != NULL;
}

static bool outlook_node(struct context *context, const struct request_made *made, enum request_outlook outlook,
                         GError **error)
{
    struct node *node = node_add(context->part, "outlook");
    node_set(node, "kind", outlooks[outlook].kind);
    node_take(node, "text", outlook_text(context, made, outlooks[outlook].text));
    if (outlooks[outlook].next != LABEL_N) {
        node_take(node, "next", outlook_text(context, made, outlooks[outlook].next));
    }
    return outlooks[outlook].named < 0 || named_nodes(context, made, outlooks[outlook].named, node, error);
}

/* The script asks for the page again; browsers without it reload. */
static void follow(struct context *context)
{
    node_set(context->part, "follow", context->request->target);
    node_set_number(context->root, "refresh", REFRESH_SECONDS);
}

bool request_progress_nodes(struct context *context, const struct request_made *made, int done, GError **error)
{
    enum request_outlook outlook = request_outlook(made->status, &made->tally, made->effective_at, context->now);
    bool is_customer = context->session.customer != 0;
    said_node(context, made, done);
    if (request_is_followed(made->status, made->effective_at, context->now)) {
        follow(context);
    }
    node_set(context->part, "list", "/requests");
    node_set(context->part, "again",
             is_customer && (context->session.rights & RIGHT_REQUEST) != 0 ? "/requests/new" : NULL);
    tally_node(context->part, made);
    return outlook_node(context, made, outlook, error);
}
