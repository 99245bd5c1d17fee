/*
 * test_calendar.c: business days and date windows (domain.md, Dates: the worked examples among them).
 */
#include "calendar/calendar.h"

#include "dates.h"

static void test_business_days_after(void)
{
    static const struct {
        const char *from, *third, *fifth;
    } cases[] = {
        { "2024-03-15", "2024-03-21", "2024-03-25" }, /* 20 March is a holiday */
        { "2024-04-26", "2024-05-02", "2024-05-08" }, /* 6 May is a substitute holiday */
        { "2026-09-18", "2026-09-28", "2026-09-30" }, /* 22 September lies between two holidays */
        { "2024-12-27", "2025-01-08", "2025-01-10" }, /* closed 29 December to 3 January */
        { "2023-12-27", "2024-01-05", "2024-01-10" },
        { "2024-03-16", "2024-03-21", "2024-03-25" }, /* asked on a Saturday */
        { "2024-06-03", "2024-06-06", "2024-06-10" }, /* nothing in the way but a week-end */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct date from = day(cases[i].from);

        assert_date(calendar_business_day_after(&calendar_default, from, 3), cases[i].third);
        assert_date(calendar_business_day_after(&calendar_default, from, 5), cases[i].fifth);
        assert_date(calendar_card_estimate(&calendar_default, from), cases[i].third);
        assert_date(calendar_card_window(&calendar_default, from).first, cases[i].fifth);
    }
}

static void test_is_business_day(void)
{
    static const struct {
        const char *date;
        bool want;
    } cases[] = {
        { "2024-06-07", true },  { "2024-06-08", false }, { "2024-06-09", false }, { "2024-06-10", true },
        { "2024-05-06", false }, { "2026-09-22", false }, { "2026-12-28", true },  { "2026-12-29", false },
        { "2026-12-31", false }, { "2027-01-01", false }, { "2028-01-03", false }, { "2028-01-04", true },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].date);
        g_assert_cmpint(calendar_is_business_day(&calendar_default, day(cases[i].date)), ==, cases[i].want);
    }
}

static void test_closures(void)
{
    const struct calendar_closure rows[] = {
        { { 0, 8, 13 }, { 0, 8, 15 } },
        { { 2024, 6, 4 }, { 2024, 6, 5 } },
    };
    const struct calendar calendar = { .closures = rows, .n_closures = G_N_ELEMENTS(rows) };
    static const struct {
        const char *date;
        bool want;
    } cases[] = {
        { "2024-06-03", true }, { "2024-06-04", false }, { "2024-06-05", false }, { "2024-06-06", true },
        { "2025-06-04", true }, { "2025-08-12", true },  { "2025-08-13", false }, { "2025-08-15", false },
        { "2024-08-16", true }, { "2026-12-29", true }, /* these rows replace the default */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].date);
        g_assert_cmpint(calendar_is_business_day(&calendar, day(cases[i].date)), ==, cases[i].want);
    }
}

static void test_closed_for_good(void)
{
    const struct calendar_closure always[] = { { { 0, 1, 1 }, { 0, 12, 31 } } };
    const struct calendar calendar = { .closures = always, .n_closures = 1 };
    struct date from = day("2024-06-03");

    g_assert_cmpint(date_compare(calendar_business_day_after(&calendar, from, 1), from), >, 0);
    g_assert_cmpint(date_compare(calendar_business_day_before(&calendar, from, 1), from), <, 0);
}

static void test_three_months(void)
{
    static const struct {
        const char *today, *last;
    } cases[] = {
        { "2024-11-28", "2025-02-28" }, { "2024-11-29", "2025-02-28" }, { "2024-11-30", "2025-02-28" },
        { "2023-11-30", "2024-02-29" }, { "2023-11-29", "2024-02-29" }, { "2023-11-28", "2024-02-28" },
        { "2024-03-31", "2024-06-30" }, { "2024-01-31", "2024-04-30" }, { "2024-10-01", "2025-01-01" },
        { "2024-12-31", "2025-03-31" }, { "2024-02-29", "2024-05-29" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct date today = day(cases[i].today);
        struct date last = day(cases[i].last);
        struct date_window window = calendar_effective_window(today);

        assert_date(calendar_three_months_later(today), cases[i].last);
        g_assert_false(date_window_holds(window, date_add(today, -1)));
        g_assert_true(date_window_holds(window, today));
        g_assert_true(date_window_holds(window, last));
        g_assert_false(date_window_holds(window, date_add(last, 1)));
        assert_date(calendar_esim_window(today).last, cases[i].last);
        assert_date(calendar_esim_window(today).first, cases[i].today);
        assert_date(calendar_card_window(&calendar_default, today).last, cases[i].last);
    }
}

static void test_card_window_any_day(void)
{
    struct date_window window = calendar_card_window(&calendar_default, day("2024-03-15"));

    g_assert_false(date_window_holds(window, day("2024-03-24")));
    g_assert_true(date_window_holds(window, day("2024-03-25")));
    g_assert_true(date_window_holds(window, day("2024-03-30"))); /* a Saturday */
    g_assert_true(date_window_holds(window, day("2024-05-03"))); /* a holiday */
    g_assert_true(date_window_holds(window, day("2024-06-15")));
    g_assert_false(date_window_holds(window, day("2024-06-16")));
}

static void test_dispatch(void)
{
    static const struct {
        const char *delivery, *dispatch;
    } cases[] = {
        { "2024-06-06", "2024-06-03" }, { "2024-06-10", "2024-06-05" }, { "2024-06-09", "2024-06-05" },
        { "2024-03-25", "2024-03-19" }, { "2024-05-08", "2024-05-01" }, { "2025-01-10", "2025-01-07" },
        { "2025-01-08", "2024-12-27" }, { "2026-09-28", "2026-09-18" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_date(calendar_dispatch_day(&calendar_default, day(cases[i].delivery)), cases[i].dispatch);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/calendar/business-days/third-and-fifth-after", test_business_days_after);
    g_test_add_func("/calendar/business-days/week-ends-holidays-closures", test_is_business_day);
    g_test_add_func("/calendar/business-days/closures-of-the-operator", test_closures);
    g_test_add_func("/calendar/business-days/closed-for-good-ends-too", test_closed_for_good);
    g_test_add_func("/calendar/effective-date/today-to-three-months-later-clipped", test_three_months);
    g_test_add_func("/calendar/card-delivery/any-day-of-the-window", test_card_window_any_day);
    g_test_add_func("/calendar/card-dispatch/third-business-day-before", test_dispatch);
    return g_test_run();
}
