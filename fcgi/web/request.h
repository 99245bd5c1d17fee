/*
 * request.h: what a browser asks, read and checked before anything else sees it.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "base/auto.h"
#include "web/files.h"
#include "web/params.h"

#include <glib.h>

enum method { METHOD_GET, METHOD_POST, METHOD_OTHER };

struct request {
    enum method method;
    gboolean is_head;     /* HEAD is GET without a body */
    gboolean has_base;    /* the address names the customer whose page it is (base/address.h) */
    guint64 customer;     /* that one; 0: all of the account's */
    char *path;           /* below the base, decoded, begins with '/'; NULL: only the sender is known */
    char *target;         /* path and query below the base, as the browser sent them */
    struct params *query; /* what stands behind '?' */
    struct params *form;  /* what a POST carries; empty for GET */
    struct files *files;  /* what a POST to a route with ROUTE_UPLOAD carries; empty for others */
    char *id;             /* nginx's id of this request, in both logs */
    char *address;        /* the peer that nginx saw */
    char *agent;          /* shortened, made clean */
    char *origin;         /* Origin header, or NULL */
    char *referer;        /* Referer header, or NULL */
    char *fetch_site;     /* Sec-Fetch-Site header, or NULL */
    char *cookies;        /* as sent, or NULL */
    char *languages;      /* Accept-Language header, or NULL */
    /* of the API alone; NULL elsewhere or when not sent */
    char *authorization, *idempotency_key;
    char *body; /* of a POST, as sent; `body_length` bytes */
    gsize body_length;
};

/* Where a request is read from: the variables of the server and its body. `read` gives how many bytes it put
 * at `buffer`. `takes_files` tells whether multipart/form-data may be posted to `path`; NULL: never. */
struct request_source {
    const char *(*variable)(void *data, const char *name);
    gsize (*read)(void *data, char *buffer, gsize size);
    bool (*takes_files)(void *data, const char *path);
    void *data;
};

enum { BODY_MOST = 1 << 20, API_BODY_MOST = 4 << 20 };

/* True if `path` is one of the API, whether there is such a route or not: its requests carry JSON and a token. */
bool request_is_api(const char *path);

/* Read a request. On error `status` tells the answer: 400, 413, 415, or 503 when the disk takes no file. The caller
 * frees. */
struct request *request_read(const struct request_source *source, int *status, GError **error);

/* Read what a refusal of a request that cannot be read needs: its id, its sender's cookies, languages, address. `path`
 * and all that was asked for are NULL. The caller frees. */
struct request *request_read_sender(const struct request_source *source);
void request_free(struct request *request);
AUTO_DEFINE(request)

/* The value of a cookie, or NULL; a cookie that is sent twice has no value. The caller frees. */
char *request_cookie(const struct request *request, const char *name);

#endif
