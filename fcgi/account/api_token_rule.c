/*
 * api_token_rule.c: see api_token_rule.h.
 */
#include "account/api_token_rule.h"

#include "base/token.h"

#include <glib.h>
#include <string.h>

bool api_token_is_well_formed(const char *text)
{
    return g_str_has_prefix(text, API_TOKEN_WORD) && token_is_well_formed(text + strlen(API_TOKEN_WORD));
}

const char *api_token_of_header(const char *header)
{
    static const char scheme[] = "Bearer";
    gsize n = strlen(scheme);
    if (g_ascii_strncasecmp(header, scheme, n) != 0 || header[n] != ' ') {
        return NULL;
    }
    const char *token = header + n + strspn(header + n, " ");
    return api_token_is_well_formed(token) ? token : NULL;
}
