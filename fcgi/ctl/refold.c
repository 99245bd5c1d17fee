/*
 * refold.c: goes through the tables with search keys by id. The row of the table's form is locked, moved on with the
 * rows it tells of, and so says where to go on whatever ends the program.
 */
#include "ctl/refold.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

enum { ROWS_A_BITE = 1000 };

/* How the keys of a table are read and set. */
static const struct keyed {
    const char *table;
    enum statement list, set;
    bool is_unique; /* the key, so that `set` takes it twice */
} tables[] = {
    { "account", STATEMENT_REFOLD_ACCOUNT_LIST, STATEMENT_REFOLD_ACCOUNT_SET, true },
    { "customer", STATEMENT_REFOLD_CUSTOMER_LIST, STATEMENT_REFOLD_CUSTOMER_SET, false },
    { "line", STATEMENT_REFOLD_LINE_LIST, STATEMENT_REFOLD_LINE_SET, false },
    { "share_group", STATEMENT_REFOLD_SHARE_GROUP_LIST, STATEMENT_REFOLD_SHARE_GROUP_SET, false },
};

struct row {
    uint64_t id;
    char *text, *key; /* the new key */
};

static void row_clear(gpointer data)
{
    struct row *row = data;
    g_free(row->text);
    g_free(row->key);
}

struct bite {
    const struct keyed *keyed;
    uint64_t changed;
    GPtrArray *kept; /* texts whose key is another's */
    bool is_over;
};

/* The rows behind `after` whose keys change; `after` moves to the last that was looked at. */
static GArray *list_rows(struct db *db, const struct keyed *keyed, uint64_t *after, bool *is_last, GError **error)
{
    guint n = 0;
    AUTO(db_rows) struct db_rows *rows = db_query(db, keyed->list, error, DB_U64(*after), DB_U64(ROWS_A_BITE));
    if (rows == NULL) {
        return NULL;
    }
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct row));
    g_array_set_clear_func(list, row_clear);
    for (; db_next(rows); n++) {
        *after = db_get_u64(rows, 0);
        g_autofree char *key = text_search_key(db_get_text(rows, 1));
        if (strcmp(key, db_get_text(rows, 2)) != 0) {
            struct row row = { *after, g_strdup(db_get_text(rows, 1)), g_steal_pointer(&key) };
            g_array_append_val(list, row);
        }
    }
    *is_last = n < ROWS_A_BITE;
    return list;
}

static bool set_key(struct db *db, struct bite *bite, const struct row *row, GError **error)
{
    const struct keyed *keyed = bite->keyed;
    uint64_t changed = 0;
    bool good = keyed->is_unique
                    ? db_run(db, keyed->set, &changed, error, DB_TEXT(row->key), DB_TEXT(row->key), DB_U64(row->id))
                    : db_run(db, keyed->set, &changed, error, DB_TEXT(row->key), DB_U64(row->id));
    if (good && changed == 0 && keyed->is_unique) {
        g_ptr_array_add(bite->kept, g_strdup(row->text));
    }
    bite->changed += changed;
    return good;
}

static bool fold_bite(struct db *db, void *data, GError **error)
{
    struct bite *bite = data;
    const char *table = bite->keyed->table;
    uint64_t form = TEXT_SEARCH_KEY_FORM, after = 0;
    bite->changed = 0;
    bite->is_over = true;
    g_ptr_array_set_size(bite->kept, 0);
    {
        AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_SEARCH_KEY_FORM_LOCK, error, DB_TEXT(table));
        if (rows == NULL) {
            return false;
        }
        if (db_next(rows)) {
            form = db_get_u64(rows, 0);
            after = db_get_u64(rows, 1);
        }
    }
    if (form >= TEXT_SEARCH_KEY_FORM) {
        return true;
    }
    g_autoptr(GArray) list = list_rows(db, bite->keyed, &after, &bite->is_over, error);
    bool good = list != NULL;
    for (guint i = 0; good && i < list->len; i++) {
        good = set_key(db, bite, &g_array_index(list, struct row, i), error);
    }
    return good &&
           db_run(db, STATEMENT_SEARCH_KEY_FORM_MOVE, NULL, error, DB_U64(bite->is_over ? TEXT_SEARCH_KEY_FORM : form),
                  DB_U64(bite->is_over ? 0 : after), DB_TEXT(table));
}

bool refold_find(struct db *db, const char **table, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, STATEMENT_SEARCH_KEY_FORMS, NULL, 0, error);
    if (rows == NULL) {
        return false;
    }
    *table = NULL;
    while (db_next(rows)) {
        for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
            if (db_get_u64(rows, 1) < TEXT_SEARCH_KEY_FORM && strcmp(tables[i].table, db_get_text(rows, 0)) == 0) {
                *table = tables[i].table;
            }
        }
    }
    return true;
}

static bool fold_table(struct ctl *ctl, struct db *db, const struct keyed *keyed, GError **error)
{
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
    struct bite bite = { .keyed = keyed, .kept = kept };
    uint64_t changed = 0;
    while (!bite.is_over) {
        if (!db_transaction(db, fold_bite, &bite, error)) {
            g_prefix_error(error, "search keys of %s: ", keyed->table);
            return false;
        }
        changed += bite.changed;
        for (guint i = 0; i < kept->len; i++) {
            g_printerr("simportalctl: the login id %s reads like another now: issue another account in its place\n",
                       (const char *)kept->pdata[i]);
        }
    }
    if (changed > 0) {
        ctl_say(ctl, "folded %" G_GUINT64_FORMAT " search keys of %s anew", changed, keyed->table);
    }
    return true;
}

bool refold_all(struct ctl *ctl, struct db *db, GError **error)
{
    bool good = true;
    for (gsize i = 0; good && i < G_N_ELEMENTS(tables); i++) {
        good = fold_table(ctl, db, &tables[i], error);
    }
    return good;
}
