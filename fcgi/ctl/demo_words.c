/*
 * demo_words.c: reads demo_words.txt. Decides nothing about fleets.
 */
#include "ctl/demo.h"

#include "base/error.h"
#include "catalogue/catalogue_rule.h"

#include <string.h>

/* A text of the file; what is missing is noted in `faults`. */
static char *text(GKeyFile *file, const char *group, const char *key, GString *faults)
{
    char *value = g_key_file_get_string(file, group, key, NULL);
    if (value == NULL) {
        g_string_append_printf(faults, " [%s] %s", group, key);
        value = g_strdup("");
    }
    return value;
}

static char **list(GKeyFile *file, const char *group, const char *key, GString *faults)
{
    char **values = g_key_file_get_string_list(file, group, key, NULL, NULL);
    if (values == NULL) {
        g_string_append_printf(faults, " [%s] %s", group, key);
        values = g_new0(char *, 1);
    }
    return values;
}

static void plan_free_all(gpointer data)
{
    struct demo_plan *plan = data;
    g_free(plan->code);
    g_free(plan->service);
    g_free(plan->name_ja);
    g_free(plan->name_en);
    g_free(plan->capacity);
    g_free(plan);
}

static void project_free_all(gpointer data)
{
    struct demo_project *project = data;
    g_free(project->name);
    g_strfreev(project->labels);
    g_strfreev(project->groups);
    g_free(project->plans);
    g_free(project);
}

static void customer_free_all(gpointer data)
{
    struct demo_customer *customer = data;
    g_free(customer->key);
    g_free(customer->code);
    g_free(customer->name);
    g_strfreev(customer->groups);
    g_free(customer->group_projects);
    g_ptr_array_unref(customer->projects);
    g_free(customer);
}

static void account_free_all(gpointer data)
{
    struct demo_account *account = data;
    g_free(account->key);
    g_free(account->login_id);
    g_free(account->name);
    g_free(account->email);
    g_strfreev(account->customers);
    g_free(account);
}

static struct demo_plan *read_plan(GKeyFile *file, const char *code, GString *faults)
{
    g_autofree char *group = g_strconcat("plan.", code, NULL);
    struct demo_plan *plan = g_new0(struct demo_plan, 1);
    plan->code = g_strdup(code);
    plan->service = text(file, group, "service", faults);
    plan->name_ja = text(file, group, "name_ja", faults);
    plan->name_en = text(file, group, "name_en", faults);
    plan->capacity = text(file, group, "capacity", faults);
    plan->yen = g_key_file_get_uint64(file, group, "yen", NULL);
    plan->shareable = g_key_file_get_boolean(file, group, "shareable", NULL);
    plan->esim = g_key_file_get_boolean(file, group, "esim", NULL);
    if (!catalogue_capacity_read(plan->capacity, &plan->capacity_bytes)) {
        g_string_append_printf(faults, " [%s] capacity", group);
    }
    return plan;
}

static struct demo_project *read_project(const struct demo_words *words, const char *key, GString *faults)
{
    g_autofree char *group = g_strconcat("project.", key, NULL);
    g_auto(GStrv) plans = list(words->file, group, "plans", faults);
    struct demo_project *project = g_new0(struct demo_project, 1);
    project->name = text(words->file, group, "name", faults);
    project->labels = list(words->file, group, "labels", faults);
    project->groups = g_key_file_get_string_list(words->file, group, "groups", NULL, NULL);
    project->plans = g_new0(guint, g_strv_length(plans) + 1);
    for (char **code = plans; *code != NULL; code++) {
        for (guint i = 0; i < words->plans->len; i++) {
            if (strcmp(((struct demo_plan *)words->plans->pdata[i])->code, *code) == 0) {
                project->plans[project->n_plans++] = i;
            }
        }
    }
    if (project->n_plans == 0) {
        g_string_append_printf(faults, " [%s] plans", group);
    }
    return project;
}

