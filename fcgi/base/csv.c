/*
 * csv.c: cells, rows, charset. Files of a million rows go through here: a cell is written where it stays, and looked at
 * once.
 */
#include "base/csv.h"

#include "base/cp932.h"
#include "base/similar.h"
#include "base/text.h"

#include <string.h>

static const char byte_order_mark[] = "\xEF\xBB\xBF";

enum { TEXT_START = 65536, CELL_ENDS = 4 /* its quotes, a comma, an apostrophe */ };

void csv_begin(struct csv *csv, enum csv_charset charset)
{
    *csv = (struct csv){ .charset = charset, .text = g_string_sized_new(TEXT_START) };
    if (charset == CSV_UTF8) {
        g_string_append(csv->text, byte_order_mark);
    }
}

void csv_clear(struct csv *csv)
{
    g_string_free(csv->text, TRUE);
}

/* Where `n` more bytes, and some ends, may be written. */
static char *room(struct csv *csv, gsize n)
{
    gsize length = csv->text->len;
    if (length + n + CELL_ENDS >= csv->text->allocated_len) {
        g_string_set_size(csv->text, length + n + CELL_ENDS);
        csv->text->len = length;
    }
    return csv->text->str + length;
}

/* A negative number is a number, not a formula. */
static bool is_number(const char *text)
{
    return *text == '-' && text[1] != '\0' && strspn(text + 1, "0123456789.") == strlen(text + 1);
}

/* Spreadsheets keep fifteen digits of a number, and make zeros of the others. */
static bool is_long_number(const char *text)
{
    enum { DIGITS_KEPT = 15 };
    gsize digits = strspn(text, "0123456789");
    return digits > DIGITS_KEPT && text[digits] == '\0';
}

/* Signs of other widths, which spreadsheets take for the same as the ASCII ones, or which CP932 has only those for. */
static bool is_sign(gunichar c)
{
    static const gunichar signs[] = {
        0x02D7, 0x207A, 0x207B, 0x207C, 0x208A, 0x208B, 0x208C, 0x2212, 0x2795, 0x2796,
        0xFB29, 0xFE62, 0xFE63, 0xFE66, 0xFE6B, 0xFF0B, 0xFF0D, 0xFF1D, 0xFF20,
    };
    bool found = c < 0x80 && c != 0 && strchr("=+-@", (int)c) != NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
        found = found || c == signs[i];
    }
    return found;
}

/* Whether the first character that stands for itself is a sign, or white space that hides one; what cannot be
 * seen is lost on the way, and so are marks of letters that CP932 does not have. */
static bool begins_with_sign(const char *text)
{
    gunichar c = g_utf8_get_char(text);
    while (c != 0 && (similar_is_invisible(c) || g_unichar_ismark(c))) {
        text = g_utf8_next_char(text);
        c = g_utf8_get_char(text);
    }
    return is_sign(g_utf8_get_char(text)) || (*text != '\0' && strchr("\t\r\n", *text) != NULL);
}

/* Whether a byte begins a letter of ASCII or a character from U+4000 to U+9FFF, none of which is a sign or a mark. */
static bool is_letter(char byte)
{
    return g_ascii_isalpha(byte) || ((guchar)byte >= 0xE4 && (guchar)byte <= 0xE9);
}

/* Formulas, and numbers that would be rounded. A letter begins neither, and nor does most of what is beyond ASCII. */
static bool needs_apostrophe(const char *text)
{
    switch (*text) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
        return !is_number(text);
    default:
        return g_ascii_isdigit(*text) ? is_long_number(text) : !is_letter(*text) && begins_with_sign(text);
    }
}

void csv_open(struct csv *csv)
{
    char *at = room(csv, 0), *begin = at;
    if (csv->cells++ > 0) {
        *at++ = ',';
    }
    *at++ = '"';
    csv->text->len += (gsize)(at - begin);
    csv->cell = csv->text->len;
}

void csv_text(struct csv *csv, const char *text)
{
    gsize length = strlen(text);
    char *at = room(csv, 2 * length), *begin = at;
    if (memchr(text, '"', length) == NULL) {
        memcpy(at, text, length);
        csv->text->len += length;
        return;
    }
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            *at++ = '"';
        }
        *at++ = *text;
    }
    csv->text->len += (gsize)(at - begin);
}

void csv_number(struct csv *csv, uint64_t number)
{
    csv->text->len += text_digits_write(room(csv, TEXT_DIGITS_MOST), number);
}

void csv_close(struct csv *csv)
{
    *room(csv, 0) = '\0';
    if (needs_apostrophe(csv->text->str + csv->cell)) {
        g_string_insert_c(csv->text, (gssize)csv->cell, '\'');
    }
    *room(csv, 0) = '"';
    csv->text->len++;
}

void csv_cell(struct csv *csv, const char *text)
{
    csv_open(csv);
    csv_text(csv, text != NULL ? text : "");
    csv_close(csv);
}

void csv_end_row(struct csv *csv)
{
    memcpy(room(csv, 2), "\r\n", 2);
    csv->text->len += 2;
    csv->cells = 0;
}

static bool flush_cp932(const GString *text, csv_write_out *write, void *data)
{
    gsize length = 0;
    g_autofree char *bytes = cp932_encode(text->str, text->len, &length);
    return write(data, bytes, length);
}

bool csv_flush(struct csv *csv, csv_write_out *write, void *data)
{
    bool good =
        csv->charset == CSV_CP932 ? flush_cp932(csv->text, write, data) : write(data, csv->text->str, csv->text->len);
    g_string_truncate(csv->text, 0);
    return good;
}

static bool keep(void *data, const char *bytes, gsize n)
{
    g_string_append_len((GString *)data, bytes, (gssize)n);
    return true;
}

char *csv_take(struct csv *csv, gsize *length)
{
    GString *taken = g_string_sized_new(csv->text->len);
    csv_flush(csv, keep, taken);
    *length = taken->len;
    return g_string_free(taken, FALSE);
}
