/*
 * mail_store.h: mails as statements.
 */
#ifndef MAIL_MAIL_STORE_H
#define MAIL_MAIL_STORE_H

#include "base/auto.h"
#include "base/clock.h"
#include "db/db.h"
#include "mail/mail.h"

#include <glib.h>
#include <stdbool.h>

/* A mail that waits. Owns its texts; `body` is sealed. */
struct mail {
    uint64_t id;
    char *recipient, *subject;
    GBytes *body;
    struct moment created_at;
    unsigned attempts;          /* failures so far */
    struct moment leased_until; /* on the database's clock; whose lease it is, too */
};
void mail_free(struct mail *mail);
AUTO_DEFINE(mail)

/* `body`: the letter's, sealed. */
bool mail_store_add(struct db *db, struct moment now, const struct mail_letter *letter, GBytes *body, GError **error);

/* The moment `seconds` from now on the database's clock. */
bool mail_store_lease_end(struct db *db, gint64 seconds, struct moment *end, GError **error);

/* Append up to `most` mails of a rank, due at `now`, that nobody has a lease on, the longest due first, locked, to
 * `mails`; elements are struct mail. */
bool mail_store_list_due(struct db *db, enum mail_rank rank, struct moment now, guint most, GPtrArray *mails,
                         GError **error);

/* Lease a locked mail until `end`. */
bool mail_store_lease(struct db *db, struct mail *mail, struct moment end, GError **error);

/* Make a lease end later, or now. `held` gets false if it was ours no more. */
bool mail_store_renew(struct db *db, struct mail *mail, struct moment end, bool *held, GError **error);
bool mail_store_release(struct db *db, const struct mail *mail, GError **error);

/* Mark: sent, the body erased (again: no change); or failed once more and due at `due`. */
bool mail_store_set_sent(struct db *db, const struct mail *mail, struct moment now, GError **error);
bool mail_store_set_failed(struct db *db, const struct mail *mail, struct moment due, const char *fault,
                           GError **error);

#endif
