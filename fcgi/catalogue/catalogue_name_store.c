/*
 * catalogue_name_store.c: what services, plans and sets of options are called. Every list shows them, and they change a
 * few times a year: so they are kept in the process, by the catalogue's edition, which each request's session statement
 * tells.
 */
#include "catalogue/catalogue.h"

#include <string.h>

static void name_free(gpointer data)
{
    struct catalogue_name *name = data;
    for (int i = 0; i < LANGUAGE_N; i++) {
        g_free(name->text[i]);
    }
    g_free(name);
}

static struct catalogue_name *name_read(const struct db_rows *rows)
{
    struct catalogue_name *name = g_new0(struct catalogue_name, 1);
    const char *kind = db_get_text(rows, 0);
    name->kind = strcmp(kind, "service") == 0 ? CATALOGUE_SERVICE
                 : strcmp(kind, "plan") == 0  ? CATALOGUE_PLAN
                                              : CATALOGUE_OPTIONS;
    name->id = db_get_u64(rows, 1);
    name->text[LANGUAGE_JA] = g_strdup(db_get_text(rows, 2));
    name->text[LANGUAGE_EN] = g_strdup(db_get_text(rows, 3));
    name->capacity = db_get_i64(rows, 4);
    return name;
}

static gpointer key_of(enum catalogue_kind kind, uint64_t id)
{
    return GSIZE_TO_POINTER(id << 2 | (uint64_t)kind);
}

static void names_free(gpointer data)
{
    struct catalogue_names *names = data;
    g_hash_table_unref(names->by_id);
    g_ptr_array_unref(names->all);
    g_free(names);
}

const struct catalogue_names *catalogue_names(struct db *db, uint64_t edition, GError **error)
{
    const struct catalogue_names *kept = db_kept(db, STATEMENT_CATALOGUE_NAMES, edition);
    if (kept != NULL) {
        return kept;
    }
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, STATEMENT_CATALOGUE_NAMES, NULL, 0, error);
    if (rows == NULL) {
        return NULL;
    }
    struct catalogue_names *names = g_new(struct catalogue_names, 1);
    names->all = g_ptr_array_new_with_free_func(name_free);
    names->by_id = g_hash_table_new(NULL, NULL);
    while (db_next(rows)) {
        struct catalogue_name *name = name_read(rows);
        g_ptr_array_add(names->all, name);
        g_hash_table_insert(names->by_id, key_of(name->kind, name->id), name);
    }
    return db_keep(db, STATEMENT_CATALOGUE_NAMES, edition, names, names_free);
}

const struct catalogue_name *catalogue_name(const struct catalogue_names *names, enum catalogue_kind kind, uint64_t id)
{
    return g_hash_table_lookup(names->by_id, key_of(kind, id));
}
