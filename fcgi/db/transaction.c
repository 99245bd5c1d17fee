/*
 * transaction.c: a whole use case in one transaction, run again when the database chose another side; a long read on
 * one snapshot.
 */
#include "db/db_internal.h"

#include "base/error.h"
#include "base/log.h"

enum { ATTEMPTS = 5, PAUSE_US = 4000 };

static bool plain(struct db *db, const char *sql, GError **error)
{
    db->may_run_again = false;
    if (!db_connect(db, error)) {
        return false;
    }
    if (mysql_query(db->mysql, sql) != 0) {
        db_fail(db, mysql_errno(db->mysql), mysql_error(db->mysql), sql, error);
        return false;
    }
    return true;
}

static bool attempt(struct db *db, db_work *work, void *data, GError **error)
{
    if (!plain(db, "START TRANSACTION", error)) {
        return false;
    }
    db->depth = 1;
    bool good = work(db, data, error);
    bool again = !good && db->may_run_again;
    db->depth = 0;
    if (!good) {
        if (!db->is_lost && mysql_rollback(db->mysql) != 0) {
            db->is_lost = true; /* a connection in an unknown state is not used again */
        }
        db->may_run_again = again;
        return false;
    }
    if (db->is_lost) {
        db->may_run_again = true;
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "the connection broke before COMMIT");
        return false;
    }
    if (mysql_commit(db->mysql) != 0) {
        unsigned number = mysql_errno(db->mysql);
        GError *failure = NULL;
        db_fail(db, number, mysql_error(db->mysql), "COMMIT", &failure);
        if (db->is_lost) {
            failure->code = PORTAL_UNCERTAIN;
            db->may_run_again = false;
        }
        db->is_lost = true; /* else the next START TRANSACTION would commit what may still be open */
        g_propagate_error(error, failure);
        return false;
    }
    return true;
}

bool db_transaction(struct db *db, db_work *work, void *data, GError **error)
{
    if (db->depth > 0) {
        return work(db, data, error);
    }
    for (int i = 1;; i++) {
        g_autoptr(GError) failure = NULL;
        if (attempt(db, work, data, &failure)) {
            return true;
        }
        if (!db->may_run_again || i == ATTEMPTS) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        log_event(LOG_INFO, "transaction-again", LOG_NUMBER("attempt", i), LOG_TEXT("message", failure->message));
        g_usleep((gulong)(PAUSE_US * i + g_random_int_range(0, PAUSE_US)));
    }
}

static bool begin_snapshot(struct db *db, GError **error)
{
    return plain(db, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", error) &&
           plain(db, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", error);
}

bool db_snapshot(struct db *db, db_work *work, void *data, GError **error)
{
    g_autoptr(GError) stale = NULL;
    g_assert(db->depth == 0);
    /* A connection that broke since it was last used shows here; nothing has been read yet. */
    if (!begin_snapshot(db, &stale) && (!db->is_lost || !db->may_run_again || !begin_snapshot(db, error))) {
        if (error != NULL && *error == NULL) {
            g_propagate_error(error, g_steal_pointer(&stale));
        }
        return false;
    }
    db->depth = 1;
    bool good = work(db, data, error);
    db->depth = 0;
    if (!db->is_lost && mysql_rollback(db->mysql) != 0) {
        db->is_lost = true;
    }
    return good;
}
