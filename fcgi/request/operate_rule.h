/*
 * operate_rule.h: what the operator may do to a line of a request that did not come through: try it again in a round of
 * its own, or give it up. Pure. domain.md, SIM states (a final processing error).
 */
#ifndef REQUEST_OPERATE_RULE_H
#define REQUEST_OPERATE_RULE_H

#include "request/request_rule.h"

enum operate_refusal {
    OPERATE_GOOD,
    OPERATE_NOT_FAILED,  /* only what has finally failed is tried again */
    OPERATE_LINE_FAILED, /* another failure holds the line: repair it first */
    OPERATE_MOVED,       /* the line was moved since: this would undo it */
    OPERATE_STATE,       /* the line's state does not allow it */
    OPERATE_COLLIDES,    /* an open request leaves the line in such a state: `against` */
    OPERATE_BREAKS,      /* a later open request would be no longer legal: `against` */
    OPERATE_OVER,        /* only what is open is given up */
    OPERATE_AT_CARRIER,  /* a worker has it at the carrier just now */
    OPERATE_NOT_DUE,     /* its day has not come */
    OPERATE_REFUSAL_N
};

/* The word for scripts; "" for OPERATE_GOOD. */
const char *operate_refusal_code(enum operate_refusal refusal);

/* A line of a request that did not come through. */
struct operate_case {
    const struct request_moves *moves;
    enum item_result result;
    enum line_state state; /* of the line, now */
    unsigned round;
    int from;      /* enum line_state: where the line stood when it went to the carrier last; -1: it never did */
    bool is_own;   /* it is what left its line failed */
    bool is_moved; /* something else has moved the line since it ended */
    bool is_held;  /* a worker has it */
    struct moment effective;
    uint64_t item, request;
};

/* May it be tried again, among the open `steps` of its line? `against` gets the request in the way, 0 if none. */
enum operate_refusal operate_retry(const struct operate_case *one, const struct request_step *steps, gsize n,
                                   uint64_t *against);

/* May it be given up? `force`: also while a worker has it. */
enum operate_refusal operate_give_up(const struct operate_case *one, bool force, struct moment now);

#endif
