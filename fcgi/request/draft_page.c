/*
 * draft_page.c: beginning a draft, and its form, the first step.
 */
#include "request/request_page.h"

#include "account/account_page.h"
#include "base/error.h"
#include "base/log.h"
#include "line/line_page.h"
#include "request/request_xml.h"
#include "web/pager.h"
#include "web/refuse.h"
#include "web/url.h"

#include <string.h>

enum { LINES_PER_PAGE = 50, ROWS_SHOWN = 100 };

/* ---- shared ---- */

struct draft_owner draft_owner_of(const struct context *context)
{
    return (struct draft_owner){ .customer = context->session.customer, .account = context->session.account };
}

char *draft_url(uint64_t id, const char *tail)
{
    return g_strdup_printf("/drafts/%" G_GUINT64_FORMAT "%s", id, tail);
}

char *draft_choose_url(uint64_t id, const struct request_kind *kind)
{
    g_autofree char *path = draft_url(id, "/lines"), *states = line_states_write(kind->moves.from);
    GString *url = g_string_new(path);
    url_add(url, "state", states);
    return g_string_free(url, FALSE);
}

/* Where a draft that was submitted before leads. */
static bool lead_to_request(struct context *context, const struct draft *draft, GError **error)
{
    g_autofree char *number = NULL;
    if (!request_number_of(context->db, context->session.customer, draft->made_request, &number, error)) {
        return false;
    }
    g_autofree char *url = g_strconcat("/requests/", number, NULL);
    response_redirect(context->response, url);
    return true;
}

enum outcome draft_page_failed(struct context *context, GError *failure, GError **error)
{
    g_autofree char *form = draft_url(context->id, "?said=many");
    switch (portal_error_code(failure)) {
    case PORTAL_NOT_FOUND:
        log_error(LOG_INFO, "not-found", failure);
        refuse(context, 404, "draft");
        break;
    case PORTAL_LIMIT:
        response_redirect(context->response, form);
        break;
    default:
        g_propagate_error(error, failure);
        return FAILED;
    }
    g_error_free(failure);
    return DONE;
}

struct draft *draft_page_open(struct context *context, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    g_autoptr(GError) failure = NULL;
    struct draft *draft = draft_get(context->db, &owner, context->id, &failure);
    if (draft == NULL) {
        draft_page_failed(context, g_steal_pointer(&failure), error);
    } else if (draft->made_request != 0) {
        lead_to_request(context, draft, error);
        g_clear_pointer(&draft, draft_free);
    }
    return draft;
}

/* A change says which request it is of. */
static void title(struct context *context, const struct draft *draft, const char *form_title)
{
    if (draft->of_number == NULL) {
        context_title(context, form_title);
        return;
    }
    g_autofree char *text = label_format(context->language, LABEL_REQUEST_FORM_CHANGE, "form", form_title, "number",
                                         draft->of_number, NULL);
    g_autofree char *own = label_fill(context->language, LABEL_REQUEST_CRUMB_CHANGE, "form", form_title);
    g_autofree char *href = g_strconcat("/requests/", draft->of_number, NULL);
    context_title(context, text);
    context_crumb_above(context, draft->of_number, href, own);
}

void draft_head_nodes(struct context *context, const struct draft *draft)
{
    const struct request_face *face = request_face_of(draft->kind);
    struct node *part = context->part;
    title(context, draft, label_text(context->language, face->form_title));
    node_set(part, "kind", draft->kind->code);
    node_set(part, "about", label_text(context->language, face->about));
    node_set(part, "fee", label_text(context->language, face->fee));
    node_set(part, "deadline", label_text(context->language, face->deadline));
    node_set(part, "until", label_text(context->language, LABEL_REQUEST_UNTIL_DAY));
    node_set(part, "kind-text", label_text(context->language, draft->kind->name));
    node_take(part, "lines", pager_number(draft->lines));
    node_set_flag(part, "many", draft->lines > DRAFT_NOTICE_LINES);
    node_set_flag(part, "change", draft->of_request != 0);
    node_take(part, "form", draft_url(draft->id, ""));
    node_take(part, "choose", draft_choose_url(draft->id, draft->kind));
    node_take(part, "upload", draft_url(draft->id, "/numbers"));
    node_take(part, "confirm", draft_url(draft->id, "/confirm"));
}

/* ---- beginning ---- */

