/*
 * hash.c: libargon2 behind hash.h.
 */
#include "account/hash.h"

#include "base/error.h"
#include "base/text.h"

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

/* The password as it is hashed. */
static char *compose(const char *password, gsize len, gsize *length)
{
    bool is_text = g_utf8_validate_len(password, len, NULL);
    char *text = g_malloc(len + 1);
    memcpy(text, password, len);
    text[len] = '\0';
    char *composed = is_text ? text_compose_canonical(text) : g_steal_pointer(&text);
    *length = is_text ? strlen(composed) : len;
    if (text != NULL) {
        explicit_bzero(text, len);
        g_free(text);
    }
    return composed;
}

static void forget(char *secret, gsize length)
{
    explicit_bzero(secret, length);
    g_free(secret);
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

    gsize length = 0;
    char *composed = compose(password, len, &length);
    int code = argon2id_hash_encoded(parameters->passes, parameters->memory_kib, parameters->lanes, composed, length,
                                     salt, sizeof salt, HASH_BYTES, encoded, size);
    forget(composed, length);
    if (code != ARGON2_OK) {
        set_error(error, code);
        return NULL;
    }
    return g_steal_pointer(&encoded);
}

static int verify_composed(const char *encoded, const char *password, gsize len, bool *is_changed)
{
    gsize length = 0;
    char *composed = compose(password, len, &length);
    int code = argon2id_verify(encoded, composed, length);
    *is_changed = length != len || memcmp(composed, password, len) != 0;
    forget(composed, length);
    return code;
}

bool hash_verify(const char *encoded, const char *password, gsize len, bool *match, GError **error)
{
    bool is_changed = false;
    int code = verify_composed(encoded, password, len, &is_changed);

    if (code == ARGON2_VERIFY_MISMATCH && is_changed)
        code = argon2id_verify(encoded, password, len);
    if (code != ARGON2_OK && code != ARGON2_VERIFY_MISMATCH) {
        set_error(error, code);
        return false;
    }
    *match = code == ARGON2_OK;
    return true;
}

static int hash_nothing(const char *password, gsize len, const struct hash_parameters *parameters)
{
    static const unsigned char salt[SALT_BYTES];
    unsigned char hash[HASH_BYTES];
    int code = argon2id_hash_raw(parameters->passes, parameters->memory_kib, parameters->lanes, password, len, salt,
                                 sizeof salt, hash, sizeof hash);

    explicit_bzero(hash, sizeof hash);
    return code;
}

/* Twice where hash_verify() tries twice. */
bool hash_verify_nothing(const char *password, gsize len, const struct hash_parameters *parameters, GError **error)
{
    gsize length = 0;
    char *composed = compose(password, len, &length);
    int code = hash_nothing(composed, length, parameters);

    if (code == ARGON2_OK && (length != len || memcmp(composed, password, len) != 0))
        code = hash_nothing(password, len, parameters);
    forget(composed, length);
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
