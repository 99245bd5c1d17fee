/*
 * session_gate.h: the account area's part in the router's gate.
 */
#ifndef ACCOUNT_SESSION_GATE_H
#define ACCOUNT_SESSION_GATE_H

#include "web/router.h"

/* struct gate.resolve. */
bool session_gate_resolve(struct context *context, const char *token, GError **error);

/* struct gate.resolve_token. */
bool session_gate_resolve_token(struct context *context, const char *authorization, GError **error);

#endif
