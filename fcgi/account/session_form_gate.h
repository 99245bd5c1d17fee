/*
 * session_form_gate.h: forms of sessions that have ended, for the router's gate.
 */
#ifndef ACCOUNT_SESSION_FORM_GATE_H
#define ACCOUNT_SESSION_FORM_GATE_H

#include "web/router.h"

/* struct gate.form_keep, form_get, form_drop, session_drop. */
bool session_form_gate_keep(struct context *context, const char *path, const char *text, GError **error);
bool session_form_gate_get(struct context *context, char **path, char **text, GError **error);
bool session_form_gate_drop(struct context *context, const char *path, GError **error);
bool session_form_gate_end(struct context *context, GError **error);

#endif
