/*
 * line_search_store.c: a search of lines as the parameters of its statement.
 */
#include "line/line_search_store.h"

#include "base/text.h"

enum line_way line_way(const struct line_search *search)
{
    return search->phone != NULL ? LINE_WAY_PHONE : search->serial != NULL ? LINE_WAY_SERIAL : LINE_WAY_ORDER;
}

bool line_search_has_cursor(const struct line_search *search)
{
    return search->customer == 0 || (line_way(search) == LINE_WAY_ORDER && search->sort < LINE_BY_PLAN);
}

bool line_has_filters(const struct line_search *search)
{
    return search->label != NULL || search->service != 0 || search->plan != 0 || search->state >= 0 ||
           search->states != 0 || search->group >= 0 || search->throttled >= 0;
}

enum line_all_way line_search_all_way(const struct line_search *search, uint64_t found)
{
    const struct line_all_facts facts = { .has_phone = search->phone != NULL,
                                          .has_serial = search->serial != NULL,
                                          .has_filters = line_has_filters(search),
                                          .is_of_one = search->only_customer != 0,
                                          .customers = search->customers,
                                          .found = found };
    return line_all_way(&facts);
}

bool line_is_by_month(const struct line_search *search)
{
    return search->sort == LINE_BY_USED || search->sort == LINE_BY_REMAINING;
}

void line_put(struct line_parameters *all, struct db_value value)
{
    g_assert(all->n < LINE_VALUES_MOST);
    all->at[all->n++] = value;
}

void line_put_times(struct line_parameters *all, struct db_value value, int times)
{
    for (int i = 0; i < times; i++) {
        line_put(all, value);
    }
}

static char *like(const char *text)
{
    return text != NULL ? text_like(text) : NULL;
}

struct line_parameters line_parameters_begin(const struct line_search *search)
{
    return (struct line_parameters){ .like_phone = like(search->phone),
                                     .like_serial = like(search->serial),
                                     .like_label = like(search->label),
                                     .states = search->states != 0 ? line_states_write(search->states) : NULL };
}

static void put_phone(struct line_parameters *all)
{
    line_put_times(all, DB_TEXT(all->like_phone), 2);
}

static void put_serial(struct line_parameters *all)
{
    line_put_times(all, DB_TEXT(all->like_serial), 3);
}

/* The part of a number that finds the hits, then the other number's condition. */
void line_put_hits(struct line_parameters *all, const struct line_search *search)
{
    line_put(all, DB_U64(search->customer));
    line_put(all, DB_TEXT(line_way(search) == LINE_WAY_PHONE ? all->like_phone : all->like_serial));
    if (line_way(search) == LINE_WAY_SERIAL) {
        line_put(all, DB_U64(search->customer));
        line_put(all, DB_TEXT(all->like_serial));
    }
}

static void put_other_number(struct line_parameters *all, const struct line_search *search)
{
    if (search->customer == 0) {
        put_phone(all);
        put_serial(all);
    } else if (line_way(search) == LINE_WAY_PHONE) {
        put_serial(all);
    } else if (line_way(search) == LINE_WAY_SERIAL) {
        put_phone(all);
    }
}

void line_put_filters(struct line_parameters *all, const struct line_search *search)
{
    put_other_number(all, search);
    line_put_other_filters(all, search);
}

void line_put_other_filters(struct line_parameters *all, const struct line_search *search)
{
    line_put_times(all, db_u64_or_null(search->service), 2);
    line_put_times(all, db_u64_or_null(search->plan), 2);
    line_put_times(all, search->state < 0 ? DB_NULL : DB_TEXT(line_state_code((enum line_state)search->state)), 2);
    line_put_times(all, DB_TEXT(all->states), 2);
    line_put_times(all, search->group < 0 ? DB_NULL : DB_I64(search->group), 2);
    line_put_times(all, search->throttled < 0 ? DB_NULL : DB_I64(search->throttled), 2);
    line_put_times(all, DB_TEXT(all->like_label), 2);
}

static struct db_value cursor_key(const struct line_search *search, const struct line_cursor *cursor)
{
    if (cursor == NULL) {
        return DB_NULL;
    }
    return line_is_by_month(search) ? DB_U64(g_ascii_strtoull(cursor->key, NULL, 10)) : DB_TEXT(cursor->key);
}

void line_put_cursor(struct line_parameters *all, const struct line_search *search, const struct line_cursor *cursor)
{
    struct db_value key = cursor_key(search, cursor);
    struct db_value id = cursor != NULL ? DB_U64(cursor->id) : DB_NULL;
    line_put_times(all, key, 3);
    line_put(all, id);
}

void line_put_only_customer(struct line_parameters *all, const struct line_search *search)
{
    line_put_times(all, db_u64_or_null(search->only_customer), 2);
}

static void put_cursor_of_all(struct line_parameters *all, const struct line_search *search,
                              const struct line_cursor *cursor)
{
    struct db_value key = cursor_key(search, cursor);
    struct db_value customer = cursor != NULL ? DB_U64(cursor->customer) : DB_NULL;
    line_put_times(all, customer, 3);
    line_put_times(all, key, 2);
    line_put(all, cursor != NULL ? DB_U64(cursor->id) : DB_NULL);
}

void line_put_all(struct line_parameters *all, const struct line_search *search, enum line_all_way way,
                  const struct line_cursor *cursor)
{
    for (int i = 0; way == LINE_ALL_BY_SERIAL && i < 2; i++) { /* numbers of today, and former ones */
        line_put(all, DB_U64(search->account));
        line_put(all, DB_TEXT(all->like_serial));
    }
    bool has_bounds = way == LINE_ALL_PLAIN || way == LINE_ALL_IN_ORDER;
    line_put_times(all, DB_U64(search->account), has_bounds ? 3 : 1);
    put_cursor_of_all(all, search, cursor);
    if (way != LINE_ALL_PLAIN) {
        line_put_only_customer(all, search);
    }
}

void line_parameters_clear(struct line_parameters *all)
{
    g_free(all->like_phone);
    g_free(all->like_serial);
    g_free(all->like_label);
    g_free(all->states);
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
