/*
 * hash.h: passwords as argon2id hashes in the usual encoded form ($argon2id$v=19$m=...,t=...,p=...$...).
 * Blocks for tens of milliseconds; how many run at once is the caller's. Errors: PORTAL_BUSY when memory is
 * short, PORTAL_INTERNAL for parameters or encoded hashes that are none.
 */
#ifndef ACCOUNT_HASH_H
#define ACCOUNT_HASH_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct hash_parameters {
    uint32_t memory_kib, passes, lanes;
};

/* The least that the configuration may ask for: 19 MiB, 2 passes, 1 lane. */
extern const struct hash_parameters hash_least;
bool hash_is_strong_enough(const struct hash_parameters *parameters);

/* Hash the `len` bytes of `password`, composed (NFC, for keyboards differ in how they write a letter with a mark; bytes
 * that are no UTF-8 as they are), with a new random salt. The caller owns the encoded hash. */
char *hash_create(const char *password, gsize len, const struct hash_parameters *parameters, GError **error);

/* Compare `password` with an encoded hash in constant time; `match` tells. If it changes by being composed, it is tried
 * as it came as well: for hashes of the time before. False on error alone. */
bool hash_verify(const char *encoded, const char *password, gsize len, bool *match, GError **error);

/* Spend the time that hash_verify() takes for a hash with these parameters: for accounts that do not exist or
 * have no password. */
bool hash_verify_nothing(const char *password, gsize len, const struct hash_parameters *parameters, GError **error);

/* Whether `encoded` was made with other parameters, so that it is to be made anew at the next login. */
bool hash_needs_rehash(const char *encoded, const struct hash_parameters *parameters);

#endif
