/*
 * ctl.h: what the commands of simportalctl share: how one is declared, what it is handed, how it prints.
 */
#ifndef CTL_CTL_H
#define CTL_CTL_H

#include "audit/actor.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/secret.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

/* Exit codes. */
enum { CTL_OK = 0, CTL_FAILED = 1, CTL_USAGE = 2 };

struct ctl {
    const char *config_file; /* which one was or would be read */
    struct config *config;   /* read for every command but those flagged CTL_NO_CONFIG */
    bool json;
    struct actor actor; /* the operator: the system user that runs the command */
    struct moment now;
    struct db *db;            /* made by ctl_db() */
    struct secret_keys *keys; /* read by ctl_keys() */
};

enum {
    CTL_NO_CONFIG = 1 << 0,
    CTL_MANY = 1 << 1 /* takes any number of arguments */
};

struct command {
    const char *words;           /* "customer add" */
    const char *arguments;       /* what follows the options: "LOGIN"; NULL: nothing does */
    const char *summary;         /* one line, for the list of commands */
    const char *help;            /* what else there is to know, or NULL */
    const GOptionEntry *options; /* ended by an empty entry; NULL: none. Text comes as G_OPTION_ARG_FILENAME:
                                  * as typed, whatever the locale */
    bool (*run)(struct ctl *ctl, char **arguments, GError **error);
    unsigned flags;
};

/* All commands, ended by one without words. */
extern const struct command commands[];

/* The application's connection, permitted what the command line may do; opened at first use, closed by main.
 * NULL: the password file cannot be read. */
struct db *ctl_db(struct ctl *ctl, GError **error);

/* What the command line may do on a connection. */
struct db_permit ctl_permit(void);

/* The same, permitted what the worker may do as well: where a command does what the worker else does. */
struct db *ctl_worker_db(struct ctl *ctl, GError **error);

/* The keys of what rests encrypted, read at first use. */
const struct secret_keys *ctl_keys(struct ctl *ctl, GError **error);

/* Fail with a usage error (exit code 2). */
bool ctl_usage(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* False with a usage error unless `value` was given. */
bool ctl_need(const char *value, const char *option, GError **error);

/* Print one line of progress or result; nothing under --json. */
void ctl_say(const struct ctl *ctl, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* ---- tables (table.c) ---- */

enum ctl_cell { CELL_TEXT, CELL_NUMBER, CELL_FLAG, CELL_JSON };
struct ctl_column {
    const char *name; /* the key under --json; in capitals the head of the column */
    enum ctl_cell cell;
};
struct ctl_table;

/* A table with these columns, ended by one without a name. The caller prints or frees it. */
struct ctl_table *ctl_table_new(const struct ctl_column *columns);

/* Add one cell after the other, row by row. A NULL text is empty, null under --json. */
void ctl_add_text(struct ctl_table *table, const char *text);
void ctl_add_taken(struct ctl_table *table, char *text); /* frees `text` */
void ctl_add_number(struct ctl_table *table, uint64_t number);
void ctl_add_flag(struct ctl_table *table, bool flag);
void ctl_add_moment(struct ctl_table *table, struct moment at); /* Tokyo; 0: empty */

void ctl_table_free(struct ctl_table *table);

/* Print it: aligned columns, or an array of objects, or (`single`) one object; then free it. */
void ctl_table_print(const struct ctl *ctl, struct ctl_table *table, bool single);

/* Print the only row of `facts` and the tables that belong to it, ended by NULL; then free all of them. Under --json
 * one object, the tables its members of these names. */
void ctl_table_print_with(const struct ctl *ctl, struct ctl_table *facts, const char *const *names,
                          struct ctl_table *const *tables);

/* ---- the commands, one file a group ---- */

bool ctl_migrate(struct ctl *ctl, char **arguments, GError **error);
bool ctl_db_wait(struct ctl *ctl, char **arguments, GError **error);
bool ctl_status(struct ctl *ctl, char **arguments, GError **error);
bool ctl_config_check(struct ctl *ctl, char **arguments, GError **error);
bool ctl_config_reference(struct ctl *ctl, char **arguments, GError **error);
bool ctl_customer_add(struct ctl *ctl, char **arguments, GError **error);
bool ctl_customer_list(struct ctl *ctl, char **arguments, GError **error);
bool ctl_project_add(struct ctl *ctl, char **arguments, GError **error);
bool ctl_project_list(struct ctl *ctl, char **arguments, GError **error);
bool ctl_service_add(struct ctl *ctl, char **arguments, GError **error);
bool ctl_service_list(struct ctl *ctl, char **arguments, GError **error);
bool ctl_plan_add(struct ctl *ctl, char **arguments, GError **error);
bool ctl_plan_list(struct ctl *ctl, char **arguments, GError **error);
bool ctl_account_issue(struct ctl *ctl, char **arguments, GError **error);
bool ctl_account_list(struct ctl *ctl, char **arguments, GError **error);
bool ctl_account_disable(struct ctl *ctl, char **arguments, GError **error);
bool ctl_account_enable(struct ctl *ctl, char **arguments, GError **error);
bool ctl_account_unlock(struct ctl *ctl, char **arguments, GError **error);
bool ctl_token_issue(struct ctl *ctl, char **arguments, GError **error);
bool ctl_token_list(struct ctl *ctl, char **arguments, GError **error);
bool ctl_token_revoke(struct ctl *ctl, char **arguments, GError **error);
bool ctl_line_import(struct ctl *ctl, char **arguments, GError **error);
bool ctl_line_repair(struct ctl *ctl, char **arguments, GError **error);
bool ctl_request_list(struct ctl *ctl, char **arguments, GError **error);
bool ctl_request_show(struct ctl *ctl, char **arguments, GError **error);
bool ctl_request_retry(struct ctl *ctl, char **arguments, GError **error);
bool ctl_request_fail(struct ctl *ctl, char **arguments, GError **error);
bool ctl_gateway_test(struct ctl *ctl, char **arguments, GError **error);
bool ctl_audit_verify(struct ctl *ctl, char **arguments, GError **error);
bool ctl_mail_list(struct ctl *ctl, char **arguments, GError **error);
bool ctl_demo_data(struct ctl *ctl, char **arguments, GError **error);

extern const GOptionEntry migrate_options[], db_wait_options[], customer_add_options[], project_add_options[],
    project_list_options[], service_add_options[], plan_add_options[], account_issue_options[], account_list_options[],
    token_issue_options[], token_list_options[], line_import_options[], line_repair_options[], request_list_options[],
    request_show_options[], request_retry_options[], request_fail_options[], gateway_test_options[],
    audit_verify_options[], demo_data_options[];

#endif
