/*
 * draft_confirm_page.c: the second step: what would become of each SIM, what it costs, and the button that makes it a
 * request.
 */
#include "request/request_page.h"

#include "account/account_page.h"
#include "base/error.h"
#include "request/request_xml.h"
#include "web/pager.h"
#include "web/url.h"

#include <string.h>

enum { LINES_PER_PAGE = 50, REMOVED_SHOWN = 20 };

enum { VIEW_PAGE, VIEW_ONLY, VIEW_SAID };
static const char *const only_words[] = { "refused", "removed", NULL };
enum { ONLY_REFUSED, ONLY_REMOVED };
static const char *const said_words[] = { "moved", NULL };
static const struct field view_fields[] = {
    [VIEW_PAGE] = { .name = "page", .check = field_number, .flags = FIELD_LENIENT, .least = 1, .most = 100000 },
    [VIEW_ONLY] = { .name = "only", .check = field_choice, .flags = FIELD_LENIENT, .choices = only_words },
    [VIEW_SAID] = { .name = "said", .check = field_choice, .flags = FIELD_LENIENT, .choices = said_words },
};
const struct form draft_confirm_view_form = FORM("draft-confirm-view", view_fields);

enum { CONFIRM_VERSION, CONFIRM_DIGEST, CONFIRM_TYPED, CONFIRM_GO };
static const char *const goes[] = { "submit", "good", NULL };
static const struct field confirm_fields[] = {
    [CONFIRM_VERSION] = { .name = "version", .check = field_number, .flags = FIELD_REQUIRED, .most = G_MAXUINT32 },
    [CONFIRM_DIGEST] = { .name = "seen", .check = field_text, .flags = FIELD_REQUIRED, .least = 64, .most = 64 },
    [CONFIRM_TYPED] = { .name = "typed", .label = LABEL_FIELD_TYPED, .check = field_text, .most = 40 },
    [CONFIRM_GO] = { .name = "go", .check = field_choice, .flags = FIELD_REQUIRED, .choices = goes },
};
const struct form draft_confirm_form = FORM("draft-confirm", confirm_fields);

/* ---- the digest as text ---- */

static char *hex_of(const uint8_t digest[DIGEST_BYTES])
{
    GString *hex = g_string_sized_new(2 * DIGEST_BYTES);
    for (guint i = 0; i < DIGEST_BYTES; i++) {
        g_string_append_printf(hex, "%02x", digest[i]);
    }
    return g_string_free(hex, FALSE);
}

