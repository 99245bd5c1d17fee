/*
 * api_token_store.c: tokens of the API as rows. Decides nothing (api_token_service.c).
 */
#include "account/api_token_store.h"

#include "account/session_store.h"
#include "base/error.h"
#include "base/text.h"
#include "base/token.h"

bool api_token_resolve(struct db *db, const struct config *config, const char *token, struct moment now,
                       struct session *session, GError **error)
{
    uint8_t digest[DIGEST_BYTES];
    token_digest(token, digest);
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_API_TOKEN_RESOLVE, error, DB_BYTES(digest, sizeof digest), DB_MOMENT(now));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        return true;
    }
    session_read(rows, session);
    session->token = session->id;
    session->id = 0;
    if (!session_grant(config, rows, session, now)) {
        session_clear(session);
    }
    return true;
}

bool api_token_store_customer(struct db *db, uint64_t account, const char *code, uint64_t *customer, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_API_TOKEN_CUSTOMER, error, DB_U64(account), DB_TEXT(code));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "the account does not see a customer %s", code);
        return false;
    }
    *customer = db_get_u64(rows, 0);
    return true;
}

bool api_token_store_add(struct db *db, const struct api_token_new *wanted, uint64_t account, uint64_t customer,
                         const char *token, const char *prefix, struct moment now, GError **error)
{
    uint8_t digest[DIGEST_BYTES];
    token_digest(token, digest);
    return db_run(db, STATEMENT_API_TOKEN_ADD, NULL, error, DB_U64(account), DB_U64(customer), DB_TEXT(wanted->name),
                  DB_TEXT(prefix), DB_BYTES(digest, sizeof digest), DB_MOMENT(now),
                  DB_MOMENT(date_start(date_add(wanted->last_day, 1))));
}

static void token_free(gpointer data)
{
    struct api_token *token = data;
    g_free(token->login_id);
    g_free(token->customer_code);
    g_free(token->name);
    g_free(token->prefix);
    g_free(token);
}

GPtrArray *api_token_list(struct db *db, const char *login_id, GError **error)
{
    g_autofree char *key = login_id != NULL ? text_search_key(login_id) : NULL;
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_API_TOKEN_LIST, error, DB_TEXT(key), DB_TEXT(key));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(token_free);
    while (db_next(rows)) {
        struct api_token *token = g_new0(struct api_token, 1);
        token->id = db_get_u64(rows, 0);
        token->login_id = g_strdup(db_get_text(rows, 1));
        token->customer_code = g_strdup(db_get_text(rows, 2));
        token->name = g_strdup(db_get_text(rows, 3));
        token->prefix = g_strdup(db_get_text(rows, 4));
        token->created_at = db_get_moment(rows, 5);
        token->expires_at = db_get_moment(rows, 6);
        token->last_used_at = db_get_moment(rows, 7);
        token->ended_at = db_get_moment(rows, 8);
        g_ptr_array_add(list, token);
    }
    return list;
}

bool api_token_store_lock(struct db *db, const char *prefix, struct api_token_lock *lock, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_API_TOKEN_LOCK, error, DB_TEXT(prefix));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "there is no token %s", prefix);
        return false;
    }
    *lock = (struct api_token_lock){ .id = db_get_u64(rows, 0),
                                     .customer = db_get_u64(rows, 1),
                                     .login_id = g_strdup(db_get_text(rows, 2)),
                                     .is_over = !db_is_null(rows, 3) };
    return true;
}

bool api_token_store_end(struct db *db, uint64_t id, struct moment now, GError **error)
{
    return db_run(db, STATEMENT_API_TOKEN_END, NULL, error, DB_MOMENT(now), DB_U64(id));
}

bool api_token_end_all(struct db *db, uint64_t account, struct moment now, GError **error)
{
    return db_run(db, STATEMENT_API_TOKEN_END_OF, NULL, error, DB_MOMENT(now), DB_U64(account));
}

bool api_token_end_own(struct db *db, uint64_t account, struct moment now, GError **error)
{
    return db_run(db, STATEMENT_API_TOKEN_END_OWN, NULL, error, DB_MOMENT(now), DB_U64(account));
}
