/*
 * login_rule.h: how failed logins slow down the next ones. Pure: counters and clock are passed in; the rows
 * are the store's. domain.md, Screens (login); security.md 6.1.1, 6.3.1.
 *
 * Three counters of failures, for three attacks:
 *   PAIR     this login id from this address: somebody guesses one account's password. Slows down from the
 *            5th failure on, 2 s, doubled by each further one, 15 min at most.
 *   NAME     this login id from wherever: the same from many addresses. Slows down from the 10th failure on,
 *            likewise, but never an address from which the account has logged in before: so that strangers
 *            cannot lock the owner out where the owner works.
 *   ADDRESS  this address, whatever the id: one password tried on many accounts, or a flood. From the 20th
 *            failure on it hears 429 before anything is hashed.
 * Nothing is ever locked for good: delays end by themselves, and a counter is forgotten after an hour without
 * a failure. While PAIR or NAME is slowed down the answer is that of a wrong password, also to the right one,
 * and is hashed all the same, so that neither text nor time tells whether the account exists or is delayed.
 * ADDRESS may answer openly: it says nothing about any account.
 */
#ifndef ACCOUNT_LOGIN_RULE_H
#define ACCOUNT_LOGIN_RULE_H

#include "base/clock.h"

enum login_counter_kind { LOGIN_ADDRESS, LOGIN_NAME, LOGIN_PAIR, LOGIN_COUNTER_N };

enum {
    LOGIN_FREE_ADDRESS = 20, /* the failure from which on each kind slows down */
    LOGIN_FREE_NAME = 10,
    LOGIN_FREE_PAIR = 5,
    LOGIN_FIRST_DELAY = 2,     /* seconds */
    LOGIN_LONGEST_DELAY = 900, /* 15 minutes */
    LOGIN_FORGOTTEN_AFTER = 3600,
};

/* The word for a kind in the database ("address", "name", "pair"). */
const char *login_counter_code(enum login_counter_kind kind);

struct login_counter {
    unsigned failures;
    struct moment last_failed_at;
};

struct login_attempt {
    struct login_counter counters[LOGIN_COUNTER_N];
    bool address_is_known; /* the account has logged in from this address before */
};

enum login_decision {
    LOGIN_ALLOW,           /* look at the password */
    LOGIN_REFUSE_AS_WRONG, /* hash, then answer as if the password were wrong */
    LOGIN_TOO_MANY,        /* 429 at once */
    LOGIN_DECISION_N
};

/* Decide on an attempt made at `now`. `wait` are the seconds until the delay is over, at least 1, for
 * Retry-After (LOGIN_TOO_MANY) and the log; 0 when allowed. */
enum login_decision login_decide(const struct login_attempt *attempt, struct moment now, int *wait);

/* Seconds that the counter slows down after its last failure; 0 while there are few. */
int login_delay(enum login_counter_kind kind, unsigned failures);

/* Whether an attempt that was so decided and did not succeed counts as a failure of `kind`. What was refused
 * without looking at the password counts against the address only: a delay that each attempt prolonged could
 * be kept up for ever by a stranger. */
bool login_counts(enum login_decision decision, enum login_counter_kind kind);

/* The counter after one more failure at `now`: 1 when the earlier ones are forgotten. */
struct login_counter login_count_failure(struct login_counter counter, struct moment now);

#endif
