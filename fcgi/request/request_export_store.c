/*
 * request_export_store.c: all requests of a search, all lines of a request or of a draft, chunk by chunk, for files;
 * each file sees one snapshot, so that nothing comes twice or is missed where two chunks meet.
 */
#include "request/request_search_store.h"

#include "base/row_chunk.h"
#include "request/draft_store.h"

struct export
{
    struct db *db;
    struct row_chunk chunk;
    uint64_t last; /* id of the last row of a full chunk; 0: none yet */
};

/* Read the chunk behind `last`. */
typedef bool next_chunk(struct export *export, const void *of, GError **error);

struct exporting {
    struct export export;
    next_chunk *next;
    const void *of;
};

static bool do_export(struct db *db, void *data, GError **error)
{
    struct exporting *exporting = data;
    (void)db;
    do {
        if (!exporting->next(&exporting->export, exporting->of, error)) {
            return false;
        }
    } while (row_chunk_rest(&exporting->export.chunk));
    return true;
}

static bool export_all(struct db *db, const struct row_sink *sink, next_chunk *next, const void *of, GError **error)
{
    struct exporting exporting = { .export = { .db = db, .chunk = row_chunk_begin(sink) }, .next = next, .of = of };
    return db_snapshot(db, do_export, &exporting, error);
}

/* ---- requests ---- */

static void take_request(const struct db_rows *rows, void *data)
{
    struct export *export = data;
    AUTO(request_made) struct request_made *made = request_made_read_head(rows);
    if (row_chunk_take(&export->chunk, made)) {
        export->last = made->id;
    }
}

static bool next_requests(struct export *export, const void *of, GError **error)
{
    const struct request_search *search = of;
    static const enum statement of_customer[REQUEST_WAY_N] = {
        [REQUEST_WAY_ALL] = STATEMENT_REQUEST_PAGE_ALL_DESC, [REQUEST_WAY_STATUS] = STATEMENT_REQUEST_PAGE_STATUS_DESC,
        [REQUEST_WAY_NUMBER] = STATEMENT_REQUEST_CSV_NUMBER, [REQUEST_WAY_PHONE] = STATEMENT_REQUEST_CSV_PHONE,
        [REQUEST_WAY_SERIAL] = STATEMENT_REQUEST_CSV_SERIAL,
    };
    struct request_parameters all = { 0 };
    enum statement statement =
        search->customer != 0 ? of_customer[request_way(search)] : STATEMENT_REQUEST_CSV_EVERYWHERE;
    request_put(&all, DB_TEXT(language_code(search->language)));
    request_put_search(&all, search, &export->last);
    request_put(&all, DB_U64(export->chunk.size));
    bool good = db_stream_values(export->db, statement, all.at, all.n, take_request, export, error);
    request_parameters_clear(&all);
    return good;
}

bool request_export(struct db *db, const struct request_search *search, const struct row_sink *sink, GError **error)
{
    return export_all(db, sink, next_requests, search, error);
}

/* ---- lines of a request ---- */

struct items_of {
    const struct request_search *search;
    uint64_t id;
    const char *results;
};

static void take_item(const struct db_rows *rows, void *data)
{
    struct export *export = data;
    struct request_item *item = request_item_read(rows);
    if (row_chunk_take(&export->chunk, item)) {
        export->last = db_get_u64(rows, 12);
    }
    request_item_free(item);
}

static bool next_items(struct export *export, const void *of, GError **error)
{
    const struct items_of *items = of;
    struct db_value language = DB_TEXT(language_code(items->search->language)), results = DB_TEXT(items->results);
    const struct db_value values[] = {
        language, language, DB_U64(items->search->account), DB_U64(items->id), DB_U64(export->last),
        results,  results,  DB_U64(export->chunk.size),
    };
    return db_stream_values(export->db, STATEMENT_REQUEST_CSV_ITEMS, values, G_N_ELEMENTS(values), take_item, export,
                            error);
}

bool request_export_items(struct db *db, const struct request_search *search, uint64_t id, const char *results,
                          const struct row_sink *sink, GError **error)
{
    struct items_of items = { .search = search, .id = id, .results = results };
    return export_all(db, sink, next_items, &items, error);
}

/* ---- lines of a draft ---- */

struct lines_of {
    const struct draft_owner *owner;
    uint64_t id;
    enum language language;
    bool refused_only;
};

static void take_line(const struct db_rows *rows, void *data)
{
    struct export *export = data;
    struct draft_line *line = draft_line_read(rows);
    if (row_chunk_take(&export->chunk, line)) {
        export->last = line->line;
    }
    draft_line_free(line);
}

static bool next_lines(struct export *export, const void *of, GError **error)
{
    const struct lines_of *lines = of;
    struct db_value language = DB_TEXT(language_code(lines->language));
    const struct db_value values[] = {
        language,
        language,
        DB_U64(lines->id),
        DB_U64(lines->owner->customer),
        DB_U64(export->last),
        lines->refused_only ? DB_U64(1) : DB_NULL,
        DB_U64(export->chunk.size),
    };
    return db_stream_values(export->db, STATEMENT_DRAFT_CSV_LINES, values, G_N_ELEMENTS(values), take_line, export,
                            error);
}

bool draft_export_lines(struct db *db, const struct draft_owner *owner, uint64_t id, enum language language,
                        bool refused_only, const struct row_sink *sink, GError **error)
{
    struct lines_of lines = { .owner = owner, .id = id, .language = language, .refused_only = refused_only };
    return export_all(db, sink, next_lines, &lines, error);
}

/* ---- rows of an upload ---- */

static bool next_rows(struct export *export, const void *of, GError **error)
{
    const struct lines_of *lines = of;
    g_autoptr(GArray) rows =
        draft_list_rows(export->db, lines->owner, lines->id, true, (uint32_t) export->last, export->chunk.size, error);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        const struct draft_row *row = &g_array_index(rows, struct draft_row, i);
        if (row_chunk_take(&export->chunk, row)) {
            export->last = row->row;
        }
    }
    return rows != NULL;
}

bool draft_export_refused(struct db *db, const struct draft_owner *owner, uint64_t id, const struct row_sink *sink,
                          GError **error)
{
    struct lines_of lines = { .owner = owner, .id = id };
    return export_all(db, sink, next_rows, &lines, error);
}
