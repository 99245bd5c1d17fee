/*
 * gateway.h: the operator's program that really switches SIMs, as a co-process: one JSON object a line to it, one JSON
 * object a line back, in any order, many at a time. Decides nothing about what is asked or answered; the contract is
 * written down in simportal-gateway(7).
 */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct gateway;

/* Start `command` (words as a shell takes them, no shell runs). PORTAL_INTERNAL: it cannot be started. */
struct gateway *gateway_open(const char *command, GError **error);

/* End it: its input is closed, and it is killed if it does not go within a moment. */
void gateway_free(struct gateway *gateway);
AUTO_DEFINE(gateway)

/* What is asked. Texts are JSON values of their own, or NULL. `id` names the operation: the same at each attempt. */
struct gateway_request {
    const char *id, *operation;
    const char *object; /* "sim", "group" or "order": which `what` is; NULL: neither */
    const char *what;
    const char *arguments;
};

/* Put it into the queue; gateway_turn sends. */
void gateway_ask(struct gateway *gateway, const struct gateway_request *request);

/* Send and receive for at most `ms` milliseconds, returning as soon as something has come. False once the program is
 * gone: what was asked and not answered may or may not have been done, and is asked again with the same ids. */
bool gateway_turn(struct gateway *gateway, int ms);

enum gateway_outcome {
    GATEWAY_DONE,
    GATEWAY_ACCEPTED, /* taken, not yet finished: ask again with the operation "status" and the same id */
    GATEWAY_AGAIN,    /* not done; the same may work later */
    GATEWAY_REFUSED   /* not done, finally */
};

struct gateway_answer {
    char *id;
    enum gateway_outcome outcome;
    char *code, *text; /* why not; NULL when done */
    char *result;      /* JSON; NULL: none */
};
void gateway_answer_clear(struct gateway_answer *answer);

/* Take the next answer; false when there is none. A line that is no answer is logged and passed over. */
bool gateway_next(struct gateway *gateway, struct gateway_answer *answer);

/* ---- for trying a program out ---- */

/* Put bytes into the queue as they are. */
void gateway_put(struct gateway *gateway, const char *bytes, gsize n);

/* Take the next line, whatever it is; it lives until the next gateway_turn. */
bool gateway_next_line(struct gateway *gateway, const char **line, gsize *length);

/* End its input, once everything is sent. */
void gateway_end(struct gateway *gateway);

/* True if the program ends by itself within `ms`; `status` as of waitpid. */
bool gateway_wait(struct gateway *gateway, int ms, int *status);

/* Bytes that wait to be sent: more than a little means that the program does not keep up. */
gsize gateway_backlog(const struct gateway *gateway);

#endif
