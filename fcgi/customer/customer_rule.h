/*
 * customer_rule.h: what codes and names of customers and projects may be. Pure.
 */
#ifndef CUSTOMER_CUSTOMER_RULE_H
#define CUSTOMER_CUSTOMER_RULE_H

#include <glib.h>
#include <stdbool.h>

enum { CUSTOMER_NAME_MOST = 200, PROJECT_NAME_MOST = 200 };

/* True if `code` has the form of a customer's code: TC1000-00009. domain.md, Words. */
bool customer_code_is_good(const char *code);

/* True if `name` can be kept: one line of clean text, not empty, no white space at its ends, at most `most`
 * characters. */
bool customer_name_is_good(const char *name, gsize most);

#endif
