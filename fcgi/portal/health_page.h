/*
 * health_page.h: whether this process and its database answer, for monitors.
 */
#ifndef PORTAL_HEALTH_PAGE_H
#define PORTAL_HEALTH_PAGE_H

#include "web/router.h"

page_function health_page;

#endif
