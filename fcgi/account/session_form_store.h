/*
 * session_form_store.h: the form that is kept for a session, as a row. What is in it comes and goes sealed.
 */
#ifndef ACCOUNT_SESSION_FORM_STORE_H
#define ACCOUNT_SESSION_FORM_STORE_H

#include "base/session.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

/* Keep the form of an ended session, in place of the one before. */
bool session_form_keep(struct db *db, const struct session *ended, const char *path, GBytes *sealed, struct moment now,
                       GError **error);

/* The form of a session; `path` NULL without an error: none, or too old. The caller frees both. */
bool session_form_get(struct db *db, const struct session *session, struct moment now, char **path, GBytes **sealed,
                      GError **error);

/* Forget the form of a session, if it is one of `path`. */
bool session_form_drop(struct db *db, const struct session *session, const char *path, GError **error);

/* Forget an ended session, and its form with it. */
bool session_drop_ended(struct db *db, const struct session *ended, GError **error);

/* Give the form of the session `from` to the one of `token`, both of `account`. */
bool session_form_move(struct db *db, uint64_t account, uint64_t from, const char *token, GError **error);

/* Forget all forms of an account. */
bool session_forms_drop(struct db *db, uint64_t account, GError **error);

#endif
