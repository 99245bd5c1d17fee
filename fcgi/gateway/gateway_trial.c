/*
 * gateway_trial.c: the checks of a gateway program, a row each, most with a program of its own. What is asked for
 * and changes something goes to the test SIM; all else asks how far operations are that nobody asked for.
 */
#include "gateway/gateway_trial.h"

#include "base/error.h"
#include "gateway/gateway_rule.h"

#include <string.h>
#include <sys/wait.h>

enum { TURN_MS = 50, LINGER_MS = 150, AGAIN_MS = 500, LAST_ASKED = 50, LONG_LINE = 256 * 1024 };

/* What is known over all checks. */
struct run {
    const struct gateway_trial *trial;
    guint next;      /* number of the next id */
    char prefix[16]; /* of all ids: other runs have others */
    struct talk *talk;
    char *suspended; /* the id of the suspension that was done */
    char *faulty;    /* the first line that is no whole answer, and why */
    char *doubled;   /* the first id that was answered too often, or never asked for */
};

struct asked {
    guint times, answers;
    struct gateway_answer last;
};

/* One program, and what it was asked. */
struct talk {
    struct run *run;
    struct gateway *gateway;
    GHashTable *asked; /* id → struct asked */
    guint missing;     /* answers that are to come */
    gint64 until;
    bool is_gone;
};

static void asked_free(gpointer data)
{
    struct asked *asked = data;
    gateway_answer_clear(&asked->last);
    g_free(asked);
}

static void talk_free(struct talk *talk)
{
    g_clear_pointer(&talk->gateway, gateway_free);
    g_hash_table_unref(talk->asked);
    g_free(talk);
}
static struct talk *talk_new(struct run *run, GError **error)
{
    struct gateway *gateway = gateway_open(run->trial->command, error);
    if (gateway == NULL) {
        return NULL;
    }
    struct talk *talk = g_new0(struct talk, 1);
    talk->run = run;
    talk->gateway = gateway;
    talk->asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, asked_free);
    return talk;
}

/* ---- asking and being answered ---- */

static char *new_id(struct run *run)
{
    return g_strdup_printf("%s-%u", run->prefix, ++run->next);
}

static void expect(struct talk *talk, const char *id)
{
    struct asked *asked = g_hash_table_lookup(talk->asked, id);
    if (asked == NULL) {
        asked = g_new0(struct asked, 1);
        g_hash_table_insert(talk->asked, g_strdup(id), asked);
    }
    asked->times++;
    talk->missing++;
}

/* The line that asks for `operation` on the test SIM. The caller frees. */
static GString *line_of(const struct talk *talk, const char *id, const char *operation, const char *arguments)
{
    const struct gateway_trial *trial = talk->run->trial;
    g_autofree char *sim = g_strdup_printf("{\"phone\":\"%s\",\"serial\":\"%s\",\"iccid\":\"%s\"}", trial->phone,
                                           trial->serial, trial->iccid);
    struct gateway_request request = {
        .id = id, .operation = operation, .object = "sim", .what = sim, .arguments = arguments
    };
    GString *line = g_string_new(NULL);
    gateway_line(line, &request);
    return line;
}

static void ask(struct talk *talk, const char *id, const char *operation, const char *arguments)
{
    g_autoptr(GString) line = line_of(talk, id, operation, arguments);
    expect(talk, id);
    gateway_put(talk->gateway, line->str, line->len);
}

