/*
 * account_rule.c: what a login id may be. Pure.
 */
#include "account/account_rule.h"

#include "base/text.h"

#include <string.h>

bool account_login_id_is_good(const char *login_id)
{
    if (!text_is_clean(login_id, strlen(login_id), false)) {
        return false;
    }
    for (const char *at = login_id; *at != '\0'; at = g_utf8_next_char(at)) {
        if (g_unichar_isspace(g_utf8_get_char(at))) {
            return false;
        }
    }
    gsize length = text_length(login_id);
    return length >= ACCOUNT_LOGIN_LEAST && length <= ACCOUNT_LOGIN_MOST;
}
