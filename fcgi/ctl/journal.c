/*
 * journal.c: the commands `audit verify` and `mail list`.
 */
#include "ctl/ctl.h"

#include "audit/audit.h"
#include "customer/customer.h"

enum { MAILS_MOST = 1000 };

static char *code;

const GOptionEntry audit_verify_options[] = {
    { "customer", 0, 0, G_OPTION_ARG_FILENAME, &code, "Only this customer's rows (all, and those of no customer)",
      "CODE" },
    { 0 },
};

static const struct ctl_column verify_columns[] = { { "customer", CELL_TEXT }, { "rows", CELL_NUMBER }, { 0 } };

static const struct ctl_column mail_columns[] = {
    { "id", CELL_NUMBER },      { "created", CELL_TEXT }, { "due", CELL_TEXT },        { "attempts", CELL_NUMBER },
    { "recipient", CELL_TEXT }, { "subject", CELL_TEXT }, { "last_error", CELL_TEXT }, { 0 },
};

static bool verify(struct ctl *ctl, struct ctl_table *table, uint64_t id, const char *name, GError **error)
{
    uint64_t rows = 0;
    if (!audit_verify(ctl->db, ctl->keys, id, &rows, error)) {
        g_prefix_error(error, "audit of %s: ", name);
        return false;
    }
    ctl_add_text(table, name);
    ctl_add_number(table, rows);
    return true;
}

static bool verify_all(struct ctl *ctl, struct ctl_table *table, GError **error)
{
    g_autoptr(GPtrArray) customers = customer_list(ctl->db, error);
    bool good = customers != NULL && verify(ctl, table, 0, "-", error);
    for (guint i = 0; good && i < customers->len; i++) {
        const struct customer *customer = customers->pdata[i];
        good = verify(ctl, table, customer->id, customer->code, error);
    }
    return good;
}

static bool verify_one(struct ctl *ctl, struct ctl_table *table, GError **error)
{
    AUTO(customer) struct customer *customer = customer_get_by_code(ctl->db, code, error);
    return customer != NULL && verify(ctl, table, customer->id, customer->code, error);
}

bool ctl_audit_verify(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    if (ctl_worker_db(ctl, error) == NULL || ctl_keys(ctl, error) == NULL) {
        return false;
    }
    struct ctl_table *table = ctl_table_new(verify_columns);
    bool good = code != NULL ? verify_one(ctl, table, error) : verify_all(ctl, table, error);
    if (good) {
        ctl_table_print(ctl, table, false);
    } else {
        ctl_table_free(table);
    }
    return good;
}

bool ctl_mail_list(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    struct db *db = ctl_db(ctl, error);
    AUTO(db_rows)
    struct db_rows *rows = db != NULL ? db_query(db, STATEMENT_MAIL_WAITING_LIST, error, DB_U64(MAILS_MOST)) : NULL;
    if (rows == NULL) {
        return false;
    }
    struct ctl_table *table = ctl_table_new(mail_columns);
    while (db_next(rows)) {
        ctl_add_number(table, db_get_u64(rows, 0));
        ctl_add_moment(table, db_get_moment(rows, 3));
        ctl_add_moment(table, db_get_moment(rows, 4));
        ctl_add_number(table, db_get_u64(rows, 5));
        ctl_add_text(table, db_get_text(rows, 1));
        ctl_add_text(table, db_get_text(rows, 2));
        ctl_add_text(table, db_get_text(rows, 6));
    }
    ctl_table_print(ctl, table, false);
    return true;
}
