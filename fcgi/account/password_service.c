/*
 * password_service.c: one change of a password. Guessing the present one counts like a failed login.
 */
#include "account/password.h"

#include "account/api_token.h"
#include "account/common_passwords.h"
#include "account/hash.h"
#include "account/hash_lock.h"
#include "account/login.h"
#include "account/password_rule.h"
#include "account/session.h"
#include "account/session_form_store.h"
#include "audit/audit.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

enum { PATIENCE_MS = 4000 };

struct work {
    const struct config *config;
    const struct actor *actor;
    const struct password_change *change;
    struct moment now;
    char *login_id, *old_hash, *new_hash, *token;
    uint64_t home_customer;
    struct login_keys keys;
    bool is_delayed;
};

/* The list stays mapped as long as the process: read-only, shared by all. */
static const struct common_passwords *common_list(const struct config *config, GError **error)
{
    static struct common_passwords *list;
    if (list == NULL) {
        list = common_passwords_open(config->password.common_file, error);
    }
    return list;
}

static bool read_account(struct db *db, struct work *work, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_PASSWORD_GET, error, DB_U64(work->change->account));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "the account is gone");
        return false;
    }
    work->login_id = g_strdup(db_get_text(rows, 0));
    work->old_hash = g_strdup(db_get_text(rows, 1));
    work->home_customer = db_get_u64(rows, 3);
    return true;
}

static bool count_ahead(struct db *db, void *data, GError **error)
{
    struct work *work = data;
    struct login_counter counters[LOGIN_COUNTER_N] = { 0 };
    struct login_attempt facts = { .address_is_known = true };
    int wait = 0;
    if (!login_counters_read(db, &work->keys, work->now, counters, error)) {
        return false;
    }
    facts.counters[LOGIN_PAIR] = counters[LOGIN_PAIR];
    work->is_delayed = login_decide(&facts, work->now, &wait) != LOGIN_ALLOW;
    return work->is_delayed || login_counter_write(db, &work->keys, LOGIN_PAIR,
                                                   login_count_failure(counters[LOGIN_PAIR], work->now), error);
}

static bool is_same(const char *hash, const char *password, bool *same, GError **error)
{
    return hash_verify(hash, password, strlen(password), same, error);
}

/* Compare with the present password and the earlier ones that are remembered. */
static bool was_used(struct db *db, const struct work *work, bool *used, GError **error)
{
    *used = false;
    if (!is_same(work->old_hash, work->change->fresh, used, error)) {
        return false;
    }
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_PASSWORD_EARLIER, error, DB_U64(work->change->account), DB_U64(PASSWORD_REMEMBERED));
    if (rows == NULL) {
        return false;
    }
    while (!*used && db_next(rows)) {
        if (!is_same(db_get_text(rows, 0), work->change->fresh, used, error)) {
            return false;
        }
    }
    return true;
}

static bool make_hash(struct work *work, GError **error)
{
    struct hash_parameters parameters = { .memory_kib = (uint32_t)work->config->password.argon2_memory_kib,
                                          .passes = (uint32_t)work->config->password.argon2_passes,
                                          .lanes = (uint32_t)work->config->password.argon2_lanes };
    work->new_hash = hash_create(work->change->fresh, strlen(work->change->fresh), &parameters, error);
    return work->new_hash != NULL;
}

/* All that hashes, while it is our turn. */
static bool look(struct db *db, struct work *work, struct password_answer *answer, GError **error)
{
    bool match = false, used = false;
    const struct common_passwords *list = common_list(work->config, error);
    if (list == NULL || !is_same(work->old_hash, work->change->present, &match, error)) {
        return false;
    }
    if (!match || work->is_delayed) {
        answer->outcome = PASSWORD_PRESENT_WRONG;
        return true;
    }
    answer->faults = password_faults(work->change->fresh, work->login_id, list);
    if (answer->faults == 0 && !was_used(db, work, &used, error)) {
        return false;
    }
    answer->faults |= used ? 1U << PASSWORD_USED_BEFORE : 0;
    answer->outcome = answer->faults != 0 ? PASSWORD_NOT_GOOD : PASSWORD_CHANGED;
    return answer->faults != 0 || make_hash(work, error);
}

static bool record(struct db *db, void *data, GError **error)
{
    struct work *work = data;
    uint64_t account = work->change->account, changed = 0;
    if (!db_run(db, STATEMENT_PASSWORD_SET, &changed, error, DB_TEXT(work->new_hash), DB_MOMENT(work->now),
                DB_U64(account), DB_TEXT(work->old_hash))) {
        return false;
    }
    if (changed == 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "the password was changed by another session");
        return false;
    }
    return db_run(db, STATEMENT_PASSWORD_KEEP, NULL, error, DB_U64(account), DB_TEXT(work->new_hash),
                  DB_MOMENT(work->now)) &&
           db_run(db, STATEMENT_PASSWORD_FORGET, NULL, error, DB_U64(account), DB_U64(account),
                  DB_U64(PASSWORD_REMEMBERED - 1)) &&
           login_counter_forget(db, &work->keys, LOGIN_PAIR, error) &&
           session_end_others(db, account, work->change->session, error) && session_forms_drop(db, account, error) &&
           api_token_end_own(db, account, work->now, error) &&
           session_retoken(db, account, work->change->session, work->token, work->now, error) &&
           audit_add(db, work->actor, work->now, work->home_customer, "password-change", "account", "", error);
}

static bool take_back_count(struct db *db, void *data, GError **error)
{
    struct work *work = data;
    return login_counter_take_back(db, &work->keys, LOGIN_PAIR, error);
}

static bool try(struct db *db, struct work *work, struct password_answer *answer, GError **error)
{
    g_autoptr(GError) failure = NULL;
    if (!read_account(db, work, error)) {
        return false;
    }
    g_autofree char *login_key = text_search_key(work->login_id);
    login_keys_make(login_key, work->actor->address, &work->keys);
    if (!db_transaction(db, count_ahead, work, error)) {
        return false;
    }
    int fd = hash_lock_take(work->config->portal.run_dir, PATIENCE_MS, &failure);
    if (fd < 0 && portal_error_code(failure) == PORTAL_LIMIT) {
        answer->outcome = PASSWORD_LATER;
        return true;
    }
    if (fd < 0) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    bool looked = look(db, work, answer, error);
    hash_lock_give(fd);
    if (!looked || answer->outcome == PASSWORD_PRESENT_WRONG) {
        return looked;
    }
    if (answer->outcome == PASSWORD_NOT_GOOD) {
        return db_transaction(db, take_back_count, work, error);
    }
    work->token = token_new();
    if (!db_transaction(db, record, work, error)) {
        return false;
    }
    answer->token = g_steal_pointer(&work->token);
    return true;
}

bool password_change(struct db *db, const struct config *config, const struct actor *actor, struct moment now,
                     const struct password_change *change, struct password_answer *answer, GError **error)
{
    struct work work = { .config = config, .actor = actor, .change = change, .now = now };
    bool done = try(db, &work, answer, error);
    g_free(work.login_id);
    g_free(work.old_hash);
    g_free(work.new_hash);
    g_free(work.token);
    return done;
}
