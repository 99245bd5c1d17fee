/*
 * upload_store.h: uploaded numbers as rows, for upload_service.c.
 */
#ifndef REQUEST_UPLOAD_STORE_H
#define REQUEST_UPLOAD_STORE_H

#include "line/upload_rule.h"
#include "request/draft_store.h"

/* The ids of the customer's live lines with the phone numbers of rows[0..n): 0 where there is none. */
bool upload_store_find(struct db *db, uint64_t customer, const struct upload_row *const *rows, guint n, uint64_t *ids,
                       GError **error);

/* Keep what the file had to say, in place of what an earlier one had. */
bool upload_store_keep(struct db *db, uint64_t customer, uint64_t draft, const struct upload *upload, GError **error);

/* Whether each of `rows` is the number of a terminated line of the customer's; `ended` has room for all. */
bool upload_store_find_ended(struct db *db, uint64_t customer, const struct upload_row *const *rows, guint n,
                             bool *ended, GError **error);

#endif
