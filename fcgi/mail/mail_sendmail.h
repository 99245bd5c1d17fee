/*
 * mail_sendmail.h: handing a message to the sendmail command.
 */
#ifndef MAIL_MAIL_SENDMAIL_H
#define MAIL_MAIL_SENDMAIL_H

#include "mail/mail.h"

/* Run `program -i -f sender -- recipient` with `message` as its input, without a shell. `sender` is the envelope's:
 * an address (mail_is_address), to which mails that cannot be delivered return. True if it ended with 0.
 * PORTAL_BUSY tells of another end, with the first it said, or that it ran for longer than `seconds` and was
 * killed. `meanwhile` may be NULL. */
bool mail_sendmail(const char *program, const char *sender, const char *recipient, GBytes *message, gint64 seconds,
                   const struct mail_meanwhile *meanwhile, GError **error);

#endif
