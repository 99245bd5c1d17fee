/*
 * gateway_rule.h: one line to and one line from the gateway. Pure.
 */
#ifndef GATEWAY_GATEWAY_RULE_H
#define GATEWAY_GATEWAY_RULE_H

#include "gateway/gateway.h"

enum { GATEWAY_LINE_MOST = 65536, GATEWAY_CODE_MOST = 32, GATEWAY_TEXT_MOST = 400 };

/* Append the line that asks. */
void gateway_line(GString *out, const struct gateway_request *request);

/* Read an answer. False if the line is none: no object, no id, no "ok". Code and text are made fit to be kept. */
bool gateway_read(const char *line, gsize length, struct gateway_answer *answer);

/* What an answer lacks that the contract asks for, in words for whoever writes the program; NULL: nothing. The worker
 * makes do with less. */
const char *gateway_fault(const char *line, gsize length);

#endif
