/*
 * account_service.c: issuing and managing accounts: whole use cases for pages and the command line. What a
 * password may be is password_rule.c's.
 */
#include "account/account.h"

#include "account/api_token.h"
#include "account/common_passwords.h"
#include "account/hash.h"
#include "account/password_rule.h"
#include "audit/audit.h"
#include "base/error.h"
#include "base/text.h"
#include "base/token.h"
#include "customer/customer.h"
#include "mail/mail.h"
#include "view/label.h"

#include <string.h>

struct issue {
    const struct config *config;
    const struct secret_keys *keys;
    const struct actor *actor;
    struct moment now;
    const struct account_new *account;
    char *password, *hash;
    uint64_t id;
    char *mailed_to;
};

static bool invalid(const char *text, GError **error)
{
    g_set_error_literal(error, PORTAL_ERROR, PORTAL_INVALID, text);
    return false;
}

static bool check_words(const struct account_new *account, GError **error)
{
    if (!account_login_id_is_good(account->login_id)) {
        return invalid("a login id has 3 to 64 characters and no white space", error);
    }
    if (!customer_name_is_good(account->name, ACCOUNT_NAME_MOST)) {
        return invalid("the account's name must be one line of text of at most 100 characters", error);
    }
    if (account->email != NULL && !mail_is_address(account->email)) {
        return invalid("the e-mail address is none", error);
    }
    if (account->n_customers == 0 || (account->all_customers && account->n_customers != 1)) {
        return invalid("an account needs a home customer, and one only when it sees all", error);
    }
    return true;
}

static bool check_password(const struct config *config, const struct account_new *account, GError **error)
{
    if (account->password == NULL) {
        return true;
    }
    struct common_passwords *common = common_passwords_open(config->password.common_file, error);
    if (common == NULL) {
        return false;
    }
    unsigned faults = password_faults(account->password, account->login_id, common);
    common_passwords_free(common);
    for (unsigned fault = 0; fault < PASSWORD_FAULT_N; fault++) {
        if ((faults & 1U << fault) != 0) {
            g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "the password cannot be taken: %s",
                        password_fault_code((enum password_fault)fault));
            return false;
        }
    }
    return true;
}

/* Who is told: the account, else the one that issues it, else the operator. */
static bool find_recipient(struct db *db, const struct issue *issue, char **recipient, GError **error)
{
    g_autofree char *email = g_strdup(issue->account->email);
    if (email == NULL && issue->actor->kind == ACTOR_ACCOUNT && !account_email(db, issue->actor->id, &email, error)) {
        return false;
    }
    *recipient = email != NULL ? g_steal_pointer(&email) : g_strdup(issue->config->portal.admin_address);
    return true;
}

static bool mail_password(struct db *db, struct issue *issue, GError **error)
{
    const struct account_new *account = issue->account;
    g_autofree char *recipient = NULL;
    if (!find_recipient(db, issue, &recipient, error)) {
        return false;
    }
    g_autofree char *url = g_strconcat(issue->config->portal.base_url, "/login", NULL);
    g_autofree char *days = g_strdup_printf("%" G_GINT64_FORMAT, issue->config->password.initial_days);
    char *body = label_format(account->language, LABEL_MAIL_ACCOUNT_ISSUED_BODY, "name", account->name, "login_id",
                              account->login_id, "password", issue->password, "url", url, "days", days, NULL);
    const char *subject = label_text(account->language, LABEL_MAIL_ACCOUNT_ISSUED_SUBJECT);
    const struct mail_letter letter = {
        .rank = MAIL_AWAITED, .recipient = recipient, .subject = subject, .body = body
    };
    bool good = mail_add(db, issue->keys, issue->now, &letter, error);
    explicit_bzero(body, strlen(body));
    g_free(body);
    if (good) {
        g_free(issue->mailed_to);
        issue->mailed_to = g_steal_pointer(&recipient);
    }
    return good;
}

static bool issue_work(struct db *db, void *data, GError **error)
{
    struct issue *issue = data;
    const struct account_new *account = issue->account;
    g_autoptr(GError) failure = NULL;
    if (!account_insert(db, account, issue->hash, issue->now, &issue->id, &failure)) {
        if (g_error_matches(failure, PORTAL_ERROR, PORTAL_CONFLICT)) {
            g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "the login id %s is taken", account->login_id);
        } else {
            g_propagate_error(error, g_steal_pointer(&failure));
        }
        return false;
    }
    if (account->password == NULL && !mail_password(db, issue, error)) {
        return false;
    }
    g_autofree char *object = g_strdup_printf("account %" G_GUINT64_FORMAT, issue->id);
    bool is_mailed = issue->mailed_to != NULL;
    g_autofree char *detail = g_strdup_printf("%s, %s%s%s", account->login_id, role_code(account->role),
                                              is_mailed ? ", mailed to " : "", is_mailed ? issue->mailed_to : "");
    return audit_add(db, issue->actor, issue->now, account->customers[0], "account-issue", object, detail, error);
}

