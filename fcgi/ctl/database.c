/*
 * database.c: the commands `migrate` and `db wait`.
 */
#include "ctl/ctl.h"
#include "ctl/migration.h"
#include "ctl/refold.h"

#include "base/error.h"

enum { LOCK_SECONDS = 600, PAUSE_US = 200000 };

static gboolean dry_run;
static gint wait_seconds = 30;
static gboolean wait_schema;

const GOptionEntry migrate_options[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, "Say what would be applied, change nothing", NULL },
    { 0 },
};

const GOptionEntry db_wait_options[] = {
    { "seconds", 0, 0, G_OPTION_ARG_INT, &wait_seconds, "Give up after so long (30)", "N" },
    { "schema", 0, 0, G_OPTION_ARG_NONE, &wait_schema, "Also wait until the migrations have run", NULL },
    { 0 },
};

static const struct ctl_column migration_columns[] = { { "migration", CELL_TEXT }, { "done", CELL_FLAG }, { 0 } };

static bool apply_rest(struct ctl *ctl, struct db *db, GPtrArray *migrations, GError **error)
{
    guint applied = 0;
    if (!migration_count_applied(db, migrations, &applied, error)) {
        return false;
    }
    bool good = true;
    guint end = applied;
    for (; end < migrations->len && good && !dry_run; end += good) {
        const struct migration *migration = migrations->pdata[end];
        good = migration_apply(db, migration, ctl->now, error);
        if (good) {
            ctl_say(ctl, "applied %s", migration->name);
        }
    }
    if (ctl->json) {
        struct ctl_table *table = ctl_table_new(migration_columns);
        for (guint i = applied; i < migrations->len; i++) {
            ctl_add_text(table, ((struct migration *)migrations->pdata[i])->name);
            ctl_add_flag(table, i < end);
        }
        ctl_table_print(ctl, table, false);
    } else if (applied == migrations->len) {
        ctl_say(ctl, "nothing to do: %u migrations have run", applied);
    }
    for (guint i = applied; i < migrations->len && dry_run; i++) {
        ctl_say(ctl, "would apply %s", ((struct migration *)migrations->pdata[i])->name);
    }
    return good;
}

bool ctl_migrate(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    g_autoptr(GPtrArray) migrations = migration_read_all(ctl->config->data.migrations_dir, error);
    if (migrations == NULL) {
        return false;
    }
    ctl->db = db_new(ctl->config, true, error);
    if (ctl->db == NULL) {
        return false;
    }
    db_permit(ctl->db, ctl_permit());
    if (!migration_lock(ctl->db, LOCK_SECONDS, error)) {
        return false;
    }
    bool good = apply_rest(ctl, ctl->db, migrations, error) && (dry_run || refold_all(ctl, ctl->db, error));
    return good ? migration_unlock(ctl->db, error) : false; /* a failure ends the connection, and so the lock */
}

/* Whether the database answers and, if that is asked, has the whole schema. */
static bool is_ready(struct db *db, const GPtrArray *migrations, GError **error)
{
    guint applied = 0;
    if (!db_ping(db, error)) {
        return false;
    }
    if (migrations == NULL) {
        return true;
    }
    if (!migration_count_applied(db, migrations, &applied, error)) {
        return false;
    }
    if (applied < migrations->len) {
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "%u migrations have not run; run simportalctl migrate",
                    migrations->len - applied);
        return false;
    }
    const char *table = NULL;
    if (!refold_find(db, &table, error)) {
        return false;
    }
    if (table != NULL) {
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "search keys of %s have an older form; run simportalctl migrate",
                    table);
    }
    return table == NULL;
}

bool ctl_db_wait(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    g_autoptr(GPtrArray) migrations = NULL;
    g_autoptr(GError) failure = NULL;
    if (wait_schema) {
        migrations = migration_read_all(ctl->config->data.migrations_dir, error);
        if (migrations == NULL) {
            return false;
        }
    }
    struct db *db = ctl_db(ctl, error);
    if (db == NULL) {
        return false;
    }
    int64_t end = clock_ticks() + (int64_t)wait_seconds * G_USEC_PER_SEC;
    while (!is_ready(db, migrations, &failure)) {
        if (clock_ticks() >= end) {
            g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "not ready after %d seconds: %s; see [db] in %s",
                        wait_seconds, failure->message, ctl->config_file);
            return false;
        }
        g_clear_error(&failure);
        g_usleep(PAUSE_US);
    }
    return true;
}
