/*
 * session_store.h: what sessions and tokens of the API share as rows.
 */
#ifndef ACCOUNT_SESSION_STORE_H
#define ACCOUNT_SESSION_STORE_H

#include "account/session.h"

/* Read a row of session_resolve. */
void session_read(const struct db_rows *rows, struct session *session);

/* Give it the rights of its account's role; false if it has none any more: disabled, or the customer is lost. */
bool session_grant(const struct config *config, const struct db_rows *rows, struct session *session, struct moment now);

#endif
