/*
 * account.c: the commands `account`.
 */
#include "ctl/ctl.h"

#include "account/account.h"
#include "customer/customer.h"

#include <string.h>

static char *login_id, *name, *role, *email, *language, *password_file, *home_code;
static char **customer_codes;
static gboolean all_customers, permanent;

const GOptionEntry account_issue_options[] = {
    { "login-id", 0, 0, G_OPTION_ARG_FILENAME, &login_id, "The login id", "LOGIN" },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &name, "The person's name", "NAME" },
    { "customer", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &customer_codes,
      "A customer it sees, the first being its home; may be given again", "CODE" },
    { "all-customers", 0, 0, G_OPTION_ARG_NONE, &all_customers,
      "It sees every customer there is; --customer is its home", NULL },
    { "role", 0, 0, G_OPTION_ARG_FILENAME, &role, "administrator, member, viewer or auditor", "ROLE" },
    { "email", 0, 0, G_OPTION_ARG_FILENAME, &email, "Its e-mail address (none)", "ADDRESS" },
    { "language", 0, 0, G_OPTION_ARG_FILENAME, &language, "ja or en (as [portal] language)", "CODE" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file, "Take the password from here and mail nothing",
      "FILE" },
    { "permanent", 0, 0, G_OPTION_ARG_NONE, &permanent, "With --password-file: need not be changed at the first login",
      NULL },
    { 0 },
};

const GOptionEntry account_list_options[] = {
    { "customer", 0, 0, G_OPTION_ARG_FILENAME, &home_code, "Only those at home with this customer", "CODE" },
    { 0 },
};

static const struct ctl_column list_columns[] = {
    { "id", CELL_NUMBER },        { "login_id", CELL_TEXT }, { "role", CELL_TEXT },         { "home", CELL_TEXT },
    { "customers", CELL_NUMBER }, { "language", CELL_TEXT }, { "own_password", CELL_FLAG }, { "disabled", CELL_TEXT },
    { "last_login", CELL_TEXT },  { "email", CELL_TEXT },    { "name", CELL_TEXT },         { 0 },
};

static const struct ctl_column issue_columns[] = {
    { "id", CELL_NUMBER },
    { "login_id", CELL_TEXT },
    { "mailed_to", CELL_TEXT },
    { 0 },
};

static const struct ctl_column change_columns[] = { { "login_id", CELL_TEXT }, { "changed", CELL_FLAG }, { 0 } };

static bool check_usage(const struct ctl *ctl, struct account_new *account, GError **error)
{
    const char *code = language != NULL ? language : ctl->config->portal.language;
    if (!ctl_need(login_id, "--login-id", error) || !ctl_need(name, "--name", error) ||
        !ctl_need(role, "--role", error)) {
        return false;
    }
    if (customer_codes == NULL) {
        return ctl_usage(error, "--customer is needed: the account's home");
    }
    if (all_customers && customer_codes[1] != NULL) {
        return ctl_usage(error, "with --all-customers one --customer, its home, is enough");
    }
    if (permanent && password_file == NULL) {
        return ctl_usage(error, "--permanent goes with --password-file");
    }
    if (!role_read(role, &account->role)) {
        return ctl_usage(error, "--role %s: administrator, member, viewer or auditor", role);
    }
    if (!language_from_code(code, &account->language)) {
        return ctl_usage(error, "--language %s: ja or en", code);
    }
    account->login_id = login_id;
    account->name = name;
    account->email = email;
    account->all_customers = all_customers;
    account->permanent = permanent;
    return true;
}

static GArray *find_customers(struct db *db, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    for (char **code = customer_codes; *code != NULL; code++) {
        AUTO(customer) struct customer *customer = customer_get_by_code(db, *code, error);
        if (customer == NULL) {
            return NULL;
        }
        g_array_append_val(ids, customer->id);
    }
    return g_steal_pointer(&ids);
}

