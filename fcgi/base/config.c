/*
 * config.c: the table of options and what reads a file by it.
 */
#include "base/config.h"

#include "base/error.h"

#include <stdint.h>
#include <string.h>

enum option_type { OPTION_TEXT, OPTION_NUMBER };

struct option {
    const char *group, *key;
    enum option_type type;
    gsize offset;
    gint64 least, most;
    const char *fallback;       /* NULL: must be given */
    const char *const *choices; /* of a text; NULL: any */
    const char *meaning;
};

#define TEXT(group_, key_, fallback_, meaning_)                                                                        \
    {                                                                                                                  \
        .group = #group_, .key = #key_, .type = OPTION_TEXT, .offset = offsetof(struct config, group_.key_),           \
        .fallback = (fallback_), .meaning = (meaning_)                                                                 \
    }
#define CHOICE(group_, key_, fallback_, choices_, meaning_)                                                            \
    {                                                                                                                  \
        .group = #group_, .key = #key_, .type = OPTION_TEXT, .offset = offsetof(struct config, group_.key_),           \
        .choices = (choices_), .fallback = (fallback_), .meaning = (meaning_)                                          \
    }
#define NUMBER(group_, key_, fallback_, least_, most_, meaning_)                                                       \
    {                                                                                                                  \
        .group = #group_, .key = #key_, .type = OPTION_NUMBER, .offset = offsetof(struct config, group_.key_),         \
        .least = (least_), .most = (most_), .fallback = (fallback_), .meaning = (meaning_)                             \
    }

static const char *const languages[] = { "ja", "en", NULL };
static const char *const levels[] = { "debug", "info", "warning", "error", NULL };

static const struct option options[] = {
    TEXT(portal, base_url, NULL, "the portal's address as people type it, without a slash at the end"),
    TEXT(portal, name, "", "the portal's name; empty: its own, in the person's language"),
    TEXT(portal, operator_name, "", "the operator's name, shown beside the portal's"),
    TEXT(portal, logo, "", "a picture shown beside the portal's name: a file ending in .svg or .png, at most 64 KiB"),
    TEXT(portal, accent, "", "the colour of links and buttons: #rrggbb, dark enough to be read on white"),
    TEXT(portal, admin_address, NULL, "gets the mails for which nobody else is found"),
    CHOICE(portal, language, "ja", languages, "language of the login page and of new accounts"),
    TEXT(portal, views_dir, DATA_DIR "/views", "the compiled stylesheets"),
    TEXT(portal, run_dir, RUN_DIR, "where processes of one host meet: the lock that lets passwords hash one at a time"),
    TEXT(db, socket, "", "the database's socket; empty: host and port"),
    TEXT(db, host, "localhost", "the database's host"),
    NUMBER(db, port, "3306", 1, 65535, "the database's port"),
    TEXT(db, name, "simportal", "the schema"),
    TEXT(db, user, "simportal", "the application's user: reads and writes rows, nothing else"),
    TEXT(db, password_file, "", "file whose first line is that user's password"),
    TEXT(db, admin_user, "", "the user of `simportalctl migrate`: may change tables; empty: `user`"),
    TEXT(db, admin_password_file, "", "file whose first line is that user's password"),
    NUMBER(db, timeout_seconds, "10", 1, 300, "a database that does not answer for this long is away"),
    NUMBER(pool, requests, "10000", 0, 100000000,
           "requests after which a pool process makes room for a new one; 0: never"),
    NUMBER(session, idle_minutes, "30", 1, 1440, "a session ends after so long without a request"),
    NUMBER(session, hours, "12", 1, 168, "and after so long in any case"),
    NUMBER(password, argon2_memory_kib, "19456", 19456, 1048576, "memory of one password hash"),
    NUMBER(password, argon2_passes, "2", 2, 20, "passes of one password hash"),
    NUMBER(password, argon2_lanes, "1", 1, 8, "lanes of one password hash"),
    NUMBER(password, days, "90", 1, 3650, "days after which a password must be changed"),
    NUMBER(password, initial_days, "14", 1, 90, "days for which an issued password can be used"),
    TEXT(password, common_file, DATA_DIR "/common_passwords.txt",
         "sorted list of passwords that everybody tries first"),
    TEXT(mail, sendmail, "/usr/sbin/sendmail",
         "the program that takes mails, called as `sendmail -i -f SENDER -- RECIPIENT`"),
    TEXT(mail, sender, NULL,
         "the address that mails come from, and to which those return that cannot be delivered: somebody should read "
         "it"),
    NUMBER(mail, timeout_seconds, "60", 1, 3600, "a sendmail that runs longer is ended and tried again later"),
    TEXT(
        gateway, program, "simportal-carrier",
        "the program that switches SIMs, with its arguments; as delivered a simulation; empty: nothing is carried out"),
    NUMBER(gateway, in_flight, "500", 1, 100000, "operations asked for at a time"),
    NUMBER(
        gateway, rest_percent, "60", 0, 1000,
        "while people are at the portal, the worker rests after each batch for so much of the time it took; 0: never"),
    NUMBER(gateway, timeout_seconds, "60", 1, 3600, "an operation not answered for so long is asked for again"),
    TEXT(secret, key_file, NULL,
         "keys of what rests encrypted, a line each: <id 1-255> <64 hex digits>; the first seals"),
    CHOICE(log, level, "info", levels, "what stands in the log: lines of this level and graver ones"),
    NUMBER(log, slow_ms, "200", 0, 3600000, "a statement that takes longer is logged with its name; 0: never"),
    TEXT(data, migrations_dir, DATA_DIR "/migrations", "the schema's migrations"),
    TEXT(data, demo_words_file, DATA_DIR "/demo_words.txt", "the words that `simportalctl demo-data` makes names of"),
};

