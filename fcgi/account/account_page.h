/*
 * account_page.h: the pages of logging in and out, of one's own password, language and customer.
 */
#ifndef ACCOUNT_ACCOUNT_PAGE_H
#define ACCOUNT_ACCOUNT_PAGE_H

#include "audit/actor.h"
#include "web/router.h"

extern const struct form login_form, login_view_form, password_form, language_form, customer_form, customer_search_form;

page_function login_page, login_submit, logout_submit;
page_function password_page, password_submit;
page_function language_submit, customer_submit, customer_list_page;

/* Who does what a page asks for, for services. */
struct actor context_actor(const struct context *context);

#endif
