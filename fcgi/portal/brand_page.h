/*
 * brand_page.h: the operator's colour and logo as files of their own.
 */
#ifndef PORTAL_BRAND_PAGE_H
#define PORTAL_BRAND_PAGE_H

#include "web/router.h"

page_function brand_css_page, brand_logo_page;

/* Add to <portal>: css and logo, where to find them, if the operator has set them. */
void brand_nodes(struct node *portal, const struct config *config);

#endif
