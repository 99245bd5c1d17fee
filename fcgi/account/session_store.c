/*
 * session_store.c: the rows of sessions, and the one statement that says who asks.
 */
#include "account/session_store.h"

#include "account/password_rule.h"
#include "account/role_rule.h"
#include "base/error.h"
#include "base/text.h"
#include "base/token.h"

#include <string.h>

enum { TOUCH_SECONDS = 60 };

/* Columns of session_resolve that decide who may go on, and what api_token_resolve does not have. */
enum { DISABLED = 13, ROLE = 14, ROLE_OF_ONE = 31, FORM_COLUMN = 32, FORMER_COLUMN = 33 };

bool session_add(struct db *db, const char *token, uint64_t account, uint64_t customer, struct moment now,
                 const char *address, const char *agent, const char *former_csrf, GError **error)
{
    uint8_t digest[DIGEST_BYTES], former[DIGEST_BYTES];
    token_digest(token, digest);
    if (former_csrf != NULL) {
        token_digest(former_csrf, former);
    }
    return db_run(db, STATEMENT_SESSION_ADD, NULL, error, DB_BYTES(digest, sizeof digest), DB_U64(account),
                  db_u64_or_null(customer), DB_MOMENT(now), DB_MOMENT(now), DB_TEXT(address), DB_TEXT(agent),
                  former_csrf != NULL ? DB_BYTES(former, sizeof former) : DB_NULL);
}

static struct moment end_of(const struct config *config, const struct session *session)
{
    struct moment idle_end = moment_add(session->seen_at, config->session.idle_minutes * 60);
    struct moment last_end = moment_add(session->created_at, config->session.hours * 3600);
    return idle_end.us < last_end.us ? idle_end : last_end;
}

static bool must_change(const struct config *config, const struct session *session, struct moment now)
{
    return !session->password_own ||
           password_age(session->password_set_at, now, (int)config->password.days, NULL) == PASSWORD_EXPIRED;
}

void session_read(const struct db_rows *rows, struct session *session)
{
    session->id = db_get_u64(rows, 0);
    session->account = db_get_u64(rows, 1);
    session->customer = db_get_u64(rows, 2);
    session->created_at = db_get_moment(rows, 3);
    session->seen_at = db_get_moment(rows, 4);
    session->login_id = g_strdup(db_get_text(rows, 5));
    session->name = g_strdup(db_get_text(rows, 6));
    session->email = g_strdup(db_get_text(rows, 7));
    language_from_code(db_get_text(rows, 8), &session->language);
    session->home_customer = db_get_u64(rows, 9);
    session->customers = (uint32_t)db_get_u64(rows, 10);
    session->password_own = db_get_bool(rows, 11);
    session->password_set_at = db_get_moment(rows, 12);
    session->role = g_strdup(db_get_text(rows, 14));
    session->customer_code = g_strdup(db_get_text(rows, 15));
    session->customer_name = g_strdup(db_get_text(rows, 16));
    for (guint i = 0; i < SESSION_COUNTS; i++) {
        session->counts[i] = db_get_u64(rows, 17 + i);
    }
    session->share_groups = db_get_u64(rows, 24);
    session->edition = db_get_u64(rows, 25);
    for (guint i = 0; i < SESSION_REQUESTS; i++) {
        session->requests[i] = db_get_u64(rows, 26 + i);
    }
}

bool session_grant(const struct config *config, const struct db_rows *rows, struct session *session, struct moment now)
{
    enum role role = ROLE_N;
    bool is_disabled = !db_is_null(rows, DISABLED);
    if (is_disabled || !role_read(session->role, &role)) {
        return false;
    }
    session->rights = session->customer != 0 ? role_rights(role) : role_rights_of_all(role);
    if (session->customer == 0 && role_read(db_get_text(rows, ROLE_OF_ONE), &role)) {
        session->rights_of_one = role_rights(role);
    }
    session->must_change = must_change(config, session, now);
    return true;
}

static void read_former(const struct db_rows *rows, struct session *session)
{
    gsize size = 0;
    const char *bytes = db_get_bytes(rows, FORMER_COLUMN, &size);
    session->has_former = bytes != NULL && size == DIGEST_BYTES;
    if (session->has_former) {
        memcpy(session->former_csrf, bytes, DIGEST_BYTES);
    }
}

/* What time has ended is still known, so that its form can be kept; what an account has lost is not. */
static void clear_ended(struct session *session, bool is_known, struct moment end)
{
    uint64_t id = session->id, account = session->account, customer = session->customer;
    session_clear(session);
    session->has_ended = true;
    if (is_known) {
        session->ended_id = id;
        session->ended_account = account;
        session->ended_customer = customer;
        session->ended_at = end;
    }
}

/* True if the account is well but does not see the customer that was asked for. */
static bool is_astray(const struct db_rows *rows, const uint64_t *asked)
{
    return asked != NULL && db_is_null(rows, ROLE) && db_is_null(rows, DISABLED);
}

