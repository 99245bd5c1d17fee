/*
 * draft_lines_page.c: choosing the SIMs of a draft: the SIM list with boxes. Every button posts the boxes of the page
 * that is shown, so ticks survive paging without any script.
 */
#include "request/request_page.h"

#include "base/error.h"
#include "line/line_page.h"
#include "web/pager.h"
#include "web/session_form.h"
#include "web/url.h"

#include <string.h>

/* ---- showing ---- */

/* A SIM that the kind may not start from now can be chosen all the same if an open request leads it there: the look at
 * the draft judges. Boxes are off only where nothing can help. */
static bool fill_boxes(struct context *context, void *data, const GArray *rows, struct line_box *boxes, GError **error)
{
    const struct draft *draft = data;
    struct draft_owner owner = draft_owner_of(context);
    g_autoptr(GArray) ids = g_array_sized_new(FALSE, FALSE, sizeof(uint64_t), rows->len);
    g_autofree bool *held = g_new0(bool, rows->len + 1);
    for (guint i = 0; i < rows->len; i++) {
        g_array_append_val(ids, g_array_index(rows, struct line_row, i).id);
    }
    if (!draft_holds(context->db, &owner, draft->id, ids, held, error)) {
        return false;
    }
    for (guint i = 0; i < rows->len; i++) {
        enum line_state state = g_array_index(rows, struct line_row, i).state;
        uint64_t id = g_array_index(ids, uint64_t, i);
        bool is_ticked = session_form_ticks(context, "shown", id) ? session_form_ticks(context, "line", id) : held[i];
        boxes[i] = (struct line_box){ .is_ticked = is_ticked, .is_off = state == LINE_TERMINATED && !held[i] };
    }
    return true;
}

/* ---- what choosing all has left out: its counts by state, at the end of the address it leads to ---- */

static const char left_name[] = "left=";

/* Where the counts begin in the address; NULL: it has none. */
static const char *left_part(const char *target)
{
    const char *query = strchr(target, '?');
    const char *left = query != NULL ? g_strrstr(query, left_name) : NULL;
    return left != NULL && (left[-1] == '?' || left[-1] == '&') ? left : NULL;
}

static char *target_without_left(const struct context *context)
{
    const char *target = context->request->target, *left = left_part(target);
    return left != NULL ? g_strndup(target, (gsize)(left - 1 - target)) : g_strdup(target);
}

static char *target_with_left(const struct context *context, const guint left[LINE_STATE_N])
{
    g_autofree char *target = target_without_left(context);
    GString *url = g_string_new(target);
    g_string_append_printf(url, "%c%s", strchr(target, '?') != NULL ? '&' : '?', left_name);
    for (int i = 0; i < LINE_STATE_N; i++) {
        g_string_append_printf(url, "%s%u", i > 0 ? "." : "", left[i]);
    }
    return g_string_free(url, FALSE);
}

/* Each state with its count, and how many in all. */
static void say_left(struct context *context)
{
    const char *part = left_part(context->request->target);
    g_auto(GStrv) counts = g_strsplit(part != NULL ? part + strlen(left_name) : "", ".", LINE_STATE_N);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    guint64 all = 0, n = 0;
    for (guint i = 0; counts[i] != NULL; i++) {
        if (g_ascii_string_to_unsigned(counts[i], 10, 1, DRAFT_LINES_MOST * 10, &n, NULL)) {
            g_autofree char *number = pager_number(n);
            const char *state = label_text(context->language, line_state_label((enum line_state)i));
            g_ptr_array_add(texts,
                            label_format(context->language, LABEL_DRAFT_LEFT_STATE, "state", state, "n", number, NULL));
            all += n;
        }
    }
    if (all > 0) {
        g_ptr_array_add(texts, NULL);
        g_autofree char *states =
            g_strjoinv(label_text(context->language, LABEL_DRAFT_LEFT_AND), (char **)texts->pdata);
        g_autofree char *number = pager_number(all);
        g_autofree char *text = label_format(context->language, LABEL_DRAFT_LEFT, "n", number, "states", states, NULL);
        context_notice(context, "warning", text);
    }
}

