/*
 * visit.h: forms that need no session, as the login's. Their token hangs on the cookie of the visit, which lasts as
 * long as the browser: a login or a logout in another tab leaves it as it is.
 */
#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include "web/router.h"

/* True if a POST that is open to all passes: its token is of the visit; or it came from a page of ours with an older
 * token or without a cookie, then context->is_stale: nothing is done, the form is shown again. */
bool visit_passes(struct context *context);

#endif
