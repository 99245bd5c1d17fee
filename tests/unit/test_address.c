/*
 * test_address.c: which addresses name a customer, and what paths below one look like. security.md 8.4.1.
 */
#include "base/address.h"

#include <string.h>

enum { UNTOUCHED = 77 };

static void test_read(void)
{
    static const struct {
        const char *address;
        gsize length;
        uint64_t customer;
    } cases[] = {
        { "/customers/102/sims", 14, 102 },
        { "/customers/102/", 14, 102 },
        { "/customers/102/?done=password", 14, 102 },
        { "/customers/all/sims?state=active", 14, 0 },
        { "/customers/9223372036854775807/", 30, G_MAXINT64 },
        { "/customers/9223372036854775808/", 0, UNTOUCHED },
        { "/customers/102", 0, UNTOUCHED },
        { "/customers/102?x=/", 0, UNTOUCHED },
        { "/customers/102?x=/y/", 0, UNTOUCHED },
        { "/customers", 0, UNTOUCHED },
        { "/customers/", 0, UNTOUCHED },
        { "/customers//sims", 0, UNTOUCHED },
        { "/customers?q=/102/", 0, UNTOUCHED },
        { "/customers/0/sims", 0, UNTOUCHED },
        { "/customers/0102/sims", 0, UNTOUCHED },
        { "/customers/-1/sims", 0, UNTOUCHED },
        { "/customers/+1/sims", 0, UNTOUCHED },
        { "/customers/ 1/sims", 0, UNTOUCHED },
        { "/customers/1 /sims", 0, UNTOUCHED },
        { "/customers/1e3/sims", 0, UNTOUCHED },
        { "/customers/%31/sims", 0, UNTOUCHED },
        { "/customers/ALL/sims", 0, UNTOUCHED },
        { "/customers/alles/sims", 0, UNTOUCHED },
        { "//customers/1/sims", 0, UNTOUCHED },
        { "/Customers/1/sims", 0, UNTOUCHED },
        { "customers/1/sims", 0, UNTOUCHED },
        { "/sims", 0, UNTOUCHED },
        { "", 0, UNTOUCHED },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint64_t customer = UNTOUCHED;
        g_test_message("%s", cases[i].address);
        g_assert_cmpuint(address_read_base(cases[i].address, &customer), ==, cases[i].length);
        g_assert_cmpuint(customer, ==, cases[i].customer);
    }
}

static void test_base_is_read_again(void)
{
    static const uint64_t customers[] = { 0, 1, 102, G_MAXINT64 };
    for (gsize i = 0; i < G_N_ELEMENTS(customers); i++) {
        uint64_t customer = UNTOUCHED;
        g_autofree char *base = address_base(customers[i]);
        g_autofree char *address = address_below(base, "/sims");
        g_assert_cmpuint(address_read_base(address, &customer), ==, strlen(base));
        g_assert_cmpuint(customer, ==, customers[i]);
    }
}

static void test_below(void)
{
    static const struct {
        const char *base, *path, *want;
    } cases[] = {
        { "/customers/1", "/", "/customers/1/" },
        { "/customers/1", "/sims?a=b#list", "/customers/1/sims?a=b#list" },
        { "/customers/1", "/customers", "/customers/1/customers" },
        { "/customers/1", "/customers?q=x", "/customers/1/customers?q=x" },
        { "/customers/1", "/customers/2/sims", "/customers/2/sims" },
        { "/customers/1", "#errors", "#errors" },
        { "/customers/1", "", "" },
        { "/customers/1", "https://elsewhere.example/", "https://elsewhere.example/" },
        { NULL, "/sims", "/sims" },
        { NULL, "/customers/2/sims", "/customers/2/sims" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = address_below(cases[i].base, cases[i].path);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/address/read", test_read);
    g_test_add_func("/address/a-base-is-read-again", test_base_is_read_again);
    g_test_add_func("/address/below", test_below);
    return g_test_run();
}
