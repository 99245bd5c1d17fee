/*
 * main.c: the worker. Runs the jobs of the table one at a time, each when it is due. Any number of workers
 * may run; ending one at any moment loses nothing.
 */
#include "base/config.h"
#include "base/error.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/token.h"
#include "db/db.h"
#include "mail/mail.h"
#include "worker/dispatch.h"
#include "worker/jobs.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Milliseconds between attempts while the database is away, and seconds that a job rests after other
 * failures. */
enum { AWAY_FIRST_MS = 100, AWAY_MOST_MS = 5000, REST_FIRST = 5, REST_MOST = 300 };
#define SECOND_US INT64_C(1000000)
#define FOREVER_US (3600 * SECOND_US)

static const char *const version = VERSION;
static volatile sig_atomic_t stopping;
static int stop_file = -1;

static bool is_stopping(void)
{
    return stopping != 0;
}

static void on_stop(int number)
{
    (void)number;
    int before = errno;
    uint64_t one = 1;
    stopping = 1;
    if (write(stop_file, &one, sizeof one) < 0) {
        stopping = 1; /* full: whoever sleeps wakes up all the same */
    }
    errno = before;
}

/* Sleep, but not through a signal that asks to stop, even one that came just before. */
static void rest(int64_t us)
{
    struct pollfd wake = { .fd = stop_file, .events = POLLIN };
    if (us > 0) {
        poll(&wake, 1, (int)MIN((us + 999) / 1000, G_MAXINT));
    }
}

static bool catch_signals(void)
{
    struct sigaction stop = { .sa_handler = on_stop }, ignore = { .sa_handler = SIG_IGN };
    sigemptyset(&stop.sa_mask);
    sigemptyset(&ignore.sa_mask);
    stop_file = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return stop_file >= 0 && sigaction(SIGTERM, &stop, NULL) == 0 && sigaction(SIGINT, &stop, NULL) == 0 &&
           sigaction(SIGQUIT, &stop, NULL) == 0 && /* multiwatch passes SIGTERM on as that */
           sigaction(SIGPIPE, &ignore, NULL) == 0;
}

/* ---- the loop ---- */

struct turn {
    int64_t due; /* by clock_ticks */
    bool more;   /* there is work left */
    int failures;
};

/* Wait until the database answers again; say so once. */
static void wait_for_database(struct db *db, const GError *cause)
{
    log_error(LOG_ERROR, "database-away", cause);
    int64_t pause = AWAY_FIRST_MS, began = clock_ticks();
    while (!is_stopping()) {
        g_autoptr(GError) error = NULL;
        rest(pause * 1000);
        if (is_stopping() || db_ping(db, &error)) {
            break;
        }
        pause = MIN(pause * 2, AWAY_MOST_MS);
    }
    log_event(LOG_INFO, is_stopping() ? "database-still-away" : "database-back",
              LOG_NUMBER("ms", (clock_ticks() - began) / 1000));
}

