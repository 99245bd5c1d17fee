/*
 * make_service.h: a request made in one call, as programs make it: a draft that is written, judged and submitted in one
 * transaction. The caller's key is the draft's, so that the same call again finds what it has made.
 */
#ifndef REQUEST_MAKE_SERVICE_H
#define REQUEST_MAKE_SERVICE_H

#include "request/draft.h"

/* A line as it was named: by its number, read (number_phone_read), or by its id when that is not 0. */
struct wanted_line {
    uint64_t id;
    char phone[15];
};

struct request_wanted {
    const struct request_kind *kind;
    const struct request_fields *fields; /* checked as the page checks them */
    const GArray *lines;                 /* struct wanted_line, 1 to DRAFT_LINES_MOST */
    const char *key;                     /* of the account; at most DRAFT_KEY_MOST bytes */
    uint8_t digest[DIGEST_BYTES];        /* of all that was sent */
};

enum { DRAFT_KEY_MOST = 64 };

enum request_making {
    MAKING_MADE,    /* `number` is the request */
    MAKING_AGAIN,   /* `number` is the request that the same call has made before */
    MAKING_OTHER,   /* the key has been used for something else */
    MAKING_UNKNOWN, /* some lines are none of the customer's, or stand twice: `faults` */
    MAKING_REFUSED, /* some lines are refused: `refused` */
    MAKING_DATE     /* the date can no longer be asked for */
};

/* Why a wanted line is none, by its place in the list. */
struct wanted_fault {
    guint place;
    bool is_twice; /* else unknown */
};

struct request_made_of {
    enum request_making outcome;
    char *number;
    GArray *faults;     /* struct wanted_fault */
    GPtrArray *refused; /* struct draft_line */
    uint64_t *ids;      /* of the wanted lines, in their order */
};
void request_made_of_clear(struct request_made_of *made);

/* Make it, all or nothing. Only MAKING_MADE leaves rows behind. PORTAL_INVALID: a field that only the kind can judge.
 */
bool request_make(struct db *db, const struct secret_keys *keys, const struct config *config, const struct actor *actor,
                  const struct draft_owner *owner, const struct request_wanted *wanted, enum language language,
                  struct moment now, struct request_made_of *made, GError **error);

#endif
