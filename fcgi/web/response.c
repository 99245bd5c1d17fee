/*
 * response.c: status line, headers and body in the CGI form that nginx reads.
 */
#include "web/response.h"

#include "base/address.h"

#include <string.h>

/* nginx takes the status line as it is, and HTTP asks for something, were it a blank, behind the number. */
static const struct {
    int status;
    const char *reason;
} reasons[] = {
    { 200, "OK" },
    { 201, "Created" },
    { 303, "See Other" },
    { 400, "Bad Request" },
    { 401, "Unauthorized" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 405, "Method Not Allowed" },
    { 409, "Conflict" },
    { 413, "Content Too Large" },
    { 415, "Unsupported Media Type" },
    { 422, "Unprocessable Content" },
    { 429, "Too Many Requests" },
    { 500, "Internal Server Error" },
    { 503, "Service Unavailable" },
};

struct response {
    response_sink *sink;
    void *data;
    bool is_head, is_sent, is_broken, is_cut;
    int status;
    uint64_t bytes; /* sent so far */
    char *base;     /* NULL: none */
    GString *headers;
};

struct response *response_new(response_sink *sink, void *data, bool is_head)
{
    struct response *response = g_new0(struct response, 1);
    response->sink = sink;
    response->data = data;
    response->is_head = is_head;
    response->status = 200;
    response->headers = g_string_sized_new(512);
    return response;
}

void response_free(struct response *response)
{
    g_string_free(response->headers, TRUE);
    g_free(response->base);
    g_free(response);
}

void response_status(struct response *response, int status)
{
    response->status = status;
}

int response_get_status(const struct response *response)
{
    return response->status;
}

void response_header(struct response *response, const char *name, const char *value)
{
    g_assert(strpbrk(value, "\r\n") == NULL);
    g_string_append_printf(response->headers, "%s: %s\r\n", name, value);
}

void response_cookie(struct response *response, const char *name, const char *value, int seconds)
{
    g_autofree char *age = seconds == 0 ? g_strdup("") : g_strdup_printf("; Max-Age=%d", MAX(seconds, 0));
    g_autofree char *cookie = g_strdup_printf("%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax%s", name, value, age);
    response_header(response, "Set-Cookie", cookie);
}

static bool put(struct response *response, const char *bytes, gsize n)
{
    response->is_broken = response->is_broken || !response->sink(response->data, bytes, n);
    response->bytes += response->is_broken ? 0 : n;
    return !response->is_broken;
}

static const char *reason(int status)
{
    for (gsize i = 0; i < G_N_ELEMENTS(reasons); i++) {
        if (reasons[i].status == status) {
            return reasons[i].reason;
        }
    }
    return "Answered";
}

/* Headers, a blank line and the body as one piece: one write to nginx. */
static void send_whole(struct response *response, const char *body, gsize length)
{
    g_autoptr(GString) out = g_string_sized_new(response->headers->len + length + 64);
    g_string_append_printf(out, "Status: %d %s\r\n", response->status, reason(response->status));
    g_string_append_len(out, response->headers->str, (gssize)response->headers->len);
    g_string_append_printf(out, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
    if (!response->is_head) {
        g_string_append_len(out, body, (gssize)length);
    }
    response->is_sent = true;
    put(response, out->str, out->len);
}

void response_base(struct response *response, const char *base)
{
    g_free(response->base);
    response->base = g_strdup(base);
}

void response_redirect(struct response *response, const char *path)
{
    g_autofree char *address = address_below(response->base, path);
    response->status = 303;
    response_header(response, "Location", address);
    response_header(response, "Cache-Control", "no-store");
    send_whole(response, "", 0);
}

void response_send(struct response *response, const char *type, const char *body, gsize length)
{
    response_header(response, "Content-Type", type);
    response_header(response, "Cache-Control", "no-store");
    send_whole(response, body, length);
}

void response_send_public(struct response *response, const char *type, const char *body, gsize length, int seconds)
{
    g_autofree char *cache = g_strdup_printf("public, max-age=%d", seconds);
    response_header(response, "Content-Type", type);
    response_header(response, "Cache-Control", cache);
    send_whole(response, body, length);
}

void response_begin_file(struct response *response, const char *type, const char *file_name)
{
    g_autofree char *disposition = g_strdup_printf("attachment; filename=\"%s\"", file_name);
    response_header(response, "Content-Type", type);
    response_header(response, "Content-Disposition", disposition);
    response_header(response, "Cache-Control", "no-store");
    g_autofree char *head =
        g_strdup_printf("Status: %d %s\r\n%s\r\n", response->status, reason(response->status), response->headers->str);
    response->is_sent = true;
    put(response, head, strlen(head));
}

bool response_write(struct response *response, const char *bytes, gsize n)
{
    return response->is_head || put(response, bytes, n);
}

bool response_is_sent(const struct response *response)
{
    return response->is_sent;
}

void response_cut(struct response *response)
{
    response->is_cut = true;
}

uint64_t response_bytes(const struct response *response)
{
    return response->bytes;
}

bool response_is_cut(const struct response *response)
{
    return response->is_cut;
}
