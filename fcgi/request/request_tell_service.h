/*
 * request_tell_service.h: mails about requests, written in the transaction of what they tell of.
 */
#ifndef REQUEST_REQUEST_TELL_SERVICE_H
#define REQUEST_REQUEST_TELL_SERVICE_H

#include "base/config.h"
#include "base/secret.h"
#include "db/db.h"
#include "request/request_kind.h"

enum request_news_event {
    REQUEST_NEWS_RECEIVED,
    REQUEST_NEWS_CHANGED,
    REQUEST_NEWS_CANCELLED,
    REQUEST_NEWS_COMPLETED,
    REQUEST_NEWS_FAILED,
    REQUEST_NEWS_N
};

struct request_news {
    const struct request_kind *kind;
    uint64_t customer;
    const char *number;
    enum request_news_event event;
    uint32_t lines, failed, left;
    struct date effective;
    bool by_worker; /* under the worker's permit */
};

/* Tell the requester, whoever did it; without an address of its own its administrators; without any the operator. */
bool request_tell(struct db *db, const struct secret_keys *keys, const struct config *config,
                  const struct request_news *news, struct moment now, GError **error);

#endif
