/*
 * test_mail_rule.c: which addresses and subjects are taken, and the growing delay (mail/mail_rule.c).
 */
#include "mail/mail_rule.h"

#include <glib.h>
#include <string.h>

static void test_addresses(void)
{
    static const char *const good[] = { "taro@example.jp",
                                        "a@b",
                                        "taro.yamada+sim@mail.example.co.jp",
                                        "o'brien@x.example",
                                        "foo..bar.@mobile.example",
                                        "_x@a-b.example",
                                        "0@1.example" };
    static const char *const bad[] = { "",
                                       "taro",
                                       "@x",
                                       "taro@",
                                       "a@b@c",
                                       "-oQ/tmp",
                                       "-oQ/tmp@x",
                                       "a;id@x",
                                       "a b@x",
                                       "a@x y",
                                       "a@x\nBcc: b@y",
                                       "a\r\nBcc: b@y",
                                       "a@x,b@y",
                                       "<a@x>",
                                       "\"a\"@x",
                                       "a\\b@x",
                                       "a`id`@x",
                                       "a|b@x",
                                       "a!b@x",
                                       "a%b@x",
                                       "a(b)@x",
                                       ".a@x",
                                       "/etc/passwd@x",
                                       "a@.x",
                                       "a@x.",
                                       "a@x..y",
                                       "a@-x",
                                       "a@x-",
                                       "a@[127.0.0.1]",
                                       "a@x_y",
                                       "a:b@x",
                                       "太郎@example.jp",
                                       "a@例え.jp",
                                       "a\t@x",
                                       "a\x7f@x" };
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_test_message("%s", good[i]);
        g_assert_true(mail_is_address(good[i]));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_test_message("%s", bad[i]);
        g_assert_false(mail_is_address(bad[i]));
    }
}

/* `local` letters, then @ and labels of `label` letters up to `total` bytes. */
static char *address_of(int local, int label, gsize total)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < local; i++) {
        g_string_append_c(text, 'l');
    }
    g_string_append_c(text, '@');
    for (int i = 0; text->len < total; i++) {
        g_string_append_c(text, i % (label + 1) == label ? '.' : 'd');
    }
    return g_string_free(text, FALSE);
}

static void test_address_lengths(void)
{
    static const struct {
        int local, label;
        gsize total;
        bool want;
    } cases[] = {
        { 64, 61, 254, true }, { 64, 61, 255, false }, { 65, 61, 200, false },
        { 1, 63, 60, true },   { 1, 63, 65, true },    { 1, 64, 66, false },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *address = address_of(cases[i].local, cases[i].label, cases[i].total);
        g_test_message("%s", address);
        g_assert_cmpint(mail_is_address(address), ==, cases[i].want);
    }
}

static void test_subjects(void)
{
    g_autofree char *long_enough = g_strnfill(400, 'a'), *too_long = g_strnfill(401, 'a');
    g_assert_true(mail_is_subject("【管理コンソールポータル】"));
    g_assert_true(mail_is_subject(long_enough));
    g_assert_false(mail_is_subject(too_long));
    g_assert_false(mail_is_subject(""));
    g_assert_false(mail_is_subject("a\nBcc: b@y"));
    g_assert_false(mail_is_subject("a\rBcc: b@y"));
    g_assert_false(mail_is_subject("a\x1b[0m"));
    g_assert_false(mail_is_subject("\xff"));
}

static void test_delays(void)
{
    static const struct {
        unsigned attempts;
        int64_t want;
    } cases[] = { { 1, 60 }, { 2, 120 }, { 3, 240 }, { 6, 1920 }, { 7, 3600 }, { 8, 3600 }, { G_MAXUINT, 3600 } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(mail_retry_delay(cases[i].attempts), ==, cases[i].want);
    }
    for (unsigned i = 1; i < 20; i++) {
        g_assert_cmpint(mail_retry_delay(i + 1), >=, mail_retry_delay(i));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mail/rule/addresses", test_addresses);
    g_test_add_func("/mail/rule/address-lengths", test_address_lengths);
    g_test_add_func("/mail/rule/subjects", test_subjects);
    g_test_add_func("/mail/rule/delays", test_delays);
    return g_test_run();
}
