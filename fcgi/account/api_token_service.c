/*
 * api_token_service.c: issuing and revoking tokens of the API: whole use cases.
 */
#include "account/api_token_store.h"

#include "account/account.h"
#include "audit/audit.h"
#include "base/error.h"
#include "base/token.h"
#include "customer/customer_rule.h"

#include <string.h>

/* ---- issuing ---- */

struct issuing {
    const struct actor *actor;
    struct moment now;
    const struct api_token_new *wanted;
    const char *token, *prefix;
};

static bool invalid(const char *text, GError **error)
{
    g_set_error_literal(error, PORTAL_ERROR, PORTAL_INVALID, text);
    return false;
}

static bool check(const struct api_token_new *wanted, struct moment now, GError **error)
{
    struct date today = moment_date(now);
    if (!customer_name_is_good(wanted->name, ACCOUNT_NAME_MOST)) {
        return invalid("the token's name must be one line of text of at most 100 characters", error);
    }
    if (date_compare(wanted->last_day, today) < 0) {
        return invalid("the token would be over already", error);
    }
    if (date_compare(wanted->last_day, date_add(today, API_TOKEN_DAYS_MOST)) > 0) {
        return invalid("a token is good for ten years at most", error);
    }
    return true;
}

static bool do_issue(struct db *db, void *data, GError **error)
{
    const struct issuing *issuing = data;
    const struct api_token_new *wanted = issuing->wanted;
    uint64_t customer = 0;
    AUTO(account) struct account *account = account_get_by_login(db, wanted->login_id, error);
    if (account == NULL) {
        return false;
    }
    if (account->disabled_at.us != 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "the account %s is disabled", account->login_id);
        return false;
    }
    const char *code = wanted->customer_code != NULL ? wanted->customer_code : account->home_code;
    g_autofree char *object = g_strdup_printf("account %" G_GUINT64_FORMAT, account->id);
    g_autofree char *detail = g_strdup_printf("%s, %s", account->login_id, issuing->prefix);
    return api_token_store_customer(db, account->id, code, &customer, error) &&
           api_token_store_add(db, wanted, account->id, customer, issuing->token, issuing->prefix, issuing->now,
                               error) &&
           audit_add(db, issuing->actor, issuing->now, customer, "token-issue", object, detail, error);
}

bool api_token_issue(struct db *db, const struct actor *actor, struct moment now, const struct api_token_new *wanted,
                     char **token, char **prefix, GError **error)
{
    if (!check(wanted, now, error)) {
        return false;
    }
    char *random = token_new();
    char *made = g_strconcat(API_TOKEN_WORD, random, NULL);
    g_autofree char *shown = g_strndup(made, API_TOKEN_PREFIX);
    struct issuing issuing = { .actor = actor, .now = now, .wanted = wanted, .token = made, .prefix = shown };
    bool good = db_transaction(db, do_issue, &issuing, error);
    explicit_bzero(random, strlen(random));
    g_free(random);
    if (good) {
        *token = g_steal_pointer(&made);
        *prefix = g_steal_pointer(&shown);
    }
    if (made != NULL) {
        explicit_bzero(made, strlen(made));
        g_free(made);
    }
    return good;
}

/* ---- revoking ---- */

struct revoking {
    const struct actor *actor;
    struct moment now;
    const char *prefix;
    bool changed;
};

static bool do_revoke(struct db *db, void *data, GError **error)
{
    struct revoking *revoking = data;
    struct api_token_lock lock = { 0 };
    if (!api_token_store_lock(db, revoking->prefix, &lock, error)) {
        return false;
    }
    revoking->changed = !lock.is_over;
    g_autofree char *object = g_strdup_printf("token %" G_GUINT64_FORMAT, lock.id);
    g_autofree char *detail = g_strdup_printf("%s, %s", lock.login_id, revoking->prefix);
    g_free(lock.login_id);
    return lock.is_over ||
           (api_token_store_end(db, lock.id, revoking->now, error) &&
            audit_add(db, revoking->actor, revoking->now, lock.customer, "token-revoke", object, detail, error));
}

bool api_token_revoke(struct db *db, const struct actor *actor, struct moment now, const char *prefix, bool *changed,
                      GError **error)
{
    g_autofree char *shown = g_strndup(prefix, API_TOKEN_PREFIX);
    struct revoking revoking = { .actor = actor, .now = now, .prefix = shown };
    if (!db_transaction(db, do_revoke, &revoking, error)) {
        return false;
    }
    *changed = revoking.changed;
    return true;
}