/* Run a job that is due and say when it is due again. False with the database's error if that is away. */
static bool run_job(const struct job_context *context, const struct job *job, struct turn *turn, GError **error)
{
    struct job_result result = { 0 };
    g_autoptr(GError) failure = NULL;
    int64_t began = clock_ticks();
    bool good = job->run(context, &result, &failure);
    job_log(job->name, &result, began);
    if (good) {
        int64_t pause = result.more ? result.pause_us : job->interval * SECOND_US;
        *turn = (struct turn){ .due = clock_ticks() + pause, .more = result.more };
        return true;
    }
    if (g_error_matches(failure, PORTAL_ERROR, PORTAL_BUSY) && !db_ping(context->db, NULL)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    int64_t pause = MIN(REST_FIRST << MIN(turn->failures, 8), REST_MOST);
    turn->failures++;
    turn->more = false;
    turn->due = clock_ticks() + MAX(pause, job->interval) * SECOND_US;
    g_prefix_error(&failure, "%s: ", job->name);
    log_error(LOG_ERROR, "job-failed", failure);
    return true;
}

static void run_for_ever(const struct job_context *context)
{
    struct turn turns[JOBS_N] = { 0 };
    while (!is_stopping()) {
        int64_t next = clock_ticks() + FOREVER_US;
        for (int i = 0; i < JOBS_N && !is_stopping(); i++) {
            g_autoptr(GError) away = NULL;
            if (turns[i].due <= clock_ticks() && !run_job(context, &jobs[i], &turns[i], &away)) {
                wait_for_database(context->db, away);
            }
            next = MIN(next, turns[i].due);
        }
        rest(next - clock_ticks());
    }
}

/* Run each job until it has nothing left to do. */
static bool run_once(const struct job_context *context)
{
    bool good = true;
    for (int i = 0; i < JOBS_N && !is_stopping(); i++) {
        struct turn turn = { 0 };
        do {
            g_autoptr(GError) away = NULL;
            if (!run_job(context, &jobs[i], &turn, &away)) {
                log_error(LOG_ERROR, "database-away", away);
                return false;
            }
        } while (turn.more && !is_stopping());
        good = good && turn.failures == 0;
    }
    return good;
}

/* ---- starting ---- */

struct options {
    char *config;
    gboolean once, version;
};

static bool read_options(int *argc, char ***argv, struct options *options, GError **error)
{
    const GOptionEntry entries[] = {
        { "config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "Read the configuration from FILE", "FILE" },
        { "once", 0, 0, G_OPTION_ARG_NONE, &options->once, "Run each job until it has nothing to do, and exit", NULL },
        { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version and exit", NULL },
        { 0 },
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_summary(context, "Sends mails, seals the audit, opens months and throws away what has ended.");
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, argc, argv, error)) {
        return false;
    }
    if (*argc > 1) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "what is \"%s\"? Try --help", (*argv)[1]);
        return false;
    }
    return true;
}

static int work(const struct options *options, GError **error)
{
    AUTO(config) struct config *config = config_read(config_file(options->config), error);
    if (config != NULL) {
        log_least(config->log.level);
    }
    AUTO(secret_keys)
    struct secret_keys *keys = config != NULL ? secret_keys_open(config->secret.key_file, error) : NULL;
    AUTO(db) struct db *db = keys != NULL ? db_new(config, false, error) : NULL;
    if (db == NULL) {
        return EXIT_FAILURE;
    }
    if (!mail_is_address(config->mail.sender)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "[mail] sender = %s: not an address", config->mail.sender);
        return EXIT_FAILURE;
    }
    db_permit(db, (struct db_permit){ .roles = ROLE_READ | ROLE_WRITE,
                                      .scopes = SCOPE_WORKER | SCOPE_JOURNAL | SCOPE_CATALOGUE,
                                      .any_customer = true });
    const struct job_context context = { .db = db, .config = config, .keys = keys, .stop = is_stopping };
    bool good = true;
    log_event(LOG_INFO, "start", LOG_TEXT("version", version));
    if (options->once) {
        good = run_once(&context);
    } else {
        run_for_ever(&context);
    }
    dispatch_drain(&context);
    log_event(LOG_INFO, "end", LOG_NUMBER("good", good));
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct options options = { 0 };
    g_autoptr(GError) error = NULL;
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    log_open("simportal-worker");
    token_open();
    if (!read_options(&argc, &argv, &options, &error)) {
        g_printerr("simportal-worker: %s\n", error->message);
        return 2;
    }
    if (options.version) {
        g_print("simportal-worker %s\n", version);
        return EXIT_SUCCESS;
    }
    int status = catch_signals() ? work(&options, &error) : EXIT_FAILURE;
    if (error != NULL) {
        log_error(LOG_ERROR, "cannot-start", error);
    }
    g_free(options.config);
    return status;
}
