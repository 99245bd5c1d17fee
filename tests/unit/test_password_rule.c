/*
 * test_password_rule.c: what a password may be and how long it lasts, and the list of common ones.
 */
#include "account/password_rule.h"

#include "base/error.h"
#include "dates.h"

#include <glib/gstdio.h>
#include <string.h>

#define SHORT (1U << PASSWORD_TOO_SHORT)
#define LONG (1U << PASSWORD_TOO_LONG)
#define NOT_TEXT (1U << PASSWORD_NOT_TEXT)
#define LOGIN_ID (1U << PASSWORD_IS_LOGIN_ID)
#define COMMON (1U << PASSWORD_COMMON)

static struct common_passwords *list;

struct wanted {
    const char *password;
    unsigned want;
};

static void check(const struct wanted *cases, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_test_message("%s", cases[i].password);
        g_assert_cmphex(password_faults(cases[i].password, "Yamada.T", list), ==, cases[i].want);
    }
}

static void test_length(void)
{
    static const struct wanted cases[] = {
        { "", SHORT },
        { "vK8-mRz2wqX", SHORT },
        { "vK8-mRz2wqXe", 0 },
        { "            ", COMMON }, /* one character repeated */
        { " vK8-mRz2wq ", 0 },      /* nothing is trimmed */
        { "correct horse battery", 0 },
        { "\u3055\u304F\u3089\u306E\u6728\u306E\u4E0B\u3067\u5BDD\u308B", SHORT }, /* 10 in 30 bytes */
        { "\u3055\u304F\u3089\u306E\u6728\u306E\u4E0B\u3067\u5BDD\u308B\u732B\u3068", 0 },
        { "abcdefgh\tijklmn", NOT_TEXT },
        { "abcdefgh\xFFijklmn", NOT_TEXT },
    };

    check(cases, G_N_ELEMENTS(cases));
    g_assert_cmphex(password_faults("Qvbnyx1", "qvbnyx1", list), ==, SHORT | LOGIN_ID);
}

static void test_longest(void)
{
    GString *password = g_string_new(NULL);

    for (int i = 0; i < 128; i++)
        g_string_append_unichar(password, 0x4E00 + (gunichar)(i * i % 1009));
    g_assert_cmphex(password_faults(password->str, "x", list), ==, 0);
    g_string_append_c(password, 'a');
    g_assert_cmphex(password_faults(password->str, "x", list), ==, LONG);
    g_string_free(password, TRUE);
}

static void test_common(void)
{
    static const struct wanted cases[] = {
        { "password1234", COMMON }, /* final digits */
        { "PassWord1234", COMMON }, /* case */
        { "password12345678901", COMMON },
        { "passwordpassword", COMMON },   /* doubled */
        { "monkeymonkeymonkey", COMMON }, /* repeated */
        { "monkey12monkey12", COMMON },   /* doubled with digits inside */
        { "monkeymonkey2024", COMMON },   /* doubled, then digits */
        { "monkey1monkey1234", COMMON },  /* the repetition ends within the digits */
        { "123456789012", COMMON },
        { "abc123123123", COMMON }, /* some of the digits belong to the word */
        { "administrator", COMMON },
        { "aaaaaaaaaaaa", COMMON },
        { "kX9#kX9#kX9#", COMMON }, /* four characters are none */
        { "kX9#vkX9#vkX9#v", 0 },
        { "\uFF50\uFF41\uFF53\uFF53\uFF57\uFF4F\uFF52\uFF44\uFF11\uFF12\uFF13\uFF14", COMMON }, /* full width */
        { "pass word1234", 0 },
        { "xpassword1234", 0 },
        { "password1234x", 0 },
        { "monkey", SHORT | COMMON }, /* all faults at once */
    };

    check(cases, G_N_ELEMENTS(cases));
}

static void test_login_id(void)
{
    static const struct wanted cases[] = {
        { "yamada.t", SHORT | LOGIN_ID },
        { "yamada.t1234", LOGIN_ID },
        { "YAMADA.T2024", LOGIN_ID },
        { "yamada.tyamada.t", LOGIN_ID },
        { "Yamada.t1Yamada.t1", LOGIN_ID },
        { "yamada.tyamada.t99", LOGIN_ID },
        { "yamada.t-1234", 0 },
        { "xyamada.t1234", 0 },
    };

    check(cases, G_N_ELEMENTS(cases));
    g_assert_cmphex(password_faults("tc1000-00009", "TC1000-00009", list), ==, LOGIN_ID);
}

static void test_fault_codes(void)
{
    for (int i = 0; i < PASSWORD_FAULT_N; i++)
        g_assert_cmpuint(strlen(password_fault_code((enum password_fault)i)), >, 0);
    g_assert_cmpstr(password_fault_code(PASSWORD_USED_BEFORE), ==, "used-before");
}

static void test_list(void)
{
    static const char *const in[] = { "password", "123456", "dragon", "007", "administrator" };
    static const char *const out[] = { "passworr", "password ", "", "0", "zzzzzzzzzzzz", "~", "Password" };

    g_assert_cmpuint(common_passwords_count(list), >, 40000);
    for (gsize i = 0; i < G_N_ELEMENTS(in); i++)
        g_assert_true(common_passwords_contain(list, in[i], strlen(in[i])));
    for (gsize i = 0; i < G_N_ELEMENTS(out); i++)
        g_assert_false(common_passwords_contain(list, out[i], strlen(out[i])));
}

static void test_list_every_line(gconstpointer path)
{
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gsize n = 0;

    for (; *lines[n]; n++)
        g_assert_true(common_passwords_contain(list, lines[n], strlen(lines[n])));
    g_assert_cmpuint(n, ==, common_passwords_count(list));
}

