/*
 * request_list_page.c: the list of requests with its conditions and pages, newest first.
 */
#include "request/request_asked_page.h"

#include "line/line_xml.h"
#include "request/request_xml.h"
#include "web/condition.h"
#include "web/pager.h"
#include "web/url.h"

#include <string.h>

/* ---- the conditions ---- */

static void kind_choice(struct context *context, struct node *search)
{
    struct node *node = condition_choice(context, search, ASKED_KIND, true);
    for (guint i = 0; i < request_kinds_n; i++) {
        form_option_node(node, request_kinds[i]->code, label_text(context->language, request_kinds[i]->name),
                         context->values->at[ASKED_KIND].text);
    }
}

static void status_choice(struct context *context, struct node *search)
{
    const struct value *status = &context->values->at[ASKED_STATUS];
    const char *chosen = status->is_given ? status->text : "pending";
    struct node *node = condition_choice(context, search, ASKED_STATUS, false);
    for (int i = 0; i < REQUEST_STATUS_N; i++) {
        form_option_node(node, request_status_code((enum request_status)i),
                         label_text(context->language, request_status_label((enum request_status)i)), chosen);
    }
    form_option_node(node, "all", label_text(context->language, LABEL_REQUEST_STATUS_ALL), chosen);
}

static void search_node(struct context *context, const GPtrArray *services)
{
    const struct value *at = context->values->at;
    struct node *search = condition_search(context, "request-list");
    if (context->session.customer == 0) {
        node_set(search, "customer", at[ASKED_CUSTOMER].text);
    }
    condition_text(context, search, ASKED_NUMBER, true);
    condition_text(context, search, ASKED_PHONE, true);
    condition_text(context, search, ASKED_SERIAL, true);
    kind_choice(context, search);
    line_choice_nodes(condition_choice(context, search, ASKED_SERVICE, true), services, LINE_CHOICE_SERVICE,
                      at[ASKED_SERVICE].text);
    condition_text(context, search, ASKED_REQUESTER, true);
    status_choice(context, search);
    condition_text(context, search, ASKED_FROM, false);
    condition_text(context, search, ASKED_UNTIL, false);
}

/* ---- the list ---- */

static bool has_more_than_status(const struct context *context)
{
    guint i = 0;
    while (i < ASKED_CONDITIONS && (i == ASKED_STATUS || !context->values->at[i].is_given)) {
        i++;
    }
    return i < ASKED_CONDITIONS;
}

/* The kept counts answer where the status is the only condition. `total` NULL: the list counts. */
static bool count(struct context *context, const struct request_asked *asked, uint64_t *total, GError **error)
{
    G_STATIC_ASSERT((int)SESSION_REQUESTS == (int)REQUEST_STATUS_N);
    uint64_t of_all[REQUEST_STATUS_N];
    const uint64_t *counts = context->session.requests;
    if (total == NULL || !values_are_good(context->values)) {
        return true;
    }
    if (has_more_than_status(context)) {
        return request_count(context->db, &asked->search, total, error);
    }
    if (asked->search.customer == 0) {
        if (!request_counts_all(context->db, asked->search.account, of_all, error)) {
            return false;
        }
        counts = of_all;
    }
    for (int i = 0; i < REQUEST_STATUS_N; i++) {
        *total += asked->search.status < 0 || asked->search.status == i ? counts[i] : 0;
    }
    return true;
}

