/*
 * text.c: folding and checking of text, see text.h.
 */
#include "base/text.h"

#include "base/similar.h"

#include <string.h>

static bool is_forbidden(gunichar c, bool lines)
{
    if (c == '\t' || c == '\n' || c == '\r')
        return !lines;
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

bool text_is_clean(const char *text, gsize len, bool lines)
{
    if (!g_utf8_validate_len(text, len, NULL))
        return false;
    for (const char *at = text; at < text + len; at = g_utf8_next_char(at))
        if (is_forbidden(g_utf8_get_char(at), lines))
            return false;
    return true;
}

char *text_mend(const char *text, gsize len, bool *mended)
{
    enum { VERTICAL_TAB = 0x0B, FORM_FEED = 0x0C, NEXT_LINE = 0x85, REPLACEMENT = 0xFFFD };

    if (!g_utf8_validate_len(text, len, NULL)) /* a NUL is none for it */
        return NULL;
    *mended = false;
    if (text_is_clean(text, len, true))
        return g_strndup(text, len);
    GString *mend = g_string_sized_new(len);
    for (const char *at = text; at < text + len; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);

        if (c == VERTICAL_TAB || c == FORM_FEED || c == NEXT_LINE) {
            c = '\n';
        } else if (is_forbidden(c, true)) {
            c = REPLACEMENT;
            *mended = true;
        }
        g_string_append_unichar(mend, c);
    }
    return g_string_free(mend, FALSE);
}

gsize text_length(const char *text)
{
    return (gsize)g_utf8_strlen(text, -1);
}

char *text_trim(const char *text)
{
    const char *end = text + strlen(text);

    while (*text && g_unichar_isspace(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    while (end > text) {
        const char *last = g_utf8_prev_char(end);

        if (!g_unichar_isspace(g_utf8_get_char(last)))
            break;
        end = last;
    }
    return g_strndup(text, (gsize)(end - text));
}

char *text_fold_width(const char *text)
{
    GString *folded = g_string_new(NULL);

    for (; *text; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);

        if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFEE0;
        else if (c == 0x3000)
            c = ' ';
        if (!similar_is_invisible(c))
            g_string_append_unichar(folded, c);
    }
    return g_string_free(folded, FALSE);
}

char *text_visible(const char *text)
{
    GString *visible = g_string_new(NULL);

    for (; *text; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);

        if (!similar_is_invisible(c))
            g_string_append_unichar(visible, c);
    }
    return g_string_free(visible, FALSE);
}

/* Where the text within ="..." or behind a ' begins, and how long it is; false if it is neither. */
static bool find_kept(const char *text, const char **begin, gsize *length)
{
    gsize n = strlen(text);

    if (n >= 3 && g_str_has_prefix(text, "=\"") && text[n - 1] == '"') {
        *begin = text + 2;
        *length = n - 3;
        return true;
    }
    *begin = text + 1;
    *length = n - 1;
    return *text == '\'';
}

char *text_of_cell(const char *typed)
{
    if (!g_utf8_validate(typed, -1, NULL))
        return g_strdup(typed);
    g_autofree char *folded = text_fold_width(typed);
    g_autofree char *trimmed = text_trim(folded);
    const char *begin;
    gsize length;

    if (!find_kept(trimmed, &begin, &length))
        return g_steal_pointer(&trimmed);
    g_autofree char *kept = g_strndup(begin, length);
    return text_trim(kept);
}

char *text_id(const char *typed)
{
    g_autofree char *text = text_of_cell(typed);
    if (!g_utf8_validate(text, -1, NULL))
        return g_steal_pointer(&text);
    GString *id = g_string_new(NULL);

    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);

        g_string_append_unichar(id, similar_is_dash(c) ? '-' : c);
    }
    return g_string_free(id, FALSE);
}

bool text_is_kept_cell(const char *typed)
{
    if (!g_utf8_validate(typed, -1, NULL))
        return false;
    g_autofree char *folded = text_fold_width(typed);
    g_autofree char *trimmed = text_trim(folded);
    const char *begin;
    gsize length;

    return find_kept(trimmed, &begin, &length);
}

static gunichar hiragana(gunichar c)
{
    bool katakana = (c >= 0x30A1 && c <= 0x30F6) || c == 0x30FD || c == 0x30FE;

    return katakana ? c - 0x60 : c;
}

/* GLib folds Cherokee letters into the other case, whichever they have: into the capitals here. */
static gunichar cherokee(gunichar c)
{
    return c >= 0xAB70 && c <= 0xABBF ? c - 0xAB70 + 0x13A0 : c >= 0x13F8 && c <= 0x13FD ? c - 8 : c;
}

