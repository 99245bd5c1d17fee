/*
 * purge_store.c: deletes in bites, so that no transaction holds many rows. When is decided by jobs.c.
 */
#include "worker/purge_store.h"

enum { BITE = 1000, DRAFTS_A_BITE = 20 }; /* the LIMIT of the statements */

static bool purge(struct db *db, enum statement statement, struct moment before, guint *purged, bool *more,
                  GError **error)
{
    uint64_t rows = 0;
    if (!db_run(db, statement, &rows, error, DB_MOMENT(before))) {
        return false;
    }
    *purged += (guint)rows;
    *more = *more || rows >= BITE;
    return true;
}

bool purge_sessions(struct db *db, struct moment kept, struct moment idle, struct moment old, guint *purged, bool *more,
                    GError **error)
{
    *purged = 0;
    *more = false;
    return purge(db, STATEMENT_SESSION_FORM_PURGE, kept, purged, more, error) &&
           purge(db, STATEMENT_SESSION_PURGE_IDLE, idle, purged, more, error) &&
           purge(db, STATEMENT_SESSION_PURGE_OLD, old, purged, more, error);
}

bool purge_login_failures(struct db *db, struct moment before, guint *purged, bool *more, GError **error)
{
    *purged = 0;
    *more = false;
    return purge(db, STATEMENT_LOGIN_FAILURE_PURGE, before, purged, more, error);
}

bool purge_mails(struct db *db, struct moment before, guint *purged, bool *more, GError **error)
{
    *purged = 0;
    *more = false;
    return purge(db, STATEMENT_MAIL_PURGE, before, purged, more, error);
}

bool purge_tokens(struct db *db, struct moment before, guint *purged, bool *more, GError **error)
{
    *purged = 0;
    *more = false;
    return purge(db, STATEMENT_API_TOKEN_PURGE_EXPIRED, before, purged, more, error) &&
           purge(db, STATEMENT_API_TOKEN_PURGE_ENDED, before, purged, more, error);
}

struct drafts_purge {
    struct moment before;
    guint purged;
};

static bool do_purge_drafts(struct db *db, void *data, GError **error)
{
    struct drafts_purge *purge = data;
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_DRAFT_LOCK_OLD, error, DB_MOMENT(purge->before));
    g_autoptr(GArray) old = db_ids(rows);
    if (old == NULL) {
        return false;
    }
    purge->purged = old->len;
    g_autofree char *json = db_ids_json(old);
    return old->len == 0 || db_run(db, STATEMENT_DRAFT_PURGE, NULL, error, DB_TEXT(json));
}

bool purge_drafts(struct db *db, struct moment before, guint *purged, bool *more, GError **error)
{
    struct drafts_purge purge = { .before = before };
    bool good = db_transaction(db, do_purge_drafts, &purge, error);
    *purged = good ? purge.purged : 0;
    *more = good && purge.purged >= DRAFTS_A_BITE;
    return good;
}
