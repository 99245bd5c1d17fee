/*
 * api_token.h: tokens by which programs use the API. The database knows a token's digest alone; it is told once, when
 * it is issued. A token speaks for its account at one customer, with the role that the account has there at the moment;
 * it ends on its day, when it is revoked, and with its account's password or disabling. security.md 6.3.4, 7.4.
 */
#ifndef ACCOUNT_API_TOKEN_H
#define ACCOUNT_API_TOKEN_H

#include "account/api_token_rule.h"
#include "audit/actor.h"
#include "base/auto.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/session.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What people may see of a token. */
struct api_token {
    uint64_t id;
    char *login_id, *customer_code, *name, *prefix;
    struct moment created_at, expires_at, last_used_at, ended_at; /* the last two 0: never */
};

/* What a token is issued from. */
struct api_token_new {
    const char *login_id;
    const char *customer_code; /* one that the account sees; NULL: its home */
    const char *name;          /* what it is for */
    struct date last_day;      /* on which it is good */
};

/* Find whom `token` speaks for: a session with `token` set. Nobody's (account 0) if there is no such token, it is over,
 * its account is disabled or has lost the customer. Permit: the gate's. */
bool api_token_resolve(struct db *db, const struct config *config, const char *token, struct moment now,
                       struct session *session, GError **error);

/* Issue a token: `token` gets its text, which the caller clears and frees, `prefix` how it is told apart.
 * PORTAL_INVALID says what is wrong; PORTAL_NOT_FOUND: no such account, or not a customer of its own. */
bool api_token_issue(struct db *db, const struct actor *actor, struct moment now, const struct api_token_new *wanted,
                     char **token, char **prefix, GError **error);

/* Those of one account, or (NULL) all, by age; an array of struct api_token. Over ones are there until purged. */
GPtrArray *api_token_list(struct db *db, const char *login_id, GError **error);

/* End the token of that prefix (a whole token will do). `changed` false: it was over. PORTAL_NOT_FOUND. */
bool api_token_revoke(struct db *db, const struct actor *actor, struct moment now, const char *prefix, bool *changed,
                      GError **error);

/* End all tokens of an account within the transaction that disables it, or that changes its own password. */
bool api_token_end_all(struct db *db, uint64_t account, struct moment now, GError **error);
bool api_token_end_own(struct db *db, uint64_t account, struct moment now, GError **error);

#endif
