/*
 * request_asked_page.h: what a list of requests was asked with: shared by the list and its file.
 */
#ifndef REQUEST_REQUEST_ASKED_PAGE_H
#define REQUEST_REQUEST_ASKED_PAGE_H

#include "request/request_page.h"

/* The fields of request_search_form; those before ASKED_CONDITIONS are conditions. */
enum {
    ASKED_CUSTOMER,
    ASKED_NUMBER,
    ASKED_PHONE,
    ASKED_SERIAL,
    ASKED_KIND,
    ASKED_SERVICE,
    ASKED_REQUESTER,
    ASKED_STATUS,
    ASKED_FROM,
    ASKED_UNTIL,
    ASKED_SIZE,
    ASKED_PAGE,
    ASKED_AFTER,
    ASKED_BEFORE,
    ASKED_CHARSET
};
enum { ASKED_CONDITIONS = ASKED_SIZE };

/* How many requests a page may have. */
extern const char *const request_sizes[];

struct request_asked {
    struct request_search search;
    guint per_page;
    bool is_filtered, cp932;
};

/* Whether every condition can be searched for; a kind that there is not is told beside its field. */
bool request_asked_is_good(struct context *context);

/* Good conditions as a search. The caller clears. */
void request_asked_read(const struct context *context, struct request_asked *asked);
void request_asked_clear(struct request_asked *asked);

/* The address of `path` with the conditions asked for. The caller frees. */
char *request_asked_url(const struct context *context, const char *path, bool with_size);

#endif
