/*
 * pager.c: page numbers: the first, the last, and those around the present one.
 */
#include "web/pager.h"

#include "web/params.h"
#include "web/url.h"

#include <string.h>

enum { AROUND = 2, JUMP_FROM = 10 };

struct pager pager_make(uint64_t total, guint per_page, uint64_t wanted)
{
    struct pager pager = { .total = total, .per_page = per_page };
    pager.pages = total == 0 ? 1 : (total + per_page - 1) / per_page;
    pager.page = CLAMP(wanted, 1, pager.pages);
    pager.offset = (pager.page - 1) * per_page;
    pager.first = total == 0 ? 0 : pager.offset + 1;
    pager.last = MIN(pager.offset + per_page, total);
    return pager;
}

char *pager_number(uint64_t number)
{
    GString *text = g_string_new(NULL);
    g_string_printf(text, "%" G_GUINT64_FORMAT, number);
    for (gssize at = (gssize)text->len - 3; at > 0; at -= 3) {
        g_string_insert_c(text, at, ',');
    }
    return g_string_free(text, FALSE);
}

static char *page_url(const char *url, uint64_t page)
{
    GString *link = g_string_new(url);
    if (page > 1) {
        url_add_number(link, "page", page);
    }
    return g_string_free(link, FALSE);
}

static void page_link(struct node *parent, const struct pager *pager, const char *url, uint64_t page)
{
    struct node *node = node_add(parent, "page");
    node_set_number(node, "n", (int64_t)page);
    node_take(node, "href", page_url(url, page));
    node_set_flag(node, "current", page == pager->page);
}

/* With many pages one may type a number; the form keeps everything else of the address. */
static void jump(struct node *parent, const struct pager *pager, const char *url)
{
    const char *question = strchr(url, '?');
    struct node *node = node_add(parent, "jump");
    node_set_number(node, "max", (int64_t)pager->pages);
    node_take(node, "action", g_strndup(url, question != NULL ? (gsize)(question - url) : strlen(url)));
    if (question == NULL) {
        return;
    }
    AUTO(params) struct params *params = params_parse(question + 1, strlen(question + 1), NULL);
    for (guint i = 0; params != NULL && i < params->n; i++) {
        struct node *hidden = node_add(node, "hidden");
        node_set(hidden, "name", params->at[i].name);
        node_set(hidden, "value", params->at[i].value);
    }
}

static void links(struct node *list, const struct pager *pager, const char *url, const char *previous, const char *next)
{
    struct node *node = node_add(list, "pager");
    uint64_t from = pager->page > AROUND ? pager->page - AROUND : 1;
    uint64_t to = MIN(pager->page + AROUND, pager->pages);
    if (pager->page > 1) {
        node_take(node, "previous", previous != NULL ? g_strdup(previous) : page_url(url, pager->page - 1));
    }
    if (pager->page < pager->pages) {
        node_take(node, "next", next != NULL ? g_strdup(next) : page_url(url, pager->page + 1));
    }
    if (from > 1) {
        page_link(node, pager, url, 1);
    }
    if (from > 2) {
        node_set_flag(node_add(node, "page"), "gap", true);
    }
    for (uint64_t page = from; page <= to; page++) {
        page_link(node, pager, url, page);
    }
    if (to + 1 < pager->pages) {
        node_set_flag(node_add(node, "page"), "gap", true);
    }
    if (to < pager->pages) {
        page_link(node, pager, url, pager->pages);
    }
    if (pager->pages >= JUMP_FROM) {
        jump(node, pager, url);
    }
}

void pager_node(struct node *list, const struct pager *pager, const char *url, const char *previous, const char *next)
{
    node_take(list, "total", pager_number(pager->total));
    node_take(list, "first", pager_number(pager->first));
    node_take(list, "last", pager_number(pager->last));
    node_set_number(list, "page", (int64_t)pager->page);
    node_set_number(list, "pages", (int64_t)pager->pages);
    node_set_number(list, "per-page", pager->per_page);
    if (pager->pages > 1) {
        links(list, pager, url, previous, next);
    }
}
