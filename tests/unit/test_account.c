/*
 * test_account.c: what a login id may be.
 */
#include "account/account_rule.h"

#include <glib.h>
static void test_login_ids(void)
{
    g_autofree char *longest = g_strnfill(64, 'a'), *longer = g_strnfill(65, 'a');
    g_assert_true(account_login_id_is_good("abc"));
    g_assert_true(account_login_id_is_good("tc1-kanri@example"));
    g_assert_true(account_login_id_is_good("\xE7\xAE\xA1\xE7\x90\x86\xE8\x80\x85")); /* three characters */
    g_assert_true(account_login_id_is_good(longest));
    g_assert_false(account_login_id_is_good(longer));
    g_assert_false(account_login_id_is_good("ab"));
    g_assert_false(account_login_id_is_good(""));
    g_assert_false(account_login_id_is_good("a bc"));
    g_assert_false(account_login_id_is_good("ab\xE3\x80\x80"
                                            "c")); /* U+3000 */
    g_assert_false(account_login_id_is_good("abc\n"));
    g_assert_false(account_login_id_is_good("abc\x7f"));
    g_assert_false(account_login_id_is_good("abc\xff"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/account/login-id", test_login_ids);
    return g_test_run();
}
