/*
 * db.h: the database. One connection a process, opened when first needed and again after it was lost; every
 * statement is a row of the generated table, prepared once a connection. This folder alone knows MYSQL.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/auto.h"
#include "base/clock.h"
#include "base/config.h"
#include "db/statement.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct db;
struct db_rows;

/* Prepare a connection that opens itself when first used. `admin`: as the user who may change tables. The
 * caller frees with db_free. */
struct db *db_new(const struct config *config, bool admin, GError **error);
void db_free(struct db *db);
AUTO_DEFINE(db)

/* What the statements that follow may be: masks of enum statement_role and statement_scope, and the customer
 * whose rows are meant (0: none; statements of the scope `customer` are refused then unless `any_customer`). A new
 * connection permits nothing. */
struct db_permit {
    unsigned roles, scopes;
    uint64_t customer;
    bool any_customer; /* worker and command line: they name the customer themselves */
};
struct db_permit db_permit(struct db *db, struct db_permit permit); /* returns the one before */

/* A parameter. */
struct db_value {
    enum {
        DB_VALUE_NULL,
        DB_VALUE_U64,
        DB_VALUE_I64,
        DB_VALUE_TEXT,
        DB_VALUE_BYTES,
        DB_VALUE_DATE,
        DB_VALUE_MOMENT
    } kind;
    union {
        uint64_t u64;
        int64_t i64;
        struct date date;
        struct moment moment;
    };
    const void *bytes;
    gsize size;
};

#define DB_NULL ((struct db_value){ .kind = DB_VALUE_NULL })
#define DB_U64(x) ((struct db_value){ .kind = DB_VALUE_U64, .u64 = (x) })
#define DB_I64(x) ((struct db_value){ .kind = DB_VALUE_I64, .i64 = (x) })
#define DB_BYTES(p, n) ((struct db_value){ .kind = DB_VALUE_BYTES, .bytes = (p), .size = (n) })
#define DB_DATE(x) ((struct db_value){ .kind = DB_VALUE_DATE, .date = (x) })
#define DB_MOMENT(x) ((struct db_value){ .kind = DB_VALUE_MOMENT, .moment = (x) })
struct db_value db_text(const char *text);           /* NULL pointer: SQL NULL */
struct db_value db_u64_or_null(uint64_t number);     /* 0: SQL NULL */
struct db_value db_date_or_null(struct date date);   /* no date: SQL NULL */
struct db_value db_moment_or_null(struct moment at); /* 0: SQL NULL */
#define DB_TEXT(x) db_text(x)

#define DB_VALUES(...)                                                                                                 \
    (const struct db_value[]){ __VA_ARGS__ }, sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value)

/* Run a statement that gives rows. The caller frees the rows before it runs another on the same statement.
 * Errors: PORTAL_BUSY database away, PORTAL_INTERNAL not permitted here, or a
 * statement that fails. */
#define db_query(db, statement, error, ...) db_query_values((db), (statement), DB_VALUES(__VA_ARGS__), (error))
struct db_rows *db_query_values(struct db *db, enum statement statement, const struct db_value *values, gsize n,
                                GError **error);
void db_rows_free(struct db_rows *rows);
AUTO_DEFINE(db_rows)

/* Step to the next row; false at the end. */
bool db_next(struct db_rows *rows);

/* Cells of the present row, by position. Text lives until the next step; NULL for SQL NULL, number 0, and the
 * empty date and moment likewise. */
uint64_t db_get_u64(const struct db_rows *rows, guint column);
int64_t db_get_i64(const struct db_rows *rows, guint column);
bool db_get_bool(const struct db_rows *rows, guint column);
const char *db_get_text(const struct db_rows *rows, guint column);
const char *db_get_bytes(const struct db_rows *rows, guint column, gsize *size);
struct date db_get_date(const struct db_rows *rows, guint column);
struct moment db_get_moment(const struct db_rows *rows, guint column);
bool db_is_null(const struct db_rows *rows, guint column);
guint db_columns(const struct db_rows *rows);

/* The first cells of all rows as an array of uint64_t, which the caller unrefs; NULL for no rows (NULL). */
GArray *db_ids(struct db_rows *rows);

/* Such an array as "[1,2,3]": the form in which many numbers go in as one parameter. The caller frees. */
char *db_ids_json(const GArray *ids);

/* What a store made of the rows of a statement of the scope `catalogue` while the catalogue was of `edition`; NULL:
 * nothing of that edition. Edition 0 is none: of it nothing is found again. */
gpointer db_kept(struct db *db, enum statement statement, uint64_t edition);

/* Keep `made` in place of what was kept of that statement, which is freed. Takes `made` over, until db_free, and
 * returns it. */
gpointer db_keep(struct db *db, enum statement statement, uint64_t edition, gpointer made, GDestroyNotify free);

/* Run a statement that gives many rows and pass each on as it comes, so that the database works on meanwhile. `each`
 * must not use the connection, and be quick: the database waits for it. Errors as db_query, also after some rows. */
typedef void db_each(const struct db_rows *rows, void *data);
bool db_stream_values(struct db *db, enum statement statement, const struct db_value *values, gsize n, db_each *each,
                      void *data, GError **error);

/* Run a statement that changes rows. `changed` (or NULL) gets how many matched its conditions. Errors as db_query, and
 * PORTAL_CONFLICT for a unique key that is taken, PORTAL_UNCERTAIN when the connection broke outside a
 * transaction. */
#define db_run(db, statement, changed, error, ...)                                                                     \
    db_run_values((db), (statement), DB_VALUES(__VA_ARGS__), (changed), (error))
bool db_run_values(struct db *db, enum statement statement, const struct db_value *values, gsize n, uint64_t *changed,
                   GError **error);
uint64_t db_last_id(struct db *db);

/* Run `work` in one transaction, and again from its start when the database took another side (deadlock, lost
 * connection before COMMIT): it must leave nothing behind but rows. Work that fails leaves no row. Nested calls
 * belong to the outer transaction. PORTAL_UNCERTAIN: the connection broke at COMMIT. */
typedef bool db_work(struct db *db, void *data, GError **error);
bool db_transaction(struct db *db, db_work *work, void *data, GError **error);

/* Run `work`, which only reads, on what the database holds at this moment: whatever others write meanwhile, all its
 * statements see the same rows. Runs once. */
bool db_snapshot(struct db *db, db_work *work, void *data, GError **error);

/* True if the database answers. */
bool db_ping(struct db *db, GError **error);

/* True if the database takes a new connection and answers on it within about `seconds`: for health checks, which must
 * not wait as long as a page may. */
bool db_probe(const struct config *config, guint seconds, GError **error);

/* Run the statements of a migration, separated by ';' at line ends; for `simportalctl migrate` and tests. */
bool db_script(struct db *db, const char *sql, GError **error);

/* How many statements and rows this connection has run and read so far, and how many microseconds the database took to
 * answer: for the log and for tests. */
struct db_tally {
    uint64_t statements, rows, us;
};
struct db_tally db_tally(const struct db *db);

/* Prepare and EXPLAIN `statement` with NULL for every parameter: for tests/sql. */
bool db_explain(struct db *db, enum statement statement, GError **error);

#endif
