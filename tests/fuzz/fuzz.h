/*
 * fuzz.h: what the fuzz targets share. Each is a function of bytes that asserts what must hold for any of them.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include "web/params.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

/* Called by libFuzzer, once for each input. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as a text; what follows a NUL is left out. The caller frees. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
    return g_strndup((const char *)data, size);
}

/* Take the first byte, 0 when there is none, to steer by. */
static inline guint fuzz_byte(const uint8_t **data, size_t *size)
{
    if (*size == 0) {
        return 0;
    }
    --*size;
    return *(*data)++;
}

static inline void fuzz_same_params(const struct params *a, const struct params *b)
{
    g_assert_cmpuint(a->n, ==, b->n);
    for (guint i = 0; i < a->n; i++) {
        g_assert_cmpstr(a->at[i].name, ==, b->at[i].name);
        g_assert_cmpstr(a->at[i].value, ==, b->at[i].value);
    }
}

/* As a browser would send them. The caller frees. */
static inline GString *fuzz_encode(const struct params *params)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < params->n; i++) {
        g_string_append_c(text, '&');
        g_string_append_uri_escaped(text, params->at[i].name, NULL, FALSE);
        g_string_append_c(text, '=');
        g_string_append_uri_escaped(text, params->at[i].value, NULL, FALSE);
    }
    return text;
}

#endif
