/*
 * response.h: what is answered. A page is built whole and sent in one write; a CSV file is streamed.
 */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct response;

/* Where a response goes; false: nobody listens any more. */
typedef bool response_sink(void *data, const char *bytes, gsize n);

struct response *response_new(response_sink *sink, void *data, bool is_head);
void response_free(struct response *response);
AUTO_DEFINE(response)

void response_status(struct response *response, int status);
int response_get_status(const struct response *response);

/* Add a header. Names and values are ours; a value with a line end is a bug. */
void response_header(struct response *response, const char *name, const char *value);

/* Set a cookie with Secure, HttpOnly, SameSite=Lax, Path=/. `seconds` 0: until the browser closes; negative: end it. */
void response_cookie(struct response *response, const char *name, const char *value, int seconds);

/* Redirections lead below `base` from now on (base/address.h); NULL: to the path as it is. */
void response_base(struct response *response, const char *base);

/* 303 to a path of ours, query included. */
void response_redirect(struct response *response, const char *path);

/* Send a whole body. */
void response_send(struct response *response, const char *type, const char *body, gsize length);

/* The same of what is everybody's and may be kept for `seconds`. */
void response_send_public(struct response *response, const char *type, const char *body, gsize length, int seconds);

/* Begin a file that is offered for saving as `file_name` (ASCII, ours), then write its pieces. */
void response_begin_file(struct response *response, const char *type, const char *file_name);
bool response_write(struct response *response, const char *bytes, gsize n);

/* How many bytes went to nginx so far, headers included. */
uint64_t response_bytes(const struct response *response);

/* True once headers are out: the answer can only be broken off now. */
bool response_is_sent(const struct response *response);

/* Break it off: whoever reads it must see that it is not whole. */
void response_cut(struct response *response);
bool response_is_cut(const struct response *response);

#endif
