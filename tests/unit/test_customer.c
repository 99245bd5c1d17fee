/*
 * test_customer.c: what codes and names of customers may be. domain.md, Words.
 */
#include "customer/customer_rule.h"

static void test_codes(void)
{
    static const struct {
        const char *code;
        bool good;
    } cases[] = {
        { "TC1000-00009", true },
        { "TC0000-00000", true },
        { "", false },
        { "TC1000-0009", false },
        { "tc1000-00009", false },
        { "TC1000-000090", false },
        { "TC1000_00009", false },
        { "T11000-00009", false },
        { "TC1000-0000a", false },
        { "TC1000-00009\n", false },
        { "\xEF\xBC\xB4"
          "C1000-00",
          false },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].code);
        g_assert_cmpint(customer_code_is_good(cases[i].code), ==, cases[i].good);
    }
}

static void test_names(void)
{
    g_assert_true(customer_name_is_good("a", 1));
    g_assert_true(customer_name_is_good("\xE6\xA0\xAA\xE5\xBC\x8F", 2));
    g_assert_false(customer_name_is_good("\xE6\xA0\xAA\xE5\xBC\x8F", 1));
    g_assert_false(customer_name_is_good("", 10));
    g_assert_false(customer_name_is_good(" a", 10));
    g_assert_false(customer_name_is_good("a\xE3\x80\x80", 10)); /* U+3000 at the end */
    g_assert_false(customer_name_is_good("a\nb", 10));
    g_assert_false(customer_name_is_good("a\x1b", 10));
    g_assert_false(customer_name_is_good("\xff", 10));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/customer/code-has-the-guide-s-form", test_codes);
    g_test_add_func("/customer/name-is-one-clean-line", test_names);
    return g_test_run();
}
