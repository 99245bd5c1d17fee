/*
 * hash.c: libargon2 behind hash.h.
 */
#include "account/hash.h"

#include "base/error.h"

#include <argon2.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>

enum { SALT_BYTES = 16, HASH_BYTES = 32 };

const struct hash_parameters hash_least = { .memory_kib = 19 * 1024, .passes = 2, .lanes = 1 };

bool hash_is_strong_enough(const struct hash_parameters *parameters)
{
    return parameters->memory_kib >= hash_least.memory_kib && parameters->passes >= hash_least.passes &&
           parameters->lanes >= hash_least.lanes;
}

static void set_error(GError **error, int code)
{
    enum portal_error kind = code == ARGON2_MEMORY_ALLOCATION_ERROR ? PORTAL_BUSY : PORTAL_INTERNAL;

    g_set_error(error, PORTAL_ERROR, kind, "argon2: %s", argon2_error_message(code));
}

char *hash_create(const char *password, gsize len, const struct hash_parameters *parameters, GError **error)
{
    unsigned char salt[SALT_BYTES];
    gsize size = argon2_encodedlen(parameters->passes, parameters->memory_kib, parameters->lanes, SALT_BYTES,
                                   HASH_BYTES, Argon2_id);
    g_autofree char *encoded = g_malloc0(size);

    if (getrandom(salt, sizeof salt, 0) != (ssize_t)sizeof salt) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "getrandom: %s", g_strerror(errno));
        return NULL;
    }

    int code = argon2id_hash_encoded(parameters->passes, parameters->memory_kib, parameters->lanes, password, len, salt,
                                     sizeof salt, HASH_BYTES, encoded, size);
    if (code != ARGON2_OK) {
        set_error(error, code);
        return NULL;
    }
    return g_steal_pointer(&encoded);
}

bool hash_verify(const char *encoded, const char *password, gsize len, bool *match, GError **error)
{
    int code = argon2id_verify(encoded, password, len);

    if (code != ARGON2_OK && code != ARGON2_VERIFY_MISMATCH) {
        set_error(error, code);
        return false;
    }
    *match = code == ARGON2_OK;
    return true;
}

bool hash_verify_nothing(const char *password, gsize len, const struct hash_parameters *parameters, GError **error)
{
    static const unsigned char salt[SALT_BYTES];
    unsigned char hash[HASH_BYTES];
    int code = argon2id_hash_raw(parameters->passes, parameters->memory_kib, parameters->lanes, password, len, salt,
                                 sizeof salt, hash, sizeof hash);

    explicit_bzero(hash, sizeof hash);
    if (code != ARGON2_OK)
        set_error(error, code);
    return code == ARGON2_OK;
}

bool hash_needs_rehash(const char *encoded, const struct hash_parameters *parameters)
{
    g_autofree char *start = g_strdup_printf("$argon2id$v=%d$m=%u,t=%u,p=%u$", ARGON2_VERSION_13,
                                             parameters->memory_kib, parameters->passes, parameters->lanes);

    return !g_str_has_prefix(encoded, start);
}
