/*
 * test_clock.c: moments, days and months of base/clock.h.
 */
#include "base/clock.h"

#include <string.h>
#include <time.h>

static struct date read_date(const char *text)
{
    struct date date;
    bool good = date_parse(text, &date);

    g_assert_true(good);
    return date;
}

static struct moment read_moment(const char *text)
{
    struct moment at;
    bool good = moment_parse(text, &at);

    g_assert_true(good);
    return at;
}

static void test_now(void)
{
    time_t before = time(NULL);
    struct moment now = clock_now();
    int64_t ticks = clock_ticks();

    g_assert_cmpint(now.us / 1000000, >=, before);
    g_assert_cmpint(now.us / 1000000, <=, time(NULL));
    g_assert_cmpint(clock_ticks(), >=, ticks);
}

static void test_every_day(void)
{
    /* Walk every day of 400 years and more by counting, not by formula. */
    struct date day = { 1600, 1, 1 };
    int32_t number = -135140;

    for (int weekday = 6; day.year < 2101; number++, weekday = (weekday + 1) % 7) {
        struct date back = date_from_number(number);

        g_assert_cmpint(date_number(day), ==, number);
        g_assert_cmpint(date_compare(back, day), ==, 0);
        g_assert_cmpint(date_weekday(day), ==, weekday);
        if (++day.day > month_days(date_month(day))) {
            struct month next = month_add(date_month(day), 1);
            day = month_first(next);
        }
    }
    g_assert_cmpint(date_number((struct date){ 1970, 1, 1 }), ==, 0);
    g_assert_cmpint(date_number((struct date){ 2000, 3, 1 }), ==, 11017);
}

