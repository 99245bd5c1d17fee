/*
 * test_operate_rule.c: what the operator may try again or give up (domain.md, SIM states: a final processing error).
 */
#include "request/operate_rule.h"

#include "dates.h"

#include <string.h>

#define FROM(state) (1U << (state))

static const struct request_moves suspend = {
    .from = FROM(LINE_ACTIVE) | FROM(LINE_FAILED), .to = LINE_SUSPENDED, .is_safety = true, .may_strand = true
};
static const struct request_moves resume = {
    .from = FROM(LINE_SUSPENDED), .to = LINE_ACTIVE, .is_safety = true, .may_strand = true
};
static const struct request_moves recharge = { .from = FROM(LINE_ACTIVE) | FROM(LINE_SUSPENDED),
                                               .to = REQUEST_UNCHANGED };

/* With another open request, 9, on the line, or none. */
struct open_one {
    const struct request_moves *moves;
    const char *due;
};

static const struct {
    const char *what;
    struct operate_case one;
    struct open_one open;
    enum operate_refusal want;
    uint64_t against;
} retries[] = {
    { "a recharge, on a line that works",
      { .moves = &recharge, .result = ITEM_FAILED, .state = LINE_ACTIVE, .from = LINE_ACTIVE },
      { 0 },
      OPERATE_GOOD,
      0 },
    { "not what is done",
      { .moves = &recharge, .result = ITEM_DONE, .state = LINE_ACTIVE, .from = LINE_ACTIVE },
      { 0 },
      OPERATE_NOT_FAILED,
      0 },
    { "not what is under way",
      { .moves = &recharge, .result = ITEM_RUNNING, .state = LINE_ACTIVE, .from = LINE_ACTIVE },
      { 0 },
      OPERATE_NOT_FAILED,
      0 },
    { "what left the line failed itself, from where it stood",
      { .moves = &resume, .result = ITEM_FAILED, .state = LINE_FAILED, .from = LINE_SUSPENDED, .is_own = true },
      { 0 },
      OPERATE_GOOD,
      0 },
    { "not where another failure holds the line",
      { .moves = &resume, .result = ITEM_FAILED, .state = LINE_FAILED, .from = LINE_SUSPENDED },
      { 0 },
      OPERATE_LINE_FAILED,
      0 },
    { "a recharge waits for the repair as well",
      { .moves = &recharge, .result = ITEM_FAILED, .state = LINE_FAILED, .from = LINE_ACTIVE },
      { 0 },
      OPERATE_LINE_FAILED,
      0 },
    { "a suspension starts from a failed line, whoever's failure it was",
      { .moves = &suspend, .result = ITEM_FAILED, .state = LINE_FAILED, .from = -1 },
      { 0 },
      OPERATE_GOOD,
      0 },
    { "after the repair",
      { .moves = &resume, .result = ITEM_FAILED, .state = LINE_SUSPENDED, .from = LINE_SUSPENDED, .is_own = true },
      { 0 },
      OPERATE_GOOD,
      0 },
    { "not what would undo a later movement",
      { .moves = &resume, .result = ITEM_FAILED, .state = LINE_SUSPENDED, .from = LINE_SUSPENDED, .is_moved = true },
      { 0 },
      OPERATE_MOVED,
      0 },
    { "a recharge undoes no movement",
      { .moves = &recharge, .result = ITEM_FAILED, .state = LINE_SUSPENDED, .from = LINE_ACTIVE, .is_moved = true },
      { 0 },
      OPERATE_GOOD,
      0 },
    { "not from a state that does not allow it",
      { .moves = &recharge, .result = ITEM_FAILED, .state = LINE_TERMINATED, .from = LINE_ACTIVE, .is_moved = true },
      { 0 },
      OPERATE_STATE,
      0 },
    { "not what leaves a later request illegal",
      { .moves = &suspend, .result = ITEM_FAILED, .state = LINE_ACTIVE, .from = LINE_ACTIVE, .is_own = true },
      { &suspend, "2026-06-01" },
      OPERATE_BREAKS,
      9 },
    { "but what makes it legal",
      { .moves = &suspend, .result = ITEM_FAILED, .state = LINE_ACTIVE, .from = LINE_ACTIVE, .is_own = true },
      { &resume, "2026-06-01" },
      OPERATE_GOOD,
      0 },
    { "not what an earlier open request is in the way of",
      { .moves = &suspend, .result = ITEM_FAILED, .state = LINE_ACTIVE, .from = LINE_ACTIVE, .is_own = true },
      { &suspend, "2026-04-01" },
      OPERATE_COLLIDES,
      9 },
};

static void test_retry(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(retries); i++) {
        struct operate_case one = retries[i].one;
        struct request_step step = { .moves = retries[i].open.moves, .item = 90, .request = 9 };
        uint64_t against = 77;
        one.round = 1;
        one.effective = at("2026-05-01");
        one.item = one.request = 1;
        if (step.moves != NULL) {
            step.due = at(retries[i].open.due);
        }
        g_test_message("%s", retries[i].what);
        g_assert_cmpint(operate_retry(&one, &step, step.moves != NULL, &against), ==, retries[i].want);
        g_assert_cmpuint(against, ==, retries[i].against);
    }
}

static void test_give_up(void)
{
    static const struct {
        enum item_result result;
        bool is_held, force;
        const char *effective;
        enum operate_refusal want;
    } cases[] = {
        { ITEM_RUNNING, false, false, "2026-05-01", OPERATE_GOOD },
        { ITEM_PENDING, false, false, "2026-05-01", OPERATE_GOOD },
        { ITEM_PENDING, false, true, "2026-05-02", OPERATE_NOT_DUE },
        { ITEM_RUNNING, true, false, "2026-05-01", OPERATE_AT_CARRIER },
        { ITEM_RUNNING, true, true, "2026-05-01", OPERATE_GOOD },
        { ITEM_FAILED, false, true, "2026-05-01", OPERATE_OVER },
        { ITEM_DONE, false, true, "2026-05-01", OPERATE_OVER },
        { ITEM_CANCELLED, false, true, "2026-05-01", OPERATE_OVER },
        { ITEM_LEFT, false, true, "2026-05-01", OPERATE_OVER },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct operate_case one = { .moves = &resume,
                                    .result = cases[i].result,
                                    .is_held = cases[i].is_held,
                                    .effective = at(cases[i].effective) };
        g_test_message("%" G_GSIZE_FORMAT, i);
        g_assert_cmpint(operate_give_up(&one, cases[i].force, at("2026-05-01")), ==, cases[i].want);
    }
}

static void test_codes(void)
{
    for (int i = 0; i < OPERATE_REFUSAL_N; i++) {
        const char *code = operate_refusal_code((enum operate_refusal)i);
        g_assert_true((*code == '\0') == (i == OPERATE_GOOD));
        for (int j = 0; j < i; j++) {
            g_assert_cmpstr(code, !=, operate_refusal_code((enum operate_refusal)j));
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/operate/retry", test_retry);
    g_test_add_func("/operate/give-up", test_give_up);
    g_test_add_func("/operate/each-refusal-has-a-word", test_codes);
    return g_test_run();
}
