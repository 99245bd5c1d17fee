/*
 * test_api_token_rule.c: what a token looks like, and where it stands in a header.
 */
#include "account/api_token_rule.h"

#include "base/token.h"

#include <glib.h>

#define TEXT "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-_"
#define TOKEN "simportal_" TEXT

static void test_header(void)
{
    static const struct {
        const char *header, *want;
    } cases[] = {
        { "Bearer " TOKEN, TOKEN },
        { "bearer " TOKEN, TOKEN },
        { "BEARER   " TOKEN, TOKEN },
        { "Bearer" TOKEN, NULL },
        { "Bearer", NULL },
        { "Bearer ", NULL },
        { "Basic " TOKEN, NULL },
        { TOKEN, NULL },
        { "Bearer " TEXT, NULL },
        { "Bearer " TOKEN "a", NULL },
        { "Bearer " TOKEN " ", NULL },
        { "Bearer " TOKEN ", x", NULL },
        { "Bearer simportal_aaa", NULL },
        { " Bearer " TOKEN, NULL },
        { "", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].header);
        g_assert_cmpstr(api_token_of_header(cases[i].header), ==, cases[i].want);
    }
}

static void test_made(void)
{
    token_open();
    g_autofree char *random = token_new();
    g_autofree char *made = g_strconcat(API_TOKEN_WORD, random, NULL);
    g_assert_true(api_token_is_well_formed(made));
    g_assert_false(api_token_is_well_formed(random));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/api-token/of-a-header", test_header);
    g_test_add_func("/api-token/what-is-made-is-one", test_made);
    return g_test_run();
}
