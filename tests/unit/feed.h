/*
 * feed.h: requests from a table of server variables and a body, as nginx would send them.
 */
#ifndef TESTS_UNIT_FEED_H
#define TESTS_UNIT_FEED_H

#include "web/request.h"

#include <string.h>

struct feed {
    const char *method, *uri;  /* NULL: not sent */
    const char *type, *length; /* length NULL: that of the body */
    const char *cookies, *origin, *fetch_site, *agent;
    const char *authorization, *languages, *key;
    const char *body;
    gsize read_at_once; /* 0: all */
    const char *upload; /* the one path that takes files */
    gsize taken;        /* bytes of the body read so far */
    char length_text[24];
};

static inline const char *feed_variable(void *data, const char *name)
{
    struct feed *feed = data;
    const struct {
        const char *name, *value;
    } variables[] = {
        { "REQUEST_METHOD", feed->method },
        { "REQUEST_URI", feed->uri },
        { "CONTENT_TYPE", feed->type },
        { "HTTP_COOKIE", feed->cookies },
        { "HTTP_ORIGIN", feed->origin },
        { "HTTP_SEC_FETCH_SITE", feed->fetch_site },
        { "HTTP_USER_AGENT", feed->agent },
        { "REQUEST_ID", "0123456789abcdef" },
        { "REMOTE_ADDR", "192.0.2.1" },
        { "HTTP_AUTHORIZATION", feed->authorization },
        { "HTTP_ACCEPT_LANGUAGE", feed->languages },
        { "HTTP_IDEMPOTENCY_KEY", feed->key },
    };
    if (strcmp(name, "CONTENT_LENGTH") == 0) {
        if (feed->length != NULL || feed->body == NULL) {
            return feed->length;
        }
        g_snprintf(feed->length_text, sizeof feed->length_text, "%" G_GSIZE_FORMAT, strlen(feed->body));
        return feed->length_text;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        if (strcmp(name, variables[i].name) == 0) {
            return variables[i].value;
        }
    }
    return NULL;
}

static inline gsize feed_read(void *data, char *buffer, gsize size)
{
    struct feed *feed = data;
    gsize n = feed->body == NULL ? 0 : MIN(size, strlen(feed->body) - feed->taken);
    n = feed->read_at_once > 0 ? MIN(n, feed->read_at_once) : n;
    if (n > 0) {
        memcpy(buffer, feed->body + feed->taken, n);
    }
    feed->taken += n;
    return n;
}

static inline bool feed_takes_files(void *data, const char *path)
{
    const struct feed *feed = data;
    return feed->upload != NULL && strcmp(feed->upload, path) == 0;
}

static inline struct request *feed_request(struct feed *feed, int *status, GError **error)
{
    const struct request_source source = {
        .variable = feed_variable, .read = feed_read, .takes_files = feed_takes_files, .data = feed
    };
    return request_read(&source, status, error);
}

#endif
