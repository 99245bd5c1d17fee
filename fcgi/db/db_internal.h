/*
 * db_internal.h: what the files of this folder share. Nobody else includes it.
 */
#ifndef DB_DB_INTERNAL_H
#define DB_DB_INTERNAL_H

#include "db/db.h"

#include <mysql.h>

typedef char db_flag; /* my_bool of MariaDB, bool of MySQL 8: one byte both */

struct column {
    enum { COLUMN_NUMBER, COLUMN_TEXT, COLUMN_TIME } kind;
    bool is_unsigned;
    uint64_t number;
    MYSQL_TIME time;
    char *text;
    gulong capacity; /* bytes at `text`, the terminating NUL not counted */
    gulong length;
    db_flag is_null, is_truncated;
};

struct db_rows {
    struct db *db;
    MYSQL_STMT *stmt;
    guint n;
    struct column *columns;
    MYSQL_BIND *binds;
    bool is_open;
};

struct db {
    MYSQL *mysql; /* NULL: not connected */
    struct db_rows *prepared[STATEMENT_N];
    char *socket, *host, *name, *user, *password;
    guint port, timeout_seconds;
    int64_t slow_us; /* 0: no statement is slow */
    struct db_permit permit;
    int64_t asked_at;   /* by clock_ticks: when the present statement began */
    int depth;          /* 1: inside a transaction */
    int open_rows;      /* results that somebody still reads */
    bool is_streaming;  /* rows are coming in: the connection takes no other statement */
    bool is_lost;       /* the connection broke; the next use opens a new one */
    bool may_run_again; /* the last error was one that a transaction is run again for */
    struct db_tally tally;
    GHashTable *kept; /* kept.c */
};

/* Open the connection if there is none. Every statement begins here. */
bool db_connect(struct db *db, GError **error);

/* Close it and forget every prepared statement. */
void db_disconnect(struct db *db);

/* Turn the failure `number`, `text` of the library into an error, noting what it means for the connection. */
void db_fail(struct db *db, unsigned number, const char *text, const char *what, GError **error);

/* The next row; of one that is not all on this side yet the connection can break. */
enum db_step { DB_STEP_ROW, DB_STEP_END, DB_STEP_FAILED };
enum db_step db_step(struct db_rows *rows);

/* The statement, prepared on this connection. */
struct db_rows *db_prepare(struct db *db, enum statement statement, GError **error);
void db_prepared_free(struct db_rows *rows);

#endif
