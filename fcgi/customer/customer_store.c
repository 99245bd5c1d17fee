/*
 * customer_store.c: customers and projects as rows. Decides nothing.
 */
#include "customer/customer.h"

#include "base/error.h"
#include "base/text.h"

void customer_free(struct customer *customer)
{
    g_free(customer->code);
    g_free(customer->name);
    g_free(customer);
}

void project_free(struct project *project)
{
    g_free(project->customer_code);
    g_free(project->name);
    g_free(project);
}

static void customer_free_element(gpointer customer)
{
    customer_free(customer);
}

static void project_free_element(gpointer project)
{
    project_free(project);
}

static struct customer *customer_read(const struct db_rows *rows)
{
    struct customer *customer = g_new0(struct customer, 1);
    customer->id = db_get_u64(rows, 0);
    customer->code = g_strdup(db_get_text(rows, 1));
    customer->name = g_strdup(db_get_text(rows, 2));
    customer->created_at = db_get_moment(rows, 3);
    customer->lines = db_get_u64(rows, 4);
    customer->terminated = db_get_u64(rows, 5);
    return customer;
}

bool customer_insert(struct db *db, const char *code, const char *name, struct moment now, uint64_t *id, GError **error)
{
    g_autofree char *search = text_search_key(name);
    if (!db_run(db, STATEMENT_CUSTOMER_ADD, NULL, error, DB_TEXT(code), DB_TEXT(name), DB_TEXT(search),
                DB_MOMENT(now))) {
        return false;
    }
    uint64_t made = db_last_id(db);
    if (!db_run(db, STATEMENT_CUSTOMER_COUNT_ADD, NULL, error, DB_U64(made))) {
        return false;
    }
    *id = made;
    return true;
}

struct customer *customer_get_by_code(struct db *db, const char *code, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_CUSTOMER_BY_CODE, error, DB_TEXT(code));
    if (rows == NULL) {
        return NULL;
    }
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "there is no customer %s", code);
        return NULL;
    }
    return customer_read(rows);
}

GPtrArray *customer_list(struct db *db, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, STATEMENT_CUSTOMER_LIST, NULL, 0, error);
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(customer_free_element);
    while (db_next(rows)) {
        g_ptr_array_add(list, customer_read(rows));
    }
    return list;
}

bool project_insert(struct db *db, uint64_t customer, const char *name, struct moment now, uint64_t *id, GError **error)
{
    if (!db_run(db, STATEMENT_PROJECT_ADD, NULL, error, DB_U64(customer), DB_TEXT(name), DB_MOMENT(now))) {
        return false;
    }
    *id = db_last_id(db);
    return true;
}

bool project_find(struct db *db, uint64_t customer, const char *name, uint64_t *id, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_PROJECT_BY_NAME, error, DB_U64(customer), DB_TEXT(name));
    if (rows == NULL) {
        return false;
    }
    *id = db_next(rows) ? db_get_u64(rows, 0) : 0;
    return true;
}

GPtrArray *project_list(struct db *db, const char *customer_code, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_PROJECT_LIST_ALL, error, DB_TEXT(customer_code), DB_TEXT(customer_code));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(project_free_element);
    while (db_next(rows)) {
        struct project *project = g_new0(struct project, 1);
        project->id = db_get_u64(rows, 0);
        project->customer_code = g_strdup(db_get_text(rows, 1));
        project->name = g_strdup(db_get_text(rows, 2));
        project->created_at = db_get_moment(rows, 3);
        g_ptr_array_add(list, project);
    }
    return list;
}
