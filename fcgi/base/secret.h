/*
 * secret.h: values that rest encrypted in the database (mail bodies, eSIM codes). libsodium secretbox under
 * a key from a file outside the database; each value names its key, so that keys can be changed.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/auto.h"

#include <glib.h>

struct secret_keys;

/* Read the key file: one line a key, "<id 1-255> <64 hex digits>"; the first line seals, all open. The file
 * must not be readable by others. The caller frees with secret_keys_free. */
struct secret_keys *secret_keys_open(const char *file, GError **error);
void secret_keys_free(struct secret_keys *keys);
AUTO_DEFINE(secret_keys)

/* Seal `text`. The caller unrefs. */
GBytes *secret_seal(const struct secret_keys *keys, const char *text);

/* Open what secret_seal made. The caller clears and frees. PORTAL_INTERNAL: no such key, or changed bytes. */
char *secret_open(const struct secret_keys *keys, const void *sealed, gsize size, GError **error);

/* HMAC-SHA-256 for `purpose` under key `which`: 0, the first, makes new ones; those that older keys made are checked
 * with the others, up to secret_keys_count. `mac` has 32 bytes. */
guint secret_keys_count(const struct secret_keys *keys);
void secret_mac(const struct secret_keys *keys, guint which, const char *purpose, const void *data, gsize size,
                guint8 *mac);

#endif
