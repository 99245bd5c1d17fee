/*
 * mail.h: mails as rows that wait until sendmail has taken them. Is given addresses and texts; knows no
 * accounts.
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "base/clock.h"
#include "base/config.h"
#include "base/secret.h"
#include "db/db.h"
#include "mail/mail_rule.h"

#include <glib.h>
#include <stdbool.h>

/* A mail that somebody waits for leaves before those that only tell, however many they are. */
enum mail_rank {
    MAIL_AWAITED, /* of a login, with a password */
    MAIL_NEWS,    /* of requests, of a date */
    MAIL_RANKS_N
};

/* What is to be sent: UTF-8. */
struct mail_letter {
    enum mail_rank rank;
    const char *recipient, *subject, *body;
};

/* Add a mail, due at once, in the transaction of what it tells of. Line ends in `subject` and `recipient` are
 * PORTAL_INVALID. The body is sealed, and erased once sent. */
bool mail_add(struct db *db, const struct secret_keys *keys, struct moment now, const struct mail_letter *letter,
              GError **error);

/* What else there is to do while a sendmail takes its time: called about once a second. */
struct mail_meanwhile {
    void (*go_on)(const void *data);
    const void *data;
};

/* Send what is due, at most `most`: claim with a lease, hand each to sendmail, mark. What sendmail does not
 * take is due again later, for ever; what does not open (its key is lost) too. `stop` (or NULL) is asked
 * before each mail: true gives the rest back. `meanwhile` (or NULL) is called while a sendmail takes its time; it may
 * use the database. `sent` and `failed` get how many, in any case. Fails only when the database does; what was claimed
 * then is due again when its lease ends. */
typedef bool mail_stop(void);
bool mail_send_due(struct db *db, const struct config *config, const struct secret_keys *keys, guint most,
                   mail_stop *stop, const struct mail_meanwhile *meanwhile, guint *sent, guint *failed, GError **error);

#endif
