/*
 * line_list_store.c: lists of lines as rows. Which statement answers which list stands in the tables below.
 */
#include "line/line_store.h"

#include "base/text.h"

#include <string.h>

enum { VALUES_MOST = 40 };

/* ---- which statement ---- */

#define BOTH(name)                                                                                                     \
    {                                                                                                                  \
        STATEMENT_##name##_ASC, STATEMENT_##name##_DESC                                                                \
    }
#define ORDERS(use, by)                                                                                                \
    {                                                                                                                  \
        [LINE_BY_SERIAL] = BOTH(use##by##_SERIAL), [LINE_BY_PHONE] = BOTH(use##by##_PHONE),                            \
        [LINE_BY_STATE] = BOTH(use##by##_STATE), [LINE_BY_USED] = BOTH(use##by##_USED),                                \
        [LINE_BY_REMAINING] = BOTH(use##by##_REMAINING), [LINE_BY_PLAN] = BOTH(use##by##_PLAN),                        \
        [LINE_BY_OPTION] = BOTH(use##by##_OPTION)                                                                      \
    }

enum way { BY_ORDER, BY_PHONE, BY_SERIAL, WAY_N };

static const enum statement of_customer[2][WAY_N][LINE_SORT_N][2] = {
    { [BY_ORDER] = ORDERS(LINE_LIST, ),
      [BY_PHONE] = ORDERS(LINE_LIST, _BY_PHONE),
      [BY_SERIAL] = ORDERS(LINE_LIST, _BY_SERIAL) },
    { [BY_ORDER] = ORDERS(LINE_CSV, ),
      [BY_PHONE] = ORDERS(LINE_CSV, _BY_PHONE),
      [BY_SERIAL] = ORDERS(LINE_CSV, _BY_SERIAL) },
};

/* All customers are shown one after the other: only in the orders that an index has. */
static const enum statement of_all[2][3][2] = {
    { BOTH(LINE_LIST_ALL_SERIAL), BOTH(LINE_LIST_ALL_PHONE), BOTH(LINE_LIST_ALL_STATE) },
    { BOTH(LINE_CSV_ALL_SERIAL), BOTH(LINE_CSV_ALL_PHONE), BOTH(LINE_CSV_ALL_STATE) },
};

static const enum statement jump[LINE_BY_PLAN][2] = {
    [LINE_BY_SERIAL] = BOTH(LINE_JUMP_SERIAL),       [LINE_BY_PHONE] = BOTH(LINE_JUMP_PHONE),
    [LINE_BY_STATE] = BOTH(LINE_JUMP_STATE),         [LINE_BY_USED] = BOTH(LINE_JUMP_USED),
    [LINE_BY_REMAINING] = BOTH(LINE_JUMP_REMAINING),
};

static enum way way_of(const struct line_search *search)
{
    return search->phone != NULL ? BY_PHONE : search->serial != NULL ? BY_SERIAL : BY_ORDER;
}

bool line_search_has_cursor(const struct line_search *search)
{
    return search->customer == 0 || (way_of(search) == BY_ORDER && search->sort < LINE_BY_PLAN);
}

static bool has_filters(const struct line_search *search)
{
    return search->label != NULL || search->service != 0 || search->plan != 0 || search->state >= 0 ||
           search->group >= 0 || search->throttled >= 0;
}

static bool is_by_month(const struct line_search *search)
{
    return search->sort == LINE_BY_USED || search->sort == LINE_BY_REMAINING;
}

/* ---- its parameters ---- */

struct parameters {
    struct db_value at[VALUES_MOST];
    guint n;
    char *like_phone, *like_serial, *like_label;
};

static void put(struct parameters *all, struct db_value value)
{
    g_assert(all->n < VALUES_MOST);
    all->at[all->n++] = value;
}

/* An optional condition takes its value as often as the statement names it. */
static void put_times(struct parameters *all, struct db_value value, int times)
{
    for (int i = 0; i < times; i++) {
        put(all, value);
    }
}

static char *like(const char *text)
{
    return text != NULL ? text_like(text) : NULL;
}

static struct parameters parameters_begin(const struct line_search *search)
{
    return (struct parameters){ .like_phone = like(search->phone),
                                .like_serial = like(search->serial),
                                .like_label = like(search->label) };
}

static void put_phone(struct parameters *all)
{
    put_times(all, DB_TEXT(all->like_phone), 2);
}

static void put_serial(struct parameters *all)
{
    put_times(all, DB_TEXT(all->like_serial), 3);
}

/* The part of a number that finds the hits, then the other number's condition. */
static void put_hits(struct parameters *all, const struct line_search *search)
{
    put(all, DB_U64(search->customer));
    put(all, DB_TEXT(way_of(search) == BY_PHONE ? all->like_phone : all->like_serial));
    if (way_of(search) == BY_SERIAL) {
        put(all, DB_U64(search->customer));
        put(all, DB_TEXT(all->like_serial));
    }
}

static void put_other_number(struct parameters *all, const struct line_search *search)
{
    if (search->customer == 0) {
        put_phone(all);
        put_serial(all);
    } else if (way_of(search) == BY_PHONE) {
        put_serial(all);
    } else if (way_of(search) == BY_SERIAL) {
        put_phone(all);
    }
}

static void put_filters(struct parameters *all, const struct line_search *search)
{
    put_other_number(all, search);
    put_times(all, db_u64_or_null(search->service), 2);
    put_times(all, db_u64_or_null(search->plan), 2);
    put_times(all, search->state < 0 ? DB_NULL : DB_TEXT(line_state_code((enum line_state)search->state)), 2);
    put_times(all, search->group < 0 ? DB_NULL : DB_I64(search->group), 2);
    put_times(all, search->throttled < 0 ? DB_NULL : DB_I64(search->throttled), 2);
    put_times(all, DB_TEXT(all->like_label), 2);
}

static void put_language(struct parameters *all, const struct line_search *search, int times)
{
    put_times(all, DB_TEXT(language_code(search->language)), times);
}

static struct db_value cursor_key(const struct line_search *search, const struct line_cursor *cursor)
{
    if (cursor == NULL) {
        return DB_NULL;
    }
    return is_by_month(search) ? DB_U64(g_ascii_strtoull(cursor->key, NULL, 10)) : DB_TEXT(cursor->key);
}

static void put_cursor(struct parameters *all, const struct line_search *search, const struct line_cursor *cursor)
{
    struct db_value key = cursor_key(search, cursor);
    struct db_value id = cursor != NULL ? DB_U64(cursor->id) : DB_NULL;
    put_times(all, key, 3);
    put(all, id);
}

static void put_cursor_of_all(struct parameters *all, const struct line_search *search,
                              const struct line_cursor *cursor)
{
    struct db_value key = cursor_key(search, cursor);
    struct db_value customer = cursor != NULL ? DB_U64(cursor->customer) : DB_NULL;
    put_times(all, customer, 3);
    put_times(all, key, 2);
    put(all, cursor != NULL ? DB_U64(cursor->id) : DB_NULL);
    put_times(all, db_u64_or_null(search->only_customer), 2);
}

/* True if nothing but an index is needed to find the page. */
static bool is_jump(const struct line_search *search, const struct line_page *page)
{
    return search->customer != 0 && search->sort < LINE_BY_PLAN && !page->files && page->cursor == NULL &&
           way_of(search) == BY_ORDER && !has_filters(search);
}

static void put_head(struct parameters *all, const struct line_search *search, const struct line_page *page)
{
    struct db_value month = DB_U64(month_key(search->month));
    put_language(all, search, page->files ? 3 : 2);
    if (search->customer == 0) {
        put(all, DB_U64(search->account));
        put_cursor_of_all(all, search, page->cursor);
        return;
    }
    if (way_of(search) != BY_ORDER) {
        put_hits(all, search);
        put(all, month);
        put(all, DB_U64(search->customer));
        return;
    }
    put(all, DB_U64(search->customer));
    if (is_by_month(search)) {
        put(all, month);
    }
    if (line_search_has_cursor(search) && !is_jump(search, page)) {
        put_cursor(all, search, page->cursor);
    }
}

static void parameters_clear(struct parameters *all)
{
    g_free(all->like_phone);
    g_free(all->like_serial);
    g_free(all->like_label);
}

/* ---- rows ---- */

void line_row_read(const struct db_rows *rows, bool files, struct line_row *row)
{
    *row = (struct line_row){ .id = db_get_u64(rows, 0), .customer = db_get_u64(rows, 1) };
    row->serial = g_strdup(db_get_text(rows, 2));
    row->phone = g_strdup(db_get_text(rows, 3));
    g_assert(line_state_read(db_get_text(rows, 4), &row->state));
    row->is_throttled = db_get_bool(rows, 5);
    row->label = g_strdup(db_get_text(rows, 6));
    row->plan = g_strdup(db_get_text(rows, 7));
    row->option = g_strdup(db_get_text(rows, 8));
    row->capacity = db_get_i64(rows, 9);
    row->used = db_get_i64(rows, 10);
    row->remaining = db_get_i64(rows, 11);
    row->as_of = db_get_moment(rows, 12);
    row->customer_code = g_strdup(db_get_text(rows, 13));
    row->customer_name = g_strdup(db_get_text(rows, 14));
    if (!files) {
        return;
    }
    row->project = g_strdup(db_get_text(rows, 15));
    row->service = g_strdup(db_get_text(rows, 16));
    g_assert(card_kind_read(db_get_text(rows, 17), &row->kind) && card_size_read(db_get_text(rows, 18), &row->size));
    row->iccid = g_strdup(db_get_text(rows, 19));
    row->activated_on = db_get_date(rows, 20);
    row->memo = g_strdup(db_get_text(rows, 21));
    row->group = g_strdup(db_get_text(rows, 22));
}

void line_row_clear(struct line_row *row)
{
    char *all[] = { row->serial,        row->phone,   row->label,   row->plan,  row->option, row->customer_code,
                    row->customer_name, row->project, row->service, row->iccid, row->memo,   row->group };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_free(all[i]);
    }
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
        return of_all[page->files][search->sort][is_down];
    }
    if (is_jump(search, page)) {
        return jump[search->sort][is_down];
    }
    return of_customer[page->files][way_of(search)][search->sort][is_down];
}

GArray *line_list(struct db *db, const struct line_search *search, const struct line_page *page, GError **error)
{
    struct parameters all = parameters_begin(search);
    bool is_down = search->is_descending != page->backward;
    enum statement statement = list_statement(search, page, is_down);
    put_head(&all, search, page);
    if (!is_jump(search, page)) {
        put_filters(&all, search);
    }
    put(&all, DB_U64(page->limit));
    put(&all, DB_U64(page->cursor != NULL ? 0 : page->offset));
    put(&all, DB_U64(month_key(search->month)));
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, statement, all.at, all.n, error);
    parameters_clear(&all);
    if (rows == NULL) {
        return NULL;
    }
    GArray *list = g_array_sized_new(FALSE, FALSE, sizeof(struct line_row), page->limit);
    g_array_set_clear_func(list, clear_row);
    while (db_next(rows)) {
        struct line_row row;
        line_row_read(rows, page->files, &row);
        g_array_append_val(list, row);
    }
    if (page->backward) {
        reverse(list);
    }
    return list;
}

struct line_cursor line_row_cursor(const struct line_search *search, const struct line_row *row)
{
    struct line_cursor cursor = { .id = row->id, .customer = row->customer };
    switch (search->sort) {
    case LINE_BY_PHONE:
        cursor.key = g_strdup(row->phone);
        break;
    case LINE_BY_STATE:
        cursor.key = g_strdup(line_state_code(row->state));
        break;
    case LINE_BY_USED:
        cursor.key = g_strdup_printf("%" G_GINT64_FORMAT, row->used);
        break;
    case LINE_BY_REMAINING:
        cursor.key = g_strdup_printf("%" G_GINT64_FORMAT, row->remaining);
        break;
    default:
        cursor.key = g_strdup(row->serial);
    }
    return cursor;
}

/* ---- counts and choices ---- */

/* True if the kept counters answer: no condition, or the state alone, or throttled alone. */
static bool is_kept(const struct line_search *search)
{
    bool others = search->phone != NULL || search->serial != NULL || search->label != NULL || search->service != 0 ||
                  search->plan != 0 || search->group >= 0 || search->only_customer != 0;
    return !others && search->throttled != 0 && !(search->throttled == 1 && search->state >= 0);
}

static uint64_t kept_total(const struct line_search *search, const uint64_t *counts)
{
    uint64_t total = 0;
    if (search->throttled == 1) {
        return counts[LINE_COUNT_THROTTLED];
    }
    for (int i = 0; i < LINE_STATE_N; i++) {
        total += search->state < 0 || search->state == i ? counts[i] : 0;
    }
    return total;
}

static enum statement put_choices_of_all(struct parameters *all, const struct line_search *search)
{
    if (is_kept(search)) {
        const char *state = search->state >= 0 ? line_state_code((enum line_state)search->state) : "";
        put(all, DB_TEXT(search->throttled == 1 ? "throttled" : state));
        put(all, DB_U64(search->account));
        return STATEMENT_LINE_CHOICES_ALL;
    }
    put(all, DB_U64(search->account));
    put_times(all, db_u64_or_null(search->only_customer), 2);
    put_filters(all, search);
    return STATEMENT_LINE_CHOICES_ALL_COUNTED;
}

static enum statement put_choices(struct parameters *all, const struct line_search *search)
{
    static const enum statement alone[WAY_N] = {
        [BY_PHONE] = STATEMENT_LINE_CHOICES_HITS_PHONE, [BY_SERIAL] = STATEMENT_LINE_CHOICES_HITS_SERIAL
    };
    static const enum statement counted[WAY_N] = { [BY_ORDER] = STATEMENT_LINE_CHOICES_BY_ORDER,
                                                   [BY_PHONE] = STATEMENT_LINE_CHOICES_BY_PHONE,
                                                   [BY_SERIAL] = STATEMENT_LINE_CHOICES_BY_SERIAL };
    enum way way = way_of(search);
    if (search->customer == 0) {
        return put_choices_of_all(all, search);
    }
    if (is_kept(search)) {
        return STATEMENT_LINE_CHOICES;
    }
    if (way != BY_ORDER) {
        put_hits(all, search);
        if (!has_filters(search) && (search->phone == NULL || search->serial == NULL)) {
            return alone[way];
        }
    }
    put(all, DB_U64(search->customer));
    put_filters(all, search);
    return counted[way];
}

bool line_totals(struct db *db, uint64_t account, uint64_t counts[LINE_COUNTS], GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_LINE_TOTALS_ALL, error, DB_U64(account));
    if (rows == NULL) {
        return false;
    }
    bool found = db_next(rows);
    for (guint i = 0; i < LINE_COUNTS; i++) {
        counts[i] = found ? db_get_u64(rows, i) : 0;
    }
    return true;
}

