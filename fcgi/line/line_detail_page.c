/*
 * line_detail_page.c: SIM detail: its facts, label and memo, and the eSIM's activation code.
 */
#include "line/line_page.h"

#include "account/account_page.h"
#include "base/address.h"
#include "base/error.h"
#include "line/line_xml.h"
#include "line/number_rule.h"
#include "request/request_xml.h"
#include "web/url.h"

#include <string.h>

enum { ROWS_SHOWN = 100 };

enum { VIEW_SAVED };
static const char *const saved_words[] = { "0", "1", "2", "3", NULL };
static const struct field view_fields[] = {
    [VIEW_SAVED] = { .name = "saved", .check = field_choice, .flags = FIELD_LENIENT, .choices = saved_words },
};
const struct form line_view_form = FORM("line-view", view_fields);

enum { NOTE_LABEL, NOTE_MEMO, NOTE_VERSION };
static const struct field note_fields[] = {
    [NOTE_LABEL] = { .name = "label", .label = LABEL_FIELD_LABEL, .check = field_text, .most = 100 },
    [NOTE_MEMO] = { .name = "memo",
                    .label = LABEL_FIELD_MEMO,
                    .check = field_text,
                    .flags = FIELD_LINES,
                    .most = 1000 },
    [NOTE_VERSION] = { .name = "version", .check = field_number, .flags = FIELD_REQUIRED, .most = G_MAXUINT32 },
};
const struct form line_note_form = FORM("line-note", note_fields);

static const char *const switches[] = { "0", "1", NULL };
static const struct field protect_fields[] = {
    { .name = "on", .check = field_choice, .flags = FIELD_REQUIRED, .choices = switches },
};
const struct form line_protect_form = FORM("line-protect", protect_fields);

static struct line_search search_of(const struct context *context)
{
    return (struct line_search){ .account = context->session.account,
                                 .customer = context->session.customer,
                                 .language = context->language,
                                 .month = date_month(moment_date(context->now)) };
}

/* The form shows what was typed after a fault, else what the line has. */
static void edit_node(struct context *context, const struct line *line)
{
    if ((context->session.rights & RIGHT_LINE_EDIT) == 0) {
        return;
    }
    AUTO(values) struct values *blank = form_blank(&line_note_form);
    const struct values *values = context->values->form == &line_note_form ? context->values : blank;
    value_preset(&blank->at[NOTE_LABEL], line->row.label);
    value_preset(&blank->at[NOTE_MEMO], line->row.memo);
    struct node *edit = node_add(context->part, "edit");
    node_take(edit, "action", g_strdup_printf("/sims/%" G_GUINT64_FORMAT, line->row.id));
    struct node *version = node_add(edit, "hidden");
    node_set(version, "name", "version");
    if (context->is_kept) {
        node_set(version, "value", values->at[NOTE_VERSION].text); /* whoever changed it meanwhile is not passed over */
    } else {
        node_set_number(version, "value", line->version);
    }
    form_field_node(edit, values, NOTE_LABEL, context->language);
    form_field_node(edit, values, NOTE_MEMO, context->language);
}

static void esim_node(struct context *context, const struct line *line)
{
    if (line->has_activation_code && (context->session.rights & RIGHT_LINE_SECRET) != 0) {
        node_take(node_add(context->part, "esim"), "action",
                  g_strdup_printf("/sims/%" G_GUINT64_FORMAT "/esim", line->row.id));
    }
}

static void usage_node(struct context *context, const struct line *line, struct month month)
{
    struct node *usage = node_add(context->part, "usage");
    line_usage_node(usage, context->language, month, line->row.used, line->row.capacity, line->row.remaining);
    line_as_of(usage, line->row.as_of, context->now);
}

