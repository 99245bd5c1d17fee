/*
 * main.c: simportalctl, the operator's command line. Finds the command, reads its options and the
 * configuration, runs it and turns its error into one line and an exit code.
 */
#include "ctl/ctl.h"

#include "base/error.h"
#include "base/log.h"
#include "base/token.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static char *config_option;
static gboolean json_option, version_option, help_option;

static const GOptionEntry global_options[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_option,
      "The configuration (else $SIMPORTAL_CONFIG, else " CONFIG_FILE ")", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json_option, "Print results as JSON", NULL },
    { 0 },
};

static const GOptionEntry top_options[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help_option, "Show this help", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version_option, "Show the version", NULL },
    { 0 },
};

static void print_help(FILE *out)
{
    fputs("Usage:\n  simportalctl [--config FILE] [--json] COMMAND [OPTION...]\n\nCommands:\n", out);
    for (const struct command *command = commands; command->words != NULL; command++) {
        fprintf(out, "  %-18s %s\n", command->words, command->summary);
    }
    fputs("\n`simportalctl COMMAND --help` tells of one command. Without --config the configuration is\n"
          "$SIMPORTAL_CONFIG, else " CONFIG_FILE ".\n"
          "Exit codes: 0 done, 1 failed (one line on standard error says why), 2 wrong usage.\n",
          out);
}

/* How many of `arguments` the words of `command` take up; 0 if they are others. */
static guint words_match(const struct command *command, char **arguments)
{
    g_auto(GStrv) words = g_strsplit(command->words, " ", -1);
    guint n = 0;
    for (; words[n] != NULL; n++) {
        if (arguments[n] == NULL || strcmp(words[n], arguments[n]) != 0) {
            return 0;
        }
    }
    return n;
}

static const struct command *find_command(char **arguments, guint *taken, GError **error)
{
    for (const struct command *command = commands; command->words != NULL; command++) {
        *taken = words_match(command, arguments);
        if (*taken > 0) {
            return command;
        }
    }
    g_autoptr(GString) offers = g_string_new(NULL);
    for (const struct command *command = commands; command->words != NULL; command++) {
        gsize length = strlen(arguments[0]);
        if (strncmp(command->words, arguments[0], length) == 0 && command->words[length] == ' ') {
            g_string_append_printf(offers, "%s%s", offers->len > 0 ? ", " : "", command->words);
        }
    }
    if (offers->len > 0) {
        ctl_usage(error, "%s what? There are: %s", arguments[0], offers->str);
    } else {
        ctl_usage(error, "there is no command %s; see simportalctl --help", arguments[0]);
    }
    return NULL;
}

static bool parse_top(char ***arguments, GError **error)
{
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, TRUE); /* what follows the command's words is the command's */
    g_option_context_add_main_entries(context, global_options, NULL);
    g_option_context_add_main_entries(context, top_options, NULL);
    return g_option_context_parse_strv(context, arguments, error);
}

static bool parse_command(const struct command *command, char ***arguments, GError **error)
{
    g_autofree char *program = g_strdup_printf("simportalctl %s", command->words);
    g_autofree char *text = command->help != NULL ? g_strdup_printf("%s.\n\n%s", command->summary, command->help)
                                                  : g_strdup_printf("%s.", command->summary);
    text[0] = g_ascii_toupper(text[0]);
    g_autoptr(GOptionContext) context = g_option_context_new(command->arguments);
    g_set_prgname(program);
    g_option_context_set_summary(context, text);
    if (command->options != NULL) {
        g_option_context_add_main_entries(context, command->options, NULL);
    }
    g_option_context_add_main_entries(context, global_options, NULL);
    if (!g_option_context_parse_strv(context, arguments, error)) {
        return false;
    }
    guint given = g_strv_length(*arguments + 1);
    if (command->arguments == NULL && given > 0) {
        return ctl_usage(error, "%s takes no argument %s", command->words, (*arguments)[1]);
    }
    bool is_many = (command->flags & CTL_MANY) != 0;
    if (command->arguments != NULL && (is_many ? given == 0 : given != 1)) {
        return ctl_usage(error, is_many ? "%s needs arguments: %s" : "%s takes one argument: %s", command->words,
                         command->arguments);
    }
    return true;
}

static bool run_command(const struct command *command, char **arguments, GError **error)
{
    const char *user = g_get_user_name();
    struct ctl ctl = { .config_file = config_file(config_option), .json = json_option, .now = clock_now() };
    ctl.actor = (struct actor){ .kind = ACTOR_OPERATOR, .name = user, .address = "", .request_id = "" };
    if ((command->flags & CTL_NO_CONFIG) == 0) {
        ctl.config = config_read(ctl.config_file, error);
        if (ctl.config == NULL) {
            return false;
        }
    }
    bool good = command->run(&ctl, arguments, error);
    g_clear_pointer(&ctl.db, db_free);
    g_clear_pointer(&ctl.keys, secret_keys_free);
    g_clear_pointer(&ctl.config, config_free);
    return good;
}

static int fail(const GError *error)
{
    g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (**line != '\0') {
            fprintf(stderr, "simportalctl: %s\n", *line);
        }
    }
    return error->domain == G_OPTION_ERROR ? CTL_USAGE : CTL_FAILED;
}

int main(int argc, char **argv)
{
    guint taken = 0;
    g_autoptr(GError) error = NULL;
    setlocale(LC_ALL, "C.UTF-8");
    log_open("simportalctl");
    token_open();
    g_auto(GStrv) arguments = g_strdupv(argv);
    for (int i = 0; i < argc; i++) {
        if (!g_utf8_validate(argv[i], -1, NULL)) {
            ctl_usage(&error, "argument %d is not UTF-8", i);
            return fail(error);
        }
    }
    if (!parse_top(&arguments, &error)) {
        return fail(error);
    }
    if (version_option) {
        puts("simportalctl " VERSION);
        return CTL_OK;
    }
    if (help_option || (arguments[1] != NULL && strcmp(arguments[1], "help") == 0)) {
        print_help(stdout);
        return CTL_OK;
    }
    if (arguments[1] == NULL) {
        print_help(stderr);
        return CTL_USAGE;
    }
    const struct command *command = find_command(arguments + 1, &taken, &error);
    if (command == NULL) {
        return fail(error);
    }
    g_auto(GStrv) rest = g_strdupv(arguments + taken); /* its first stands for the program's name */
    if (!parse_command(command, &rest, &error) || !run_command(command, rest + 1, &error)) {
        return fail(error);
    }
    if (fflush(stdout) != 0) {
        perror("simportalctl: standard output");
        return CTL_FAILED;
    }
    return CTL_OK;
}
