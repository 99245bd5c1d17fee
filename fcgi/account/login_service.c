/*
 * login_service.c: one attempt to log in. Counting comes first and is committed, so that a hundred attempts at once
 * count as a hundred; then one password is hashed at a time; then all that a login leaves behind is one transaction.
 */
#include "account/login.h"

#include "account/hash.h"
#include "account/hash_lock.h"
#include "account/password_rule.h"
#include "account/session.h"
#include "account/session_form_store.h"
#include "account/user_agent_rule.h"
#include "audit/audit.h"
#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "mail/mail.h"
#include "view/label.h"

#include <string.h>

/* An address with this many failures no longer waits in the queue: it takes its turn only when nobody else does. */
enum { DOUBTFUL_FAILURES = 3, PATIENCE_MS = 4000, LATER_SECONDS = 5 };

struct attempt {
    const struct config *config;
    const struct secret_keys *secrets;
    const struct login_request *request;
    struct moment now;
    struct login_keys keys;
    struct login_account *account; /* NULL: unknown */
    struct login_counter counters[LOGIN_COUNTER_N];
    enum login_decision decision;
    int wait;
    char *new_hash; /* the password hashed with today's parameters; else the old hash */
    char *token;
};

/* ---- counting ---- */

static bool count_ahead(struct db *db, void *data, GError **error)
{
    struct attempt *attempt = data;
    struct login_attempt facts = { 0 };
    if (!login_counters_read(db, &attempt->keys, attempt->now, facts.counters, error)) {
        return false;
    }
    if (attempt->account != NULL &&
        !login_address_known(db, attempt->account->id, attempt->request->address, &facts.address_is_known, error)) {
        return false;
    }
    memcpy(attempt->counters, facts.counters, sizeof attempt->counters);
    attempt->decision = login_decide(&facts, attempt->now, &attempt->wait);
    for (int kind = 0; kind < LOGIN_COUNTER_N; kind++) {
        if (login_counts(attempt->decision, (enum login_counter_kind)kind) &&
            !login_counter_write(db, &attempt->keys, (enum login_counter_kind)kind,
                                 login_count_failure(facts.counters[kind], attempt->now), error)) {
            return false;
        }
    }
    return true;
}

/* ---- the password ---- */

static struct hash_parameters parameters_of(const struct config *config)
{
    return (struct hash_parameters){ .memory_kib = (uint32_t)config->password.argon2_memory_kib,
                                     .passes = (uint32_t)config->password.argon2_passes,
                                     .lanes = (uint32_t)config->password.argon2_lanes };
}

/* Compare the password, in the same time whatever is known; `good` is true only if everything allows the login. */
static bool look_at_password(struct attempt *attempt, bool *good, GError **error)
{
    const struct login_account *account = attempt->account;
    const char *password = attempt->request->password;
    gsize length = strlen(password);
    struct hash_parameters parameters = parameters_of(attempt->config);
    bool match = false;
    *good = false;
    if (account == NULL) {
        return hash_verify_nothing(password, length, &parameters, error);
    }
    if (!hash_verify(account->password_hash, password, length, &match, error)) {
        return false;
    }
    bool usable = account->password_own || password_initial_is_usable(account->password_set_at, attempt->now,
                                                                      (int)attempt->config->password.initial_days);
    *good = match && usable && !account->is_disabled && attempt->decision == LOGIN_ALLOW;
    if (*good && hash_needs_rehash(account->password_hash, &parameters)) {
        attempt->new_hash = hash_create(password, length, &parameters, error);
        return attempt->new_hash != NULL;
    }
    attempt->new_hash = g_strdup(account->password_hash);
    return true;
}

/* ---- what a login leaves behind ---- */

static bool mail_to(struct db *db, const struct attempt *attempt, const char *recipient, GError **error)
{
    const struct login_account *account = attempt->account;
    enum language language = LANGUAGE_JA;
    language_from_code(account->language, &language);
    const char *system = user_agent_system(attempt->request->agent);
    g_autofree char *browser = user_agent_browser(attempt->request->agent);
    g_autofree char *when = moment_show(attempt->now);
    g_autofree char *url = g_strconcat(attempt->config->portal.base_url, "/password", NULL);
    g_autofree char *body =
        label_format(language, LABEL_MAIL_LOGIN_BODY, "name", account->name, "login_id", account->login_id, "when",
                     when, "address", attempt->request->address, "browser",
                     browser != NULL ? browser : label_text(language, LABEL_USER_AGENT_BROWSER_UNKNOWN), "system",
                     system != NULL ? system : label_text(language, LABEL_USER_AGENT_SYSTEM_UNKNOWN), "url", url, NULL);
    const char *subject = label_text(language, LABEL_MAIL_LOGIN_SUBJECT);
    const struct mail_letter letter = {
        .rank = MAIL_AWAITED, .recipient = recipient, .subject = subject, .body = body
    };
    return mail_add(db, attempt->secrets, attempt->now, &letter, error);
}

/* The account's own address; else its home customer's administrators; else the operator. domain.md, Mails. */
static bool tell(struct db *db, const struct attempt *attempt, GError **error)
{
    if (attempt->account->email != NULL) {
        return mail_to(db, attempt, attempt->account->email, error);
    }
    g_autoptr(GPtrArray) addresses = login_administrator_addresses(db, attempt->account->home_customer, error);
    if (addresses == NULL) {
        return false;
    }
    if (addresses->len == 0) {
        return mail_to(db, attempt, attempt->config->portal.admin_address, error);
    }
    for (guint i = 0; i < addresses->len; i++) {
        if (!mail_to(db, attempt, addresses->pdata[i], error)) {
            return false;
        }
    }
    return true;
}

