/*
 * operate_rule.c: trying again and giving up, see operate_rule.h.
 */
#include "request/operate_rule.h"

const char *operate_refusal_code(enum operate_refusal refusal)
{
    static const char *const codes[OPERATE_REFUSAL_N] = {
        [OPERATE_GOOD] = "",
        [OPERATE_NOT_FAILED] = "not-failed",
        [OPERATE_LINE_FAILED] = "line-failed",
        [OPERATE_MOVED] = "moved",
        [OPERATE_STATE] = "state",
        [OPERATE_COLLIDES] = "collides",
        [OPERATE_BREAKS] = "breaks",
        [OPERATE_OVER] = "over",
        [OPERATE_AT_CARRIER] = "at-carrier",
        [OPERATE_NOT_DUE] = "not-due",
    };
    return codes[refusal];
}

enum operate_refusal operate_retry(const struct operate_case *one, const struct request_step *steps, gsize n,
                                   uint64_t *against)
{
    static const enum operate_refusal refusals[REQUEST_VERDICT_N] = { [REQUEST_WRONG_STATE] = OPERATE_STATE,
                                                                      [REQUEST_COLLIDES] = OPERATE_COLLIDES,
                                                                      [REQUEST_BREAKS_LATER] = OPERATE_BREAKS };
    struct request_step own = {
        .moves = one->moves, .due = one->effective, .item = one->item, .request = one->request
    };
    enum line_state state = one->state, unused = one->state;
    *against = 0;
    if (one->result != ITEM_FAILED) {
        return OPERATE_NOT_FAILED;
    }
    if (one->moves->to != REQUEST_UNCHANGED && one->is_moved) {
        return OPERATE_MOVED;
    }
    if (state == LINE_FAILED && one->is_own && request_may_begin(one->moves, state, one->round + 1, one->from)) {
        state = one->from >= 0 ? (enum line_state)one->from : state;
    }
    if (state == LINE_FAILED && !request_may_start(one->moves, state)) {
        return OPERATE_LINE_FAILED;
    }
    return refusals[request_project(state, steps, n, &own, &unused, against)];
}

enum operate_refusal operate_give_up(const struct operate_case *one, bool force, struct moment now)
{
    if (one->result != ITEM_PENDING && one->result != ITEM_RUNNING) {
        return OPERATE_OVER;
    }
    if (one->is_held && !force) {
        return OPERATE_AT_CARRIER;
    }
    return one->effective.us > now.us ? OPERATE_NOT_DUE : OPERATE_GOOD;
}