bool account_issue(struct db *db, const struct config *config, const struct secret_keys *keys,
                   const struct actor *actor, struct moment now, const struct account_new *typed, uint64_t *id,
                   char **mailed_to, GError **error)
{
    g_autofree char *login_id = text_visible(typed->login_id);
    g_autofree char *email = typed->email != NULL ? text_of_cell(typed->email) : NULL;
    struct account_new meant = *typed, *account = &meant;
    struct issue issue = { .config = config, .keys = keys, .actor = actor, .now = now, .account = account };
    struct hash_parameters parameters = { .memory_kib = (uint32_t)config->password.argon2_memory_kib,
                                          .passes = (uint32_t)config->password.argon2_passes,
                                          .lanes = (uint32_t)config->password.argon2_lanes };
    meant.login_id = login_id;
    meant.email = email;
    if (!check_words(account, error) || !check_password(config, account, error)) {
        return false;
    }
    issue.password = account->password != NULL ? g_strdup(account->password) : token_password(ACCOUNT_PASSWORD_LENGTH);
    /* Hashing takes tens of milliseconds: before the transaction, so that no lock waits for it. */
    issue.hash = hash_create(issue.password, strlen(issue.password), &parameters, error);
    bool good = issue.hash != NULL && db_transaction(db, issue_work, &issue, error);
    explicit_bzero(issue.password, strlen(issue.password));
    g_free(issue.password);
    g_free(issue.hash);
    if (good) {
        *id = issue.id;
    }
    if (good && mailed_to != NULL) {
        *mailed_to = g_steal_pointer(&issue.mailed_to);
    }
    g_free(issue.mailed_to);
    return good;
}

/* ---- managing ---- */

struct change {
    const struct actor *actor;
    struct moment now;
    const char *login_id;
    bool disabled, changed;
};

static bool audit_change(struct db *db, const struct change *change, const struct account *account, const char *action,
                         GError **error)
{
    g_autofree char *object = g_strdup_printf("account %" G_GUINT64_FORMAT, account->id);
    return audit_add(db, change->actor, change->now, account->home_customer_id, action, object, account->login_id,
                     error);
}

static bool disable_work(struct db *db, void *data, GError **error)
{
    struct change *change = data;
    AUTO(account) struct account *account = account_get_by_login(db, change->login_id, error);
    if (account == NULL ||
        !account_set_disabled(db, account->id, change->disabled, change->now, &change->changed, error)) {
        return false;
    }
    if (!change->changed) {
        return true;
    }
    return (!change->disabled ||
            (account_end_sessions(db, account->id, error) && api_token_end_all(db, account->id, change->now, error))) &&
           audit_change(db, change, account, change->disabled ? "account-disable" : "account-enable", error);
}

static bool set_disabled(struct db *db, struct change *change, bool *changed, GError **error)
{
    if (!db_transaction(db, disable_work, change, error)) {
        return false;
    }
    *changed = change->changed;
    return true;
}

bool account_disable(struct db *db, const struct actor *actor, struct moment now, const char *login_id, bool *changed,
                     GError **error)
{
    struct change change = { .actor = actor, .now = now, .login_id = login_id, .disabled = true };
    return set_disabled(db, &change, changed, error);
}

bool account_enable(struct db *db, const struct actor *actor, struct moment now, const char *login_id, bool *changed,
                    GError **error)
{
    struct change change = { .actor = actor, .now = now, .login_id = login_id, .disabled = false };
    return set_disabled(db, &change, changed, error);
}

static bool unlock_work(struct db *db, void *data, GError **error)
{
    struct change *change = data;
    AUTO(account) struct account *account = account_get_by_login(db, change->login_id, error);
    return account != NULL && account_forget_failures(db, change->login_id, error) &&
           audit_change(db, change, account, "account-unlock", error);
}

bool account_unlock(struct db *db, const struct actor *actor, struct moment now, const char *login_id, GError **error)
{
    struct change change = { .actor = actor, .now = now, .login_id = login_id };
    return db_transaction(db, unlock_work, &change, error);
}
