/*
 * rows.c: steps through the rows of a statement and reads their cells.
 */
#include "db/db_internal.h"

void db_rows_free(struct db_rows *rows)
{
    mysql_stmt_free_result(rows->stmt);
    rows->is_open = false;
    rows->db->open_rows--;
}

/* Some text was longer than its place: make room and fetch those cells again. Where libmariadb 10.11.18 binds anew, it
 * sets the lengths of all cells to 0. */
static void fetch_long_cells(struct db_rows *rows)
{
    g_autofree gulong *lengths = g_new(gulong, rows->n);
    for (guint i = 0; i < rows->n; i++) {
        struct column *column = &rows->columns[i];
        lengths[i] = column->length;
        if (column->kind == COLUMN_TEXT && !column->is_null && column->length > column->capacity) {
            column->capacity = column->length * 2;
            column->text = g_realloc(column->text, column->capacity + 1);
            rows->binds[i].buffer = column->text;
            rows->binds[i].buffer_length = column->capacity;
            g_assert(mysql_stmt_fetch_column(rows->stmt, &rows->binds[i], i, 0) == 0);
        }
    }
    g_assert(mysql_stmt_bind_result(rows->stmt, rows->binds) == 0);
    for (guint i = 0; i < rows->n; i++) {
        rows->columns[i].length = lengths[i];
    }
}

enum db_step db_step(struct db_rows *rows)
{
    int answer = mysql_stmt_fetch(rows->stmt);
    if (answer == MYSQL_NO_DATA) {
        return DB_STEP_END;
    }
    if (answer != 0 && answer != MYSQL_DATA_TRUNCATED) {
        return DB_STEP_FAILED;
    }
    if (answer == MYSQL_DATA_TRUNCATED) {
        fetch_long_cells(rows);
    }
    for (guint i = 0; i < rows->n; i++) {
        struct column *column = &rows->columns[i];
        if (column->kind == COLUMN_TEXT && !column->is_null) {
            column->text[column->length] = '\0';
        }
    }
    rows->db->tally.rows++;
    return DB_STEP_ROW;
}

bool db_next(struct db_rows *rows)
{
    enum db_step step = db_step(rows);
    g_assert(step != DB_STEP_FAILED); /* they are all on this side */
    return step == DB_STEP_ROW;
}

static const struct column *column_at(const struct db_rows *rows, guint column)
{
    g_assert(column < rows->n);
    return &rows->columns[column];
}

uint64_t db_get_u64(const struct db_rows *rows, guint column)
{
    const struct column *cell = column_at(rows, column);
    g_assert(cell->kind == COLUMN_NUMBER);
    return cell->is_null ? 0 : cell->number;
}

int64_t db_get_i64(const struct db_rows *rows, guint column)
{
    return (int64_t)db_get_u64(rows, column);
}

bool db_get_bool(const struct db_rows *rows, guint column)
{
    return db_get_u64(rows, column) != 0;
}

const char *db_get_text(const struct db_rows *rows, guint column)
{
    const struct column *cell = column_at(rows, column);
    g_assert(cell->kind == COLUMN_TEXT);
    return cell->is_null ? NULL : cell->text;
}

const char *db_get_bytes(const struct db_rows *rows, guint column, gsize *size)
{
    const char *bytes = db_get_text(rows, column);
    *size = bytes == NULL ? 0 : column_at(rows, column)->length;
    return bytes;
}

struct date db_get_date(const struct db_rows *rows, guint column)
{
    const struct column *cell = column_at(rows, column);
    g_assert(cell->kind == COLUMN_TIME);
    if (cell->is_null) {
        return (struct date){ 0 };
    }
    return (struct date){ .year = (int16_t)cell->time.year,
                          .month = (uint8_t)cell->time.month,
                          .day = (uint8_t)cell->time.day };
}

struct moment db_get_moment(const struct db_rows *rows, guint column)
{
    const struct column *cell = column_at(rows, column);
    g_assert(cell->kind == COLUMN_TIME);
    if (cell->is_null) {
        return (struct moment){ 0 };
    }
    int64_t seconds = (int64_t)date_number(db_get_date(rows, column)) * 86400 + cell->time.hour * 3600 +
                      cell->time.minute * 60 + cell->time.second;
    return (struct moment){ .us = seconds * G_USEC_PER_SEC + (int64_t)cell->time.second_part };
}

bool db_is_null(const struct db_rows *rows, guint column)
{
    return column_at(rows, column)->is_null != 0;
}

guint db_columns(const struct db_rows *rows)
{
    return rows->n;
}
