/*
 * test_number_rule.c: phone, serial and ICCID numbers in every form people type them.
 */
#include "line/number_rule.h"

#include <glib.h>

struct reading {
    const char *typed, *want;
};

static void check(char *(*read)(const char *), const struct reading *cases, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *got = read(cases[i].typed);

        g_test_message("%s", cases[i].typed);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void test_phone_read(void)
{
    static const struct reading cases[] = {
        { "02010000022", "02010000022" },
        { "020-1000-0022", "02010000022" },
        { " 020 1000 0022 ", "02010000022" },
        { "020-1000-0000022", "02010000000022" },
        { "02010000000022", "02010000000022" },
        { "\uFF10\uFF12\uFF10\u2212\uFF11\uFF10\uFF10\uFF10\u30FC\uFF10\uFF10\uFF12\uFF12", "02010000022" },
        { "(020)1000-0022", "02010000022" },
        { "+81 20-1000-0022", "02010000022" },
        { "+812010000022", "02010000022" },
        { "+81 (0)20-1000-0022", "02010000022" },
        { "\uFF0B\uFF18\uFF11\uFF12\uFF10\uFF11\uFF10\uFF10\uFF10\uFF10\uFF10\uFF12\uFF12", "02010000022" },
        { "+81 20-1000-0000022", "02010000000022" },
        { "000-0000-0000000", "00000000000000" },
        { "12345678901", "12345678901" },
        { "", NULL },
        { "-", NULL },
        { "0201000002", NULL },
        { "020100000222", NULL },
        { "0201000000002", NULL },
        { "020100000000222", NULL },
        { "2010000022", NULL },
        { "+1 20-1000-0022", NULL },
        { "+81+2010000022", NULL },
        { "8.98E+18", NULL },
        { "020-1000-002x", NULL },
        { "'02010000022", "02010000022" },
        { "=\"020-1000-0022\"", "02010000022" },
        { "=02010000022", NULL },
        { "\u202A+81 20-1000-0022\u202C", "02010000022" }, /* as address books copy them */
        { "020\u20111000\u00AD\uFE0F0022\u200B", "02010000022" },
        { "020\u25001000\u25010022", "02010000022" },
        { "020\u301C1000\u301C0022", NULL },
    };

    check(number_phone_read, cases, G_N_ELEMENTS(cases));
}

static void test_phone_show(void)
{
    static const struct reading cases[] = {
        { "02010000022", "020-1000-0022" },
        { "02010000000022", "020-1000-0000022" },
        { "0201", "0201" },
        { "", "" },
    };

    check(number_phone_show, cases, G_N_ELEMENTS(cases));
}

static void test_phone_part(void)
{
    static const struct reading cases[] = {
        { "0", "0" },
        { "0022", "0022" },
        { "00-22", "0022" },
        { "\uFF10\uFF10\uFF12\uFF12", "0022" },
        { "+8120", "020" },
        { "+81", "0" },
        { "+81 020", "020" },
        { "02010000000022", "02010000000022" },
        { "020100000000221", NULL },
        { "", NULL },
        { "-", NULL },
        { "+", NULL },
        { "+8", NULL },
        { "+1", NULL },
        { "00%", NULL },
        { "abc", NULL },
    };

    check(number_phone_part, cases, G_N_ELEMENTS(cases));
}

static void test_serial_read(void)
{
    static const struct reading cases[] = {
        { "AF0000000000", "AF0000000000" },
        { "af0000000000", "AF0000000000" },
        { "GG910800000043XX", "GG910800000043XX" },
        { " \uFF21\uFF46\uFF10000000000\u3000", "AF0000000000" },
        { "AF00000000", "AF00000000" },
        { "AF000000000000000000", "AF000000000000000000" },
        { "\u200EAF00\uFEFF000000\u2069", "AF00000000" },
        { "=\"AF00000000\"", "AF00000000" },
        { "AF0000000", NULL },
        { "AF0000000000000000000", NULL },
        { "A00000000000", NULL },
        { "0AF000000000", NULL },
        { "AF-000000000", NULL },
        { "AF0000 000000", NULL },
        { "AF000000000\u3042", NULL },
        { "", NULL },
    };

    check(number_serial_read, cases, G_N_ELEMENTS(cases));
}

static void test_serial_part(void)
{
    static const struct reading cases[] = {
        { "0", "0" },
        { "f00", "F00" },
        { "\uFF47\uFF47\uFF19", "GG9" },
        { "AF000000000000000000", "AF000000000000000000" },
        { "AF0000000000000000000", NULL },
        { "", NULL },
        { "%", NULL },
        { "A_", NULL },
    };

    check(number_serial_part, cases, G_N_ELEMENTS(cases));
}

static void test_iccid_read(void)
{
    static const struct reading cases[] = {
        { "8981100000000000001", "8981100000000000001" },
        { "89811000000000000012", "89811000000000000012" },
        { "8981 1000 0000 0000 001", "8981100000000000001" },
        { "898110000000000000", NULL },
        { "898110000000000000123", NULL },
        { "8981100000000000001F", "8981100000000000001" },
        { "8981 1000 0000 0000 001f", "8981100000000000001" },
        { "'8981100000000000001", "8981100000000000001" },
        { "=\"8981100000000000001\"", "8981100000000000001" },
        { "89811000000000000012F", NULL },
        { "8981100000000000001FF", NULL },
        { "898110000000000000F", NULL },
        { "F", NULL },
        { "8.98E+18", NULL },
        { "", NULL },
    };

    check(number_iccid_read, cases, G_N_ELEMENTS(cases));
}

static void test_iccid_check(void)
{
    static const struct {
        const char *typed;
        enum number_iccid_fault want;
    } cases[] = {
        { "8981100000000000002", NUMBER_ICCID_GOOD },
        { "89811000000000000012", NUMBER_ICCID_GOOD },
        { "8981100000000000002F", NUMBER_ICCID_GOOD },
        { "8981100000000000001", NUMBER_ICCID_CHECK_DIGIT },
        { "8981100000000000020", NUMBER_ICCID_CHECK_DIGIT },
        { "8981100000000010000", NUMBER_ICCID_ROUNDED },
        { "89811000000000100000", NUMBER_ICCID_ROUNDED },
        { "8981100000011900000", NUMBER_ICCID_ROUNDED }, /* good by its check digit, and yet */
        { "\uFF18981100000011900000\u200B", NUMBER_ICCID_ROUNDED },
        { "'8981100000011900000", NUMBER_ICCID_GOOD },
        { "=\"8981100000011900000\"", NUMBER_ICCID_GOOD },
        { "8981100000011900000F", NUMBER_ICCID_GOOD },
        { "8981 1000 0001 1900 000", NUMBER_ICCID_GOOD },
        { "'8981100000011900001", NUMBER_ICCID_CHECK_DIGIT },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *digits = number_iccid_read(cases[i].typed);
        g_test_message("%s", cases[i].typed);
        g_assert_cmpint(number_iccid_check(cases[i].typed, digits), ==, cases[i].want);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/number/phone/read-in-every-form", test_phone_read);
    g_test_add_func("/number/phone/shown-3-4-4-or-3-4-7", test_phone_show);
    g_test_add_func("/number/phone/part-for-searches", test_phone_part);
    g_test_add_func("/number/serial/two-letters-and-8-to-18-more", test_serial_read);
    g_test_add_func("/number/serial/part-for-searches", test_serial_part);
    g_test_add_func("/number/iccid/19-or-20-digits", test_iccid_read);
    g_test_add_func("/number/iccid/check-digit-and-rounded", test_iccid_check);
    return g_test_run();
}
