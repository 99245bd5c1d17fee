/*
 * query.c: prepares and runs the statements of the table. What a page shows is taken to this side whole, so that the
 * connection is free for the next statement; big reads are cut by their LIMIT.
 */
#include "db/db_internal.h"

#include "base/error.h"
#include "base/log.h"

#include <errmsg.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_START = 256, PARAMETERS_MOST = 64 };

struct db_value db_text(const char *text)
{
    if (text == NULL) {
        return DB_NULL;
    }
    return (struct db_value){ .kind = DB_VALUE_TEXT, .bytes = text, .size = strlen(text) };
}

struct db_value db_u64_or_null(uint64_t number)
{
    return number == 0 ? DB_NULL : DB_U64(number);
}

struct db_value db_date_or_null(struct date date)
{
    return date.month == 0 ? DB_NULL : DB_DATE(date);
}

struct db_value db_moment_or_null(struct moment at)
{
    return at.us == 0 ? DB_NULL : DB_MOMENT(at);
}

/* ---- preparing ---- */

static void bind_column(struct column *column, MYSQL_BIND *bind, const MYSQL_FIELD *field)
{
    bind->is_null = &column->is_null;
    bind->error = &column->is_truncated;
    bind->length = &column->length;
    switch (field->type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_NEWDECIMAL: /* a SUM of whole numbers */
        column->kind = COLUMN_NUMBER;
        column->is_unsigned = (field->flags & UNSIGNED_FLAG) != 0;
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        bind->buffer = &column->number;
        bind->is_unsigned = column->is_unsigned;
        break;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP:
        column->kind = COLUMN_TIME;
        bind->buffer_type = MYSQL_TYPE_DATETIME;
        bind->buffer = &column->time;
        break;
    default:
        column->kind = COLUMN_TEXT;
        column->capacity = TEXT_START;
        column->text = g_malloc(TEXT_START + 1);
        bind->buffer_type = MYSQL_TYPE_BLOB; /* bytes as they are; terminated from their length */
        bind->buffer = column->text;
        bind->buffer_length = column->capacity;
    }
}

void db_prepared_free(struct db_rows *rows)
{
    for (guint i = 0; i < rows->n; i++) {
        g_free(rows->columns[i].text);
    }
    g_free(rows->columns);
    g_free(rows->binds);
    mysql_stmt_close(rows->stmt);
    g_free(rows);
}

static bool bind_columns(struct db_rows *rows)
{
    rows->n = mysql_stmt_field_count(rows->stmt);
    if (rows->n == 0) {
        return true;
    }
    rows->columns = g_new0(struct column, rows->n);
    rows->binds = g_new0(MYSQL_BIND, rows->n);
    MYSQL_RES *meta = mysql_stmt_result_metadata(rows->stmt);
    if (meta == NULL) {
        return false;
    }
    for (guint i = 0; i < rows->n; i++) {
        bind_column(&rows->columns[i], &rows->binds[i], mysql_fetch_field_direct(meta, i));
    }
    mysql_free_result(meta);
    return mysql_stmt_bind_result(rows->stmt, rows->binds) == 0;
}

struct db_rows *db_prepare(struct db *db, enum statement statement, GError **error)
{
    const struct statement_entry *entry = &statements[statement];
    if (!db_connect(db, error)) {
        return NULL;
    }
    if (db->prepared[statement] != NULL) {
        return db->prepared[statement];
    }
    struct db_rows *rows = g_new0(struct db_rows, 1);
    rows->db = db;
    rows->stmt = mysql_stmt_init(db->mysql);
    if (rows->stmt == NULL) {
        db_fail(db, CR_OUT_OF_MEMORY, "out of memory", entry->name, error);
        g_free(rows);
        return NULL;
    }
    if (mysql_stmt_prepare(rows->stmt, entry->sql, strlen(entry->sql)) != 0 || !bind_columns(rows)) {
        db_fail(db, mysql_stmt_errno(rows->stmt), mysql_stmt_error(rows->stmt), entry->name, error);
        db_prepared_free(rows);
        return NULL;
    }
    g_assert((int)mysql_stmt_param_count(rows->stmt) == entry->parameters);
    db->prepared[statement] = rows;
    return rows;
}

/* ---- running ---- */