static void say_issued(const struct ctl *ctl, uint64_t id, const char *mailed_to)
{
    if (ctl->json) {
        struct ctl_table *table = ctl_table_new(issue_columns);
        ctl_add_number(table, id);
        ctl_add_text(table, login_id);
        ctl_add_text(table, mailed_to);
        ctl_table_print(ctl, table, true);
    } else if (mailed_to != NULL) {
        ctl_say(ctl, "account %s issued; its initial password goes to %s", login_id, mailed_to);
    } else {
        ctl_say(ctl, "account %s issued with the given password%s", login_id,
                permanent ? "" : ", to be changed at the first login");
    }
}

static bool issue(struct ctl *ctl, struct db *db, struct account_new *account, GError **error)
{
    uint64_t id = 0;
    g_autofree char *mailed_to = NULL;
    const struct secret_keys *keys = ctl_keys(ctl, error);
    g_autoptr(GArray) customers = keys != NULL ? find_customers(db, error) : NULL;
    if (customers == NULL) {
        return false;
    }
    account->customers = (const uint64_t *)(const void *)customers->data;
    account->n_customers = customers->len;
    if (!account_issue(db, ctl->config, keys, &ctl->actor, ctl->now, account, &id, &mailed_to, error)) {
        return false;
    }
    say_issued(ctl, id, mailed_to);
    return true;
}

bool ctl_account_issue(struct ctl *ctl, char **arguments, GError **error)
{
    struct account_new account = { 0 };
    char *password = NULL;
    (void)arguments;
    if (!check_usage(ctl, &account, error)) {
        return false;
    }
    if (password_file != NULL) {
        password = config_password(password_file, error);
        if (password == NULL) {
            return false;
        }
    }
    account.password = password;
    struct db *db = ctl_db(ctl, error);
    bool good = db != NULL && issue(ctl, db, &account, error);
    if (password != NULL) {
        explicit_bzero(password, strlen(password));
        g_free(password);
    }
    return good;
}

bool ctl_account_list(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    struct db *db = ctl_db(ctl, error);
    g_autoptr(GPtrArray) list = db != NULL ? account_list(db, home_code, error) : NULL;
    if (list == NULL) {
        return false;
    }
    struct ctl_table *table = ctl_table_new(list_columns);
    for (guint i = 0; i < list->len; i++) {
        const struct account *account = list->pdata[i];
        ctl_add_number(table, account->id);
        ctl_add_text(table, account->login_id);
        ctl_add_text(table, role_code(account->role));
        ctl_add_text(table, account->home_code);
        ctl_add_number(table, account->customers);
        ctl_add_text(table, language_code(account->language));
        ctl_add_flag(table, account->password_own);
        ctl_add_moment(table, account->disabled_at);
        ctl_add_moment(table, account->last_login_at);
        ctl_add_text(table, account->email);
        ctl_add_text(table, account->name);
    }
    ctl_table_print(ctl, table, false);
    return true;
}

static bool say_changed(const struct ctl *ctl, const char *login, bool changed, const char *done, const char * not )
{
    if (ctl->json) {
        struct ctl_table *table = ctl_table_new(change_columns);
        ctl_add_text(table, login);
        ctl_add_flag(table, changed);
        ctl_table_print(ctl, table, true);
    }
    ctl_say(ctl, "account %s %s", login, changed ? done : not );
    return true;
}

bool ctl_account_disable(struct ctl *ctl, char **arguments, GError **error)
{
    bool changed = false;
    struct db *db = ctl_db(ctl, error);
    return db != NULL && account_disable(db, &ctl->actor, ctl->now, arguments[0], &changed, error) &&
           say_changed(ctl, arguments[0], changed, "disabled", "was disabled already");
}

bool ctl_account_enable(struct ctl *ctl, char **arguments, GError **error)
{
    bool changed = false;
    struct db *db = ctl_db(ctl, error);
    return db != NULL && account_enable(db, &ctl->actor, ctl->now, arguments[0], &changed, error) &&
           say_changed(ctl, arguments[0], changed, "enabled", "was not disabled");
}

bool ctl_account_unlock(struct ctl *ctl, char **arguments, GError **error)
{
    struct db *db = ctl_db(ctl, error);
    return db != NULL && account_unlock(db, &ctl->actor, ctl->now, arguments[0], error) &&
           say_changed(ctl, arguments[0], true, "unlocked", "");
}
