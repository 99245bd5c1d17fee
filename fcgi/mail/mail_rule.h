/*
 * mail_rule.h: which addresses and subjects are taken, and how long a mail waits after a failure.
 */
#ifndef MAIL_MAIL_RULE_H
#define MAIL_MAIL_RULE_H

#include <stdbool.h>
#include <stdint.h>

/* How long to wait after the `attempts`-th failure, in seconds: growing from a minute to an hour. */
int64_t mail_retry_delay(unsigned attempts);

/* True if `text` can be a mailbox: one @, no white space, control or quoting characters, not beginning with
 * '-', at most 254 bytes. */
bool mail_is_address(const char *text);

/* True if `text` can be a subject: one line of 1 to 400 characters without control characters. */
bool mail_is_subject(const char *text);

#endif
