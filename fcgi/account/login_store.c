/*
 * login_store.c: accounts as the login sees them, and the counters of failures.
 */
#include "account/login.h"

#include <string.h>

static const char *const kind_words[LOGIN_COUNTER_N] = {
    [LOGIN_ADDRESS] = "address", [LOGIN_NAME] = "name", [LOGIN_PAIR] = "pair"
};

void login_account_free(struct login_account *account)
{
    g_free(account->login_id);
    g_free(account->name);
    g_free(account->email);
    g_free(account->language);
    explicit_bzero(account->password_hash, strlen(account->password_hash));
    g_free(account->password_hash);
    g_free(account);
}

struct login_account *login_account_find(struct db *db, const char *login_key, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_LOGIN_FIND, error, DB_TEXT(login_key));
    if (rows == NULL || !db_next(rows)) {
        return NULL;
    }
    struct login_account *account = g_new0(struct login_account, 1);
    account->id = db_get_u64(rows, 0);
    account->login_id = g_strdup(db_get_text(rows, 1));
    account->name = g_strdup(db_get_text(rows, 2));
    account->email = g_strdup(db_get_text(rows, 3));
    account->language = g_strdup(db_get_text(rows, 4));
    account->home_customer = db_get_u64(rows, 5);
    account->customers = (uint32_t)db_get_u64(rows, 6);
    account->password_hash = g_strdup(db_get_text(rows, 7));
    account->password_own = db_get_bool(rows, 8);
    account->password_set_at = db_get_moment(rows, 9);
    account->is_disabled = !db_is_null(rows, 10);
    return account;
}

void login_keys_make(const char *login_key, const char *address, struct login_keys *keys)
{
    g_autofree char *by_address = g_strconcat("address:", address, NULL);
    g_autofree char *by_name = g_strconcat("name:", login_key, NULL);
    g_autofree char *by_pair = g_strconcat("pair:", login_key, ":", address, NULL);
    token_digest(by_address, keys->digests[LOGIN_ADDRESS]);
    token_digest(by_name, keys->digests[LOGIN_NAME]);
    token_digest(by_pair, keys->digests[LOGIN_PAIR]);
}

static struct db_value key_value(const struct login_keys *keys, enum login_counter_kind kind)
{
    return DB_BYTES(keys->digests[kind], DIGEST_BYTES);
}

bool login_counters_read(struct db *db, const struct login_keys *keys, struct moment now,
                         struct login_counter counters[LOGIN_COUNTER_N], GError **error)
{
    struct db_value address = key_value(keys, LOGIN_ADDRESS), name = key_value(keys, LOGIN_NAME),
                    pair = key_value(keys, LOGIN_PAIR), at = DB_MOMENT(now);
    if (!db_run(db, STATEMENT_LOGIN_COUNTERS_LOCK, NULL, error, address, at, name, at, pair, at)) {
        return false;
    }
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_LOGIN_COUNTERS_GET, error, address, name, pair);
    if (rows == NULL) {
        return false;
    }
    while (db_next(rows)) {
        for (int i = 0; i < LOGIN_COUNTER_N; i++) {
            if (strcmp(kind_words[i], db_get_text(rows, 0)) == 0) {
                counters[i].failures = (unsigned)db_get_u64(rows, 1);
                counters[i].last_failed_at = db_get_moment(rows, 2);
            }
        }
    }
    return true;
}

bool login_counter_write(struct db *db, const struct login_keys *keys, enum login_counter_kind kind,
                         struct login_counter counter, GError **error)
{
    return db_run(db, STATEMENT_LOGIN_COUNTER_SET, NULL, error, DB_U64(counter.failures),
                  DB_MOMENT(counter.last_failed_at), DB_TEXT(kind_words[kind]), key_value(keys, kind));
}

bool login_counter_take_back(struct db *db, const struct login_keys *keys, enum login_counter_kind kind, GError **error)
{
    return db_run(db, STATEMENT_LOGIN_COUNTER_UNDO, NULL, error, DB_TEXT(kind_words[kind]), key_value(keys, kind));
}

bool login_counter_forget(struct db *db, const struct login_keys *keys, enum login_counter_kind kind, GError **error)
{
    return db_run(db, STATEMENT_LOGIN_COUNTER_CLEAR, NULL, error, DB_TEXT(kind_words[kind]), key_value(keys, kind));
}

bool login_address_known(struct db *db, uint64_t account, const char *address, bool *known, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_LOGIN_ADDRESS_IS_KNOWN, error, DB_U64(account), DB_TEXT(address));
    if (rows == NULL) {
        return false;
    }
    *known = db_next(rows);
    return true;
}

GPtrArray *login_administrator_addresses(struct db *db, uint64_t customer, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_LOGIN_ADMINISTRATORS, error, DB_U64(customer));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
    while (db_next(rows)) {
        g_ptr_array_add(addresses, g_strdup(db_get_text(rows, 0)));
    }
    return addresses;
}
