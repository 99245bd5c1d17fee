/*
 * csv.c: cells by libcsv's quoting, rows, charset.
 */
#include "base/csv.h"

#include <csv.h>
#include <string.h>

static const char byte_order_mark[] = "\xEF\xBB\xBF";

void csv_begin(struct csv *csv, enum csv_charset charset)
{
    *csv = (struct csv){ .charset = charset, .text = g_string_sized_new(65536) };
    if (charset == CSV_UTF8) {
        g_string_append(csv->text, byte_order_mark);
    }
}

void csv_clear(struct csv *csv)
{
    g_string_free(csv->text, TRUE);
}

/* A negative number is a number, not a formula. */
static bool is_number(const char *text)
{
    return *text == '-' && text[1] != '\0' && strspn(text + 1, "0123456789.") == strlen(text + 1);
}

/* Spreadsheets take the full-width signs for the same as the ASCII ones. */
static bool is_formula(const char *text)
{
    static const char *const wide[] = { "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20" };
    if (strchr("=+-@\t\r\n", *text) != NULL) {
        return !is_number(text);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(wide); i++) {
        if (strncmp(text, wide[i], 3) == 0) {
            return true;
        }
    }
    return false;
}

void csv_cell(struct csv *csv, const char *text)
{
    g_autofree char *safe = NULL;
    const char *cell = text != NULL ? text : "";
    if (*cell != '\0' && is_formula(cell)) {
        safe = g_strconcat("'", cell, NULL);
        cell = safe;
    }
    gsize length = strlen(cell), need = 2 * length + 2, start = csv->text->len + (csv->cells > 0 ? 1 : 0);
    if (csv->cells++ > 0) {
        g_string_append_c(csv->text, ',');
    }
    g_string_set_size(csv->text, start + need);
    gsize written = csv_write(csv->text->str + start, need, cell, length);
    g_string_set_size(csv->text, start + written);
}

void csv_end_row(struct csv *csv)
{
    g_string_append(csv->text, "\r\n");
    csv->cells = 0;
}

char *csv_take(struct csv *csv, gsize *length)
{
    char *taken = NULL;
    if (csv->charset == CSV_CP932) {
        taken =
            g_convert_with_fallback(csv->text->str, (gssize)csv->text->len, "CP932", "UTF-8", "?", NULL, length, NULL);
        g_assert(taken != NULL);
    } else {
        *length = csv->text->len;
        taken = g_memdup2(csv->text->str, csv->text->len);
    }
    g_string_truncate(csv->text, 0);
    return taken;
}
