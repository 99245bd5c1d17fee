/*
 * test_recharge_rule.c: validity of recharges (domain.md, Dates: worked examples).
 */
#include "recharge/recharge_rule.h"

#include "calendar/calendar.h"
#include "dates.h"

static void test_valid_until(void)
{
    static const struct {
        const char *effective, *want;
    } cases[] = {
        { "2024-03-11", "2024-06-30" }, { "2024-11-30", "2025-02-28" }, { "2023-11-01", "2024-02-29" },
        { "2025-01-31", "2025-04-30" }, /* asked on 2024-11-05: what counts is the effective day */
        { "2024-03-31", "2024-06-30" }, { "2024-04-01", "2024-07-31" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_date(recharge_valid_until(day(cases[i].effective)), cases[i].want);
    g_assert_true(date_window_holds(calendar_effective_window(day("2024-11-05")), day("2025-01-31")));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/recharge/valid-to-the-end-of-the-third-month-after", test_valid_until);
    return g_test_run();
}
