/*
 * test_text.c: what text may be stored, how it is folded for searches, how figures of data are shown.
 */
#include "base/text.h"

#include <string.h>

static void test_clean(void)
{
    static const struct {
        const char *text;
        int len; /* -1: to the end */
        bool clean, clean_with_lines;
    } cases[] = {
        { "", -1, true, true },
        { "abc \u3042\u6F22\U0001F363", -1, true, true },
        { "a\tb", -1, false, true },
        { "a\nb", -1, false, true },
        { "a\r\nb", -1, false, true },
        { "a\0b", 3, false, false },
        { "abc\0", 4, false, false },
        { "a\x01", -1, false, false },
        { "a\x0B", -1, false, false },
        { "a\x0C", -1, false, false },
        { "a\x1B[0m", -1, false, false },
        { "a\x1F", -1, false, false },
        { "a\x7F", -1, false, false },
        { "a\xC2\x80", -1, false, false },
        { "a\xC2\x85", -1, false, false },
        { "a\xC2\x9F", -1, false, false },
        { "a\u00A0", -1, true, true },
        { "\uFDCF", -1, true, true },
        { "\uFDD0", -1, false, false },
        { "\uFDEF", -1, false, false },
        { "\uFDF0", -1, true, true },
        { "\uFFFD", -1, true, true },
        { "\xEF\xBF\xBE", -1, false, false },     /* U+FFFE */
        { "\xEF\xBF\xBF", -1, false, false },     /* U+FFFF */
        { "\xF0\x9F\xBF\xBF", -1, false, false }, /* U+1FFFF */
        { "\xF4\x8F\xBF\xBE", -1, false, false }, /* U+10FFFE */
        { "\xF4\x90\x80\x80", -1, false, false }, /* beyond U+10FFFF */
        { "\xED\xA0\x80", -1, false, false },     /* a surrogate */
        { "\xC0\xAF", -1, false, false },         /* overlong */
        { "\xE3\x81", -1, false, false },         /* cut short */
        { "a\xFF", -1, false, false },
        { "\x82\xA0", -1, false, false }, /* CP932 */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize len = cases[i].len < 0 ? strlen(cases[i].text) : (gsize)cases[i].len;

        g_test_message("case %u", (unsigned)i);
        g_assert_cmpint(text_is_clean(cases[i].text, len, false), ==, cases[i].clean);
        g_assert_cmpint(text_is_clean(cases[i].text, len, true), ==, cases[i].clean_with_lines);
    }
}

struct folding {
    const char *text, *want;
};

static void check(char *(*fold)(const char *), const struct folding *cases, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *got = fold(cases[i].text);

        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void test_search_key(void)
{
    static const struct folding cases[] = {
        { "", "" },
        { "ABC", "abc" },
        { "\uFF21\uFF22\uFF23", "abc" },                                  /* full-width letters */
        { "\u3072\u3089\u304C\u306A", "\u3072\u3089\u304C\u306A" },       /* hiragana */
        { "\u30D2\u30E9\u30AC\u30CA", "\u3072\u3089\u304C\u306A" },       /* katakana */
        { "\uFF8B\uFF97\uFF76\uFF9E\uFF85", "\u3072\u3089\u304C\u306A" }, /* half-width, mark apart */
        { "\u304B\u3099", "\u304C" },                                     /* combining mark */
        { "\u30F4", "\u3094" },
        { "\u30FD\u30FE", "\u309D\u309E" },
        { "\u30F7\u30FC", "\u30F7\u30FC" }, /* no hiragana for these */
        { "\u682A\u5F0F", "\u682A\u5F0F" },
        { "\u3231", "(\u682A)" }, /* one character for the bracketed form */
        { "\u2460", "1" },
        { "\u33D7", "ph" }, /* one character whose parts have case */
        { "\uFF11\uFF12", "12" },
        { "  a \t\n b\u3000\u3000c\u00A0", "a b c" },
        { "\u3000", "" },
        { "STRASSE", "strasse" },
        { "Stra\u00DFe", "strasse" },
        { "\u212B", "\u00E5" }, /* angstrom sign */
        { "\u13DE", "\u13DE" }, /* Cherokee: both cases one, and the same again */
        { "\uABAE", "\u13DE" },
        { "\u13F0", "\u13F0" },
        { "\u13F8", "\u13F0" },
        { "\U0001F363", "\U0001F363" },
        { "100%_\\", "100%_\\" },
        { "a\u200Bb\uFEFFc\u202E\u2066\u00AD", "abc" },     /* cannot be seen */
        { "\u845B\U000E0100\u98FE\uFE00", "\u845B\u98FE" }, /* variants of ideographs */
        { "\u301C", "~" },                                  /* what CP932 and Unicode write differently */
        { "\uFF5E", "~" },
        { "\u223C", "~" },
        { "\u2212\uFF0D\u2010\u2011\u2012\u2013\u2014\u2015\u2500\uFE63-", "-----------" },
        { "\u2016\u2225", "\u2225\u2225" },
        { "\u00A2\uFFE0", "\u00A2\u00A2" },
        { "\u00A3\uFFE1", "\u00A3\u00A3" },
        { "\u00AC\uFFE2", "\u00AC\u00AC" },
        { "\u00A6\uFFE4", "\uFFE4\uFFE4" },
        { "\u00A5\uFFE5\\", "\\\\\\" },
        { "a\u203Eb", "a \u0304b" },
        { "a\uFFE3b", "a \u0304b" },
        { "\u2026", "..." },
        { "\u22EF", "..." },
        { "\u00B7\uFF65\u30FB\u2022", "\u30FB\u30FB\u30FB\u30FB" },
        { "\u00AB\u226A", "\u226A\u226A" },
        { "\u2018\u2019'\uFF07", "''''" },
        { "\u201C\u201D\u301D\u301F\"", "\"\"\"\"\"" },
    };

    check(text_search_key, cases, G_N_ELEMENTS(cases));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *twice = text_search_key(cases[i].want);

        g_assert_cmpstr(twice, ==, cases[i].want);
    }
}

