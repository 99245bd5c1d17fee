/*
 * password_notice.h: telling accounts that their password is about to expire. domain.md, Mails.
 */
#ifndef ACCOUNT_PASSWORD_NOTICE_H
#define ACCOUNT_PASSWORD_NOTICE_H

#include "base/clock.h"
#include "base/config.h"
#include "base/secret.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

/* Write the mails that are due, at most `most`, each in one transaction with the note that it is written. `told` gets
 * how many, `more` whether there may be others. Accounts that are disabled or have no address are not told, nor those
 * whose password was issued and never changed. Permit: the worker's. */
bool password_notices_write(struct db *db, const struct config *config, const struct secret_keys *keys,
                            struct moment now, guint most, guint *told, bool *more, GError **error);

#endif
