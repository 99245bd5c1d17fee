/*
 * connection.c: opens, loses and reopens the connection, and says what an error of the library means.
 */
#include "db/db_internal.h"

#include "base/error.h"
#include "base/log.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <string.h>

enum { LOCK_SECONDS = 10 };

#ifndef CR_SERVER_LOST_EXTENDED
#define CR_SERVER_LOST_EXTENDED 2055
#endif

/* What a failure means: which code it has, and whether a transaction that met it is run again. */
static const struct {
    unsigned number;
    enum portal_error code;
    bool is_lost, may_run_again;
} meanings[] = {
    { ER_DUP_ENTRY, PORTAL_CONFLICT, false, false },
    { ER_LOCK_DEADLOCK, PORTAL_BUSY, false, true },
    { ER_LOCK_WAIT_TIMEOUT, PORTAL_BUSY, false, true },
    { ER_UNKNOWN_COM_ERROR, PORTAL_BUSY, false, true }, /* Galera: not ready */
    { ER_SERVER_SHUTDOWN, PORTAL_BUSY, true, true },
    { ER_CON_COUNT_ERROR, PORTAL_BUSY, true, false },
    { ER_TOO_MANY_USER_CONNECTIONS, PORTAL_BUSY, true, false },
    { ER_DISK_FULL, PORTAL_BUSY, false, false },
    { ER_RECORD_FILE_FULL, PORTAL_BUSY, false, false },
    { ER_OUTOFMEMORY, PORTAL_BUSY, false, false },
    { ER_OUT_OF_RESOURCES, PORTAL_BUSY, false, false },
    { ER_OPTION_PREVENTS_STATEMENT, PORTAL_BUSY, false, false }, /* the node only reads */
    { ER_QUERY_INTERRUPTED, PORTAL_BUSY, false, false },
    { ER_CONNECTION_KILLED, PORTAL_BUSY, true, true },
    { CR_CONNECTION_ERROR, PORTAL_BUSY, true, false },
    { CR_CONN_HOST_ERROR, PORTAL_BUSY, true, false },
    { CR_SERVER_GONE_ERROR, PORTAL_BUSY, true, true },
    { CR_SERVER_LOST, PORTAL_BUSY, true, true },
    { CR_SERVER_LOST_EXTENDED, PORTAL_BUSY, true, true },
    { CR_MALFORMED_PACKET, PORTAL_BUSY, true, true }, /* it broke in the midst of an answer */
    { CR_OUT_OF_MEMORY, PORTAL_BUSY, true, true },    /* the rest of the answer stands unread */
};

struct db *db_new(const struct config *config, bool admin, GError **error)
{
    bool as_admin = admin && *config->db.admin_user != '\0';
    g_autofree char *password =
        config_password(as_admin ? config->db.admin_password_file : config->db.password_file, error);
    if (password == NULL) {
        return NULL;
    }
    /* Here and not with the first connection: it asks for names of services, which does not bear a lack of memory. */
    if (mysql_library_init(0, NULL, NULL) != 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "the database's client library does not start");
        return NULL;
    }
    struct db *db = g_new0(struct db, 1);
    db->socket = *config->db.socket != '\0' ? g_strdup(config->db.socket) : NULL;
    db->host = g_strdup(config->db.host);
    db->port = (guint)config->db.port;
    db->name = g_strdup(config->db.name);
    db->user = g_strdup(as_admin ? config->db.admin_user : config->db.user);
    db->password = g_steal_pointer(&password);
    db->timeout_seconds = admin ? 3600 : (guint)config->db.timeout_seconds;
    db->slow_us = config->log.slow_ms * 1000;
    return db;
}

void db_free(struct db *db)
{
    db_disconnect(db);
    g_clear_pointer(&db->kept, g_hash_table_unref);
    explicit_bzero(db->password, strlen(db->password));
    g_free(db->password);
    g_free(db->socket);
    g_free(db->host);
    g_free(db->name);
    g_free(db->user);
    g_free(db);
}

struct db_permit db_permit(struct db *db, struct db_permit permit)
{
    struct db_permit before = db->permit;
    db->permit = permit;
    return before;
}

void db_fail(struct db *db, unsigned number, const char *text, const char *what, GError **error)
{
    if (number == 0) {
        /* The library names no error where memory ends within it. */
        number = CR_OUT_OF_MEMORY;
        text = "out of memory";
    }
    enum portal_error code = PORTAL_INTERNAL;
    bool hangs = clock_ticks() - db->asked_at >= (int64_t)db->timeout_seconds * G_USEC_PER_SEC / 10 * 9;
    db->may_run_again = false;
    /* What the library itself stumbles over leaves the connection in an unknown state. */
    db->is_lost = db->is_lost || (number >= CR_MIN_ERROR && number <= CR_MAX_ERROR);
    for (gsize i = 0; i < G_N_ELEMENTS(meanings); i++) {
        if (meanings[i].number == number) {
            code = meanings[i].code;
            db->may_run_again = meanings[i].may_run_again && !hangs; /* people have waited long enough */
            db->is_lost = db->is_lost || meanings[i].is_lost;
        }
    }
    g_set_error(error, PORTAL_ERROR, (int)code, "%s: %s (%u)", what, text, number);
}