static void test_search_key_keeps_apart(void)
{
    g_autofree char *ha = text_search_key("\u306F");
    g_autofree char *ba = text_search_key("\u3070");
    g_autofree char *sushi = text_search_key("\U0001F363");
    g_autofree char *beer = text_search_key("\U0001F37A");

    g_assert_cmpstr(ha, !=, ba);
    g_assert_cmpstr(sushi, !=, beer);
}

/* Stored keys know which form they have: who changes a key above raises TEXT_SEARCH_KEY_FORM, and then this. */
static void test_search_key_form(void)
{
    static const char *const words[] = { "\uFF8B\uFF9E\u30FC\uFF99 \u2460", "\u301C\u2212\u2015\u2225\u200B",
                                         "Stra\u00DFe", "\u304B\u3099\u00A5" };
    g_autoptr(GString) all = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *key = text_search_key(words[i]);

        g_string_append_printf(all, "%s|", key);
    }
    g_assert_cmpstr(all->str, ==, "\u3073\u30FC\u308B 1|~--\u2225|strasse|\u304C\\|");
    g_assert_cmpint(TEXT_SEARCH_KEY_FORM, ==, 2);
}

static void test_cells(void)
{
    static const struct folding cases[] = {
        { "", "" },
        { "a", "a" },
        { " a\u3000", "a" },
        { "\u200E020\u202C", "020" },
        { "\uFEFF020", "020" },
        { "02\u2060\uFE0F0", "020" },
        { "=\"020\"", "020" },
        { " =\" 020 \" ", "020" },
        { "\uFF1D\uFF02\uFF10\uFF12\uFF10\uFF02", "020" },
        { "=\"\"", "" },
        { "=\"", "=\"" },
        { "=020", "=020" },
        { "'020", "020" },
        { "\uFF07020", "020" },
        { "'", "" },
        { "020'", "020'" },
        { "\"020\"", "\"020\"" },
    };

    check(text_of_cell, cases, G_N_ELEMENTS(cases));
    g_assert_true(text_is_kept_cell("=\"1\"") && text_is_kept_cell("\u200B'1"));
    g_assert_false(text_is_kept_cell("1") || text_is_kept_cell("=1") || text_is_kept_cell(""));
}

static void test_ids(void)
{
    static const struct folding cases[] = {
        { "TC1000-00009", "TC1000-00009" },
        { "\uFF34\uFF231000\u221200009\u200B", "TC1000-00009" },
        { "TC1000\u2010000\u201309", "TC1000-000-09" },
        { "\u30FC", "\u30FC" }, /* a letter */
        { "\xCD", "\xCD" },     /* no UTF-8 */
    };

    check(text_id, cases, G_N_ELEMENTS(cases));
}

static void test_like(void)
{
    static const struct folding cases[] = {
        { "", "%%" },         { "abc", "%abc%" },     { "50%", "%50\\%%" },
        { "a_b", "%a\\_b%" }, { "a\\b", "%a\\\\b%" }, { "'", "%'%" },
    };

    check(text_like, cases, G_N_ELEMENTS(cases));
}

