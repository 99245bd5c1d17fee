/*
 * request.c: fuzzes the reader of whole requests: the first eleven lines of the input are what nginx hands on, in the
 * order of `take`, an empty one was not sent; the rest is the body. The first byte of all is the size of pieces, which
 * change nothing; whatever is taken is within what request.h promises, JSON to the API is read as well.
 */
#include "../unit/feed.h"
#include "fuzz.h"

#include "base/error.h"
#include "base/json_read.h"

enum { LINES = 11 };

/* The fields of a feed, in the order of the lines. */
static void take(struct feed *feed, char *const *lines, guint n)
{
    const char **const fields[LINES] = {
        &feed->method, &feed->uri,    &feed->type,       &feed->length,        &feed->cookies,   &feed->origin,
        &feed->agent,  &feed->upload, &feed->fetch_site, &feed->authorization, &feed->languages,
    };
    for (guint i = 0; i < LINES; i++) {
        *fields[i] = i < n && *lines[i] != '\0' ? lines[i] : NULL;
    }
    feed->body = n > LINES ? lines[LINES] : NULL;
}

static bool is_plain(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < ' ' || *text > '~') {
            return false;
        }
    }
    return true;
}

static void check_taken(const struct request *request, const struct feed *feed)
{
    bool is_post = request->method == METHOD_POST;
    g_assert_true(*request->path == '/' && strpbrk(request->path, "\r\n\t\\") == NULL);
    g_assert_true(g_utf8_validate(request->path, -1, NULL));
    g_assert_true(strlen(request->agent) <= 255 && is_plain(request->agent));
    g_assert_true(request->query != NULL && request->form != NULL && request->files != NULL);
    g_assert_true(is_post || (request->form->n == 0 && request->files->n == 0 && request->body == NULL));
    g_assert_true(request->files->n == 0 || g_strcmp0(feed->upload, request->path) == 0);
    if (request_is_api(request->path)) {
        g_assert_true(request->form->n == 0 && (!is_post || request->body_length <= API_BODY_MOST));
        g_assert_cmpstr(request->authorization, ==, feed->authorization);
    } else {
        g_assert_true(request->body == NULL && request->authorization == NULL);
    }
    g_free(request_cookie(request, "s"));
    if (request->body != NULL) {
        struct json_object *json = json_read(request->body, request->body_length, NULL);
        g_assert_true(json == NULL || json_object_is_type(json, json_type_object));
        json_object_put(json);
    }
}

static struct request *read_in_pieces(struct feed *feed, gsize piece, int *status, GError **error)
{
    feed->read_at_once = piece;
    feed->taken = 0;
    return feed_request(feed, status, error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    guint piece = fuzz_byte(&data, &size);
    g_autofree char *text = fuzz_text(data, size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", LINES + 1);
    g_autoptr(GError) error = NULL, again = NULL;
    struct feed feed = { 0 };
    int status = 0, same = 0;
    take(&feed, lines, g_strv_length(lines));

    AUTO(request) struct request *request = read_in_pieces(&feed, 0, &status, &error);
    AUTO(request) struct request *pieces = read_in_pieces(&feed, piece, &same, &again);
    g_assert_true((request == NULL) == (pieces == NULL));
    if (request == NULL) {
        g_assert_true(error->domain == PORTAL_ERROR && status == same);
        g_assert_true(status == 400 || status == 413 || status == 415);
        return 0;
    }
    check_taken(request, &feed);
    g_assert_cmpstr(request->path, ==, pieces->path);
    fuzz_same_params(request->query, pieces->query);
    fuzz_same_params(request->form, pieces->form);
    g_assert_cmpuint(request->files->n, ==, pieces->files->n);
    g_assert_cmpmem(request->body, request->body_length, pieces->body, pieces->body_length);
    return 0;
}
