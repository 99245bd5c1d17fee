/*
 * line_export_store.c: all lines of a search, chunk by chunk, for files. What an index has in the order asked for is
 * taken from it by key; else the ids are sorted once and the lines read by them. All of it sees one snapshot, so that
 * no line comes twice or is missed where two chunks meet.
 */
#include "line/line_search_store.h"

#include "base/row_chunk.h"
#include "catalogue/catalogue.h"

#include <string.h>

/* ---- which statement ---- */

static const enum statement of_customer[LINE_BY_PLAN][2] = {
    [LINE_BY_SERIAL] = BOTH(LINE_CSV_SERIAL),       [LINE_BY_PHONE] = BOTH(LINE_CSV_PHONE),
    [LINE_BY_STATE] = BOTH(LINE_CSV_STATE),         [LINE_BY_USED] = BOTH(LINE_CSV_USED),
    [LINE_BY_REMAINING] = BOTH(LINE_CSV_REMAINING),
};

static const enum statement of_all[][2] = {
    [LINE_BY_SERIAL] = BOTH(LINE_CSV_ALL_SERIAL),
    [LINE_BY_PHONE] = BOTH(LINE_CSV_ALL_PHONE),
    [LINE_BY_STATE] = BOTH(LINE_CSV_ALL_STATE),
};

static const enum statement ids_of_order[LINE_SORT_N][2] = {
    [LINE_BY_PLAN] = BOTH(LINE_IDS_PLAN),
    [LINE_BY_OPTION] = BOTH(LINE_IDS_OPTION),
};

static const enum statement ids_of_hits[LINE_WAY_N][LINE_SORT_N][2] = {
    [LINE_WAY_PHONE] = ORDERS(LINE_IDS, _BY_PHONE),
    [LINE_WAY_SERIAL] = ORDERS(LINE_IDS, _BY_SERIAL),
};

/* ---- rows ---- */

struct export
{
    struct db *db;
    const struct line_search *search;
    struct row_chunk chunk;
    const struct catalogue_names *names;
    struct line_cursor cursor; /* of the last row taken; id 0: none */
};

static const struct catalogue_name *name_of(const struct export *export, enum catalogue_kind kind, uint64_t id)
{
    const struct catalogue_name *name = catalogue_name(export->names, kind, id);
    g_assert(name != NULL); /* a foreign key, and the same snapshot */
    return name;
}

/* The columns of line_csv_columns, their texts still the database's. */
static void read_row(const struct export *export, const struct db_rows *rows, struct line_row *row)
{
    enum language language = export->search->language;
    const struct catalogue_name *plan = name_of(export, CATALOGUE_PLAN, db_get_u64(rows, 7));
    bool has_month = !db_is_null(rows, 9);
    *row = (struct line_row){
        .id = db_get_u64(rows, 0),
        .customer = db_get_u64(rows, 1),
        .serial = db_get_text(rows, 2),
        .phone = db_get_text(rows, 3),
        .is_throttled = db_get_bool(rows, 5),
        .label = db_get_text(rows, 6),
        .plan = plan->text[language],
        .option = name_of(export, CATALOGUE_OPTIONS, db_get_u64(rows, 8))->text[language],
        .capacity = has_month ? db_get_i64(rows, 9) : plan->capacity,
        .used = has_month ? db_get_i64(rows, 10) : 0,
        .remaining = has_month ? db_get_i64(rows, 11) : plan->capacity,
        .customer_code = db_get_text(rows, 12),
        .customer_name = db_get_text(rows, 13),
        .project = db_get_text(rows, 14),
        .service = name_of(export, CATALOGUE_SERVICE, db_get_u64(rows, 15))->text[language],
        .iccid = db_get_text(rows, 18),
        .activated_on = db_get_date(rows, 19),
        .memo = db_get_text(rows, 20),
        .group = db_get_text(rows, 21),
    };
    g_assert(line_state_read(db_get_text(rows, 4), &row->state));
    g_assert(card_kind_read(db_get_text(rows, 16), &row->kind) && card_size_read(db_get_text(rows, 17), &row->size));
}

static void take_row(const struct db_rows *rows, void *data)
{
    struct export *export = data;
    struct line_row row;
    read_row(export, rows, &row);
    if (row_chunk_take(&export->chunk, &row)) {
        g_free(export->cursor.key);
        export->cursor = line_row_cursor(export->search, &row);
    }
}

