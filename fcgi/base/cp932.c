/*
 * cp932.c: iconv, and a second way for texts with characters that CP932 lacks.
 */
#include "base/cp932.h"

#include "base/similar.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

static char *convert(const char *text, gsize len, gsize *length)
{
    return g_convert(text, (gssize)len, "CP932", "UTF-8", NULL, length, NULL);
}

static bool append(GString *out, const char *text)
{
    gsize length = 0;
    g_autofree char *bytes = convert(text, strlen(text), &length);
    if (bytes != NULL) {
        g_string_append_len(out, bytes, (gssize)length);
    }
    return bytes != NULL;
}

/* A quote would end the cell that it stands in. */
static void soften(char *text)
{
    for (char *at = text; at != NULL && *at != '\0'; at++) {
        *at = *at == '"' ? '\'' : (guchar)*at < ' ' ? ' ' : *at;
    }
}

static void append_nearest(GString *out, gunichar c)
{
    char *tries[SIMILAR_TRIES];
    bool done = false;
    similar_list(c, tries);
    for (gsize i = 0; i < SIMILAR_TRIES; i++) {
        soften(tries[i]);
        done = done || (tries[i] != NULL && append(out, tries[i]));
        g_free(tries[i]);
    }
    if (!done) {
        g_string_append_c(out, '?');
    }
}

static char *encode_slowly(const char *text, gsize len, gsize *length)
{
    g_autofree char *whole = g_strndup(text, len);
    g_autofree char *composed = text_compose_canonical(whole);
    GString *out = g_string_sized_new(len);
    for (const char *at = composed; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        char one[7] = "";
        g_unichar_to_utf8(c, one);
        if (c < 0x80) {
            g_string_append_c(out, *at);
        } else if (!append(out, one)) {
            append_nearest(out, c);
        }
    }
    *length = out->len;
    return g_string_free(out, FALSE);
}

/* CP932 has no combining mark, so that what can be converted is composed as far as it takes. */
char *cp932_encode(const char *text, gsize len, gsize *length)
{
    char *bytes = convert(text, len, length);
    return bytes != NULL ? bytes : encode_slowly(text, len, length);
}
