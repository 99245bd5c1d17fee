/*
 * demo_load.c: the fleet of the load bench: set-wise, 10,000 lines a transaction. The first customer has a
 * tenth of all lines, the second a hundred, the others the rest. An interrupted run goes on where it stopped.
 */
#include "ctl/demo.h"

#include "base/error.h"

enum { CHUNK = 10000, SMALL = 100, CUSTOMERS_A_TIME = 200 };

struct load {
    const struct ctl *ctl;
    uint64_t lines, customers, big; /* big: how many lines the first customer has */
    uint64_t done, first_line, first_customer, first_project;
    bool has_customers;
    uint64_t from; /* the chunk */
};

static bool read_state(struct db *db, struct load *load, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, STATEMENT_LOAD_STATE, NULL, 0, error);
    if (rows == NULL) {
        return false;
    }
    g_assert(db_next(rows));
    load->done = db_get_u64(rows, 0);
    load->first_line = db_is_null(rows, 1) ? db_get_u64(rows, 2) + 1 : db_get_u64(rows, 1);
    load->has_customers = !db_is_null(rows, 3);
    load->first_customer = load->has_customers ? db_get_u64(rows, 3) : db_get_u64(rows, 4) + 1;
    load->first_project = load->has_customers ? db_get_u64(rows, 6) : db_get_u64(rows, 5) + 1;
    return true;
}

static bool customers_work(struct db *db, void *data, GError **error)
{
    const struct load *load = data;
    uint64_t first = load->first_customer, last = first + load->customers - 1;
    for (uint64_t from = 0; from < load->customers; from += CHUNK) {
        if (!db_run(db, STATEMENT_LOAD_CUSTOMERS_ADD, NULL, error, DB_U64(first), DB_MOMENT(load->ctl->now),
                    DB_U64(from), DB_U64(load->customers))) {
            return false;
        }
    }
    return db_run(db, STATEMENT_LOAD_COUNTS_ADD, NULL, error, DB_U64(first), DB_U64(last)) &&
           db_run(db, STATEMENT_LOAD_PROJECTS_ADD, NULL, error, DB_I64((int64_t)(load->first_project - first)),
                  DB_U64(first), DB_U64(last));
}

static bool add_months(struct db *db, const struct load *load, uint64_t from, uint64_t to, GError **error)
{
    struct month month = date_month(moment_date(load->ctl->now));
    int64_t start = date_start(month_first(month)).us, end = date_start(month_first(month_add(month, 1))).us;
    int64_t gone = (load->ctl->now.us - start) * 1000 / (end - start);
    return db_run(db, STATEMENT_LOAD_MONTHS_ADD, NULL, error, DB_U64(month_key(month)), DB_MOMENT(load->ctl->now),
                  DB_I64(gone), DB_U64(from), DB_U64(to)) &&
           db_run(db, STATEMENT_LOAD_MONTHS_ADD, NULL, error, DB_U64(month_key(month_add(month, -1))),
                  DB_MOMENT(date_start(month_first(month))), DB_I64(1000), DB_U64(from), DB_U64(to));
}

static bool chunk_work(struct db *db, void *data, GError **error)
{
    static const enum statement steps[] = { STATEMENT_LOAD_CARDS_ADD, STATEMENT_LOAD_LINE_PLANS_ADD,
                                            STATEMENT_LOAD_LINE_PROJECTS_ADD, STATEMENT_LOAD_EVENTS_ADD };
    const struct load *load = data;
    struct date today = moment_date(load->ctl->now);
    uint64_t from = load->first_line + load->from, to = from + CHUNK - 1;
    if (!db_run(db, STATEMENT_LOAD_LINES_ADD, NULL, error, DB_U64(load->first_line), DB_U64(load->first_customer),
                DB_U64(load->first_project), DB_DATE(today), DB_DATE(today), DB_MOMENT(load->ctl->now),
                DB_U64(load->big), DB_U64(load->big), DB_U64(load->big), DB_U64(load->customers - 2),
                DB_U64(load->from), DB_U64(load->lines))) {
        return false;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        if (!db_run(db, steps[i], NULL, error, DB_U64(from), DB_U64(to))) {
            return false;
        }
    }
    return add_months(db, load, from, to, error);
}

/* The kept figures, few customers at a time: no statement runs long. */
static bool add_up(struct db *db, const struct load *load, GError **error)
{
    uint64_t end = load->first_customer + load->customers;
    for (uint64_t first = load->first_customer; first < end; first += CUSTOMERS_A_TIME) {
        if (!demo_figures_set(db, first, MIN(first + CUSTOMERS_A_TIME, end) - 1, error)) {
            return false;
        }
    }
    return true;
}

/* Who looks at it: an account that sees all, one of the big customer, one of the customer with a hundred, one that sees
 * the last five, which are far behind in every index. */
enum { FEW = 5 };
static const struct {
    const char *key, *login_id, *name;
    guint first, n; /* customers, from the first or the last one on */
    bool is_last, all;
} logins[] = {
    { "LOAD_ALL", "load-all", "Load (all)", 0, 1, false, true },
    { "LOAD_BIG", "load-big", "Load (big)", 0, 1, false, false },
    { "LOAD_SMALL", "load-small", "Load (small)", 1, 1, false, false },
    { "LOAD_FEW", "load-few", "Load (few)", 0, FEW, true, false },
};

bool demo_load_prepare(struct ctl *ctl, struct demo_env *env, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(logins); i++) {
        if (!demo_login_prepare(ctl, env, logins[i].key, logins[i].login_id, error)) {
            return false;
        }
    }
    return true;
}

static bool ensure_accounts(struct ctl *ctl, const struct load *load, const struct demo_env *env, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(logins); i++) {
        guint n = MIN(logins[i].n, load->customers);
        guint first = logins[i].is_last ? load->customers - n : logins[i].first;
        uint64_t id = 0, customers[FEW];
        for (guint k = 0; k < n; k++) {
            customers[k] = load->first_customer + first + k;
        }
        struct account_new account = { .login_id = logins[i].login_id,
                                       .name = logins[i].name,
                                       .role = ROLE_ADMINISTRATOR,
                                       .language = LANGUAGE_JA,
                                       .customers = customers,
                                       .n_customers = n,
                                       .all_customers = logins[i].all,
                                       .permanent = true,
                                       .password = demo_env_password(env, logins[i].key) };
        if (!demo_account_ensure(ctl, &account, &id, error)) {
            return false;
        }
    }
    return true;
}

bool demo_load(struct ctl *ctl, const struct demo_env *env, guint lines, guint customers, GError **error)
{
    struct load load = { .ctl = ctl, .lines = lines, .customers = customers, .big = lines / 10 };
    if (!read_state(ctl->db, &load, error)) {
        return false;
    }
    if (!load.has_customers && !db_transaction(ctl->db, customers_work, &load, error)) {
        return false;
    }
    bool is_new = load.done < load.lines;
    for (load.from = load.done; load.from < load.lines; load.from += CHUNK) {
        if (!db_transaction(ctl->db, chunk_work, &load, error)) {
            return false;
        }
        if ((load.from + CHUNK) % (10 * CHUNK) == 0) {
            ctl_say(ctl, "# %" G_GUINT64_FORMAT " lines", load.from + CHUNK);
        }
    }
    return (!is_new || add_up(ctl->db, &load, error)) && ensure_accounts(ctl, &load, env, error);
}
