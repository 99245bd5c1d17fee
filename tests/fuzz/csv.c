/*
 * csv.c: fuzzes the writer of CSV files by the reader of them: whatever stands in the cells, a file of ours gives the
 * same rows again, and no cell begins as a formula. The input: cells ended by 0x1F, rows by 0x1E; its first byte the
 * charset.
 */
#include "fuzz.h"

#include "base/cp932.h"
#include "base/csv.h"
#include "base/csv_read.h"
#include "base/text.h"

#define CELL_END "\x1F"
#define ROW_END "\x1E"

static const char head[] = "\u96FB\u8A71\u756A\u53F7"; /* as every file of ours has one: it shows the charset */

struct reading {
    char **rows; /* that are still to come */
    enum csv_charset charset;
    guint64 number;
};

/* What of a text is left in the charset: what it lacks is what is nearest, and some have one place for two. */
static char *through(enum csv_charset charset, const char *text)
{
    if (charset == CSV_UTF8) {
        return g_strdup(text);
    }
    gsize length = 0;
    g_autofree char *there = cp932_encode(text, strlen(text), &length);
    return g_convert(there, (gssize)length, "UTF-8", "CP932", NULL, NULL, NULL);
}

static bool is_formula(const char *cell)
{
    g_autofree char *folded = text_fold_width(cell);
    bool is_number = *cell == '-' && cell[1] != '\0' && strspn(cell + 1, "0123456789.") == strlen(cell + 1);
    return *cell != '\0' && !is_number &&
           (strchr("\t\r\n", *cell) != NULL || (*folded != '\0' && strchr("\t\r\n=+-@", *folded) != NULL) ||
            g_str_has_prefix(folded, "\u2212"));
}

/* An apostrophe is in front of what a spreadsheet would calculate or round, and of nothing that begins as a word. */
static bool may_have_apostrophe(const char *cell)
{
    g_autofree char *visible = text_visible(cell);
    return !g_unichar_isalpha(g_utf8_get_char(visible));
}

static void check_cell(const struct reading *reading, const char *got, const char *written)
{
    g_autofree char *want = through(reading->charset, written);
    g_assert_nonnull(got);
    g_assert_false(is_formula(got));
    g_assert_cmpstr(*got == '\'' && *want != '\'' && may_have_apostrophe(written) ? got + 1 : got, ==, want);
}

/* Of nothing but cells that are empty by now. */
static bool is_blank(const struct reading *reading, const char *row)
{
    g_autofree char *left = through(reading->charset, row);
    return strspn(left, CELL_END) == strlen(left);
}

static bool check_row(void *data, uint64_t row, const char *const *cells, guint n)
{
    struct reading *reading = data;
    /* Rows that are blank do not come, but count. */
    while (is_blank(reading, *reading->rows)) {
        reading->rows++;
        reading->number++;
    }
    g_auto(GStrv) want = g_strsplit(*reading->rows++, CELL_END, -1);
    g_assert_cmpuint(row, ==, ++reading->number);
    g_assert_cmpuint(n, ==, g_strv_length(want));
    for (guint i = 0; i < n; i++) {
        check_cell(reading, cells[i], want[i]);
    }
    return true;
}

/* In parts, a number as such. */
static void write_cell(struct csv *csv, const char *text)
{
    guint64 number = 0;
    g_autofree char *begin = g_strndup(text, (gsize)(g_utf8_next_char(text) - text));
    if (*text == '\0') {
        csv_cell(csv, NULL);
    } else if (*text != '0' && g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT64, &number, NULL)) {
        csv_open(csv);
        csv_number(csv, number);
        csv_close(csv);
    } else {
        csv_open(csv);
        csv_text(csv, begin);
        csv_text(csv, text + strlen(begin));
        csv_close(csv);
    }
}

static char *write_rows(char **rows, enum csv_charset charset, gsize *length)
{
    struct csv csv;
    csv_begin(&csv, charset);
    for (; *rows != NULL; rows++) {
        g_auto(GStrv) cells = g_strsplit(*rows, CELL_END, -1);
        for (char **cell = cells; *cell != NULL; cell++) {
            write_cell(&csv, *cell);
        }
        csv_end_row(&csv);
    }
    char *bytes = csv_take(&csv, length);
    csv_clear(&csv);
    return bytes;
}

/* What the database gives: clean text, within the cells. */
static bool is_clean(const char *text)
{
    g_auto(GStrv) parts = g_strsplit_set(text, CELL_END ROW_END, -1);
    bool clean = true;
    for (char **part = parts; *part != NULL; part++) {
        clean = clean && text_is_clean(*part, strlen(*part), true);
    }
    return clean;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static GIConv there, back; /* so that their module is not loaded anew for each input */
    there = there == NULL ? g_iconv_open("CP932", "UTF-8") : there;
    back = back == NULL ? g_iconv_open("UTF-8", "CP932") : back;
    struct reading reading = { .charset = fuzz_byte(&data, &size) % 2 == 0 ? CSV_UTF8 : CSV_CP932 };
    g_autofree char *cells = fuzz_text(data, size);
    if (!is_clean(cells)) {
        return 0;
    }
    g_autofree char *text = g_strconcat(head, ROW_END, cells, NULL);
    g_auto(GStrv) rows = g_strsplit(text, ROW_END, -1);
    gsize length = 0;
    g_autofree char *bytes = write_rows(rows, reading.charset, &length);
    reading.rows = rows;
    AUTO(csv_reader) struct csv_reader *reader = csv_reader_new(check_row, &reading);
    g_assert_true(csv_reader_feed(reader, bytes, length) == CSV_READ_GOOD);
    g_assert_true(csv_reader_end(reader) == CSV_READ_GOOD);
    for (; *reading.rows != NULL; reading.rows++) {
        g_assert_true(is_blank(&reading, *reading.rows));
    }
    return 0;
}
