/*
 * test_csv.c: cells are quoted, formulas are made text, both charsets come out whole.
 */
#include "base/csv.h"

#include <string.h>

static char *one_cell(enum csv_charset charset, const char *text, gsize *length)
{
    struct csv csv;
    csv_begin(&csv, charset);
    csv_cell(&csv, text);
    char *taken = csv_take(&csv, length);
    csv_clear(&csv);
    return taken;
}

/* The cell as it stands behind the byte order mark. */
static void check_cell(const char *text, const char *want)
{
    gsize length = 0;
    g_autofree char *got = one_cell(CSV_UTF8, text, &length);
    g_autofree char *whole = g_strndup(got, length);
    g_assert_cmpint(strncmp(whole, "\xEF\xBB\xBF", 3), ==, 0);
    g_test_message("%s", text != NULL ? text : "(none)");
    g_assert_cmpstr(whole + 3, ==, want);
}

static void test_cells(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { NULL, "\"\"" },
        { "", "\"\"" },
        { "a", "\"a\"" },
        { "a,b", "\"a,b\"" },
        { "a\"b", "\"a\"\"b\"" },
        { "\"\"", "\"\"\"\"\"\"" },
        { "a\r\nb", "\"a\r\nb\"" },
        { " a ", "\" a \"" },
        { "\u3042", "\"\u3042\"" },
        { "020-0100-0022", "\"020-0100-0022\"" },
        { "\u200Ba", "\"\u200Ba\"" },
        { "123456789012345", "\"123456789012345\"" },
        { "AF0000000000000000", "\"AF0000000000000000\"" },
        { "1234567890123456a", "\"1234567890123456a\"" },
        { "001", "\"001\"" },
        { "-5", "\"-5\"" },
        { "-1.25", "\"-1.25\"" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        check_cell(cases[i].text, cases[i].want);
    }
}

static void test_formulas(void)
{
    static const char *const cases[] = {
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1",
        "-1+1",
        "-",
        "-a",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "=HYPERLINK(\"https://evil.example\")",
        "\uFF1D1+1",
        "\uFF0B1",
        "\uFF0D1+1",
        "\uFF20SUM(A1)",
        "\u22121+1", /* the full-width one in CP932 */
        "\u207A1",   /* superscript: plain in CP932 */
        "\uFE661",
        "\uFE63a",
        "\u27961",
        "\uFE6BSUM(A1)",
        "\u200B=1+1", /* what cannot be seen is lost */
        "\uFEFF\r\n0",
        "\u06E8-1-1", /* a mark that CP932 lacks */
        "\u202E\uFEFF@SUM(A1)",
        "\u00AD-1+1",
        "\U000E0100=1",
        "8981100000000000006", /* would be rounded */
        "1234567890123456",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize length = 0;
        g_autofree char *got = one_cell(CSV_UTF8, cases[i], &length);
        g_test_message("%s", cases[i]);
        g_assert_cmpint(strncmp(got, "\xEF\xBB\xBF\"'", 5), ==, 0);
    }
}

static void test_rows(void)
{
    struct csv csv;
    gsize length = 0;
    csv_begin(&csv, CSV_UTF8);
    csv_cell(&csv, "a");
    csv_cell(&csv, "b");
    csv_end_row(&csv);
    g_autofree char *first = csv_take(&csv, &length);
    g_assert_cmpmem(first, length, "\xEF\xBB\xBF\"a\",\"b\"\r\n", 12);
    csv_cell(&csv, "c");
    csv_end_row(&csv);
    g_autofree char *second = csv_take(&csv, &length);
    g_assert_cmpmem(second, length, "\"c\"\r\n", 5);
    g_autofree char *nothing = csv_take(&csv, &length);
    g_assert_cmpmem(nothing, length, "", 0);
    csv_clear(&csv);
}

