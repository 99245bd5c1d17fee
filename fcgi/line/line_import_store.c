/*
 * line_import_store.c: a load's lines as statements. Decides nothing (line_import_rule.c, line_import_service.c).
 */
#include "line/line_import_store.h"

#include "base/error.h"
#include "base/text.h"

enum { VALUE_MOST = 200 }; /* characters: the column's size */

void line_import_store_row(struct bulk_rows *rows, uint64_t row_no, const struct line_import_row *row)
{
    bulk_rows_begin_row(rows);
    bulk_rows_add_number(rows, row_no);
    bulk_rows_add_text(rows, row->customer);
    bulk_rows_add_text(rows, row->project);
    bulk_rows_add_text(rows, row->phone);
    bulk_rows_add_text(rows, row->serial);
    bulk_rows_add_text(rows, *row->iccid != '\0' ? row->iccid : NULL);
    bulk_rows_add_text(rows, card_kind_code(row->kind));
    bulk_rows_add_text(rows, card_size_code(row->size));
    bulk_rows_add_number(rows, row->service);
    bulk_rows_add_number(rows, row->plan);
    bulk_rows_add_text(rows, line_state_code(row->state));
    bulk_rows_add_date(rows, row->activated_on);
    bulk_rows_end_row(rows);
}

bool line_import_store_add(struct db *db, uint64_t run, struct bulk_rows *rows, GError **error)
{
    return db_run(db, STATEMENT_LINE_IMPORT_ADD, NULL, error, DB_U64(run), DB_TEXT(bulk_rows_json(rows)));
}

void line_import_store_fault(struct bulk_rows *rows, uint64_t row_no, enum line_import_column column,
                             enum line_import_reason reason, const char *value)
{
    g_autofree char *cut = value != NULL ? g_utf8_substring(value, 0, MIN(g_utf8_strlen(value, -1), VALUE_MOST)) : NULL;
    bulk_rows_begin_row(rows);
    bulk_rows_add_number(rows, row_no);
    bulk_rows_add_number(rows, column);
    bulk_rows_add_text(rows, line_import_reason_word(reason));
    bulk_rows_add_text(rows, cut != NULL ? cut : "");
    bulk_rows_end_row(rows);
}

/* ---- checks ---- */

/* What is shown of a row beside a fault: numbers, and names that are not found, are staged as they were read. */
static const char *value_of(const struct db_rows *rows, enum line_import_column column)
{
    static const struct {
        enum line_import_column column;
        guint cell;
    } cells[] = {
        { IMPORT_PHONE, 3 }, { IMPORT_SERIAL, 4 }, { IMPORT_ICCID, 5 }, { IMPORT_CUSTOMER, 6 }, { IMPORT_PROJECT, 7 }
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cells); i++) {
        if (cells[i].column == column) {
            return db_get_text(rows, cells[i].cell);
        }
    }
    return NULL;
}

bool line_import_store_check(struct db *db, uint64_t run, uint64_t first, uint64_t last, struct bulk_rows *faults,
                             guint *known, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_LINE_IMPORT_CHECK, error, DB_U64(run), DB_U64(first), DB_U64(last));
    if (rows == NULL) {
        return false;
    }
    for (*known = 0; db_next(rows);) {
        uint64_t bits = db_get_u64(rows, 2);
        *known += db_get_bool(rows, 1);
        for (guint i = 0; i < IMPORT_CHECK_N; i++) {
            if ((bits >> i & 1) != 0) {
                const struct line_import_check *check = &line_import_checks[i];
                line_import_store_fault(faults, db_get_u64(rows, 0), check->column, check->reason,
                                        value_of(rows, check->column));
            }
        }
    }
    return true;
}

bool line_import_store_set_known(struct db *db, uint64_t run, uint64_t first, uint64_t last, GError **error)
{
    return db_run(db, STATEMENT_LINE_IMPORT_SET_KNOWN, NULL, error, DB_U64(run), DB_U64(first), DB_U64(last));
}

bool line_import_store_count_known(struct db *db, uint64_t run, uint64_t *known, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_LINE_IMPORT_COUNT_KNOWN, error, DB_U64(run));
    if (rows == NULL) {
        return false;
    }
    *known = db_next(rows) ? db_get_u64(rows, 0) : 0;
    return true;
}

bool line_import_store_add_parts(struct db *db, uint64_t run, GError **error)
{
    return db_run(db, STATEMENT_LINE_IMPORT_PARTS_ADD, NULL, error, DB_U64(run));
}

