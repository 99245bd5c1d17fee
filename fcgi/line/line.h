/*
 * line.h: lines as lists and single ones see them.
 */
#ifndef LINE_LINE_H
#define LINE_LINE_H

#include "audit/actor.h"
#include "base/auto.h"
#include "base/clock.h"
#include "base/language.h"
#include "base/row_sink.h"
#include "base/secret.h"
#include "base/session.h"
#include "db/db.h"
#include "line/line_rule.h"

#include <glib.h>
#include <stdbool.h>

/* ---- lists ---- */

enum line_sort {
    LINE_BY_SERIAL,
    LINE_BY_PHONE,
    LINE_BY_STATE,
    LINE_BY_USED,
    LINE_BY_REMAINING,
    LINE_BY_PLAN,
    LINE_BY_OPTION,
    LINE_SORT_N
};

/* Whose lines, which of them, in which order. A condition that is NULL, 0 or negative is left out. */
struct line_search {
    uint64_t account, customer; /* customer 0: all customers of the account, one after the other */
    uint64_t only_customer;     /* within all: this one */
    uint32_t customers;         /* how many all are */
    enum language language;
    struct month month;           /* whose figures are shown */
    char *phone, *serial, *label; /* parts to look for, in the form that columns hold */
    uint64_t edition;             /* of the catalogue, for names; 0: they are read anew */
    uint64_t service, plan;
    int state;       /* enum line_state */
    unsigned states; /* several at once, 1U << enum line_state; 0: as `state` says */
    int64_t group;   /* 0: those in no group */
    int throttled;   /* 0 or 1 */
    enum line_sort sort;
    bool is_descending;
};

/* A list begins with the row after this one (in its order); or at an offset when `id` is 0. */
struct line_cursor {
    uint64_t id, customer;
    char *key; /* of the sort: a text, or a number in digits */
};

/* True if lists in this order can go on by key. */
bool line_search_has_cursor(const struct line_search *search);

/* A row of a list. What stands from `project` on is read for files and single lines alone. */
struct line_row {
    uint64_t id, customer;
    const char *serial, *phone, *label, *plan, *option;
    enum line_state state;
    bool is_throttled;
    int64_t capacity, used, remaining; /* bytes, of the month */
    struct moment as_of;
    const char *customer_code, *customer_name;
    const char *project, *service, *iccid, *memo, *group;
    enum card_kind kind;
    enum card_size size;
    struct date activated_on;
    char *texts; /* what the row owns of them, in one block; NULL: they belong to whoever gives the row */
};
void line_row_clear(struct line_row *row);

/* Up to `limit` rows from `cursor` (NULL: from `offset`). `backward`: the rows before the cursor, still in the list's
 * order. `total` (may be NULL) gets how many match in all if the list counts them, unless the page is empty. The
 * caller unrefs an array of struct line_row. */
struct line_page {
    const struct line_cursor *cursor;
    bool backward;
    guint limit;
    uint64_t offset;
    uint64_t found; /* how many match in all, for lists of all customers */
};
GArray *line_list(struct db *db, const struct line_search *search, const struct line_page *page, uint64_t *total,
                  GError **error);

/* True if the list itself reads all that match, so that they need not be counted beside it. */
bool line_list_counts(const struct line_search *search);

/* Every line that matches goes to `sink` as a struct line_row with all of its parts, whose texts live until the sink
 * returns; in the list's order, each once, as they stood at one moment. Ends early, and true, when the sink wants no
 * more. */
bool line_export(struct db *db, const struct line_search *search, const struct row_sink *sink, GError **error);

/* What the cursor of a row is. The caller frees `key`. */
struct line_cursor line_row_cursor(const struct line_search *search, const struct line_row *row);

enum { LINE_COUNT_THROTTLED = LINE_STATE_N, LINE_COUNTS };

/* A month's capacity and use. */
struct line_month_total {
    int64_t capacity, used;
    struct moment as_of;
};