/* The guard in front of the tables: what this caller may run, and on whose rows. */
static bool check_permit(const struct db *db, const struct statement_entry *entry, const struct db_value *values,
                         GError **error)
{
    const struct db_permit *permit = &db->permit;
    bool good = (permit->roles & entry->role) != 0 && (permit->scopes & entry->scope) != 0;
    if (good && entry->scope == SCOPE_CUSTOMER && !permit->any_customer) {
        good = permit->customer != 0 && values[entry->customer].kind == DB_VALUE_U64 &&
               values[entry->customer].u64 == permit->customer;
    }
    if (!good) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "%s is not permitted here", entry->name);
    }
    return good;
}

static MYSQL_TIME time_of_date(struct date date)
{
    return (MYSQL_TIME){
        .year = (unsigned)date.year, .month = date.month, .day = date.day, .time_type = MYSQL_TIMESTAMP_DATE
    };
}

static MYSQL_TIME time_of_moment(struct moment at)
{
    int64_t day_us = INT64_C(86400) * G_USEC_PER_SEC;
    int64_t days = at.us / day_us - (at.us % day_us < 0);
    int64_t rest = at.us - days * day_us;
    MYSQL_TIME time = time_of_date(date_from_number((int32_t)days));
    int64_t seconds = rest / G_USEC_PER_SEC;
    time.hour = (unsigned)(seconds / 3600);
    time.minute = (unsigned)(seconds / 60 % 60);
    time.second = (unsigned)(seconds % 60);
    time.second_part = (unsigned long)(rest % G_USEC_PER_SEC);
    time.time_type = MYSQL_TIMESTAMP_DATETIME;
    return time;
}

static void bind_value(MYSQL_BIND *bind, MYSQL_TIME *time, const struct db_value *value)
{
    switch (value->kind) {
    case DB_VALUE_NULL:
        bind->buffer_type = MYSQL_TYPE_NULL;
        return;
    case DB_VALUE_U64:
    case DB_VALUE_I64:
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        bind->is_unsigned = value->kind == DB_VALUE_U64;
        bind->buffer = (void *)(uintptr_t)&value->u64;
        return;
    case DB_VALUE_TEXT:
    case DB_VALUE_BYTES:
        bind->buffer_type = value->kind == DB_VALUE_TEXT ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
        bind->buffer = (void *)(uintptr_t)value->bytes;
        bind->buffer_length = value->size;
        return;
    case DB_VALUE_DATE:
    case DB_VALUE_MOMENT:
        *time = value->kind == DB_VALUE_DATE ? time_of_date(value->date) : time_of_moment(value->moment);
        bind->buffer_type = value->kind == DB_VALUE_DATE ? MYSQL_TYPE_DATE : MYSQL_TYPE_DATETIME;
        bind->buffer = time;
        return;
    }
}

/* Count the time of a statement; tell of one that took longer than the configuration finds good. */
static void note_time(struct db *db, enum statement statement, const struct db_rows *rows, int64_t began)
{
    int64_t took = clock_ticks() - began;
    db->tally.us += (uint64_t)took;
    if (db->slow_us > 0 && took > db->slow_us) {
        uint64_t count = rows->n > 0 ? mysql_stmt_num_rows(rows->stmt) : mysql_stmt_affected_rows(rows->stmt);
        log_event(LOG_INFO, "slow-statement", LOG_TEXT("statement", statements[statement].name),
                  LOG_NUMBER("ms", took / 1000), LOG_NUMBER("rows", (int64_t)count));
    }
}

/* `whole`: take all rows to this side at once. */
static bool execute_once(struct db *db, enum statement statement, const struct db_value *values, gsize n, bool whole,
                         struct db_rows **out, GError **error)
{
    MYSQL_BIND binds[PARAMETERS_MOST] = { 0 };
    MYSQL_TIME times[PARAMETERS_MOST];
    struct db_rows *rows = db_prepare(db, statement, error);
    if (rows == NULL) {
        return false;
    }
    g_assert(!rows->is_open);
    for (gsize i = 0; i < n; i++) {
        bind_value(&binds[i], &times[i], &values[i]);
    }
    g_assert(!db->is_streaming);
    db->tally.statements++;
    int64_t began = clock_ticks();
    if ((n > 0 && mysql_stmt_bind_param(rows->stmt, binds) != 0) || mysql_stmt_execute(rows->stmt) != 0 ||
        (whole && rows->n > 0 && mysql_stmt_store_result(rows->stmt) != 0)) {
        db_fail(db, mysql_stmt_errno(rows->stmt), mysql_stmt_error(rows->stmt), statements[statement].name, error);
        return false;
    }
    note_time(db, statement, rows, began);
    *out = rows;
    return true;
}

