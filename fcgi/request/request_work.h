/*
 * request_work.h: carrying requests out: items are claimed in batches with a lease, taken to the carrier by whoever
 * calls, and finished in batches. Any number of workers may do so; one that dies leaves leases that end. Permits:
 * worker.
 */
#ifndef REQUEST_REQUEST_WORK_H
#define REQUEST_REQUEST_WORK_H

#include "base/config.h"
#include "base/secret.h"
#include "db/db.h"
#include "request/request_kind.h"

#include <glib.h>
#include <stdbool.h>

enum { WORK_LEASE_SECONDS = 120 };

/* An item that is taken to the carrier. `line.fields` is its own. */
struct work_item {
    struct request_line line;
    const struct request_kind *kind;
    struct request_fields *fields;
    struct moment effective_at;
    char iccid[21];
    bool is_begun;     /* somebody has taken it to the carrier before: it may have been done */
    bool is_accepted;  /* the carrier has taken it: only its status is asked for */
    int from;          /* enum line_state: where the line stood when it went to the carrier last; -1: it never did */
    bool is_overtaken; /* it waited for its line's repair, and a later one brought the line out of its failure */
};
void work_item_free(struct work_item *item);

/* Where a walk over what is due has come. All 0: at the start. */
struct work_cursor {
    struct moment due;
    uint64_t item;
};

/* Claim up to `most` due items behind `cursor`, which moves on. Those that cannot be carried out now are settled at
 * once: left out, or put off while their line is failed. `seen` gets how many were due, those included. The caller
 * unrefs an array of struct work_item, by line. */
GPtrArray *work_claim(struct db *db, const struct secret_keys *keys, const struct config *config, guint most,
                      struct moment now, struct work_cursor *cursor, guint *seen, GError **error);

/* What became of an item. */
enum work_outcome { WORK_DONE, WORK_FAILED, WORK_LEFT, WORK_AGAIN, WORK_ACCEPTED };
struct work_result {
    struct work_item *item;
    enum work_outcome outcome;
    char *code, *text; /* why; NULL or "": no reason */
    bool is_untouched; /* the carrier was not asked: the line stays as it is */
};

/* Write what became of them, in one transaction: lines, items, requests, counts, mails. An item that somebody else has
 * finished meanwhile is passed over. WORK_AGAIN becomes a failure once it was tried often enough. */
bool work_finish(struct db *db, const struct secret_keys *keys, const struct config *config,
                 const struct work_result *results, guint n, struct moment now, GError **error);

/* The same by somebody else than the worker: histories name `actor`. */
bool work_finish_as(struct db *db, const struct secret_keys *keys, const struct config *config,
                    const struct actor *actor, const struct work_result *results, guint n, struct moment now,
                    GError **error);

/* Keep the claims of these items, or give them back. */
bool work_renew(struct db *db, const GPtrArray *items, GError **error);
bool work_release(struct db *db, const GPtrArray *items, GError **error);

#endif
