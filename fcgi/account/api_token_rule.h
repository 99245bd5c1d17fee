/*
 * api_token_rule.h: what a token of the API looks like. The word before it lets people and programs that look for
 * leaked secrets know what they have found.
 */
#ifndef ACCOUNT_API_TOKEN_RULE_H
#define ACCOUNT_API_TOKEN_RULE_H

#include <stdbool.h>

#define API_TOKEN_WORD "simportal_"

enum { API_TOKEN_PREFIX = 18, API_TOKEN_DAYS = 365, API_TOKEN_DAYS_MOST = 3660 };

/* True if `text` has the form of a token. */
bool api_token_is_well_formed(const char *text);

/* The token of an Authorization header ("Bearer …", the word in any case); NULL if it is none. A part of `header`. */
const char *api_token_of_header(const char *header);

#endif
