/*
 * common.c: what the commands share: the connection and its permit, the keys, usage errors.
 */
#include "ctl/ctl.h"

#include <stdarg.h>
#include <stdio.h>

struct db_permit ctl_permit(void)
{
    return (struct db_permit){
        .roles = ROLE_READ | ROLE_WRITE,
        .scopes = SCOPE_OPERATOR | SCOPE_JOURNAL | SCOPE_CATALOGUE | SCOPE_CUSTOMER,
        .any_customer = true,
    };
}

struct db *ctl_db(struct ctl *ctl, GError **error)
{
    if (ctl->db == NULL) {
        ctl->db = db_new(ctl->config, false, error);
        if (ctl->db != NULL) {
            db_permit(ctl->db, ctl_permit());
        }
    }
    return ctl->db;
}

struct db *ctl_worker_db(struct ctl *ctl, GError **error)
{
    struct db_permit permit = ctl_permit();
    permit.scopes |= SCOPE_WORKER;
    if (ctl_db(ctl, error) != NULL) {
        db_permit(ctl->db, permit);
    }
    return ctl->db;
}

const struct secret_keys *ctl_keys(struct ctl *ctl, GError **error)
{
    if (ctl->keys == NULL) {
        ctl->keys = secret_keys_open(ctl->config->secret.key_file, error);
    }
    return ctl->keys;
}

bool ctl_usage(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
    return false;
}

bool ctl_need(const char *value, const char *option, GError **error)
{
    return value != NULL || ctl_usage(error, "%s is needed", option);
}

void ctl_say(const struct ctl *ctl, const char *format, ...)
{
    if (ctl->json) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout); /* progress, to whoever watches */
}
