/*
 * mail_message.h: a mail as the bytes that sendmail takes.
 */
#ifndef MAIL_MAIL_MESSAGE_H
#define MAIL_MAIL_MESSAGE_H

#include "base/clock.h"

#include <glib.h>

struct mail_message {
    uint64_t id;
    const char *sender_name;        /* "": the address alone */
    const char *sender, *recipient; /* addresses */
    const char *subject, *body;
    struct moment created_at;
};

/* The message with its headers, lines ending in LF: UTF-8 text in base64 or quoted-printable, the date in
 * Tokyo's time, and a Message-ID that is the same at every attempt. Takes texts that mail_add has taken. The
 * caller unrefs. */
GBytes *mail_message_build(const struct mail_message *message);

#endif