/* Settings that every statement counts on; none may be left to the server's configuration. A statement that waits for
 * a row is told so before its connection is given up as one that hangs. */
static const char isolation[] = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
#define SETTINGS                                                                                                       \
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"               \
    "NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY', time_zone = '+00:00', innodb_lock_wait_timeout = %u"

static bool apply_settings(struct db *db, GError **error)
{
    g_autofree char *settings = g_strdup_printf(SETTINGS, MAX(1, MIN(db->timeout_seconds, LOCK_SECONDS) * 9 / 10));
    if (mysql_query(db->mysql, isolation) != 0 || mysql_query(db->mysql, settings) != 0) {
        db_fail(db, mysql_errno(db->mysql), mysql_error(db->mysql), "connect", error);
        return false;
    }
    return true;
}

bool db_connect(struct db *db, GError **error)
{
    db->asked_at = clock_ticks();
    if (db->mysql != NULL && !db->is_lost) {
        return true;
    }
    if (db->open_rows > 0 || db->depth > 0) {
        db->may_run_again = db->depth > 0; /* the server has rolled it back */
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "the connection broke while it was in use");
        return false;
    }
    db_disconnect(db);
    db->mysql = mysql_init(NULL);
    if (db->mysql == NULL) {
        db_fail(db, CR_OUT_OF_MEMORY, "out of memory", "connect", error);
        return false;
    }
    db_flag report = 1;
    unsigned local_infile = 0;
    mysql_options(db->mysql, MYSQL_OPT_CONNECT_TIMEOUT, &db->timeout_seconds);
    mysql_options(db->mysql, MYSQL_OPT_READ_TIMEOUT, &db->timeout_seconds);
    mysql_options(db->mysql, MYSQL_OPT_WRITE_TIMEOUT, &db->timeout_seconds);
    mysql_options(db->mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(db->mysql, MYSQL_REPORT_DATA_TRUNCATION, &report);
    mysql_options(db->mysql, MYSQL_OPT_LOCAL_INFILE, &local_infile);
    if (mysql_real_connect(db->mysql, db->host, db->user, db->password, db->name, db->port, db->socket,
                           CLIENT_FOUND_ROWS) == NULL) {
        db_fail(db, mysql_errno(db->mysql), mysql_error(db->mysql), "connect", error);
        db_disconnect(db);
        return false;
    }
    if (!apply_settings(db, error)) {
        db_disconnect(db);
        return false;
    }
    return true;
}

void db_disconnect(struct db *db)
{
    for (int i = 0; i < STATEMENT_N; i++) {
        g_clear_pointer(&db->prepared[i], db_prepared_free);
    }
    g_clear_pointer(&db->mysql, mysql_close);
    db->is_lost = false;
}

bool db_ping(struct db *db, GError **error)
{
    if (!db_connect(db, error)) {
        return false;
    }
    if (mysql_ping(db->mysql) == 0) {
        return true;
    }
    g_autoptr(GError) failure = NULL;
    db_fail(db, mysql_errno(db->mysql), mysql_error(db->mysql), "ping", &failure);
    if (db->is_lost && db->may_run_again && db->depth == 0) {
        return db_connect(db, error); /* a connection that broke long ago says nothing of now */
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

bool db_probe(const struct config *config, guint seconds, GError **error)
{
    AUTO(db) struct db *db = db_new(config, false, error);
    if (db == NULL) {
        return false;
    }
    db->timeout_seconds = seconds;
    return db_ping(db, error);
}

struct db_tally db_tally(const struct db *db)
{
    return db->tally;
}

/* One piece of a script: up to a ';' at the end of a line. */
static bool run_piece(struct db *db, const char *sql, GError **error)
{
    if (mysql_query(db->mysql, sql) != 0) {
        g_autofree char *head = g_strndup(sql, 60);
        db_fail(db, mysql_errno(db->mysql), mysql_error(db->mysql), head, error);
        return false;
    }
    MYSQL_RES *result = mysql_store_result(db->mysql);
    if (result != NULL) {
        mysql_free_result(result);
    }
    return true;
}

bool db_script(struct db *db, const char *sql, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(sql, "\n", -1);
    g_autoptr(GString) piece = g_string_new(NULL);
    if (!db_connect(db, error)) {
        return false;
    }
    for (char **line = lines; *line != NULL; line++) {
        if (g_str_has_prefix(*line, "--")) {
            continue;
        }
        g_string_append_printf(piece, "%s\n", *line);
        if (g_str_has_suffix(*line, ";")) {
            if (!run_piece(db, piece->str, error)) {
                return false;
            }
            g_string_truncate(piece, 0);
        }
    }
    return true;
}