enum { NEW_KIND, NEW_LINES };
static const struct field new_fields[] = {
    [NEW_KIND] = { .name = "kind", .check = field_text, .flags = FIELD_REQUIRED, .most = 16 },
    [NEW_LINES] = { .name = "line", .check = field_number, .flags = FIELD_MANY, .least = 1 },
};
const struct form draft_new_form = FORM("draft-new", new_fields);

/* POST /drafts: a kind, and the SIMs that were ticked in a list, if any. */
enum outcome draft_new_submit(struct context *context, GError **error)
{
    const struct value *at = context->values->at;
    const struct request_kind *kind = request_kind_find(at[NEW_KIND].text);
    struct draft_owner owner = draft_owner_of(context);
    uint64_t id = 0;
    if (kind == NULL) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "no such kind of request");
        return FAILED;
    }
    if (!draft_create(context->db, &owner, kind, 0, at[NEW_LINES].numbers, context->now, &id, error)) {
        return FAILED;
    }
    g_autofree char *url = at[NEW_LINES].numbers->len > 0 ? draft_url(id, "") : draft_choose_url(id, kind);
    response_redirect(context->response, url);
    return DONE;
}

/* ---- the form ---- */

/* Every name that a kind may have; which of them a kind has, its face says. */
enum { ENTER_DATE, ENTER_REASON, ENTER_NOTE, ENTER_CAPACITY, ENTER_GO, ENTER_N };
static const char *const goes[] = { "confirm", "choose", "keep", NULL };
static const struct field enter_fields[] = {
    [ENTER_DATE] = { .name = "date", .label = LABEL_FIELD_DATE, .check = field_day },
    [ENTER_REASON] = { .name = "reason", .label = LABEL_FIELD_REASON, .check = field_text, .most = 16 },
    [ENTER_NOTE] = { .name = "note", .label = LABEL_FIELD_NOTE, .check = field_text, .most = 200 },
    [ENTER_CAPACITY] = { .name = "capacity", .label = LABEL_FIELD_CAPACITY, .check = field_text, .most = 20 },
    [ENTER_GO] = { .name = "go", .check = field_choice, .flags = FIELD_LENIENT, .choices = goes },
};
const struct form draft_enter_form = FORM("draft-enter", enter_fields);

enum { VIEW_PAGE, VIEW_SAID };
static const char *const said_words[] = { "uploaded", "many", NULL };
static const struct field view_fields[] = {
    [VIEW_PAGE] = { .name = "page", .check = field_number, .flags = FIELD_LENIENT, .least = 1, .most = 100000 },
    [VIEW_SAID] = { .name = "said", .check = field_choice, .flags = FIELD_LENIENT, .choices = said_words },
};
const struct form draft_view_form = FORM("draft-view", view_fields);

static bool numbers_node(struct context *context, const struct draft *draft, uint64_t page, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    struct pager pager = pager_make(draft->lines, LINES_PER_PAGE, page);
    g_autofree char *url = draft_url(draft->id, "");
    g_autoptr(GPtrArray) lines = draft_list_lines(context->db, &owner, draft->id, context->language, false,
                                                  LINES_PER_PAGE, (guint)pager.offset, error);
    if (lines == NULL) {
        return false;
    }
    struct node *list = node_add(context->part, "numbers");
    pager_node(list, &pager, url, NULL, NULL);
    draft_lines_node(list, lines, draft->kind, context->language);
    return true;
}

static bool row_nodes(struct context *context, const struct draft *draft, struct node *parent, bool refused,
                      GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    g_autoptr(GArray) rows = draft_list_rows(context->db, &owner, draft->id, refused, 0, ROWS_SHOWN, error);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        const struct draft_row *row = &g_array_index(rows, struct draft_row, i);
        struct node *node = node_add(parent, refused ? "bad" : "mended");
        node_set_number(node, "row", row->row);
        node_set(node, "typed", row->typed);
        node_take(node, "text", draft_row_text(row, refused, context->language));
    }
    return rows != NULL;
}

/* What the last upload had to say. */
static bool upload_nodes(struct context *context, const struct draft *draft, GError **error)
{
    if (draft->read_rows + draft->bad_rows == 0) {
        return true;
    }
    struct node *node = node_add(context->part, "uploaded");
    node_take(node, "read", pager_number(draft->read_rows));
    node_take(node, "mended", pager_number(draft->repaired_rows));
    node_take(node, "bad", pager_number(draft->bad_rows));
    node_set_flag(node, "is-mended", draft->repaired_rows > 0);
    node_set_flag(node, "is-bad", draft->bad_rows > 0);
    node_set_flag(node, "more", draft->bad_rows > ROWS_SHOWN);
    node_take(node, "csv", draft_url(draft->id, "/unread.csv"));
    return row_nodes(context, draft, node, true, error) && row_nodes(context, draft, node, false, error);
}

