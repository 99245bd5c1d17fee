/*
 * test_gateway_rule.c: lines to and from the gateway (domain.md, Carrier gateway): what comes back is trusted with
 * nothing.
 */
#include "gateway/gateway_rule.h"

#include <string.h>

static void test_asked(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    struct gateway_request full = { .id = "4711-1",
                                    .operation = "suspend",
                                    .object = "sim",
                                    .what = "{\"phone\":\"02010000022\"}",
                                    .arguments = "{\"reason\":\"lost\"}" };
    struct gateway_request bare = { .id = "4711-1", .operation = "status" };
    gateway_line(out, &full);
    gateway_line(out, &bare);
    g_assert_cmpstr(out->str, ==,
                    "{\"id\":\"4711-1\",\"op\":\"suspend\",\"sim\":{\"phone\":\"02010000022\"},"
                    "\"args\":{\"reason\":\"lost\"}}\n"
                    "{\"id\":\"4711-1\",\"op\":\"status\"}\n");
}

static void test_answers(void)
{
    static const struct {
        const char *line;
        enum gateway_outcome outcome;
        const char *code, *text, *result;
    } cases[] = {
        { "{\"id\":\"1-1\",\"ok\":true}", GATEWAY_DONE, NULL, NULL, NULL },
        { "{\"id\":\"1-1\",\"ok\":true,\"result\":{\"a\":1}}", GATEWAY_DONE, NULL, NULL, "{\"a\":1}" },
        { "{\"id\":\"1-1\",\"ok\":true,\"accepted\":true}", GATEWAY_ACCEPTED, NULL, NULL, NULL },
        { "{\"id\":\"1-1\",\"ok\":false,\"code\":\"busy\",\"message\":\"later\",\"retry\":true}", GATEWAY_AGAIN, "busy",
          "later", NULL },
        { "{\"id\":\"1-1\",\"ok\":false,\"code\":\"no\",\"message\":\"never\"}", GATEWAY_REFUSED, "no", "never", NULL },
        { "{\"id\":\"1-1\",\"ok\":false}", GATEWAY_REFUSED, "unknown", "", NULL },
        { "{\"id\":\"1-1\",\"ok\":false,\"retry\":\"true\"}", GATEWAY_REFUSED, "unknown", "", NULL },
        { "{\"id\":\"1-1\",\"ok\":false,\"code\":\"a\\u0000b\",\"message\":\"x\\ny\"}", GATEWAY_REFUSED, "a", "",
          NULL },
        { "{\"id\":\"1-1\",\"ok\":false,\"code\":\"0123456789012345678901234567890123456789\"}", GATEWAY_REFUSED,
          "01234567890123456789012345678901", "", NULL },
        { "{\"more\":[],\"ok\":true,\"id\":\"1-1\"}", GATEWAY_DONE, NULL, NULL, NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct gateway_answer answer = { 0 };
        g_test_message("%s", cases[i].line);
        g_assert_true(gateway_read(cases[i].line, strlen(cases[i].line), &answer));
        g_assert_cmpstr(answer.id, ==, "1-1");
        g_assert_cmpint(answer.outcome, ==, cases[i].outcome);
        g_assert_cmpstr(answer.code, ==, cases[i].code);
        g_assert_cmpstr(answer.text, ==, cases[i].text);
        g_assert_cmpstr(answer.result, ==, cases[i].result);
        gateway_answer_clear(&answer);
    }
}

static void test_rubbish(void)
{
    static const char *const lines[] = { "",
                                         "}{ rubbish",
                                         "null",
                                         "[]",
                                         "{}",
                                         "{\"id\":1,\"ok\":true}",
                                         "{\"id\":\"1-1\"}",
                                         "{\"id\":\"1-1\",\"ok\":\"true\"}",
                                         "{\"id\":\"1-1\",\"ok\":true}{\"id\":\"1-2\",\"ok\":true}",
                                         "{\"id\":\"1-1\",\"ok\":tr",
                                         "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[" };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        struct gateway_answer answer = { 0 };
        g_test_message("%s", lines[i]);
        g_assert_false(gateway_read(lines[i], strlen(lines[i]), &answer));
        g_assert_null(answer.id);
    }
}

/* What the worker makes do with, the trial of a program names. */
static void test_faults(void)
{
    static const struct {
        const char *line, *fault; /* a part of it; NULL: none */
    } cases[] = {
        { "{\"id\":\"1-1\",\"ok\":true}", NULL },
        { "{\"id\":\"1-1\",\"ok\":true,\"accepted\":true}", NULL },
        { "{\"id\":\"1-1\",\"ok\":false,\"code\":\"busy\",\"message\":\"later\",\"retry\":true}", NULL },
        { "}{", "no JSON object" },
        { "[]", "no JSON object" },
        { "{\"id\":1,\"ok\":true}", "no id" },
        { "{\"id\":\"1-1\",\"ok\":\"true\"}", "ok must be" },
        { "{\"id\":\"1-1\",\"ok\":false,\"code\":\"no\",\"message\":\"\"}", "retry must be" },
        { "{\"id\":\"1-1\",\"ok\":false,\"retry\":false,\"message\":\"\"}", "code must be" },
        { "{\"id\":\"1-1\",\"ok\":false,\"retry\":false,\"code\":\"\",\"message\":\"\"}", "code must be" },
        { "{\"id\":\"1-1\",\"ok\":false,\"retry\":false,\"code\":\"012345678901234567890123456789012\",\"message\":"
          "\"\"}",
          "code must be" },
        { "{\"id\":\"1-1\",\"ok\":false,\"retry\":false,\"code\":\"no\"}", "message must be" },
        { "{\"id\":\"1-1\",\"ok\":false,\"retry\":false,\"code\":\"no\",\"message\":\"a\\u0007\"}", "message must be" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *fault = gateway_fault(cases[i].line, strlen(cases[i].line));
        g_test_message("%s", cases[i].line);
        g_assert_true((fault == NULL) == (cases[i].fault == NULL));
        g_assert_true(fault == NULL || strstr(fault, cases[i].fault) != NULL);
    }
    g_autofree char *fill = g_strnfill(GATEWAY_LINE_MOST, ' ');
    g_autofree char *wide = g_strdup_printf("{\"id\":\"1-1\",\"ok\":true}%s", fill);
    g_assert_nonnull(strstr(gateway_fault(wide, strlen(wide)), "longer"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gateway/faults-of-answers", test_faults);
    g_test_add_func("/gateway/asked", test_asked);
    g_test_add_func("/gateway/answers", test_answers);
    g_test_add_func("/gateway/rubbish-is-no-answer", test_rubbish);
    return g_test_run();
}
