/*
 * main.c: simportal-carrier, a carrier that is only simulated: does at once, or after a delay, whatever it is asked
 * for, keeps a record of it, and can be told to misbehave. The contract is simportal-gateway(7).
 */
#include "carrier/record.h"

#include <errno.h>
#include <json-c/json.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 65536, LINE_MOST = 1 << 20 };

/* How it behaves. Rates are in operations of a hundred. */
static struct {
    char *record;
    int delay_ms, fail_rate, again_rate, twice_rate, silent_rate, rubbish_rate, accept_rate, die_after;
    gboolean version;
} wanted;

static const GOptionEntry entries[] = {
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &wanted.record, "keep what was done in FILE, shared by all carriers",
      "FILE" },
    { "delay-ms", 0, 0, G_OPTION_ARG_INT, &wanted.delay_ms, "answer each operation only after N milliseconds", "N" },
    { "fail-rate", 0, 0, G_OPTION_ARG_INT, &wanted.fail_rate, "refuse N of a hundred operations for good", "N" },
    { "again-rate", 0, 0, G_OPTION_ARG_INT, &wanted.again_rate, "refuse N of a hundred for the moment", "N" },
    { "accept-rate", 0, 0, G_OPTION_ARG_INT, &wanted.accept_rate, "first only accept N of a hundred", "N" },
    { "twice-rate", 0, 0, G_OPTION_ARG_INT, &wanted.twice_rate, "answer N of a hundred twice", "N" },
    { "silent-rate", 0, 0, G_OPTION_ARG_INT, &wanted.silent_rate, "never answer N of a hundred", "N" },
    { "rubbish-rate", 0, 0, G_OPTION_ARG_INT, &wanted.rubbish_rate, "send rubbish before N of a hundred answers", "N" },
    { "die-after", 0, 0, G_OPTION_ARG_INT, &wanted.die_after, "die after N operations: done, not answered", "N" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &wanted.version, "print the version and exit", NULL },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
};

/* An answer that waits for its time. */
struct answer {
    gint64 due;
    char *text;
};

static struct record *record;
static GQueue waiting = G_QUEUE_INIT;
static GHashTable *accepted;
static int done;

static bool one_of(int rate)
{
    return rate > 0 && g_random_int_range(0, 100) < rate;
}

static bool put(const char *text)
{
    for (gsize left = strlen(text); left > 0;) {
        ssize_t n = write(STDOUT_FILENO, text, left);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        text += n > 0 ? n : 0;
        left -= n > 0 ? (gsize)n : 0;
    }
    return true;
}

/* ---- one operation ---- */

static const char *member(struct json_object *object, const char *name)
{
    struct json_object *value = NULL;
    return json_object_object_get_ex(object, name, &value) && json_object_is_type(value, json_type_string)
               ? json_object_get_string(value)
               : NULL;
}

static const char *json_of(struct json_object *object)
{
    static const char *const names[] = { "sim", "group", "order", NULL };
    struct json_object *value = NULL;
    for (int i = 0; names[i] != NULL; i++) {
        if (json_object_object_get_ex(object, names[i], &value)) {
            return json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN);
        }
    }
    return "{}";
}

static bool is_known(const char *operation)
{
    static const char *const operations[] = { "activate",   "suspend",     "resume",     "terminate",   "throttle",
                                              "unthrottle", "recharge",    "share_set",  "share_clear", "reissue",
                                              "order",      "change_plan", "set_option", NULL };
    return g_strv_contains(operations, operation);
}

/* Do the operation, once for its id, and say what came of it. */
static char *perform(const char *id, const char *operation, struct json_object *object)
{
    if (record_has(record, id)) {
        return g_strdup_printf("{\"id\":\"%s\",\"ok\":true,\"result\":{}}\n", id);
    }
    if (strcmp(operation, "status") == 0 && !g_hash_table_contains(accepted, id)) {
        return g_strdup_printf("{\"id\":\"%s\",\"ok\":false,\"code\":\"unknown\",\"message\":\"never asked\","
                               "\"retry\":true}\n",
                               id);
    }
    if (strcmp(operation, "status") != 0 && !is_known(operation)) {
        return g_strdup_printf("{\"id\":\"%s\",\"ok\":false,\"code\":\"operation\",\"message\":\"no such operation\","
                               "\"retry\":false}\n",
                               id);
    }
    if (one_of(wanted.again_rate)) {
        return g_strdup_printf("{\"id\":\"%s\",\"ok\":false,\"code\":\"busy\",\"message\":\"later\",\"retry\":true}\n",
                               id);
    }
    if (one_of(wanted.fail_rate)) {
        return g_strdup_printf("{\"id\":\"%s\",\"ok\":false,\"code\":\"refused\",\"message\":\"simulated failure\","
                               "\"retry\":false}\n",
                               id);
    }
    if (strcmp(operation, "status") != 0 && one_of(wanted.accept_rate)) {
        g_hash_table_insert(accepted, g_strdup(id), g_strdup(operation));
        return g_strdup_printf("{\"id\":\"%s\",\"ok\":true,\"accepted\":true}\n", id);
    }
    const char *name = g_hash_table_lookup(accepted, id);
    record_add(record, id, name != NULL ? name : operation, json_of(object));
    done++;
    return g_strdup_printf("{\"id\":\"%s\",\"ok\":true,\"result\":{}}\n", id);
}

