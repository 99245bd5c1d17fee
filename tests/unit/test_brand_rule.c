/*
 * test_brand_rule.c: the operator's colour (screens.md, Looks; WCAG 2.2, 1.4.3).
 */
#include "portal/brand_rule.h"

#include <glib.h>

static void test_colours(void)
{
    static const struct {
        const char *text;
        bool good;
    } cases[] = {
        { "#0b5fa5", true },   { "#B3261E", true },  { "#000000", true },  { "#767676", true }, /* 4.54 */
        { "#777777", false },                                                                   /* 4.48 */
        { "#ffffff", false },  { "#ffcc00", false }, { "", false },        { "0b5fa5", false }, { "#0b5fa", false },
        { "#0b5fa55", false }, { "#0b5fag", false }, { "#;}body", false }, { "red", false },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct colour colour = { 1, 2, 3 };
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(brand_accent_read(cases[i].text, &colour), ==, cases[i].good);
        g_assert_true(cases[i].good || (colour.red == 1 && colour.green == 2 && colour.blue == 3));
    }
}

static void test_css(void)
{
    g_autofree char *css = brand_css((struct colour){ 0x80, 0x00, 0xff });
    g_assert_cmpstr(css, ==, ":root{--accent:#8000ff;--accent-dark:#6400c7;--accent-soft:#f2e5ff}\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/brand/colours-that-can-be-read", test_colours);
    g_test_add_func("/brand/css", test_css);
    return g_test_run();
}
