/*
 * token.c: everything random comes from libsodium, that is from getrandom().
 */
#include "base/token.h"

#include <sodium.h>
#include <string.h>

static char *to_text(const uint8_t *bytes, gsize n)
{
    gsize size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = g_malloc(size);
    sodium_bin2base64(text, size, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text;
}

void token_open(void)
{
    g_assert(sodium_init() >= 0);
}

char *token_new(void)
{
    uint8_t bytes[TOKEN_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    char *text = to_text(bytes, sizeof bytes);
    explicit_bzero(bytes, sizeof bytes);
    return text;
}

bool token_is_well_formed(const char *text)
{
    for (gsize i = 0; i < TOKEN_TEXT; i++) {
        if (!g_ascii_isalnum(text[i]) && text[i] != '-' && text[i] != '_') {
            return false;
        }
    }
    return text[TOKEN_TEXT] == '\0';
}

void token_digest(const char *text, uint8_t digest[DIGEST_BYTES])
{
    crypto_hash_sha256(digest, (const unsigned char *)text, strlen(text));
}

char *token_mac(const char *key, const char *text)
{
    uint8_t mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key, strlen(key));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)text, strlen(text));
    crypto_auth_hmacsha256_final(&state, mac);
    return to_text(mac, sizeof mac);
}

bool token_equal(const char *a, const char *b)
{
    gsize n = strlen(a);
    return strlen(b) == n && sodium_memcmp(a, b, n) == 0;
}

/* Random bytes, then the token's combined with them. */
char *token_mask(const char *token)
{
    uint8_t bytes[2 * TOKEN_TEXT];
    g_assert(strlen(token) == TOKEN_TEXT);
    randombytes_buf(bytes, TOKEN_TEXT);
    for (gsize i = 0; i < TOKEN_TEXT; i++) {
        bytes[TOKEN_TEXT + i] = (uint8_t)(token[i] ^ bytes[i]);
    }
    return to_text(bytes, sizeof bytes);
}

char *token_unmask(const char *masked)
{
    uint8_t bytes[2 * TOKEN_TEXT];
    size_t length = 0;
    if (sodium_base642bin(bytes, sizeof bytes, masked, strlen(masked), NULL, &length, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        length != sizeof bytes) {
        return NULL;
    }
    char *token = g_malloc0(TOKEN_TEXT + 1);
    for (gsize i = 0; i < TOKEN_TEXT; i++) {
        token[i] = (char)(bytes[i] ^ bytes[TOKEN_TEXT + i]);
    }
    return token;
}

char *token_password(gsize n)
{
    static const char alphabet[] = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    char *text = g_malloc(n + 1);
    for (gsize i = 0; i < n; i++) {
        text[i] = alphabet[randombytes_uniform(sizeof alphabet - 1)];
    }
    text[n] = '\0';
    return text;
}
