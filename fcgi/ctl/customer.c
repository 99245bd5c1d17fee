/*
 * customer.c: the commands `customer` and `project`.
 */
#include "ctl/ctl.h"

#include "customer/customer.h"

static char *code, *name, *customer_code;

const GOptionEntry customer_add_options[] = {
    { "code", 0, 0, G_OPTION_ARG_FILENAME, &code, "Its code, as TC1000-00009", "CODE" },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &name, "Its name", "NAME" },
    { 0 },
};

const GOptionEntry project_add_options[] = {
    { "customer", 0, 0, G_OPTION_ARG_FILENAME, &customer_code, "The customer's code", "CODE" },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &name, "The project's name", "NAME" },
    { 0 },
};

const GOptionEntry project_list_options[] = {
    { "customer", 0, 0, G_OPTION_ARG_FILENAME, &customer_code, "Only this customer's", "CODE" },
    { 0 },
};

static const struct ctl_column customer_columns[] = {
    { "id", CELL_NUMBER },
    { "code", CELL_TEXT },
    { "lines", CELL_NUMBER },
    { "terminated", CELL_NUMBER },
    { "created", CELL_TEXT },
    { "name", CELL_TEXT },
    { 0 },
};

static const struct ctl_column project_columns[] = {
    { "id", CELL_NUMBER }, { "customer", CELL_TEXT }, { "created", CELL_TEXT }, { "name", CELL_TEXT }, { 0 },
};

static const struct ctl_column id_columns[] = { { "id", CELL_NUMBER }, { 0 } };

static bool print_id(const struct ctl *ctl, uint64_t id, const char *what, const char *which)
{
    if (ctl->json) {
        struct ctl_table *table = ctl_table_new(id_columns);
        ctl_add_number(table, id);
        ctl_table_print(ctl, table, true);
    }
    ctl_say(ctl, "%s %s added (id %" G_GUINT64_FORMAT ")", what, which, id);
    return true;
}

bool ctl_customer_add(struct ctl *ctl, char **arguments, GError **error)
{
    uint64_t id = 0;
    (void)arguments;
    if (!ctl_need(code, "--code", error) || !ctl_need(name, "--name", error)) {
        return false;
    }
    struct db *db = ctl_db(ctl, error);
    return db != NULL && customer_create(db, &ctl->actor, ctl->now, code, name, &id, error) &&
           print_id(ctl, id, "customer", code);
}

bool ctl_customer_list(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    struct db *db = ctl_db(ctl, error);
    g_autoptr(GPtrArray) list = db != NULL ? customer_list(db, error) : NULL;
    if (list == NULL) {
        return false;
    }
    struct ctl_table *table = ctl_table_new(customer_columns);
    for (guint i = 0; i < list->len; i++) {
        const struct customer *customer = list->pdata[i];
        ctl_add_number(table, customer->id);
        ctl_add_text(table, customer->code);
        ctl_add_number(table, customer->lines);
        ctl_add_number(table, customer->terminated);
        ctl_add_moment(table, customer->created_at);
        ctl_add_text(table, customer->name);
    }
    ctl_table_print(ctl, table, false);
    return true;
}

bool ctl_project_add(struct ctl *ctl, char **arguments, GError **error)
{
    uint64_t id = 0;
    (void)arguments;
    if (!ctl_need(customer_code, "--customer", error) || !ctl_need(name, "--name", error)) {
        return false;
    }
    struct db *db = ctl_db(ctl, error);
    return db != NULL && project_create(db, &ctl->actor, ctl->now, customer_code, name, &id, error) &&
           print_id(ctl, id, "project", name);
}

bool ctl_project_list(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    struct db *db = ctl_db(ctl, error);
    g_autoptr(GPtrArray) list = db != NULL ? project_list(db, customer_code, error) : NULL;
    if (list == NULL) {
        return false;
    }
    struct ctl_table *table = ctl_table_new(project_columns);
    for (guint i = 0; i < list->len; i++) {
        const struct project *project = list->pdata[i];
        ctl_add_number(table, project->id);
        ctl_add_text(table, project->customer_code);
        ctl_add_moment(table, project->created_at);
        ctl_add_text(table, project->name);
    }
    ctl_table_print(ctl, table, false);
    return true;
}
