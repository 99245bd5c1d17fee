/*
 * line_search_store.h: what the stores of lists and of files share: which kind of statement a search needs, and its
 * parameters in the order of the pieces that the statements are made of.
 */
#ifndef LINE_LINE_SEARCH_STORE_H
#define LINE_LINE_SEARCH_STORE_H

#include "line/line.h"

/* Rows of tables of statements: both directions; every order. */
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

/* Where the lines come from: an index in their order, or a part of a number. */
enum line_way { LINE_WAY_ORDER, LINE_WAY_PHONE, LINE_WAY_SERIAL, LINE_WAY_N };
enum line_way line_way(const struct line_search *search);

/* True if it has conditions beside parts of the numbers. */
bool line_has_filters(const struct line_search *search);

/* How a search of all customers is read that finds `found` lines; 0: to find out how many. */
enum line_all_way line_search_all_way(const struct line_search *search, uint64_t found);

/* True if the order is of this month's figures. */
bool line_is_by_month(const struct line_search *search);

enum { LINE_VALUES_MOST = 44 };

/* End with line_parameters_clear. */
struct line_parameters {
    struct db_value at[LINE_VALUES_MOST];
    guint n;
    char *like_phone, *like_serial, *like_label, *states;
};
struct line_parameters line_parameters_begin(const struct line_search *search);
void line_parameters_clear(struct line_parameters *all);

void line_put(struct line_parameters *all, struct db_value value);

/* An optional condition takes its value as often as the statement names it. */
void line_put_times(struct line_parameters *all, struct db_value value, int times);

/* The pieces: line_hits_…, the conditions (or line_filters of them alone), the key to go on from (NULL: from the
 * first). */
void line_put_hits(struct line_parameters *all, const struct line_search *search);
void line_put_filters(struct line_parameters *all, const struct line_search *search);
void line_put_other_filters(struct line_parameters *all, const struct line_search *search);
void line_put_cursor(struct line_parameters *all, const struct line_search *search, const struct line_cursor *cursor);

/* Of all customers: line_all_by_…, the account, its bounds in an index, the key to go on from; then, as part of the
 * conditions, the one customer. */
void line_put_all(struct line_parameters *all, const struct line_search *search, enum line_all_way way,
                  const struct line_cursor *cursor);
void line_put_only_customer(struct line_parameters *all, const struct line_search *search);

#endif
