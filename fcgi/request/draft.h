/*
 * draft.h: a request while it is written. Whose draft it is comes with each call: another account's or customer's is
 * PORTAL_NOT_FOUND. Nothing of it counts before it is submitted.
 */
#ifndef REQUEST_DRAFT_H
#define REQUEST_DRAFT_H

#include "audit/actor.h"
#include "base/config.h"
#include "base/secret.h"
#include "base/token.h"
#include "db/db.h"
#include "line/line.h"
#include "request/request_kind.h"

#include <glib.h>
#include <stdbool.h>

/* DRAFTS_MOST: of an account, not sent yet; each may have DRAFT_LINES_MOST lines. */
enum { DRAFTS_MOST = 50, DRAFT_LINES_MOST = 100000, DRAFT_NOTICE_LINES = 100 };

struct draft_owner {
    uint64_t customer, account;
};

struct draft {
    uint64_t id;
    const struct request_kind *kind;
    uint64_t of_request;   /* the request it changes; 0: a new one */
    char *of_number;       /* its number, as draft_get tells */
    uint64_t made_request; /* what it has become; 0: nothing yet */
    struct request_fields *fields;
    uint32_t lines, refused, version;
    bool is_seen; /* refusals and `digest` tell of this version */
    uint8_t digest[DIGEST_BYTES];
    uint32_t read_rows, repaired_rows, bad_rows; /* of the last upload */
};
void draft_free(struct draft *draft);
AUTO_DEFINE(draft)

struct draft *draft_get(struct db *db, const struct draft_owner *owner, uint64_t id, GError **error);

/* Begin a draft. `of_request` 0: of a new request, with `lines` (uint64_t; NULL: none yet); else of one that can still
 * be changed, whose fields and lines it takes. Of DRAFTS_MOST that the account has not sent, the one touched longest
 * ago makes room. */
bool draft_create(struct db *db, const struct draft_owner *owner, const struct request_kind *kind, uint64_t of_request,
                  const GArray *lines, struct moment now, uint64_t *id, GError **error);

/* A draft as a list shows it. */
struct draft_entry {
    uint64_t id;
    const struct request_kind *kind;
    char *of_number; /* of the request it changes; NULL: a new one */
    uint32_t lines;
    struct moment touched_at;
};

/* Those that the account has not sent for the customer and that hold anything, the latest first: DRAFTS_MOST at most,
 * as struct draft_entry. The caller unrefs. */
GPtrArray *draft_list(struct db *db, const struct draft_owner *owner, GError **error);

/* Throw a draft away. PORTAL_CONFLICT: it has become a request. */
bool draft_delete(struct db *db, const struct draft_owner *owner, uint64_t id, GError **error);

/* How long a draft is kept that nobody touches. */
enum { DRAFT_DAYS = 7 };

/* Keep what was entered. */
bool draft_set_fields(struct db *db, const struct draft_owner *owner, uint64_t id, const struct request_fields *fields,
                      struct moment now, GError **error);

/* What to do with the draft's lines; steps that are NULL or false are left out, the rest is done in this order.
 * PORTAL_LIMIT: there would be more than DRAFT_LINES_MOST; nothing is changed then. */
struct draft_ticks {
    bool remove_all;
    bool remove_refused;
    const GArray *remove, *add;      /* uint64_t, ids of lines; those of other customers are passed over */
    const struct line_search *found; /* all that it finds, in a state that the kind may start from */
    guint *left;                     /* NULL, or room for how many it finds in each other state (LINE_STATE_N) */
};
bool draft_tick(struct db *db, const struct draft_owner *owner, uint64_t id, const struct draft_ticks *ticks,
                struct moment now, GError **error);

/* Tell for each of `lines` (uint64_t) whether the draft holds it; `held` has room for all. */
bool draft_holds(struct db *db, const struct draft_owner *owner, uint64_t id, const GArray *lines, bool *held,
                 GError **error);

