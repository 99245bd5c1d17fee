/*
 * demo_data.c: the command `demo-data`. What is there is found again and left alone, part by part, so that an
 * interrupted run is finished by the next one. Passwords are in the file of logins before an account has
 * them.
 */
#include "ctl/demo.h"
#include "ctl/migration.h"

#include "base/error.h"
#include "base/token.h"
#include "catalogue/catalogue.h"
#include "customer/customer.h"

#include <string.h>

enum { SIMS_MOST = 100000, LINES_MOST = 2000000, LOCK_SECONDS = 600, PAST_DAYS = 1200, SEED = 20260401 };

static gint sims = 300, lines, customers = 10000;
static char *env_file, *words_file;

const GOptionEntry demo_data_options[] = {
    { "sims", 0, 0, G_OPTION_ARG_INT, &sims, "SIMs of the demonstration's customer (300)", "N" },
    { "env-file", 0, 0, G_OPTION_ARG_FILENAME, &env_file, "Where logins and passwords are kept (standard output)",
      "FILE" },
    { "lines", 0, 0, G_OPTION_ARG_INT, &lines, "Make the load bench's fleet of so many lines as well", "N" },
    { "customers", 0, 0, G_OPTION_ARG_INT, &customers, "With --lines: over so many customers (10000)", "N" },
    { "words", 0, 0, G_OPTION_ARG_FILENAME, &words_file, "What names are made from (the installed file)", "FILE" },
    { 0 },
};

/* ---- the catalogue ---- */

/* Whether `failure` says that a thing is not there yet; it is forgotten then. */
static bool is_missing(GError **failure, GError **error)
{
    if (g_error_matches(*failure, PORTAL_ERROR, PORTAL_NOT_FOUND)) {
        g_clear_error(failure);
        return true;
    }
    g_propagate_error(error, g_steal_pointer(failure));
    return false;
}

static bool ensure_service(struct ctl *ctl, const struct demo_words *words, const char *code, GError **error)
{
    uint64_t id = 0;
    g_autoptr(GError) failure = NULL;
    AUTO(service) struct service *service = service_get_by_code(ctl->db, code, &failure);
    if (service != NULL) {
        return true;
    }
    g_autofree char *group = g_strconcat("service.", code, NULL);
    g_autofree char *name_ja = g_key_file_get_string(words->file, group, "name_ja", NULL);
    g_autofree char *name_en = g_key_file_get_string(words->file, group, "name_en", NULL);
    return is_missing(&failure, error) &&
           service_create(ctl->db, &ctl->actor, ctl->now, code, name_ja != NULL ? name_ja : "",
                          name_en != NULL ? name_en : "", &id, error);
}

static bool ensure_plan(struct ctl *ctl, struct demo_plan *wanted, GError **error)
{
    struct date since = { .year = 2015, .month = 4, .day = 1 };
    struct plan_new plan_new = { .code = wanted->code,
                                 .service_code = wanted->service,
                                 .name_ja = wanted->name_ja,
                                 .name_en = wanted->name_en,
                                 .capacity_bytes = wanted->capacity_bytes,
                                 .yen = wanted->yen,
                                 .shareable = wanted->shareable,
                                 .esim = wanted->esim,
                                 .valid_from = since };
    g_autoptr(GError) failure = NULL;
    uint64_t id = 0;
    struct plan *plan = plan_get_by_code(ctl->db, wanted->code, since, &failure);
    if (plan == NULL) {
        if (!is_missing(&failure, error) || !plan_create(ctl->db, &ctl->actor, ctl->now, &plan_new, &id, error)) {
            return false;
        }
        plan = plan_get_by_code(ctl->db, wanted->code, since, error);
    }
    if (plan == NULL) {
        return false;
    }
    wanted->id = plan->id;
    wanted->service_id = plan->service_id;
    wanted->capacity_bytes = plan->capacity_bytes;
    plan_free(plan);
    return true;
}

static bool ensure_catalogue(struct ctl *ctl, const struct demo_words *words, GError **error)
{
    for (char **code = words->services; *code != NULL; code++) {
        if (!ensure_service(ctl, words, *code, error)) {
            return false;
        }
    }
    for (guint i = 0; i < words->plans->len; i++) {
        if (!ensure_plan(ctl, words->plans->pdata[i], error)) {
            return false;
        }
    }
    return true;
}

