/*
 * request_list_page.c: the list of requests with its conditions and pages, newest first.
 */
#include "request/request_page.h"

#include "base/text.h"
#include "line/number_rule.h"
#include "request/request_xml.h"
#include "web/pager.h"
#include "web/url.h"

#include <string.h>

/* ---- conditions ---- */

static bool field_phone_part(const struct field *field, struct value *value)
{
    g_autofree char *read = field_text(field, value) ? number_phone_part(value->text) : NULL;
    if (read == NULL && !value->is_bad) {
        value_fault(value, LABEL_ERROR_NUMBER_PART, NULL, NULL);
    }
    return read != NULL;
}

static bool field_serial_part(const struct field *field, struct value *value)
{
    g_autofree char *read = field_text(field, value) ? number_serial_part(value->text) : NULL;
    if (read == NULL && !value->is_bad) {
        value_fault(value, LABEL_ERROR_NUMBER_PART, NULL, NULL);
    }
    return read != NULL;
}

static bool field_date(const struct field *field, struct value *value)
{
    struct date date;
    if (field_text(field, value) && !date_parse(value->text, &date)) {
        value_fault(value, LABEL_ERROR_DATE, NULL, NULL);
    }
    return !value->is_bad;
}

enum { CUSTOMER, NUMBER, PHONE, SERIAL, KIND, REQUESTER, STATUS, FROM, UNTIL, SIZE, PAGE, AFTER, BEFORE };
static const char *const statuses[] = { "pending", "processing", "completed", "failed", "cancelled", "all", NULL };
static const char *const sizes[] = { "20", "50", "100", "200", NULL };
static const struct field fields[] = {
    [CUSTOMER] = { .name = "customer", .check = field_number, .flags = FIELD_LENIENT, .least = 1 },
    [NUMBER] = { .name = "number", .label = LABEL_FIELD_REQUEST_NUMBER, .check = field_text, .most = 40 },
    [PHONE] = { .name = "phone", .label = LABEL_FIELD_PHONE, .check = field_phone_part, .most = 32 },
    [SERIAL] = { .name = "serial", .label = LABEL_FIELD_SERIAL, .check = field_serial_part, .most = 32 },
    [KIND] = { .name = "kind", .label = LABEL_FIELD_REQUEST_KIND, .check = field_text, .most = 16 },
    [REQUESTER] = { .name = "requester", .label = LABEL_FIELD_REQUESTER, .check = field_text, .most = 64 },
    [STATUS] = { .name = "status", .label = LABEL_FIELD_REQUEST_STATUS, .check = field_choice, .choices = statuses },
    [FROM] = { .name = "from", .label = LABEL_FIELD_RECEIVED_FROM, .check = field_date, .most = 10 },
    [UNTIL] = { .name = "until", .label = LABEL_FIELD_RECEIVED_UNTIL, .check = field_date, .most = 10 },
    [SIZE] = { .name = "size", .check = field_choice, .flags = FIELD_LENIENT, .choices = sizes },
    [PAGE] = { .name = "page", .check = field_number, .flags = FIELD_LENIENT, .least = 1, .most = 1000000000 },
    [AFTER] = { .name = "after", .check = field_number, .flags = FIELD_LENIENT, .least = 1 },
    [BEFORE] = { .name = "before", .check = field_number, .flags = FIELD_LENIENT, .least = 1 },
};
const struct form request_search_form = FORM("request-search", fields);
enum { CONDITIONS = SIZE };

struct asked {
    struct request_search search;
    guint per_page;
    bool is_filtered;
};

/* screens.md: pending ones at first; "all" has them all. */
static void read_asked(const struct context *context, struct asked *asked)
{
    const struct value *at = context->values->at;
    struct request_search *search = &asked->search;
    *asked = (struct asked){ .per_page = 50 };
    search->account = context->session.account;
    search->customer = context->session.customer;
    search->language = context->language;
    search->only_customer = search->customer == 0 ? at[CUSTOMER].number : 0;
    search->number = at[NUMBER].is_given ? g_ascii_strup(at[NUMBER].text, -1) : NULL;
    search->requester = at[REQUESTER].is_given ? g_strdup(at[REQUESTER].text) : NULL;
    search->phone = at[PHONE].is_given ? number_phone_part(at[PHONE].text) : NULL;
    search->serial = at[SERIAL].is_given ? number_serial_part(at[SERIAL].text) : NULL;
    search->kind = request_kind_find(at[KIND].is_given ? at[KIND].text : NULL);
    search->status = !at[STATUS].is_given                   ? REQUEST_PENDING
                     : at[STATUS].choice < REQUEST_STATUS_N ? at[STATUS].choice
                                                            : -1;
    date_parse(at[FROM].text, &search->from);
    date_parse(at[UNTIL].text, &search->until);
    if (at[SIZE].choice >= 0) {
        asked->per_page = (guint)g_ascii_strtoull(sizes[at[SIZE].choice], NULL, 10);
    }
    for (guint i = 0; i < CONDITIONS; i++) {
        asked->is_filtered = asked->is_filtered || at[i].is_given;
    }
}

static void asked_clear(struct asked *asked)
{
    g_free(asked->search.number);
    g_free(asked->search.requester);
    g_free(asked->search.phone);
    g_free(asked->search.serial);
}

/* The list's address with its conditions. The caller frees. */
static char *list_url(const struct context *context, const char *path, bool with_size)
{
    GString *url = g_string_new(path);
    for (guint i = 0; i <= (with_size ? SIZE : CONDITIONS - 1); i++) {
        url_add(url, fields[i].name, context->values->at[i].text);
    }
    return g_string_free(url, FALSE);
}