static void test_tokyo_day(void)
{
    static const struct {
        int64_t us;
        const char *date, *iso;
    } cases[] = {
        { 0, "1970-01-01", "1970-01-01T09:00:00+09:00" },
        { G_GINT64_CONSTANT(1709218799999999), "2024-02-29", "2024-02-29T23:59:59+09:00" },
        { G_GINT64_CONSTANT(1709218800000000), "2024-03-01", "2024-03-01T00:00:00+09:00" },
        { G_GINT64_CONSTANT(-32400000001), "1969-12-31", "1969-12-31T23:59:59+09:00" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct moment at = { cases[i].us };
        g_autofree char *iso = moment_iso(at);

        g_assert_cmpint(date_compare(moment_date(at), read_date(cases[i].date)), ==, 0);
        g_assert_cmpstr(iso, ==, cases[i].iso);
    }
}

static void test_month(void)
{
    static const struct {
        struct month from;
        int add;
        struct month want;
        int days;
    } cases[] = {
        { { 2023, 12 }, 1, { 2024, 1 }, 31 },   { { 2024, 1 }, -1, { 2023, 12 }, 31 },
        { { 2023, 11 }, 3, { 2024, 2 }, 29 },   { { 2022, 11 }, 3, { 2023, 2 }, 28 },
        { { 2024, 1 }, 1193, { 2123, 6 }, 30 }, { { 2100, 1 }, 1, { 2100, 2 }, 28 },
        { { 2000, 1 }, 1, { 2000, 2 }, 29 },    { { 2024, 1 }, -24, { 2022, 1 }, 31 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct month got = month_add(cases[i].from, cases[i].add);

        g_assert_cmpint(month_compare(got, cases[i].want), ==, 0);
        g_assert_cmpint(month_days(got), ==, cases[i].days);
        g_assert_cmpint(month_last(got).day, ==, cases[i].days);
        g_assert_cmpint(month_compare(month_from_key(month_key(got)), got), ==, 0);
    }
    g_assert_cmpuint(month_key((struct month){ 2026, 2 }), ==, 202602);
    g_assert_cmpint(month_compare((struct month){ 2023, 12 }, (struct month){ 2024, 1 }), <, 0);
    g_assert_cmpint(month_compare((struct month){ 2024, 2 }, (struct month){ 2024, 1 }), >, 0);
}

static void test_compare(void)
{
    static const char *const order[] = { "2023-12-31", "2024-01-01", "2024-01-02", "2024-02-01", "2025-01-01" };

    for (gsize i = 0; i < G_N_ELEMENTS(order); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(order); j++)
            g_assert_cmpint(date_compare(read_date(order[i]), read_date(order[j])), ==, (i > j) - (i < j));
}

static void test_date_parse(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "2026-02-27", "2026/02/27" },
        { "2026/2/27", "2026/02/27" },
        { "2026/02/07", "2026/02/07" },
        { "2026-2-7", "2026/02/07" },
        { "20260227", "2026/02/27" },
        { "2024-02-29", "2024/02/29" },
        { "2023-02-29", NULL },
        { "2100-02-29", NULL },
        { "2026-02-30", NULL },
        { "2026-00-10", NULL },
        { "2026-13-01", NULL },
        { "2026-01-00", NULL },
        { "2026-01-32", NULL },
        { "2026-04-31", NULL },
        { "", NULL },
        { "2026", NULL },
        { "2026-", NULL },
        { "2026-02", NULL },
        { "2026-02-", NULL },
        { "2026-02/27", NULL },
        { "202602271", NULL },
        { "2026227", NULL },
        { "26-02-27", NULL },
        { "02026-02-27", NULL },
        { " 2026-02-27", "2026/02/27" },
        { "2026-02-27\u3000", "2026/02/27" },
        { "2026\u5E742\u670827\u65E5", "2026/02/27" },
        { "\uFF12\uFF10\uFF12\uFF16\u5E74\uFF10\uFF12\u6708\uFF12\uFF17\u65E5", "2026/02/27" },
        { "\uFF12\uFF10\uFF12\uFF16\uFF0F\uFF10\uFF12\uFF0F\uFF12\uFF17", "2026/02/27" },
        { "\uFF12\uFF10\uFF12\uFF16\uFF10\uFF12\uFF12\uFF17", "2026/02/27" },
        { "2026\uFF0D02\u221227", "2026/02/27" },
        { "2026\u201002\u201327", "2026/02/27" },
        { "2026.2.27", "2026/02/27" },
        { "\u200B2026\uFEFF/02/27\u202C", "2026/02/27" },
        { "'2026/02/27", "2026/02/27" },
        { "2026\u5E742\u670827", "2026/02/27" },
        { "2026\u5E7413\u670801\u65E5", NULL },
        { "2026\u5E742\u6708", NULL },
        { "\u5E74\u6708\u65E5", NULL },
        { "\u65E5", NULL },
        { "2026/02/27\u65E5\u65E5", NULL },
        { "2026/02\u301C27", NULL },
        { "2026-02-27x", NULL },
        { "-2026-02-27", NULL },
        { "2026-+2-27", NULL },
        { "0000-01-01", NULL },
        { "2026-02-27 00:00:00", NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct date date = { 1, 2, 3 };
        bool good = date_parse(cases[i].text, &date);
        g_autofree char *got = good ? date_show(date) : NULL;

        g_assert_cmpstr(got, ==, cases[i].want);
        if (!good)
            g_assert_true(date.year == 1 && date.month == 2 && date.day == 3);
    }
    g_assert_false(date_parse(NULL, &(struct date){ 0, 0, 0 }));
    g_autofree char *iso = date_iso((struct date){ 2026, 2, 7 });
    g_assert_cmpstr(iso, ==, "2026-02-07");
}

static void test_moment_parse(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "2026-02-27 21:58:00", "2026-02-27T21:58:00+09:00" },
        { "2026-02-27", "2026-02-27T00:00:00+09:00" },
        { "2026-02-27 23:59:59", "2026-02-27T23:59:59+09:00" },
        { "2026-02-27 24:00:00", NULL },
        { "2026-02-27 21:60:00", NULL },
        { "2026-02-27 21:58:60", NULL },
        { "2026-02-27 21:58", NULL },
        { "2026-02-27 1:58:00", NULL },
        { "2026-02-27T21:58:00", NULL },
        { "2026-02-27 21:58:00 ", NULL },
        { "2026/02/27 21:58:00", NULL },
        { "2026-2-27 21:58:00", NULL },
        { "2026-02-", NULL },
        { "2026-02-30 00:00:00", NULL },
        { "", NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct moment at;
        g_autofree char *got = moment_parse(cases[i].text, &at) ? moment_iso(at) : NULL;

        g_assert_cmpstr(got, ==, cases[i].want);
    }
    g_assert_cmpint(read_moment("2024-03-01 00:00:00").us, ==, G_GINT64_CONSTANT(1709218800000000));
}

static void test_show(void)
{
    struct moment at = moment_at((struct date){ 2026, 2, 27 }, 21, 58, 59);
    g_autofree char *shown = moment_show(moment_add(at, -59));
    g_autofree char *month = month_show_iso(date_month(moment_date(at)));

    g_assert_cmpstr(shown, ==, "2026/02/27 21:58");
    g_assert_cmpstr(month, ==, "2026-02");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clock/now-is-the-system-clock", test_now);
    g_test_add_func("/clock/every-day-of-five-centuries", test_every_day);
    g_test_add_func("/clock/the-day-is-tokyo-s", test_tokyo_day);
    g_test_add_func("/clock/months-are-added-over-years", test_month);
    g_test_add_func("/clock/dates-compare", test_compare);
    g_test_add_func("/clock/a-typed-date-must-exist", test_date_parse);
    g_test_add_func("/clock/a-written-moment-is-tokyo-s", test_moment_parse);
    g_test_add_func("/clock/shown-forms", test_show);
    return g_test_run();
}