static bool audit_login(struct db *db, const struct attempt *attempt, const char *action, GError **error)
{
    const struct login_account *account = attempt->account;
    struct actor actor = { .kind = account != NULL ? ACTOR_ACCOUNT : ACTOR_NOBODY,
                           .id = account != NULL ? account->id : 0,
                           .name = account != NULL ? account->login_id : "",
                           .address = attempt->request->address,
                           .request_id = attempt->request->request_id };
    return audit_add(db, &actor, attempt->now, account != NULL ? account->home_customer : 0, action, "login",
                     attempt->request->agent, error);
}

static bool settle_counters(struct db *db, const struct attempt *attempt, GError **error)
{
    return login_counter_take_back(db, &attempt->keys, LOGIN_ADDRESS, error) &&
           login_counter_take_back(db, &attempt->keys, LOGIN_NAME, error) &&
           login_counter_forget(db, &attempt->keys, LOGIN_PAIR, error);
}

/* The cookie is about to be replaced: the session it led to must not live on without anybody knowing. What was typed
 * into a form of it is the new session's if the account is the same, else it goes with the old one. */
static bool end_old_session(struct db *db, const struct attempt *attempt, GError **error)
{
    const struct login_request *request = attempt->request;
    if (request->old_session == 0) {
        return true;
    }
    return session_form_move(db, attempt->account->id, request->old_session, attempt->token, error) &&
           session_end(db, request->old_account, request->old_session, error);
}

static bool record_login(struct db *db, void *data, GError **error)
{
    struct attempt *attempt = data;
    const struct login_account *account = attempt->account;
    uint64_t changed = 0;
    if (!settle_counters(db, attempt, error) ||
        !db_run(db, STATEMENT_LOGIN_DONE, &changed, error, DB_MOMENT(attempt->now), DB_TEXT(attempt->request->address),
                DB_TEXT(attempt->new_hash), DB_U64(account->id), DB_TEXT(account->password_hash))) {
        return false;
    }
    if (changed == 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "the account changed while its password was looked at");
        return false;
    }
    const struct login_request *request = attempt->request;
    bool is_same = request->old_session != 0 && request->old_account == account->id;
    uint64_t customer = is_same ? request->old_customer : account->home_customer;
    return db_run(db, STATEMENT_LOGIN_ADDRESS_KEEP, NULL, error, DB_U64(account->id),
                  DB_TEXT(attempt->request->address), DB_MOMENT(attempt->now)) &&
           session_add(db, attempt->token, account->id, customer, attempt->now, attempt->request->address,
                       attempt->request->agent, is_same ? request->old_csrf : NULL, error) &&
           end_old_session(db, attempt, error) && audit_login(db, attempt, "login", error) && tell(db, attempt, error);
}

static bool record_failure(struct db *db, void *data, GError **error)
{
    return audit_login(db, data, "login-failed", error);
}

/* ---- the whole ---- */

static bool take_turn(const struct attempt *attempt, int *fd, GError **error)
{
    bool doubtful = attempt->counters[LOGIN_ADDRESS].failures >= DOUBTFUL_FAILURES;
    g_autoptr(GError) failure = NULL;
    *fd = hash_lock_take(attempt->config->portal.run_dir, doubtful ? 0 : PATIENCE_MS, &failure);
    if (*fd < 0 && portal_error_code(failure) != PORTAL_LIMIT) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    return true;
}

static bool finish(struct db *db, struct attempt *attempt, bool good, struct login_answer *answer, GError **error)
{
    if (good) {
        attempt->token = token_new();
        if (!db_transaction(db, record_login, attempt, error)) {
            return false;
        }
        answer->result = LOGIN_GOOD;
        answer->token = g_steal_pointer(&attempt->token);
        answer->customer = attempt->account->customers > 1 ? attempt->account->home_customer : 0;
        return true;
    }
    answer->result = LOGIN_WRONG;
    log_event(LOG_WARNING, "login-failed", LOG_TEXT("address", attempt->request->address),
              LOG_NUMBER("account", attempt->account != NULL ? (int64_t)attempt->account->id : 0),
              LOG_NUMBER("delayed", attempt->decision != LOGIN_ALLOW));
    return db_transaction(db, record_failure, attempt, error);
}

static bool try(struct db *db, struct attempt *attempt, struct login_answer *answer, GError **error)
{
    int fd = -1;
    bool good = false;
    g_autofree char *login_key = text_search_key(attempt->request->login_id);
    g_autoptr(GError) failure = NULL;
    login_keys_make(login_key, attempt->request->address, &attempt->keys);
    attempt->account = login_account_find(db, login_key, &failure);
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    if (!db_transaction(db, count_ahead, attempt, error)) {
        return false;
    }
    if (attempt->decision == LOGIN_TOO_MANY) {
        *answer = (struct login_answer){ .result = LOGIN_LATER, .wait = attempt->wait };
        return true;
    }
    if (!take_turn(attempt, &fd, error)) {
        return false;
    }
    if (fd < 0) {
        *answer = (struct login_answer){ .result = LOGIN_LATER, .wait = LATER_SECONDS };
        return true;
    }
    bool looked = look_at_password(attempt, &good, error);
    hash_lock_give(fd);
    return looked && finish(db, attempt, good, answer, error);
}

bool login_attempt(struct db *db, const struct config *config, const struct secret_keys *keys,
                   const struct login_request *request, struct moment now, struct login_answer *answer, GError **error)
{
    struct attempt attempt = { .config = config, .secrets = keys, .request = request, .now = now };
    bool done = try(db, &attempt, answer, error);
    if (attempt.account != NULL) {
        login_account_free(attempt.account);
    }
    if (attempt.new_hash != NULL) {
        explicit_bzero(attempt.new_hash, strlen(attempt.new_hash));
        g_free(attempt.new_hash);
    }
    g_free(attempt.token);
    return done;
}
