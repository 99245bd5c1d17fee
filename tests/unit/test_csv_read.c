/*
 * test_csv_read.c: every form of delimited text gives the same rows, in pieces of any size; what cannot be text stops.
 */
#include "base/csv_read.h"

#include <string.h>

static bool note_row(void *data, uint64_t row, const char *const *cells, guint n)
{
    GString *seen = data;
    g_string_append_printf(seen, "%" G_GUINT64_FORMAT ":", row);
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(seen, "%s[%s]", i == 0 ? "" : " ", cells[i] != NULL ? cells[i] : "(bad)");
    }
    g_string_append_c(seen, '\n');
    return true;
}

static enum csv_fault read_in_pieces(const char *text, gsize n, gsize piece, csv_take_row *take, void *data)
{
    AUTO(csv_reader) struct csv_reader *reader = csv_reader_new(take, data);
    for (gsize at = 0; at < n; at += piece) {
        csv_reader_feed(reader, text + at, MIN(piece, n - at));
    }
    return csv_reader_end(reader);
}

static void test_rows(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "", "" },
        { "\n\r\n\r", "" },
        { "a", "1:[a]\n" },
        { "a,b\nc,d\n", "1:[a] [b]\n2:[c] [d]\n" },
        { "a,b\r\nc,d\r\n", "1:[a] [b]\n2:[c] [d]\n" },
        { "a,b\rc,d\r", "1:[a] [b]\n2:[c] [d]\n" },
        { "a\n\nb", "1:[a]\n3:[b]\n" },
        { "a\r\n\r\nb", "1:[a]\n3:[b]\n" },
        { "a\r\rb", "1:[a]\n3:[b]\n" },
        { "\r\n\r\na\r\n", "3:[a]\n" },
        { "a\n,,\n  \n\"\"\nb", "1:[a]\n5:[b]\n" },
        { "\"a\",\"b\"\n", "1:[a] [b]\n" },
        { "\"a,\"\"b\"\"\r\nc\",d", "1:[a,\"b\"\r\nc] [d]\n" },
        { " a , b ", "1:[a] [b]\n" },
        { "a\tb\n,\t;", "1:[a] [b]\n2:[,] [;]\n" },
        { "a;b\nc,d;e", "1:[a] [b]\n2:[c,d] [e]\n" },
        { "\"a;b;c\",d", "1:[a;b;c] [d]\n" },
        { "a\nb;c\n", "1:[a]\n2:[b] [c]\n" },
        { "a,,\n", "1:[a] [] []\n" },
        { "\xEF\xBB\xBF\"a\"", "1:[a]\n" },
        { "\u3042,\u9AD9\n", "1:[\u3042] [\u9AD9]\n" },
        { "\x82\xA0,\xFB\xFC,\x95\x5C,\x87\x40", "1:[\u3042] [\u9AD9] [\u8868] [\u2460]\n" },
        { "\xB1,b", "1:[\uFF71] [b]\n" },
        { "\u3042\u3044,\xFF,b", "1:[\u3042\u3044] [(bad)] [b]\n" },
        { "\xEF\xBB\xBF\x82\xA0,b", "1:[(bad)] [b]\n" },
        { "a\x01,b\x7F,c", "1:[(bad)] [(bad)] [c]\n" },
    };
    static const gsize pieces[] = { 1, 2, 3, 1000 };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(pieces); j++) {
            g_autoptr(GString) seen = g_string_new(NULL);
            g_test_message("case %u", (unsigned)i);
            g_assert_cmpint(read_in_pieces(cases[i].text, strlen(cases[i].text), pieces[j], note_row, seen), ==,
                            CSV_READ_GOOD);
            g_assert_cmpstr(seen->str, ==, cases[i].want);
        }
    }
}

static bool stop_at_second(void *data, uint64_t row, const char *const *cells, guint n)
{
    note_row(data, row, cells, n);
    return row < 2;
}

static void test_faults(void)
{
    g_autoptr(GString) seen = g_string_new(NULL);
    g_assert_cmpint(read_in_pieces("a\0b\n", 4, 4, note_row, seen), ==, CSV_READ_BINARY);
    g_assert_cmpint(read_in_pieces("a,\"b\nc\n", 7, 7, note_row, seen), ==, CSV_READ_ENDLESS);
    g_assert_cmpstr(seen->str, ==, "");
    g_assert_cmpint(read_in_pieces("a\nb\nc\n", 6, 1, stop_at_second, seen), ==, CSV_READ_CANCELLED);
    g_assert_cmpstr(seen->str, ==, "1:[a]\n2:[b]\n");
}

/* However long the file: an endless row stops it, and says where. */
static void test_endless(void)
{
    g_autoptr(GString) seen = g_string_new(NULL);
    g_autofree char *fill = g_strnfill(CSV_ROW_MOST + 1, 'x');
    AUTO(csv_reader) struct csv_reader *reader = csv_reader_new(note_row, seen);
    g_assert_cmpint(csv_reader_feed(reader, "a\n\"", 3), ==, CSV_READ_GOOD);
    csv_reader_feed(reader, fill, CSV_ROW_MOST + 1);
    g_assert_cmpint(csv_reader_feed(reader, fill, CSV_ROW_MOST), ==, CSV_READ_ENDLESS);
    g_assert_cmpuint(csv_reader_row(reader), ==, 1);
    g_assert_cmpstr(seen->str, ==, "1:[a]\n");
    g_autofree char *row = g_strconcat(fill, "\n", NULL);
    g_assert_cmpint(read_in_pieces(row, CSV_ROW_MOST + 2, 100, note_row, seen), ==, CSV_READ_ENDLESS);
    g_assert_cmpint(read_in_pieces(row + 2, CSV_ROW_MOST, 100, note_row, seen), ==, CSV_READ_GOOD);
}

static bool same_text(void *data, uint64_t row, const char *const *cells, guint n)
{
    uint64_t *rows = data;
    g_assert_cmpuint(n, ==, 2);
    g_assert_cmpstr(cells[1], ==, row <= 10000 ? "x" : "\u3042\u3044\u8868");
    *rows = row;
    return true;
}

/* The first character beyond ASCII comes late, and characters are cut by the windows. */
static void test_late_charset(void)
{
    static const char *const words[] = { "\u3042\u3044\u8868", "\x82\xA0\x82\xA2\x95\x5C" };
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (int row = 1; row <= 60000; row++) {
            g_string_append_printf(text, "%d,%s\r\n", row, row <= 10000 ? "x" : words[i]);
        }
        uint64_t rows = 0;
        g_assert_cmpint(read_in_pieces(text->str, text->len, 65535, same_text, &rows), ==, CSV_READ_GOOD);
        g_assert_cmpuint(rows, ==, 60000);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv-read/every-form-gives-the-same-rows", test_rows);
    g_test_add_func("/csv-read/what-cannot-be-read-stops", test_faults);
    g_test_add_func("/csv-read/no-row-is-endless", test_endless);
    g_test_add_func("/csv-read/charset-settled-late", test_late_charset);
    return g_test_run();
}
