/*
 * health_page.c: GET /healthz: {"status":"ok"} or, with 503, {"status":"database away"}.
 */
#include "portal/health_page.h"

#include "base/log.h"

#include <string.h>

enum { PATIENCE_SECONDS = 2 };

enum outcome health_page(struct context *context, GError **error)
{
    (void)error;
    g_autoptr(GError) failure = NULL;
    const char *body = "{\"status\":\"ok\"}\n";
    if (!db_probe(context->config, PATIENCE_SECONDS, &failure)) {
        log_error(LOG_WARNING, "health", failure);
        body = "{\"status\":\"database away\"}\n";
        response_status(context->response, 503);
    }
    response_send(context->response, "application/json; charset=utf-8", body, strlen(body));
    return DONE;
}