static gboolean read_number(const struct option *option, const char *text, gint64 *number)
{
    return g_ascii_string_to_signed(text, 10, option->least, option->most, number, NULL);
}

static void take(struct config *config, const struct option *option, const char *text, GString *faults)
{
    char *place = (char *)config + option->offset;
    if (option->choices != NULL && !g_strv_contains(option->choices, text)) {
        g_autofree char *offers = g_strjoinv(", ", (char **)(uintptr_t)option->choices);
        g_string_append_printf(faults, "[%s] %s = %s: one of %s\n", option->group, option->key, text, offers);
    } else if (option->type == OPTION_TEXT) {
        *(char **)(void *)place = g_strdup(text);
    } else if (!read_number(option, text, (gint64 *)(void *)place)) {
        g_string_append_printf(faults, "[%s] %s = %s: a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT "\n",
                               option->group, option->key, text, option->least, option->most);
    }
}

static gboolean is_known(const char *group, const char *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        if (strcmp(options[i].group, group) == 0 && strcmp(options[i].key, key) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static void find_unknown(GKeyFile *keys, GString *faults)
{
    g_auto(GStrv) groups = g_key_file_get_groups(keys, NULL);
    for (char **group = groups; *group != NULL; group++) {
        g_auto(GStrv) names = g_key_file_get_keys(keys, *group, NULL, NULL);
        for (char **name = names; *name != NULL; name++) {
            if (!is_known(*group, *name)) {
                g_string_append_printf(faults, "[%s] %s: there is no such option\n", *group, *name);
            }
        }
    }
}

struct config *config_read(const char *file, GError **error)
{
    g_autoptr(GKeyFile) keys = g_key_file_new();
    if (!g_key_file_load_from_file(keys, file, G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "%s: ", file);
        return NULL;
    }
    g_autoptr(GString) faults = g_string_new(NULL);
    struct config *config = g_new0(struct config, 1);
    find_unknown(keys, faults);
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        g_autofree char *text = g_key_file_get_string(keys, options[i].group, options[i].key, NULL);
        if (text != NULL) {
            take(config, &options[i], g_strstrip(text), faults);
        } else if (options[i].fallback != NULL) {
            take(config, &options[i], options[i].fallback, faults);
        } else {
            g_string_append_printf(faults, "[%s] %s: must be given (%s)\n", options[i].group, options[i].key,
                                   options[i].meaning);
        }
    }
    if (faults->len > 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "%s:\n%s", file, faults->str);
        g_clear_pointer(&config, config_free);
    }
    return config;
}

void config_free(struct config *config)
{
    if (config == NULL) {
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        if (options[i].type == OPTION_TEXT) {
            g_free(*(char **)(void *)((char *)config + options[i].offset));
        }
    }
    g_free(config);
}

const char *config_file(const char *from_option)
{
    const char *from_environment = g_getenv("SIMPORTAL_CONFIG");
    return from_option != NULL ? from_option : from_environment != NULL ? from_environment : CONFIG_FILE;
}

char *config_password(const char *file, GError **error)
{
    char *text = NULL;
    if (*file == '\0') {
        return g_strdup("");
    }
    if (!g_file_get_contents(file, &text, NULL, error)) {
        return NULL;
    }
    text[strcspn(text, "\r\n")] = '\0';
    return text;
}

void config_print_reference(FILE *out)
{
    const char *group = "";
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        const struct option *option = &options[i];
        if (strcmp(group, option->group) != 0) {
            group = option->group;
            fprintf(out, "%s[%s]\n", i > 0 ? "\n" : "", group);
        }
        fprintf(out, "# %s", option->meaning);
        if (option->type == OPTION_NUMBER) {
            fprintf(out, " (%" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ")", option->least, option->most);
        }
        if (option->choices != NULL) {
            g_autofree char *offers = g_strjoinv(", ", (char **)(uintptr_t)option->choices);
            fprintf(out, " (%s)", offers);
        }
        fprintf(out, "\n%s%s=%s\n", option->fallback != NULL ? "#" : "", option->key,
                option->fallback != NULL ? option->fallback : "");
    }
}