/* ---- publishing ---- */

bool line_import_store_bite(struct db *db, uint64_t run, uint64_t customer, guint most, uint64_t *last_row,
                            GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_LINE_IMPORT_BITE, error, DB_U64(run), DB_U64(customer), DB_U64(most - 1));
    if (rows == NULL) {
        return false;
    }
    *last_row = db_next(rows) ? db_get_u64(rows, 0) : UINT32_MAX;
    return true;
}

static bool find_made(struct db *db, const struct line_import_unit *unit, struct line_import_made *made, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_LINE_PUBLISH_IDS, error, DB_U64(unit->run), DB_U64(unit->first),
                                    DB_U64(unit->last), DB_U64(unit->last_row));
    if (rows == NULL) {
        return false;
    }
    g_assert(db_next(rows));
    *made = (struct line_import_made){
        .unit = *unit, .first = db_get_u64(rows, 0), .last = db_get_u64(rows, 1), .n = db_get_u64(rows, 2)
    };
    made->is_gapless = made->n > 0 && made->last - made->first + 1 == made->n;
    return true;
}

enum { OWN_MOST = 3, OF_UNIT = 4 };

/* Run the form of a statement that fits, `gapless` or `scattered`: its own `n` values, then which lines. */
static bool run_made(struct db *db, const struct line_import_made *made, enum statement gapless,
                     enum statement scattered, const struct db_value *own, gsize n, GError **error)
{
    struct db_value values[OWN_MOST + OF_UNIT];
    g_assert(n <= OWN_MOST);
    for (gsize i = 0; i < n; i++) {
        values[i] = own[i];
    }
    if (made->is_gapless) {
        values[n] = DB_U64(made->first);
        values[n + 1] = DB_U64(made->last);
        return db_run_values(db, gapless, values, n + 2, NULL, error);
    }
    values[n] = DB_U64(made->unit.run);
    values[n + 1] = DB_U64(made->unit.first);
    values[n + 2] = DB_U64(made->unit.last);
    values[n + 3] = DB_U64(made->unit.last_row);
    return db_run_values(db, scattered, values, n + 4, NULL, error);
}

#define RUN_MADE(db, made, name, error, ...)                                                                           \
    run_made((db), (made), STATEMENT_LINE_PUBLISH_##name##_GAPLESS, STATEMENT_LINE_PUBLISH_##name##_SCATTERED,         \
             DB_VALUES(__VA_ARGS__), (error))

static bool add_what_belongs(struct db *db, const struct line_import_made *made,
                             const struct line_import_making *making, GError **error)
{
    const struct actor *actor = making->actor;
    struct db_value today = DB_DATE(moment_date(making->at));
    bool good = RUN_MADE(db, made, PLANS, error, today) && RUN_MADE(db, made, PROJECTS, error, today) &&
                RUN_MADE(db, made, EVENTS, error, DB_MOMENT(making->at), DB_TEXT(actor_kind_word(actor->kind)),
                         DB_TEXT(actor->name));
    for (guint i = 0; good && i < making->n; i++) {
        good = RUN_MADE(db, made, MONTHS, error, DB_U64(month_key(making->months[i])));
    }
    return good;
}

bool line_import_store_publish(struct db *db, const struct line_import_unit *unit,
                               const struct line_import_making *making, struct line_import_made *made, GError **error)
{
    return db_run(db, STATEMENT_LINE_PUBLISH_LINES, NULL, error, DB_MOMENT(making->at), DB_U64(unit->run),
                  DB_U64(unit->first), DB_U64(unit->last), DB_U64(unit->last_row)) &&
           find_made(db, unit, made, error) &&
           db_run(db, STATEMENT_LINE_PUBLISH_CARDS, NULL, error, DB_U64(unit->run), DB_U64(unit->first),
                  DB_U64(unit->last), DB_U64(unit->last_row)) &&
           add_what_belongs(db, made, making, error);
}

bool line_import_store_add_up(struct db *db, const struct line_import_made *made,
                              const struct line_import_making *making, GError **error)
{
    bool good = run_made(db, made, STATEMENT_LINE_PUBLISH_COUNTS_GAPLESS, STATEMENT_LINE_PUBLISH_COUNTS_SCATTERED, NULL,
                         0, error);
    for (guint i = 0; good && i < making->n; i++) {
        good = RUN_MADE(db, made, CAPACITY, error, DB_U64(month_key(making->months[i])));
    }
    return good;
}
