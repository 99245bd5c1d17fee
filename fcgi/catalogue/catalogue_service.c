/*
 * catalogue_service.c: adding services and plans, each in one transaction with its row of the audit.
 */
#include "catalogue/catalogue.h"

#include "audit/audit.h"
#include "base/error.h"

struct work {
    const struct actor *actor;
    struct moment now;
    const char *code, *name_ja, *name_en;
    const struct plan_new *plan;
    uint64_t id;
};

static bool invalid(const char *text, GError **error)
{
    g_set_error_literal(error, PORTAL_ERROR, PORTAL_INVALID, text);
    return false;
}

static bool check_words(const char *code, const char *name_ja, const char *name_en, GError **error)
{
    if (!catalogue_code_is_good(code)) {
        return invalid("a code has 1 to 32 letters, digits, '-' and '.', and begins with a letter or digit", error);
    }
    if (!catalogue_name_is_good(name_ja) || !catalogue_name_is_good(name_en)) {
        return invalid("names must be one line of text of at most 100 characters, in both languages", error);
    }
    return true;
}

static bool pass_on(GError *failure, const char *what, const char *code, GError **error)
{
    if (g_error_matches(failure, PORTAL_ERROR, PORTAL_CONFLICT)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "%s %s exists already", what, code);
        g_error_free(failure);
    } else {
        g_propagate_error(error, failure);
    }
    return false;
}

static bool service_work(struct db *db, void *data, GError **error)
{
    struct work *work = data;
    GError *failure = NULL;
    if (!service_insert(db, work->code, work->name_ja, work->name_en, &work->id, &failure)) {
        return pass_on(failure, "service", work->code, error);
    }
    g_autofree char *object = g_strdup_printf("service %s", work->code);
    return audit_add(db, work->actor, work->now, 0, "service-add", object, work->name_ja, error);
}

bool service_create(struct db *db, const struct actor *actor, struct moment now, const char *code, const char *name_ja,
                    const char *name_en, uint64_t *id, GError **error)
{
    struct work work = { .actor = actor, .now = now, .code = code, .name_ja = name_ja, .name_en = name_en };
    if (!check_words(code, name_ja, name_en, error) || !db_transaction(db, service_work, &work, error)) {
        return false;
    }
    *id = work.id;
    return true;
}

static bool plan_work(struct db *db, void *data, GError **error)
{
    struct work *work = data;
    const struct plan_new *plan = work->plan;
    GError *failure = NULL;
    AUTO(service) struct service *service = service_get_by_code(db, plan->service_code, error);
    if (service == NULL) {
        return false;
    }
    if (!plan_insert(db, service->id, plan, &work->id, &failure)) {
        return pass_on(failure, "plan", plan->code, error);
    }
    g_autofree char *object = g_strdup_printf("plan %s", plan->code);
    g_autofree char *capacity = catalogue_capacity_show(plan->capacity_bytes);
    g_autofree char *from = date_show(plan->valid_from);
    g_autofree char *detail =
        g_strdup_printf("%s, %s, %" G_GUINT64_FORMAT " yen from %s", plan->name_ja, capacity, plan->yen, from);
    return audit_add(db, work->actor, work->now, 0, "plan-add", object, detail, error);
}

bool plan_create(struct db *db, const struct actor *actor, struct moment now, const struct plan_new *plan, uint64_t *id,
                 GError **error)
{
    struct work work = { .actor = actor, .now = now, .plan = plan };
    if (!check_words(plan->code, plan->name_ja, plan->name_en, error)) {
        return false;
    }
    if (plan->yen > CATALOGUE_YEN_MOST) {
        return invalid("a price is at most 10000000 yen a month", error);
    }
    if (!date_is_valid(plan->valid_from)) {
        return invalid("there is no such day", error);
    }
    if (!db_transaction(db, plan_work, &work, error)) {
        return false;
    }
    *id = work.id;
    return true;
}
