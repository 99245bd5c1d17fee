/*
 * line_list_store.c: lists of lines as rows. Which statement answers which list stands in the tables below.
 */
#include "line/line_search_store.h"

#include "catalogue/catalogue.h"
#include "line/line_store.h"

#include <string.h>

/* ---- which statement ---- */

static const enum statement of_customer[LINE_WAY_N][LINE_SORT_N][2] = {
    [LINE_WAY_ORDER] = ORDERS(LINE_LIST, ),
    [LINE_WAY_PHONE] = ORDERS(LINE_LIST, _BY_PHONE),
    [LINE_WAY_SERIAL] = ORDERS(LINE_LIST, _BY_SERIAL),
};

/* All customers are shown one after the other: only in the orders that an index has. */
#define OF_ALL(use)                                                                                                    \
    {                                                                                                                  \
        [LINE_BY_SERIAL] = BOTH(use##_SERIAL), [LINE_BY_PHONE] = BOTH(use##_PHONE),                                    \
        [LINE_BY_STATE] = BOTH(use##_STATE)                                                                            \
    }
static const enum statement of_all[LINE_ALL_WAY_N][LINE_SORT_N][2] = {
    [LINE_ALL_PLAIN] = OF_ALL(LINE_LIST_ALL_PLAIN),
    [LINE_ALL_IN_ORDER] = OF_ALL(LINE_LIST_ALL_SOME),
    [LINE_ALL_BY_CUSTOMER] = OF_ALL(LINE_LIST_ALL_BY_CUSTOMER),
    [LINE_ALL_BY_PHONE] = OF_ALL(LINE_LIST_ALL_BY_PHONE),
    [LINE_ALL_BY_SERIAL] = OF_ALL(LINE_LIST_ALL_BY_SERIAL),
    [LINE_ALL_BY_SCAN] = OF_ALL(LINE_LIST_ALL_BY_SCAN),
};

#define INDEXED(use)                                                                                                   \
    {                                                                                                                  \
        [LINE_BY_SERIAL] = BOTH(use##_SERIAL), [LINE_BY_PHONE] = BOTH(use##_PHONE),                                    \
        [LINE_BY_STATE] = BOTH(use##_STATE), [LINE_BY_USED] = BOTH(use##_USED),                                        \
        [LINE_BY_REMAINING] = BOTH(use##_REMAINING)                                                                    \
    }
static const enum statement direct[LINE_BY_PLAN][2] = INDEXED(LINE_PAGE);
static const enum statement jump[LINE_BY_PLAN][2] = INDEXED(LINE_JUMP);

/* How a page is found: read off an index from where it begins; its ids by an index alone, however far behind; or by
 * all that match. */
enum search_form { DIRECT, JUMP, WHOLE };

static enum search_form form_of(const struct line_search *search, const struct line_page *page)
{
    if (search->customer == 0 || !line_search_has_cursor(search)) {
        return WHOLE;
    }
    return page->cursor != NULL || page->offset == 0 ? DIRECT : line_has_filters(search) ? WHOLE : JUMP;
}

static void put_head(struct line_parameters *all, const struct line_search *search, const struct line_page *page)
{
    struct db_value month = DB_U64(month_key(search->month));
    if (search->customer == 0) {
        line_put_all(all, search, line_search_all_way(search, page->found), page->cursor);
        return;
    }
    if (line_way(search) != LINE_WAY_ORDER) {
        line_put_hits(all, search);
        line_put(all, month);
        line_put(all, DB_U64(search->customer));
        return;
    }
    if (form_of(search, page) == DIRECT) {
        line_put(all, month);
        line_put(all, DB_U64(search->customer));
        line_put_cursor(all, search, page->cursor);
        return;
    }
    line_put(all, DB_U64(search->customer));
    if (line_is_by_month(search)) {
        line_put(all, month);
    }
}

static void put_tail(struct line_parameters *all, const struct line_search *search, const struct line_page *page)
{
    enum search_form form = form_of(search, page);
    bool is_plain = search->customer == 0 && line_search_all_way(search, page->found) == LINE_ALL_PLAIN;
    if (form != JUMP && !is_plain) {
        line_put_filters(all, search);
    }
    line_put(all, DB_U64(page->limit));
    if (form != DIRECT) {
        line_put(all, DB_U64(page->cursor != NULL ? 0 : page->offset));
        line_put(all, DB_U64(month_key(search->month)));
    }
}

/* ---- rows ---- */

/* The texts that a row was given are copied, all in one block. */
static void own_texts(struct line_row *row)
{
    const char **all[] = { &row->serial,  &row->phone,         &row->label,         &row->plan,
                           &row->option,  &row->customer_code, &row->customer_name, &row->project,
                           &row->service, &row->iccid,         &row->memo,          &row->group };
    gsize sizes[G_N_ELEMENTS(all)], size = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        sizes[i] = *all[i] != NULL ? strlen(*all[i]) + 1 : 0;
        size += sizes[i];
    }
    char *at = row->texts = g_malloc(size);
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        if (sizes[i] > 0) {
            memcpy(at, *all[i], sizes[i]);
            *all[i] = at;
            at += sizes[i];
        }
    }
}

void line_row_clear(struct line_row *row)
{
    g_free(row->texts);
}

void line_row_read(const struct db_rows *rows, struct line_row *row)
{
    *row = (struct line_row){ .id = db_get_u64(rows, 0), .customer = db_get_u64(rows, 1) };
    row->serial = db_get_text(rows, 2);
    row->phone = db_get_text(rows, 3);
    g_assert(line_state_read(db_get_text(rows, 4), &row->state));
    row->is_throttled = db_get_bool(rows, 5);
    row->label = db_get_text(rows, 6);
    row->plan = db_get_text(rows, 7);
    row->option = db_get_text(rows, 8);
    row->capacity = db_get_i64(rows, 9);
    row->used = db_get_i64(rows, 10);
    row->remaining = db_get_i64(rows, 11);
    row->as_of = db_get_moment(rows, 12);
    row->customer_code = db_get_text(rows, 13);
    row->customer_name = db_get_text(rows, 14);
    row->project = db_get_text(rows, 15);
    row->service = db_get_text(rows, 16);
    g_assert(card_kind_read(db_get_text(rows, 17), &row->kind) && card_size_read(db_get_text(rows, 18), &row->size));
    row->iccid = db_get_text(rows, 19);
    row->activated_on = db_get_date(rows, 20);
    row->memo = db_get_text(rows, 21);
    row->group = db_get_text(rows, 22);
    own_texts(row);
}

/* The names that are kept; one that came since is read with all others. */
struct names {
    struct db *db;
    const struct catalogue_names *are;
};

static bool find_names(struct names *names, const struct db_rows *rows, const struct catalogue_name **plan,
                       const struct catalogue_name **options, GError **error)
{
    for (int again = 0; again < 2 && names->are != NULL; again++) {
        *plan = catalogue_name(names->are, CATALOGUE_PLAN, db_get_u64(rows, 7));
        *options = catalogue_name(names->are, CATALOGUE_OPTIONS, db_get_u64(rows, 8));
        if (*plan != NULL && *options != NULL) {
            return true;
        }
        names->are = catalogue_names(names->db, 0, error);
    }
    g_assert(names->are == NULL); /* foreign keys */
    return false;
}

/* The columns of line_list_columns. */
static bool read_row(struct names *names, const struct db_rows *rows, const struct line_search *search,
                     struct line_row *row, GError **error)
{
    const struct catalogue_name *plan = NULL, *options = NULL;
    if (!find_names(names, rows, &plan, &options, error)) {
        return false;
    }
    bool has_month = !db_is_null(rows, 9);
    *row = (struct line_row){
        .id = db_get_u64(rows, 0),
        .customer = db_get_u64(rows, 1),
        .serial = db_get_text(rows, 2),
        .phone = db_get_text(rows, 3),
        .is_throttled = db_get_bool(rows, 5),
        .label = db_get_text(rows, 6),
        .plan = plan->text[search->language],
        .option = options->text[search->language],
        .capacity = has_month ? db_get_i64(rows, 9) : plan->capacity,
        .used = has_month ? db_get_i64(rows, 10) : 0,
        .remaining = has_month ? db_get_i64(rows, 11) : plan->capacity,
        .as_of = db_get_moment(rows, 12),
    };
    g_assert(line_state_read(db_get_text(rows, 4), &row->state));
    if (search->customer == 0) {
        row->customer_code = db_get_text(rows, 13);
        row->customer_name = db_get_text(rows, 14);
    }
    own_texts(row);
    return true;
}

static void clear_row(gpointer data)
{
    line_row_clear(data);
}

static void reverse(GArray *rows)
{
    for (guint i = 0; i < rows->len / 2; i++) {
        struct line_row *a = &g_array_index(rows, struct line_row, i);
        struct line_row *b = &g_array_index(rows, struct line_row, rows->len - 1 - i);
        struct line_row kept = *a;
        *a = *b;
        *b = kept;
    }
}

static enum statement list_statement(const struct line_search *search, const struct line_page *page, bool is_down)
{
    if (search->customer == 0) {
        return of_all[line_search_all_way(search, page->found)][search->sort][is_down];
    }
    switch (form_of(search, page)) {
    case DIRECT:
        return direct[search->sort][is_down];
    case JUMP:
        return jump[search->sort][is_down];
    case WHOLE:
        break;
    }
    return of_customer[line_way(search)][search->sort][is_down];
}

/* Behind the columns of a row. */
enum { HITS = 13 };

bool line_list_counts(const struct line_search *search)
{
    return search->customer != 0 && line_way(search) != LINE_WAY_ORDER;
}

GArray *line_list(struct db *db, const struct line_search *search, const struct line_page *page, uint64_t *total,
                  GError **error)
{
    struct line_parameters all = line_parameters_begin(search);
    bool is_down = search->is_descending != page->backward;
    enum statement statement = list_statement(search, page, is_down);
    put_head(&all, search, page);
    put_tail(&all, search, page);
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, statement, all.at, all.n, error);
    line_parameters_clear(&all);
    if (rows == NULL) {
        return NULL;
    }
    struct names names = { .db = db, .are = catalogue_names(db, search->edition, error) };
    if (names.are == NULL) {
        return NULL;
    }
    GArray *list = g_array_sized_new(FALSE, FALSE, sizeof(struct line_row), page->limit);
    g_array_set_clear_func(list, clear_row);
    bool is_counted = total != NULL && line_list_counts(search);
    while (db_next(rows)) {
        struct line_row row;
        if (!read_row(&names, rows, search, &row, error)) {
            g_array_unref(list);
            return NULL;
        }
        g_array_append_val(list, row);
        if (is_counted) {
            *total = db_get_u64(rows, HITS);
        }
    }
    if (page->backward) {
        reverse(list);
    }
    return list;
}

/* ---- months ---- */

static void read_month_total(const struct db_rows *rows, guint at, struct line_month_total *total)
{
    total->capacity = db_get_i64(rows, at);
    total->used = db_get_i64(rows, at + 1);
    total->as_of = db_get_moment(rows, at + 2);
}

bool line_totals(struct db *db, uint64_t account, struct month month, uint64_t counts[LINE_COUNTS],
                 struct line_month_total *total, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_LINE_TOTALS_ALL, error, DB_U64(month_key(month)), DB_U64(account));
    if (rows == NULL) {
        return false;
    }
    bool found = db_next(rows);
    *total = (struct line_month_total){ 0 };
    for (guint i = 0; i < LINE_COUNTS; i++) {
        counts[i] = found ? db_get_u64(rows, i) : 0;
    }
    if (found) {
        read_month_total(rows, LINE_COUNTS, total);
    }
    return true;
}

bool line_month_total(struct db *db, uint64_t customer, struct month month, struct line_month_total *total,
                      GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_LINE_MONTH_TOTAL, error, DB_U64(customer), DB_U64(month_key(month)));
    if (rows == NULL) {
        return false;
    }
    *total = (struct line_month_total){ 0 };
    if (db_next(rows)) {
        read_month_total(rows, 0, total);
    }
    return true;
}
