/*
 * test_json_read.c: JSON that could be understood in two ways is refused; what is good comes through whole.
 */
#include "base/json_read.h"

#include "base/error.h"
#include "base/json.h"

#include <string.h>

static void test_half_pairs(void)
{
    static const struct {
        const char *text;
        bool has_half;
    } cases[] = {
        { "{}", false },
        { "{\"a\":\"\\u3042\"}", false },
        { "{\"a\":\"\\ud83c\\udf63\"}", false },
        { "{\"a\":\"\\uD83C\\uDF63\\uD83C\\uDF63\"}", false },
        { "{\"a\":\"\\\\ud83c\"}", false }, /* an escaped backslash */
        { "{\"a\":\"\\\\\\ud83c\"}", true },
        { "{\"a\":\"\\ud83c\"}", true },
        { "{\"a\":\"\\udf63\"}", true },
        { "{\"a\":\"\\udf63\\ud83c\"}", true },
        { "{\"a\":\"\\ud83c\\ud83c\\udf63\"}", true },
        { "{\"a\":\"\\ud83cx\\udf63\"}", true },
        { "{\"a\":\"\\ud83c\\u3042\"}", true },
        { "{\"\\ud83c\":1}", true },
        { "\\ud83", false },
        { "\\ud83c", true },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(json_has_half_pair(cases[i].text, strlen(cases[i].text)), ==, cases[i].has_half);
    }
}

static void test_mark(void)
{
    static const char marked[] = "\xEF\xBB\xBF {\"a\":1}", twice[] = "\xEF\xBB\xBF\xEF\xBB\xBF{}";
    struct json_object *object = json_read(marked, strlen(marked), NULL);
    g_assert_nonnull(object);
    g_assert_true(json_object_object_get_ex(object, "a", NULL));
    json_object_put(object);
    g_assert_null(json_read(twice, strlen(twice), NULL));
    g_assert_null(json_read(marked, 3, NULL));
}

static void test_refused(void)
{
    static const char *const cases[] = {
        "",
        " ",
        "null",
        "1",
        "\"a\"",
        "[]",
        "[{}]",
        "{",
        "}",
        "{}}",
        "{}{}",
        "{} x",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{'a':1}",
        "{a:1}",
        "/**/{}",
        "{\"a\":NaN}",
        "{\"a\":-Infinity}",
        "{\"a\":1e400}",
        "{\"a\":0x10}",
        "{\"a\":01}",
        "{\"a\":True}",
        "{\"a\":\"\x01\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u00\"}",
        "{\"a\":\"\xFF\"}",
        "{\"a\":\"\xC0\x80\"}",
        "{\"a\":\"\xED\xA0\x80\"}",
        /* two at once */
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"b\":{\"a\":1,\"a\":2}}",
        "{\"b\":[{\"a\":1},{\"a\":1,\"a\":2}]}",
        /* names and texts that would end early */
        "{\"a\":\"b\\u0000c\"}",
        "{\"a\\u0000b\":1}",
        "{\"\\u0000\":1}",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i]);
        g_assert_null(json_read(cases[i], strlen(cases[i]), &error));
        g_assert_error(error, PORTAL_ERROR, PORTAL_INVALID);
    }
    g_assert_null(json_read("{\"a\":\"b\0c\"}", 11, NULL));
    g_assert_null(json_read("{}\0", 3, NULL));
}

static void test_taken(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "{}", "{}" },
        { " \r\n\t{ } \n", "{}" },
        { "{\"a\":{\"a\":{\"a\":1}}}", "{\"a\":{\"a\":{\"a\":1}}}" },
        { "{\"a\":[1,-2,1.5,true,false,null,\"\"]}", "{\"a\":[1,-2,1.5,true,false,null,\"\"]}" },
        { "{\"a:b\":\":\",\"c\":\"\\\":{\"}", "{\"a:b\":\":\",\"c\":\"\\\":{\"}" }, /* colons that begin no member */
        { "{\"a\":\"\\\\u0000\"}", "{\"a\":\"\\\\u0000\"}" },                       /* a backslash, and no NUL */
        { "{\"a\":\"\\u3042\\ud83c\\udf63\"}", "{\"a\":\"\u3042\U0001F363\"}" },
        { "{\"\":1}", "{\"\":1}" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i].text);
        struct json_object *object = json_read(cases[i].text, strlen(cases[i].text), &error);
        g_assert_no_error(error);
        g_autofree char *text = json_take_text(object);
        g_assert_cmpstr(text, ==, cases[i].want);
    }
}

static char *nested(guint depth)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < depth; i++) {
        g_string_append(text, "{\"a\":");
    }
    g_string_append_c(text, '1');
    for (guint i = 0; i < depth; i++) {
        g_string_append_c(text, '}');
    }
    return g_string_free(text, FALSE);
}

static void test_depth(void)
{
    g_autofree char *good = nested(JSON_DEPTH_MOST - 1), *deep = nested(JSON_DEPTH_MOST);
    struct json_object *object = json_read(good, strlen(good), NULL);
    g_assert_nonnull(object);
    json_object_put(object);
    g_assert_null(json_read(deep, strlen(deep), NULL));
    g_autofree char *abyss = nested(100000);
    g_assert_null(json_read(abyss, strlen(abyss), NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json-read/refused", test_refused);
    g_test_add_func("/json-read/half-pairs-of-surrogates", test_half_pairs);
    g_test_add_func("/json-read/a-byte-order-mark", test_mark);
    g_test_add_func("/json-read/taken", test_taken);
    g_test_add_func("/json-read/depth", test_depth);
    return g_test_run();
}
