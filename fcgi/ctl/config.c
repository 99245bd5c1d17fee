/*
 * config.c: the commands `config check` and `config reference`. Looks at everything the configuration names
 * and lists all faults at once.
 */
#include "ctl/ctl.h"

#include "base/error.h"
#include "base/language.h"
#include "mail/mail.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void add_fault(GString *faults, const char *option, const char *value, const char *what)
{
    g_string_append_printf(faults, "%s = %s: %s\n", option, value, what);
}

static void check_file(GString *faults, const char *option, const char *path)
{
    if (access(path, R_OK) != 0) {
        add_fault(faults, option, path, g_strerror(errno));
    }
}

static void check_folder(GString *faults, const char *option, const char *path, int mode)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        add_fault(faults, option, path, g_strerror(errno));
    } else if (!S_ISDIR(status.st_mode)) {
        add_fault(faults, option, path, "is no folder");
    } else if (access(path, mode) != 0) {
        add_fault(faults, option, path, g_strerror(errno));
    }
}

/* A file that nobody but its owner and group may read; "" is allowed. */
static void check_private(GString *faults, const char *option, const char *path)
{
    struct stat status;
    if (*path == '\0') {
        return;
    }
    if (stat(path, &status) != 0) {
        add_fault(faults, option, path, g_strerror(errno));
    } else if ((status.st_mode & 07) != 0) {
        add_fault(faults, option, path, "everybody can read it: chmod o= it");
    } else {
        check_file(faults, option, path);
    }
}

static void check_words(GString *faults, const struct config *config)
{
    const char *url = config->portal.base_url;
    if (!g_str_has_prefix(url, "https://") || g_str_has_suffix(url, "/") || url[strcspn(url, " \t?#")] != '\0') {
        add_fault(faults, "[portal] base_url", url, "must be https://host[:port] without a slash at the end");
    }
    if (!mail_is_address(config->portal.admin_address)) {
        add_fault(faults, "[portal] admin_address", config->portal.admin_address, "is no e-mail address");
    }
    if (!mail_is_address(config->mail.sender)) {
        add_fault(faults, "[mail] sender", config->mail.sender, "is no e-mail address");
    }
}

/* ctl knows no pages; what a colour may be stands in the reference, and how dark it is the portal decides. */
static void check_brand(GString *faults, const struct config *config)
{
    const char *logo = config->portal.logo, *accent = config->portal.accent;
    struct stat status;
    if (*accent != '\0' &&
        (*accent != '#' || strlen(accent) != 7 || strspn(accent + 1, "0123456789abcdefABCDEF") != 6)) {
        add_fault(faults, "[portal] accent", accent, "must be #rrggbb");
    }
    if (*logo == '\0') {
        return;
    }
    if (!g_str_has_suffix(logo, ".svg") && !g_str_has_suffix(logo, ".png")) {
        add_fault(faults, "[portal] logo", logo, "must end in .svg or .png");
    } else if (stat(logo, &status) == 0 && status.st_size > 65536) {
        add_fault(faults, "[portal] logo", logo, "is larger than 64 KiB");
    } else {
        check_file(faults, "[portal] logo", logo);
    }
}

static void check_files(GString *faults, const struct config *config)
{
    struct stat status;
    for (enum language language = 0; language < LANGUAGE_N; language++) {
        g_autofree char *name = g_strdup_printf("portal.%s.xsl", language_code(language));
        g_autofree char *path = g_build_filename(config->portal.views_dir, name, NULL);
        check_file(faults, "[portal] views_dir", path);
    }
    check_file(faults, "[password] common_file", config->password.common_file);
    check_folder(faults, "[data] migrations_dir", config->data.migrations_dir, R_OK | X_OK);
    check_folder(faults, "[portal] run_dir", config->portal.run_dir, R_OK | W_OK | X_OK);
    check_private(faults, "[db] password_file", config->db.password_file);
    check_private(faults, "[db] admin_password_file", config->db.admin_password_file);
    if (access(config->mail.sendmail, X_OK) != 0) {
        add_fault(faults, "[mail] sendmail", config->mail.sendmail, g_strerror(errno));
    } else if (stat(config->mail.sendmail, &status) != 0 || !S_ISREG(status.st_mode)) {
        add_fault(faults, "[mail] sendmail", config->mail.sendmail, "is no program");
    }
    g_autoptr(GError) failure = NULL;
    struct secret_keys *keys = secret_keys_open(config->secret.key_file, &failure);
    if (keys == NULL) {
        add_fault(faults, "[secret] key_file", config->secret.key_file, failure->message);
    }
    secret_keys_free(keys);
}

static void check_database(GString *faults, const struct config *config, bool admin)
{
    g_autoptr(GError) failure = NULL;
    struct db *db = db_new(config, admin, &failure);
    if (db == NULL || !db_ping(db, &failure)) {
        add_fault(faults, admin ? "[db] admin_user" : "[db] user", admin ? config->db.admin_user : config->db.user,
                  failure->message);
    }
    g_clear_pointer(&db, db_free);
}

bool ctl_config_check(struct ctl *ctl, char **arguments, GError **error)
{
    (void)arguments;
    ctl->config = config_read(ctl->config_file, error);
    if (ctl->config == NULL) {
        return false;
    }
    g_autoptr(GString) faults = g_string_new(NULL);
    check_words(faults, ctl->config);
    check_brand(faults, ctl->config);
    check_files(faults, ctl->config);
    check_database(faults, ctl->config, false);
    if (*ctl->config->db.admin_user != '\0') {
        check_database(faults, ctl->config, true);
    }
    if (faults->len > 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "%s:\n%s", ctl->config_file, faults->str);
        return false;
    }
    ctl_say(ctl, "%s is good", ctl->config_file);
    return true;
}

bool ctl_config_reference(struct ctl *ctl, char **arguments, GError **error)
{
    (void)ctl;
    (void)arguments;
    (void)error;
    config_print_reference(stdout);
    return true;
}
