/*
 * token.c: the commands `token`.
 */
#include "ctl/ctl.h"

#include "account/api_token.h"

#include <string.h>

static char *login_id, *of_login_id, *customer_code, *name, *expires;

const GOptionEntry token_issue_options[] = {
    { "login-id", 0, 0, G_OPTION_ARG_FILENAME, &login_id, "The account that it speaks for", "LOGIN" },
    { "customer", 0, 0, G_OPTION_ARG_FILENAME, &customer_code, "One of the account's customers (its home)", "CODE" },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &name, "What it is for (API)", "NAME" },
    { "expires", 0, 0, G_OPTION_ARG_FILENAME, &expires, "The last day on which it is good (365 days from today)",
      "DATE" },
    { 0 },
};

const GOptionEntry token_list_options[] = {
    { "login-id", 0, 0, G_OPTION_ARG_FILENAME, &of_login_id, "Only those of this account", "LOGIN" },
    { 0 },
};

static const struct ctl_column issue_columns[] = {
    { "login_id", CELL_TEXT }, { "prefix", CELL_TEXT }, { "token", CELL_TEXT }, { "last_day", CELL_TEXT }, { 0 },
};

static const struct ctl_column list_columns[] = {
    { "prefix", CELL_TEXT }, { "login_id", CELL_TEXT },  { "customer", CELL_TEXT },
    { "issued", CELL_TEXT }, { "last_used", CELL_TEXT }, { "last_day", CELL_TEXT },
    { "ended", CELL_TEXT },  { "name", CELL_TEXT },      { 0 },
};

static const struct ctl_column revoke_columns[] = { { "prefix", CELL_TEXT }, { "changed", CELL_FLAG }, { 0 } };

static void say_issued(const struct ctl *ctl, const struct api_token_new *wanted, const char *token, const char *prefix)
{
    char day[DATE_SHOW_MOST];
    if (ctl->json) {
        struct ctl_table *table = ctl_table_new(issue_columns);
        ctl_add_text(table, wanted->login_id);
        ctl_add_text(table, prefix);
        ctl_add_text(table, token);
        ctl_add_taken(table, date_iso(wanted->last_day));
        ctl_table_print(ctl, table, true);
        return;
    }
    ctl_say(ctl, "%s", token);
    ctl_say(ctl, "This token speaks for %s until %s. It is shown this once: keep it where only its program reads it.",
            wanted->login_id, date_show_in(day, wanted->last_day));
}

bool ctl_token_issue(struct ctl *ctl, char **arguments, GError **error)
{
    struct api_token_new wanted = { .login_id = login_id, .customer_code = customer_code, .name = name };
    char *token = NULL;
    g_autofree char *prefix = NULL;
    (void)arguments;
    if (!ctl_need(login_id, "--login-id", error)) {
        return false;
    }
    wanted.name = name != NULL ? name : "API";
    wanted.last_day = date_add(moment_date(ctl->now), API_TOKEN_DAYS);
    if (expires != NULL && !date_parse(expires, &wanted.last_day)) {
        return ctl_usage(error, "--expires %s: a date like 2027-03-31", expires);
    }
    struct db *db = ctl_db(ctl, error);
    if (db == NULL || !api_token_issue(db, &ctl->actor, ctl->now, &wanted, &token, &prefix, error)) {
        return false;
    }
    say_issued(ctl, &wanted, token, prefix);
    explicit_bzero(token, strlen(token));
    g_free(token);
    return true;
}

bool ctl_token_list(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    struct db *db = ctl_db(ctl, error);
    g_autoptr(GPtrArray) list = db != NULL ? api_token_list(db, of_login_id, error) : NULL;
    if (list == NULL) {
        return false;
    }
    struct ctl_table *table = ctl_table_new(list_columns);
    for (guint i = 0; i < list->len; i++) {
        const struct api_token *token = list->pdata[i];
        ctl_add_text(table, token->prefix);
        ctl_add_text(table, token->login_id);
        ctl_add_text(table, token->customer_code);
        ctl_add_moment(table, token->created_at);
        ctl_add_moment(table, token->last_used_at);
        ctl_add_taken(table, date_iso(date_add(moment_date(token->expires_at), -1)));
        ctl_add_moment(table, token->ended_at);
        ctl_add_text(table, token->name);
    }
    ctl_table_print(ctl, table, false);
    return true;
}

bool ctl_token_revoke(struct ctl *ctl, char **arguments, GError **error)
{
    bool changed = false;
    g_autofree char *prefix = g_strndup(arguments[0], API_TOKEN_PREFIX);
    struct db *db = ctl_db(ctl, error);
    if (db == NULL || !api_token_revoke(db, &ctl->actor, ctl->now, prefix, &changed, error)) {
        return false;
    }
    if (ctl->json) {
        struct ctl_table *table = ctl_table_new(revoke_columns);
        ctl_add_text(table, prefix);
        ctl_add_flag(table, changed);
        ctl_table_print(ctl, table, true);
    }
    ctl_say(ctl, "token %s %s", prefix, changed ? "revoked" : "was over already");
    return true;
}
