/*
 * login.h: logging in, and what guesses are slowed down by.
 */
#ifndef ACCOUNT_LOGIN_H
#define ACCOUNT_LOGIN_H

#include "account/login_rule.h"
#include "base/config.h"
#include "base/secret.h"
#include "base/token.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

struct login_request {
    const char *login_id, *password;
    const char *address, *agent, *request_id;
    /* Whom the browser is signed in as, or was until time ended it (0: nobody); of which customer; what forms of it
     * carry. That session goes. Of the same account, the new one takes its place. */
    uint64_t old_session, old_account, old_customer;
    const char *old_csrf;
};

enum login_result {
    LOGIN_GOOD,
    LOGIN_WRONG, /* unknown, disabled, delayed, expired or wrong: nobody learns which */
    LOGIN_LATER  /* this address has tried too often, or the queue is long */
};

struct login_answer {
    enum login_result result;
    int wait;          /* seconds, for LOGIN_LATER */
    char *token;       /* of the new session, for LOGIN_GOOD; the caller clears and frees */
    uint64_t customer; /* whose pages it begins with, of an account that sees several; 0: it sees one */
};

/* Try to log in: counted before anything is hashed, hashed whatever the account is, and if good a session, an audit
 * row and the mails to whom it may concern, in one transaction. domain.md, Mails; security.md 6.3. */
bool login_attempt(struct db *db, const struct config *config, const struct secret_keys *keys,
                   const struct login_request *request, struct moment now, struct login_answer *answer, GError **error);

/* ---- the store ---- */

struct login_account {
    uint64_t id, home_customer;
    uint32_t customers;
    char *login_id, *name, *email, *language, *password_hash;
    bool password_own, is_disabled;
    struct moment password_set_at;
};

void login_account_free(struct login_account *account);
AUTO_DEFINE(login_account)

/* The account of `login_key`, or NULL without an error if there is none. */
struct login_account *login_account_find(struct db *db, const char *login_key, GError **error);

/* The keys under which failures are counted. */
struct login_keys {
    uint8_t digests[LOGIN_COUNTER_N][DIGEST_BYTES];
};
void login_keys_make(const char *login_key, const char *address, struct login_keys *keys);

/* Lock and read the counters; write one; take back one count; forget one. Within a transaction. */
bool login_counters_read(struct db *db, const struct login_keys *keys, struct moment now,
                         struct login_counter counters[LOGIN_COUNTER_N], GError **error);
bool login_counter_write(struct db *db, const struct login_keys *keys, enum login_counter_kind kind,
                         struct login_counter counter, GError **error);
bool login_counter_take_back(struct db *db, const struct login_keys *keys, enum login_counter_kind kind,
                             GError **error);
bool login_counter_forget(struct db *db, const struct login_keys *keys, enum login_counter_kind kind, GError **error);

bool login_address_known(struct db *db, uint64_t account, const char *address, bool *known, GError **error);

/* The addresses of the home customer's administrators. The caller frees. */
GPtrArray *login_administrator_addresses(struct db *db, uint64_t customer, GError **error);

#endif
