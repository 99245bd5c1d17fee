/*
 * session_form_store.c: the forms that are kept for sessions. Decides nothing (web/session_form.c).
 */
#include "account/session_form_store.h"

#include "base/token.h"

bool session_form_keep(struct db *db, const struct session *ended, const char *path, GBytes *sealed, struct moment now,
                       GError **error)
{
    gsize size = 0;
    const void *bytes = g_bytes_get_data(sealed, &size);
    return db_run(db, STATEMENT_SESSION_FORM_KEEP, NULL, error, DB_U64(ended->ended_id), DB_U64(ended->ended_account),
                  DB_TEXT(path), DB_BYTES(bytes, size), DB_MOMENT(now));
}

bool session_form_get(struct db *db, const struct session *session, struct moment now, char **path, GBytes **sealed,
                      GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_SESSION_FORM_GET, error, DB_U64(session->id),
                                    DB_U64(session->account), DB_MOMENT(moment_add(now, -SESSION_KEPT_SECONDS)));
    if (rows == NULL) {
        return false;
    }
    *path = NULL;
    if (db_next(rows)) {
        gsize size = 0;
        const char *bytes = db_get_bytes(rows, 1, &size);
        *path = g_strdup(db_get_text(rows, 0));
        *sealed = g_bytes_new(bytes, size);
    }
    return true;
}

bool session_form_drop(struct db *db, const struct session *session, const char *path, GError **error)
{
    return db_run(db, STATEMENT_SESSION_FORM_DROP, NULL, error, DB_U64(session->id), DB_TEXT(path));
}

bool session_drop_ended(struct db *db, const struct session *ended, GError **error)
{
    return db_run(db, STATEMENT_SESSION_DROP, NULL, error, DB_U64(ended->ended_id), DB_U64(ended->ended_account));
}

bool session_form_move(struct db *db, uint64_t account, uint64_t from, const char *token, GError **error)
{
    uint8_t digest[DIGEST_BYTES];
    token_digest(token, digest);
    return db_run(db, STATEMENT_SESSION_FORM_MOVE, NULL, error, DB_BYTES(digest, sizeof digest), DB_U64(from),
                  DB_U64(account));
}

bool session_forms_drop(struct db *db, uint64_t account, GError **error)
{
    return db_run(db, STATEMENT_SESSION_FORMS_DROP, NULL, error, DB_U64(account));
}
