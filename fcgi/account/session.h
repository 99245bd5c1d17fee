/*
 * session.h: sessions as rows. The database knows a token's digest alone.
 */
#ifndef ACCOUNT_SESSION_H
#define ACCOUNT_SESSION_H

#include "audit/actor.h"
#include "base/config.h"
#include "db/db.h"
#include "base/session.h"

#include <glib.h>
#include <stdbool.h>

/* Begin a session of `account`; `customer` 0: all of its customers. `former_csrf`: the token of forms of the account's
 * session in this browser that it takes the place of; NULL: there was none. */
bool session_add(struct db *db, const char *token, uint64_t account, uint64_t customer, struct moment now,
                 const char *address, const char *agent, const char *former_csrf, GError **error);

/* Find the session of `token`: its account, the customer of the page and the rights there. That customer is `*asked`
 * (0: all of the account's), which the address names; NULL: the session's own, the last choice. Nobody's (account 0,
 * has_ended) if there is none, or it is idle or old, or its account is disabled or has lost the session's customer;
 * with the session's own customer and `is_astray` if the account does not see the one asked for. */
bool session_resolve(struct db *db, const struct config *config, const char *token, const uint64_t *asked,
                     struct moment now, struct session *session, GError **error);

/* Note that it was used, or that the API token was that speaks here; the row is written once a minute at most. */
bool session_touch(struct db *db, const struct session *session, struct moment now, GError **error);

bool session_end(struct db *db, uint64_t account, uint64_t session, GError **error);

/* Log out: end `session` and note it in the audit. */
bool session_close(struct db *db, const struct actor *actor, struct moment now, const struct session *session,
                   GError **error);

bool session_end_others(struct db *db, uint64_t account, uint64_t session, GError **error);
bool session_retoken(struct db *db, uint64_t account, uint64_t session, const char *token, struct moment now,
                     GError **error);

/* Look at `customer` from now on; 0: all. PORTAL_NOT_FOUND: none of the account's. */
bool session_set_customer(struct db *db, uint64_t account, uint64_t session, uint64_t customer, GError **error);

bool account_set_language(struct db *db, uint64_t account, enum language language, GError **error);

/* A page of the customers that an account sees, those whose name or code holds `search` (a search key; NULL: all). */
struct account_customer {
    uint64_t id;
    char *code, *name;
};
GPtrArray *account_customers(struct db *db, uint64_t account, const char *search, guint limit, guint offset,
                             GError **error);
bool account_customers_count(struct db *db, uint64_t account, const char *search, uint64_t *count, GError **error);

#endif
