/*
 * gateway.c: the command `gateway test`.
 */
#include "ctl/ctl.h"

#include "base/error.h"
#include "base/log.h"
#include "gateway/gateway_trial.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { SECONDS_MOST = 3600, IN_FLIGHT_MOST = 100000 };

static char *phone = (char *)"02000000000", *serial = (char *)"TEST00000000", *iccid = (char *)"8981000000000000000";
static char *count;
static gint seconds = 10, in_flight = 500;

const GOptionEntry gateway_test_options[] = {
    { "phone", 0, 0, G_OPTION_ARG_FILENAME, &phone, "The test SIM's phone number, digits (02000000000)", "PHONE" },
    { "serial", 0, 0, G_OPTION_ARG_FILENAME, &serial, "Its serial number (TEST00000000)", "SERIAL" },
    { "iccid", 0, 0, G_OPTION_ARG_FILENAME, &iccid, "Its ICCID (8981000000000000000)", "ICCID" },
    { "count", 0, 0, G_OPTION_ARG_FILENAME, &count,
      "A command that prints how often the operation with the id after it was applied", "COMMAND" },
    { "in-flight", 0, 0, G_OPTION_ARG_INT, &in_flight, "How many are asked at once (500)", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "How long each check may take (10)", "N" },
    { 0 },
};

static const struct ctl_column columns[] = {
    { "number", CELL_NUMBER }, { "check", CELL_TEXT }, { "result", CELL_TEXT }, { "why", CELL_TEXT }, { 0 },
};

struct telling {
    const struct ctl *ctl;
    struct ctl_table *table; /* NULL: as TAP */
};

static void tell(void *data, guint number, const char *check, enum gateway_check_end end, const char *why)
{
    static const char *const words[] = { [CHECK_KEPT] = "ok", [CHECK_BROKEN] = "not ok", [CHECK_SKIPPED] = "skipped" };
    const struct telling *telling = data;
    if (telling->table != NULL) {
        ctl_add_number(telling->table, number);
        ctl_add_text(telling->table, check);
        ctl_add_text(telling->table, words[end]);
        ctl_add_text(telling->table, why);
        return;
    }
    ctl_say(telling->ctl, "%s %u - %s%s%s", end == CHECK_BROKEN ? "not ok" : "ok", number, check,
            end == CHECK_SKIPPED ? " # SKIP " : "", end == CHECK_SKIPPED ? why : "");
    if (end == CHECK_BROKEN) {
        ctl_say(telling->ctl, "# %s", why);
    }
}

/* The words after "--" as one command line. */
static char *command_of(char **arguments)
{
    g_autoptr(GString) command = g_string_new(NULL);
    for (char **word = arguments + (strcmp(arguments[0], "--") == 0); *word != NULL; word++) {
        g_autofree char *quoted = g_shell_quote(*word);
        g_string_append_printf(command, "%s%s", command->len > 0 ? " " : "", quoted);
    }
    return g_strdup(command->str);
}

static bool is_plain(const char *text)
{
    return *text != '\0' &&
           text[strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] == '\0';
}

static bool check_usage(const char *command, GError **error)
{
    if (*command == '\0') {
        return ctl_usage(error, "gateway test needs a program");
    }
    if (!is_plain(phone) || !is_plain(serial) || !is_plain(iccid)) {
        return ctl_usage(error, "--phone, --serial, --iccid: digits and letters alone");
    }
    if (seconds < 1 || seconds > SECONDS_MOST) {
        return ctl_usage(error, "--seconds %d: from 1 to %d", seconds, SECONDS_MOST);
    }
    return (in_flight >= 1 && in_flight <= IN_FLIGHT_MOST) ||
           ctl_usage(error, "--in-flight %d: from 1 to %d", in_flight, IN_FLIGHT_MOST);
}

bool ctl_gateway_test(struct ctl *ctl, char **arguments, GError **error)
{
    g_autofree char *command = command_of(arguments);
    guint broken = 0;
    if (!check_usage(command, error)) {
        return false;
    }
    log_least("error"); /* the checks say it themselves */
    signal(SIGPIPE, SIG_IGN);
    struct gateway_trial trial = { .command = command,
                                   .phone = phone,
                                   .serial = serial,
                                   .iccid = iccid,
                                   .seconds = seconds,
                                   .in_flight = (guint)in_flight,
                                   .count = count };
    struct telling telling = { .ctl = ctl, .table = ctl->json ? ctl_table_new(columns) : NULL };
    ctl_say(ctl, "1..%u", gateway_checks());
    bool good = gateway_try(&trial, tell, &telling, &broken, error);
    if (telling.table != NULL && good) {
        ctl_table_print(ctl, telling.table, false);
    } else if (telling.table != NULL) {
        ctl_table_free(telling.table);
    }
    if (good && broken > 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "%u of %u checks are broken", broken, gateway_checks());
    }
    return good && broken == 0;
}
