/*
 * refuse.h: answers that are no page of their own: refusals and errors, in the portal's look.
 */
#ifndef WEB_REFUSE_H
#define WEB_REFUSE_H

#include "web/router.h"

/* Answer with the error page of `kind` (a word that the view knows) and `status`. */
void refuse(struct context *context, int status, const char *kind);

/* Log `error` once and answer as its code says. */
void refuse_error(struct context *context, const GError *error);

#endif
