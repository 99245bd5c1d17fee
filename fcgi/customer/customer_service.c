/*
 * customer_service.c: adding customers and projects, each in one transaction with its row of the audit.
 */
#include "customer/customer.h"

#include "audit/audit.h"
#include "base/error.h"

struct work {
    const struct actor *actor;
    struct moment now;
    const char *code, *name;
    uint64_t id;
};

/* Say in the person's words what the unique key has said in the database's. */
static void explain_conflict(GError **error, const char *what, const char *which)
{
    if (error != NULL && g_error_matches(*error, PORTAL_ERROR, PORTAL_CONFLICT)) {
        g_clear_error(error);
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "%s %s exists already", what, which);
    }
}

static bool check_name(const char *name, gsize most, const char *what, GError **error)
{
    if (customer_name_is_good(name, most)) {
        return true;
    }
    g_set_error(error, PORTAL_ERROR, PORTAL_INVALID,
                "the %s's name must be one line of text of at most %" G_GSIZE_FORMAT " characters", what, most);
    return false;
}

static bool customer_work(struct db *db, void *data, GError **error)
{
    struct work *work = data;
    g_autoptr(GError) failure = NULL;
    if (!customer_insert(db, work->code, work->name, work->now, &work->id, &failure)) {
        explain_conflict(&failure, "customer", work->code);
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    g_autofree char *object = g_strdup_printf("customer %s", work->code);
    return audit_add(db, work->actor, work->now, work->id, "customer-add", object, work->name, error);
}

bool customer_create(struct db *db, const struct actor *actor, struct moment now, const char *code, const char *name,
                     uint64_t *id, GError **error)
{
    struct work work = { .actor = actor, .now = now, .code = code, .name = name };
    if (!customer_code_is_good(code)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID,
                    "a customer's code has the form TC1000-00009: two capitals, four digits, a hyphen, five digits");
        return false;
    }
    if (!check_name(name, CUSTOMER_NAME_MOST, "customer", error) || !db_transaction(db, customer_work, &work, error)) {
        return false;
    }
    *id = work.id;
    return true;
}

static bool project_work(struct db *db, void *data, GError **error)
{
    struct work *work = data;
    g_autoptr(GError) failure = NULL;
    AUTO(customer) struct customer *customer = customer_get_by_code(db, work->code, error);
    if (customer == NULL) {
        return false;
    }
    if (!project_insert(db, customer->id, work->name, work->now, &work->id, &failure)) {
        explain_conflict(&failure, "project", work->name);
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    g_autofree char *object = g_strdup_printf("project %" G_GUINT64_FORMAT, work->id);
    return audit_add(db, work->actor, work->now, customer->id, "project-add", object, work->name, error);
}

bool project_create(struct db *db, const struct actor *actor, struct moment now, const char *customer_code,
                    const char *name, uint64_t *id, GError **error)
{
    struct work work = { .actor = actor, .now = now, .code = customer_code, .name = name };
    if (!check_name(name, PROJECT_NAME_MOST, "project", error) || !db_transaction(db, project_work, &work, error)) {
        return false;
    }
    *id = work.id;
    return true;
}
