/*
 * status.c: the command `status`: whether the portal's rows say that all is well, a line a matter, for people and for
 * monitors. Decides what is too late; whether nginx and the pools answer is /healthz.
 */
#include "ctl/ctl.h"
#include "ctl/migration.h"

#include "base/error.h"

/* Seconds after which what waits is a fault: a worker that lives seals every two seconds and mails every second. */
enum { WORKER_MOST = 90, AUDIT_MOST = 300, MAIL_MOST = 900, DATABASE_SECONDS = 5 };

static const struct ctl_column status_columns[] = {
    { "matter", CELL_TEXT },
    { "well", CELL_FLAG },
    { "detail", CELL_TEXT },
    { 0 },
};

struct status {
    struct ctl *ctl;
    struct ctl_table *table;
    bool is_well;
};

static void tell(struct status *status, const char *matter, bool is_well, char *detail)
{
    ctl_add_text(status->table, matter);
    ctl_add_flag(status->table, is_well);
    ctl_add_taken(status->table, detail);
    status->is_well = status->is_well && is_well;
}

static bool tell_database(struct status *status)
{
    g_autoptr(GError) failure = NULL;
    int64_t began = clock_ticks();
    bool good = db_probe(status->ctl->config, DATABASE_SECONDS, &failure);
    tell(status, "database", good,
         good ? g_strdup_printf("answers in %" G_GINT64_FORMAT " ms", (clock_ticks() - began) / 1000)
              : g_strdup(failure->message));
    return good;
}

static bool tell_schema(struct status *status)
{
    guint applied = 0;
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) migrations = migration_read_all(status->ctl->config->data.migrations_dir, &failure);
    if (migrations == NULL || !migration_count_applied(status->ctl->db, migrations, &applied, &failure)) {
        tell(status, "schema", false, g_strdup(failure->message));
        return false;
    }
    bool good = applied == migrations->len;
    tell(status, "schema", good,
         g_strdup_printf("%u of %u migrations have run%s", applied, migrations->len,
                         good ? "" : ": run simportalctl migrate"));
    return good;
}

/* Rows that wait: how many, and since when the oldest does. */
static void tell_waiting(struct status *status, const char *matter, enum statement statement, int64_t most)
{
    g_autoptr(GError) failure = NULL;
    AUTO(db_rows) struct db_rows *rows = db_query_values(status->ctl->db, statement, NULL, 0, &failure);
    if (rows == NULL || !db_next(rows)) {
        tell(status, matter, false, g_strdup(failure != NULL ? failure->message : "no answer"));
        return;
    }
    uint64_t count = db_get_u64(rows, 0);
    struct moment oldest = db_get_moment(rows, 1);
    int64_t seconds = count == 0 ? 0 : (status->ctl->now.us - oldest.us) / G_USEC_PER_SEC;
    tell(status, matter, seconds <= most,
         count == 0 ? g_strdup("none waits")
                    : g_strdup_printf("%" G_GUINT64_FORMAT " wait, the oldest for %" G_GINT64_FORMAT " seconds", count,
                                      MAX(seconds, 0)));
}

bool ctl_status(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    struct status status = { .ctl = ctl, .table = ctl_table_new(status_columns), .is_well = true };
    if (ctl_db(ctl, error) == NULL) {
        ctl_table_free(status.table);
        return false;
    }
    if (tell_database(&status) && tell_schema(&status)) {
        tell_waiting(&status, "mail", STATEMENT_STATUS_MAIL, MAIL_MOST);
        tell_waiting(&status, "audit", STATEMENT_STATUS_AUDIT, AUDIT_MOST);
    }
    ctl_table_print(ctl, status.table, false);
    if (!status.is_well) {
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "not all is well");
    }
    return status.is_well;
}
