/*
 * mail_sendmail.c: one run of sendmail. Input and errors go through files in memory, not through pipes: the
 * whole message stands there before sendmail starts, so nobody's death can leave it with half of one, and
 * neither side waits for the other.
 */
#include "mail/mail_sendmail.h"

#include "base/error.h"

#include <errno.h>
#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { SAID_MOST = 300, MEANWHILE_MS = 1000 };

struct run {
    GSubprocess *process;
    gint64 seconds;
    const struct mail_meanwhile *meanwhile;
    bool has_ended, is_late;
};

static int memory_file(const char *name, GBytes *content)
{
    gsize size = 0, done = 0;
    const char *bytes = content != NULL ? g_bytes_get_data(content, &size) : NULL;
    int file = memfd_create(name, MFD_CLOEXEC);
    while (file >= 0 && done < size) {
        ssize_t written = write(file, bytes + done, size - done);
        if (written < 0 && errno != EINTR) {
            close(file);
            return -1;
        }
        done += written > 0 ? (gsize)written : 0;
    }
    if (file >= 0) {
        lseek(file, 0, SEEK_SET);
    }
    return file;
}

/* A group of its own, so that what it started can be ended with it; and an end when the worker is no more:
 * its mail is sent again then. */
static void prepare_child(gpointer data)
{
    (void)data;
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    signal(SIGPIPE, SIG_DFL);
}

static void on_end(GObject *process, GAsyncResult *result, gpointer data)
{
    struct run *run = data;
    g_subprocess_wait_finish(G_SUBPROCESS(process), result, NULL);
    run->has_ended = true;
}

static gboolean on_late(gpointer data)
{
    struct run *run = data;
    const char *identifier = g_subprocess_get_identifier(run->process);
    run->is_late = true;
    if (identifier != NULL) {
        kill((pid_t)-g_ascii_strtoll(identifier, NULL, 10), SIGKILL);
    }
    g_subprocess_force_exit(run->process);
    return G_SOURCE_REMOVE;
}

static gboolean on_meanwhile(gpointer data)
{
    const struct run *run = data;
    if (run->meanwhile != NULL) {
        run->meanwhile->go_on(run->meanwhile->data);
    }
    return G_SOURCE_CONTINUE;
}

static GSource *timer_new(guint milliseconds, GSourceFunc function, struct run *run, GMainContext *context)
{
    GSource *timer = g_timeout_source_new(milliseconds);
    g_source_set_callback(timer, function, run, NULL);
    g_source_attach(timer, context);
    return timer;
}

static void timer_free(GSource *timer)
{
    g_source_destroy(timer);
    g_source_unref(timer);
}

static void wait_for_end(struct run *run)
{
    GMainContext *context = g_main_context_new();
    g_main_context_push_thread_default(context);
    GSource *late = timer_new((guint)run->seconds * 1000, on_late, run, context);
    GSource *meanwhile = timer_new(MEANWHILE_MS, on_meanwhile, run, context);
    g_subprocess_wait_async(run->process, NULL, on_end, run);
    while (!run->has_ended) {
        g_main_context_iteration(context, TRUE);
    }
    timer_free(meanwhile);
    timer_free(late);
    g_main_context_pop_thread_default(context);
    g_main_context_unref(context);
}

/* ": " and the first it wrote to its standard error, on one line; or nothing. */
static char *read_said(int file)
{
    char text[SAID_MOST + 1];
    ssize_t size = pread(file, text, SAID_MOST, 0);
    text[MAX(size, 0)] = '\0';
    char *said = g_utf8_make_valid(text, -1);
    for (char *at = said; *at != '\0'; at++) {
        *at = g_ascii_iscntrl(*at) ? ' ' : *at;
    }
    g_strstrip(said);
    char *part = *said != '\0' ? g_strconcat(": ", said, NULL) : g_strdup("");
    g_free(said);
    return part;
}

static bool judge(const struct run *run, int errors, GError **error)
{
    g_autofree char *said = read_said(errors);
    bool is_exit = g_subprocess_get_if_exited(run->process);
    if (run->is_late) {
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "sendmail ran for %" G_GINT64_FORMAT " seconds and was killed%s",
                    run->seconds, said);
        return false;
    }
    if (is_exit && g_subprocess_get_exit_status(run->process) == 0) {
        return true;
    }
    g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "sendmail ended by %s %d%s", is_exit ? "exit" : "signal",
                is_exit ? g_subprocess_get_exit_status(run->process) : g_subprocess_get_term_sig(run->process), said);
    return false;
}

static void close_if_open(int file)
{
    if (file >= 0) {
        close(file);
    }
}

bool mail_sendmail(const char *program, const char *sender, const char *recipient, GBytes *message, gint64 seconds,
                   const struct mail_meanwhile *meanwhile, GError **error)
{
    const char *const arguments[] = { program, "-i", "-f", sender, "--", recipient, NULL };
    int input = memory_file("mail", message);
    int errors = memory_file("errors", NULL);
    int errors_copy = errors >= 0 ? dup(errors) : -1;
    if (input < 0 || errors_copy < 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "no memory for a mail: %s", g_strerror(errno));
        close_if_open(input);
        close_if_open(errors);
        return false;
    }
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
    g_subprocess_launcher_set_child_setup(launcher, prepare_child, NULL, NULL);
    g_subprocess_launcher_take_stdin_fd(launcher, input);
    g_subprocess_launcher_take_stderr_fd(launcher, errors_copy);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GSubprocess) process = g_subprocess_launcher_spawnv(launcher, arguments, &cause);
    bool good = false;
    if (process == NULL) {
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "sendmail did not start: %s", cause->message);
    } else {
        struct run run = { .process = process, .seconds = seconds, .meanwhile = meanwhile };
        wait_for_end(&run);
        good = judge(&run, errors, error);
    }
    close(errors);
    return good;
}
