/*
 * session_form.h: a form whose session has ended. Login leads back to its page, and what was typed is there again: the
 * gate keeps it, sealed, for the same account in the same browser.
 */
#ifndef WEB_SESSION_FORM_H
#define WEB_SESSION_FORM_H

#include "web/router.h"

enum { SESSION_FORM_MOST = 64 * 1024 };

/* Answer a POST that nobody is signed in for: lead to the login page, and back to the page of the form afterwards. What
 * was typed is kept if time has ended the session, and no longer ago than SESSION_KEPT_SECONDS, the token is of that
 * session, and the page can show it again: no files, no fields of FIELD_EXACT, up to SESSION_FORM_MOST bytes. */
void session_form_lead(struct context *context);

/* True if the form is of the session that the present one took the place of: the person logged in again in another tab.
 */
bool session_form_is_former(const struct context *context);

/* Before the page runs. GET with kept=1: give it what was typed, as if it had been sent and had no fault, in
 * context->values if the page is that of the form, in context->kept if it has boxes. POST: forget it, for it is sent
 * again. */
bool session_form_take(struct context *context, GError **error);

/* Say on the page that what it shows is not saved. */
void session_form_say(struct context *context);

/* True if the box of `id` was ticked in the field `name` of what is kept. */
bool session_form_ticks(const struct context *context, const char *name, uint64_t id);

#endif