static bool id_is_good(const char *id)
{
    return id != NULL && *id != '\0' && strlen(id) <= 100 && strpbrk(id, "\"\\\t\n") == NULL;
}

static void take_line(const char *line)
{
    struct json_object *object = json_tokener_parse(line);
    const char *id = json_object_is_type(object, json_type_object) ? member(object, "id") : NULL;
    const char *operation = id_is_good(id) ? member(object, "op") : NULL;
    if (operation == NULL) {
        fprintf(stderr, "simportal-carrier: a line that asks nothing\n");
        json_object_put(object);
        return;
    }
    struct answer *answer = g_new0(struct answer, 1);
    answer->text = perform(id, operation, object);
    answer->due = g_get_monotonic_time() + wanted.delay_ms * 1000;
    g_queue_push_tail(&waiting, answer);
    json_object_put(object);
}

/* ---- lines in, answers out ---- */

static bool take_lines(GString *come, GError **error)
{
    char *at = come->str, *end;
    if (memchr(at, '\n', come->len) == NULL) {
        return true;
    }
    if (!record_begin(record, error)) {
        return false;
    }
    while ((end = memchr(at, '\n', come->len - (gsize)(at - come->str))) != NULL) {
        *end = '\0';
        take_line(at);
        at = end + 1;
    }
    g_string_erase(come, 0, at - come->str);
    if (!record_end(record, error)) {
        return false;
    }
    if (wanted.die_after > 0 && done >= wanted.die_after) {
        abort();
    }
    return true;
}

static bool answer_due(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    gint64 now = g_get_monotonic_time();
    while (!g_queue_is_empty(&waiting) && ((struct answer *)g_queue_peek_head(&waiting))->due <= now) {
        struct answer *answer = g_queue_pop_head(&waiting);
        if (one_of(wanted.rubbish_rate)) {
            g_string_append(out, "}{ rubbish\n");
        }
        for (int i = one_of(wanted.silent_rate) ? 0 : one_of(wanted.twice_rate) ? 2 : 1; i > 0; i--) {
            g_string_append(out, answer->text);
        }
        g_free(answer->text);
        g_free(answer);
    }
    return out->len == 0 || put(out->str);
}

static int patience(void)
{
    if (g_queue_is_empty(&waiting)) {
        return -1;
    }
    gint64 left = ((struct answer *)g_queue_peek_head(&waiting))->due - g_get_monotonic_time();
    return (int)MAX(0, (left + 999) / 1000);
}

/* Until its input ends; what waits is answered before. */
static bool run(GError **error)
{
    g_autoptr(GString) come = g_string_sized_new(PIECE);
    bool open = true;
    while (open || !g_queue_is_empty(&waiting)) {
        struct pollfd in = { .fd = open ? STDIN_FILENO : -1, .events = POLLIN };
        if (poll(&in, 1, patience()) > 0) {
            char piece[PIECE];
            ssize_t n = read(STDIN_FILENO, piece, sizeof piece);
            open = n > 0 || (n < 0 && errno == EINTR);
            g_string_append_len(come, piece, MAX(n, 0));
            if (come->len > LINE_MOST || !take_lines(come, error)) {
                return false;
            }
        }
        if (!answer_due()) {
            return true; /* nobody listens any more */
        }
    }
    return true;
}

/* False, and says why, if a figure is out of its range. */
static bool wanted_is_good(void)
{
    const struct {
        const char *name;
        int value, most;
    } figures[] = { { "delay-ms", wanted.delay_ms, 3600000 },     { "fail-rate", wanted.fail_rate, 100 },
                    { "again-rate", wanted.again_rate, 100 },     { "accept-rate", wanted.accept_rate, 100 },
                    { "twice-rate", wanted.twice_rate, 100 },     { "silent-rate", wanted.silent_rate, 100 },
                    { "rubbish-rate", wanted.rubbish_rate, 100 }, { "die-after", wanted.die_after, G_MAXINT } };
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
        if (figures[i].value < 0 || figures[i].value > figures[i].most) {
            fprintf(stderr, "simportal-carrier: --%s %d: from 0 to %d\n", figures[i].name, figures[i].value,
                    figures[i].most);
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) options = g_option_context_new("- a carrier that is only simulated");
    g_option_context_add_main_entries(options, entries, NULL);
    if (!g_option_context_parse(options, &argc, &argv, &error) || argc > 1) {
        fprintf(stderr, "simportal-carrier: %s\n", error != NULL ? error->message : "no arguments are taken");
        return 2;
    }
    if (wanted.version) {
        puts("simportal-carrier " VERSION);
        return EXIT_SUCCESS;
    }
    if (!wanted_is_good()) {
        return 2;
    }
    accepted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    record = record_open(wanted.record, &error);
    bool good = record != NULL && run(&error);
    if (error != NULL) {
        fprintf(stderr, "simportal-carrier: %s\n", error->message);
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
