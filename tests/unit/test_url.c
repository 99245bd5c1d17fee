/*
 * test_url.c: values in addresses are encoded; only addresses of our own may be gone to.
 */
#include "web/url.h"

#include <string.h>

static void test_add(void)
{
    static const struct {
        const char *url, *value, *want;
    } cases[] = {
        { "/sims", "1", "/sims?q=1" },
        { "/sims?a=b", "1", "/sims?a=b&q=1" },
        { "/sims", "", "/sims" },
        { "/sims", NULL, "/sims" },
        { "/sims", "a b", "/sims?q=a%20b" },
        { "/sims", "&?#=+%", "/sims?q=%26%3F%23%3D%2B%25" },
        { "/sims", "\"><script>", "/sims?q=%22%3E%3Cscript%3E" },
        { "/sims", "\r\nX: y", "/sims?q=%0D%0AX%3A%20y" },
        { "/sims", "\u3042", "/sims?q=%E3%81%82" },
        { "/sims", "-._~", "/sims?q=-._~" },
        { "/sims", "javascript:alert(1)", "/sims?q=javascript%3Aalert%281%29" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) url = g_string_new(cases[i].url);
        url_add(url, "q", cases[i].value);
        g_assert_cmpstr(url->str, ==, cases[i].want);
    }
    g_autoptr(GString) url = g_string_new("/");
    url_add_number(url, "a", 0);
    url_add_number(url, "b", G_MAXUINT64);
    g_assert_cmpstr(url->str, ==, "/?a=0&b=18446744073709551615");
}

static void test_local(void)
{
    static const struct {
        const char *path;
        bool want;
    } cases[] = {
        { "/", true },
        { "/sims", true },
        { "/sims?q=%E3%81%82&page=2", true },
        { "/sims?next=//evil", true }, /* only how it begins decides the host */
        { "/?u=https://evil.example/", true },
        { "/a//b", true },
        { "", false },
        { "sims", false },
        { "//evil.example", false },
        { "///evil.example", false },
        { "/\\evil.example", false },
        { "\\\\evil.example", false },
        { "\\/evil.example", false },
        { "/a\\b", false },
        { "https://evil.example/", false },
        { "https:evil.example", false },
        { "javascript:alert(1)", false },
        { "data:text/html,x", false },
        { " /sims", false },
        { "/ /evil.example", false },
        { "/\t/evil.example", false },
        { "/\n/evil.example", false },
        { "/\r\nSet-Cookie: a=b", false },
        { "/\x01", false },
        { "/\x7F", false },
        { "/\u3042", false },
        { "/\xFF", false },
        { "?a=b", false },
        { "#a", false },
        { "@evil.example", false },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].path);
        g_assert_cmpint(url_is_local(cases[i].path), ==, cases[i].want);
    }
    g_autofree char *long_one = g_strnfill(1001, 'a');
    long_one[0] = '/';
    g_assert_false(url_is_local(long_one));
    long_one[1000] = '\0';
    g_assert_true(url_is_local(long_one));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/url/every-value-is-encoded", test_add);
    g_test_add_func("/url/no-other-host", test_local);
    return g_test_run();
}
