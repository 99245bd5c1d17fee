/*
 * session_gate.c: what the router asks before every page: whose token is this?
 */
#include "account/session_gate.h"

#include "account/session.h"

bool session_gate_resolve(struct context *context, const char *token, GError **error)
{
    struct db_permit gate = { .roles = ROLE_GATE, .scopes = SCOPE_SESSION };
    struct db_permit before = db_permit(context->db, gate);
    bool good = session_resolve(context->db, context->config, token, context->now, &context->session, error);
    bool counts = context->route != NULL && (context->route->flags & ROUTE_NOT_COUNTED) == 0;
    if (good && context->session.account != 0 && counts) {
        good = session_touch(context->db, &context->session, context->now, error);
    }
    db_permit(context->db, before);
    return good;
}
