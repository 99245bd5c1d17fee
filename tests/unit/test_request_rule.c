/*
 * test_request_rule.c: several open requests on one SIM, deadlines, statuses, numbers (domain.md, SIM states, Dates,
 * Requests).
 */
#include "request/request_rule.h"

#include "dates.h"

#include <string.h>

#define FROM(state) (1U << (state))

static const struct request_moves suspend = {
    .from = FROM(LINE_ACTIVE) | FROM(LINE_FAILED), .to = LINE_SUSPENDED, .is_safety = true, .may_strand = true
};
static const struct request_moves resume = {
    .from = FROM(LINE_SUSPENDED), .to = LINE_ACTIVE, .is_safety = true, .may_strand = true
};
static const struct request_moves terminate = { .from = FROM(LINE_ACTIVE) | FROM(LINE_SUSPENDED) | FROM(LINE_INACTIVE) |
                                                        FROM(LINE_FAILED),
                                                .to = LINE_TERMINATED,
                                                .is_safety = true,
                                                .may_strand = true };
static const struct request_moves recharge = { .from = FROM(LINE_ACTIVE) | FROM(LINE_SUSPENDED) | FROM(LINE_REISSUING),
                                               .to = REQUEST_UNCHANGED };
static const struct request_moves activate = { .from = FROM(LINE_INACTIVE), .to = LINE_ACTIVE, .may_strand = true };

struct open_step {
    const struct request_moves *moves;
    const char *due;
    bool is_running;
};

/* Request numbers are 1, 2, ... in the order given; so are items. */
static gsize steps_of(const struct open_step *open, struct request_step *steps)
{
    gsize n = 0;
    for (; open[n].moves != NULL; n++) {
        steps[n] = (struct request_step){ .moves = open[n].moves,
                                          .due = at(open[n].due),
                                          .item = n + 1,
                                          .request = n + 1,
                                          .is_running = open[n].is_running };
    }
    return n;
}

