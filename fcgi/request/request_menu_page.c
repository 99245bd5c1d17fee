/*
 * request_menu_page.c: the menu of requests: what can be asked for, and what the person has begun and not sent.
 */
#include "request/request_page.h"

#include "base/error.h"
#include "web/pager.h"

enum { MENU_SAID };
static const char *const said_words[] = { "kept", "deleted", NULL };
static const struct field menu_fields[] = {
    [MENU_SAID] = { .name = "said", .check = field_choice, .flags = FIELD_LENIENT, .choices = said_words },
};
const struct form request_menu_form = FORM("request-menu", menu_fields);

static void kind_nodes(struct context *context)
{
    for (guint i = 0; i < request_faces_n; i++) {
        const struct request_face *face = &request_faces[i];
        struct node *node = node_add(context->part, "kind");
        node_set(node, "code", face->kind->code);
        node_set(node, "text", label_text(context->language, face->kind->name));
        node_set(node, "about", label_text(context->language, face->about));
        node_set(node, "fee", label_text(context->language, face->fee));
        node_set(node, "deadline", label_text(context->language, face->deadline));
    }
}

/* "2 h ago". The caller frees. */
static char *age_text(struct moment since, struct moment now, enum language language)
{
    enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
    int64_t seconds = MAX(now.us - since.us, 0) / G_USEC_PER_SEC;
    int64_t unit = seconds < HOUR ? MINUTE : seconds < DAY ? HOUR : DAY;
    enum label text = unit == MINUTE ? LABEL_AGE_MINUTES : unit == HOUR ? LABEL_AGE_HOURS : LABEL_AGE_DAYS;
    g_autofree char *n = pager_number((uint64_t)(seconds / unit));
    return label_fill(language, text, "n", n);
}

static void draft_node(struct context *context, struct node *list, const struct draft_entry *entry)
{
    struct node *node = node_add(list, "draft");
    node_set(node, "kind", label_text(context->language, entry->kind->name));
    node_set(node, "number", entry->of_number);
    node_take(node, "lines", pager_number(entry->lines));
    node_take(node, "touched", moment_show(entry->touched_at));
    node_take(node, "age", age_text(entry->touched_at, context->now, context->language));
    node_take(node, "href", draft_url(entry->id, ""));
    node_take(node, "delete", draft_url(entry->id, "/delete"));
}

static bool drafts_node(struct context *context, bool lead, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    struct node *list = node_add(context->part, "drafts");
    node_set_number(list, "days", DRAFT_DAYS);
    node_set_flag(list, "lead", lead);
    if (owner.customer == 0) {
        return true;
    }
    g_autoptr(GPtrArray) entries = draft_list(context->db, &owner, error);
    for (guint i = 0; entries != NULL && i < entries->len; i++) {
        draft_node(context, list, entries->pdata[i]);
    }
    return entries != NULL;
}

/* GET /requests/new. */
enum outcome request_menu_page(struct context *context, GError **error)
{
    static const enum label texts[] = { LABEL_DRAFT_KEPT, LABEL_DRAFT_DELETED };
    int said = context->values->at[MENU_SAID].choice;
    kind_nodes(context);
    node_set(context->part, "list", "/requests?status=pending");
    if (said >= 0) {
        context_notice(context, "good", label_text(context->language, texts[said]));
    }
    return drafts_node(context, said >= 0, error) ? SHOW : FAILED;
}

/* POST /drafts/{id}/delete. */
enum outcome draft_delete_submit(struct context *context, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    AUTO(draft) struct draft *draft = draft_page_open(context, error);
    g_autoptr(GError) failure = NULL;
    if (draft == NULL) {
        return response_is_sent(context->response) ? DONE : FAILED;
    }
    if (!draft_delete(context->db, &owner, context->id, &failure)) {
        return draft_page_failed(context, g_steal_pointer(&failure), error);
    }
    response_redirect(context->response, "/requests/new?said=deleted");
    return DONE;
}