static void note_line(struct talk *talk, const char *line, gsize length)
{
    struct run *run = talk->run;
    struct gateway_answer answer = { 0 };
    const char *fault = gateway_fault(line, length);
    if (fault != NULL && run->faulty == NULL) {
        g_autofree char *begin = g_strndup(line, MIN(length, 100));
        g_autofree char *shown = g_utf8_make_valid(begin, -1);
        run->faulty = g_strdup_printf("\"%s%s\": %s", shown, length > 100 ? "..." : "", fault);
    }
    if (!gateway_read(line, length, &answer)) {
        return;
    }
    struct asked *asked = g_hash_table_lookup(talk->asked, answer.id);
    if (asked != NULL && asked->answers < asked->times) {
        asked->answers++;
        talk->missing--;
        gateway_answer_clear(&asked->last);
        asked->last = answer;
        return;
    }
    if (run->doubled == NULL) {
        run->doubled = g_strdup_printf("it answered %s %s", answer.id,
                                       asked != NULL ? "more often than it was asked" : "which it was not asked");
    }
    gateway_answer_clear(&answer);
}

static void turn(struct talk *talk, int ms)
{
    const char *line = NULL;
    gsize length = 0;
    talk->is_gone = !gateway_turn(talk->gateway, ms);
    while (gateway_next_line(talk->gateway, &line, &length)) {
        note_line(talk, line, length);
    }
}

/* Listen for `ms` more: something may come that should not. */
static void linger(struct talk *talk, int ms)
{
    gint64 until = g_get_monotonic_time() + ms * 1000;
    while (!talk->is_gone && g_get_monotonic_time() < until) {
        turn(talk, TURN_MS);
    }
}

/* Wait for every answer. What went wrong, NULL: nothing. */
static char *wait_all(struct talk *talk)
{
    while (talk->missing > 0 && !talk->is_gone && g_get_monotonic_time() < talk->until) {
        turn(talk, TURN_MS);
    }
    if (talk->missing == 0) {
        return NULL;
    }
    return g_strdup_printf("%u of %u ids were not answered %s", talk->missing, g_hash_table_size(talk->asked),
                           talk->is_gone ? "when it ended" : "in time");
}

static const struct gateway_answer *answer_of(const struct talk *talk, const char *id)
{
    return &((const struct asked *)g_hash_table_lookup(talk->asked, id))->last;
}

/* Ask until it is done, as the worker does. What went wrong, NULL: nothing. */
static char *perform(struct talk *talk, const char *id, const char *operation, const char *arguments)
{
    for (ask(talk, id, operation, arguments);;) {
        char *why = wait_all(talk);
        if (why != NULL) {
            return why;
        }
        const struct gateway_answer *answer = answer_of(talk, id);
        if (answer->outcome == GATEWAY_DONE) {
            return NULL;
        }
        if (answer->outcome == GATEWAY_REFUSED) {
            return g_strdup_printf("%s was refused: %s %s (is the test SIM one that can be suspended and resumed?)",
                                   operation, answer->code, answer->text);
        }
        bool is_accepted = answer->outcome == GATEWAY_ACCEPTED;
        if (g_get_monotonic_time() + 2 * AGAIN_MS * 1000 >= talk->until) {
            return g_strdup_printf("%s was %s until the time was over", operation,
                                   is_accepted ? "accepted and not finished" : "put off");
        }
        linger(talk, AGAIN_MS);
        ask(talk, id, is_accepted ? "status" : operation, is_accepted ? NULL : arguments);
    }
}

/* How often the operation was applied must be once. What is wrong, NULL: nothing, or nobody can tell. */
static char *count_once(const struct run *run, const char *id)
{
    g_auto(GStrv) words = NULL;
    g_autofree char *out = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;
    if (run->trial->count == NULL) {
        return NULL;
    }
    g_autofree char *command = g_strdup_printf("%s %s", run->trial->count, id);
    if (!g_shell_parse_argv(command, NULL, &words, &error) ||
        !g_spawn_sync(NULL, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error)) {
        return g_strdup_printf("--count: %s", error->message);
    }
    g_strstrip(out);
    return strcmp(out, "1") == 0 ? NULL : g_strdup_printf("--count says that %s was applied \"%s\" times", id, out);
}

/* ---- the checks: what is broken, NULL: nothing ---- */

typedef char *check(struct talk *talk);