static void add_option(struct node *choice, const char *value, const char *text, const char *chosen)
{
    struct node *option = node_add(choice, "option");
    node_set(option, "value", value);
    node_set(option, "text", text);
    node_set_flag(option, "selected", strcmp(value, chosen) == 0);
}

static struct node *choice_node(struct context *context, struct node *search, guint i)
{
    struct node *node = node_add(search, "choice");
    node_set(node, "name", fields[i].name);
    node_take(node, "error", value_fault_text(&context->values->at[i], context->language));
    return node;
}

static void search_node(struct context *context)
{
    const struct value *at = context->values->at;
    struct node *search = node_add(context->part, "search");
    node_set(search, "action", "/requests");
    node_set(search, "reset", "/requests");
    node_set_flag(search, "open", !values_are_good(context->values) || !context_is_folded(context, "request-list"));
    static const guint texts[] = { NUMBER, PHONE, SERIAL, REQUESTER, FROM, UNTIL };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        form_field_node(search, context->values, texts[i], context->language);
    }
    struct node *kind = choice_node(context, search, KIND);
    for (guint i = 0; i < request_kinds_n; i++) {
        add_option(kind, request_kinds[i]->code, label_text(context->language, request_kinds[i]->name), at[KIND].text);
    }
    struct node *status = choice_node(context, search, STATUS);
    const char *chosen = at[STATUS].is_given ? at[STATUS].text : "pending";
    for (int i = 0; i < REQUEST_STATUS_N; i++) {
        add_option(status, request_status_code((enum request_status)i),
                   label_text(context->language, request_status_label((enum request_status)i)), chosen);
    }
    add_option(status, "all", label_text(context->language, LABEL_REQUEST_STATUS_ALL), chosen);
}

/* ---- the list ---- */

/* The kept counts answer where the status is the only condition. */
static bool count(struct context *context, const struct asked *asked, uint64_t *total, GError **error)
{
    const struct value *at = context->values->at;
    uint64_t counts[REQUEST_STATUS_N];
    for (guint i = 0; i < CONDITIONS; i++) {
        if (i != STATUS && at[i].is_given) {
            return request_count(context->db, &asked->search, total, error);
        }
    }
    if (!request_counts(context->db, asked->search.account, asked->search.customer, counts, error)) {
        return false;
    }
    *total = 0;
    for (int i = 0; i < REQUEST_STATUS_N; i++) {
        *total += asked->search.status < 0 || asked->search.status == i ? counts[i] : 0;
    }
    return true;
}

static char *neighbour(const GPtrArray *list, const char *url, uint64_t page, bool next)
{
    if (list->len == 0) {
        return NULL;
    }
    const struct request_made *made = list->pdata[next ? list->len - 1 : 0];
    GString *link = g_string_new(url);
    url_add_number(link, "page", page);
    url_add_number(link, next ? "after" : "before", made->id);
    return g_string_free(link, FALSE);
}

static GPtrArray *read_list(struct context *context, const struct asked *asked, const struct pager *pager,
                            GError **error)
{
    const struct value *at = context->values->at;
    struct request_page page = { .limit = asked->per_page, .offset = pager->offset };
    if ((at[AFTER].is_given || at[BEFORE].is_given) && at[PAGE].number == pager->page) {
        page.backward = !at[AFTER].is_given;
        page.before = at[page.backward ? BEFORE : AFTER].number;
        GPtrArray *list = request_list(context->db, &asked->search, &page, error);
        if (list == NULL || list->len > 0) {
            return list;
        }
        g_ptr_array_unref(list);
        page.backward = false;
        page.before = 0;
    }
    return request_list(context->db, &asked->search, &page, error);
}

static void size_nodes(struct context *context, struct node *list, const char *url, guint per_page)
{
    struct node *node = node_add(list, "sizes");
    for (gsize i = 0; sizes[i] != NULL; i++) {
        g_autoptr(GString) link = g_string_new(url);
        struct node *size = node_add(node, "size");
        url_add(link, "size", sizes[i]);
        node_set(size, "n", sizes[i]);
        node_set(size, "href", link->str);
        node_set_flag(size, "current", g_ascii_strtoull(sizes[i], NULL, 10) == per_page);
    }
    (void)context;
}

static bool list_node(struct context *context, const struct asked *asked, GError **error)
{
    uint64_t total = 0;
    if (!count(context, asked, &total, error)) {
        return false;
    }
    struct pager pager = pager_make(total, asked->per_page, context->values->at[PAGE].number);
    g_autofree char *url = list_url(context, "/requests", true), *plain = list_url(context, "/requests", false);
    g_autoptr(GPtrArray) requests = read_list(context, asked, &pager, error);
    if (requests == NULL) {
        return false;
    }
    g_autofree char *previous = neighbour(requests, url, pager.page - 1, false);
    g_autofree char *next = neighbour(requests, url, pager.page + 1, true);
    struct node *list = node_add(context->part, "list");
    node_set_flag(list, "filtered", asked->is_filtered);
    node_set_flag(list, "with-customer", asked->search.customer == 0);
    pager_node(list, &pager, url, previous, next);
    size_nodes(context, list, plain, asked->per_page);
    request_rows_node(list, requests, context->language, asked->search.customer == 0);
    return true;
}

/* GET /requests. */
enum outcome request_list_page(struct context *context, GError **error)
{
    struct value *kind = &context->values->at[KIND];
    if (kind->is_given && !kind->is_bad && request_kind_find(kind->text) == NULL) {
        value_fault(kind, LABEL_ERROR_CHOICE, NULL, NULL);
    }
    search_node(context);
    if (!values_are_good(context->values)) {
        response_status(context->response, 422);
        return SHOW;
    }
    struct asked asked;
    read_asked(context, &asked);
    bool good = list_node(context, &asked, error);
    asked_clear(&asked);
    return good ? SHOW : FAILED;
}
