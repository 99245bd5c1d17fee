/*
 * frame.c: the tables of titles and of the menu. An entry appears when the account may go where it leads, at one
 * customer at least.
 */
#include "portal/frame.h"

#include "account/role_rule.h"
#include "account/session.h"
#include "portal/brand_page.h"
#include "view/label.h"

#include <string.h>

/* Up to this many customers are a list at the top of every page; more have a page of their own. */
enum { CUSTOMERS_AT_TOP = 20 };

/* Every page with its title, and the page above it for the crumbs. */
static const struct page_entry {
    const char *page;
    enum label title;
    const char *above;  /* NULL: stands alone */
    const char *href;   /* NULL: cannot be a crumb that leads there */
    enum label section; /* LABEL_N: in none */
} pages[] = {
    { "login", LABEL_TITLE_LOGIN, NULL, NULL, LABEL_N },
    { "error", LABEL_TITLE_ERROR, NULL, NULL, LABEL_N },
    { "start", LABEL_TITLE_START, NULL, "/", LABEL_N },
    { "password", LABEL_TITLE_PASSWORD, "start", "/password", LABEL_N },
    { "customers", LABEL_TITLE_CUSTOMERS, "start", "/customers", LABEL_N },
    { "line-list", LABEL_TITLE_LINE_LIST, "start", "/sims", LABEL_SECTION_LINE },
    { "line-detail", LABEL_TITLE_LINE_DETAIL, "line-list", NULL, LABEL_N },
    { "line-esim", LABEL_TITLE_LINE_ESIM, "line-list", NULL, LABEL_N },
    { "request-menu", LABEL_TITLE_REQUEST_MENU, "start", "/requests/new", LABEL_SECTION_REQUEST },
    { "request-list", LABEL_TITLE_REQUEST_LIST, "start", "/requests", LABEL_SECTION_REQUEST },
    { "schedule", LABEL_TITLE_SCHEDULE, "start", "/schedule", LABEL_SECTION_REQUEST },
    { "request-detail", LABEL_TITLE_REQUEST_DETAIL, "request-list", NULL, LABEL_N },
    { "request-cancel", LABEL_TITLE_REQUEST_CANCEL, "request-list", NULL, LABEL_N },
    { "draft-lines", LABEL_TITLE_REQUEST, "request-menu", NULL, LABEL_N },
    { "draft-form", LABEL_TITLE_REQUEST, "request-menu", NULL, LABEL_N },
    { "draft-confirm", LABEL_TITLE_REQUEST, "request-menu", NULL, LABEL_N },
};

static const struct menu_entry {
    enum label section; /* LABEL_N: in none */
    enum label text;
    const char *href;
    const char *page;
    unsigned right;
} menu[] = {
    { LABEL_N, LABEL_MENU_START, "/", "start", RIGHT_START },
    { LABEL_SECTION_LINE, LABEL_MENU_LINE_LIST, "/sims", "line-list", RIGHT_LINE_VIEW },
    { LABEL_SECTION_REQUEST, LABEL_MENU_REQUEST_MENU, "/requests/new", "request-menu", RIGHT_REQUEST },
    { LABEL_SECTION_REQUEST, LABEL_MENU_REQUEST_LIST, "/requests", "request-list", RIGHT_LINE_VIEW },
    { LABEL_SECTION_REQUEST, LABEL_MENU_SCHEDULE, "/schedule", "schedule", RIGHT_LINE_VIEW },
    { LABEL_N, LABEL_MENU_PASSWORD, "/password", "password", RIGHT_START },
};

static const struct page_entry *find_page(const char *page)
{
    for (gsize i = 0; page != NULL && i < G_N_ELEMENTS(pages); i++) {
        if (strcmp(pages[i].page, page) == 0) {
            return &pages[i];
        }
    }
    return NULL;
}

bool frame_knows(const char *page)
{
    return find_page(page) != NULL;
}

static bool leads_to(const struct menu_entry *entry, const char *page)
{
    const struct page_entry *at = find_page(page);
    return at != NULL && (strcmp(entry->page, page) == 0 || (at->above != NULL && strcmp(at->above, "start") != 0 &&
                                                             strcmp(entry->page, at->above) == 0));
}

static void add_menu(struct context *context, struct node *root)
{
    struct node *node = node_add(root, "menu"), *section = NULL;
    enum label open = LABEL_N;
    for (gsize i = 0; i < G_N_ELEMENTS(menu); i++) {
        const struct menu_entry *entry = &menu[i];
        if (((context->session.rights | context->session.rights_of_one) & entry->right) == 0) {
            continue;
        }
        if (entry->section != LABEL_N && entry->section != open) {
            section = node_add(node, "item");
            node_set(section, "text", label_text(context->language, entry->section));
        }
        open = entry->section;
        struct node *link = entry->section != LABEL_N ? node_add(section, "entry") : node_add(node, "item");
        node_set(link, "href", entry->href);
        node_set(link, "text", label_text(context->language, entry->text));
        node_set_flag(link, "current", leads_to(entry, context->page));
    }
}

