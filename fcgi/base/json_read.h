/*
 * json_read.h: JSON that somebody else has sent, read strictly: whatever two readers could understand in two ways is
 * refused.
 */
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H

#include <glib.h>
#include <json-c/json.h>
#include <stdbool.h>

enum { JSON_DEPTH_MOST = 8 };

/* Read the one object that `text` is. PORTAL_INVALID: it is no JSON or no object, goes deeper than JSON_DEPTH_MOST, has
 * a member twice or a NUL, were it escaped, or is not UTF-8. A byte order mark before it is skipped. The caller puts.
 */
struct json_object *json_read(const char *text, gsize length, GError **error);

/* Whether a string of what json_read has taken holds half of a pair of surrogates: JSON by its grammar, but no text. */
bool json_has_half_pair(const char *text, gsize length);

#endif
