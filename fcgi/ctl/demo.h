/*
 * demo.h: the demonstration's data: what it is made of (demo_words.c), the fleet that is thought up from a
 * seed (demo_fleet.c, demo_history.c), its rows (demo_store.c), the file of logins (demo_env.c).
 */
#ifndef CTL_DEMO_H
#define CTL_DEMO_H

#include "account/account.h"
#include "base/auto.h"
#include "base/clock.h"
#include "base/secret.h"
#include "ctl/ctl.h"
#include "db/db.h"
#include "line/line_rule.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* ---- words ---- */

struct demo_plan {
    char *code, *service, *name_ja, *name_en, *capacity;
    uint64_t yen, capacity_bytes;
    bool shareable, esim;
    uint64_t id, service_id; /* once it is in the database */
};

struct demo_project {
    char *name, **labels, **groups;
    guint *plans; /* places in the array of plans; a plan that stands there twice is twice as frequent */
    guint n_plans;
    uint64_t id;
};

struct demo_customer {
    char *key, *code, *name;
    GPtrArray *projects;   /* struct demo_project */
    char **groups;         /* names of share groups */
    guint *group_projects; /* and whose lines are in each */
    uint64_t id;
};

struct demo_account {
    char *key, *login_id, *name, *email, **customers; /* keys of customers, the home first */
    enum role role;
    bool own; /* its password is its own already */
};

struct demo_words {
    GKeyFile *file;
    GPtrArray *plans, *customers, *accounts;
    char **services, **places, **memos;
};

/* Read the file that `simportalctl` is installed with. PORTAL_INTERNAL: something is missing in it. */
struct demo_words *demo_words_read(const char *path, GError **error);
void demo_words_free(struct demo_words *words);
AUTO_DEFINE(demo_words)
struct demo_customer *demo_words_customer(const struct demo_words *words, const char *key);

/* ---- a fleet ---- */

enum { DEMO_MONTHS = 14, DEMO_EVENTS = 12, DEMO_RECHARGES = 2 };
enum demo_options { DEMO_OPTIONS_NONE, DEMO_OPTIONS_RECHARGE, DEMO_OPTIONS_BOTH, DEMO_OPTIONS_N };

struct demo_month {
    struct month month;
    int64_t capacity, used, remaining;
    struct moment as_of;
};

struct demo_recharge {
    int64_t bytes, consumed;
    struct moment effective;
    struct date valid_until;
};

struct demo_event {
    struct moment at;
    const char *kind, *from, *to; /* texts of the line, of a plan or fixed */
    bool by_worker;
};

struct demo_line {
    char phone[15], serial[21], iccid[20], activation_code[64];
    char old_serial[21], old_iccid[20]; /* "" unless the card was reissued */
    enum card_kind kind;
    enum card_size size;
    enum line_state state;
    bool throttled;
    guint plan, project;
    int old_plan, group; /* -1: none */
    enum demo_options options;
    char *label;
    const char *memo;
    struct moment created_at, activated_at, reissued_at; /* 0: never */
    struct date terminated_on, plan_changed_on;
    struct month joined; /* its group */
    struct demo_month months[DEMO_MONTHS];
    struct demo_recharge recharges[DEMO_RECHARGES];
    struct demo_event events[DEMO_EVENTS];
    guint n_months, n_recharges, n_events;
};

struct demo_fleet {
    const struct demo_words *words;
    const struct demo_customer *customer;
    struct moment now;
    GRand *random;
    GPtrArray *lines; /* struct demo_line */
};

/* Think up `n` lines of `customer` as they may stand at `now`; the same seed gives the same ones. `first` is
 * the number of the first, from which phone and serial numbers follow. */
struct demo_fleet *demo_fleet_new(const struct demo_words *words, const struct demo_customer *customer, guint n,
                                  guint first, guint32 seed, struct moment now);
void demo_fleet_free(struct demo_fleet *fleet);
AUTO_DEFINE(demo_fleet)

/* The plan of a line; a moment of the working day on `date`, not after the fleet's now. */
const struct demo_plan *demo_fleet_plan(const struct demo_fleet *fleet, int plan);
struct moment demo_fleet_moment(const struct demo_fleet *fleet, struct date date);

/* Give `line` its past: events in order, months of usage, recharges. */
void demo_history_make(const struct demo_fleet *fleet, struct demo_line *line);

/* ---- rows; permits: operator, catalogue ---- */

/* How many lines the customer has. */
bool demo_lines_count(struct db *db, uint64_t customer, uint64_t *n, GError **error);

/* Write a fleet with all that belongs to it, and the customer's kept figures. `creator` is the account that
 * labelled lines and made the groups. In the caller's transaction. */
struct demo_creator {
    uint64_t id;
    const char *login_id;
};
bool demo_fleet_insert(struct db *db, const struct secret_keys *keys, const struct demo_fleet *fleet,
                       const struct demo_creator *creator, GError **error);

/* Set the kept figures of the customers from `first` to `last` to what their lines add up to. */
bool demo_figures_set(struct db *db, uint64_t first, uint64_t last, GError **error);

/* ---- logins ---- */

struct demo_env;

/* What stands in `path` (NULL, or no such file: nothing). */
struct demo_env *demo_env_read(const char *path, GError **error);
void demo_env_free(struct demo_env *env);
AUTO_DEFINE(demo_env)

/* The password of `key` ("ADMIN"), if it is known. */
const char *demo_env_password(const struct demo_env *env, const char *key);
void demo_env_set(struct demo_env *env, const char *key, const char *login_id, const char *password);

/* Write it as shell lines KEY_LOGIN= KEY_PASSWORD=, readable by its owner alone, whole or not at all; NULL:
 * to standard output. */
bool demo_env_write(const struct demo_env *env, const char *path, GError **error);

/* ---- parts of the command ---- */

/* Have a password for `key` in `env`, a new one if need be. PORTAL_CONFLICT: the account is there but its
 * password is not known. Changes nothing outside `env`. */
bool demo_login_prepare(struct ctl *ctl, struct demo_env *env, const char *key, const char *login_id, GError **error);

/* Issue the account unless it is there. `id` gets it. */
bool demo_account_ensure(struct ctl *ctl, const struct account_new *account, uint64_t *id, GError **error);

/* The fleet of the load bench: `lines` lines over `customers` customers; before it, its logins. */
bool demo_load_prepare(struct ctl *ctl, struct demo_env *env, GError **error);
bool demo_load(struct ctl *ctl, const struct demo_env *env, guint lines, guint customers, GError **error);

#endif
