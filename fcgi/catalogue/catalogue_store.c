/*
 * catalogue_store.c: services, plans and sets of options as rows. Decides nothing.
 */
#include "catalogue/catalogue.h"

#include "base/error.h"

void service_free(struct service *service)
{
    g_free(service->code);
    g_free(service->name_ja);
    g_free(service->name_en);
    g_free(service);
}

void plan_free(struct plan *plan)
{
    g_free(plan->code);
    g_free(plan->service_code);
    g_free(plan->name_ja);
    g_free(plan->name_en);
    g_free(plan);
}

static void service_free_element(gpointer service)
{
    service_free(service);
}

static void plan_free_element(gpointer plan)
{
    plan_free(plan);
}

static bool has_changed(struct db *db, GError **error)
{
    return db_run_values(db, STATEMENT_CATALOGUE_CHANGED, NULL, 0, NULL, error);
}

static struct service *service_read(const struct db_rows *rows)
{
    struct service *service = g_new0(struct service, 1);
    service->id = db_get_u64(rows, 0);
    service->code = g_strdup(db_get_text(rows, 1));
    service->name_ja = g_strdup(db_get_text(rows, 2));
    service->name_en = g_strdup(db_get_text(rows, 3));
    return service;
}

bool service_insert(struct db *db, const char *code, const char *name_ja, const char *name_en, uint64_t *id,
                    GError **error)
{
    if (!db_run(db, STATEMENT_SERVICE_ADD, NULL, error, DB_TEXT(code), DB_TEXT(name_ja), DB_TEXT(name_en))) {
        return false;
    }
    uint64_t made = db_last_id(db);
    if (!has_changed(db, error)) {
        return false;
    }
    *id = made;
    return true;
}

struct service *service_get_by_code(struct db *db, const char *code, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_SERVICE_BY_CODE, error, DB_TEXT(code));
    if (rows == NULL) {
        return NULL;
    }
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "there is no service %s", code);
        return NULL;
    }
    return service_read(rows);
}

GPtrArray *service_list(struct db *db, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, STATEMENT_SERVICE_LIST, NULL, 0, error);
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(service_free_element);
    while (db_next(rows)) {
        g_ptr_array_add(list, service_read(rows));
    }
    return list;
}

static struct plan *plan_read(const struct db_rows *rows)
{
    struct plan *plan = g_new0(struct plan, 1);
    plan->id = db_get_u64(rows, 0);
    plan->code = g_strdup(db_get_text(rows, 1));
    plan->service_code = g_strdup(db_get_text(rows, 2));
    plan->name_ja = g_strdup(db_get_text(rows, 3));
    plan->name_en = g_strdup(db_get_text(rows, 4));
    plan->capacity_bytes = db_get_u64(rows, 5);
    plan->shareable = db_get_bool(rows, 6);
    plan->esim = db_get_bool(rows, 7);
    plan->valid_from = db_get_date(rows, 8);
    plan->valid_to = db_get_date(rows, 9);
    plan->service_id = db_get_u64(rows, 10);
    plan->yen = db_get_u64(rows, 11);
    return plan;
}

bool plan_insert(struct db *db, uint64_t service, const struct plan_new *plan, uint64_t *id, GError **error)
{
    if (!db_run(db, STATEMENT_PLAN_ADD, NULL, error, DB_TEXT(plan->code), DB_U64(service), DB_TEXT(plan->name_ja),
                DB_TEXT(plan->name_en), DB_U64(plan->capacity_bytes), DB_U64(plan->shareable), DB_U64(plan->esim),
                DB_DATE(plan->valid_from))) {
        return false;
    }
    uint64_t made = db_last_id(db);
    if (!db_run(db, STATEMENT_PLAN_PRICE_ADD, NULL, error, DB_U64(made), DB_DATE(plan->valid_from),
                DB_U64(plan->yen)) ||
        !has_changed(db, error)) {
        return false;
    }
    *id = made;
    return true;
}

struct plan *plan_get_by_code(struct db *db, const char *code, struct date today, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_PLAN_BY_CODE, error, DB_DATE(today), DB_TEXT(code));
    if (rows == NULL) {
        return NULL;
    }
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "there is no plan %s", code);
        return NULL;
    }
    return plan_read(rows);
}

GPtrArray *plan_list(struct db *db, struct date today, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_PLAN_LIST, error, DB_DATE(today));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(plan_free_element);
    while (db_next(rows)) {
        g_ptr_array_add(list, plan_read(rows));
    }
    return list;
}

/* ---- sets of options ---- */

static bool set_find(struct db *db, const char *codes, uint64_t *id, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_OPTION_SET_BY_CODES, error, DB_TEXT(codes));
    if (rows == NULL) {
        return false;
    }
    *id = db_next(rows) ? db_get_u64(rows, 0) : 0;
    return true;
}

static bool append_names(struct db *db, const char *code, GString *ja, GString *en, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_OPTION_KIND_BY_CODE, error, DB_TEXT(code));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "there is no option %s", code);
        return false;
    }
    g_string_append_printf(ja, "%s%s", ja->len > 0 ? " " : "", db_get_text(rows, 1));
    g_string_append_printf(en, "%s%s", en->len > 0 ? ", " : "", db_get_text(rows, 2));
    return true;
}

bool option_set_ensure(struct db *db, const char *const *codes, uint64_t *id, GError **error)
{
    g_autofree char *joined = g_strjoinv(" ", (char **)(uintptr_t)codes);
    g_autoptr(GString) ja = g_string_new(NULL);
    g_autoptr(GString) en = g_string_new(NULL);
    uint64_t found = 0;
    if (!set_find(db, joined, &found, error)) {
        return false;
    }
    for (; found == 0 && *codes != NULL; codes++) {
        if (!append_names(db, *codes, ja, en, error)) {
            return false;
        }
    }
    if (found == 0) {
        if (!db_run(db, STATEMENT_OPTION_SET_ADD, NULL, error, DB_TEXT(joined), DB_TEXT(ja->str), DB_TEXT(en->str))) {
            return false;
        }
        found = db_last_id(db);
        if (!has_changed(db, error)) {
            return false;
        }
    }
    *id = found;
    return true;
}