/* What was kept, as if it had been sent. */
static struct values *kept_values(const struct draft *draft)
{
    struct values *values = form_blank(&draft_enter_form);
    for (guint i = 0; i < ENTER_GO; i++) {
        value_preset(&values->at[i], request_fields_get(draft->fields, enter_fields[i].name));
    }
    return values;
}

/* The rows that were not taken are told of beside them. */
static void say(struct context *context, const struct draft *draft, int said)
{
    if (said == 0 && draft->bad_rows == 0) {
        context_notice(context, "good", label_text(context->language, LABEL_UPLOAD_DONE));
    } else if (said == 1) {
        g_autofree char *most = pager_number(DRAFT_LINES_MOST);
        g_autofree char *text = label_format(context->language, LABEL_REQUEST_TOO_MANY, "most", most, NULL);
        context_notice(context, "danger", text);
    }
}

/* GET /drafts/{id}, and the form again after a fault. */
enum outcome draft_form_page(struct context *context, GError **error)
{
    AUTO(draft) struct draft *draft = draft_page_open(context, error);
    if (draft == NULL) {
        return response_is_sent(context->response) ? DONE : FAILED;
    }
    bool is_sent = context->values->form == &draft_enter_form;
    AUTO(values) struct values *kept = kept_values(draft);
    bool is_view = context->values->form == &draft_view_form;
    uint64_t page = is_view ? context->values->at[VIEW_PAGE].number : 1;
    draft_head_nodes(context, draft);
    if (!numbers_node(context, draft, page, error) || !upload_nodes(context, draft, error) ||
        !face_nodes(context, request_face_of(draft->kind), node_add(context->part, "fields"),
                    is_sent ? context->values : kept, error)) {
        return FAILED;
    }
    if (is_view) {
        say(context, draft, context->values->at[VIEW_SAID].choice);
    }
    return SHOW;
}

static struct request_fields *sent_fields(const struct request_face *face, const struct values *values)
{
    struct request_fields *fields = request_fields_new();
    for (const struct face_field *field = face->fields; field->name != NULL; field++) {
        const struct value *value = &values->at[form_position(values->form, field->name)];
        if (!value->is_bad) {
            request_fields_set(fields, field->name, value->text);
        }
    }
    return fields;
}

static enum outcome look(struct context *context, const struct draft *draft, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    enum draft_outcome outcome = DRAFT_EMPTY;
    struct request_total total;
    g_autoptr(GError) failure = NULL;
    if (!draft_look(context->db, &owner, draft->id, context->now, &outcome, &total, &failure)) {
        if (portal_error_code(failure) != PORTAL_INVALID) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return FAILED;
        }
        value_fault(&context->values->at[ENTER_CAPACITY], LABEL_ERROR_CHOICE, NULL, NULL);
        return AGAIN;
    }
    if (outcome == DRAFT_EMPTY) {
        values_fault(context->values, LABEL_ERROR_NO_LINES, NULL, NULL);
        return AGAIN;
    }
    g_autofree char *url = draft_url(draft->id, "/confirm");
    response_redirect(context->response, url);
    return DONE;
}

/* POST /drafts/{id}: keeps what was entered, then goes where the button says. */
enum outcome draft_form_submit(struct context *context, GError **error)
{
    struct values *values = context->values;
    struct draft_owner owner = draft_owner_of(context);
    AUTO(draft) struct draft *draft = draft_page_open(context, error);
    if (draft == NULL) {
        return response_is_sent(context->response) ? DONE : FAILED;
    }
    const struct request_face *face = request_face_of(draft->kind);
    AUTO(request_fields) struct request_fields *fields = sent_fields(face, values);
    if (!draft_set_fields(context->db, &owner, draft->id, fields, context->now, error)) {
        return FAILED;
    }
    int go = values->at[ENTER_GO].choice;
    if (go == 1 || go == 2) {
        g_autofree char *lines = draft_choose_url(draft->id, draft->kind);
        response_redirect(context->response, go == 1 ? lines : "/requests/new?said=kept");
        return DONE;
    }
    return face_check(face, values, moment_date(context->now)) ? look(context, draft, error) : AGAIN;
}
