/*
 * pager.h: which rows of a list a page shows, and the links to the others.
 */
#ifndef WEB_PAGER_H
#define WEB_PAGER_H

#include "view/doc.h"

#include <glib.h>
#include <stdint.h>

struct pager {
    uint64_t total, page, pages; /* page counts from 1; pages is at least 1 */
    uint64_t first, last;        /* rows shown, from 1; both 0 when there are none */
    uint64_t offset;
    guint per_page;
};

/* The page `wanted` (0: the first) of `total` rows; one past the end is the last. */
struct pager pager_make(uint64_t total, guint per_page, uint64_t wanted);

/* Set total, first, last, page, pages, per-page on `list`, and with several pages add <pager> with links of `url`
 * (a path of ours with everything but the page). `previous` and `next`, if not NULL, replace those two links: lists
 * that go on by key. Numbers are grouped by thousands. */
void pager_node(struct node *list, const struct pager *pager, const char *url, const char *previous, const char *next);

/* 1234567 as "1,234,567". The caller frees. */
char *pager_number(uint64_t number);

#endif
