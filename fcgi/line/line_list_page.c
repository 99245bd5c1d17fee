/*
 * line_list_page.c: the SIM list with its conditions, orders and pages.
 */
#include "line/line_page.h"

#include "line/line_xml.h"
#include "request/request_xml.h"
#include "web/condition.h"
#include "web/page_customer.h"
#include "web/pager.h"
#include "web/session_form.h"
#include "web/url.h"

#include <string.h>

/* ---- the conditions ---- */

static const struct value *value_of(const struct context *context, const char *name)
{
    return &context->values->at[form_position(context->values->form, name)];
}

static const char *sent(const struct context *context, const char *name)
{
    return value_of(context, name)->text;
}

/* What is chosen must be on offer: a group that has ended, say, finds nothing, and nobody would see why. */
static void check_choice(struct context *context, const char *name, const GPtrArray *choices,
                         enum line_choice_kind kind)
{
    struct value *value = &context->values->at[form_position(context->values->form, name)];
    bool offered = !value->is_given || value->is_bad || (kind == LINE_CHOICE_GROUP && value->number == 0);
    for (guint i = 0; !offered && i < choices->len; i++) {
        const struct line_choice *one = choices->pdata[i];
        offered = one->kind == kind && one->id == value->number;
    }
    if (!offered) {
        value_fault(value, LABEL_ERROR_CHOICE, NULL, NULL);
    }
}

static void check_choices(struct context *context, const GPtrArray *choices)
{
    check_choice(context, "service", choices, LINE_CHOICE_SERVICE);
    check_choice(context, "plan", choices, LINE_CHOICE_PLAN);
    check_choice(context, "group", choices, LINE_CHOICE_GROUP);
}

static struct node *choice(struct context *context, struct node *search, const char *name)
{
    return condition_choice(context, search, form_position(context->values->form, name), true);
}

static void text(struct context *context, struct node *search, const char *name)
{
    condition_text(context, search, form_position(context->values->form, name), true);
}

/* Several at once stand in the address alone: they are one more choice. */
static void several_states(struct context *context, struct node *choice, const struct value *value)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int state = 0; state < LINE_STATE_N; state++) {
        if ((value->number & 1U << state) != 0) {
            g_string_append_printf(text, "%s%s", text->len > 0 ? " / " : "",
                                   label_text(context->language, line_state_label((enum line_state)state)));
        }
    }
    form_option_node(choice, value->text, text->str, value->text);
}

static void state_choice(struct context *context, struct node *search)
{
    const struct value *value = value_of(context, "state");
    struct node *node = choice(context, search, "state");
    if (value->is_given && !value->is_bad && (value->number & (value->number - 1)) != 0) {
        several_states(context, node, value);
    }
    for (int state = 0; state < LINE_STATE_N; state++) {
        form_option_node(node, line_state_code((enum line_state)state),
                         label_text(context->language, line_state_label((enum line_state)state)),
                         sent(context, "state"));
    }
}

static void search_node(struct context *context, const GPtrArray *choices)
{
    enum language language = context->language;
    struct node *search = condition_search(context, "line-list");
    condition_hidden(search, "sort", sent(context, "sort"));
    condition_hidden(search, "size", sent(context, "size"));
    if (context->session.customer == 0) {
        node_set(search, "customer", sent(context, "customer"));
    }
    text(context, search, "phone");
    text(context, search, "serial");
    line_choice_nodes(choice(context, search, "service"), choices, LINE_CHOICE_SERVICE, sent(context, "service"));
    line_choice_nodes(choice(context, search, "plan"), choices, LINE_CHOICE_PLAN, sent(context, "plan"));
    state_choice(context, search);
    struct node *group = choice(context, search, "group");
    form_option_node(group, "0", label_text(language, LABEL_GROUP_NONE), sent(context, "group"));
    line_choice_nodes(group, choices, LINE_CHOICE_GROUP, sent(context, "group"));
    struct node *throttled = choice(context, search, "throttled");
    form_option_node(throttled, "1", label_text(language, LABEL_LINE_TRAFFIC_THROTTLED), sent(context, "throttled"));
    form_option_node(throttled, "0", label_text(language, LABEL_LINE_TRAFFIC_NORMAL), sent(context, "throttled"));
    text(context, search, "label");
}

/* ---- the list ---- */

