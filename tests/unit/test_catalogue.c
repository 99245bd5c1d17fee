/*
 * test_catalogue.c: capacities as the operator types them, and codes. domain.md, Words: 1 GB = 1000 MB.
 */
#include "catalogue/catalogue_rule.h"

#include <glib.h>
#include <string.h>

static void test_capacity_read(void)
{
    static const struct {
        const char *text;
        uint64_t bytes; /* 0: refused */
    } cases[] = {
        { "500MB", 500000000 },
        { "1GB", 1000000000 },
        { "1.5GB", 1500000000 },
        { "0.25gb", 250000000 },
        { "1TB", 1000000000000 },
        { "100TB", 100000000000000 },
        { "101TB", 0 },
        { "0MB", 0 },
        { "1", 0 },
        { "GB", 0 },
        { "1.GB", 0 },
        { "-1GB", 0 },
        { "1 GB", 0 },
        { "1,5GB", 0 },
        { "1GBx", 0 },
        { "1.0000001GB", 0 },
        { "0.000001MB", 1 },
        { "9999999GB", 0 },
        { "1.5.5GB", 0 },
        { "", 0 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint64_t bytes = 7;
        bool good = catalogue_capacity_read(cases[i].text, &bytes);
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(good, ==, cases[i].bytes != 0);
        g_assert_cmpuint(bytes, ==, good ? cases[i].bytes : 7); /* untouched on failure */
    }
}

static void test_capacity_show(void)
{
    static const struct {
        uint64_t bytes;
        const char *want;
    } cases[] = { { 500000000, "500MB" }, { 1000000000, "1GB" }, { 30000000000, "30GB" }, { 1500000000, "1.5GB" } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = catalogue_capacity_show(cases[i].bytes);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void test_codes(void)
{
    g_autofree char *longest = g_strnfill(32, 'a'), *longer = g_strnfill(33, 'a');
    g_assert_true(catalogue_code_is_good("data-r.1"));
    g_assert_true(catalogue_code_is_good(longest));
    g_assert_false(catalogue_code_is_good(longer));
    g_assert_false(catalogue_code_is_good(""));
    g_assert_false(catalogue_code_is_good("-a"));
    g_assert_false(catalogue_code_is_good("a b"));
    g_assert_false(catalogue_code_is_good("a;b"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/catalogue/capacity-read", test_capacity_read);
    g_test_add_func("/catalogue/capacity-show", test_capacity_show);
    g_test_add_func("/catalogue/code", test_codes);
    return g_test_run();
}
