/*
 * migration.c: reads migrations and applies them. Number 0 makes the table that records them. A migration is
 * recorded before it begins and again when it has ended, because the database commits each change of a table
 * by itself: one that stopped half-way is said, never run again on top of itself.
 */
#include "ctl/migration.h"

#include "base/error.h"

#include <string.h>

static void migration_free(gpointer data)
{
    struct migration *migration = data;
    g_free(migration->name);
    g_free(migration->text);
    g_free(migration);
}

static bool name_is_good(const char *file)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    gsize length = strlen(file);
    return length > 9 && length < 100 && strspn(file, "0123456789") == 4 && file[4] == '_' &&
           g_str_has_suffix(file, ".sql") && strspn(file, letters) == length - 4;
}

static struct migration *read_one(const char *directory, const char *file, GError **error)
{
    g_autofree char *path = g_build_filename(directory, file, NULL);
    g_autofree char *text = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &text, &length, error)) {
        return NULL;
    }
    g_autofree char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    struct migration *migration = g_new0(struct migration, 1);
    migration->number = (unsigned)g_ascii_strtoull(file, NULL, 10);
    migration->name = g_strndup(file, strlen(file) - 4);
    migration->text = g_steal_pointer(&text);
    g_strlcpy(migration->digest, digest, sizeof migration->digest);
    return migration;
}

static int by_number(gconstpointer a, gconstpointer b)
{
    const struct migration *const *one = a, *const *other = b;
    return ((*one)->number > (*other)->number) - ((*one)->number < (*other)->number);
}

static bool check_numbers(const GPtrArray *list, const char *directory, GError **error)
{
    for (guint i = 0; i < list->len; i++) {
        const struct migration *migration = list->pdata[i];
        if (migration->number != i) {
            g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "%s: number %04u is missing or there twice (%s)",
                        directory, i, migration->name);
            return false;
        }
    }
    if (list->len == 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "%s: no migrations are there", directory);
        return false;
    }
    return true;
}

GPtrArray *migration_read_all(const char *directory, GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(directory, 0, error);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(migration_free);
    const char *file = NULL;
    if (folder == NULL) {
        return NULL;
    }
    while ((file = g_dir_read_name(folder)) != NULL) {
        if (!name_is_good(file)) {
            g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "%s/%s: a migration is called NNNN_name.sql", directory,
                        file);
            return NULL;
        }
        struct migration *migration = read_one(directory, file, error);
        if (migration == NULL) {
            return NULL;
        }
        g_ptr_array_add(list, migration);
    }
    g_ptr_array_sort(list, by_number);
    return check_numbers(list, directory, error) ? g_steal_pointer(&list) : NULL;
}

/* ---- what the database has seen ---- */

static bool table_is_there(struct db *db, bool *there, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, STATEMENT_MIGRATION_TABLE_COUNT, NULL, 0, error);
    if (rows == NULL) {
        return false;
    }
    *there = db_next(rows) && db_get_u64(rows, 0) > 0;
    return true;
}

static bool check_row(const struct db_rows *rows, const GPtrArray *migrations, guint at, GError **error)
{
    const char *name = db_get_text(rows, 1);
    const char *fault = NULL;
    if (at >= migrations->len) {
        fault = "the schema is newer than this program: install the newer one";
    } else {
        const struct migration *migration = migrations->pdata[at];
        if (db_get_moment(rows, 3).us == 0) {
            fault = "began and did not end: restore the backup, or finish by hand what it has left undone "
                    "and set its "
                    "applied_at in schema_migration";
        } else if (db_get_u64(rows, 0) != migration->number || strcmp(name, migration->name) != 0 ||
                   strcmp(db_get_text(rows, 2), migration->digest) != 0) {
            fault = "its file was changed after it had run: put the old one back and write a new migration";
        }
    }
    if (fault != NULL) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "migration %s: %s", name, fault);
    }
    return fault == NULL;
}

bool migration_count_applied(struct db *db, const GPtrArray *migrations, guint *applied, GError **error)
{
    bool there = false;
    guint n = 0;
    if (!table_is_there(db, &there, error)) {
        return false;
    }
    if (there) {
        AUTO(db_rows) struct db_rows *rows = db_query_values(db, STATEMENT_MIGRATION_LIST, NULL, 0, error);
        if (rows == NULL) {
            return false;
        }
        for (; db_next(rows); n++) {
            if (!check_row(rows, migrations, n, error)) {
                return false;
            }
        }
    }
    *applied = n;
    return true;
}

bool migration_lock(struct db *db, unsigned seconds, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_MIGRATION_LOCK, error, DB_U64(seconds));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows) || db_get_u64(rows, 0) != 1) {
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "another migration runs on this database");
        return false;
    }
    return true;
}

bool migration_unlock(struct db *db, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, STATEMENT_MIGRATION_UNLOCK, NULL, 0, error);
    return rows != NULL;
}

bool migration_apply(struct db *db, const struct migration *migration, struct moment now, GError **error)
{
    bool is_first = migration->number == 0; /* makes the table that it is recorded in; may run again */
    g_autoptr(GError) failure = NULL;
    bool good = (is_first || db_run(db, STATEMENT_MIGRATION_BEGIN, NULL, &failure, DB_U64(migration->number),
                                    DB_TEXT(migration->name), DB_TEXT(migration->digest), DB_MOMENT(now))) &&
                db_script(db, migration->text, &failure) &&
                (!is_first || db_run(db, STATEMENT_MIGRATION_BEGIN, NULL, &failure, DB_U64(0), DB_TEXT(migration->name),
                                     DB_TEXT(migration->digest), DB_MOMENT(now))) &&
                db_run(db, STATEMENT_MIGRATION_END, NULL, &failure, DB_MOMENT(clock_now()), DB_U64(migration->number));
    if (!good) {
        g_set_error(error, PORTAL_ERROR, failure->code, "migration %s failed: %s", migration->name, failure->message);
    }
    return good;
}
