/*
 * test_token.c: tokens have one form, do not repeat, and are compared whole.
 */
#include "base/token.h"

#include <string.h>

static void test_new(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < 1000; i++) {
        char *token = token_new();
        g_assert_true(token_is_well_formed(token));
        g_assert_true(g_hash_table_add(seen, token));
    }
}

static void test_form(void)
{
    static const struct {
        const char *text;
        bool want;
    } cases[] = {
        { "0123456789012345678901234567890123456789abc", true },
        { "0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZabcde", true },
        { "", false },
        { "0123456789012345678901234567890123456789ab", false },
        { "0123456789012345678901234567890123456789abcd", false },
        { "0123456789012345678901234567890123456789ab=", false },
        { "0123456789012345678901234567890123456789ab+", false },
        { "0123456789012345678901234567890123456789ab/", false },
        { "012345678901234567890123456789012345678' OR", false },
        { "0123456789012345678901234567890123456789\u3042", false },
        { " 123456789012345678901234567890123456789abc", false },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(token_is_well_formed(cases[i].text), ==, cases[i].want);
    }
}

/* FIPS 180-2, "abc". */
static void test_digest(void)
{
    static const uint8_t want[DIGEST_BYTES] = { 0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40,
                                                0xDE, 0x5D, 0xAE, 0x22, 0x23, 0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17,
                                                0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00, 0x15, 0xAD };
    uint8_t got[DIGEST_BYTES];
    token_digest("abc", got);
    g_assert_cmpmem(got, sizeof got, want, sizeof want);
}

/* RFC 4231, test case 2. */
static void test_mac(void)
{
    g_autofree char *got = token_mac("Jefe", "what do ya want for nothing?");
    g_autofree char *other_key = token_mac("jefe", "what do ya want for nothing?");
    g_autofree char *other_text = token_mac("Jefe", "what do ya want for nothing");
    g_assert_cmpstr(got, ==, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM");
    g_assert_cmpstr(got, !=, other_key);
    g_assert_cmpstr(got, !=, other_text);
}

static void test_equal(void)
{
    static const struct {
        const char *a, *b;
        bool want;
    } cases[] = {
        { "", "", true },       { "a", "a", true },     { "abc", "abc", true },  { "abc", "abd", false },
        { "abc", "ab", false }, { "ab", "abc", false }, { "xbc", "abc", false }, { "", "a", false },
        { "a", "", false },     { "A", "a", false },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(token_equal(cases[i].a, cases[i].b), ==, cases[i].want);
    }
}

static void test_password(void)
{
    for (gsize n = 0; n < 200; n++) {
        g_autofree char *text = token_password(n);
        g_assert_cmpuint(strlen(text), ==, n);
        g_assert_null(strpbrk(text, "0O1lI"));
        for (const char *at = text; *at != '\0'; at++) {
            g_assert_true(g_ascii_isalnum(*at));
        }
    }
    g_autofree char *a = token_password(16), *b = token_password(16);
    g_assert_cmpstr(a, !=, b);
}

/* security.md, compressed pages: the same token never looks the same, and nothing but a mask is taken back. */
static void test_mask(void)
{
    static const char *const wrong[] = { "", "x", "%", "AAAA", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG" };
    g_autofree char *token = token_new(), *one = token_mask(token), *other = token_mask(token);
    g_autofree char *one_back = token_unmask(one), *other_back = token_unmask(other);
    g_assert_cmpstr(one, !=, other);
    g_assert_null(strstr(one, token));
    g_assert_cmpstr(one_back, ==, token);
    g_assert_cmpstr(other_back, ==, token);
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_null(token_unmask(wrong[i]));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    token_open();
    g_test_add_func("/token/never-twice", test_new);
    g_test_add_func("/token/one-form", test_form);
    g_test_add_func("/token/digest-is-sha-256", test_digest);
    g_test_add_func("/token/mac-is-hmac-sha-256", test_mac);
    g_test_add_func("/token/compared-whole", test_equal);
    g_test_add_func("/token/initial-passwords-without-look-alikes", test_password);
    g_test_add_func("/token/mask", test_mask);
    return g_test_run();
}
