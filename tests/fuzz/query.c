/*
 * query.c: fuzzes the decoder of query strings and forms. What it takes is clean text, and encoded again it is the
 * same.
 */
#include "fuzz.h"

#include "base/error.h"
#include "base/text.h"
#include "web/request.h"

/* The same bytes as the body of a POST. */
struct body {
    const char *bytes;
    gsize left;
    char length[24];
};

static const char *variable(void *data, const char *name)
{
    static const char *const variables[][2] = {
        { "REQUEST_METHOD", "POST" },
        { "REQUEST_URI", "/" },
        { "CONTENT_TYPE", "application/x-www-form-urlencoded" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        if (strcmp(variables[i][0], name) == 0) {
            return variables[i][1];
        }
    }
    return strcmp(name, "CONTENT_LENGTH") == 0 ? ((struct body *)data)->length : NULL;
}

/* In pieces of at most seven bytes, as a slow server would give them. */
static gsize read_piece(void *data, char *buffer, gsize size)
{
    struct body *body = data;
    gsize n = MIN(MIN(size, body->left), 7);
    memcpy(buffer, body->bytes, n);
    body->bytes += n;
    body->left -= n;
    return n;
}

static void check_body(const char *bytes, gsize n, const struct params *want)
{
    struct body body = { .bytes = bytes, .left = n };
    const struct request_source source = { .variable = variable, .read = read_piece, .data = &body };
    int status = 0;
    g_snprintf(body.length, sizeof body.length, "%" G_GSIZE_FORMAT, n);
    AUTO(request) struct request *request = request_read(&source, &status, NULL);
    g_assert_cmpint(request != NULL, ==, want != NULL);
    if (request != NULL) {
        fuzz_same_params(request->form, want);
    } else {
        g_assert_cmpint(status, ==, 400);
    }
}

static void check(const struct params *params)
{
    g_autoptr(GString) text = fuzz_encode(params);
    AUTO(params) struct params *again = params_parse(text->str, text->len, NULL);
    g_assert_nonnull(again);
    fuzz_same_params(params, again);
    g_assert_cmpuint(params->n, <=, PARAMS_MOST);
    for (guint i = 0; i < params->n; i++) {
        guint count = 0;
        g_assert_true(text_is_clean(params->at[i].name, strlen(params->at[i].name), true));
        g_assert_true(text_is_clean(params->at[i].value, strlen(params->at[i].value), true));
        g_assert_nonnull(params_get(params, params->at[i].name, &count));
        g_assert_cmpuint(count, >=, 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = g_memdup2(data, size); /* of exactly this length: a read beyond it is seen */
    AUTO(params) struct params *params = params_parse(bytes, size, &error);
    g_assert_true((params == NULL) == (error != NULL));
    check_body(bytes, size, params);
    if (params != NULL) {
        check(params);
    } else {
        g_assert_error(error, PORTAL_ERROR, PORTAL_INVALID);
    }
    return 0;
}
