/*
 * test_label.c: named arguments are filled in once; what is filled in is never filled again.
 */
#include "view/label.h"

#include <string.h>

static void test_complete(void)
{
    for (int language = 0; language < LANGUAGE_N; language++) {
        for (int label = 0; label < LABEL_N; label++) {
            const char *text = label_text((enum language)language, (enum label)label);
            g_assert_nonnull(text);
            g_assert_cmpstr(text, !=, "");
            g_assert_true(g_utf8_validate(text, -1, NULL));
        }
    }
}

static void test_fill(void)
{
    static const struct {
        const char *name, *value, *want;
    } cases[] = {
        { "max", "20", "Use at most 20 characters." },    { "max", "{max}", "Use at most {max} characters." },
        { "max", "", "Use at most  characters." },        { "max", NULL, "Use at most  characters." },
        { "ma", "20", "Use at most {max} characters." },  { "maxi", "20", "Use at most {max} characters." },
        { "MAX", "20", "Use at most {max} characters." }, { NULL, NULL, "Use at most {max} characters." },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = label_fill(LANGUAGE_EN, LABEL_ERROR_TOO_LONG, cases[i].name, cases[i].value);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* Several arguments, one of which looks like the place of the other. */
static void test_format(void)
{
    g_autofree char *got = label_format(LANGUAGE_EN, LABEL_ERROR_TOO_LONG, "x", "1", "max", "{x}", "y", "2", NULL);
    g_assert_cmpstr(got, ==, "Use at most {x} characters.");
    g_autofree char *japanese = label_format(LANGUAGE_JA, LABEL_ERROR_TOO_LONG, "max", "20", NULL);
    g_assert_nonnull(strstr(japanese, "20"));
    g_assert_null(strchr(japanese, '{'));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/label/each-in-each-language", test_complete);
    g_test_add_func("/label/one-argument", test_fill);
    g_test_add_func("/label/arguments-are-filled-in-one-pass", test_format);
    return g_test_run();
}
