/*
 * test_line_rule.c: words of states, and the accounting of data (domain.md, Recharge).
 */
#include "line/line_rule.h"

#define MB G_GINT64_CONSTANT(1000000)

static const struct date march = { 2024, 3, 15 };
static const struct date june_end = { 2024, 6, 30 };

/* Several states in an address, and back. */
static void test_several_states(void)
{
    static const struct {
        const char *text;
        unsigned want; /* 0: refused */
        const char *written;
    } cases[] = {
        { "active", 1U << LINE_ACTIVE, "active" },
        { "suspended,active", 1U << LINE_ACTIVE | 1U << LINE_SUSPENDED, "active,suspended" },
        { "active,active", 1U << LINE_ACTIVE, "active" },
        { "inactive,active,suspended,reissuing,terminated,failed", (1U << LINE_STATE_N) - 1,
          "inactive,active,suspended,reissuing,terminated,failed" },
        { "", 0, NULL },
        { ",", 0, NULL },
        { "active,", 0, NULL },
        { "active,lost", 0, NULL },
        { "active active", 0, NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        unsigned states = 77;
        g_test_message("%s", cases[i].text);
        g_assert_true(line_states_read(cases[i].text, &states) == (cases[i].want != 0));
        g_assert_cmpuint(states, ==, cases[i].want != 0 ? cases[i].want : 77);
        if (cases[i].want != 0) {
            g_autofree char *written = line_states_write(states);
            g_assert_cmpstr(written, ==, cases[i].written);
        }
    }
}

static void test_codes(void)
{
    static const char *const words[] = { "inactive", "active", "suspended", "reissuing", "terminated", "failed" };
    enum line_state state = LINE_FAILED;
    enum card_kind kind = CARD_CARD;
    enum card_size size = CARD_STANDARD;

    g_assert_cmpuint(G_N_ELEMENTS(words), ==, LINE_STATE_N);
    for (int i = 0; i < LINE_STATE_N; i++) {
        g_assert_cmpstr(line_state_code((enum line_state)i), ==, words[i]);
        g_assert_true(line_state_read(words[i], &state));
        g_assert_cmpint(state, ==, i);
    }
    for (int i = 0; i < CARD_KIND_N; i++)
        g_assert_true(card_kind_read(card_kind_code((enum card_kind)i), &kind) && (int)kind == i);
    for (int i = 0; i < CARD_SIZE_N; i++)
        g_assert_true(card_size_read(card_size_code((enum card_size)i), &size) && (int)size == i);
    g_assert_false(line_state_read("Active", &state));
    g_assert_false(line_state_read("", &state));
    g_assert_false(line_state_read(NULL, &state));
    g_assert_false(card_kind_read("sim", &kind));
    g_assert_false(card_size_read("big", &size));
    g_assert_cmpint(state, ==, LINE_FAILED);
}

static void test_percent(void)
{
    static const struct {
        int64_t capacity, used;
        int want;
    } cases[] = {
        { 1000, 0, 0 },
        { 1000, 9, 0 },
        { 1000, 10, 1 },
        { 1000, 999, 99 },
        { 1000, 1000, 100 },
        { 1000, 1950, 100 },
        { 0, 0, 0 },
        { 0, 1, 100 },
        { 500 * MB, 250 * MB, 50 },
        { G_MAXINT64, G_MAXINT64 / 2, 50 },
        { G_MAXINT64, G_MAXINT64, 100 },
        { 1, G_MAXINT64, 100 },
        { 1000, -5, 0 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(line_used_percent(cases[i].capacity, cases[i].used), ==, cases[i].want);
}

static void test_without_recharges(void)
{
    g_assert_cmpint(line_remaining(1000 * MB, 0, NULL, 0, march), ==, 1000 * MB);
    g_assert_cmpint(line_remaining(500 * MB, 499 * MB, NULL, 0, march), ==, MB);
    g_assert_cmpint(line_remaining(500 * MB, 500 * MB, NULL, 0, march), ==, 0);
    g_assert_cmpint(line_remaining(500 * MB, 1950 * MB, NULL, 0, march), ==, 0);
    g_assert_cmpint(line_overuse(500 * MB, 1950 * MB, NULL, 0, march), ==, 1450 * MB);
    g_assert_cmpint(line_overuse(500 * MB, 400 * MB, NULL, 0, march), ==, 0);
}

/* 0.50 plan, 1.95 used, then +1 GB: remaining 1.00. */
static void test_overuse_is_set_aside(void)
{
    struct line_recharge recharge = { .bytes = 1000 * MB, .valid_until = june_end };

    recharge.set_aside = line_overuse(500 * MB, 1950 * MB, NULL, 0, march);
    g_assert_cmpint(line_remaining(500 * MB, 1950 * MB, &recharge, 1, march), ==, 1000 * MB);
    g_assert_cmpint(line_remaining(500 * MB, 2000 * MB, &recharge, 1, march), ==, 950 * MB);
    g_assert_cmpint(line_drawn(500 * MB, 2000 * MB, &recharge, 1, 0, march), ==, 50 * MB);
    g_assert_cmpint(line_remaining(500 * MB, 4000 * MB, &recharge, 1, march), ==, 0);
    g_assert_cmpint(line_overuse(500 * MB, 4000 * MB, &recharge, 1, march), ==, 2500 * MB);
}

/* 1 GB recharge used up in March: April starts with 0.50. */
static void test_consumed_stays_consumed(void)
{
    struct line_recharge recharge = { .bytes = 1000 * MB, .valid_until = june_end };
    const struct date april = { 2024, 4, 1 };

    g_assert_cmpint(line_remaining(500 * MB, 1500 * MB, &recharge, 1, march), ==, 0);
    recharge.consumed = line_drawn(500 * MB, 1500 * MB, &recharge, 1, 0, march);
    g_assert_cmpint(recharge.consumed, ==, 1000 * MB);
    g_assert_cmpint(line_remaining(500 * MB, 0, &recharge, 1, april), ==, 500 * MB);
}

static void test_month_before_recharge(void)
{
    const struct line_recharge recharge = { .bytes = 1000 * MB, .valid_until = june_end };

    g_assert_cmpint(line_remaining(500 * MB, 300 * MB, &recharge, 1, march), ==, 1200 * MB);
    g_assert_cmpint(line_drawn(500 * MB, 300 * MB, &recharge, 1, 0, march), ==, 0);
    g_assert_cmpint(line_drawn(500 * MB, 700 * MB, &recharge, 1, 0, march), ==, 200 * MB);
}

static void test_earliest_expiry_first(void)
{
    const struct line_recharge recharges[] = {
        { .bytes = 1000 * MB, .consumed = 400 * MB, .valid_until = { 2024, 3, 31 } },
        { .bytes = 3000 * MB, .valid_until = june_end },
    };

    g_assert_cmpint(line_drawn(500 * MB, 1300 * MB, recharges, 2, 0, march), ==, 600 * MB);
    g_assert_cmpint(line_drawn(500 * MB, 1300 * MB, recharges, 2, 1, march), ==, 200 * MB);
    g_assert_cmpint(line_remaining(500 * MB, 1300 * MB, recharges, 2, march), ==, 2800 * MB);
}

static void test_expired_is_gone(void)
{
    const struct line_recharge recharge = { .bytes = 1000 * MB, .valid_until = june_end };

    g_assert_cmpint(line_remaining(0, 0, &recharge, 1, june_end), ==, 1000 * MB);
    g_assert_cmpint(line_remaining(0, 0, &recharge, 1, (struct date){ 2024, 7, 1 }), ==, 0);
}

/* A second recharge sets aside only what the first could not cover; the first goes on being drawn first. */
static void test_two_recharges_in_a_month(void)
{
    struct line_recharge recharges[] = {
        { .bytes = 1000 * MB, .valid_until = june_end },
        { .bytes = 1000 * MB, .valid_until = june_end },
    };

    recharges[0].set_aside = line_overuse(500 * MB, 600 * MB, recharges, 0, march);
    g_assert_cmpint(recharges[0].set_aside, ==, 100 * MB);
    recharges[1].set_aside = line_overuse(500 * MB, 2000 * MB, recharges, 1, march);
    g_assert_cmpint(recharges[1].set_aside, ==, 500 * MB);
    g_assert_cmpint(line_remaining(500 * MB, 2000 * MB, recharges, 2, march), ==, 1000 * MB);
    g_assert_cmpint(line_remaining(500 * MB, 2300 * MB, recharges, 2, march), ==, 700 * MB);
}

static void test_all_way(void)
{
    static const struct {
        struct line_all_facts facts;
        enum line_all_way want;
    } cases[] = {
        { { .customers = 3, .found = 0 }, LINE_ALL_PLAIN },
        { { .customers = 10000, .found = 1000000 }, LINE_ALL_PLAIN },
        { { .is_of_one = true, .customers = 10000, .found = 10000 }, LINE_ALL_BY_CUSTOMER },
        { { .is_of_one = true, .customers = 10000, .found = 10001 }, LINE_ALL_IN_ORDER },
        { { .is_of_one = true, .has_filters = true, .customers = 10000, .found = 7 }, LINE_ALL_BY_CUSTOMER },
        { { .has_filters = true, .customers = 99, .found = 1 }, LINE_ALL_BY_CUSTOMER },
        { { .has_filters = true, .customers = 100, .found = 1 }, LINE_ALL_BY_SCAN },
        { { .has_filters = true, .customers = 100, .found = 10001 }, LINE_ALL_IN_ORDER },
        { { .has_serial = true, .customers = 3, .found = 0 }, LINE_ALL_BY_SERIAL },
        { { .has_serial = true, .has_filters = true, .customers = 100, .found = 10000 }, LINE_ALL_BY_SERIAL },
        { { .has_phone = true, .has_serial = true, .customers = 100, .found = 7 }, LINE_ALL_BY_PHONE },
        { { .has_phone = true, .customers = 100, .found = 1000000 }, LINE_ALL_IN_ORDER },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(line_all_way(&cases[i].facts), ==, cases[i].want);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/line/codes-and-back", test_codes);
    g_test_add_func("/line/several-states", test_several_states);
    g_test_add_func("/line/used-percent-is-0-to-100", test_percent);
    g_test_add_func("/line/remaining/capacity-alone", test_without_recharges);
    g_test_add_func("/line/remaining/overuse-is-set-aside", test_overuse_is_set_aside);
    g_test_add_func("/line/remaining/consumed-stays-consumed", test_consumed_stays_consumed);
    g_test_add_func("/line/remaining/the-month-s-own-comes-first", test_month_before_recharge);
    g_test_add_func("/line/remaining/then-the-earliest-expiry", test_earliest_expiry_first);
    g_test_add_func("/line/remaining/expired-is-gone", test_expired_is_gone);
    g_test_add_func("/line/remaining/two-recharges-in-a-month", test_two_recharges_in_a_month);
    g_test_add_func("/line/of-all-customers-few-are-gathered", test_all_way);
    return g_test_run();
}
