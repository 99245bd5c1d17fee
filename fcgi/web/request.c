/*
 * request.c: reads a request from the server's variables. Knows nothing of FastCGI, so that tests and fuzzers
 * can feed it.
 */
#include "web/request.h"

#include "base/address.h"
#include "base/error.h"
#include "web/multipart.h"
#include "web/part_head.h"

#include <string.h>

static const char *variable(const struct request_source *source, const char *name)
{
    const char *value = source->variable(source->data, name);
    return value != NULL ? value : "";
}

static char *variable_or_null(const struct request_source *source, const char *name)
{
    return g_strdup(source->variable(source->data, name));
}

static enum method read_method(struct request *request, const char *name)
{
    request->is_head = strcmp(name, "HEAD") == 0;
    if (request->is_head || strcmp(name, "GET") == 0) {
        return METHOD_GET;
    }
    return strcmp(name, "POST") == 0 ? METHOD_POST : METHOD_OTHER;
}

static gboolean fail(int *status, int code, GError **error, const char *message)
{
    *status = code;
    g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "%s", message);
    return FALSE;
}

/* REQUEST_URI is what the browser sent: decoded here, once. */
static gboolean read_target(struct request *request, const char *target, int *status, GError **error)
{
    gsize base = address_read_base(target, &request->customer);
    request->has_base = base > 0;
    target += base;
    const char *question = strchr(target, '?');
    gsize length = question != NULL ? (gsize)(question - target) : strlen(target);
    request->target = g_strdup(target);
    request->path = params_decode(target, length, FALSE);
    if (request->path == NULL || *request->path != '/' || strpbrk(request->path, "\r\n\t\\") != NULL) {
        return fail(status, 400, error, "the path cannot be read");
    }
    const char *query = question != NULL ? question + 1 : "";
    request->query = params_parse(query, strlen(query), error);
    *status = 400;
    return request->query != NULL;
}

static gboolean read_length(const struct request_source *source, gsize most, gsize *length, int *status, GError **error)
{
    const char *text = variable(source, "CONTENT_LENGTH");
    guint64 read = 0;
    if (*text != '\0' && !g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT64, &read, NULL)) {
        return fail(status, 400, error, "the length is no number");
    }
    if (read > most) {
        return fail(status, 413, error, "the body is too long");
    }
    *length = read;
    return TRUE;
}

/* The whole body, and a NUL behind it. NULL: it ended early. The caller frees. */
static char *read_whole(const struct request_source *source, gsize length)
{
    g_autofree char *body = g_malloc(length + 1);
    gsize got = 0;
    for (gsize more = 1; got < length && more > 0; got += more) {
        more = source->read(source->data, body + got, length - got);
    }
    body[got] = '\0';
    return got == length ? g_steal_pointer(&body) : NULL;
}

static gboolean read_encoded(struct request *request, const struct request_source *source, gsize length, int *status,
                             GError **error)
{
    g_autofree char *body = read_whole(source, length);
    if (body == NULL) {
        return fail(status, 400, error, "the body ended early");
    }
    *status = 400;
    request->form = params_parse(body, length, error);
    explicit_bzero(body, length);
    return request->form != NULL;
}

static gboolean fail_early(GError **error)
{
    g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "the body ended early");
    return FALSE;
}

/* Files go to the disk as they come. */
static gboolean feed(struct multipart *multipart, const struct request_source *source, gsize length, GError **error)
{
    enum { PIECE = 65536 };
    g_autofree char *piece = g_malloc(PIECE);
    gboolean good = TRUE;
    while (good && length > 0) {
        gsize n = source->read(source->data, piece, MIN(length, PIECE));
        good = n > 0 ? multipart_feed(multipart, piece, n, error) : fail_early(error);
        length -= n;
    }
    explicit_bzero(piece, PIECE);
    return good;
}

