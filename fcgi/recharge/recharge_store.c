/*
 * recharge_store.c: recharges of many lines as rows, set by set. How long they last and what use draws on them is
 * decided by the rules.
 */
#include "recharge/recharge_store.h"

#include "line/line_rule.h"

GArray *recharge_offers(struct db *db, struct date day, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_RECHARGE_PRICES, error, DB_DATE(day));
    if (rows == NULL) {
        return NULL;
    }
    GArray *offers = g_array_new(FALSE, FALSE, sizeof(struct recharge_offer));
    while (db_next(rows)) {
        struct recharge_offer offer = { .bytes = db_get_i64(rows, 0), .yen = db_get_i64(rows, 1) };
        g_array_append_val(offers, offer);
    }
    return offers;
}

static char *ids_of(const GArray *all)
{
    GString *json = g_string_new("[");
    for (guint i = 0; i < all->len; i++) {
        g_string_append_printf(json, "%s%" G_GUINT64_FORMAT, i > 0 ? "," : "",
                               g_array_index(all, struct recharge_new, i).line);
    }
    g_string_append_c(json, ']');
    return g_string_free(json, FALSE);
}

/* The recharges that a line has, read on from where `rows` stands; `held` tells that a row waits there. */
static void take_recharges(struct db_rows *rows, bool *held, uint64_t line, GArray *of_line)
{
    g_array_set_size(of_line, 0);
    while (*held && db_get_u64(rows, 0) <= line) {
        struct line_recharge one = { .bytes = db_get_i64(rows, 1),
                                     .consumed = db_get_i64(rows, 2),
                                     .set_aside = db_get_i64(rows, 3),
                                     .valid_until = db_get_date(rows, 4) };
        if (db_get_u64(rows, 0) == line) {
            g_array_append_val(of_line, one);
        }
        *held = db_next(rows);
    }
}

bool recharge_store_overuse(struct db *db, GArray *all, struct date today, GError **error)
{
    g_autofree char *ids = ids_of(all);
    g_autoptr(GArray) of_line = g_array_new(FALSE, FALSE, sizeof(struct line_recharge));
    AUTO(db_rows)
    struct db_rows *months =
        db_query(db, STATEMENT_RECHARGE_READ_MONTHS, error, DB_TEXT(ids), DB_U64(month_key(date_month(today))));
    AUTO(db_rows)
    struct db_rows *valid =
        months != NULL ? db_query(db, STATEMENT_RECHARGE_READ_VALID, error, DB_TEXT(ids), DB_DATE(today)) : NULL;
    if (valid == NULL) {
        return false;
    }
    bool held = db_next(valid);
    for (guint i = 0; db_next(months);) {
        uint64_t line = db_get_u64(months, 0);
        while (i < all->len && g_array_index(all, struct recharge_new, i).line < line) {
            i++;
        }
        take_recharges(valid, &held, line, of_line);
        for (; i < all->len && g_array_index(all, struct recharge_new, i).line == line; i++) {
            g_array_index(all, struct recharge_new, i).overuse =
                line_overuse(db_get_i64(months, 1), db_get_i64(months, 2),
                             (const struct line_recharge *)(void *)of_line->data, of_line->len, today);
        }
    }
    return true;
}

static char *rows_of(const GArray *all)
{
    GString *json = g_string_new("[");
    for (guint i = 0; i < all->len; i++) {
        const struct recharge_new *one = &g_array_index(all, struct recharge_new, i);
        g_string_append_printf(json,
                               "%s{\"id\":%" G_GUINT64_FORMAT ",\"customer\":%" G_GUINT64_FORMAT
                               ",\"bytes\":%" G_GINT64_FORMAT ",\"overuse\":%" G_GINT64_FORMAT
                               ",\"until\":\"%04d-%02d-%02d\"}",
                               i > 0 ? "," : "", one->line, one->customer, one->bytes, one->overuse, one->until.year,
                               one->until.month, one->until.day);
    }
    g_string_append_c(json, ']');
    return g_string_free(json, FALSE);
}

bool recharge_store_add(struct db *db, const GArray *all, struct moment now, GError **error)
{
    g_autofree char *rows = rows_of(all);
    struct db_value month = DB_U64(month_key(date_month(moment_date(now))));
    return db_run(db, STATEMENT_RECHARGE_ADD, NULL, error, DB_MOMENT(now), DB_TEXT(rows)) &&
           db_run(db, STATEMENT_RECHARGE_ADD_REMAINING, NULL, error, DB_TEXT(rows), month) &&
           db_run(db, STATEMENT_RECHARGE_UNTHROTTLE_COUNTS, NULL, error, DB_TEXT(rows)) &&
           db_run(db, STATEMENT_RECHARGE_UNTHROTTLE, NULL, error, DB_TEXT(rows));
}
