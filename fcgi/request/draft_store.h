/*
 * draft_store.h: drafts and their lines as rows, for this area's services.
 */
#ifndef REQUEST_DRAFT_STORE_H
#define REQUEST_DRAFT_STORE_H

#include "request/draft.h"

/* The same as draft_get, its row locked until the transaction ends: two that submit one draft wait for each other. */
struct draft *draft_store_lock(struct db *db, const struct draft_owner *owner, uint64_t id, GError **error);

/* Drop what the account has not sent, but for the `kept` touched last; ten at most. Waits for nobody: a draft that
 * another transaction works on stays, for the next call. */
bool draft_store_drop_oldest(struct db *db, uint64_t account, guint kept, GError **error);

bool draft_store_drop(struct db *db, uint64_t account, uint64_t id, GError **error);

bool draft_store_add(struct db *db, const struct draft_owner *owner, const struct request_kind *kind,
                     uint64_t of_request, const char *fields, struct moment now, uint64_t *id, GError **error);

/* A draft that a program makes, under a key of its account's own. PORTAL_CONFLICT: the key is taken. */
bool draft_store_add_keyed(struct db *db, const struct draft_owner *owner, const struct request_kind *kind,
                           const char *fields, const char *key, const uint8_t digest[DIGEST_BYTES], struct moment now,
                           uint64_t *id, GError **error);

/* The draft of that key, locked until the transaction ends; id 0: there is none. */
struct draft_keyed {
    uint64_t id, made_request;
    uint8_t digest[DIGEST_BYTES]; /* of what was sent */
};
bool draft_store_find_key(struct db *db, const struct draft_owner *owner, const char *key, struct draft_keyed *keyed,
                          GError **error);

bool draft_store_set_fields(struct db *db, uint64_t customer, uint64_t id, const char *fields, struct moment now,
                            GError **error);

/* Change which lines it holds; draft_store_count then sets how many and makes a new version. */
bool draft_store_add_lines(struct db *db, uint64_t customer, uint64_t id, const GArray *lines, GError **error);
bool draft_store_add_request_lines(struct db *db, uint64_t customer, uint64_t id, uint64_t request, GError **error);
bool draft_store_remove_lines(struct db *db, uint64_t customer, uint64_t id, const GArray *lines, GError **error);
bool draft_store_remove_all(struct db *db, uint64_t customer, uint64_t id, GError **error);
bool draft_store_remove_refused(struct db *db, uint64_t customer, uint64_t id, GError **error);
bool draft_store_count(struct db *db, uint64_t customer, uint64_t id, struct moment now, GError **error);

/* Every line as the rules need it, by id: an array of struct request_line; `lock`: locked. */
GArray *draft_store_lines(struct db *db, uint64_t customer, uint64_t id, bool lock, GError **error);

/* The open items of these lines, by line: an array of struct line_step. */
struct line_step {
    uint64_t line;
    struct request_step step;
};
GArray *draft_store_steps(struct db *db, uint64_t customer, uint64_t id, GError **error);

/* A db_each: add a row of (line, item, request, kind, effective moment, running) to such an array. */
void line_step_take(const struct db_rows *rows, void *data);

/* Keep what a look has found: the refusals of `lines`, and that it told of this version. */
bool draft_store_set_look(struct db *db, uint64_t customer, uint64_t id, const GArray *lines, uint32_t refused,
                          const uint8_t digest[DIGEST_BYTES], struct moment now, GError **error);
bool draft_store_set_made(struct db *db, uint64_t customer, uint64_t id, uint64_t request, GError **error);

/* The columns of lines as people see them. The caller frees. */
struct draft_line *draft_line_read(const struct db_rows *rows);
void draft_line_free(struct draft_line *line);

#endif
