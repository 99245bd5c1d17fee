/*
 * refuse.c: the error page. Works without a database: what the frame cannot fill in is left out.
 */
#include "web/refuse.h"

#include "base/error.h"
#include "base/log.h"
#include "web/api.h"

static const struct {
    const char *kind;
    enum log_level level;
} answers[PORTAL_ERROR_N] = {
    [PORTAL_INVALID] = { "invalid", LOG_INFO },        [PORTAL_NOT_FOUND] = { "not-found", LOG_INFO },
    [PORTAL_FORBIDDEN] = { "forbidden", LOG_WARNING }, [PORTAL_CONFLICT] = { "conflict", LOG_INFO },
    [PORTAL_LIMIT] = { "limit", LOG_WARNING },         [PORTAL_BUSY] = { "busy", LOG_WARNING },
    [PORTAL_UNCERTAIN] = { "uncertain", LOG_ERROR },   [PORTAL_INTERNAL] = { "internal", LOG_ERROR },
};

static char *render(struct context *context, int status, const char *kind, gsize *length, GError **error)
{
    if (!router_begin_doc(context, "error", error)) {
        return NULL;
    }
    node_set_number(context->part, "status", status);
    node_set(context->part, "kind", kind);
    node_set(context->part, "request-id", context->request->id);
    return view_render(context->view, context->doc, context->language, length, error);
}

void refuse(struct context *context, int status, const char *kind)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    if (context->is_api) {
        api_problem(context, status, kind, NULL);
        return;
    }
    response_status(context->response, status);
    g_autofree char *html = render(context, status, kind, &length, &error);
    if (html == NULL) {
        log_error(LOG_ERROR, "error-page", error);
        response_send(context->response, "text/plain; charset=utf-8", "", 0);
        return;
    }
    response_send(context->response, "text/html; charset=utf-8", html, length);
}

void refuse_error(struct context *context, const GError *error)
{
    enum portal_error code = portal_error_code(error);
    log_error(answers[code].level, answers[code].kind, error);
    if (response_is_sent(context->response)) {
        response_cut(context->response); /* a file that was begun: half of it must not look like the whole */
        return;
    }
    if (code == PORTAL_BUSY) {
        response_header(context->response, "Retry-After", "5");
    }
    refuse(context, portal_error_status(code), answers[code].kind);
}