bool line_month_total(struct db *db, uint64_t account, uint64_t customer, struct month month,
                      struct line_month_total *total, GError **error)
{
    struct db_value one = db_u64_or_null(customer);
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_LINE_MONTH_TOTALS, error, DB_U64(month_key(month)), DB_U64(account), one, one);
    if (rows == NULL) {
        return false;
    }
    *total = (struct line_month_total){ 0 };
    if (db_next(rows)) {
        total->capacity = db_get_i64(rows, 0);
        total->used = db_get_i64(rows, 1);
        total->as_of = db_get_moment(rows, 2);
    }
    return true;
}

static void choice_free(gpointer data)
{
    g_free(((struct line_choice *)data)->text);
    g_free(data);
}

static struct line_choice *read_choice(const struct db_rows *rows)
{
    static const char *const kinds[LINE_CHOICE_N] = { "service", "plan", "group" };
    struct line_choice *choice = g_new0(struct line_choice, 1);
    while (choice->kind < LINE_CHOICE_N && strcmp(kinds[choice->kind], db_get_text(rows, 0)) != 0) {
        choice->kind++;
    }
    choice->id = db_get_u64(rows, 1);
    choice->text = g_strdup(db_get_text(rows, 2));
    return choice;
}

GPtrArray *line_choices(struct db *db, const struct line_search *search, const uint64_t *counts, uint64_t *total,
                        GError **error)
{
    struct parameters all = parameters_begin(search);
    enum statement statement = put_choices(&all, search);
    put_language(&all, search, 2);
    put(&all, db_u64_or_null(search->customer));
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, statement, all.at, all.n, error);
    parameters_clear(&all);
    if (rows == NULL) {
        return NULL;
    }
    *total = search->customer != 0 && is_kept(search) ? kept_total(search, counts) : 0;
    GPtrArray *choices = g_ptr_array_new_with_free_func(choice_free);
    while (db_next(rows)) {
        if (strcmp(db_get_text(rows, 0), "count") == 0) {
            *total = db_get_u64(rows, 1);
        } else {
            g_ptr_array_add(choices, read_choice(rows));
        }
    }
    return choices;
}
