/*
 * session_gate.c: what the router asks before every page: whose token is this, and whose page?
 */
#include "account/session_gate.h"

#include "account/api_token.h"
#include "account/session.h"

static bool touch(struct context *context, GError **error)
{
    bool counts = context->route != NULL && (context->route->flags & ROUTE_NOT_COUNTED) == 0;
    return context->session.account == 0 || !counts ||
           session_touch(context->db, &context->session, context->now, error);
}

bool session_gate_resolve(struct context *context, const char *token, GError **error)
{
    struct db_permit gate = { .roles = ROLE_GATE, .scopes = SCOPE_SESSION };
    struct db_permit before = db_permit(context->db, gate);
    const uint64_t *asked = context->request->has_base ? &context->request->customer : NULL;
    bool good = session_resolve(context->db, context->config, token, asked, context->now, &context->session, error) &&
                touch(context, error);
    db_permit(context->db, before);
    return good;
}

bool session_gate_resolve_token(struct context *context, const char *authorization, GError **error)
{
    struct db_permit gate = { .roles = ROLE_GATE, .scopes = SCOPE_SESSION };
    const char *token = api_token_of_header(authorization);
    if (token == NULL) {
        return true;
    }
    struct db_permit before = db_permit(context->db, gate);
    bool good = api_token_resolve(context->db, context->config, token, context->now, &context->session, error) &&
                touch(context, error);
    db_permit(context->db, before);
    return good;
}