static void test_project(void)
{
    static const struct {
        enum line_state state;
        struct open_step open[4];
        const struct request_moves *moves;
        const char *due;
        enum request_verdict want;
        uint64_t against;
    } cases[] = {
        { LINE_ACTIVE, { { 0 } }, &suspend, "2026-05-01", REQUEST_FITS, 0 },
        { LINE_INACTIVE, { { 0 } }, &suspend, "2026-05-01", REQUEST_WRONG_STATE, 0 },
        { LINE_TERMINATED, { { 0 } }, &terminate, "2026-05-01", REQUEST_WRONG_STATE, 0 },
        { LINE_INACTIVE, { { 0 } }, &activate, "2026-05-01", REQUEST_FITS, 0 },
        { LINE_FAILED, { { 0 } }, &suspend, "2026-05-01", REQUEST_FITS, 0 },
        { LINE_FAILED, { { 0 } }, &terminate, "2026-05-01", REQUEST_FITS, 0 },
        { LINE_FAILED, { { 0 } }, &recharge, "2026-05-01", REQUEST_WRONG_STATE, 0 },
        /* suspended from 1 May, resumed from 1 June: fine; two suspensions in a row are not */
        { LINE_ACTIVE, { { &suspend, "2026-05-01", 0 } }, &resume, "2026-06-01", REQUEST_FITS, 0 },
        { LINE_ACTIVE, { { &suspend, "2026-05-01", 0 } }, &suspend, "2026-06-01", REQUEST_COLLIDES, 1 },
        { LINE_ACTIVE, { { &suspend, "2026-06-01", 0 } }, &suspend, "2026-05-01", REQUEST_BREAKS_LATER, 1 },
        { LINE_ACTIVE, { { &suspend, "2026-05-01", 0 } }, &resume, "2026-04-30", REQUEST_WRONG_STATE, 0 },
        /* the same day: in the order of their items */
        { LINE_ACTIVE, { { &suspend, "2026-05-01", 0 } }, &resume, "2026-05-01", REQUEST_FITS, 0 },
        { LINE_ACTIVE, { { &suspend, "2026-05-01", 0 } }, &suspend, "2026-05-01", REQUEST_COLLIDES, 1 },
        /* between a suspension and its end */
        { LINE_ACTIVE,
          { { &suspend, "2026-05-01", 0 }, { &resume, "2026-06-01", 0 } },
          &terminate,
          "2026-05-15",
          REQUEST_BREAKS_LATER,
          2 },
        { LINE_ACTIVE,
          { { &suspend, "2026-05-01", 0 }, { &resume, "2026-06-01", 0 } },
          &terminate,
          "2026-06-15",
          REQUEST_FITS,
          0 },
        { LINE_ACTIVE,
          { { &suspend, "2026-05-01", 0 }, { &resume, "2026-06-01", 0 } },
          &resume,
          "2026-05-15",
          REQUEST_BREAKS_LATER,
          2 },
        /* safety first: a later recharge never stands in the way, it leaves the line out */
        { LINE_ACTIVE, { { &recharge, "2026-06-01", 0 } }, &terminate, "2026-05-01", REQUEST_LEAVES_LATER, 1 },
        { LINE_ACTIVE, { { &recharge, "2026-06-01", 0 } }, &suspend, "2026-05-01", REQUEST_FITS, 0 },
        { LINE_ACTIVE,
          { { &recharge, "2026-06-01", 0 }, { &suspend, "2026-06-02", 0 } },
          &terminate,
          "2026-05-01",
          REQUEST_BREAKS_LATER,
          2 },
        { LINE_ACTIVE, { { &terminate, "2026-05-01", 0 } }, &recharge, "2026-05-02", REQUEST_COLLIDES, 1 },
        { LINE_ACTIVE, { { &terminate, "2026-05-01", 0 } }, &recharge, "2026-04-30", REQUEST_FITS, 0 },
        /* what is at the carrier comes first, whatever its moment */
        { LINE_ACTIVE, { { &suspend, "2026-05-01", 1 } }, &recharge, "2026-04-30", REQUEST_FITS, 0 },
        { LINE_ACTIVE, { { &terminate, "2026-05-01", 1 } }, &suspend, "2026-04-30", REQUEST_COLLIDES, 1 },
        /* what is illegal already is nobody's new fault */
        { LINE_FAILED, { { &recharge, "2026-06-01", 0 } }, &terminate, "2026-05-01", REQUEST_FITS, 0 },
        { LINE_INACTIVE, { { &activate, "2026-05-01", 0 } }, &recharge, "2026-05-02", REQUEST_FITS, 0 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct request_step steps[4];
        gsize n = steps_of(cases[i].open, steps);
        struct request_step own = { .moves = cases[i].moves, .due = at(cases[i].due), .item = REQUEST_NEW_ITEM };
        enum line_state before = LINE_STATE_N;
        uint64_t against = 99;

        g_test_message("case %zu", i);
        g_assert_cmpint(request_project(cases[i].state, steps, n, &own, &before, &against), ==, cases[i].want);
        g_assert_cmpuint(against, ==, cases[i].against);
    }
}

static void test_before(void)
{
    const struct open_step open[] = { { &suspend, "2026-05-01", 0 }, { 0 } };
    struct request_step steps[2], own = { .moves = &resume, .due = at("2026-06-01"), .item = REQUEST_NEW_ITEM };
    enum line_state before = LINE_STATE_N;
    uint64_t against = 0;

    request_project(LINE_ACTIVE, steps, steps_of(open, steps), &own, &before, &against);
    g_assert_cmpint(before, ==, LINE_SUSPENDED);
}

static void test_take_out(void)
{
    static const struct {
        enum line_state state;
        struct open_step open[4];
        uint64_t request;
        bool want;
        uint64_t against;
    } cases[] = {
        { LINE_ACTIVE, { { &suspend, "2026-05-01", 0 } }, 1, true, 0 },
        { LINE_ACTIVE, { { &suspend, "2026-05-01", 0 }, { &resume, "2026-06-01", 0 } }, 1, false, 2 },
        { LINE_ACTIVE, { { &suspend, "2026-05-01", 0 }, { &resume, "2026-06-01", 0 } }, 2, true, 0 },
        { LINE_INACTIVE, { { &activate, "2026-05-01", 0 }, { &recharge, "2026-05-02", 0 } }, 1, false, 2 },
        { LINE_ACTIVE, { { &recharge, "2026-05-01", 0 }, { &suspend, "2026-05-02", 0 } }, 1, true, 0 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct request_step steps[4];
        gsize n = steps_of(cases[i].open, steps);
        uint64_t against = 0;

        g_test_message("case %zu", i);
        g_assert_cmpint(request_can_be_taken_out(cases[i].state, steps, n, cases[i].request, &against), ==,
                        cases[i].want);
        g_assert_cmpuint(against, ==, cases[i].against);
    }
}

/* domain.md, Dates: until the end of the day before; one of today is cancelled while pending, not changed. */
static void test_deadlines(void)
{
    static const struct {
        const char *received, *effective, *now;
        enum request_status status;
        bool change, cancel;
    } cases[] = {
        { "2026-05-01", "2026-05-02", "2026-05-01 23:59:59", REQUEST_PENDING, true, true },
        { "2026-05-01", "2026-05-02", "2026-05-02 00:00:00", REQUEST_PENDING, false, false },
        { "2026-05-01", "2026-05-02", "2026-05-01 23:59:59", REQUEST_PROCESSING, false, false },
        { "2026-05-01", "2026-05-02", "2026-05-01 12:00:00", REQUEST_CANCELLED, false, false },
        { "2026-05-01", "2026-05-01", "2026-05-01 12:00:00", REQUEST_PENDING, false, true },
        { "2026-05-01", "2026-05-01", "2026-05-02 12:00:00", REQUEST_PENDING, false, true },
        { "2026-05-01", "2026-05-01", "2026-05-01 12:00:00", REQUEST_PROCESSING, false, false },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct moment now = at(cases[i].now);

        g_test_message("case %zu", i);
        g_assert_cmpint(request_can_change(cases[i].status, day(cases[i].effective), now), ==, cases[i].change);
        g_assert_cmpint(request_can_cancel(cases[i].status, day(cases[i].effective), day(cases[i].received), now), ==,
                        cases[i].cancel);
    }
}

static void test_due(void)
{
    struct moment now = at("2026-05-01 14:30:00");

    g_assert_cmpint(request_due(day("2026-05-01"), now).us, ==, now.us);
    g_assert_cmpint(request_due(day("2026-05-02"), now).us, ==, at("2026-05-02 00:00:00").us);
}

static void test_status(void)
{
    static const struct {
        struct request_tally tally;
        enum request_status want;
    } cases[] = {
        { { .items = 3, .open = 1, .done = 1, .failed = 1 }, REQUEST_PROCESSING },
        { { .items = 3, .done = 3 }, REQUEST_COMPLETED },
        { { .items = 3, .done = 1, .left = 2 }, REQUEST_COMPLETED },
        { { .items = 3, .left = 3 }, REQUEST_COMPLETED },
        { { .items = 3, .done = 2, .failed = 1 }, REQUEST_FAILED },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(request_status_of(&cases[i].tally), ==, cases[i].want);
    }
}

static void test_words(void)
{
    for (int i = 0; i < REQUEST_STATUS_N; i++) {
        enum request_status status = REQUEST_STATUS_N;
        g_assert_true(request_status_read(request_status_code((enum request_status)i), &status));
        g_assert_cmpint(status, ==, i);
    }
    for (int i = 0; i < ITEM_RESULT_N; i++) {
        enum item_result result = ITEM_RESULT_N;
        g_assert_true(item_result_read(item_result_code((enum item_result)i), &result));
        g_assert_cmpint(result, ==, i);
    }
    enum request_status untouched = REQUEST_FAILED;
    g_assert_false(request_status_read("Pending", &untouched));
    g_assert_false(request_status_read(NULL, &untouched));
    g_assert_cmpint(untouched, ==, REQUEST_FAILED);
}

static void test_numbers(void)
{
    static const struct {
        guint count;
        const char *want;
    } cases[] = { { 1, "TC0000-00003-PR240001" },
                  { 9999, "TC0000-00003-PR249999" },
                  { 10000, "TC0000-00003-PR2410000" } };
    static const char *const bad[] = { "",
                                       "TC0000-00003",
                                       "TC0000-00003-pr240001",
                                       "TC0000-00003-PR24001x",
                                       "TC0000-00003-PR24",
                                       "new",
                                       "../etc-PR240001",
                                       "-PR240001" };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = request_number("TC0000-00003", "PR", day("2024-03-01"), cases[i].count);
        g_assert_cmpstr(got, ==, cases[i].want);
        g_assert_true(request_number_is_good(got));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_test_message("%s", bad[i]);
        g_assert_false(request_number_is_good(bad[i]));
    }
}

/* domain.md, Recharge: rounded down once on the total. */
static void test_tax(void)
{
    g_assert_cmpint(request_tax(300, 1000), ==, 30);
    g_assert_cmpint(request_tax(999, 1000), ==, 99);
    g_assert_cmpint(request_tax(999, 800), ==, 79);
    g_assert_cmpint(request_tax(0, 1000), ==, 0);
    g_assert_cmpint(request_tax(INT64_C(30000) * 100000, 1000), ==, INT64_C(300000000));
}

static void test_retries(void)
{
    int64_t before = 0;

    g_assert_cmpint(request_retry_delay(0), ==, 0);
    for (unsigned i = 1; i <= 8; i++) {
        g_assert_cmpint(request_retry_delay(i), >, before);
        before = request_retry_delay(i);
    }
    g_assert_cmpint(request_retry_delay(9), ==, 0);
}

/* domain.md, SIM states: from a failed line suspend and terminate may start; of the others what left it so, once the
 * operator retries it. */
static void test_begin(void)
{
    static const struct {
        const struct request_moves *moves;
        enum line_state state;
        unsigned round;
        int from;
        bool want;
    } cases[] = {
        { &resume, LINE_SUSPENDED, 1, -1, true },
        { &resume, LINE_ACTIVE, 1, -1, false },
        { &resume, LINE_FAILED, 1, -1, false },
        { &resume, LINE_FAILED, 1, LINE_SUSPENDED, false },
        { &resume, LINE_FAILED, 2, LINE_SUSPENDED, true },
        { &resume, LINE_FAILED, 2, LINE_ACTIVE, false },
        { &resume, LINE_FAILED, 2, -1, false },
        { &resume, LINE_ACTIVE, 2, LINE_SUSPENDED, false },
        { &suspend, LINE_FAILED, 1, -1, true },
        { &suspend, LINE_FAILED, 2, LINE_ACTIVE, true },
        { &terminate, LINE_FAILED, 1, -1, true },
        { &recharge, LINE_FAILED, 2, LINE_ACTIVE, false },
        { &recharge, LINE_ACTIVE, 2, LINE_SUSPENDED, true },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%" G_GSIZE_FORMAT, i);
        g_assert_cmpint(request_may_begin(cases[i].moves, cases[i].state, cases[i].round, cases[i].from), ==,
                        cases[i].want);
    }
}

/* domain.md, SIM states: what waits for the repair fails after 14 days. */
static void test_wait(void)
{
    g_assert_false(request_wait_is_over(at("2026-05-01 09:00:00"), at("2026-05-15 09:00:00")));
    g_assert_true(request_wait_is_over(at("2026-05-01 09:00:00"), at("2026-05-15 09:00:01")));
}

/* screens.md, 依頼詳細: what to expect, at each side of the 30 minutes; followed for an hour. */
static void test_outlook(void)
{
    static const struct {
        enum request_status status;
        struct request_tally tally; /* items, open, done, failed, left */
        const char *now;
        enum request_outlook want;
        bool is_followed;
    } cases[] = {
        { REQUEST_PENDING, { 2, 2, 0, 0, 0 }, "2026-05-01 08:59:59", OUTLOOK_PLANNED, false },
        { REQUEST_PENDING, { 2, 2, 0, 0, 0 }, "2026-05-01 09:00:00", OUTLOOK_DUE, true },
        { REQUEST_PENDING, { 2, 2, 0, 0, 0 }, "2026-05-01 09:30:00", OUTLOOK_DUE, true },
        { REQUEST_PENDING, { 2, 2, 0, 0, 0 }, "2026-05-01 09:30:01", OUTLOOK_LATE, true },
        { REQUEST_PENDING, { 2, 2, 0, 0, 0 }, "2026-05-01 10:00:00", OUTLOOK_LATE, true },
        { REQUEST_PENDING, { 2, 2, 0, 0, 0 }, "2026-05-01 10:00:01", OUTLOOK_LATE, false },
        { REQUEST_PROCESSING, { 2, 1, 0, 1, 0 }, "2026-05-01 09:10:00", OUTLOOK_DUE, true },
        { REQUEST_PROCESSING, { 2, 1, 1, 0, 0 }, "2026-05-01 12:00:00", OUTLOOK_LATE, true },
        { REQUEST_COMPLETED, { 2, 0, 2, 0, 0 }, "2026-05-01 09:10:00", OUTLOOK_DONE, false },
        { REQUEST_COMPLETED, { 2, 0, 1, 0, 1 }, "2026-05-01 09:10:00", OUTLOOK_DONE_PARTLY, false },
        { REQUEST_FAILED, { 2, 0, 1, 1, 0 }, "2026-05-01 09:10:00", OUTLOOK_FAILED_PARTLY, false },
        { REQUEST_FAILED, { 2, 0, 0, 1, 1 }, "2026-05-01 09:10:00", OUTLOOK_FAILED, false },
        { REQUEST_CANCELLED, { 2, 0, 0, 0, 0 }, "2026-05-01 08:00:00", OUTLOOK_CANCELLED, false },
    };
    struct moment due = at("2026-05-01 09:00:00");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%zu: %s", i, cases[i].now);
        g_assert_cmpint(request_outlook(cases[i].status, &cases[i].tally, due, at(cases[i].now)), ==, cases[i].want);
        g_assert_cmpint(request_is_followed(cases[i].status, due, at(cases[i].now)), ==, cases[i].is_followed);
    }
}

