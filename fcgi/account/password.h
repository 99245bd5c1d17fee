/*
 * password.h: changing one's own password.
 */
#ifndef ACCOUNT_PASSWORD_H
#define ACCOUNT_PASSWORD_H

#include "audit/actor.h"
#include "base/config.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

struct password_change {
    uint64_t account, session;
    const char *present, *fresh; /* exact, as typed */
};

enum password_outcome {
    PASSWORD_CHANGED,
    PASSWORD_PRESENT_WRONG, /* or tried too often: as at the login */
    PASSWORD_NOT_GOOD,      /* `faults` tells, a bit for each enum password_fault */
    PASSWORD_LATER          /* too many tries, or a long queue */
};

struct password_answer {
    enum password_outcome outcome;
    unsigned faults;
    char *token; /* the session's new one, when changed; the caller clears and frees */
};

/* Change the password: the present one is asked for, guesses are slowed down as at the login, none of the last five
 * comes back, the account's other sessions end, this one gets a new token. domain.md, Dates; security.md 6.2, 7.4. */
bool password_change(struct db *db, const struct config *config, const struct actor *actor, struct moment now,
                     const struct password_change *change, struct password_answer *answer, GError **error);

#endif