/* A line of the draft as the confirmation shows it. */
struct draft_line {
    uint64_t line;
    char *phone, *serial, *plan, *option, *against; /* against: number of the request in the way; NULL: none */
    enum line_state state;
    enum card_size size;
    enum refusal refusal;
    bool is_added; /* the draft changes a request that does not have it */
};
GPtrArray *draft_list_lines(struct db *db, const struct draft_owner *owner, uint64_t id, enum language language,
                            bool refused_only, guint limit, guint offset, GError **error);

/* How the lines of a draft differ from those of the request that it changes; which of these it has no more, as struct
 * draft_line. */
struct draft_changes {
    uint32_t added, removed, kept;
};
bool draft_changes(struct db *db, const struct draft_owner *owner, const struct draft *draft,
                   struct draft_changes *changes, GError **error);
GPtrArray *draft_list_removed(struct db *db, const struct draft_owner *owner, uint64_t id, enum language language,
                              guint limit, guint offset, GError **error);

/* How many lines of a draft fit and stand in one of `states` (bits). */
bool draft_count_states(struct db *db, const struct draft_owner *owner, uint64_t id, unsigned states, uint64_t *n,
                        GError **error);

/* All of them for a file, as struct draft_line, which lives until the sink returns; the lines stand still meanwhile. */
bool draft_export_lines(struct db *db, const struct draft_owner *owner, uint64_t id, enum language language,
                        bool refused_only, const struct row_sink *sink, GError **error);

/* ---- uploaded numbers ---- */

/* Take the numbers of a file in place of the lines the draft has: the good ones that are the customer's; the others are
 * refused in `upload` and kept to be listed. `upload` has come to its end well. Errors as draft_tick. */
struct upload;
bool draft_take_upload(struct db *db, const struct draft_owner *owner, uint64_t id, struct upload *upload,
                       struct moment now, GError **error);

/* Rows of the last upload behind `after`: refused ones, or those read with a repair (the first hundred are kept). */
struct draft_row {
    uint32_t row;
    uint8_t reason;         /* enum upload_reason, or bits of enum upload_repair */
    char typed[4 * 25 + 1]; /* the cell as it stands in the file */
};
GArray *draft_list_rows(struct db *db, const struct draft_owner *owner, uint64_t id, bool refused, uint32_t after,
                        guint limit, GError **error);

/* Every refused row for a file, as struct draft_row. */
bool draft_export_refused(struct db *db, const struct draft_owner *owner, uint64_t id, const struct row_sink *sink,
                          GError **error);

/* ---- looking and submitting ---- */

/* The prices of what is asked for. */
struct request_total {
    int64_t yen, tax; /* before tax; the tax on it */
    int64_t each;     /* of each line, before tax */
    int percent;      /* hundredths */
};

enum draft_outcome {
    DRAFT_GOOD,     /* every line fits; or, submitted: it has become `request` */
    DRAFT_REFUSED,  /* some lines are refused */
    DRAFT_EMPTY,    /* it has no lines */
    DRAFT_BAD_DATE, /* the date can no longer be asked for */
    DRAFT_CHANGED   /* submitted, but something is other than was shown: look again; nothing was made */
};

/* The day that is asked for; false, and untouched, if there is none, or none that can be asked for at `now`. */
bool draft_date(const struct draft *draft, struct moment now, struct date *date);

/* The dry run: judges every line, keeps what it finds beside them, and the digest of it all. */
bool draft_look(struct db *db, const struct draft_owner *owner, uint64_t id, struct moment now,
                enum draft_outcome *outcome, struct request_total *total, GError **error);

/* What the lines that fit would cost now, by the last look at them. */
bool draft_price(struct db *db, const struct draft *draft, struct moment now, struct request_total *total,
                 GError **error);

/* Make it a request, if it is still `version` and everything is still as `digest` says: all or nothing, once, however
 * often. `number` gets the request's number when the outcome is DRAFT_GOOD; the caller frees. */
struct draft_submit {
    uint64_t id;
    uint32_t version;
    const uint8_t *digest;
};
bool draft_submit(struct db *db, const struct secret_keys *keys, const struct config *config, const struct actor *actor,
                  const struct draft_owner *owner, const struct draft_submit *submit, struct moment now,
                  enum draft_outcome *outcome, char **number, GError **error);

#endif
