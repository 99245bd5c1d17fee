/*
 * account_store.c: accounts as rows, for issuing and managing them. Decides nothing.
 */
#include "account/account.h"

#include "base/error.h"
#include "base/text.h"
#include "base/token.h"

void account_free(struct account *account)
{
    g_free(account->login_id);
    g_free(account->name);
    g_free(account->email);
    g_free(account->home_code);
    g_free(account);
}

static void account_free_element(gpointer account)
{
    account_free(account);
}

static struct account *account_read(const struct db_rows *rows)
{
    struct account *account = g_new0(struct account, 1);
    account->id = db_get_u64(rows, 0);
    account->login_id = g_strdup(db_get_text(rows, 1));
    account->name = g_strdup(db_get_text(rows, 2));
    account->email = g_strdup(db_get_text(rows, 3));
    language_from_code(db_get_text(rows, 4), &account->language);
    account->home_customer_id = db_get_u64(rows, 5);
    account->home_code = g_strdup(db_get_text(rows, 6));
    account->customers = db_get_u64(rows, 7);
    role_read(db_get_text(rows, 8), &account->role);
    account->password_own = db_get_bool(rows, 9);
    account->password_set_at = db_get_moment(rows, 10);
    account->disabled_at = db_get_moment(rows, 11);
    account->last_login_at = db_get_moment(rows, 12);
    return account;
}

struct account *account_get_by_login(struct db *db, const char *login_id, GError **error)
{
    g_autofree char *key = text_search_key(login_id);
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_ACCOUNT_BY_LOGIN_KEY, error, DB_TEXT(key));
    if (rows == NULL) {
        return NULL;
    }
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "there is no account %s", login_id);
        return NULL;
    }
    return account_read(rows);
}

GPtrArray *account_list(struct db *db, const char *customer_code, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_ACCOUNT_LIST_ALL, error, DB_TEXT(customer_code), DB_TEXT(customer_code));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(account_free_element);
    while (db_next(rows)) {
        g_ptr_array_add(list, account_read(rows));
    }
    return list;
}

static bool insert_customers(struct db *db, const struct account_new *account, uint64_t id, GError **error)
{
    if (account->all_customers) {
        if (!db_run(db, STATEMENT_ACCOUNT_CUSTOMER_ADD_ALL, NULL, error, DB_TEXT(role_code(account->role)),
                    DB_U64(id))) {
            return false;
        }
        return db_run(db, STATEMENT_ACCOUNT_CUSTOMERS_SET, NULL, error, DB_U64(id), DB_U64(id));
    }
    for (gsize i = 0; i < account->n_customers; i++) {
        if (!db_run(db, STATEMENT_ACCOUNT_CUSTOMER_ADD, NULL, error, DB_U64(id), DB_U64(account->customers[i]),
                    DB_TEXT(role_code(account->role)))) {
            return false;
        }
    }
    return true;
}

bool account_insert(struct db *db, const struct account_new *account, const char *password_hash, struct moment now,
                    uint64_t *id, GError **error)
{
    g_autofree char *key = text_search_key(account->login_id);
    if (!db_run(db, STATEMENT_ACCOUNT_ADD, NULL, error, DB_TEXT(account->login_id), DB_TEXT(key),
                DB_TEXT(account->name), DB_TEXT(account->email), DB_TEXT(language_code(account->language)),
                DB_U64(account->customers[0]), DB_U64(account->n_customers), DB_TEXT(password_hash),
                DB_U64(account->permanent), DB_MOMENT(now), DB_MOMENT(now))) {
        return false;
    }
    uint64_t made = db_last_id(db);
    if (!insert_customers(db, account, made, error) ||
        !db_run(db, STATEMENT_PASSWORD_KEEP, NULL, error, DB_U64(made), DB_TEXT(password_hash), DB_MOMENT(now))) {
        return false;
    }
    *id = made;
    return true;
}

bool account_email(struct db *db, uint64_t id, char **email, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_ACCOUNT_EMAIL_OF, error, DB_U64(id));
    if (rows == NULL) {
        return false;
    }
    *email = db_next(rows) ? g_strdup(db_get_text(rows, 0)) : NULL;
    return true;
}

bool account_set_disabled(struct db *db, uint64_t id, bool disabled, struct moment now, bool *changed, GError **error)
{
    uint64_t n = 0;
    bool good = disabled ? db_run(db, STATEMENT_ACCOUNT_DISABLE, &n, error, DB_MOMENT(now), DB_U64(id))
                         : db_run(db, STATEMENT_ACCOUNT_ENABLE, &n, error, DB_U64(id));
    if (good) {
        *changed = n > 0;
    }
    return good;
}

bool account_end_sessions(struct db *db, uint64_t id, GError **error)
{
    return db_run(db, STATEMENT_ACCOUNT_SESSIONS_END, NULL, error, DB_U64(id));
}

bool account_forget_failures(struct db *db, const char *login_id, GError **error)
{
    g_autofree char *key = text_search_key(login_id);
    g_autofree char *name = g_strconcat("name:", key, NULL);
    uint8_t digest[DIGEST_BYTES];
    token_digest(name, digest);
    return db_run(db, STATEMENT_ACCOUNT_UNLOCK, NULL, error, DB_BYTES(digest, sizeof digest));
}
