/*
 * mail_sendmail.h: handing a message to the sendmail command.
 */
#ifndef MAIL_MAIL_SENDMAIL_H
#define MAIL_MAIL_SENDMAIL_H

#include "mail/mail.h"

/* Run `program -i -- recipient` with `message` as its input, without a shell. True if it ended with 0.
 * PORTAL_BUSY tells of another end, with the first it said, or that it ran for longer than `seconds` and was
 * killed. `meanwhile` may be NULL. */
bool mail_sendmail(const char *program, const char *recipient, GBytes *message, gint64 seconds,
                   const struct mail_meanwhile *meanwhile, GError **error);

#endif