/* A service that is not on offer finds nothing, and nobody would see why. */
static void check_service(struct context *context, const GPtrArray *services)
{
    struct value *value = &context->values->at[ASKED_SERVICE];
    bool offered = !value->is_given || value->is_bad;
    for (guint i = 0; !offered && i < services->len; i++) {
        const struct line_choice *one = services->pdata[i];
        offered = one->kind == LINE_CHOICE_SERVICE && one->id == value->number;
    }
    if (!offered) {
        value_fault(value, LABEL_ERROR_CHOICE, NULL, NULL);
    }
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

static GPtrArray *read_list(struct context *context, const struct request_asked *asked, const struct pager *pager,
                            uint64_t *counted, GError **error)
{
    const struct value *at = context->values->at;
    struct request_page page = { .limit = asked->per_page, .offset = pager->offset, .found = pager->total };
    bool has_key = (at[ASKED_AFTER].is_given || at[ASKED_BEFORE].is_given) && at[ASKED_PAGE].number == pager->page;
    if (has_key && !request_list_counts(&asked->search)) {
        page.backward = !at[ASKED_AFTER].is_given;
        page.before = at[page.backward ? ASKED_BEFORE : ASKED_AFTER].number;
        GPtrArray *list = request_list(context->db, &asked->search, &page, NULL, error);
        if (list == NULL || list->len > 0) {
            return list;
        }
        g_ptr_array_unref(list);
        page.backward = false;
        page.before = 0;
    }
    return request_list(context->db, &asked->search, &page, counted, error);
}

static void size_nodes(struct node *list, const char *url, guint per_page)
{
    struct node *node = node_add(list, "sizes");
    for (gsize i = 0; request_sizes[i] != NULL; i++) {
        g_autoptr(GString) link = g_string_new(url);
        struct node *size = node_add(node, "size");
        url_add(link, "size", request_sizes[i]);
        node_set(size, "n", request_sizes[i]);
        node_set(size, "href", link->str);
        node_set_flag(size, "current", g_ascii_strtoull(request_sizes[i], NULL, 10) == per_page);
    }
}

static void csv_links(const struct context *context, struct node *list)
{
    g_autofree char *url = request_asked_url(context, "/requests.csv", false);
    g_autoptr(GString) other = g_string_new(url);
    url_add(other, "charset", "cp932");
    node_set(list, "csv", url);
    node_set(list, "csv-cp932", other->str);
}

/* `total` NULL: the list counts. */
static bool list_node(struct context *context, const struct request_asked *asked, const uint64_t *total, GError **error)
{
    uint64_t counted = total != NULL ? *total : 0;
    struct pager pager = pager_make(counted, asked->per_page, context->values->at[ASKED_PAGE].number);
    g_autofree char *url = request_asked_url(context, "/requests", true),
                    *plain = request_asked_url(context, "/requests", false);
    bool is_none = asked->search.customer == 0 && counted == 0;
    g_autoptr(GPtrArray) requests = is_none ? g_ptr_array_new() : read_list(context, asked, &pager, &counted, error);
    if (requests == NULL) {
        return false;
    }
    if (total == NULL) {
        pager = pager_make(counted, asked->per_page, 1);
    }
    g_autofree char *previous = neighbour(requests, url, pager.page - 1, false);
    g_autofree char *next = neighbour(requests, url, pager.page + 1, true);
    struct node *list = node_add(context->part, "list");
    node_set_flag(list, "filtered", asked->is_filtered);
    node_set_flag(list, "with-customer", asked->search.customer == 0);
    node_set_flag(list, "none", requests->len == 0 && asked->search.status < 0 && !has_more_than_status(context));
    pager_node(list, &pager, url, previous, next);
    size_nodes(list, plain, asked->per_page);
    csv_links(context, list);
    request_rows_node(list, requests, context->language, asked->search.customer == 0);
    return true;
}

static enum outcome show(struct context *context, const struct request_asked *asked, GError **error)
{
    uint64_t total = 0;
    bool by_list = values_are_good(context->values) && context->values->at[ASKED_PAGE].number <= 1 &&
                   request_list_counts(&asked->search);
    g_autoptr(GPtrArray) services = line_choices_on_offer(context->db, &context->session, context->language, error);
    if (services == NULL || !count(context, asked, by_list ? NULL : &total, error)) {
        return FAILED;
    }
    check_service(context, services);
    search_node(context, services);
    if (!values_are_good(context->values)) {
        response_status(context->response, 422);
        return SHOW;
    }
    return list_node(context, asked, by_list ? NULL : &total, error) ? SHOW : FAILED;
}

/* GET /requests. Conditions at fault are shown with their faults, and no list that ignores them. */
enum outcome request_list_page(struct context *context, GError **error)
{
    struct request_asked asked;
    request_asked_is_good(context);
    request_asked_read(context, &asked);
    enum outcome outcome = show(context, &asked, error);
    request_asked_clear(&asked);
    return outcome;
}