/* One character for all that look alike, none that cannot be seen. */
static char *fold_similar(const char *text)
{
    GString *folded = g_string_new(NULL);

    for (; *text; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);

        if (!similar_is_invisible(c))
            g_string_append_unichar(folded, similar_fold(c));
    }
    return g_string_free(folded, FALSE);
}

/* Kana folded, each run of white space one space, none at the ends. */
static char *fold_kana_and_space(const char *text)
{
    GString *folded = g_string_new(NULL);
    bool gap = false;

    for (; *text; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);

        if (g_unichar_isspace(c)) {
            gap = true;
            continue;
        }
        if (gap && folded->len)
            g_string_append_c(folded, ' ');
        gap = false;
        g_string_append_unichar(folded, cherokee(hiragana(c)));
    }
    return g_string_free(folded, FALSE);
}

static char *compose(const char *text, GNormalizeMode mode)
{
    char *composed = g_utf8_normalize(text, -1, mode);
    if (composed == NULL) {
        g_error("no memory for a text"); /* GLib says nothing here, where it ends the process elsewhere */
    }
    return composed;
}

char *text_compose(const char *text)
{
    return compose(text, G_NORMALIZE_ALL_COMPOSE);
}

char *text_compose_canonical(const char *text)
{
    return compose(text, G_NORMALIZE_DEFAULT_COMPOSE);
}

char *text_search_key(const char *text)
{
    g_autofree char *similar = fold_similar(text);
    g_autofree char *composed = text_compose(similar);
    g_autofree char *caseless = g_utf8_casefold(composed, -1);
    /* Folding the case can leave letters decomposed, and a compatibility form be one of several alike. */
    g_autofree char *again = text_compose(caseless);
    g_autofree char *alike = fold_similar(again);

    return fold_kana_and_space(alike);
}

char *text_like(const char *text)
{
    GString *pattern = g_string_new("%");

    for (; *text; text++) {
        if (*text == '%' || *text == '_' || *text == '\\')
            g_string_append_c(pattern, '\\');
        g_string_append_c(pattern, *text);
    }
    g_string_append_c(pattern, '%');
    return g_string_free(pattern, FALSE);
}

static bool is_between_digits(gunichar c)
{
    return similar_is_dash(c) || c == 0x30FC || c == 0xFF70 /* the long vowel marks stand where a hyphen was meant */ ||
           c == '(' || c == ')' || g_unichar_isspace(c);
}

char *text_digits(const char *text)
{
    g_autofree char *folded = text_fold_width(text);
    GString *digits = g_string_new(NULL);

    for (const char *at = folded; *at; at = g_utf8_next_char(at)) {
        if (g_ascii_isdigit(*at)) {
            g_string_append_c(digits, *at);
        } else if (!is_between_digits(g_utf8_get_char(at))) {
            g_string_free(digits, TRUE);
            return NULL;
        }
    }
    return g_string_free(digits, FALSE);
}

/* Units of 10 MB, half of one rounded up; without overflow for any number. */
static uint64_t hundredths(int64_t bytes, const char **sign)
{
    uint64_t size = bytes < 0 ? -(uint64_t)bytes : (uint64_t)bytes;
    uint64_t unit = TEXT_GB / 100;
    uint64_t rounded = size / unit + (size % unit >= unit / 2);

    *sign = bytes < 0 && rounded ? "-" : "";
    return rounded;
}

gsize text_digits_write(char *out, uint64_t number)
{
    char reversed[TEXT_DIGITS_MOST];
    gsize n = 0;

    do {
        reversed[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (gsize i = 0; i < n; i++)
        out[i] = reversed[n - 1 - i];
    return n;
}

char *text_gb_in(char buffer[TEXT_GB_MOST], int64_t bytes)
{
    const char *sign;
    uint64_t size = hundredths(bytes, &sign);
    char *at = buffer;

    if (*sign)
        *at++ = *sign;
    at += text_digits_write(at, size / 100);
    *at++ = '.';
    *at++ = (char)('0' + size / 10 % 10);
    *at++ = (char)('0' + size % 10);
    *at = '\0';
    return buffer;
}

char *text_gb(int64_t bytes)
{
    char buffer[TEXT_GB_MOST];

    return g_strdup(text_gb_in(buffer, bytes));
}

static char *show_capacity(int64_t bytes, const char *unit)
{
    const char *sign;
    uint64_t size = hundredths(bytes, &sign);
    unsigned rest = (unsigned)(size % 100);

    if (rest % 10 == 0)
        return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%u%s", sign, size / 100, rest / 10, unit);
    return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%02u%s", sign, size / 100, rest, unit);
}

char *text_capacity(int64_t bytes)
{
    return show_capacity(bytes, " GB");
}

char *text_capacity_total(int64_t bytes)
{
    return show_capacity(bytes, "GB");
}
