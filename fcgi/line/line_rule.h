/*
 * line_rule.h: the states of a line, the kinds and sizes of its card, and how much data it has left.
 * Pure: takes what the stores have read. domain.md, SIM states and Recharge (Accounting).
 */
#ifndef LINE_LINE_RULE_H
#define LINE_LINE_RULE_H

#include "base/clock.h"

enum line_state {
    LINE_INACTIVE, /* delivered, not yet activated */
    LINE_ACTIVE,
    LINE_SUSPENDED,
    LINE_REISSUING,
    LINE_TERMINATED,
    LINE_FAILED, /* an internal error that the operator repairs */
    LINE_STATE_N
};

enum card_kind { CARD_CARD, CARD_ESIM, CARD_KIND_N };

enum card_size {
    CARD_STANDARD,
    CARD_MICRO,
    CARD_NANO,
    CARD_NO_SIZE, /* an eSIM has none */
    CARD_SIZE_N
};

/* How the lines of all customers of an account are read: in the order of an index, without conditions or with some; or,
 * where few are found, gathered and then sorted: customer by customer, by a part of a number, or from all lines there
 * are. */
enum line_all_way {
    LINE_ALL_PLAIN,
    LINE_ALL_IN_ORDER,
    LINE_ALL_BY_CUSTOMER,
    LINE_ALL_BY_PHONE,
    LINE_ALL_BY_SERIAL,
    LINE_ALL_BY_SCAN,
    LINE_ALL_WAY_N
};
struct line_all_facts {
    bool has_phone, has_serial; /* a part of the number is looked for */
    bool has_filters;           /* other conditions are set */
    bool is_of_one;             /* of the customers one alone */
    uint32_t customers;         /* how many there are */
    uint64_t found;             /* how many lines match; 0: that is what is asked for */
};
enum line_all_way line_all_way(const struct line_all_facts *facts);

/* The word that stands for the value in URLs, in the database and in message keys ("inactive"). */
const char *line_state_code(enum line_state state);
const char *card_kind_code(enum card_kind kind);
const char *card_size_code(enum card_size size);

/* Read such a word. False, and the output untouched, if it is none (NULL included). */
bool line_state_read(const char *code, enum line_state *state);
bool card_kind_read(const char *code, enum card_kind *kind);
bool card_size_read(const char *code, enum card_size *size);

/* The share of `capacity` that is used, in whole percent, rounded down, 0 to 100. Of no capacity, nothing
 * used is 0 and anything used is 100. */
int line_used_percent(int64_t capacity, int64_t used);

/* A recharge that is in effect (those still to come are not passed). Bytes. */
struct line_recharge {
    int64_t bytes;
    int64_t consumed;        /* in earlier months; stays consumed */
    int64_t set_aside;       /* the overuse known when it took effect, line_overuse(); 0 in later months */
    struct date valid_until; /* the last good day */
};

/* What is left on `today` of the month's `capacity` after `used` bytes and of the recharges valid then. Use
 * draws on the capacity first, then on `recharges`, which come ordered by valid_until, then by the moment
 * they took effect. Use from the time when nothing was left draws on no later recharge. Never negative. */
int64_t line_remaining(int64_t capacity, int64_t used, const struct line_recharge *recharges, gsize n,
                       struct date today);

/* What `recharges[at]` has given in this month; at the month's end it is added to `consumed`. */
int64_t line_drawn(int64_t capacity, int64_t used, const struct line_recharge *recharges, gsize n, gsize at,
                   struct date today);

/* The use that neither capacity nor recharges have covered: what a recharge that takes effect now stores as
 * `set_aside`. */
int64_t line_overuse(int64_t capacity, int64_t used, const struct line_recharge *recharges, gsize n, struct date today);

/* Several states, as bits: "active,suspended" and back; reading is false, and the output untouched, for anything else.
 * The caller frees. */
char *line_states_write(unsigned several);
bool line_states_read(const char *text, unsigned *several);

#endif