static void test_digits(void)
{
    static const struct folding cases[] = {
        { "", "" },
        { "02010000022", "02010000022" },
        { "020-1000-0022", "02010000022" },
        { "\uFF10\uFF12\uFF10\uFF0D\uFF11\uFF10\uFF10\uFF10", "0201000" },
        { "1\u20102\u20113\u20124\u20135\u20146\u20157", "1234567" },
        { "1\u22122\u30FC3\uFF704\uFE635\u20436", "123456" },
        { "(020) 1000\u30000022\uFF08\uFF09", "02010000022" },
        { "1\u2016", NULL },
        { "1\u200F2\u2063\uFE0F3\uFEFF", "123" }, /* cannot be seen */
        { "1\u25002\u25013\uFE584\u207B5\u00AD6\u30A07", "1234567" },
        { "1\u301C2", NULL },
        { "8.98E+18", NULL },
        { "+81", NULL },
        { "12a", NULL },
        { "1,2", NULL },
        { "\u0661", NULL }, /* another script's digit */
    };

    check(text_digits, cases, G_N_ELEMENTS(cases));
}

static void test_trim(void)
{
    static const struct folding cases[] = {
        { "", "" },
        { " ", "" },
        { "\u3000\u3000", "" },
        { " \u3000a b\u3000\t\r\n", "a b" },
        { "\u00A0x", "x" },
        { "\u3042 ", "\u3042" },
    };

    check(text_trim, cases, G_N_ELEMENTS(cases));
}

static void test_length(void)
{
    g_assert_cmpuint(text_length(""), ==, 0);
    g_assert_cmpuint(text_length("abc"), ==, 3);
    g_assert_cmpuint(text_length("\u3042\u6F22\U0001F363"), ==, 3);
}

static void test_gb(void)
{
    static const struct {
        int64_t bytes;
        const char *want;
    } cases[] = {
        { 0, "0.00" },
        { 4999999, "0.00" },
        { 5000000, "0.01" },
        { 14999999, "0.01" },
        { 15000000, "0.02" },
        { 500000000, "0.50" },
        { 994999999, "0.99" },
        { 995000000, "1.00" },
        { 1000000000, "1.00" },
        { 1950000000, "1.95" },
        { G_GINT64_CONSTANT(30000000000), "30.00" },
        { G_GINT64_CONSTANT(1234567890123), "1234.57" },
        { G_MAXINT64, "9223372036.85" },
        { -4999999, "0.00" },
        { -5000000, "-0.01" },
        { G_MININT64, "-9223372036.85" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = text_gb(cases[i].bytes);

        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void test_capacity(void)
{
    static const struct {
        int64_t mb;
        const char *want, *total;
    } cases[] = {
        { 1000, "1.0 GB", "1.0GB" }, { 3000, "3.0 GB", "3.0GB" },   { 100000, "100.0 GB", "100.0GB" },
        { 100, "0.1 GB", "0.1GB" },  { 1500, "1.5 GB", "1.5GB" },   { 250, "0.25 GB", "0.25GB" },
        { 0, "0.0 GB", "0.0GB" },    { 2050, "2.05 GB", "2.05GB" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = text_capacity(cases[i].mb * TEXT_MB);
        g_autofree char *total = text_capacity_total(cases[i].mb * TEXT_MB);

        g_assert_cmpstr(got, ==, cases[i].want);
        g_assert_cmpstr(total, ==, cases[i].total);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/clean-text-is-what-xml-and-people-can-hold", test_clean);
    g_test_add_func("/text/search-key/folds-width-kana-case-and-space", test_search_key);
    g_test_add_func("/text/search-key/keeps-different-letters-apart", test_search_key_keeps_apart);
    g_test_add_func("/text/search-key/its-form-has-a-number", test_search_key_form);
    g_test_add_func("/text/cells-as-they-were-meant", test_cells);
    g_test_add_func("/text/ids-have-one-hyphen", test_ids);
    g_test_add_func("/text/like-escapes-wildcards", test_like);
    g_test_add_func("/text/digits-drop-every-kind-of-hyphen", test_digits);
    g_test_add_func("/text/trim-takes-the-ideographic-space", test_trim);
    g_test_add_func("/text/length-counts-characters", test_length);
    g_test_add_func("/text/gb-has-two-decimals-half-up", test_gb);
    g_test_add_func("/text/capacity-has-one-decimal-or-two", test_capacity);
    return g_test_run();
}
