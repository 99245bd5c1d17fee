/*
 * test_accept.c: the language that an Accept-Language header likes best.
 */
#include "web/accept.h"

#include <glib.h>

static void test_language(void)
{
    static const struct {
        const char *header;
        int want; /* -1: none of ours */
    } cases[] = {
        { "ja", LANGUAGE_JA },
        { "en", LANGUAGE_EN },
        { "EN-us", LANGUAGE_EN },
        { "ja-JP, en;q=0.5", LANGUAGE_JA },
        { "en;q=0.5, ja", LANGUAGE_JA },
        { "en;q=0.5,ja;q=0.6", LANGUAGE_JA },
        { "en;q=0.5,ja;q=0.5", LANGUAGE_EN }, /* the first of equals */
        { "de, fr;q=0.9, en;q=0.1", LANGUAGE_EN },
        { " ja ; q=0.1 , en ;q=0.2 ", LANGUAGE_EN },
        { "ja;q=0, en;q=0.001", LANGUAGE_EN },
        { "ja;q=0", -1 },
        { "ja;q=2", -1 },
        { "ja;q=x", -1 },
        { "de", -1 },
        { "eng", -1 },
        { "j", -1 },
        { "", -1 },
        { ",,;q=", -1 },
        { "*", -1 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        enum language got = LANGUAGE_N;
        g_test_message("%s", cases[i].header);
        g_assert_cmpint(accept_language(cases[i].header, &got), ==, cases[i].want >= 0);
        g_assert_cmpint(got, ==, cases[i].want >= 0 ? cases[i].want : LANGUAGE_N); /* untouched without one */
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/accept/language-liked-best", test_language);
    return g_test_run();
}
