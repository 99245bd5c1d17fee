/*
 * account_rule.h: what a login id may be. Pure.
 */
#ifndef ACCOUNT_ACCOUNT_RULE_H
#define ACCOUNT_ACCOUNT_RULE_H

#include <stdbool.h>

enum { ACCOUNT_LOGIN_LEAST = 3, ACCOUNT_LOGIN_MOST = 64, ACCOUNT_NAME_MOST = 100, ACCOUNT_PASSWORD_LENGTH = 16 };

/* True if `login_id` can be one: 3 to 64 characters of clean text without white space. */
bool account_login_id_is_good(const char *login_id);

#endif