static gboolean read_multipart(struct request *request, const struct request_source *source, gsize length, int *status,
                               GError **error)
{
    static const int statuses[PORTAL_ERROR_N] = { [PORTAL_LIMIT] = 413, [PORTAL_BUSY] = 503 };
    g_autoptr(GError) failure = NULL;
    AUTO(multipart) struct multipart *multipart = multipart_new(variable(source, "CONTENT_TYPE"), &failure);
    if (multipart != NULL && feed(multipart, source, length, &failure) &&
        multipart_end(multipart, &request->form, &request->files, &failure)) {
        return TRUE;
    }
    int known = statuses[portal_error_code(failure)];
    *status = known != 0 ? known : 400;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

static gboolean is_type(const char *type, const char *wanted)
{
    gsize n = strlen(wanted);
    return g_ascii_strncasecmp(type, wanted, n) == 0 && (type[n] == '\0' || type[n] == ';' || type[n] == ' ');
}

bool request_is_api(const char *path)
{
    return g_str_has_prefix(path, "/api/");
}

/* JSON is read later, once it is known who sends it. */
static gboolean read_api_body(struct request *request, const struct request_source *source, int *status, GError **error)
{
    if (!read_length(source, API_BODY_MOST, &request->body_length, status, error)) {
        return FALSE;
    }
    if (!is_type(variable(source, "CONTENT_TYPE"), "application/json")) {
        return fail(status, 415, error, "the body is no JSON");
    }
    request->body = read_whole(source, request->body_length);
    request->form = params_parse("", 0, NULL);
    return request->body != NULL || fail(status, 400, error, "the body ended early");
}

static gboolean read_body(struct request *request, const struct request_source *source, int *status, GError **error)
{
    const char *type = variable(source, "CONTENT_TYPE");
    gboolean is_multipart =
        part_is_type(type) && source->takes_files != NULL && source->takes_files(source->data, request->path);
    gsize length = 0;
    if (!read_length(source, is_multipart ? MULTIPART_BODY_MOST : BODY_MOST, &length, status, error)) {
        return FALSE;
    }
    if (is_multipart) {
        return read_multipart(request, source, length, status, error);
    }
    if (!is_type(type, "application/x-www-form-urlencoded")) {
        return fail(status, 415, error, "the body is no form");
    }
    return read_encoded(request, source, length, status, error);
}

/* Agents are shown in mails and lists: keep what can be printed. */
static char *read_agent(const char *text)
{
    GString *agent = g_string_new(NULL);
    for (const char *at = text; *at != '\0' && agent->len < 255; at++) {
        g_string_append_c(agent, *at >= 0x20 && *at < 0x7F ? *at : '?');
    }
    return g_string_free(agent, FALSE);
}

static void read_api_head(struct request *request, const struct request_source *source)
{
    request->authorization = variable_or_null(source, "HTTP_AUTHORIZATION");
    request->idempotency_key = variable_or_null(source, "HTTP_IDEMPOTENCY_KEY");
}

struct request *request_read_sender(const struct request_source *source)
{
    struct request *request = g_new0(struct request, 1);
    request->id = g_strndup(variable(source, "REQUEST_ID"), 64);
    request->address = g_strndup(variable(source, "REMOTE_ADDR"), 45);
    request->agent = read_agent(variable(source, "HTTP_USER_AGENT"));
    request->origin = variable_or_null(source, "HTTP_ORIGIN");
    request->referer = variable_or_null(source, "HTTP_REFERER");
    request->fetch_site = variable_or_null(source, "HTTP_SEC_FETCH_SITE");
    request->cookies = variable_or_null(source, "HTTP_COOKIE");
    request->languages = variable_or_null(source, "HTTP_ACCEPT_LANGUAGE");
    return request;
}

struct request *request_read(const struct request_source *source, int *status, GError **error)
{
    AUTO(request) struct request *request = request_read_sender(source);
    request->method = read_method(request, variable(source, "REQUEST_METHOD"));
    if (!read_target(request, variable(source, "REQUEST_URI"), status, error)) {
        return NULL;
    }
    if (request_is_api(request->path)) {
        read_api_head(request, source);
    }
    if (request->method == METHOD_POST) {
        bool is_api = request_is_api(request->path);
        if (is_api ? !read_api_body(request, source, status, error) : !read_body(request, source, status, error)) {
            return NULL;
        }
    } else {
        request->form = params_parse("", 0, NULL);
    }
    request->files = request->files != NULL ? request->files : files_new();
    return g_steal_pointer(&request);
}

void request_free(struct request *request)
{
    if (request->query != NULL) {
        params_free(request->query);
    }
    if (request->form != NULL) {
        params_free(request->form);
    }
    if (request->files != NULL) {
        files_free(request->files);
    }
    g_free(request->path);
    g_free(request->target);
    g_free(request->id);
    g_free(request->address);
    g_free(request->agent);
    g_free(request->origin);
    g_free(request->referer);
    g_free(request->fetch_site);
    g_free(request->cookies);
    if (request->authorization != NULL) {
        explicit_bzero(request->authorization, strlen(request->authorization));
    }
    g_free(request->authorization);
    g_free(request->languages);
    g_free(request->idempotency_key);
    g_free(request->body);
    g_free(request);
}

char *request_cookie(const struct request *request, const char *name)
{
    g_autofree char *found = NULL;
    gsize n = strlen(name);
    for (const char *at = request->cookies; at != NULL;) {
        at += strspn(at, " \t;");
        const char *end = at + strcspn(at, ";");
        if (strncmp(at, name, n) == 0 && at[n] == '=') {
            if (found != NULL) {
                return NULL;
            }
            found = g_strchomp(g_strndup(at + n + 1, (gsize)(end - at) - n - 1));
        }
        at = *end != '\0' ? end : NULL;
    }
    return g_steal_pointer(&found);
}
