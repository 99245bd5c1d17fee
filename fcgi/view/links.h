/*
 * links.h: the links and forms of a rendered page lead to the customer that the page was shown for.
 */
#ifndef VIEW_LINKS_H
#define VIEW_LINKS_H

#include <libxml/tree.h>

/* Put `base` (address.h) before each address of ours in `result`: the one place where pages get it. */
void links_below(xmlDoc *result, const char *base);

#endif
