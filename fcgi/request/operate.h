/*
 * operate.h: requests as the operator sees and mends them: any customer's, listed and shown; what has finally failed is
 * tried again, what is stuck is given up. Permits: operator, worker, customer, journal.
 */
#ifndef REQUEST_OPERATE_H
#define REQUEST_OPERATE_H

#include "request/operate_rule.h"
#include "request/request.h"

/* ---- looking ---- */

/* Which requests. A condition that is NULL, 0 or negative is left out. */
struct operate_search {
    uint64_t customer;
    int status; /* enum request_status */
    const struct request_kind *kind;
    struct date from, until; /* of receipt */
    const char *phone;       /* whole */
    guint limit;
};

/* Newest first. The caller unrefs an array of struct request_made. */
GPtrArray *operate_list(struct db *db, const struct operate_search *search, GError **error);

/* PORTAL_NOT_FOUND: there is none. */
struct request_made *operate_get(struct db *db, const char *number, GError **error);

/* Oldest first. The caller unrefs an array of struct request_event. */
GPtrArray *operate_events(struct db *db, uint64_t id, GError **error);

/* A line of a request. */
struct operate_item {
    char *phone, *serial, *code, *text;
    enum line_state state;
    enum item_result result;
    uint32_t round, attempts;
    bool is_held;     /* a worker has it */
    struct moment at; /* looked at again, or ended */
};

/* Up to `limit` lines with that result (negative: any). The caller unrefs an array of struct operate_item. */
GPtrArray *operate_items(struct db *db, uint64_t id, int result, guint limit, GError **error);

/* ---- mending ---- */

/* What is to be done to which lines of a request. */
struct operate_order {
    const struct secret_keys *keys;
    const struct config *config;
    const struct actor *actor;
    struct moment now;
    const char *number;
    const char *const *phones; /* digits; NULL: all lines that have failed, or are open */
    bool only_good;            /* leave out those it cannot be done to; else nothing is done unless it can to all */
    bool force;                /* operate_give_up: also what is at the carrier just now */
    const char *reason;        /* operate_give_up: at most 400 characters, kept with the lines */
};

/* One of the lines it was to be done to. */
struct operate_line {
    char phone[15];
    unsigned round; /* the one that begins, or that is given up */
    enum operate_refusal refusal;
    char *against; /* the number of the request in the way, or NULL */
};

struct operate_result {
    GArray *lines; /* struct operate_line, by line */
    guint good;    /* how many of them it can be done to */
    bool is_done;
};
void operate_result_clear(struct operate_result *result);

/* Begin a new round of what has finally failed: the request is under way again, lines that wait for such a one are
 * looked at again. One transaction with history and audit. PORTAL_NOT_FOUND: no such request, or no such line of it. */
bool operate_retry_lines(struct db *db, const struct operate_order *order, struct operate_result *result,
                         GError **error);

/* End what is open as failed, exactly as a final answer of the carrier does; what the carrier was not asked for leaves
 * its line as it is. Errors likewise. */
bool operate_give_up_lines(struct db *db, const struct operate_order *order, struct operate_result *result,
                           GError **error);

#endif