static bool check_call(struct db *db, enum statement statement, const struct db_value *values, gsize n, GError **error)
{
    g_assert((gsize)statements[statement].parameters == n && n <= PARAMETERS_MOST);
    db->may_run_again = false;
    return check_permit(db, &statements[statement], values, error);
}

/* Run a read; outside a transaction once more on a new connection when the old one turns out to be lost. */
static struct db_rows *query(struct db *db, enum statement statement, const struct db_value *values, gsize n,
                             bool whole, GError **error)
{
    struct db_rows *rows = NULL;
    g_autoptr(GError) first = NULL;
    if (!check_call(db, statement, values, n, error)) {
        return NULL;
    }
    bool good = execute_once(db, statement, values, n, whole, &rows, &first);
    if (!good && db->is_lost && db->may_run_again && db->depth == 0) {
        g_clear_error(&first);
        good = execute_once(db, statement, values, n, whole, &rows, &first);
    }
    if (!good) {
        g_propagate_error(error, g_steal_pointer(&first));
        return NULL;
    }
    rows->is_open = true;
    db->open_rows++;
    return rows;
}

struct db_rows *db_query_values(struct db *db, enum statement statement, const struct db_value *values, gsize n,
                                GError **error)
{
    return query(db, statement, values, n, true, error);
}

bool db_stream_values(struct db *db, enum statement statement, const struct db_value *values, gsize n, db_each *each,
                      void *data, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = query(db, statement, values, n, false, error);
    if (rows == NULL) {
        return false;
    }
    db->is_streaming = true;
    enum db_step step;
    while ((step = db_step(rows)) == DB_STEP_ROW) {
        each(rows, data);
    }
    db->is_streaming = false;
    if (step == DB_STEP_FAILED) {
        /* The library notes at the connection alone what broke off its reading. */
        bool of_statement = mysql_stmt_errno(rows->stmt) != 0;
        db_fail(db, of_statement ? mysql_stmt_errno(rows->stmt) : mysql_errno(db->mysql),
                of_statement ? mysql_stmt_error(rows->stmt) : mysql_error(db->mysql), statements[statement].name,
                error);
    }
    return step == DB_STEP_END;
}

/* Preparing changes nothing: on a connection that broke since it was last used it is tried once more. */
static bool prepare_to_write(struct db *db, enum statement statement, GError **error)
{
    g_autoptr(GError) first = NULL;
    if (db_prepare(db, statement, &first) != NULL) {
        return true;
    }
    if (db->is_lost && db->may_run_again && db->depth == 0) {
        return db_prepare(db, statement, error) != NULL;
    }
    g_propagate_error(error, g_steal_pointer(&first));
    return false;
}

bool db_run_values(struct db *db, enum statement statement, const struct db_value *values, gsize n, uint64_t *changed,
                   GError **error)
{
    struct db_rows *rows = NULL;
    GError *failure = NULL;
    if (!check_call(db, statement, values, n, error)) {
        return false;
    }
    if (!prepare_to_write(db, statement, error)) {
        return false;
    }
    if (!execute_once(db, statement, values, n, true, &rows, &failure)) {
        if (db->is_lost && db->depth == 0) {
            failure->code = PORTAL_UNCERTAIN;
        }
        g_propagate_error(error, failure);
        return false;
    }
    if (changed != NULL) {
        *changed = mysql_stmt_affected_rows(rows->stmt);
    }
    return true;
}

uint64_t db_last_id(struct db *db)
{
    return mysql_insert_id(db->mysql);
}

bool db_explain(struct db *db, enum statement statement, GError **error)
{
    MYSQL_BIND binds[PARAMETERS_MOST] = { 0 };
    g_autofree char *sql = g_strconcat("EXPLAIN ", statements[statement].sql, NULL);
    if (db_prepare(db, statement, error) == NULL) {
        return false;
    }
    for (int i = 0; i < statements[statement].parameters; i++) {
        binds[i].buffer_type = MYSQL_TYPE_NULL;
    }
    MYSQL_STMT *stmt = mysql_stmt_init(db->mysql);
    bool good = mysql_stmt_prepare(stmt, sql, strlen(sql)) == 0 && mysql_stmt_bind_param(stmt, binds) == 0 &&
                mysql_stmt_execute(stmt) == 0 && mysql_stmt_store_result(stmt) == 0;
    if (!good) {
        db_fail(db, mysql_stmt_errno(stmt), mysql_stmt_error(stmt), statements[statement].name, error);
    }
    mysql_stmt_close(stmt);
    return good;
}
