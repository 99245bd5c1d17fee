/*
 * test_share_rule.c: months and deadlines of share requests (domain.md, Dates: worked examples).
 */
#include "share/share_rule.h"

#include "dates.h"

static void test_earliest_month(void)
{
    static const struct {
        const char *now, *want;
    } cases[] = {
        { "2023-01-30 21:59:59", "2023-02" },
        { "2023-01-30 22:00:00", "2023-03" },
        { "2023-01-31 23:00:00", "2023-03" },
        { "2023-01-31 23:59:59", "2023-03" },
        { "2023-02-01 00:00:00", "2023-03" },
        { "2024-02-28 21:59:59", "2024-03" }, /* leap year: the last day is the 29th */
        { "2024-02-28 22:00:00", "2024-04" },
        { "2024-02-29 23:00:00", "2024-04" },
        { "2023-02-27 21:59:59", "2023-03" },
        { "2023-02-27 22:00:00", "2023-04" },
        { "2023-04-29 21:59:59", "2023-05" },
        { "2023-04-29 22:00:00", "2023-06" },
        { "2022-12-30 21:59:59", "2023-01" },
        { "2022-12-30 22:00:00", "2023-02" },
        { "2022-11-29 22:00:00", "2023-01" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_month(share_earliest_month(at(cases[i].now)), cases[i].want);
}

static void test_offered(void)
{
    static const struct {
        const char *now, *want[SHARE_MONTHS_OFFERED];
    } cases[] = {
        { "2023-01-30 21:59:59", { "2023-02", "2023-03", "2023-04" } },
        { "2023-01-30 22:00:00", { "2023-03", "2023-04", "2023-05" } },
        { "2022-11-01 00:00:00", { "2022-12", "2023-01", "2023-02" } },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct moment now = at(cases[i].now);
        struct month months[SHARE_MONTHS_OFFERED];

        share_months_offered(now, months);
        for (int j = 0; j < SHARE_MONTHS_OFFERED; j++) {
            assert_month(months[j], cases[i].want[j]);
            g_assert_true(share_month_is_offered(months[j], now));
        }
        g_assert_false(share_month_is_offered(month_add(months[0], -1), now));
        g_assert_false(share_month_is_offered(month_add(months[0], SHARE_MONTHS_OFFERED), now));
    }
}

static void test_deadlines(void)
{
    static const struct {
        struct month month;
        const char *now;
        bool change, cancel;
    } cases[] = {
        { { 2023, 2 }, "2023-01-30 21:59:59", true, true },  { { 2023, 2 }, "2023-01-30 22:00:00", false, true },
        { { 2023, 2 }, "2023-01-31 23:59:59", false, true }, { { 2023, 2 }, "2023-02-01 00:00:00", false, false },
        { { 2024, 3 }, "2024-02-28 21:59:59", true, true },  { { 2024, 3 }, "2024-02-28 22:00:00", false, true },
        { { 2023, 1 }, "2022-12-30 21:59:59", true, true },  { { 2023, 1 }, "2022-12-30 22:00:00", false, true },
        { { 2023, 1 }, "2022-12-31 23:59:59", false, true }, { { 2023, 1 }, "2023-01-01 00:00:00", false, false },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct moment now = at(cases[i].now);

        g_test_message("%s", cases[i].now);
        g_assert_cmpint(share_can_change(cases[i].month, now), ==, cases[i].change);
        g_assert_cmpint(share_can_cancel(cases[i].month, now), ==, cases[i].cancel);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/share/earliest-month-turns-at-22-on-the-day-before-the-last", test_earliest_month);
    g_test_add_func("/share/three-months-are-offered", test_offered);
    g_test_add_func("/share/change-until-the-edge-cancel-until-the-month", test_deadlines);
    return g_test_run();
}
