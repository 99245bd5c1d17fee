/*
 * url.c: encodes queries; decides which addresses are our own.
 */
#include "web/url.h"

#include <string.h>

void url_add(GString *url, const char *name, const char *value)
{
    if (value == NULL || *value == '\0') {
        return;
    }
    g_string_append_c(url, strchr(url->str, '?') != NULL ? '&' : '?');
    g_string_append(url, name);
    g_string_append_c(url, '=');
    g_string_append_uri_escaped(url, value, NULL, FALSE);
}

void url_add_number(GString *url, const char *name, guint64 value)
{
    char text[24];
    g_snprintf(text, sizeof text, "%" G_GUINT64_FORMAT, value);
    url_add(url, name, text);
}

/* "//host" and "/\host" lead elsewhere in browsers. */
bool url_is_local(const char *path)
{
    if (path[0] != '/' || path[1] == '/' || path[1] == '\\' || strlen(path) > 1000) {
        return false;
    }
    for (const char *at = path; *at != '\0'; at++) {
        if (*at <= 0x20 || *at > 0x7E || *at == '\\') {
            return false;
        }
    }
    return true;
}
