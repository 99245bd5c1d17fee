/*
 * request_search_store.h: what the stores of lists and of files of requests share: the parameters of a search in the
 * order of the statements' pieces, and rows read into structs.
 */
#ifndef REQUEST_REQUEST_SEARCH_STORE_H
#define REQUEST_REQUEST_SEARCH_STORE_H

#include "request/request.h"

enum { REQUEST_VALUES_MOST = 32 };

/* Begin with { 0 }, end with request_parameters_clear. */
struct request_parameters {
    struct db_value at[REQUEST_VALUES_MOST];
    guint n;
    char *like[4]; /* number, phone, serial, requester */
};
void request_parameters_clear(struct request_parameters *all);

void request_put(struct request_parameters *all, struct db_value value);
void request_put_twice(struct request_parameters *all, struct db_value value);

/* Where a search begins, as the statements of a customer's requests are named. */
enum request_way { REQUEST_WAY_ALL, REQUEST_WAY_STATUS, REQUEST_WAY_NUMBER, REQUEST_WAY_PHONE, REQUEST_WAY_SERIAL };
enum { REQUEST_WAY_N = REQUEST_WAY_SERIAL + 1 };
enum request_way request_way(const struct request_search *search);

/* From {request_from_...} to the last condition; `before`: the id that the statement's key is compared with (0: none),
 * NULL where it has no key. */
void request_put_search(struct request_parameters *all, const struct request_search *search, const uint64_t *before);

/* The columns of request_columns; `head`: without what was entered (fields NULL). The caller frees. */
struct request_made *request_made_read(const struct db_rows *rows);
struct request_made *request_made_read_head(const struct db_rows *rows);

/* A request's lines; the rows of its events (struct request_event). The caller frees. */
struct request_item *request_item_read(const struct db_rows *rows);
void request_item_free(struct request_item *item);
GPtrArray *request_events_read(struct db_rows *rows);

#endif