static enum outcome show(struct context *context, GError **error)
{
    AUTO(draft) struct draft *draft = draft_page_open(context, error);
    if (draft == NULL) {
        return response_is_sent(context->response) ? DONE : FAILED;
    }
    struct line_list_boxes boxes = { .fill = fill_boxes, .data = draft };
    const struct session *session = &context->session;
    draft_head_nodes(context, draft);
    node_take(context->part, "here", target_without_left(context));
    node_take(context->part, "customer",
              g_strdup_printf("%" G_GUINT64_FORMAT ":%s:%s", session->customer, session->customer_code,
                              session->customer_name));
    node_set_flag(context->part, "usage", request_face_of(draft->kind)->with_usage);
    say_left(context);
    return line_list_show(context, &boxes, error);
}

/* GET /drafts/{id}/lines. */
enum outcome draft_lines_page(struct context *context, GError **error)
{
    return show(context, error);
}

/* ---- ticking ---- */

enum { TICK_SHOWN, TICK_LINES, TICK_TO, TICK_GO };
static const char *const goes[] = { "enter", "all", "none", NULL };
static const struct field tick_fields[] = {
    [TICK_SHOWN] = { .name = "shown", .check = field_number, .flags = FIELD_MANY, .least = 1 },
    [TICK_LINES] = { .name = "line", .check = field_number, .flags = FIELD_MANY, .least = 1 },
    [TICK_TO] = { .name = "to", .check = field_text, .most = 2000 },
    [TICK_GO] = { .name = "go", .check = field_choice, .flags = FIELD_LENIENT, .choices = goes },
};
const struct form draft_tick_form = FORM("draft-tick", tick_fields);

/* A page of this list, nowhere else. */
static bool is_of_this_list(const struct context *context, const char *to)
{
    gsize length = strlen(context->request->path);
    return url_is_local(to) && strncmp(to, context->request->path, length) == 0 &&
           (to[length] == '\0' || to[length] == '?');
}

/* The boxes of the page: those shown and not ticked leave the draft, the ticked ones are added. */
static bool keep_boxes(struct context *context, const struct value *at, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    struct draft_ticks ticks = { .remove = at[TICK_SHOWN].numbers, .add = at[TICK_LINES].numbers };
    return draft_tick(context->db, &owner, context->id, &ticks, context->now, error);
}

/* Everything that the search of this page finds, on all its pages. */
static bool take_all(struct context *context, guint left[LINE_STATE_N], GError **error)
{
    AUTO(values) struct values *conditions = form_check(&line_search_form, context->request->query);
    struct draft_owner owner = draft_owner_of(context);
    struct line_asked asked;
    if (!values_are_good(conditions)) {
        return true; /* such a page shows no list */
    }
    line_asked_read_values(context, conditions->at, &asked);
    struct draft_ticks ticks = { .found = &asked.search, .left = left };
    bool good = draft_tick(context->db, &owner, context->id, &ticks, context->now, error);
    line_asked_clear(&asked);
    return good;
}

static bool take_none(struct context *context, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    struct draft_ticks ticks = { .remove_all = true };
    return draft_tick(context->db, &owner, context->id, &ticks, context->now, error);
}

/* This page again, telling what was left out, if anything was. */
static char *after_ticks(const struct context *context, const guint left[LINE_STATE_N])
{
    guint all = 0;
    for (int i = 0; i < LINE_STATE_N; i++) {
        all += left[i];
    }
    return all > 0 ? target_with_left(context, left) : target_without_left(context);
}

/* POST /drafts/{id}/lines?… : the query is the search that the page shows. */
enum outcome draft_lines_submit(struct context *context, GError **error)
{
    const struct value *at = context->values->at;
    g_autoptr(GError) failure = NULL;
    bool good = at[TICK_GO].choice == 2 ? take_none(context, &failure) : keep_boxes(context, at, &failure);
    guint left[LINE_STATE_N] = { 0 };
    if (good && at[TICK_GO].choice == 1) {
        good = take_all(context, left, &failure);
    }
    if (!good) {
        return draft_page_failed(context, g_steal_pointer(&failure), error);
    }
    g_autofree char *form = draft_url(context->id, ""), *here = after_ticks(context, left);
    const char *to = at[TICK_GO].choice == 0                      ? form
                     : is_of_this_list(context, at[TICK_TO].text) ? at[TICK_TO].text
                                                                  : here;
    response_redirect(context->response, to);
    return DONE;
}