static const struct {
    const char *key;
    enum label text;
    enum line_sort sort;
} columns[] = {
    { "serial", LABEL_LINE_SERIAL, LINE_BY_SERIAL }, { "phone", LABEL_LINE_PHONE, LINE_BY_PHONE },
    { "state", LABEL_LINE_STATE, LINE_BY_STATE },    { "plan", LABEL_LINE_PLAN, LINE_BY_PLAN },
    { "used", LABEL_LINE_USAGE, LINE_BY_USED },      { "remaining", LABEL_LINE_REMAINING, LINE_BY_REMAINING },
    { "option", LABEL_LINE_OPTION, LINE_BY_OPTION },
};

static struct node *add_column(struct context *context, struct node *list, const char *key, enum label text)
{
    struct node *column = node_add(list, "column");
    node_set(column, "key", key);
    node_set(column, "text", label_text(context->language, text));
    return column;
}

/* A column's head leads to its order; the present one's to the opposite. */
static void column_nodes(struct context *context, struct node *list, const struct line_asked *asked)
{
    bool of_all = asked->search.customer == 0;
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
        struct node *column = add_column(context, list, columns[i].key, columns[i].text);
        bool is_present = columns[i].sort == asked->search.sort;
        bool down = is_present && !asked->search.is_descending;
        if (!of_all || columns[i].sort <= LINE_BY_STATE) {
            node_take(column, "href", line_asked_url(context, asked, context->request->path, columns[i].sort, down, 0));
        }
        if (is_present) {
            node_set(column, "sorted", asked->search.is_descending ? "descending" : "ascending");
        }
    }
    if (of_all) {
        add_column(context, list, "customer", LABEL_LINE_CUSTOMER);
    }
}

static void size_nodes(struct context *context, struct node *list, const struct line_asked *asked)
{
    static const guint sizes[] = { 20, 50, 100, 200 };
    struct node *node = node_add(list, "sizes");
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        struct node *size = node_add(node, "size");
        node_set_number(size, "n", sizes[i]);
        node_take(size, "href", line_asked_url(context, asked, context->request->path, LINE_SORT_N, false, sizes[i]));
        node_set_flag(size, "current", sizes[i] == asked->per_page);
    }
}