/* The groups of all its projects. */
static void gather_groups(struct demo_customer *customer)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GArray) projects = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < customer->projects->len; i++) {
        const struct demo_project *project = customer->projects->pdata[i];
        for (char **group = project->groups; group != NULL && *group != NULL; group++) {
            g_ptr_array_add(names, g_strdup(*group));
            g_array_append_val(projects, i);
        }
    }
    g_ptr_array_add(names, NULL);
    customer->groups = (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
    customer->group_projects = (guint *)(void *)g_array_free(g_steal_pointer(&projects), FALSE);
}

static struct demo_customer *read_customer(const struct demo_words *words, const char *key, GString *faults)
{
    g_autofree char *group = g_strconcat("customer.", key, NULL);
    g_auto(GStrv) projects = list(words->file, group, "projects", faults);
    struct demo_customer *customer = g_new0(struct demo_customer, 1);
    customer->key = g_strdup(key);
    customer->code = text(words->file, group, "code", faults);
    customer->name = text(words->file, group, "name", faults);
    customer->projects = g_ptr_array_new_with_free_func(project_free_all);
    for (char **project = projects; *project != NULL; project++) {
        g_ptr_array_add(customer->projects, read_project(words, *project, faults));
    }
    gather_groups(customer);
    return customer;
}

static struct demo_account *read_account(GKeyFile *file, const char *key, GString *faults)
{
    g_autofree char *group = g_strconcat("account.", key, NULL);
    g_autofree char *role = text(file, group, "role", faults);
    struct demo_account *account = g_new0(struct demo_account, 1);
    account->key = g_strdup(key);
    account->login_id = text(file, group, "login", faults);
    account->name = text(file, group, "name", faults);
    account->email = g_key_file_get_string(file, group, "email", NULL);
    account->customers = list(file, group, "customers", faults);
    account->own = g_key_file_get_boolean(file, group, "own", NULL);
    if (!role_read(role, &account->role)) {
        g_string_append_printf(faults, " [%s] role", group);
    }
    return account;
}

static void read_all(struct demo_words *words, GString *faults)
{
    g_auto(GStrv) plans = list(words->file, "demo", "plans", faults);
    g_auto(GStrv) customers = list(words->file, "demo", "customers", faults);
    g_auto(GStrv) accounts = list(words->file, "demo", "accounts", faults);
    words->services = list(words->file, "demo", "services", faults);
    words->places = list(words->file, "demo", "places", faults);
    words->memos = list(words->file, "demo", "memos", faults);
    for (char **code = plans; *code != NULL; code++) {
        g_ptr_array_add(words->plans, read_plan(words->file, *code, faults));
    }
    for (char **key = customers; *key != NULL; key++) {
        g_ptr_array_add(words->customers, read_customer(words, *key, faults));
    }
    for (char **key = accounts; *key != NULL; key++) {
        g_ptr_array_add(words->accounts, read_account(words->file, *key, faults));
    }
}

struct demo_words *demo_words_read(const char *path, GError **error)
{
    g_autoptr(GString) faults = g_string_new(NULL);
    struct demo_words *words = g_new0(struct demo_words, 1);
    words->file = g_key_file_new();
    words->plans = g_ptr_array_new_with_free_func(plan_free_all);
    words->customers = g_ptr_array_new_with_free_func(customer_free_all);
    words->accounts = g_ptr_array_new_with_free_func(account_free_all);
    if (!g_key_file_load_from_file(words->file, path, G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "%s: ", path);
        demo_words_free(words);
        return NULL;
    }
    read_all(words, faults);
    if (faults->len > 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "%s: missing or wrong:%s", path, faults->str);
        demo_words_free(words);
        return NULL;
    }
    return words;
}

void demo_words_free(struct demo_words *words)
{
    g_key_file_unref(words->file);
    g_ptr_array_unref(words->plans);
    g_ptr_array_unref(words->customers);
    g_ptr_array_unref(words->accounts);
    g_strfreev(words->services);
    g_strfreev(words->places);
    g_strfreev(words->memos);
    g_free(words);
}

struct demo_customer *demo_words_customer(const struct demo_words *words, const char *key)
{
    for (guint i = 0; i < words->customers->len; i++) {
        struct demo_customer *customer = words->customers->pdata[i];
        if (strcmp(customer->key, key) == 0) {
            return customer;
        }
    }
    return NULL;
}