/* A terminated line can be neither terminated again nor protected against it. */
static void protection_node(struct context *context, const struct line *line)
{
    if (line->row.state == LINE_TERMINATED) {
        return;
    }
    struct node *node = node_add(context->part, "protection");
    node_set(node, "text",
             label_text(context->language, line->is_protected ? LABEL_PROTECTION_ON : LABEL_PROTECTION_OFF));
    node_set_flag(node, "on", line->is_protected);
    if ((context->session.rights & RIGHT_LINE_EDIT) != 0) {
        node_take(node, "action", g_strdup_printf("/sims/%" G_GUINT64_FORMAT "/protection", line->row.id));
    }
}

/* Whether a kind may start from the line as it is, or as an open request will leave it, and nothing else of the kind
 * speaks against it. */
static bool is_valid(struct context *context, const struct line *line, const GPtrArray *requests,
                     const struct request_kind *kind, bool *valid, GError **error)
{
    struct request_line one = {
        .line = line->row.id, .state = line->row.state, .is_protected = line->is_protected, .group = line->group != 0
    };
    struct request_batch batch = { .kind = kind, .now = context->now, .lines = &one, .n = 1 };
    bool may = request_may_start(&kind->moves, line->row.state);
    for (guint i = 0; i < requests->len && !may; i++) {
        const struct line_request *request = requests->pdata[i];
        const struct request_kind *open = request->finished_at.us == 0 ? request_kind_find(request->kind) : NULL;
        may = open != NULL && open->moves.to != REQUEST_UNCHANGED &&
              request_may_start(&kind->moves, (enum line_state)open->moves.to);
    }
    if (may && kind->check != NULL && !kind->check(context->db, &batch, error)) {
        return false;
    }
    *valid = may && one.refusal == REFUSAL_NONE;
    return true;
}

static bool kind_nodes(struct context *context, struct node *node, const struct line *line, const GPtrArray *requests,
                       GError **error)
{
    bool good = true, valid = false;
    for (guint i = 0; i < request_kinds_n && good; i++) {
        good = is_valid(context, line, requests, request_kinds[i], &valid, error);
        if (good && valid) {
            request_kind_node(node, request_kinds[i], context->language);
        }
    }
    return good;
}

/* What it is part of, and for those who may: asking for more. */
static bool requests_node(struct context *context, const struct line *line, const GPtrArray *requests, GError **error)
{
    struct node *node = node_add(context->part, "requests");
    request_of_line_nodes(node, requests, context->language);
    g_autofree char *phone = number_phone_show(line->row.phone);
    GString *schedule = g_string_new("/schedule");
    url_add(schedule, "phone", phone);
    node_take(node, "schedule", g_string_free(schedule, FALSE));
    if ((context->session.rights_of_one & RIGHT_REQUEST) != 0) {
        g_autofree char *base = address_base(line->row.customer);
        node_take(node, "choose", address_below(base, context->request->path));
    }
    if ((context->session.rights & RIGHT_REQUEST) == 0 || line->row.state == LINE_TERMINATED) {
        return true;
    }
    node_set_number(node, "id", (int64_t)line->row.id);
    return kind_nodes(context, node, line, requests, error);
}

static bool fill(struct context *context, const struct line_search *search, const struct line *line, GError **error)
{
    AUTO(line_belongings)
    struct line_belongings *has =
        line_belongings(context->db, search, line->row.id, moment_date(context->now), ROWS_SHOWN, error);
    if (has == NULL) {
        return false;
    }
    node_set(context->part, "list", "/sims");
    line_facts_node(context->part, line, context->language);
    usage_node(context, line, search->month);
    line_recharges_node(context->part, has->recharges, line->group != 0);
    line_cards_node(context->part, has->cards, context->language);
    line_events_node(context->part, has->events, context->language);
    if (!requests_node(context, line, has->requests, error)) {
        return false;
    }
    protection_node(context, line);
    edit_node(context, line);
    esim_node(context, line);
    return true;
}

