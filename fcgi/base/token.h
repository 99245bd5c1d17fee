/*
 * token.h: random tokens, digests and the comparison that tells nothing by its time.
 */
#ifndef BASE_TOKEN_H
#define BASE_TOKEN_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { DIGEST_BYTES = 32, TOKEN_BYTES = 32, TOKEN_TEXT = 43 };

/* Make ready the random source; abort if there is none. Call once at start. */
void token_open(void);

/* A new random token of 256 bits as 43 characters of URL-safe base64. The caller frees. */
char *token_new(void);

/* True if `text` has the form of a token. */
bool token_is_well_formed(const char *text);

/* SHA-256 of `text`. */
void token_digest(const char *text, uint8_t digest[DIGEST_BYTES]);

/* HMAC-SHA-256 of `text` under `key`, as URL-safe base64. The caller frees. */
char *token_mac(const char *key, const char *text);

/* True if both are the same text; takes the same time wherever they differ. */
bool token_equal(const char *a, const char *b);

/* A token in another guise each time, so that a page that is compressed tells nothing of it by its length; and back:
 * NULL if `masked` is no such text. The caller frees. */
char *token_mask(const char *token);
char *token_unmask(const char *masked);

/* `n` characters of an alphabet without look-alikes (no 0 O 1 l I), for initial passwords. The caller
 * clears and frees. */
char *token_password(gsize n);

#endif
