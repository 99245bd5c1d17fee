/*
 * request_store.h: requests and their items as rows, for this area's services.
 */
#ifndef REQUEST_REQUEST_STORE_H
#define REQUEST_REQUEST_STORE_H

#include "request/draft_store.h"
#include "request/request.h"

/* A request, its row locked until the transaction ends. */
struct request_lock {
    const struct request_kind *kind;
    enum request_status status;
    struct date received_on, effective_on;
    uint32_t version;
    char *number, *fields;
};
bool request_store_lock(struct db *db, uint64_t customer, uint64_t id, struct request_lock *lock, GError **error);
void request_lock_clear(struct request_lock *lock);

/* The lines of a request with their items, by line, all locked: an array of struct request_line with `line`, `item` and
 * `state`. `open` gets how many items are still pending. */
GArray *request_store_lock_lines(struct db *db, uint64_t customer, uint64_t id, guint *pending, GError **error);

/* The open items of a request's lines, its own among them. */
GArray *request_store_steps(struct db *db, uint64_t customer, uint64_t id, GError **error);

/* What a request is made of. */
struct request_content {
    const struct request_kind *kind;
    uint64_t customer, account, draft;
    uint64_t service; /* 0: of several */
    const char *fields;
    struct date effective;
    guint lines;
    int64_t yen_each;
    struct request_total total;
};
bool request_store_add(struct db *db, const struct actor *actor, const struct request_content *content,
                       struct moment now, uint64_t *id, GError **error);
bool request_store_set(struct db *db, const struct request_content *content, uint64_t id, struct moment now,
                       GError **error);
bool request_store_add_items(struct db *db, const struct request_content *content, uint64_t id, struct moment now,
                             GError **error);
bool request_store_remove_items(struct db *db, uint64_t customer, uint64_t id, GError **error);
bool request_store_cancel(struct db *db, uint64_t customer, uint64_t id, struct moment now, GError **error);

/* Kept counts: one more that is pending; one that goes from one status to another. */
bool request_store_count_add(struct db *db, uint64_t customer, GError **error);
bool request_store_count_move(struct db *db, uint64_t customer, enum request_status from, enum request_status to,
                              GError **error);

/* Draw the next number and give it to the request: the last thing before COMMIT. The caller frees `number`. */
bool request_store_number(struct db *db, const struct draft_owner *owner, uint64_t id, const char *letters,
                          struct date received, char **number, GError **error);

bool request_store_event(struct db *db, const struct actor *actor, uint64_t id, const char *kind, const char *detail,
                         struct moment now, GError **error);

/* The tax of `day`, in hundredths of a percent. */
bool request_store_tax(struct db *db, struct date day, int *percent, GError **error);

#endif