/* ---- customers and accounts ---- */

static bool ensure_customer(struct ctl *ctl, struct demo_customer *wanted, GError **error)
{
    struct moment since = moment_add(ctl->now, -(int64_t)PAST_DAYS * 86400);
    g_autoptr(GError) failure = NULL;
    AUTO(customer) struct customer *customer = customer_get_by_code(ctl->db, wanted->code, &failure);
    if (customer != NULL) {
        wanted->id = customer->id;
    } else if (!is_missing(&failure, error) ||
               !customer_create(ctl->db, &ctl->actor, since, wanted->code, wanted->name, &wanted->id, error)) {
        return false;
    }
    for (guint i = 0; i < wanted->projects->len; i++) {
        struct demo_project *project = wanted->projects->pdata[i];
        if (!project_find(ctl->db, wanted->id, project->name, &project->id, error) ||
            (project->id == 0 &&
             !project_create(ctl->db, &ctl->actor, since, wanted->code, project->name, &project->id, error))) {
            return false;
        }
    }
    return true;
}

/* An account whose password nobody knows any more is no use to a demonstration: said before anything changes.
 */
bool demo_login_prepare(struct ctl *ctl, struct demo_env *env, const char *key, const char *login_id, GError **error)
{
    g_autoptr(GError) failure = NULL;
    if (demo_env_password(env, key) != NULL) {
        return true;
    }
    AUTO(account) struct account *account = account_get_by_login(ctl->db, login_id, &failure);
    if (account != NULL) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT,
                    "the account %s is there but its password is not in %s: give the file of the first run, or begin "
                    "with an empty database",
                    login_id, env_file != NULL ? env_file : "--env-file");
        return false;
    }
    if (!is_missing(&failure, error)) {
        return false;
    }
    char *password = token_password(ACCOUNT_PASSWORD_LENGTH);
    demo_env_set(env, key, login_id, password);
    explicit_bzero(password, strlen(password));
    g_free(password);
    return true;
}

static bool prepare_logins(struct ctl *ctl, const struct demo_words *words, struct demo_env *env, GError **error)
{
    for (guint i = 0; i < words->accounts->len; i++) {
        const struct demo_account *account = words->accounts->pdata[i];
        if (!demo_login_prepare(ctl, env, account->key, account->login_id, error)) {
            return false;
        }
    }
    if (lines > 0 && !demo_load_prepare(ctl, env, error)) {
        return false;
    }
    return env_file == NULL || demo_env_write(env, env_file, error);
}

bool demo_account_ensure(struct ctl *ctl, const struct account_new *wanted, uint64_t *id, GError **error)
{
    g_autoptr(GError) failure = NULL;
    AUTO(account) struct account *account = account_get_by_login(ctl->db, wanted->login_id, &failure);
    if (account != NULL) {
        *id = account->id;
        return true;
    }
    return is_missing(&failure, error) &&
           account_issue(ctl->db, ctl->config, ctl->keys, &ctl->actor, ctl->now, wanted, id, NULL, error);
}

static bool ensure_account(struct ctl *ctl, const struct demo_words *words, const struct demo_account *wanted,
                           const struct demo_env *env, uint64_t *id, GError **error)
{
    uint64_t ids[8];
    gsize n = 0;
    for (char **key = wanted->customers; *key != NULL && n < G_N_ELEMENTS(ids); key++) {
        const struct demo_customer *customer = demo_words_customer(words, *key);
        if (customer != NULL) {
            ids[n++] = customer->id;
        }
    }
    struct account_new account = { .login_id = wanted->login_id,
                                   .name = wanted->name,
                                   .email = wanted->email,
                                   .role = wanted->role,
                                   .language = LANGUAGE_JA,
                                   .customers = ids,
                                   .n_customers = n,
                                   .password = demo_env_password(env, wanted->key),
                                   .permanent = wanted->own };
    return demo_account_ensure(ctl, &account, id, error);
}

