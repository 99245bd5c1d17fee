/*
 * visit.c: the tokens of forms that need no session.
 */
#include "web/visit.h"

#include "base/token.h"

static bool is_of_visit(const struct context *context)
{
    g_autofree char *visit = request_cookie(context->request, COOKIE_VISIT);
    g_autofree char *csrf = visit != NULL && token_is_well_formed(visit) ? router_csrf(visit) : NULL;
    return csrf != NULL && router_csrf_holds(context, csrf);
}

bool visit_passes(struct context *context)
{
    const struct route *route = context->route;
    if (route->right != RIGHT_PUBLIC || route->again == NULL) {
        return false;
    }
    if (is_of_visit(context)) {
        return true;
    }
    context->is_stale = router_origin_is_ours(context);
    return context->is_stale;
}
