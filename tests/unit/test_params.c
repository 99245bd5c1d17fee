/*
 * test_params.c: names and values are decoded once, strictly, and never more of them than is allowed.
 */
#include "web/params.h"

#include "base/error.h"

#include <string.h>

static void test_decode(void)
{
    static const struct {
        const char *text, *want, *want_plus; /* NULL: refused */
    } cases[] = {
        { "", "", "" },
        { "abc", "abc", "abc" },
        { "a+b", "a+b", "a b" },
        { "a%2Bb", "a+b", "a+b" },
        { "%41%62", "Ab", "Ab" },
        { "%e3%81%82", "\u3042", "\u3042" },
        { "%2500", "%00", "%00" },
        { "%252e%252e", "%2e%2e", "%2e%2e" },
        { "a%0d%0Ab%09", "a\r\nb\t", "a\r\nb\t" },
        { "%", NULL, NULL },
        { "a%2", NULL, NULL },
        { "%zz", NULL, NULL },
        { "%4g", NULL, NULL },
        { "% 1", NULL, NULL },
        { "%u3042", NULL, NULL },
        { "%00", NULL, NULL },
        { "a%00b", NULL, NULL },
        { "%1b[0m", NULL, NULL },
        { "%7f", NULL, NULL },
        { "%c0%af", NULL, NULL },    /* overlong */
        { "%e0%80%af", NULL, NULL }, /* overlong */
        { "%ed%a0%80", NULL, NULL }, /* a surrogate */
        { "%e3%81", NULL, NULL },    /* cut short */
        { "%82%a0", NULL, NULL },    /* CP932 */
        { "%ff", NULL, NULL },
        { "%ef%bf%be", NULL, NULL }, /* U+FFFE */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = params_decode(cases[i].text, strlen(cases[i].text), FALSE);
        g_autofree char *got_plus = params_decode(cases[i].text, strlen(cases[i].text), TRUE);
        g_test_message("%s", cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].want);
        g_assert_cmpstr(got_plus, ==, cases[i].want_plus);
    }
}

/* An escape that is cut off by the given length is broken, whatever stands behind. */
static void test_decode_length(void)
{
    g_assert_null(params_decode("%41", 2, FALSE));
    g_assert_null(params_decode("a\0b", 3, FALSE));
    g_autofree char *got = params_decode("abc%41", 3, FALSE);
    g_assert_cmpstr(got, ==, "abc");
}

/* All pairs as "name=value;". */
static char *shown(const char *text, gsize length)
{
    g_autoptr(GError) error = NULL;
    AUTO(params) struct params *params = params_parse(text, length, &error);
    if (params == NULL) {
        g_assert_error(error, PORTAL_ERROR, PORTAL_INVALID);
        return NULL;
    }
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < params->n; i++) {
        const struct param *at = &params->at[i];
        g_string_append_printf(out, "%s=%s%s;", at->name, at->value, at->is_mended ? "!" : "");
    }
    return g_string_free(out, FALSE);
}

static void test_parse(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "", "" },
        { "&", "" },
        { "&&a=1&&", "a=1;" },
        { "a=1&b=2", "a=1;b=2;" },
        { "a=1&a=2", "a=1;a=2;" },
        { "a", "a=;" },
        { "a=", "a=;" },
        { "=1", "=1;" },
        { "=", "=;" },
        { "a=b=c", "a=b=c;" },
        { "a=1;b=2", "a=1;b=2;" }, /* ';' does not separate */
        { "a%3Db=%26", "a=b=&;" },
        { "a+b=c+d", "a b=c d;" },
        { "a[]=1&a.b=2", "a[]=1;a.b=2;" },
        { "a=%", NULL },
        { "%=a", NULL },
        { "a=1&b=%zz", NULL },
        { "a%00=1", NULL },
        { "a=\xFF", NULL },
        { "a=\x01", "a=\uFFFD!;" }, /* the form says so at the field */
        { "a=b%1Bc%7F%C2%9F%EF%BF%BE", "a=b\uFFFDc\uFFFD\uFFFD\uFFFD!;" },
        { "a=b%0Bc%0Cd%C2%85e", "a=b\nc\nd\ne;" },
        { "a=%EF%BF%BD", "a=\uFFFD;" },
        { "a%01=1", NULL },
        { "a=%00", NULL },
        { "a=%0B%FF", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = shown(cases[i].text, strlen(cases[i].text));
        g_test_message("%s", cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
    g_assert_null(shown("a=1\0b", 5));
}

static gboolean parses(guint n)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        g_string_append(text, i > 0 ? "&a=1" : "a=1");
    }
    AUTO(params) struct params *params = params_parse(text->str, text->len, NULL);
    g_assert_true(params == NULL || params->n == n);
    return params != NULL;
}

static void test_most(void)
{
    g_assert_cmpint(PARAMS_MOST, ==, 2000);
    g_assert_true(parses(1));
    g_assert_true(parses(2000));
    g_assert_false(parses(2001));
    g_assert_false(parses(100000));
}

static void test_get(void)
{
    static const char text[] = "a=1&b=2&a=3&A=4";
    AUTO(params) struct params *params = params_parse(text, strlen(text), NULL);
    guint count = 99;
    g_assert_cmpstr(params_get(params, "a", &count), ==, "1");
    g_assert_cmpuint(count, ==, 2);
    g_assert_cmpstr(params_get(params, "b", &count), ==, "2");
    g_assert_cmpuint(count, ==, 1);
    g_assert_cmpstr(params_get(params, "A", NULL), ==, "4");
    g_assert_null(params_get(params, "c", &count));
    g_assert_cmpuint(count, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/params/decoded-once-and-strictly", test_decode);
    g_test_add_func("/params/decoding-ends-where-the-text-does", test_decode_length);
    g_test_add_func("/params/pairs-in-order", test_parse);
    g_test_add_func("/params/2000-and-no-more", test_most);
    g_test_add_func("/params/the-first-counts-and-is-counted", test_get);
    return g_test_run();
}
