/*
 * secret.c: a sealed value is one byte of key id, 24 bytes of nonce, then the box.
 */
#include "base/secret.h"

#include "base/error.h"

#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

struct key {
    guint8 id;
    guint8 bytes[crypto_secretbox_KEYBYTES];
};

struct secret_keys {
    struct key keys[16];
    guint n;
};

enum { HEAD_BYTES = 1 + crypto_secretbox_NONCEBYTES };

static gboolean read_key(struct secret_keys *keys, const char *line)
{
    char *hex = NULL;
    guint64 id = g_ascii_strtoull(line, &hex, 10);
    size_t length = 0;
    if (keys->n == G_N_ELEMENTS(keys->keys) || id < 1 || id > 255 || *hex != ' ') {
        return FALSE;
    }
    struct key *key = &keys->keys[keys->n++];
    key->id = (guint8)id;
    return sodium_hex2bin(key->bytes, sizeof key->bytes, hex + 1, strlen(hex + 1), NULL, &length, NULL) == 0 &&
           length == sizeof key->bytes && strlen(hex + 1) == 2 * length;
}

struct secret_keys *secret_keys_open(const char *file, GError **error)
{
    struct stat status;
    g_autofree char *text = NULL;
    gsize length = 0;
    if (!g_file_get_contents(file, &text, &length, error)) {
        return NULL;
    }
    if (stat(file, &status) != 0 || (status.st_mode & 07) != 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "key file %s can be read by everybody", file);
        return NULL;
    }
    struct secret_keys *keys = g_new0(struct secret_keys, 1);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gboolean good = TRUE;
    for (char **line = lines; *line != NULL && good; line++) {
        good = **line == '\0' || **line == '#' || read_key(keys, *line);
        explicit_bzero(*line, strlen(*line));
    }
    explicit_bzero(text, length);
    if (!good || keys->n == 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "key file %s: lines are \"<id> <64 hex digits>\"", file);
        g_clear_pointer(&keys, secret_keys_free);
    }
    return keys;
}

void secret_keys_free(struct secret_keys *keys)
{
    if (keys != NULL) {
        explicit_bzero(keys, sizeof *keys);
        g_free(keys);
    }
}

GBytes *secret_seal(const struct secret_keys *keys, const char *text)
{
    gsize length = strlen(text);
    gsize size = HEAD_BYTES + crypto_secretbox_MACBYTES + length;
    guint8 *sealed = g_malloc(size);
    sealed[0] = keys->keys[0].id;
    randombytes_buf(sealed + 1, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(sealed + HEAD_BYTES, (const guint8 *)text, length, sealed + 1, keys->keys[0].bytes);
    return g_bytes_new_take(sealed, size);
}

char *secret_open(const struct secret_keys *keys, const void *sealed, gsize size, GError **error)
{
    const guint8 *bytes = sealed;
    for (guint i = 0; i < keys->n && size >= HEAD_BYTES + crypto_secretbox_MACBYTES; i++) {
        if (keys->keys[i].id != bytes[0]) {
            continue;
        }
        gsize length = size - HEAD_BYTES - crypto_secretbox_MACBYTES;
        char *text = g_malloc0(length + 1);
        if (crypto_secretbox_open_easy((guint8 *)text, bytes + HEAD_BYTES, size - HEAD_BYTES, bytes + 1,
                                       keys->keys[i].bytes) == 0) {
            return text;
        }
        g_free(text);
    }
    g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "a sealed value of %" G_GSIZE_FORMAT " bytes does not open",
                size);
    return NULL;
}

guint secret_keys_count(const struct secret_keys *keys)
{
    return keys->n;
}

void secret_mac(const struct secret_keys *keys, guint which, const char *purpose, const void *data, gsize size,
                guint8 *mac)
{
    g_assert(which < keys->n);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, keys->keys[which].bytes, sizeof keys->keys[which].bytes);
    crypto_auth_hmacsha256_update(&state, (const guint8 *)purpose, strlen(purpose) + 1);
    crypto_auth_hmacsha256_update(&state, data, size);
    crypto_auth_hmacsha256_final(&state, mac);
}
