/*
 * request_kind.h: a kind of request as the engine knows it: a row of one table (product/request_kinds.c). Its hooks
 * take batches of lines, so that a thousand lines cost a few statements.
 */
#ifndef REQUEST_REQUEST_KIND_H
#define REQUEST_REQUEST_KIND_H

#include "audit/actor.h"
#include "base/clock.h"
#include "db/db.h"
#include "request/request_fields.h"
#include "request/request_rule.h"
#include "view/label.h"

#include <glib.h>
#include <stdbool.h>

/* Why a line is refused; "" in rows: it is not. */
enum refusal {
    REFUSAL_NONE,
    REFUSAL_STATE,     /* in no state that this may start from */
    REFUSAL_COLLIDES,  /* an earlier open request is in the way: `against` */
    REFUSAL_BREAKS,    /* a later open request would be no longer legal: `against` */
    REFUSAL_PROTECTED, /* against being terminated */
    REFUSAL_IN_GROUP,  /* a line in a share group is recharged through its group */
    REFUSAL_N
};

/* A line of a draft, or of a request that is carried out. */
struct request_line {
    uint64_t line, customer;
    uint64_t item, request; /* 0: still a draft */
    enum line_state state;
    bool is_protected;
    uint64_t service, plan, group; /* group 0: none */
    uint32_t round, attempts;
    char phone[15], serial[21];
    struct date effective;
    const struct request_fields *fields; /* what was entered; somebody else's */
    enum refusal refusal;
    uint64_t against; /* the request in the way, or that will leave this line out */
};

/* Lines with the same kind: of one draft, or of any requests and customers that are carried out together; by line. */
struct request_batch {
    const struct request_kind *kind;
    struct moment now;
    const struct actor *actor; /* who carries it out, for apply and undo */
    struct request_line *lines;
    guint n;
};

/* Read or change for a whole batch; errors as the store's. */
typedef bool request_hook(struct db *db, struct request_batch *batch, GError **error);

struct request_kind {
    const char *code;    /* in addresses and rows: "suspend" */
    const char *letters; /* KK of its numbers */
    enum label name;
    enum label title;      /* of its detail */
    const char *operation; /* what the gateway calls it */
    struct request_moves moves;
    /* The texts of `fields` beside the date are good: PORTAL_INVALID if one is not (pages have told before). */
    bool (*fields_are_good)(struct db *db, const struct request_fields *fields, struct date today, GError **error);
    unsigned idle; /* states, as bits, in which what it gives is of no use meanwhile: `idle_text` says so of a line */
    enum label idle_text, idle_all; /* and of all `n` such lines of a draft */
    request_hook *check;            /* sets refusals beyond those of states; NULL: there are none */
    /* What a line costs, in yen before tax; NULL: nothing. */
    bool (*price)(struct db *db, const struct request_fields *fields, struct date today, int64_t *yen, GError **error);
    /* The operation's arguments as JSON; the caller frees. NULL: none. */
    char *(*arguments)(const struct request_line *line);
    request_hook *apply; /* the carrier has done it: make it so here; `state` is the line's before */
    request_hook *undo;  /* it has finally failed; NULL: the line stays as it is */
};

extern const struct request_kind *const request_kinds[];
extern const guint request_kinds_n;

/* The kind of `code`, NULL if there is none. */
const struct request_kind *request_kind_find(const char *code);

/* The word of a refusal in rows and message keys; REFUSAL_NONE for what is none. */
const char *refusal_code(enum refusal refusal);
enum refusal refusal_read(const char *code);

#endif