/* Who has labelled a customer's lines: the first account that may. */
static void note_creator(const struct demo_words *words, const struct demo_account *account, uint64_t id,
                         struct demo_creator *creators)
{
    for (guint i = 0; i < words->customers->len; i++) {
        const struct demo_customer *customer = words->customers->pdata[i];
        bool may_edit = account->role == ROLE_ADMINISTRATOR || account->role == ROLE_MEMBER;
        if (creators[i].id == 0 && may_edit &&
            g_strv_contains((const char *const *)account->customers, customer->key)) {
            creators[i] = (struct demo_creator){ .id = id, .login_id = account->login_id };
        }
    }
}

/* ---- fleets ---- */

struct fleet_work {
    const struct ctl *ctl;
    const struct demo_fleet *fleet;
    const struct demo_creator *creator;
};

static bool fleet_work(struct db *db, void *data, GError **error)
{
    const struct fleet_work *work = data;
    return demo_fleet_insert(db, work->ctl->keys, work->fleet, work->creator, error);
}

static bool ensure_fleet(struct ctl *ctl, const struct demo_words *words, guint which, guint n,
                         const struct demo_creator *creator, GError **error)
{
    const struct demo_customer *customer = words->customers->pdata[which];
    uint64_t there = 0;
    if (!demo_lines_count(ctl->db, customer->id, &there, error) || there > 0) {
        return there > 0;
    }
    AUTO(demo_fleet)
    struct demo_fleet *fleet = demo_fleet_new(words, customer, n, which * (SIMS_MOST + 1), SEED + which, ctl->now);
    struct fleet_work work = { .ctl = ctl, .fleet = fleet, .creator = creator };
    if (!db_transaction(ctl->db, fleet_work, &work, error)) {
        return false;
    }
    ctl_say(ctl, "# %s %s: %u SIMs", customer->code, customer->name, n);
    return true;
}

/* The other customers' fleets are a fraction of the first one's. */
static bool ensure_fleets(struct ctl *ctl, const struct demo_words *words, const struct demo_creator *creators,
                          GError **error)
{
    for (guint i = 0; i < words->customers->len; i++) {
        if (!ensure_fleet(ctl, words, i, i == 0 ? (guint)sims : MAX(12, (guint)sims / (6 * i)), &creators[i], error)) {
            return false;
        }
    }
    return true;
}

static bool make_all(struct ctl *ctl, const struct demo_words *words, struct demo_env *env, GError **error)
{
    g_autofree struct demo_creator *creators = g_new0(struct demo_creator, words->customers->len);
    if (!prepare_logins(ctl, words, env, error) || !ensure_catalogue(ctl, words, error)) {
        return false;
    }
    for (guint i = 0; i < words->customers->len; i++) {
        if (!ensure_customer(ctl, words->customers->pdata[i], error)) {
            return false;
        }
    }
    for (guint i = 0; i < words->accounts->len; i++) {
        const struct demo_account *account = words->accounts->pdata[i];
        uint64_t id = 0;
        if (!ensure_account(ctl, words, account, env, &id, error)) {
            return false;
        }
        note_creator(words, account, id, creators);
    }
    return ensure_fleets(ctl, words, creators, error);
}

bool ctl_demo_data(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    if (sims < 12 || sims > SIMS_MOST) {
        return ctl_usage(error, "--sims %d: from 12 to %d", sims, SIMS_MOST);
    }
    if (lines < 0 || lines > LINES_MOST || customers < 3 || customers > 50000 || (lines > 0 && lines < customers)) {
        return ctl_usage(error, "--lines up to %d, --customers from 3 to 50000 and no more than lines", LINES_MOST);
    }
    AUTO(demo_words)
    struct demo_words *words =
        demo_words_read(words_file != NULL ? words_file : ctl->config->data.demo_words_file, error);
    AUTO(demo_env) struct demo_env *env = words != NULL ? demo_env_read(env_file, error) : NULL;
    if (env == NULL || ctl_db(ctl, error) == NULL || ctl_keys(ctl, error) == NULL ||
        !migration_lock(ctl->db, LOCK_SECONDS, error)) {
        return false;
    }
    return make_all(ctl, words, env, error) &&
           (lines == 0 || demo_load(ctl, env, (guint)lines, (guint)customers, error)) &&
           (env_file != NULL || demo_env_write(env, NULL, error)) && migration_unlock(ctl->db, error);
}
