/*
 * page_customer.h: the customer that a page belongs to (base/address.h). An account that sees several has it in every
 * address: the router puts it there for session.customer, which the gate has resolved from the address.
 */
#ifndef WEB_PAGE_CUSTOMER_H
#define WEB_PAGE_CUSTOMER_H

#include "web/router.h"

/* Links, forms and redirections of this answer lead to `customer` (0: all) from now on, if the account sees several. */
void page_customer_set(struct context *context, uint64_t customer);

/* True if the address names a customer that the account does not see, or one where there is none to be named. */
bool page_customer_is_astray(const struct context *context);

/* The path of `request` with the customer that it names. The caller frees. */
char *page_customer_path(const struct request *request);

/* The address where one of the customers is chosen, to go on at `back`. The caller frees. */
char *page_customer_choice(const char *back);

#endif
