/*
 * params.c: the one decoder of what browsers send in addresses and forms.
 */
#include "web/params.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

/* The bytes; NULL: a broken escape. */
static GString *unescape(const char *text, gsize length, gboolean plus)
{
    GString *out = g_string_sized_new(length);
    gboolean good = TRUE;
    for (gsize i = 0; i < length && good; i++) {
        if (text[i] == '+' && plus) {
            g_string_append_c(out, ' ');
        } else if (text[i] != '%') {
            g_string_append_c(out, text[i]);
        } else if (i + 2 < length && g_ascii_isxdigit(text[i + 1]) && g_ascii_isxdigit(text[i + 2])) {
            g_string_append_c(out, (char)(g_ascii_xdigit_value(text[i + 1]) * 16 + g_ascii_xdigit_value(text[i + 2])));
            i += 2;
        } else {
            good = FALSE;
        }
    }
    if (!good) {
        g_string_free(out, TRUE);
    }
    return good ? out : NULL;
}

char *params_decode(const char *text, gsize length, gboolean plus)
{
    GString *out = unescape(text, length, plus);
    return out != NULL ? g_string_free(out, !text_is_clean(out->str, out->len, true)) : NULL;
}

static char *decode_value(const char *text, gsize length, bool *is_mended)
{
    g_autoptr(GString) out = unescape(text, length, TRUE);
    char *value = out != NULL ? text_mend(out->str, out->len, is_mended) : NULL;
    if (out != NULL) {
        explicit_bzero(out->str, out->len); /* it may be a password */
    }
    return value;
}

static gboolean add(GArray *all, const char *text, gsize length)
{
    const char *equals = memchr(text, '=', length);
    gsize name_length = equals != NULL ? (gsize)(equals - text) : length;
    struct param param = { .name = params_decode(text, name_length, TRUE) };
    if (param.name != NULL) {
        param.value =
            equals != NULL ? decode_value(equals + 1, length - name_length - 1, &param.is_mended) : g_strdup("");
    }
    if (param.value == NULL) {
        g_free(param.name);
        return FALSE;
    }
    g_array_append_val(all, param);
    return TRUE;
}

struct params *params_parse(const char *text, gsize length, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct param));
    gboolean good = TRUE;
    for (gsize at = 0; at < length && good;) {
        const char *end = memchr(text + at, '&', length - at);
        gsize size = end != NULL ? (gsize)(end - text) - at : length - at;
        if (size > 0) {
            good = all->len < PARAMS_MOST && add(all, text + at, size);
        }
        at += size + 1;
    }
    struct params *params = g_new0(struct params, 1);
    params->n = all->len;
    params->at = (struct param *)(void *)g_array_free(g_steal_pointer(&all), FALSE);
    if (!good) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "parameter %u cannot be read", params->n + 1);
        g_clear_pointer(&params, params_free);
    }
    return params;
}

void params_free(struct params *params)
{
    for (guint i = 0; i < params->n; i++) {
        explicit_bzero(params->at[i].value, strlen(params->at[i].value));
        g_free(params->at[i].name);
        g_free(params->at[i].value);
    }
    g_free(params->at);
    g_free(params);
}

const struct param *params_find(const struct params *params, const char *name, guint *count)
{
    const struct param *first = NULL;
    *count = 0;
    for (guint i = 0; i < params->n; i++) {
        if (strcmp(params->at[i].name, name) == 0) {
            first = first != NULL ? first : &params->at[i];
            (*count)++;
        }
    }
    return first;
}

const char *params_get(const struct params *params, const char *name, guint *count)
{
    guint found = 0;
    const struct param *first = params_find(params, name, &found);
    if (count != NULL) {
        *count = found;
    }
    return first != NULL ? first->value : NULL;
}