static void say_saved(struct context *context)
{
    static const enum label texts[] = { LABEL_LINE_UNCHANGED, LABEL_LINE_SAVED, LABEL_PROTECTION_SET,
                                        LABEL_PROTECTION_CLEARED };
    bool is_view = context->values->form == &line_view_form;
    int saved = is_view ? context->values->at[VIEW_SAVED].choice : -1;
    if (saved >= 0) {
        context_notice(context, saved > 0 ? "good" : "info", label_text(context->language, texts[saved]));
    }
}

/* GET /sims/{id}, and the form again after a fault. */
enum outcome line_detail_page(struct context *context, GError **error)
{
    struct line_search search = search_of(context);
    AUTO(line) struct line *line = line_get(context->db, &search, context->id, error);
    if (line == NULL || !fill(context, &search, line, error)) {
        return FAILED;
    }
    say_saved(context);
    return SHOW;
}

/* Browsers send CRLF between lines; one line end is kept. */
static char *unix_lines(const char *text)
{
    GString *out = g_string_new(text);
    g_string_replace(out, "\r\n", "\n", 0);
    return g_string_free(out, FALSE);
}

/* Somebody was first: what was typed is kept, and sent again it counts, for the form now knows the newer version. */
static enum outcome note_failed(struct context *context, GError *failure, GError **error)
{
    if (portal_error_code(failure) != PORTAL_CONFLICT) {
        g_propagate_error(error, failure);
        return FAILED;
    }
    g_error_free(failure);
    response_status(context->response, portal_error_status(PORTAL_CONFLICT));
    values_fault(context->values, LABEL_LINE_CONFLICT, NULL, NULL);
    return AGAIN;
}

/* POST /sims/{id}. */
enum outcome line_note_submit(struct context *context, GError **error)
{
    const struct value *at = context->values->at;
    struct actor actor = context_actor(context);
    g_autofree char *memo = unix_lines(at[NOTE_MEMO].text);
    struct line_note note = { .id = context->id,
                              .customer = context->session.customer,
                              .version = (uint32_t)at[NOTE_VERSION].number,
                              .label = at[NOTE_LABEL].text,
                              .memo = memo };
    bool changed = false;
    g_autoptr(GError) failure = NULL;
    if (!line_set_note(context->db, &actor, context->now, &note, &changed, &failure)) {
        return note_failed(context, g_steal_pointer(&failure), error);
    }
    g_autofree char *url = g_strdup_printf("/sims/%" G_GUINT64_FORMAT "?saved=%d", context->id, changed ? 1 : 0);
    response_redirect(context->response, url);
    return DONE;
}

/* POST /sims/{id}/protection. */
enum outcome line_protect_submit(struct context *context, GError **error)
{
    struct actor actor = context_actor(context);
    bool on = context->values->at[0].choice == 1, changed = false;
    if (!line_protect(context->db, &actor, context->now, context->session.customer, context->id, on, &changed, error)) {
        return FAILED;
    }
    g_autofree char *url = g_strdup_printf("/sims/%" G_GUINT64_FORMAT "?saved=%d", context->id,
                                           !changed ? 0
                                           : on     ? 2
                                                    : 3);
    response_redirect(context->response, url);
    return DONE;
}

/* POST /sims/{id}/esim: answers a POST with a page, so that no address leads to a secret. */
enum outcome line_esim_page(struct context *context, GError **error)
{
    struct actor actor = context_actor(context);
    struct line_code code = { 0 };
    if (!line_reveal(context->db, context->keys, &actor, context->now, context->session.customer, context->id, &code,
                     error)) {
        return FAILED;
    }
    struct node *part = context->part;
    node_take(part, "phone", number_phone_show(code.phone));
    node_set(part, "serial", code.serial);
    node_set(part, "code", code.code);
    node_take(part, "back", g_strdup_printf("/sims/%" G_GUINT64_FORMAT, context->id));
    line_qr_node(part, code.code);
    explicit_bzero(code.code, strlen(code.code));
    g_free(code.code);
    g_free(code.phone);
    g_free(code.serial);
    return SHOW;
}
