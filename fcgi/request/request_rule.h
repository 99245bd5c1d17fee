/*
 * request_rule.h: the life of a request and of its lines: which states follow on which, what several open requests
 * on one SIM mean for each other, until when one may be changed or cancelled, its number and its tax. Pure.
 * domain.md, SIM states, Dates, Requests.
 */
#ifndef REQUEST_REQUEST_RULE_H
#define REQUEST_REQUEST_RULE_H

#include "base/clock.h"
#include "line/line_rule.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum request_status {
    REQUEST_PENDING,
    REQUEST_PROCESSING,
    REQUEST_COMPLETED,
    REQUEST_FAILED,
    REQUEST_CANCELLED,
    REQUEST_STATUS_N
};

/* What became of one line of a request. */
enum item_result {
    ITEM_PENDING,
    ITEM_RUNNING,
    ITEM_DONE,
    ITEM_FAILED,
    ITEM_CANCELLED,
    ITEM_LEFT, /* left out, with the reason */
    ITEM_RESULT_N
};

/* The word that stands in rows, addresses and message keys; reading one is false, and the output untouched, for
 * anything else (NULL included). */
const char *request_status_code(enum request_status status);
bool request_status_read(const char *code, enum request_status *status);
const char *item_result_code(enum item_result result);
bool item_result_read(const char *code, enum item_result *result);

/* How many lines of a request have come to which result. */
struct request_tally {
    uint32_t items, open, done, failed, left;
};

/* The status of a request that has begun: completed when no line is open or failed, failed when none is open and at
 * least one failed, else processing. */
enum request_status request_status_of(const struct request_tally *tally);

/* What a person may expect of a request. One of today is done within 30 minutes (domain.md, Dates). */
enum request_outlook {
    OUTLOOK_PLANNED,       /* its day has not come */
    OUTLOOK_DUE,           /* due, and through within the usual time */
    OUTLOOK_LATE,          /* due for longer than that */
    OUTLOOK_DONE,          /* completed, every line */
    OUTLOOK_DONE_PARTLY,   /* completed, some lines were left out */
    OUTLOOK_FAILED_PARTLY, /* some lines failed, some are done */
    OUTLOOK_FAILED,        /* no line is done */
    OUTLOOK_CANCELLED,
    OUTLOOK_N
};
enum { REQUEST_USUAL_SECONDS = 30 * 60 };
enum request_outlook request_outlook(enum request_status status, const struct request_tally *tally, struct moment due,
                                     struct moment now);

/* Whether a page that shows it should look again and again: it is being carried out, or is due since an hour at most.
 */
bool request_is_followed(enum request_status status, struct moment due, struct moment now);

/* ---- what a kind does to a line ---- */

enum { REQUEST_UNCHANGED = -1 };

struct request_moves {
    unsigned from;   /* states it may start from: 1 << enum line_state */
    int to;          /* the state it leads to, or REQUEST_UNCHANGED */
    bool is_safety;  /* suspend, resume, terminate: never refused because of a later request that changes no state */
    bool may_strand; /* a final error leaves the line failed */
};

/* An open request on a line. */
struct request_step {
    const struct request_moves *moves;
    struct moment due; /* its effective moment */
    uint64_t item;     /* among equal moments the smaller is first; the new one has REQUEST_NEW_ITEM */
    uint64_t request;
    bool is_running; /* at the carrier just now: goes before all others */
};
#define REQUEST_NEW_ITEM G_MAXUINT64

enum request_verdict {
    REQUEST_FITS,
    REQUEST_WRONG_STATE,  /* the line is in no state that this may start from */
    REQUEST_COLLIDES,     /* an earlier open request leaves it in such a state: `against` */
    REQUEST_BREAKS_LATER, /* a later open request would no longer be legal: `against` */
    REQUEST_LEAVES_LATER, /* fits; a later request that changes no state will leave this line out: `against` */
    REQUEST_VERDICT_N
};

/* Whether `step` fits among the open `steps` of a line in `state` (any order). Replays all by (effective moment, item),
 * each must be legal where it stands. `against` gets the request that is in the way, 0 if none; `before` the state in
 * which the new one finds the line. */
enum request_verdict request_project(enum line_state state, const struct request_step *steps, gsize n,
                                     const struct request_step *step, enum line_state *before, uint64_t *against);

/* Whether `steps` stay legal without those of `request`. `against` gets the first that would not, if false. */
bool request_can_be_taken_out(enum line_state state, const struct request_step *steps, gsize n, uint64_t request,
                              uint64_t *against);

/* True if `moves` may start from `state`. */
bool request_may_start(const struct request_moves *moves, enum line_state state);

/* True if an item may go to the carrier now: from the state of its line, or in a later round, from a line that is
 * failed, when its own failure left it so; `from` is where the line stood before (enum line_state, -1: nowhere). */
bool request_may_begin(const struct request_moves *moves, enum line_state state, unsigned round, int from);

/* ---- when ---- */

/* The moment from which a request effective on `effective` is carried out: at once when that is the day of `now`, else
 * when the day begins. */
struct moment request_due(struct date effective, struct moment now);

/* Until when a request of a chosen day can be changed or cancelled: the start of that day. One effective on the day it
 * was received cannot be changed, but cancelled as long as it is pending. */
bool request_can_change(enum request_status status, struct date effective, struct moment now);
bool request_can_cancel(enum request_status status, struct date effective, struct date received, struct moment now);

/* Seconds until a line is tried again after its `attempts`-th failure that may pass; 0: not any more. */
int64_t request_retry_delay(unsigned attempts);

/* A line that is failed keeps other due requests waiting for so many days, then they fail. */
enum { REQUEST_WAIT_DAYS = 14 };
bool request_wait_is_over(struct moment effective, struct moment now);

/* ---- numbers and prices ---- */

/* "TC0000-00003-PR240001": customer's code, letters of the kind, year of receipt, count from 0001. The caller frees. */
char *request_number(const char *customer_code, const char *letters, struct date received, unsigned count);
bool request_number_is_good(const char *text);

/* The tax on a total in yen, rounded down once; `percent` in hundredths (1000: 10 %). */
int64_t request_tax(int64_t yen, int percent);

/* ---- lists ---- */

/* How the requests of all customers of an account are read: as they come, newest first, past those of everybody else;
 * or, where few are found, gathered and then sorted: by a part of a line's number, or customer by customer, if these
 * are few. */
enum request_everywhere { REQUEST_AS_THEY_COME, REQUEST_BY_CUSTOMER, REQUEST_BY_HITS, REQUEST_EVERYWHERE_N };
enum request_everywhere request_everywhere(bool has_line_number, uint32_t customers, uint64_t found);

#endif
