/*
 * params.h: names and values of a query string or a form, decoded once and strictly.
 */
#ifndef WEB_PARAMS_H
#define WEB_PARAMS_H

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>

struct param {
    char *name, *value;
    bool is_mended; /* characters that no text has stood in the value: U+FFFD stands there now */
};

struct params {
    struct param *at;
    guint n;
};

enum { PARAMS_MOST = 2000 };

/* Read application/x-www-form-urlencoded text. Control characters that people paste are mended (text_mend); the form
 * tells them at the field. PORTAL_INVALID: a broken escape, a NUL, text that is not UTF-8, a name with control
 * characters, or more than PARAMS_MOST of them. The caller frees. */
struct params *params_parse(const char *text, gsize length, GError **error);
void params_free(struct params *params);
AUTO_DEFINE(params)

/* The first value called `name`, or NULL. `count`, if not NULL, gets how many there are. */
const char *params_get(const struct params *params, const char *name, guint *count);

/* The first parameter called `name`, or NULL. `count` gets how many there are. */
const struct param *params_find(const struct params *params, const char *name, guint *count);

/* Decode one percent-encoded piece ('+' is a blank if `plus`). NULL: a broken escape, or no clean text. The caller
 * frees. */
char *params_decode(const char *text, gsize length, gboolean plus);

#endif
