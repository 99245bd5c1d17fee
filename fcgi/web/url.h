/*
 * url.h: builds addresses of ours, query included, every value encoded.
 */
#ifndef WEB_URL_H
#define WEB_URL_H

#include <glib.h>
#include <stdbool.h>

/* Append name=value to `url`, with '?' or '&' before it as is right; an empty or NULL value is left out. */
void url_add(GString *url, const char *name, const char *value);
void url_add_number(GString *url, const char *name, guint64 value);

/* True if `path` may be gone to after a login: a path of this portal, no other host. */
bool url_is_local(const char *path);

#endif
