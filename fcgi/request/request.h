/*
 * request.h: requests that were made: listing them, seeing one, cancelling it. Making and changing one begins with a
 * draft (draft.h); carrying it out is the worker's (request_work.h).
 */
#ifndef REQUEST_REQUEST_H
#define REQUEST_REQUEST_H

#include "audit/actor.h"
#include "base/config.h"
#include "base/language.h"
#include "base/row_sink.h"
#include "base/secret.h"
#include "db/db.h"
#include "request/request_kind.h"

#include <glib.h>
#include <stdbool.h>

struct request_made {
    uint64_t id, customer, account;
    char *number, *account_name, *customer_code, *customer_name, *service; /* service NULL: lines of several */
    const struct request_kind *kind;
    enum request_status status;
    struct request_fields *fields; /* NULL in files and schedules, which do not tell what was entered */
    struct moment received_at, effective_at;
    struct date effective_on, executed_on, cancelled_on; /* no date: not yet */
    struct request_tally tally;
    int64_t yen, tax;
    int tax_percent; /* hundredths */
    uint32_t version;
};
void request_made_free(struct request_made *made);
AUTO_DEFINE(request_made)

/* Whose requests, which of them. A condition that is NULL, 0 or negative is left out. */
struct request_search {
    uint64_t account, customer; /* customer 0: all customers of the account */
    uint64_t only_customer;
    uint32_t customers; /* how many all are */
    enum language language;
    char *number, *requester, *phone, *serial; /* parts to look for */
    int status;                                /* enum request_status */
    const struct request_kind *kind;
    uint64_t service;
    struct date from, until; /* of receipt */
};

/* Up to `limit` requests, newest first: those older than `before` (0: from `offset`), or with `backward` those newer
 * than `before`, still newest first. The caller unrefs an array of struct request_made. */
struct request_page {
    uint64_t before, offset;
    bool backward;
    bool with_fields; /* what was entered is read as well */
    guint limit;
    uint64_t found; /* how many match in all, for lists of all customers */
};
GPtrArray *request_list(struct db *db, const struct request_search *search, const struct request_page *page,
                        uint64_t *total, GError **error);

/* True where the list reads all that is found anyway, and tells how many in `total` (which may be NULL), unless it
 * gives no row. */
bool request_list_counts(const struct request_search *search);

/* How many `search` finds, counted; how many there are of all customers of an account, from the kept counts by status
 * (those of one customer come with the session). */
bool request_count(struct db *db, const struct request_search *search, uint64_t *total, GError **error);
bool request_counts_all(struct db *db, uint64_t account, uint64_t counts[REQUEST_STATUS_N], GError **error);

/* The request of that number, of `search`'s account, customer and language. PORTAL_NOT_FOUND: another customer's too.
 */
struct request_made *request_get(struct db *db, const struct request_search *search, const char *number,
                                 GError **error);

/* The number of a request of the customer; NULL if there is none. The caller frees. */
bool request_number_of(struct db *db, uint64_t customer, uint64_t id, char **number, GError **error);

/* A line of a request. */
struct request_item {
    uint64_t line;
    char *phone, *serial, *plan, *option, *code, *text;
    enum card_size size;
    enum line_state state;
    enum item_result result;
    struct moment finished_at;
    int64_t yen;
};
GPtrArray *request_items(struct db *db, const struct request_search *search, uint64_t id, int result, guint limit,
                         guint offset, GError **error);

/* Every request of a search for a file, as struct request_made; every line of a request with one of `results`
 * ("failed,left"; NULL: all), as struct request_item. Each lives until the sink returns. */
bool request_export(struct db *db, const struct request_search *search, const struct row_sink *sink, GError **error);
bool request_export_items(struct db *db, const struct request_search *search, uint64_t id, const char *results,
                          const struct row_sink *sink, GError **error);

struct request_event {
    struct moment at;
    char *kind, *detail, *actor_kind, *actor_name;
};
GPtrArray *request_events(struct db *db, uint64_t account, uint64_t id, GError **error);

/* Cancel a request that is still pending. PORTAL_FORBIDDEN: its time is over; PORTAL_CONFLICT: a later request of one
 * of its lines would be no longer legal, `against` gets its number (the caller frees), or it has begun (`against`
 * NULL). */
bool request_cancel(struct db *db, const struct secret_keys *keys, const struct config *config,
                    const struct actor *actor, uint64_t customer, uint64_t id, struct moment now, char **against,
                    GError **error);

#endif