static struct node *add_crumb(struct node *crumbs, const char *text, const char *href)
{
    struct node *crumb = node_add(crumbs, "crumb");
    node_set(crumb, "text", text);
    node_set(crumb, "href", href);
    return crumb;
}

static void add_crumbs_above(struct context *context, struct node *crumbs, const struct page_entry *entry)
{
    const struct page_entry *above = find_page(entry->above);
    if (above != NULL) {
        add_crumbs_above(context, crumbs, above);
        add_crumb(crumbs, label_text(context->language, above->title), above->href);
    }
    if (entry->section != LABEL_N) {
        add_crumb(crumbs, label_text(context->language, entry->section), NULL);
    }
}

static void add_crumbs(struct context *context, struct node *root, const struct page_entry *entry)
{
    if (entry->above != NULL) {
        struct node *crumbs = node_add(root, "crumbs");
        add_crumbs_above(context, crumbs, entry);
        context->crumbs = crumbs;
        context->crumb = add_crumb(crumbs, label_text(context->language, entry->title), NULL);
    }
}

static void add_account(struct context *context, struct node *root)
{
    static const enum label roles[ROLE_N] = { [ROLE_ADMINISTRATOR] = LABEL_ROLE_ADMINISTRATOR,
                                              [ROLE_MEMBER] = LABEL_ROLE_MEMBER,
                                              [ROLE_VIEWER] = LABEL_ROLE_VIEWER,
                                              [ROLE_AUDITOR] = LABEL_ROLE_AUDITOR };
    enum role role = ROLE_VIEWER;
    struct node *account = node_add(root, "account");
    node_set(account, "login", context->session.login_id);
    node_set(account, "name", context->session.name);
    if (role_read(context->session.role, &role)) {
        node_set(account, "role-text", label_text(context->language, roles[role]));
    }
}

static char *customer_text(uint64_t id, const char *code, const char *name)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT ":%s:%s", id, code, name);
}

static void add_choice(struct node *parent, uint64_t id, uint64_t present, char *text)
{
    struct node *node = node_add(parent, "customer");
    node_set_number(node, "id", (int64_t)id);
    node_take(node, "text", text);
    node_set_flag(node, "selected", id == present);
}

static bool add_choices(struct context *context, struct node *parent, GError **error)
{
    const struct session *session = &context->session;
    g_autoptr(GPtrArray) all = account_customers(context->db, session->account, NULL, CUSTOMERS_AT_TOP, 0, error);
    if (all == NULL) {
        return false;
    }
    add_choice(parent, 0, session->customer, g_strdup(label_text(context->language, LABEL_CUSTOMER_ALL)));
    for (guint i = 0; i < all->len; i++) {
        const struct account_customer *customer = all->pdata[i];
        add_choice(parent, customer->id, session->customer,
                   customer_text(customer->id, customer->code, customer->name));
    }
    return true;
}

static bool add_customers(struct context *context, struct node *root, GError **error)
{
    const struct session *session = &context->session;
    struct node *customers = node_add(root, "customers");
    if (session->customer != 0) {
        node_take(customers, "current-text",
                  customer_text(session->customer, session->customer_code, session->customer_name));
    } else {
        node_set(customers, "current-text", label_text(context->language, LABEL_CUSTOMER_ALL));
    }
    if (session->customers > CUSTOMERS_AT_TOP) {
        node_set(customers, "choose", "/customers");
        return true;
    }
    return session->customers < 2 || strcmp(context->page, "error") == 0 || add_choices(context, customers, error);
}

bool frame_fill(struct context *context, struct node *root, GError **error)
{
    const struct page_entry *entry = find_page(context->page);
    struct node *portal = node_add(root, "portal");
    const char *name = context->config->portal.name;
    node_set(portal, "name", *name != '\0' ? name : label_text(context->language, LABEL_PORTAL_NAME));
    node_set(portal, "operator", context->config->portal.operator_name);
    brand_nodes(portal, context->config);
    g_assert(entry != NULL);
    node_set(root, "title", label_text(context->language, entry->title));
    if (context->session.account == 0) {
        return true;
    }
    add_account(context, root);
    if (context->session.must_change) {
        return true; /* nothing but the change and the logout can be reached */
    }
    add_menu(context, root);
    add_crumbs(context, root, entry);
    return add_customers(context, root, error);
}
