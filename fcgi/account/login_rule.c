/*
 * login_rule.c: see login_rule.h.
 */
#include "account/login_rule.h"

#define SECOND_US G_GINT64_CONSTANT(1000000)

static const unsigned slow_from[LOGIN_COUNTER_N] = {
    [LOGIN_ADDRESS] = LOGIN_FREE_ADDRESS,
    [LOGIN_NAME] = LOGIN_FREE_NAME,
    [LOGIN_PAIR] = LOGIN_FREE_PAIR,
};

const char *login_counter_code(enum login_counter_kind kind)
{
    static const char *const codes[LOGIN_COUNTER_N] = {
        [LOGIN_ADDRESS] = "address",
        [LOGIN_NAME] = "name",
        [LOGIN_PAIR] = "pair",
    };

    g_assert(kind < LOGIN_COUNTER_N);
    return codes[kind];
}

static bool is_forgotten(const struct login_counter *counter, struct moment now)
{
    return now.us - counter->last_failed_at.us >= LOGIN_FORGOTTEN_AFTER * SECOND_US;
}

int login_delay(enum login_counter_kind kind, unsigned failures)
{
    int delay = LOGIN_FIRST_DELAY;

    if (failures < slow_from[kind])
        return 0;
    for (unsigned i = slow_from[kind]; i < failures && delay < LOGIN_LONGEST_DELAY; i++)
        delay *= 2;
    return MIN(delay, LOGIN_LONGEST_DELAY);
}

/* Whole seconds until the counter's delay is over, 0 if it is. */
static int seconds_left(const struct login_attempt *attempt, enum login_counter_kind kind, struct moment now)
{
    const struct login_counter *counter = &attempt->counters[kind];
    int delay = is_forgotten(counter, now) ? 0 : login_delay(kind, counter->failures);
    int64_t left = moment_add(counter->last_failed_at, delay).us - now.us;

    if (delay == 0 || left <= 0)
        return 0;
    /* The clocks of two hosts may differ: never longer than the delay. */
    return (int)MIN((left + SECOND_US - 1) / SECOND_US, delay);
}

enum login_decision login_decide(const struct login_attempt *attempt, struct moment now, int *wait)
{
    int address = seconds_left(attempt, LOGIN_ADDRESS, now);
    int name = attempt->address_is_known ? 0 : seconds_left(attempt, LOGIN_NAME, now);
    int pair = seconds_left(attempt, LOGIN_PAIR, now);

    *wait = address ? address : MAX(name, pair);
    if (address)
        return LOGIN_TOO_MANY;
    return *wait ? LOGIN_REFUSE_AS_WRONG : LOGIN_ALLOW;
}

bool login_counts(enum login_decision decision, enum login_counter_kind kind)
{
    return decision == LOGIN_ALLOW || (decision == LOGIN_REFUSE_AS_WRONG && kind == LOGIN_ADDRESS);
}

struct login_counter login_count_failure(struct login_counter counter, struct moment now)
{
    unsigned failures = is_forgotten(&counter, now) ? 0 : counter.failures;

    return (struct login_counter){ failures < G_MAXUINT ? failures + 1 : failures, now };
}
