/*
 * similar.c: the tables of similar.h.
 */
#include "base/similar.h"

#include <string.h>

struct range {
    gunichar first, last;
};

static bool is_within(const struct range *ranges, gsize n, gunichar c)
{
    for (gsize i = 0; i < n; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

bool similar_is_invisible(gunichar c)
{
    static const struct range ranges[] = {
        { 0x00AD, 0x00AD },  /* soft hyphen */
        { 0x034F, 0x034F },  /* combining grapheme joiner */
        { 0x061C, 0x061C },  /* Arabic letter mark */
        { 0x180E, 0x180E },  /* Mongolian vowel separator */
        { 0x200B, 0x200F },  /* zero-width space and joiners, marks of direction */
        { 0x202A, 0x202E },  /* embeddings and overrides of direction */
        { 0x2060, 0x206F },  /* word joiner, isolates */
        { 0xFE00, 0xFE0F },  /* variation selectors */
        { 0xFEFF, 0xFEFF },  /* byte order mark */
        { 0xE0100, 0xE01EF } /* variation selectors of ideographs */
    };
    return c >= 0x80 && is_within(ranges, G_N_ELEMENTS(ranges), c);
}

static bool is_wave(gunichar c)
{
    static const gunichar waves[] = { 0x02DC, 0x2053, 0x223C, 0x223F, 0x301C, 0x3030, 0xFF5E };
    bool found = c == '~';
    for (gsize i = 0; i < G_N_ELEMENTS(waves); i++) {
        found = found || c == waves[i];
    }
    return found;
}

bool similar_is_dash(gunichar c)
{
    static const struct range ranges[] = {
        { 0x02D7, 0x02D7 },                                         /* modifier letter minus */
        { 0x2043, 0x2043 },                                         /* hyphen bullet */
        { 0x207B, 0x207B },                                         /* superscript and subscript minus */
        { 0x208B, 0x208B }, { 0x2212, 0x2212 }, { 0x23AF, 0x23AF }, /* horizontal line extension */
        { 0x23BC, 0x23BC }, { 0x2500, 0x2501 },                     /* box drawing */
        { 0x2796, 0x2796 },                                         /* heavy minus */
    };
    if (c < 0x80) {
        return c == '-';
    }
    return (g_unichar_type(c) == G_UNICODE_DASH_PUNCTUATION && !is_wave(c)) ||
           is_within(ranges, G_N_ELEMENTS(ranges), c);
}

/* ---- pairs ---- */

struct pair {
    gunichar from, to;
};

/* Neither is the compatibility form of the other, so that no normalisation brings them together. */
static const struct pair pairs[] = {
    { 0x00A5, '\\' },                       /* yen sign: the backslash of CP932 */
    { 0x00A6, 0xFFE4 },                     /* broken bar */
    { 0x00AB, 0x226A },                     /* quotation marks of two angles */
    { 0x00AF, 0xFFE3 },                     /* macron */
    { 0x00B7, 0x30FB },                     /* middle dots */
    { 0x00BB, 0x226B }, { 0x2016, 0x2225 }, /* parallel lines */
    { 0x2018, '\'' },   { 0x2019, '\'' },   { 0x201B, '\'' },   { 0x201C, '"' },    { 0x201D, '"' },
    { 0x201E, '"' },    { 0x201F, '"' },    { 0x2022, 0x30FB }, { 0x2027, 0x30FB }, { 0x203E, 0xFFE3 }, /* overline */
    { 0x2044, '/' }, /* fraction slash */
    { 0x20A9, 0xFFE6 }, { 0x2215, '/' },    { 0x2219, 0x30FB }, { 0x2223, '|' },    { 0x22C5, 0x30FB },
    { 0x22EF, 0x2026 }, /* three dots */
    { 0x2E31, 0x30FB }, { 0x301D, '"' },    { 0x301E, '"' },    { 0x301F, '"' },    { 0xFFE5, '\\' },
};

/* What CP932 has another character for: ideographs of newer standards, letters that do not decompose. */
static const struct {
    gunichar from;
    const char *to;
} stand_ins[] = {
    { 0x00A9, "(C)" },    { 0x00AE, "(R)" },    { 0x00C6, "AE" },     { 0x00D0, "D" },       { 0x00D8, "O" },
    { 0x00DE, "Th" },     { 0x00DF, "ss" },     { 0x00E6, "ae" },     { 0x00F0, "d" },       { 0x00F8, "o" },
    { 0x00FE, "th" },     { 0x0110, "D" },      { 0x0111, "d" },      { 0x0131, "i" },       { 0x0141, "L" },
    { 0x0142, "l" },      { 0x0152, "OE" },     { 0x0153, "oe" },     { 0x20AC, "EUR" },     { 0x4FE0, "\u4FA0" },
    { 0x525D, "\u5265" }, { 0x5653, "\u5618" }, { 0x5861, "\u586B" }, { 0x5C5B, "\u5C4F" },  { 0x6414, "\u63BB" },
    { 0x7626, "\u75E9" }, { 0x7C1E, "\u7BAA" }, { 0x7E6B, "\u7E4B" }, { 0x87EC, "\u8749" },  { 0x881F, "\u874B" },
    { 0x8EC0, "\u8EAF" }, { 0x91AC, "\u91A4" }, { 0x91B1, "\u9197" }, { 0x9830, "\u982C" },  { 0x985A, "\u985B" },
    { 0x9A52, "\u9A28" }, { 0x9DD7, "\u9D0E" }, { 0x9EB4, "\u9EB9" }, { 0x20B9F, "\u53F1" }, { 0x20BB7, "\u5409" },
};

gunichar similar_fold(gunichar c)
{
    if (c < 0x80) {
        return c;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (pairs[i].from == c) {
            return pairs[i].to;
        }
    }
    return similar_is_dash(c) ? '-' : is_wave(c) ? '~' : c;
}

/* ---- what CP932 may have instead ---- */

static char *text_of(gunichar c)
{
    char text[7] = "";
    text[g_unichar_to_utf8(c, text)] = '\0';
    return g_strdup(text);
}

/* A dash that no spreadsheet takes for a sign. */
static char *dash_of(gunichar c)
{
    static const struct range longs[] = {
        { 0x2012, 0x2015 }, { 0x23AF, 0x23BC }, { 0x2E3A, 0x2E3B }, { 0xFE31, 0xFE58 }
    };
    return text_of(is_within(longs, G_N_ELEMENTS(longs), c) ? 0x2015 : 0x2010);
}

/* The base of what is decomposed, without marks. */
static char *base_of(gunichar c)
{
    g_autofree char *text = text_of(c);
    g_autofree char *apart = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
    GString *base = g_string_new(NULL);
    for (const char *at = apart; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar part = g_utf8_get_char(at);
        if (!g_unichar_ismark(part)) {
            g_string_append_unichar(base, similar_fold(part));
        }
    }
    return g_string_free(base, FALSE);
}

void similar_list(gunichar c, char *tries[SIMILAR_TRIES])
{
    guint n = 0;
    memset(tries, 0, SIMILAR_TRIES * sizeof *tries);
    for (gsize i = 0; i < G_N_ELEMENTS(stand_ins); i++) {
        if (stand_ins[i].from == c) {
            tries[n++] = g_strdup(stand_ins[i].to);
        }
    }
    if (similar_is_invisible(c) || g_unichar_ismark(c)) {
        tries[n++] = g_strdup("");
    } else if (similar_is_dash(c)) {
        tries[n++] = dash_of(c);
    } else if (g_unichar_isspace(c)) {
        tries[n++] = g_strdup(" ");
    }
    tries[n++] = text_of(is_wave(c) ? 0xFF5E : similar_fold(c));
    tries[n++] = base_of(c);
    g_assert(n < SIMILAR_TRIES);
}
