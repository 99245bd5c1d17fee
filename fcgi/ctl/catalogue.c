/*
 * catalogue.c: the commands `service` and `plan`.
 */
#include "ctl/ctl.h"

#include "catalogue/catalogue.h"

static char *code, *service_code, *name_ja, *name_en, *capacity, *from;
static gint price = -1;
static gboolean shareable, esim;

const GOptionEntry service_add_options[] = {
    { "code", 0, 0, G_OPTION_ARG_FILENAME, &code, "Its code, a short word", "CODE" },
    { "name-ja", 0, 0, G_OPTION_ARG_FILENAME, &name_ja, "Its name in Japanese", "NAME" },
    { "name-en", 0, 0, G_OPTION_ARG_FILENAME, &name_en, "Its name in English", "NAME" },
    { 0 },
};

const GOptionEntry plan_add_options[] = {
    { "code", 0, 0, G_OPTION_ARG_FILENAME, &code, "Its code, a short word", "CODE" },
    { "service", 0, 0, G_OPTION_ARG_FILENAME, &service_code, "The code of its service", "CODE" },
    { "name-ja", 0, 0, G_OPTION_ARG_FILENAME, &name_ja, "Its name in Japanese", "NAME" },
    { "name-en", 0, 0, G_OPTION_ARG_FILENAME, &name_en, "Its name in English", "NAME" },
    { "capacity", 0, 0, G_OPTION_ARG_FILENAME, &capacity, "Data a month: 500MB, 1GB, 1.5GB (1 GB = 1000 MB)", "SIZE" },
    { "price", 0, 0, G_OPTION_ARG_INT, &price, "Yen a month, before tax", "YEN" },
    { "shareable", 0, 0, G_OPTION_ARG_NONE, &shareable, "Its SIMs may join share groups", NULL },
    { "esim", 0, 0, G_OPTION_ARG_NONE, &esim, "It is offered as eSIM too", NULL },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, "First day (today)", "DATE" },
    { 0 },
};

static const struct ctl_column service_columns[] = {
    { "id", CELL_NUMBER }, { "code", CELL_TEXT }, { "name_ja", CELL_TEXT }, { "name_en", CELL_TEXT }, { 0 },
};

static const struct ctl_column plan_columns[] = {
    { "id", CELL_NUMBER },
    { "service", CELL_TEXT },
    { "code", CELL_TEXT },
    { "capacity", CELL_TEXT },
    { "capacity_bytes", CELL_NUMBER },
    { "yen", CELL_NUMBER },
    { "shareable", CELL_FLAG },
    { "esim", CELL_FLAG },
    { "from", CELL_TEXT },
    { "to", CELL_TEXT },
    { "name_ja", CELL_TEXT },
    { "name_en", CELL_TEXT },
    { 0 },
};

static const struct ctl_column id_columns[] = { { "id", CELL_NUMBER }, { 0 } };

static bool print_id(const struct ctl *ctl, uint64_t id, const char *what)
{
    if (ctl->json) {
        struct ctl_table *table = ctl_table_new(id_columns);
        ctl_add_number(table, id);
        ctl_table_print(ctl, table, true);
    }
    ctl_say(ctl, "%s %s added (id %" G_GUINT64_FORMAT ")", what, code, id);
    return true;
}

bool ctl_service_add(struct ctl *ctl, char **arguments, GError **error)
{
    uint64_t id = 0;
    (void)arguments;
    if (!ctl_need(code, "--code", error) || !ctl_need(name_ja, "--name-ja", error) ||
        !ctl_need(name_en, "--name-en", error)) {
        return false;
    }
    struct db *db = ctl_db(ctl, error);
    return db != NULL && service_create(db, &ctl->actor, ctl->now, code, name_ja, name_en, &id, error) &&
           print_id(ctl, id, "service");
}

bool ctl_service_list(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    struct db *db = ctl_db(ctl, error);
    g_autoptr(GPtrArray) list = db != NULL ? service_list(db, error) : NULL;
    if (list == NULL) {
        return false;
    }
    struct ctl_table *table = ctl_table_new(service_columns);
    for (guint i = 0; i < list->len; i++) {
        const struct service *service = list->pdata[i];
        ctl_add_number(table, service->id);
        ctl_add_text(table, service->code);
        ctl_add_text(table, service->name_ja);
        ctl_add_text(table, service->name_en);
    }
    ctl_table_print(ctl, table, false);
    return true;
}

static bool read_plan(const struct ctl *ctl, struct plan_new *plan, GError **error)
{
    *plan = (struct plan_new){ .code = code,
                               .service_code = service_code,
                               .name_ja = name_ja,
                               .name_en = name_en,
                               .shareable = shareable,
                               .esim = esim,
                               .yen = (uint64_t)price,
                               .valid_from = moment_date(ctl->now) };
    if (!ctl_need(code, "--code", error) || !ctl_need(service_code, "--service", error) ||
        !ctl_need(name_ja, "--name-ja", error) || !ctl_need(name_en, "--name-en", error) ||
        !ctl_need(capacity, "--capacity", error)) {
        return false;
    }
    if (price < 0) {
        return ctl_usage(error, "--price is needed: yen a month before tax");
    }
    if (!catalogue_capacity_read(capacity, &plan->capacity_bytes)) {
        return ctl_usage(error, "--capacity %s: write it as 500MB, 1GB or 1.5GB", capacity);
    }
    if (from != NULL && !date_parse(from, &plan->valid_from)) {
        return ctl_usage(error, "--from %s: write it as 2026-04-01", from);
    }
    return true;
}

bool ctl_plan_add(struct ctl *ctl, char **arguments, GError **error)
{
    uint64_t id = 0;
    struct plan_new plan;
    (void)arguments;
    if (!read_plan(ctl, &plan, error)) {
        return false;
    }
    struct db *db = ctl_db(ctl, error);
    return db != NULL && plan_create(db, &ctl->actor, ctl->now, &plan, &id, error) && print_id(ctl, id, "plan");
}

bool ctl_plan_list(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    struct db *db = ctl_db(ctl, error);
    g_autoptr(GPtrArray) list = db != NULL ? plan_list(db, moment_date(ctl->now), error) : NULL;
    if (list == NULL) {
        return false;
    }
    struct ctl_table *table = ctl_table_new(plan_columns);
    for (guint i = 0; i < list->len; i++) {
        const struct plan *plan = list->pdata[i];
        ctl_add_number(table, plan->id);
        ctl_add_text(table, plan->service_code);
        ctl_add_text(table, plan->code);
        ctl_add_taken(table, catalogue_capacity_show(plan->capacity_bytes));
        ctl_add_number(table, plan->capacity_bytes);
        ctl_add_number(table, plan->yen);
        ctl_add_flag(table, plan->shareable);
        ctl_add_flag(table, plan->esim);
        ctl_add_taken(table, date_iso(plan->valid_from));
        ctl_add_taken(table, plan->valid_to.month == 0 ? NULL : date_iso(plan->valid_to));
        ctl_add_text(table, plan->name_ja);
        ctl_add_text(table, plan->name_en);
    }
    ctl_table_print(ctl, table, false);
    return true;
}