/* ---- by key ---- */

static void put_place(struct line_parameters *all, const struct line_search *search, const struct line_cursor *cursor)
{
    struct db_value month = DB_U64(month_key(search->month));
    if (search->customer == 0) {
        line_put(all, month);
        line_put_all(all, search, LINE_ALL_IN_ORDER, cursor);
    } else if (line_is_by_month(search)) {
        line_put(all, DB_U64(search->customer));
        line_put(all, month);
        line_put_cursor(all, search, cursor);
    } else {
        line_put(all, month);
        line_put(all, DB_U64(search->customer));
        line_put_cursor(all, search, cursor);
    }
}

static bool stream_after(struct export *export, enum statement statement, GError **error)
{
    struct line_parameters all = line_parameters_begin(export->search);
    put_place(&all, export->search, export->cursor.id != 0 ? &export->cursor : NULL);
    line_put_filters(&all, export->search);
    line_put(&all, DB_U64(export->chunk.size));
    bool good = db_stream_values(export->db, statement, all.at, all.n, take_row, export, error);
    line_parameters_clear(&all);
    return good;
}

static bool export_by_key(struct export *export, GError **error)
{
    const struct line_search *search = export->search;
    enum statement statement = search->customer == 0 ? of_all[search->sort][search->is_descending]
                                                     : of_customer[search->sort][search->is_descending];
    do {
        if (!stream_after(export, statement, error)) {
            return false;
        }
    } while (row_chunk_rest(&export->chunk));
    return true;
}

/* ---- by ids ---- */

static void take_id(const struct db_rows *rows, void *data)
{
    uint64_t id = db_get_u64(rows, 0);
    g_array_append_val((GArray *)data, id);
}

static bool read_ids(const struct export *export, GArray *ids, GError **error)
{
    const struct line_search *search = export->search;
    struct line_parameters all = line_parameters_begin(search);
    enum line_way way = line_way(search);
    enum statement statement = way == LINE_WAY_ORDER ? ids_of_order[search->sort][search->is_descending]
                                                     : ids_of_hits[way][search->sort][search->is_descending];
    if (way != LINE_WAY_ORDER) {
        line_put_hits(&all, search);
        line_put(&all, DB_U64(month_key(search->month)));
    }
    line_put(&all, DB_U64(search->customer));
    line_put_filters(&all, search);
    bool good = db_stream_values(export->db, statement, all.at, all.n, take_id, ids, error);
    line_parameters_clear(&all);
    return good;
}

static bool stream_ids(struct export *export, const GArray *ids, guint from, GError **error)
{
    g_autoptr(GString) json = g_string_new("[");
    for (guint i = from; i < ids->len && i - from < export->chunk.size; i++) {
        g_string_append_printf(json, "%s%" G_GUINT64_FORMAT, i > from ? "," : "", g_array_index(ids, uint64_t, i));
    }
    g_string_append_c(json, ']');
    const struct line_search *search = export->search;
    const struct db_value values[] = { DB_TEXT(json->str), DB_U64(month_key(search->month)), DB_U64(search->customer) };
    return db_stream_values(export->db, STATEMENT_LINE_CSV_OF_IDS, values, G_N_ELEMENTS(values), take_row, export,
                            error);
}

static bool export_by_ids(struct export *export, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    if (!read_ids(export, ids, error)) {
        return false;
    }
    guint from = 0;
    do {
        if (!stream_ids(export, ids, from, error)) {
            return false;
        }
        from += export->chunk.size;
    } while (row_chunk_rest(&export->chunk));
    return true;
}

/* ---- all of it ---- */

static bool export_work(struct db *db, void *data, GError **error)
{
    struct export *export = data;
    export->names = catalogue_names(db, 0, error); /* those of the snapshot */
    return export->names != NULL &&
           (line_search_has_cursor(export->search) ? export_by_key(export, error) : export_by_ids(export, error));
}

bool line_export(struct db *db, const struct line_search *search, const struct row_sink *sink, GError **error)
{
    struct export export = { .db = db, .search = search, .chunk = row_chunk_begin(sink) };
    bool good = db_snapshot(db, export_work, &export, error);
    g_free(export.cursor.key);
    return good;
}
