/*
 * accept.c: see accept.h.
 */
#include "web/accept.h"

#include <glib.h>
#include <string.h>

/* "0.8" in thousandths; 1000 without one, 0 for what is none. */
static int quality(const char *parameters)
{
    const char *at = strstr(parameters, "q=");
    if (at == NULL) {
        return 1000;
    }
    double q = g_ascii_strtod(at + 2, NULL);
    return q > 0 && q <= 1 ? (int)(q * 1000) : 0;
}

/* "en-GB" is English as well. */
static bool read_tag(const char *tag, gsize length, enum language *language)
{
    if (length < 2 || (length > 2 && tag[2] != '-')) {
        return false;
    }
    char code[] = { g_ascii_tolower(tag[0]), g_ascii_tolower(tag[1]), '\0' };
    return language_from_code(code, language);
}

bool accept_language(const char *header, enum language *language)
{
    g_auto(GStrv) ranges = g_strsplit(header, ",", 20);
    int best = 0;
    for (char **range = ranges; *range != NULL; range++) {
        enum language read = LANGUAGE_JA;
        const char *tag = g_strstrip(*range);
        gsize length = strcspn(tag, "; ");
        int liked = quality(tag + length);
        if (liked > best && read_tag(tag, length, &read)) {
            best = liked;
            *language = read;
        }
    }
    return best > 0;
}
