/*
 * test_log.c: each event is one line of JSON, whatever somebody typed.
 */
#include "base/log.h"

#include "base/error.h"

#include <json-c/json.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What `work` writes to standard error. */
static char *written(void (*work)(const char *), const char *argument)
{
    char text[8192];
    int pipes[2], kept = dup(STDERR_FILENO);
    g_assert_cmpint(pipe(pipes), ==, 0);
    dup2(pipes[1], STDERR_FILENO);
    close(pipes[1]);
    work(argument);
    dup2(kept, STDERR_FILENO);
    close(kept);
    ssize_t n = read(pipes[0], text, sizeof text);
    close(pipes[0]);
    g_assert_cmpint(n, >=, 0);
    return g_strndup(text, (gsize)n);
}

static struct json_object *parsed(const char *line)
{
    g_assert_true(g_str_has_suffix(line, "}\n"));
    g_assert_true(strchr(line, '\n') == line + strlen(line) - 1);
    for (const char *at = line; at[1] != '\0'; at++) {
        g_assert_true((unsigned char)*at >= 0x20 && *at != 0x7F);
    }
    struct json_object *object = json_tokener_parse(line);
    g_assert_nonnull(object);
    return object;
}

static const char *member(struct json_object *object, const char *name)
{
    struct json_object *value = NULL;
    return json_object_object_get_ex(object, name, &value) ? json_object_get_string(value) : NULL;
}

static void write_value(const char *text)
{
    log_event(LOG_WARNING, "login", LOG_TEXT("login", text), LOG_NUMBER("n", G_MININT64));
}

static void test_values(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "", "" },
        { "a", "a" },
        { "a\nb", "a\nb" },
        { "a\r\n{\"event\":\"login\"}", "a\r\n{\"event\":\"login\"}" },
        { "\",\"level\":\"error", "\",\"level\":\"error" },
        { "\\", "\\" },
        { "\x1B[31m", "\x1B[31m" },
        { "\u3042\U0001F363", "\u3042\U0001F363" },
        { "%n%s%x", "%n%s%x" },
        { "a\xFFz", "a\uFFFDz" },
        { "</script>", "</script>" },
        { NULL, "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *line = written(write_value, cases[i].text);
        struct json_object *object = parsed(line);
        g_assert_cmpstr(member(object, "login"), ==, cases[i].want);
        g_assert_cmpstr(member(object, "event"), ==, "login");
        g_assert_cmpstr(member(object, "level"), ==, "warning");
        g_assert_cmpstr(member(object, "program"), ==, "test");
        g_assert_cmpstr(member(object, "n"), ==, "-9223372036854775808");
        g_assert_true(g_str_has_suffix(member(object, "at"), "+09:00"));
        json_object_put(object);
    }
}

static void write_in_request(const char *id)
{
    log_request(id);
    log_event(LOG_INFO, "x", LOG_NUMBER("n", 1));
    log_request(NULL);
}

static void test_request(void)
{
    g_autofree char *line = written(write_in_request, "0123\nabc\xFF");
    struct json_object *object = parsed(line);
    g_assert_true(g_str_has_prefix(member(object, "request"), "0123\nabc"));
    json_object_put(object);
    g_autofree char *without = written(write_value, "a");
    object = parsed(without);
    g_assert_null(member(object, "request"));
    json_object_put(object);
}

static void write_error(const char *message)
{
    g_autoptr(GError) error = g_error_new_literal(PORTAL_ERROR, PORTAL_BUSY, message);
    log_error(LOG_ERROR, "busy", error);
}

static void test_error(void)
{
    g_autofree char *line = written(write_error, "line 1\nline 2");
    struct json_object *object = parsed(line);
    g_assert_cmpstr(member(object, "message"), ==, "line 1\nline 2");
    g_assert_cmpstr(member(object, "level"), ==, "error");
    json_object_put(object);
}

static void write_by_glib(const char *message)
{
    g_log("GLib", G_LOG_LEVEL_WARNING, "%s", message);
}

static void test_glib(void)
{
    g_autofree char *line = written(write_by_glib, "a\nb");
    struct json_object *object = parsed(line);
    g_assert_cmpstr(member(object, "event"), ==, "glib");
    g_assert_cmpstr(member(object, "message"), ==, "a\nb");
    json_object_put(object);
}

static void write_levels(const char *least)
{
    log_least(least);
    log_event(LOG_DEBUG, "d", LOG_NUMBER("n", 1));
    log_event(LOG_INFO, "i", LOG_NUMBER("n", 1));
    log_event(LOG_WARNING, "w", LOG_NUMBER("n", 1));
    log_event(LOG_ERROR, "e", LOG_NUMBER("n", 1));
    log_least("debug");
}

static void test_least(void)
{
    static const struct {
        const char *least, *want;
    } cases[] = { { "debug", "diwe" }, { "info", "iwe" }, { "warning", "we" }, { "error", "e" } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = written(write_levels, cases[i].least);
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        g_assert_cmpuint(g_strv_length(lines), ==, strlen(cases[i].want) + 1);
        for (guint at = 0; lines[at + 1] != NULL; at++) {
            g_autofree char *event = g_strdup_printf("\"event\":\"%c\"", cases[i].want[at]);
            g_assert_nonnull(strstr(lines[at], event));
        }
    }
}

/* In a process of a pool whose standard error is the journal. */
static void write_to_journal(const char *pool)
{
    struct stat status;
    g_assert_cmpint(fstat(STDERR_FILENO, &status), ==, 0);
    g_autofree char *stream =
        g_strdup_printf("%llu:%llu", (unsigned long long)status.st_dev, (unsigned long long)status.st_ino);
    g_setenv("JOURNAL_STREAM", stream, TRUE);
    g_setenv("SIMPORTAL_POOL", pool, TRUE);
    log_open("test");
    log_event(LOG_ERROR, "x", LOG_NUMBER("n", 1));
    g_unsetenv("JOURNAL_STREAM");
    g_unsetenv("SIMPORTAL_POOL");
    log_open("test");
}

/* The variable is another program's, inherited: a stream of the same kind, but not this one. */
static void write_beside_journal(const char *text)
{
    struct stat status;
    g_assert_cmpint(fstat(STDERR_FILENO, &status), ==, 0);
    g_autofree char *stream =
        g_strdup_printf("%llu:%llu", (unsigned long long)status.st_dev, (unsigned long long)status.st_ino + 1);
    g_setenv("JOURNAL_STREAM", stream, TRUE);
    log_open("test");
    write_value(text);
}

static void test_journal(void)
{
    g_autofree char *line = written(write_to_journal, "bulk");
    g_assert_true(g_str_has_prefix(line, "<3>{"));
    struct json_object *object = parsed(line + 3);
    g_assert_cmpstr(member(object, "pool"), ==, "bulk");
    json_object_put(object);
    g_autofree char *plain = written(write_beside_journal, "a");
    g_unsetenv("JOURNAL_STREAM");
    log_open("test");
    object = parsed(plain);
    g_assert_null(member(object, "pool"));
    json_object_put(object);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_log_set_always_fatal(G_LOG_FATAL_MASK);
    log_open("test");
    g_test_add_func("/log/one-line-whatever-was-typed", test_values);
    g_test_add_func("/log/request-id", test_request);
    g_test_add_func("/log/errors", test_error);
    g_test_add_func("/log/least-level", test_least);
    g_test_add_func("/log/journal-gets-priorities", test_journal);
    g_test_add_func("/log/glib-writes-there-too", test_glib);
    return g_test_run();
}