static void test_list_broken(void)
{
    static const char *const texts[] = { "", "b\na\n", "a\na\n", "a\n\nb\n", "a\nb", "\n" };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *path = NULL;
        g_autoptr(GError) error = NULL;
        int file = g_file_open_tmp("common-XXXXXX", &path, NULL);

        g_assert_cmpint(file, >=, 0);
        g_close(file, NULL);
        g_assert_true(g_file_set_contents(path, texts[i], -1, NULL));
        g_assert_null(common_passwords_open(path, &error));
        g_assert_error(error, PORTAL_ERROR, PORTAL_INTERNAL);
        g_unlink(path);
    }

    g_autoptr(GError) error = NULL;
    g_assert_null(common_passwords_open("/nonexistent/list", &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_INTERNAL);
}

static void test_age(void)
{
    static const struct {
        const char *now;
        enum password_age want;
        int left;
    } cases[] = {
        { "2024-01-01 09:00:00", PASSWORD_FRESH, 90 },  { "2024-03-17 00:00:00", PASSWORD_FRESH, 14 },
        { "2024-03-30 23:59:59", PASSWORD_FRESH, 1 },   { "2024-03-31 00:00:00", PASSWORD_FRESH, 0 },
        { "2024-03-31 23:59:59", PASSWORD_FRESH, 0 },   { "2024-04-01 00:00:00", PASSWORD_EXPIRED, 0 },
        { "2025-01-01 00:00:00", PASSWORD_EXPIRED, 0 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (int late = 0; late < 2; late++) {
            struct moment changed = at(late ? "2024-01-01 23:59:59" : "2024-01-01 00:00:00");
            int left = -1;

            g_assert_cmpint(password_age(changed, at(cases[i].now), 90, &left), ==, cases[i].want);
            g_assert_cmpint(left, ==, cases[i].left);
        }
    }
}

static void test_age_switched_off(void)
{
    int left;

    g_assert_cmpint(password_age(at("2024-01-01"), at("2034-01-01"), 0, &left), ==, PASSWORD_FRESH);
    g_assert_cmpint(left, ==, G_MAXINT);
}

static void test_initial(void)
{
    struct moment issued = at("2024-02-20 15:30:00");

    g_assert_true(password_initial_is_usable(issued, issued, 14));
    g_assert_true(password_initial_is_usable(issued, at("2024-03-05 23:59:59"), 14));
    g_assert_false(password_initial_is_usable(issued, at("2024-03-06 00:00:00"), 14));
}

/* domain.md, Mails: changed on 2024-01-01, the last good day is 2024-03-31. Each row of the windows agrees with it. */
static void test_notices(void)
{
    static const struct {
        const char *now;
        int want;
    } cases[] = {
        { "2024-01-01 12:00:00", 0 },  { "2024-03-16 23:59:59", 0 }, { "2024-03-17 00:00:00", 14 },
        { "2024-03-23 23:59:59", 14 }, { "2024-03-24 00:00:00", 7 }, { "2024-03-29 23:59:59", 7 },
        { "2024-03-30 00:00:00", 1 },  { "2024-03-31 23:59:59", 1 }, { "2024-04-01 00:00:00", 0 },
        { "2024-07-01 00:00:00", 0 },
    };
    static const char *const changes[] = { "2024-01-01 00:00:00", "2024-01-01 23:59:59" };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(changes); j++) {
            struct moment changed = at(changes[j]), now = at(cases[i].now);
            struct password_notice_window windows[PASSWORD_NOTICES];
            int step = 0;
            g_test_message("%s", cases[i].now);
            g_assert_cmpint(password_notice_step(changed, now, 90), ==, cases[i].want);
            g_assert_cmpuint(password_notice_windows(now, 90, windows), ==, PASSWORD_NOTICES);
            for (guint k = 0; k < PASSWORD_NOTICES; k++) {
                if (changed.us >= windows[k].from.us && changed.us < windows[k].until.us) {
                    g_assert_cmpint(step, ==, 0); /* in one of them at most */
                    step = windows[k].step;
                }
            }
            g_assert_cmpint(step, ==, cases[i].want);
            g_assert_cmpint(password_notice_step(changed, now, 0), ==, 0);
            g_assert_cmpuint(password_notice_windows(now, 0, windows), ==, 0);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);

    const char *srcdir = g_getenv("srcdir");
    g_autofree char *path = g_build_filename(srcdir ? srcdir : ".", "fcgi", "account", "common_passwords.txt", NULL);
    g_autoptr(GError) error = NULL;

    list = common_passwords_open(path, &error);
    g_assert_no_error(error);
    g_test_add_func("/password/length-12-to-128-characters", test_length);
    g_test_add_func("/password/length-counts-characters-not-bytes", test_longest);
    g_test_add_func("/password/common-also-with-digits-or-repeated", test_common);
    g_test_add_func("/password/not-the-login-id", test_login_id);
    g_test_add_func("/password/every-fault-has-a-word", test_fault_codes);
    g_test_add_func("/password/list/finds-what-it-holds", test_list);
    g_test_add_data_func("/password/list/every-line-is-found", path, test_list_every_line);
    g_test_add_func("/password/list/broken-files-are-refused", test_list_broken);
    g_test_add_func("/password/90-days-the-last-good-day", test_age);
    g_test_add_func("/password/notices-14-7-1-days-before", test_notices);
    g_test_add_func("/password/90-days-can-be-switched-off", test_age_switched_off);
    g_test_add_func("/password/initial-14-days", test_initial);

    int result = g_test_run();
    common_passwords_free(list);
    return result;
}
