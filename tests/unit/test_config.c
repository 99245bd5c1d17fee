/*
 * test_config.c: a file is read by the table of options; all its faults are named at once.
 */
#include "base/config.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>

#define LEAST                                                                                                          \
    "[portal]\nbase_url=https://portal.example.com\nadmin_address=admin@example.com\n"                                 \
    "[mail]\nsender=portal@example.com\n[secret]\nkey_file=/etc/keys\n"

static struct config *config_of(const char *text, GError **error)
{
    g_autofree char *file = NULL;
    int fd = g_file_open_tmp("config-XXXXXX", &file, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(file, text, -1, NULL));
    struct config *config = config_read(file, error);
    g_unlink(file);
    return config;
}

static void test_defaults(void)
{
    g_autoptr(GError) error = NULL;
    AUTO(config) struct config *config = config_of(LEAST, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(config->portal.base_url, ==, "https://portal.example.com");
    g_assert_cmpstr(config->portal.language, ==, "ja");
    g_assert_cmpint(config->db.port, ==, 3306);
    g_assert_cmpint(config->session.idle_minutes, ==, 30);
    g_assert_cmpint(config->session.hours, ==, 12);
    g_assert_cmpint(config->password.argon2_memory_kib, ==, 19456);
    g_assert_cmpint(config->password.argon2_passes, ==, 2);
    g_assert_cmpint(config->password.days, ==, 90);
    g_assert_cmpint(config->password.initial_days, ==, 14);
}

static void test_limits(void)
{
    static const struct {
        const char *line, *fault; /* NULL: good */
    } cases[] = {
        { "[db]\nport=1\n", NULL },
        { "[db]\nport=65535\n", NULL },
        { "[db]\nport = 3307 \n", NULL },
        { "[db]\nport=0\n", "[db] port = 0: a number from 1 to 65535" },
        { "[db]\nport=65536\n", "[db] port = 65536" },
        { "[db]\nport=-1\n", "[db] port = -1" },
        { "[db]\nport=33x\n", "[db] port = 33x" },
        { "[db]\nport=\n", "[db] port = " },
        { "[db]\nport=99999999999999999999\n", "[db] port = 9999" },
        { "[password]\nargon2_memory_kib=19455\n", "argon2_memory_kib = 19455" },
        { "[password]\nargon2_passes=1\n", "argon2_passes = 1" },
        { "[pool]\nrequests=0\n", NULL },
        { "[log]\nlevel=error\nslow_ms=0\n", NULL },
        { "[log]\nlevel=notice\n", "[log] level = notice: one of debug, info, warning, error" },
        { "[log]\nslow_ms=-1\n", "[log] slow_ms = -1" },
        { "[pool]\nrequest=0\n", "[pool] request: there is no such option" },
        { "[portals]\nname=x\n", "[portals] name: there is no such option" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = g_strconcat(LEAST, cases[i].line, NULL);
        AUTO(config) struct config *config = config_of(text, &error);
        g_test_message("%s", cases[i].line);
        g_assert_cmpint(config != NULL, ==, cases[i].fault == NULL);
        if (cases[i].fault != NULL) {
            g_assert_error(error, PORTAL_ERROR, PORTAL_INVALID);
            g_assert_nonnull(strstr(error->message, cases[i].fault));
        }
    }
}

static void test_all_faults(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(config_of("[portal]\nx=1\n[db]\nport=0\n", &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_INVALID);
    static const char *const wants[] = { "[portal] x: there is no such option", "[db] port = 0",
                                         "[portal] base_url: must be given",    "[portal] admin_address: must be given",
                                         "[mail] sender: must be given",        "[secret] key_file: must be given" };
    for (gsize i = 0; i < G_N_ELEMENTS(wants); i++) {
        g_assert_nonnull(strstr(error->message, wants[i]));
    }
}

static void test_no_file(void)
{
    g_autoptr(GError) missing = NULL, broken = NULL;
    g_assert_null(config_read("/nonexistent/simportal.conf", &missing));
    g_assert_nonnull(strstr(missing->message, "/nonexistent/simportal.conf"));
    g_assert_null(config_of("no group\n", &broken));
    g_assert_nonnull(broken);
}

static void test_reference(void)
{
    g_autofree char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    config_print_reference(out);
    fclose(out);
    /* The reference, with what has no default filled in, is a file that can be read. */
    g_autoptr(GRegex) empty = g_regex_new("^(base_url|admin_address|sender|key_file)=$", G_REGEX_MULTILINE, 0, NULL);
    g_autofree char *filled = g_regex_replace(empty, text, -1, 0, "\\1=x", 0, NULL);
    g_autoptr(GRegex) comment = g_regex_new("^#(\\w+=)", G_REGEX_MULTILINE, 0, NULL);
    g_autofree char *all = g_regex_replace(comment, filled, -1, 0, "\\1", 0, NULL);
    g_autoptr(GError) error = NULL;
    AUTO(config) struct config *config = config_of(all, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(config->portal.base_url, ==, "x");
}

static void test_password(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = { { "abc\n", "abc" }, { "abc", "abc" }, { "abc\r\nx\n", "abc" }, { "", "" }, { " a \n", " a " } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *file = NULL;
        g_close(g_file_open_tmp("password-XXXXXX", &file, NULL), NULL);
        g_assert_true(g_file_set_contents(file, cases[i].text, -1, NULL));
        g_autofree char *got = config_password(file, NULL);
        g_assert_cmpstr(got, ==, cases[i].want);
        g_unlink(file);
    }
    g_autoptr(GError) error = NULL;
    g_autofree char *none = config_password("", NULL);
    g_assert_cmpstr(none, ==, "");
    g_assert_null(config_password("/nonexistent/password", &error));
    g_assert_nonnull(error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/config/defaults", test_defaults);
    g_test_add_func("/config/limits", test_limits);
    g_test_add_func("/config/all-faults-at-once", test_all_faults);
    g_test_add_func("/config/no-file", test_no_file);
    g_test_add_func("/config/the-reference-can-be-read", test_reference);
    g_test_add_func("/config/first-line-of-a-password-file", test_password);
    return g_test_run();
}
