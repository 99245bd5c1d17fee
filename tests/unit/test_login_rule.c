/*
 * test_login_rule.c: how failed logins slow down the next ones, each side of each edge.
 */
#include "account/login_rule.h"

#include "dates.h"

#define START "2024-06-03 10:00:00"

static enum login_decision decide(enum login_counter_kind kind, unsigned failures, bool known, int64_t us_later,
                                  int *wait)
{
    struct login_attempt attempt = { .address_is_known = known };

    attempt.counters[kind] = (struct login_counter){ failures, at(START) };
    return login_decide(&attempt, (struct moment){ at(START).us + us_later }, wait);
}

static void test_codes(void)
{
    g_assert_cmpstr(login_counter_code(LOGIN_ADDRESS), ==, "address");
    g_assert_cmpstr(login_counter_code(LOGIN_NAME), ==, "name");
    g_assert_cmpstr(login_counter_code(LOGIN_PAIR), ==, "pair");
}

static void test_delay(void)
{
    static const struct {
        enum login_counter_kind kind;
        unsigned failures;
        int want;
    } cases[] = {
        { LOGIN_PAIR, 0, 0 },       { LOGIN_PAIR, 4, 0 },       { LOGIN_PAIR, 5, 2 },
        { LOGIN_PAIR, 6, 4 },       { LOGIN_PAIR, 13, 512 },    { LOGIN_PAIR, 14, 900 },
        { LOGIN_PAIR, 15, 900 },    { LOGIN_NAME, 9, 0 },       { LOGIN_NAME, 10, 2 },
        { LOGIN_NAME, 11, 4 },      { LOGIN_NAME, 18, 512 },    { LOGIN_NAME, 19, 900 },
        { LOGIN_ADDRESS, 19, 0 },   { LOGIN_ADDRESS, 20, 2 },   { LOGIN_ADDRESS, 21, 4 },
        { LOGIN_ADDRESS, 28, 512 }, { LOGIN_ADDRESS, 29, 900 }, { LOGIN_PAIR, G_MAXUINT, 900 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(login_delay(cases[i].kind, cases[i].failures), ==, cases[i].want);
}

static void test_decide(void)
{
    static const struct {
        enum login_counter_kind kind;
        unsigned failures;
        bool known;
        int64_t us;
        enum login_decision want;
        int wait;
    } cases[] = {
        { LOGIN_PAIR, 4, false, 0, LOGIN_ALLOW, 0 },
        { LOGIN_PAIR, 5, false, 0, LOGIN_REFUSE_AS_WRONG, 2 },
        { LOGIN_PAIR, 5, true, 0, LOGIN_REFUSE_AS_WRONG, 2 },
        { LOGIN_PAIR, 5, false, 1999999, LOGIN_REFUSE_AS_WRONG, 1 },
        { LOGIN_PAIR, 5, false, 2000000, LOGIN_ALLOW, 0 },
        { LOGIN_PAIR, 99, false, 899999999, LOGIN_REFUSE_AS_WRONG, 1 },
        { LOGIN_PAIR, 99, false, 900000000, LOGIN_ALLOW, 0 },
        { LOGIN_NAME, 9, false, 0, LOGIN_ALLOW, 0 },
        { LOGIN_NAME, 10, false, 0, LOGIN_REFUSE_AS_WRONG, 2 },
        { LOGIN_NAME, 10, false, 2000000, LOGIN_ALLOW, 0 },
        { LOGIN_NAME, 10, true, 0, LOGIN_ALLOW, 0 },
        { LOGIN_NAME, 10000, true, 0, LOGIN_ALLOW, 0 },
        { LOGIN_ADDRESS, 19, false, 0, LOGIN_ALLOW, 0 },
        { LOGIN_ADDRESS, 20, false, 0, LOGIN_TOO_MANY, 2 },
        { LOGIN_ADDRESS, 20, true, 0, LOGIN_TOO_MANY, 2 },
        { LOGIN_ADDRESS, 20, false, 500000, LOGIN_TOO_MANY, 2 },
        { LOGIN_ADDRESS, 20, false, 2000000, LOGIN_ALLOW, 0 },
        { LOGIN_ADDRESS, 40, false, 60000000, LOGIN_TOO_MANY, 840 },
        { LOGIN_ADDRESS, 20, false, -60000000, LOGIN_TOO_MANY, 2 }, /* a clock behind another host's */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        int wait = -1;

        g_test_message("case %u", (unsigned)i);
        g_assert_cmpint(decide(cases[i].kind, cases[i].failures, cases[i].known, cases[i].us, &wait), ==,
                        cases[i].want);
        g_assert_cmpint(wait, ==, cases[i].wait);
    }
}

static void test_address_first(void)
{
    struct login_attempt attempt = { .counters = {
                                         [LOGIN_ADDRESS] = { 20, at(START) },
                                         [LOGIN_NAME] = { 30, at(START) },
                                         [LOGIN_PAIR] = { 6, at(START) },
                                     } };
    int wait;

    g_assert_cmpint(login_decide(&attempt, at(START), &wait), ==, LOGIN_TOO_MANY);
    g_assert_cmpint(wait, ==, 2);
    g_assert_cmpint(login_decide(&attempt, moment_add(at(START), 2), &wait), ==, LOGIN_REFUSE_AS_WRONG);
    g_assert_cmpint(wait, ==, 898);
    attempt.address_is_known = true;
    g_assert_cmpint(login_decide(&attempt, moment_add(at(START), 2), &wait), ==, LOGIN_REFUSE_AS_WRONG);
    g_assert_cmpint(wait, ==, 2);
    g_assert_cmpint(login_decide(&attempt, moment_add(at(START), 4), &wait), ==, LOGIN_ALLOW);
}

static void test_forgotten(void)
{
    struct login_counter counter = { 12, at(START) };
    struct login_counter next = login_count_failure(counter, moment_add(at(START), 3599));

    g_assert_cmpuint(next.failures, ==, 13);
    g_assert_cmpint(next.last_failed_at.us, ==, moment_add(at(START), 3599).us);
    next = login_count_failure(counter, moment_add(at(START), 3600));
    g_assert_cmpuint(next.failures, ==, 1);
    next = login_count_failure((struct login_counter){ 0, { 0 } }, at(START));
    g_assert_cmpuint(next.failures, ==, 1);
}

static void test_counts(void)
{
    g_assert_true(login_counts(LOGIN_ALLOW, LOGIN_ADDRESS));
    g_assert_true(login_counts(LOGIN_ALLOW, LOGIN_NAME));
    g_assert_true(login_counts(LOGIN_ALLOW, LOGIN_PAIR));
    g_assert_true(login_counts(LOGIN_REFUSE_AS_WRONG, LOGIN_ADDRESS));
    g_assert_false(login_counts(LOGIN_REFUSE_AS_WRONG, LOGIN_NAME));
    g_assert_false(login_counts(LOGIN_REFUSE_AS_WRONG, LOGIN_PAIR));
    g_assert_false(login_counts(LOGIN_TOO_MANY, LOGIN_ADDRESS));
}

/* A stranger who never stops, from many addresses, and the owner at the usual desk. */
static void test_owner_is_not_locked_out(void)
{
    struct login_counter name = { 0, { 0 } };
    struct moment now = at(START);
    int wait;

    for (int i = 0; i < 1000; i++, now = moment_add(now, 1)) {
        struct login_attempt stranger = { .counters = { [LOGIN_NAME] = name } };
        struct login_attempt owner = { .counters = { [LOGIN_NAME] = name }, .address_is_known = true };
        enum login_decision decision = login_decide(&stranger, now, &wait);

        if (login_counts(decision, LOGIN_NAME))
            name = login_count_failure(name, now);
        g_assert_cmpint(login_decide(&owner, now, &wait), ==, LOGIN_ALLOW);
    }
    /* The stranger's guesses: ten at once, then ever fewer. */
    g_assert_cmpuint(name.failures, <=, 19);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/login/kinds-have-words", test_codes);
    g_test_add_func("/login/delay-doubles-up-to-15-minutes", test_delay);
    g_test_add_func("/login/decision-at-each-edge", test_decide);
    g_test_add_func("/login/the-address-is-judged-first", test_address_first);
    g_test_add_func("/login/an-hour-without-failure-forgets", test_forgotten);
    g_test_add_func("/login/what-counts-as-a-failure", test_counts);
    g_test_add_func("/login/strangers-cannot-lock-the-owner-out", test_owner_is_not_locked_out);
    return g_test_run();
}
