/*
 * start_page.h: the first page after the login.
 */
#ifndef PORTAL_START_PAGE_H
#define PORTAL_START_PAGE_H

#include "web/router.h"

extern const struct form start_form;
page_function start_page;

/* What answers a small form (language, customer) whose value nobody offered. */
page_function bad_choice_page;

#endif