/* A cell in parts is looked at as a whole. */
static void test_parts(void)
{
    static const struct {
        const char *parts[3], *want;
    } cases[] = {
        { { "a", "\"", "b" }, "\"a\"\"b\"" }, { { "=", "1", "" }, "\"'=1\"" }, { { "-1", "+", "1" }, "\"'-1+1\"" },
        { { "-1", ".", "5" }, "\"-1.5\"" },   { { "", "", "" }, "\"\"" },      { { "\"=1", "", "" }, "\"\"\"=1\"" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct csv csv;
        gsize length = 0;
        csv_begin(&csv, CSV_CP932);
        csv_cell(&csv, "x");
        csv_open(&csv);
        for (gsize j = 0; j < G_N_ELEMENTS(cases[i].parts); j++) {
            csv_text(&csv, cases[i].parts[j]);
        }
        csv_close(&csv);
        csv_open(&csv);
        csv_number(&csv, 123456 - i);
        csv_close(&csv);
        g_autofree char *got = csv_take(&csv, &length);
        g_autofree char *want = g_strdup_printf("\"x\",%s,\"%u\"", cases[i].want, (guint)(123456 - i));
        g_assert_cmpstr(got, ==, want);
        csv_clear(&csv);
    }
}

/* More than the first block, so that the text must grow. */
static void test_long(void)
{
    g_autofree char *text = g_strnfill(200000, '"');
    gsize length = 0;
    g_autofree char *got = one_cell(CSV_UTF8, text, &length);
    g_assert_cmpuint(length, ==, 3 + 2 + 400000);
    g_assert_cmpint(got[length - 1], ==, '"');
}

static void test_cp932(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "a", "\"a\"" },
        { "\u3042", "\"\x82\xA0\"" },
        { "\u2460", "\"\x87\x40\"" }, /* in CP932, not in Shift_JIS */
        { "\u9AD9", "\"\xFB\xFC\"" }, /* an extension of IBM */
        { "\uFF5E", "\"\x81\x60\"" },
        { "\u8868", "\"\x95\x5C\"" }, /* its second byte is a backslash */
        { "\U0001F363", "\"?\"" },    /* what the charset lacks */
        { "a\U0001F363b\u00E9c", "\"a?bec\"" },
        { "\u304B\u3099\u30CF\u309A", "\"\x82\xAA\x83\x70\"" }, /* composed */
        { "\u301C\u223C", "\"\x81\x60\x81\x60\"" },
        { "\u2010\u2011\uFE63\u2043", "\"\x81\x5D\x81\x5D\x81\x5D\x81\x5D\"" },
        { "\u2012\u2013\u2014\u2015\u2E3A", "\"\x81\x5C\x81\x5C\x81\x5C\x81\x5C\x81\x5C\"" },
        { "a\u2212b\uFF0Dc", "\"a\x81\x7C"
                             "b\x81\x7C"
                             "c\"" },
        { "\u2016\u2225", "\"\x81\x61\x81\x61\"" },
        { "\u00A2\uFFE0", "\"\x81\x91\x81\x91\"" },
        { "\u00A6", "\"\xFA\x55\"" },
        { "\u22EF", "\"\x81\x63\"" },
        { "\u2022\u00B7", "\"\x81\x45\x81\x45\"" },
        { "a\u00A0b\u2009c\u2028d", "\"a b c d\"" },
        { "a\u200B\uFE0F\u00ADb", "\"ab\"" },
        { "\u1EC5\u0142\u00DF\u00AE", "\"elss(R)\"" },
        { "\u00B2\u00BD", "\"21/2\"" },
        { "\U00020BB7\u9830", "\"\x8B\x67\x96\x6A\"" },
        { "\u845B\U000E0100", "\"\x8A\x8B\"" },
        { "a\u201Eb", "\"a'b\"" }, /* no quote that would end the cell */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize length = 0;
        g_autofree char *got = one_cell(CSV_CP932, cases[i].text, &length);
        g_test_message("%s", cases[i].text);
        g_assert_cmpmem(got, length, cases[i].want, strlen(cases[i].want));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv/every-cell-is-quoted", test_cells);
    g_test_add_func("/csv/no-cell-is-a-formula", test_formulas);
    g_test_add_func("/csv/rows-and-pieces", test_rows);
    g_test_add_func("/csv/cells-in-parts", test_parts);
    g_test_add_func("/csv/long-cells", test_long);
    g_test_add_func("/csv/cp932-or-a-question-mark", test_cp932);
    return g_test_run();
}
