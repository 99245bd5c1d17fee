/*
 * test_secret.c: what is sealed opens under its key alone, and only unchanged; key files are read strictly.
 */
#include "base/secret.h"

#include "base/error.h"
#include "base/token.h"

#include <glib/gstdio.h>
#include <string.h>

#define KEY_A "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define KEY_B "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static struct secret_keys *keys_of(const char *text, int mode, GError **error)
{
    g_autofree char *file = NULL;
    int fd = g_file_open_tmp("keys-XXXXXX", &file, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(file, text, -1, NULL));
    g_assert_cmpint(g_chmod(file, mode), ==, 0);
    struct secret_keys *keys = secret_keys_open(file, error);
    g_unlink(file);
    return keys;
}

static void test_files(void)
{
    static const struct {
        const char *text;
        int mode;
        gboolean good;
    } cases[] = {
        { "1 " KEY_A "\n", 0600, TRUE },
        { "1 " KEY_A, 0600, TRUE },
        { "# a comment\n\n255 " KEY_A "\n1 " KEY_B "\n", 0640, TRUE },
        { "1 " KEY_A "\n", 0604, FALSE },
        { "1 " KEY_A "\n", 0602, FALSE },
        { "", 0600, FALSE },
        { "# nothing\n", 0600, FALSE },
        { "0 " KEY_A "\n", 0600, FALSE },
        { "256 " KEY_A "\n", 0600, FALSE },
        { KEY_A "\n", 0600, FALSE },
        { "1  " KEY_A "\n", 0600, FALSE },
        { "1 " KEY_A "00\n", 0600, FALSE },
        { "1 " KEY_A " \n", 0600, FALSE },
        { "1 " KEY_A "\r\n", 0600, FALSE },
        { "1 0001\n", 0600, FALSE },
        { "1 zz" KEY_A "\n", 0600, FALSE },
        { "1 " KEY_A "\nx\n", 0600, FALSE },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        AUTO(secret_keys) struct secret_keys *keys = keys_of(cases[i].text, cases[i].mode, &error);
        g_test_message("case %" G_GSIZE_FORMAT, i);
        g_assert_cmpint(keys != NULL, ==, cases[i].good);
        g_assert_cmpint(error == NULL, ==, cases[i].good);
        if (error != NULL) {
            g_assert_null(strstr(error->message, "0102030405"));
        }
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(secret_keys_open("/nonexistent/keys", &error));
    g_assert_nonnull(error);
}

static void test_round_trip(void)
{
    static const char *const texts[] = { "", "a", "\u3042\n\"", "LPA:1$smdp.example$0123" };
    AUTO(secret_keys) struct secret_keys *keys = keys_of("7 " KEY_A "\n", 0600, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GBytes) sealed = secret_seal(keys, texts[i]), again = secret_seal(keys, texts[i]);
        gsize size = 0;
        const guint8 *bytes = g_bytes_get_data(sealed, &size);
        g_autofree char *got = secret_open(keys, bytes, size, NULL);
        g_assert_cmpstr(got, ==, texts[i]);
        g_assert_cmpint(bytes[0], ==, 7);
        g_assert_false(g_bytes_equal(sealed, again)); /* a nonce of its own each time */
        g_assert_true(*texts[i] == '\0' || strlen(texts[i]) < 4 ||
                      memmem(bytes, size, texts[i], strlen(texts[i])) == NULL);
    }
}

static void refuses(const struct secret_keys *keys, const void *bytes, gsize size)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(secret_open(keys, bytes, size, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_INTERNAL);
}

static void test_changed(void)
{
    AUTO(secret_keys) struct secret_keys *keys = keys_of("7 " KEY_A "\n", 0600, NULL);
    g_autoptr(GBytes) sealed = secret_seal(keys, "secret");
    gsize size = 0;
    const guint8 *bytes = g_bytes_get_data(sealed, &size);
    for (gsize i = 0; i < size; i++) {
        g_autofree guint8 *copy = g_memdup2(bytes, size);
        copy[i] ^= 1;
        refuses(keys, copy, size);
    }
    for (gsize shorter = 0; shorter < size; shorter++) {
        refuses(keys, bytes, shorter);
    }
}

static void test_change_of_keys(void)
{
    AUTO(secret_keys) struct secret_keys *old_keys = keys_of("1 " KEY_A "\n", 0600, NULL);
    AUTO(secret_keys) struct secret_keys *both = keys_of("2 " KEY_B "\n1 " KEY_A "\n", 0600, NULL);
    AUTO(secret_keys) struct secret_keys *new_keys = keys_of("2 " KEY_B "\n", 0600, NULL);
    AUTO(secret_keys) struct secret_keys *other = keys_of("1 " KEY_B "\n", 0600, NULL);
    g_autoptr(GBytes) sealed = secret_seal(old_keys, "secret"), resealed = secret_seal(both, "secret");
    gsize size = 0;
    const guint8 *bytes = g_bytes_get_data(sealed, &size);
    g_autofree char *got = secret_open(both, bytes, size, NULL);
    g_assert_cmpstr(got, ==, "secret");
    refuses(new_keys, bytes, size);
    refuses(other, bytes, size);
    bytes = g_bytes_get_data(resealed, &size);
    g_assert_cmpint(bytes[0], ==, 2); /* the first line seals */
    g_autofree char *again = secret_open(new_keys, bytes, size, NULL);
    g_assert_cmpstr(again, ==, "secret");
}

static void test_mac(void)
{
    AUTO(secret_keys) struct secret_keys *a = keys_of("1 " KEY_A "\n", 0600, NULL);
    AUTO(secret_keys) struct secret_keys *b = keys_of("1 " KEY_B "\n", 0600, NULL);
    guint8 first[32], same[32], key[32], purpose[32], data[32], shifted[32];
    secret_mac(a, 0, "audit", "xy", 2, first);
    secret_mac(a, 0, "audit", "xy", 2, same);
    secret_mac(b, 0, "audit", "xy", 2, key);
    secret_mac(a, 0, "other", "xy", 2, purpose);
    secret_mac(a, 0, "audit", "xz", 2, data);
    secret_mac(a, 0, "auditx", "y", 1, shifted); /* where the purpose ends counts */
    g_assert_cmpmem(first, 32, same, 32);
    g_assert_cmpint(memcmp(first, key, 32), !=, 0);
    g_assert_cmpint(memcmp(first, purpose, 32), !=, 0);
    g_assert_cmpint(memcmp(first, data, 32), !=, 0);
    g_assert_cmpint(memcmp(first, shifted, 32), !=, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    token_open();
    g_test_add_func("/secret/key-files-are-read-strictly", test_files);
    g_test_add_func("/secret/round-trip", test_round_trip);
    g_test_add_func("/secret/one-changed-bit-does-not-open", test_changed);
    g_test_add_func("/secret/keys-can-be-changed", test_change_of_keys);
    g_test_add_func("/secret/mac-hangs-on-key-purpose-and-data", test_mac);
    return g_test_run();
}