static bool read_hex(const char *hex, uint8_t digest[DIGEST_BYTES])
{
    for (guint i = 0; i < DIGEST_BYTES; i++) {
        int high = g_ascii_xdigit_value(hex[2 * i]);
        int low = high >= 0 ? g_ascii_xdigit_value(hex[2 * i + 1]) : -1;
        if (low < 0) {
            return false;
        }
        digest[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}

static void hidden(struct node *parent, const char *name, char *value)
{
    struct node *node = node_add(parent, "hidden");
    node_set(node, "name", name);
    node_take(node, "value", value);
}

/* ---- showing ---- */

static void each_nodes(struct node *list, const struct draft *draft, const struct request_total *total)
{
    struct date date;
    if (request_fields_date(draft->fields, REQUEST_FIELD_DATE, &date)) {
        node_take(list, "date", date_show(date));
    }
    if (total->each > 0) {
        node_take(list, "each", pager_number((uint64_t)total->each));
    }
    node_take(list, "csv", draft_url(draft->id, "/confirm.csv"));
    if (draft->refused > 0) {
        node_take(list, "csv-wrong", draft_url(draft->id, "/confirm.csv?only=refused"));
    }
}

static bool is_view(const struct context *context)
{
    return context->values->form == &draft_confirm_view_form;
}

static GPtrArray *read_lines(struct context *context, const struct draft *draft, int only, const struct pager *pager,
                             GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    guint offset = (guint)pager->offset;
    return only == ONLY_REMOVED
               ? draft_list_removed(context->db, &owner, draft->id, context->language, LINES_PER_PAGE, offset, error)
               : draft_list_lines(context->db, &owner, draft->id, context->language, only == ONLY_REFUSED,
                                  LINES_PER_PAGE, offset, error);
}

/* The lines of a page, of all or of some. */
static bool lines_node(struct context *context, const struct draft *draft, const struct request_total *total,
                       const struct draft_changes *changes, GError **error)
{
    int only = is_view(context) ? context->values->at[VIEW_ONLY].choice : -1;
    uint64_t n = only == ONLY_REFUSED ? draft->refused : only == ONLY_REMOVED ? changes->removed : draft->lines;
    struct pager pager = pager_make(n, LINES_PER_PAGE, is_view(context) ? context->values->at[VIEW_PAGE].number : 1);
    g_autoptr(GPtrArray) lines = read_lines(context, draft, only, &pager, error);
    if (lines == NULL) {
        return false;
    }
    g_autofree char *path = draft_url(draft->id, "/confirm");
    g_autoptr(GString) url = g_string_new(path);
    url_add(url, "only", only >= 0 ? only_words[only] : NULL);
    struct node *list = node_add(context->part, "numbers");
    node_set(list, "only", only >= 0 ? only_words[only] : NULL);
    node_set_flag(list, "change", draft->of_request != 0);
    each_nodes(list, draft, total);
    pager_node(list, &pager, url->str, NULL, NULL);
    draft_lines_node(list, lines, draft->kind, context->language);
    return true;
}

/* ---- what a change does ---- */

/* Which lines come and go. The first that go are shown at once, all on pages of their own. */
static bool changes_node(struct context *context, const struct draft *draft, const struct draft_changes *changes,
                         GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    struct node *node = node_add(context->part, "changes");
    node_take(node, "added", pager_number(changes->added));
    node_take(node, "removed", pager_number(changes->removed));
    node_take(node, "kept", pager_number(changes->kept));
    if (changes->removed == 0) {
        return true;
    }
    node_take(node, "show", draft_url(draft->id, "/confirm?only=removed"));
    g_autoptr(GPtrArray) removed =
        draft_list_removed(context->db, &owner, draft->id, context->language, REMOVED_SHOWN, 0, error);
    if (removed == NULL) {
        return false;
    }
    node_set_flag(node, "more", changes->removed > removed->len);
    draft_lines_node(node, removed, draft->kind, context->language);
    return true;
}

/* What was entered and what it costs; of a change, beside what the request says now. */
static bool content_nodes(struct context *context, const struct draft *draft, const struct request_total *total,
                          GError **error)
{
    struct request_search search = request_search_of(context);
    AUTO(request_made) struct request_made *made = NULL;
    if (draft->of_number != NULL) {
        made = request_get(context->db, &search, draft->of_number, error);
        if (made == NULL) {
            return false;
        }
    }
    face_facts(request_face_of(draft->kind), node_add(context->part, "facts"), draft->fields,
               made != NULL ? made->fields : NULL, context->language);
    request_total_node(context->part, total->yen, total->tax);
    if (made != NULL && made->yen + made->tax != total->yen + total->tax) {
        node_take(context->part, "sum-before", pager_number((uint64_t)(made->yen + made->tax)));
    }
    return true;
}

/* The word that is typed beside a button of danger. */
static void deed_node(struct context *context, const struct draft *draft)
{
    const struct request_face *face = request_face_of(draft->kind);
    g_autofree char *n = pager_number(draft->lines - draft->refused);
    if (face->deed == 0) {
        return;
    }
    struct node *deed = node_add(context->part, "deed");
    node_take(deed, "text", label_fill(context->language, face->deed, "n", n));
    node_set(deed, "word", label_text(context->language, draft->kind->name));
    struct node *field = node_add(deed, "field");
    node_set(field, "name", "typed");
    node_set_flag(field, "required", true);
    node_set(field, "label", label_text(context->language, LABEL_FIELD_TYPED));
    if (!is_view(context)) {
        node_set(field, "value", context->values->at[CONFIRM_TYPED].text);
        node_take(field, "error", value_fault_text(&context->values->at[CONFIRM_TYPED], context->language));
    }
}

static void counts_nodes(struct context *context, const struct draft *draft)
{
    g_autofree char *url = draft_url(draft->id, "/confirm?only=refused"), *all = draft_url(draft->id, "/confirm");
    node_take(context->part, "good", pager_number(draft->lines - draft->refused));
    node_take(context->part, "refused", pager_number(draft->refused));
    node_set_flag(context->part, "is-refused", draft->refused > 0);
    node_set_flag(context->part, "is-good", draft->refused < draft->lines);
    node_set(context->part, "show-refused", url);
    node_set(context->part, "show-all", all);
}

/* A draft that was changed since it was looked at is looked at first. */
static bool is_looked_at(struct context *context, const struct draft *draft)
{
    if (draft->is_seen) {
        return true;
    }
    g_autofree char *url = draft_url(draft->id, "");
    response_redirect(context->response, url);
    return false;
}

/* The day that was chosen may be over since the form was filled in: what was shown can be submitted no more. */
static void date_node(struct context *context, const struct draft *draft)
{
    struct date date;
    if (!draft_date(draft, context->now, &date)) {
        node_set(context->part, "date-error", label_text(context->language, LABEL_ERROR_DATE_PAST));
    }
}

/* Lines that can be asked for now, with little use. */
static bool idle_node(struct context *context, const struct draft *draft, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    const struct request_kind *kind = draft->kind;
    uint64_t n = 0;
    if (kind->idle == 0) {
        return true;
    }
    if (!draft_count_states(context->db, &owner, draft->id, kind->idle, &n, error)) {
        return false;
    }
    if (n > 0) {
        g_autofree char *number = pager_number(n);
        node_take(context->part, "idle", label_fill(context->language, kind->idle_all, "n", number));
    }
    return true;
}

static bool shown(struct context *context, const struct draft *draft, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    struct request_total total = { 0 };
    struct draft_changes changes = { 0 };
    bool is_change = draft->of_request != 0;
    if (!draft_price(context->db, draft, context->now, &total, error) ||
        (is_change && !draft_changes(context->db, &owner, draft, &changes, error)) ||
        !lines_node(context, draft, &total, &changes, error)) {
        return false;
    }
    draft_head_nodes(context, draft);
    counts_nodes(context, draft);
    date_node(context, draft);
    deed_node(context, draft);
    node_take(context->part, "delete",
              request_face_of(draft->kind)->is_cancelled ? draft_url(draft->id, "/delete") : NULL);
    hidden(context->part, "version", g_strdup_printf("%u", draft->version));
    hidden(context->part, "seen", hex_of(draft->digest));
    return content_nodes(context, draft, &total, error) && idle_node(context, draft, error) &&
           (!is_change || changes_node(context, draft, &changes, error));
}

/* GET /drafts/{id}/confirm, and again after a fault. */
enum outcome draft_confirm_page(struct context *context, GError **error)
{
    AUTO(draft) struct draft *draft = draft_page_open(context, error);
    if (draft == NULL) {
        return response_is_sent(context->response) ? DONE : FAILED;
    }
    if (!is_looked_at(context, draft)) {
        return DONE;
    }
    if (!shown(context, draft, error)) {
        return FAILED;
    }
    if (is_view(context) && context->values->at[VIEW_SAID].choice == 0) {
        context_notice(context, "warning", label_text(context->language, LABEL_REQUEST_MOVED));
    }
    return SHOW;
}

/* ---- submitting ---- */

static void lead(struct context *context, uint64_t id, const char *tail)
{
    g_autofree char *url = draft_url(id, tail);
    response_redirect(context->response, url);
}

/* Leave out what is refused, and look again. */
static bool keep_good(struct context *context, const struct draft *draft, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    struct draft_ticks ticks = { .remove_refused = true };
    enum draft_outcome outcome = DRAFT_EMPTY;
    struct request_total total;
    if (!draft_tick(context->db, &owner, draft->id, &ticks, context->now, error) ||
        !draft_look(context->db, &owner, draft->id, context->now, &outcome, &total, error)) {
        return false;
    }
    lead(context, draft->id, outcome == DRAFT_GOOD || outcome == DRAFT_REFUSED ? "/confirm" : "");
    return true;
}

/* A change comes too late when its request begins, or its day. */
static enum outcome submit_failed(struct context *context, const struct draft *draft, GError *failure, GError **error)
{
    g_autofree char *number = NULL;
    if (draft->of_request == 0) {
        g_propagate_error(error, failure);
        return FAILED;
    }
    if (!request_number_of(context->db, context->session.customer, draft->of_request, &number, error)) {
        g_error_free(failure);
        return FAILED;
    }
    return request_change_failed(context, number, failure, error);
}

static enum outcome submit(struct context *context, const struct draft *draft, const uint8_t digest[DIGEST_BYTES],
                           GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    struct actor actor = context_actor(context);
    struct draft_submit asked = { .id = draft->id,
                                  .version = (uint32_t)context->values->at[CONFIRM_VERSION].number,
                                  .digest = digest };
    enum draft_outcome outcome = DRAFT_EMPTY;
    g_autofree char *number = NULL;
    g_autoptr(GError) failure = NULL;
    if (!draft_submit(context->db, context->keys, context->config, &actor, &owner, &asked, context->now, &outcome,
                      &number, &failure)) {
        return submit_failed(context, draft, g_steal_pointer(&failure), error);
    }
    if (outcome == DRAFT_GOOD) {
        g_autofree char *url = g_strdup_printf("/requests/%s?done=%d", number, draft->of_request != 0 ? 2 : 1);
        response_redirect(context->response, url);
    } else {
        lead(context, draft->id, outcome == DRAFT_EMPTY ? "" : "/confirm?said=moved");
    }
    return DONE;
}

/* A button of danger is meant by whoever types the kind's name beside it. With refused lines there is no such button,
 * and nothing is made. */
static bool is_meant(struct context *context, const struct draft *draft)
{
    const char *word = label_text(context->language, draft->kind->name);
    struct value *typed = &context->values->at[CONFIRM_TYPED];
    bool is_shown = request_face_of(draft->kind)->deed != 0 && draft->refused == 0;
    if (is_shown && g_ascii_strcasecmp(typed->text, word) != 0) {
        value_fault(typed, LABEL_ERROR_TYPED, "word", word);
    }
    return !typed->is_bad;
}

/* POST /drafts/{id}/confirm. */
enum outcome draft_confirm_submit(struct context *context, GError **error)
{
    uint8_t digest[DIGEST_BYTES];
    AUTO(draft) struct draft *draft = draft_page_open(context, error);
    if (draft == NULL) {
        return response_is_sent(context->response) ? DONE : FAILED;
    }
    if (!read_hex(context->values->at[CONFIRM_DIGEST].text, digest)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "no digest");
        return FAILED;
    }
    if (context->values->at[CONFIRM_GO].choice == 1) {
        return keep_good(context, draft, error) ? DONE : FAILED;
    }
    return is_meant(context, draft) ? submit(context, draft, digest, error) : AGAIN;
}