static char *check_answers(struct talk *talk)
{
    g_autofree char *id = new_id(talk->run);
    ask(talk, id, "status", NULL);
    return wait_all(talk);
}

static char *check_does(struct talk *talk)
{
    g_autofree char *id = new_id(talk->run);
    char *why = perform(talk, id, "suspend", "{\"reason\":\"other\"}");
    why = why != NULL ? why : count_once(talk->run, id);
    if (why == NULL) {
        talk->run->suspended = g_steal_pointer(&id);
    }
    return why;
}

static char *check_status(struct talk *talk)
{
    const char *id = talk->run->suspended;
    ask(talk, id, "status", NULL);
    char *why = wait_all(talk);
    if (why == NULL && answer_of(talk, id)->outcome != GATEWAY_DONE) {
        why = g_strdup("it was done, so its status must be ok true");
    }
    return why;
}

static char *check_same(struct talk *talk)
{
    const char *id = talk->run->suspended;
    ask(talk, id, "suspend", "{\"reason\":\"other\"}");
    char *why = wait_all(talk);
    if (why == NULL && answer_of(talk, id)->outcome != GATEWAY_DONE) {
        why = g_strdup("an id that was done must be answered with ok true again, though there is nothing left to do");
    }
    return why != NULL ? why : count_once(talk->run, id);
}

static char *check_at_once(struct talk *talk)
{
    g_autofree char *id = new_id(talk->run);
    ask(talk, id, "resume", NULL);
    char *why = perform(talk, id, "resume", NULL);
    return why != NULL ? why : count_once(talk->run, id);
}

static char *check_resumed(struct talk *talk)
{
    char *why = check_same(talk);
    g_autofree char *id = new_id(talk->run);
    return why != NULL ? why : perform(talk, id, "resume", NULL);
}

static char *check_unknown(struct talk *talk)
{
    g_autofree char *id = new_id(talk->run);
    ask(talk, id, "no_such_operation", NULL);
    char *why = wait_all(talk);
    if (why == NULL && answer_of(talk, id)->outcome != GATEWAY_REFUSED) {
        why = g_strdup("it must be answered with ok false and retry false, or the portal asks for it again and again");
    }
    return why;
}

static char *check_rubbish(struct talk *talk)
{
    static const char lines[] = "}{ rubbish\n\n[1,2]\nnull\n{}\n{\"op\":\"status\"}\n{\"no\":\"id\"}\n\"\\ud800\"\n";
    gateway_put(talk->gateway, lines, sizeof lines - 1);
    return check_answers(talk);
}

static char *check_long(struct talk *talk)
{
    g_autofree char *id = new_id(talk->run), *fill = g_strnfill(LONG_LINE - 1024, 'x');
    g_autofree char *arguments = g_strdup_printf("{\"fill\":\"%s\"}", fill);
    ask(talk, id, "status", arguments);
    return wait_all(talk);
}

static char *check_pieces(struct talk *talk)
{
    g_autofree char *id = new_id(talk->run);
    g_autoptr(GString) line = line_of(talk, id, "status", NULL);
    expect(talk, id);
    for (gsize at = 0, n = 0; at < line->len; at += n) {
        n = MIN(line->len - at, line->len / 3);
        gateway_put(talk->gateway, line->str + at, n);
        linger(talk, TURN_MS);
    }
    return wait_all(talk);
}

static char *check_many(struct talk *talk)
{
    for (guint i = 0; i < talk->run->trial->in_flight; i++) {
        g_autofree char *id = new_id(talk->run);
        ask(talk, id, "status", NULL);
    }
    return wait_all(talk);
}

