/*
 * test_schedule_rule.c: the sheet of a month has all its days, whole weeks, and none that is needless.
 */
#include "request/schedule_rule.h"

#include "dates.h"

static void test_sheet(void)
{
    static const struct {
        const char *month, *first;
        guint weeks;
    } cases[] = {
        { "2026-12", "2026-11-29", 5 }, { "2026-02", "2026-02-01", 4 }, /* begins on a Sunday, 28 days */
        { "2026-08", "2026-07-26", 6 }, { "2024-02", "2024-01-28", 5 }, { "2027-01", "2026-12-27", 6 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct month month = { 0 };
        g_assert_true(schedule_month_read(cases[i].month, &month));
        struct schedule_sheet sheet = schedule_sheet(month);
        assert_date(sheet.first, cases[i].first);
        g_assert_cmpuint(sheet.weeks, ==, cases[i].weeks);
    }
}

static void test_every_month(void)
{
    for (struct month month = { 2000, 1 }; month.year < 2100; month = month_add(month, 1)) {
        struct schedule_sheet sheet = schedule_sheet(month);
        struct date last = date_add(sheet.first, (int)sheet.weeks * 7 - 1);
        g_assert_cmpint(date_weekday(sheet.first), ==, 0);
        g_assert_cmpint(date_compare(sheet.first, month_first(month)), <=, 0);
        g_assert_cmpint(date_compare(date_add(sheet.first, 7), month_first(month)), >, 0);
        g_assert_cmpint(date_compare(last, month_last(month)), >=, 0);
        g_assert_cmpint(date_compare(date_add(last, -7), month_last(month)), <, 0);
    }
}

static void test_read(void)
{
    static const char *const bad[] = { "",       "2026",    "2026-13",    "2026-00", "1999-12", "2100-01",
                                       "2026-1", "2026-1-", "2026-12-01", "x026-12", "202612",  "2026/12x" };
    struct month month = { 2026, 11 };
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_test_message("%s", bad[i]);
        g_assert_false(schedule_month_read(bad[i], &month));
        g_assert_cmpint(month.month, ==, 11);
    }
    g_assert_true(schedule_month_read("2099-12", &month));
    g_assert_cmpint(month.year, ==, 2099);
}

static void test_by_day(void)
{
    g_assert_false(schedule_by_day(1));
    g_assert_false(schedule_by_day(99));
    g_assert_true(schedule_by_day(100));
    g_assert_true(schedule_by_day(10000));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schedule/sheet-of-a-month", test_sheet);
    g_test_add_func("/schedule/every-month-whole-weeks", test_every_month);
    g_test_add_func("/schedule/month-as-typed", test_read);
    g_test_add_func("/schedule/of-many-customers-by-day", test_by_day);
    return g_test_run();
}