/* The kept counters and the month of all customers of an account, summed up; the month of one customer. */
bool line_totals(struct db *db, uint64_t account, struct month month, uint64_t counts[LINE_COUNTS],
                 struct line_month_total *total, GError **error);
bool line_month_total(struct db *db, uint64_t customer, struct month month, struct line_month_total *total,
                      GError **error);

/* What the conditions of a list may be chosen from. */
enum line_choice_kind { LINE_CHOICE_SERVICE, LINE_CHOICE_PLAN, LINE_CHOICE_GROUP, LINE_CHOICE_N };
struct line_choice {
    enum line_choice_kind kind;
    uint64_t id;
    char *text;
};

/* The services and plans among them, for other lists. The caller unrefs. */
GPtrArray *line_choices_on_offer(struct db *db, const struct session *session, enum language language, GError **error);

/* The choices, and in `total` how many lines match `search`: from the counters of `session` where they tell, else
 * counted; NULL: not wanted. No statement runs for a customer without groups of which the counters tell. */
GPtrArray *line_choices(struct db *db, const struct line_search *search, const struct session *session, uint64_t *total,
                        GError **error);

/* ---- one line ---- */

struct line {
    struct line_row row;
    uint32_t version;
    struct moment created_at;
    struct date terminated_on;
    bool has_activation_code;
    uint64_t group;
    bool is_protected; /* against being terminated */
};
void line_free(struct line *line);
AUTO_DEFINE(line)

/* The line `id`, if it is of the customer that `search` looks at. PORTAL_NOT_FOUND: another customer's too, so that
 * nobody can probe for numbers. Of `search` account, customer, language and month are used. */
struct line *line_get(struct db *db, const struct line_search *search, uint64_t id, GError **error);

struct line_card {
    char *serial, *iccid;
    enum card_kind kind;
    enum card_size size;
    struct moment from, to; /* to 0: the present one */
};
struct line_event {
    struct moment at;
    char *kind, *from, *to, *actor_kind, *actor_name;
};
/* A request that the line is, or was, part of; `result` of the line, `code` why it has failed or was left out. */
struct line_request {
    char *number, *kind, *result, *code; /* the words of rows */
    struct moment received_at, finished_at;
    struct date effective_on;
};
struct line_bought {
    int64_t bytes, left;
    struct moment from;
    struct date until;
};

/* What belongs to a line that line_get gave: recharges valid on `today`, the earliest to end first; its requests, the
 * open ones first; cards and events, newest first. Of requests and events no more than `most`. The caller frees with
 * line_belongings_free. */
struct line_belongings {
    GPtrArray *recharges, *cards, *events, *requests; /* struct line_bought, line_card, line_event, line_request */
};
struct line_belongings *line_belongings(struct db *db, const struct line_search *search, uint64_t id, struct date today,
                                        guint most, GError **error);
void line_belongings_free(struct line_belongings *all);
AUTO_DEFINE(line_belongings)

/* Set label and memo, if the line still has `version`; PORTAL_CONFLICT if somebody was first, PORTAL_NOT_FOUND if it is
 * not the customer's. `changed` tells whether anything was other than before. */
struct line_note {
    uint64_t id, customer;
    uint32_t version;
    const char *label, *memo;
};
bool line_set_note(struct db *db, const struct actor *actor, struct moment now, const struct line_note *note,
                   bool *changed, GError **error);

/* Protect a line against being terminated, or no longer. PORTAL_CONFLICT: it is terminated. PORTAL_NOT_FOUND as above.
 * `changed` tells whether it was otherwise before. */
bool line_protect(struct db *db, const struct actor *actor, struct moment now, uint64_t customer, uint64_t id,
                  bool is_protected, bool *changed, GError **error);

/* Reveal the eSIM's activation code; who and when go into the audit first. PORTAL_NOT_FOUND if there is none. The
 * caller clears and frees. */
struct line_code {
    char *code, *phone, *serial;
};
bool line_reveal(struct db *db, const struct secret_keys *keys, const struct actor *actor, struct moment now,
                 uint64_t customer, uint64_t id, struct line_code *code, GError **error);

#endif