/* The link to the neighbouring page goes on by key where the order has one. */
static char *neighbour(const struct line_asked *asked, const GArray *rows, const char *url, uint64_t page, bool next)
{
    if (!line_search_has_cursor(&asked->search) || rows->len == 0) {
        return NULL;
    }
    const struct line_row *row = &g_array_index(rows, struct line_row, next ? rows->len - 1 : 0);
    struct line_cursor cursor = line_row_cursor(&asked->search, row);
    g_autofree char *text =
        asked->search.customer != 0
            ? g_strdup_printf("%s.%" G_GUINT64_FORMAT, cursor.key, cursor.id)
            : g_strdup_printf("%s.%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT, cursor.key, cursor.id, cursor.customer);
    GString *link = g_string_new(url);
    url_add_number(link, "page", page);
    url_add(link, next ? "after" : "before", text);
    g_free(cursor.key);
    return g_string_free(link, FALSE);
}

static GArray *read_rows(struct context *context, const struct line_asked *asked, const struct pager *pager,
                         uint64_t *total, GError **error)
{
    struct line_page page = { .limit = asked->per_page, .offset = pager->offset, .found = pager->total };
    if (asked->cursor.id != 0 && asked->page == pager->page) {
        page.cursor = &asked->cursor;
        page.backward = asked->backward;
        GArray *rows = line_list(context->db, &asked->search, &page, total, error);
        if (rows == NULL || rows->len > 0) {
            return rows;
        }
        g_array_unref(rows); /* the row it hung on is gone: by number, then */
        page.cursor = NULL;
        page.backward = false;
    }
    return line_list(context->db, &asked->search, &page, total, error);
}

static bool is_filtered(const struct line_search *search)
{
    return search->phone != NULL || search->serial != NULL || search->label != NULL || search->service != 0 ||
           search->plan != 0 || search->state >= 0 || search->states != 0 || search->group >= 0 ||
           search->throttled >= 0 || search->only_customer != 0;
}

static void csv_links(struct context *context, struct node *list, const struct line_asked *asked)
{
    g_autofree char *url = line_asked_url(context, asked, "/sims.csv", LINE_SORT_N, false, 50);
    g_autoptr(GString) other = g_string_new(url);
    url_add(other, "charset", "cp932");
    node_set(list, "csv", url);
    node_set(list, "csv-cp932", other->str);
}

/* `total` NULL: the list counts. */
static bool list_node(struct context *context, const struct line_asked *asked, const uint64_t *total,
                      const struct line_list_boxes *boxes, GError **error)
{
    struct node *list = node_add(context->part, "list");
    uint64_t counted = total != NULL ? *total : 0;
    struct pager pager = pager_make(counted, asked->per_page, asked->page);
    g_autofree char *url = line_asked_url(context, asked, context->request->path, LINE_SORT_N, false, 0);
    bool is_none = asked->search.customer == 0 && counted == 0;
    g_autoptr(GArray) rows = is_none ? g_array_new(FALSE, FALSE, sizeof(struct line_row))
                                     : read_rows(context, asked, &pager, &counted, error);
    if (rows == NULL) {
        return false;
    }
    if (total == NULL) {
        pager = pager_make(counted, asked->per_page, asked->page);
    }
    g_autofree char *previous = neighbour(asked, rows, url, pager.page - 1, false);
    g_autofree char *next = neighbour(asked, rows, url, pager.page + 1, true);
    node_set_flag(list, "filtered", is_filtered(&asked->search));
    csv_links(context, list, asked);
    column_nodes(context, list, asked);
    pager_node(list, &pager, url, previous, next);
    size_nodes(context, list, asked);
    if (boxes != NULL && boxes->with_kinds) {
        request_kind_nodes(list, context->language);
    }
    if ((context->session.rights_of_one & RIGHT_REQUEST) != 0) {
        node_take(list, "choose", page_customer_choice(context->request->path));
    }
    g_autofree struct line_box *box = boxes != NULL ? g_new0(struct line_box, rows->len + 1) : NULL;
    if (boxes != NULL && boxes->fill != NULL && !boxes->fill(context, boxes->data, rows, box, error)) {
        return false;
    }
    line_rows_node(list, rows, box, context->language, asked->search.customer == 0, context->now);
    return true;
}

static enum outcome show(struct context *context, const struct line_asked *asked, const struct line_list_boxes *boxes,
                         GError **error)
{
    uint64_t total = 0;
    const struct line_search none = { .account = context->session.account,
                                      .customer = context->session.customer,
                                      .language = context->language,
                                      .state = -1,
                                      .group = -1,
                                      .throttled = -1 };
    bool is_good = values_are_good(context->values);
    uint64_t *wanted = is_good && asked->page <= 1 && line_list_counts(&asked->search) ? NULL : &total;
    g_autoptr(GPtrArray) choices =
        line_choices(context->db, is_good ? &asked->search : &none, &context->session, wanted, error);
    if (choices == NULL) {
        return FAILED;
    }
    check_choices(context, choices);
    search_node(context, choices);
    if (!values_are_good(context->values)) {
        response_status(context->response, 422);
        return SHOW;
    }
    return list_node(context, asked, wanted, boxes, error) ? SHOW : FAILED;
}

enum outcome line_list_show(struct context *context, const struct line_list_boxes *boxes, GError **error)
{
    struct line_asked asked;
    line_asked_read(context, &asked);
    enum outcome outcome = show(context, &asked, boxes, error);
    line_asked_clear(&asked);
    return outcome;
}

/* Boxes that were ticked when a session ended. */
static bool fill_boxes(struct context *context, void *data, const GArray *rows, struct line_box *boxes, GError **error)
{
    (void)data;
    (void)error;
    for (guint i = 0; i < rows->len; i++) {
        boxes[i].is_ticked = session_form_ticks(context, "line", g_array_index(rows, struct line_row, i).id);
    }
    return true;
}

/* GET /sims. Conditions at fault are shown with their faults, and no list that ignores them. Who may ask for things can
 * tick SIMs and go on to a request for them. */
enum outcome line_list_page(struct context *context, GError **error)
{
    static const struct line_list_boxes boxes = { .with_kinds = true, .fill = fill_boxes };
    bool may_ask = (context->session.rights & RIGHT_REQUEST) != 0;
    return line_list_show(context, may_ask ? &boxes : NULL, error);
}
