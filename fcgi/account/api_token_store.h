/*
 * api_token_store.h: tokens of the API as rows, for this area's services.
 */
#ifndef ACCOUNT_API_TOKEN_STORE_H
#define ACCOUNT_API_TOKEN_STORE_H

#include "account/api_token.h"

/* The customer of that code as the account sees it: its id, and the code as it is written. PORTAL_NOT_FOUND: not its
 * own. */
bool api_token_store_customer(struct db *db, uint64_t account, const char *code, uint64_t *customer, GError **error);

bool api_token_store_add(struct db *db, const struct api_token_new *wanted, uint64_t account, uint64_t customer,
                         const char *token, const char *prefix, struct moment now, GError **error);

/* A token, its row locked until the transaction ends. PORTAL_NOT_FOUND. */
struct api_token_lock {
    uint64_t id, customer;
    char *login_id; /* the caller frees */
    bool is_over;
};
bool api_token_store_lock(struct db *db, const char *prefix, struct api_token_lock *lock, GError **error);
bool api_token_store_end(struct db *db, uint64_t id, struct moment now, GError **error);

#endif
