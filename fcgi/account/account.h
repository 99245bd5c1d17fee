/*
 * account.h: accounts: issuing, listing, stopping and letting in again. Logging in, sessions and changing
 * passwords stand in login.h, session.h and password.h.
 */
#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H

#include "account/account_rule.h"
#include "account/role_rule.h"
#include "audit/actor.h"
#include "base/auto.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/language.h"
#include "base/secret.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct account {
    uint64_t id, home_customer_id, customers;  /* customers: how many it sees */
    char *login_id, *name, *email, *home_code; /* email NULL: none */
    enum role role;                            /* at its home customer */
    enum language language;
    bool password_own; /* false: an issued password that must be changed first */
    struct moment password_set_at, disabled_at, last_login_at; /* 0: never */
};
void account_free(struct account *account);
AUTO_DEFINE(account)

/* What an account is issued from. */
struct account_new {
    const char *login_id, *name, *email; /* email NULL: none */
    enum role role;                      /* at each of its customers */
    enum language language;
    const uint64_t *customers; /* ids; the first is its home */
    gsize n_customers;
    bool all_customers;   /* every customer there is; `customers` then names the home alone */
    const char *password; /* NULL: a random one, mailed */
    bool permanent;       /* the password need not be changed at first login */
};

/* ---- rows; permits: operator ---- */

/* The account whose login id is `login_id`, however it is typed. PORTAL_NOT_FOUND. */
struct account *account_get_by_login(struct db *db, const char *login_id, GError **error);

/* The accounts at home with the customer of that code, or (NULL) all; owned by the array. */
GPtrArray *account_list(struct db *db, const char *customer_code, GError **error);

/* Insert an account with its customers, its password as a hash, and that hash among those it has had. */
bool account_insert(struct db *db, const struct account_new *account, const char *password_hash, struct moment now,
                    uint64_t *id, GError **error);

/* The e-mail address of account `id`; NULL in `email` if it has none. */
bool account_email(struct db *db, uint64_t id, char **email, GError **error);

bool account_set_disabled(struct db *db, uint64_t id, bool disabled, struct moment now, bool *changed, GError **error);
bool account_end_sessions(struct db *db, uint64_t id, GError **error);

/* Forget the failed logins under `login_id` from many addresses. Those of one address and of a pair of both
 * stay: they are kept as digests that cannot be listed, and end by themselves within 15 minutes. */
bool account_forget_failures(struct db *db, const char *login_id, GError **error);

/* ---- use cases ---- */

/* Issue an account. Without a password of its own it gets a random one, usable for the configured days,
 * mailed to its address, else to the issuing account's, else to the portal's administrator; `mailed_to` (or
 * NULL) gets which, NULL if nothing was mailed. Characters that cannot be seen are dropped from the login id and the
 * address. PORTAL_INVALID says what is wrong, PORTAL_CONFLICT that the
 * login id is taken. */
bool account_issue(struct db *db, const struct config *config, const struct secret_keys *keys,
                   const struct actor *actor, struct moment now, const struct account_new *typed, uint64_t *id,
                   char **mailed_to, GError **error);

/* Stop an account, ending its sessions, or let it in again. `changed` false: it was so already. */
bool account_disable(struct db *db, const struct actor *actor, struct moment now, const char *login_id, bool *changed,
                     GError **error);
bool account_enable(struct db *db, const struct actor *actor, struct moment now, const char *login_id, bool *changed,
                    GError **error);

/* End the waiting time that failed logins from many addresses have brought. */
bool account_unlock(struct db *db, const struct actor *actor, struct moment now, const char *login_id, GError **error);

#endif