static char *check_end(struct talk *talk)
{
    int status = 0;
    for (guint i = 0; i < LAST_ASKED; i++) {
        g_autofree char *id = new_id(talk->run);
        ask(talk, id, "status", NULL);
    }
    while (gateway_backlog(talk->gateway) > 0 && !talk->is_gone && g_get_monotonic_time() < talk->until) {
        turn(talk, TURN_MS);
    }
    gateway_end(talk->gateway);
    char *why = wait_all(talk);
    if (why != NULL) {
        return why;
    }
    if (!gateway_wait(talk->gateway, talk->run->trial->seconds * 1000, &status)) {
        return g_strdup("its input has ended, and it runs on");
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0
               ? NULL
               : g_strdup_printf(WIFEXITED(status) ? "it ended with %d" : "it was killed by signal %d",
                                 WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

enum {
    NEEDS_SUSPENDED = 1 << 0, /* the suspension must have been done */
    GOES_ON = 1 << 1          /* asks the program of the check before */
};

static const struct {
    const char *name;
    check *run;
    unsigned flags;
} checks[] = {
    { "answers what it is asked", check_answers, 0 },
    { "does an operation", check_does, 0 },
    { "tells how far an operation is", check_status, NEEDS_SUSPENDED | GOES_ON },
    { "the same id is the same operation", check_same, NEEDS_SUSPENDED | GOES_ON },
    { "also while the first is under way", check_at_once, NEEDS_SUSPENDED | GOES_ON },
    { "also in another process, when other operations came between", check_resumed, NEEDS_SUSPENDED },
    { "refuses an operation that does not exist, for good", check_unknown, 0 },
    { "goes on after lines that ask nothing", check_rubbish, 0 },
    { "takes a line of 256 KiB", check_long, 0 },
    { "takes a line that comes in pieces", check_pieces, 0 },
    { "takes many at once", check_many, 0 },
    { "answers what it has when its input ends, and ends with 0", check_end, 0 },
};

/* What all checks have seen. */
static const char *const of_all[] = { "says nothing but whole answers", "answers nothing twice" };

guint gateway_checks(void)
{
    return G_N_ELEMENTS(checks) + G_N_ELEMENTS(of_all);
}

/* ---- running them ---- */

static bool run_check(struct run *run, guint i, gateway_told *told, void *data, guint *broken, GError **error)
{
    if ((checks[i].flags & NEEDS_SUSPENDED) != 0 && run->suspended == NULL) {
        told(data, i + 1, checks[i].name, CHECK_SKIPPED, "no operation was done");
        return true;
    }
    if ((checks[i].flags & GOES_ON) == 0) {
        g_clear_pointer(&run->talk, talk_free);
        run->talk = talk_new(run, error);
    }
    if (run->talk == NULL) {
        return false;
    }
    run->talk->until = g_get_monotonic_time() + run->trial->seconds * G_USEC_PER_SEC;
    g_autofree char *why = checks[i].run(run->talk);
    linger(run->talk, LINGER_MS);
    *broken += why != NULL;
    told(data, i + 1, checks[i].name, why != NULL ? CHECK_BROKEN : CHECK_KEPT, why);
    return true;
}

bool gateway_try(const struct gateway_trial *trial, gateway_told *told, void *data, guint *broken, GError **error)
{
    struct run run = { .trial = trial };
    bool good = true;
    *broken = 0;
    g_snprintf(run.prefix, sizeof run.prefix, "test-%08x", g_random_int());
    for (guint i = 0; good && i < G_N_ELEMENTS(checks); i++) {
        good = run_check(&run, i, told, data, broken, error);
    }
    const char *const seen[] = { run.faulty, run.doubled };
    for (guint i = 0; good && i < G_N_ELEMENTS(of_all); i++) {
        *broken += seen[i] != NULL;
        told(data, G_N_ELEMENTS(checks) + i + 1, of_all[i], seen[i] != NULL ? CHECK_BROKEN : CHECK_KEPT, seen[i]);
    }
    g_clear_pointer(&run.talk, talk_free);
    g_free(run.suspended);
    g_free(run.faulty);
    g_free(run.doubled);
    return good;
}