static bool resolve(struct db *db, const struct config *config, const char *token, const uint64_t *asked,
                    struct moment now, struct session *session, GError **error)
{
    uint8_t digest[DIGEST_BYTES];
    token_digest(token, digest);
    struct db_value customer = db_u64_or_null(asked != NULL ? *asked : 0);
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_SESSION_RESOLVE, error, DB_U64(asked != NULL), customer,
                                    DB_BYTES(digest, sizeof digest));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        session->has_ended = true;
        return true;
    }
    session->is_astray = is_astray(rows, asked);
    if (session->is_astray) {
        return true;
    }
    session_read(rows, session);
    session->has_form = !db_is_null(rows, FORM_COLUMN);
    read_former(rows, session);
    struct moment end = end_of(config, session);
    bool is_granted = session_grant(config, rows, session, now);
    if (now.us >= end.us || !is_granted) {
        clear_ended(session, is_granted, end);
    }
    return true;
}

bool session_resolve(struct db *db, const struct config *config, const char *token, const uint64_t *asked,
                     struct moment now, struct session *session, GError **error)
{
    if (!resolve(db, config, token, asked, now, session, error)) {
        return false;
    }
    if (session->is_astray) {
        bool good = resolve(db, config, token, NULL, now, session, error);
        session->is_astray = session->account != 0;
        return good;
    }
    return true;
}

/* Twice is as good as once: so it is tried again when the connection broke. */
static bool touch(struct db *db, const struct session *session, struct moment now, GError **error)
{
    if (session->token != 0) {
        return db_run(db, STATEMENT_API_TOKEN_TOUCH, NULL, error, DB_MOMENT(now), DB_U64(session->token),
                      DB_MOMENT(now));
    }
    return db_run(db, STATEMENT_SESSION_TOUCH, NULL, error, DB_MOMENT(now), DB_U64(session->id), DB_MOMENT(now));
}

bool session_touch(struct db *db, const struct session *session, struct moment now, GError **error)
{
    struct moment due = moment_add(session->seen_at, TOUCH_SECONDS);
    if (now.us < due.us) {
        return true;
    }
    g_autoptr(GError) failure = NULL;
    if (touch(db, session, now, &failure)) {
        return true;
    }
    if (portal_error_code(failure) == PORTAL_UNCERTAIN) {
        g_clear_error(&failure);
        if (touch(db, session, now, &failure)) {
            return true;
        }
        failure->code = PORTAL_BUSY; /* nothing that was asked for has begun */
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

bool session_end(struct db *db, uint64_t account, uint64_t session, GError **error)
{
    return db_run(db, STATEMENT_SESSION_END, NULL, error, DB_U64(session), DB_U64(account));
}

bool session_end_others(struct db *db, uint64_t account, uint64_t session, GError **error)
{
    return db_run(db, STATEMENT_SESSION_END_OTHERS, NULL, error, DB_U64(account), DB_U64(session));
}

bool session_retoken(struct db *db, uint64_t account, uint64_t session, const char *token, struct moment now,
                     GError **error)
{
    uint8_t digest[DIGEST_BYTES];
    token_digest(token, digest);
    return db_run(db, STATEMENT_SESSION_RETOKEN, NULL, error, DB_BYTES(digest, sizeof digest), DB_MOMENT(now),
                  DB_U64(session), DB_U64(account));
}

bool session_set_customer(struct db *db, uint64_t account, uint64_t session, uint64_t customer, GError **error)
{
    uint64_t changed = 0;
    struct db_value wanted = db_u64_or_null(customer);
    if (!db_run(db, STATEMENT_SESSION_SET_CUSTOMER, &changed, error, wanted, DB_U64(session), DB_U64(account), wanted,
                wanted)) {
        return false;
    }
    if (changed == 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "customer is none of the account's");
    }
    return changed != 0;
}

bool account_set_language(struct db *db, uint64_t account, enum language language, GError **error)
{
    return db_run(db, STATEMENT_ACCOUNT_SET_LANGUAGE, NULL, error, DB_TEXT(language_code(language)), DB_U64(account));
}

static void customer_free(gpointer data)
{
    struct account_customer *customer = data;
    g_free(customer->code);
    g_free(customer->name);
    g_free(customer);
}

GPtrArray *account_customers(struct db *db, uint64_t account, const char *search, guint limit, guint offset,
                             GError **error)
{
    g_autofree char *like = search != NULL ? text_like(search) : NULL;
    g_autofree char *code = search != NULL ? g_ascii_strup(like, -1) : NULL;
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_ACCOUNT_CUSTOMERS, error, DB_U64(account), DB_TEXT(like),
                                    DB_TEXT(like), DB_TEXT(code), DB_U64(limit), DB_U64(offset));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *customers = g_ptr_array_new_with_free_func(customer_free);
    while (db_next(rows)) {
        struct account_customer *customer = g_new0(struct account_customer, 1);
        customer->id = db_get_u64(rows, 0);
        customer->code = g_strdup(db_get_text(rows, 1));
        customer->name = g_strdup(db_get_text(rows, 2));
        g_ptr_array_add(customers, customer);
    }
    return customers;
}

bool account_customers_count(struct db *db, uint64_t account, const char *search, uint64_t *count, GError **error)
{
    g_autofree char *like = search != NULL ? text_like(search) : NULL;
    g_autofree char *code = search != NULL ? g_ascii_strup(like, -1) : NULL;
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_ACCOUNT_CUSTOMERS_COUNT, error, DB_U64(account), DB_TEXT(like),
                                    DB_TEXT(like), DB_TEXT(code));
    if (rows == NULL) {
        return false;
    }
    *count = db_next(rows) ? db_get_u64(rows, 0) : 0;
    return true;
}
