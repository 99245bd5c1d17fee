/*
 * purge_store.h: rows that have had their time. Each call takes a bite; `more` tells that it was a full one.
 */
#ifndef WORKER_PURGE_STORE_H
#define WORKER_PURGE_STORE_H

#include "base/clock.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

/* Forms kept until `kept`; then sessions without one, last used before `idle` or begun before `old`. */
bool purge_sessions(struct db *db, struct moment kept, struct moment idle, struct moment old, guint *purged, bool *more,
                    GError **error);

/* Counts of failed logins whose last was before `before`. */
bool purge_login_failures(struct db *db, struct moment before, guint *purged, bool *more, GError **error);

/* Mails that were sent before `before`. */
bool purge_mails(struct db *db, struct moment before, guint *purged, bool *more, GError **error);

/* Tokens of the API that were over before `before`. */
bool purge_tokens(struct db *db, struct moment before, guint *purged, bool *more, GError **error);

/* Drafts that nobody has touched since. */
bool purge_drafts(struct db *db, struct moment before, guint *purged, bool *more, GError **error);

#endif