static void test_everywhere(void)
{
    g_assert_cmpint(request_everywhere(false, 1, 0), ==, REQUEST_BY_CUSTOMER);
    g_assert_cmpint(request_everywhere(false, 99, 10000), ==, REQUEST_BY_CUSTOMER);
    g_assert_cmpint(request_everywhere(false, 100, 10000), ==, REQUEST_AS_THEY_COME);
    g_assert_cmpint(request_everywhere(false, 99, 10001), ==, REQUEST_AS_THEY_COME);
    g_assert_cmpint(request_everywhere(true, 1, 0), ==, REQUEST_BY_HITS);
    g_assert_cmpint(request_everywhere(true, 10000, 10000), ==, REQUEST_BY_HITS);
    g_assert_cmpint(request_everywhere(true, 10000, 10001), ==, REQUEST_AS_THEY_COME);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/request/begin", test_begin);
    g_test_add_func("/request/wait-for-repair", test_wait);
    g_test_add_func("/request/project", test_project);
    g_test_add_func("/request/state-before", test_before);
    g_test_add_func("/request/take-out", test_take_out);
    g_test_add_func("/request/deadlines", test_deadlines);
    g_test_add_func("/request/due", test_due);
    g_test_add_func("/request/status", test_status);
    g_test_add_func("/request/outlook", test_outlook);
    g_test_add_func("/request/words", test_words);
    g_test_add_func("/request/numbers", test_numbers);
    g_test_add_func("/request/tax", test_tax);
    g_test_add_func("/request/retries", test_retries);
    g_test_add_func("/request/of-all-customers-few-are-gathered", test_everywhere);
    return g_test_run();
}
