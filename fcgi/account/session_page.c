/*
 * session_page.c: what a person chooses for the present session: the language, and whose SIMs are looked at.
 */
#include "account/account_page.h"

#include "account/session.h"
#include "base/error.h"
#include "base/text.h"
#include "view/label.h"
#include "web/page_customer.h"
#include "web/pager.h"
#include "web/url.h"

#include <string.h>

struct actor context_actor(const struct context *context)
{
    const struct session *session = &context->session;
    return (struct actor){ .kind = session->token != 0     ? ACTOR_TOKEN
                                   : session->account != 0 ? ACTOR_ACCOUNT
                                                           : ACTOR_NOBODY,
                           .id = session->token != 0 ? session->token : session->account,
                           .name = session->login_id != NULL ? session->login_id : "",
                           .address = context->request->address,
                           .request_id = context->request->id };
}

static void go_back(struct context *context, const char *back)
{
    response_redirect(context->response, url_is_local(back) ? back : "/");
}

/* ---- language ---- */

static const char *const languages[] = { "ja", "en", NULL };
enum { LANGUAGE, LANGUAGE_BACK };
static const struct field language_fields[] = {
    [LANGUAGE] = { .name = "language", .check = field_choice, .flags = FIELD_REQUIRED, .choices = languages },
    [LANGUAGE_BACK] = { .name = "back", .check = field_text, .flags = FIELD_LENIENT, .most = 1000 },
};
const struct form language_form = FORM("language", language_fields);

/* POST /language. */
enum outcome language_submit(struct context *context, GError **error)
{
    const struct value *at = context->values->at;
    if (!account_set_language(context->db, context->session.account, (enum language)at[LANGUAGE].choice, error)) {
        return FAILED;
    }
    go_back(context, at[LANGUAGE_BACK].text);
    return DONE;
}

/* ---- customer ---- */

enum { CUSTOMER_ID, CUSTOMER_BACK };
static const struct field customer_fields[] = {
    [CUSTOMER_ID] = { .name = "customer_id", .check = field_number, .flags = FIELD_REQUIRED },
    [CUSTOMER_BACK] = { .name = "back", .check = field_text, .flags = FIELD_LENIENT, .most = 1000 },
};
const struct form customer_form = FORM("customer", customer_fields);

/* A page that every customer has: the customer that was left keeps its SIMs, requests and drafts. */
static bool is_of_any_customer(const struct route *route)
{
    return strchr(route->pattern, '{') == NULL && route->right != RIGHT_PUBLIC && route->view != NULL &&
           strcmp(route->view, "error") != 0 && route->page != customer_list_page;
}

/* POST /customer: 0 stands for all. Who sees one customer has no choice. */
enum outcome customer_submit(struct context *context, GError **error)
{
    const struct value *at = context->values->at;
    if (at[CUSTOMER_ID].number == 0 && context->session.customers < 2) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "one customer is no choice");
        return FAILED;
    }
    if (!session_set_customer(context->db, context->session.account, context->session.id, at[CUSTOMER_ID].number,
                              error)) {
        return FAILED;
    }
    const char *back = url_is_local(at[CUSTOMER_BACK].text) ? at[CUSTOMER_BACK].text : "/";
    g_autofree char *path = g_strndup(back, strcspn(back, "?"));
    g_autofree char *page = router_page_above(context->gate, path, is_of_any_customer);
    page_customer_set(context, at[CUSTOMER_ID].number);
    response_redirect(context->response, page);
    return DONE;
}

enum { SEARCH_WORD, SEARCH_PAGE, SEARCH_BACK };
static const struct field customer_search_fields[] = {
    [SEARCH_WORD] = { .name = "q", .check = field_text, .most = 100 },
    [SEARCH_PAGE] = { .name = "page", .check = field_number, .flags = FIELD_LENIENT, .least = 1, .most = 1000000 },
    [SEARCH_BACK] = { .name = "back", .check = field_text, .flags = FIELD_LENIENT, .most = 1000 },
};
const struct form customer_search_form = FORM("customer-search", customer_search_fields);

enum { CUSTOMERS_PER_PAGE = 50 };

static void add_customers(struct context *context, const GPtrArray *customers)
{
    for (guint i = 0; i < customers->len; i++) {
        const struct account_customer *customer = customers->pdata[i];
        struct node *node = node_add(context->part, "customer");
        node_set_number(node, "id", (int64_t)customer->id);
        node_set_flag(node, "current", customer->id == context->session.customer);
        node_take(node, "text",
                  g_strdup_printf("%" G_GUINT64_FORMAT ":%s:%s", customer->id, customer->code, customer->name));
    }
}

/* A choice made here, or at the top of the page, leads on to where one came from. */
static void add_back(struct context *context, const char *back)
{
    if (url_is_local(back)) {
        struct node *hidden = node_add(context->part, "hidden");
        node_set(hidden, "name", "back");
        node_set(hidden, "value", back);
        node_replace(context->root, "path", back);
    }
}

/* GET /customers: for accounts that see too many for a list at the top of the page, and for what needs one of them. */
enum outcome customer_list_page(struct context *context, GError **error)
{
    const struct value *at = context->values->at;
    bool searched = at[SEARCH_WORD].is_given && !at[SEARCH_WORD].is_bad;
    g_autofree char *key = searched ? text_search_key(at[SEARCH_WORD].text) : NULL;
    uint64_t total = 0;
    if (!account_customers_count(context->db, context->session.account, key, &total, error)) {
        return FAILED;
    }
    struct pager pager = pager_make(total, CUSTOMERS_PER_PAGE, at[SEARCH_PAGE].number);
    g_autoptr(GPtrArray) customers =
        account_customers(context->db, context->session.account, key, CUSTOMERS_PER_PAGE, (guint)pager.offset, error);
    if (customers == NULL) {
        return FAILED;
    }
    g_autoptr(GString) url = g_string_new("/customers");
    url_add(url, "q", at[SEARCH_WORD].text);
    url_add(url, "back", at[SEARCH_BACK].text);
    node_set(context->part, "action", "/customers");
    add_back(context, at[SEARCH_BACK].text);
    node_set_flag(context->part, "ask", (context->session.rights_of_one & RIGHT_REQUEST) != 0);
    form_field_node(context->part, context->values, SEARCH_WORD, context->language);
    pager_node(context->part, &pager, url->str, NULL, NULL);
    node_set_flag(context->part, "all", context->session.customer == 0 || context->session.customers < 2);
    add_customers(context, customers);
    return SHOW;
}
