/*
 * gateway.c: the co-process: two pipes, what waits to be sent, what has come.
 */
#include "gateway/gateway.h"

#include "base/error.h"
#include "base/log.h"
#include "gateway/gateway_rule.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECE = 65536, COME_MOST = 1 << 24, END_MS = 2000, END_PAUSE_MS = 50 };

struct gateway {
    GPid pid;
    int in, out; /* its standard input and output; -1: closed */
    GString *to_send;
    gsize sent; /* of to_send */
    GString *come;
    gsize read; /* of come */
    bool is_reaped;
    int status; /* once it is */
};

static void make_nonblocking(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

struct gateway *gateway_open(const char *command, GError **error)
{
    g_auto(GStrv) words = NULL;
    if (!g_shell_parse_argv(command, NULL, &words, error)) {
        return NULL;
    }
    struct gateway *gateway = g_new0(struct gateway, 1);
    GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH;
    if (!g_spawn_async_with_pipes(NULL, words, NULL, flags, NULL, NULL, &gateway->pid, &gateway->in, &gateway->out,
                                  NULL, error)) {
        g_free(gateway);
        return NULL;
    }
    make_nonblocking(gateway->in);
    make_nonblocking(gateway->out);
    gateway->to_send = g_string_sized_new(PIECE);
    gateway->come = g_string_sized_new(PIECE);
    log_event(LOG_INFO, "gateway-start", LOG_TEXT("program", words[0]), LOG_NUMBER("pid", gateway->pid));
    return gateway;
}

static void shut(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

bool gateway_wait(struct gateway *gateway, int ms, int *status)
{
    *status = gateway->status;
    for (int waited = 0; !gateway->is_reaped; waited += END_PAUSE_MS) {
        pid_t gone = waitpid(gateway->pid, status, WNOHANG);
        gateway->is_reaped = gone == gateway->pid || (gone < 0 && errno == ECHILD);
        gateway->status = *status;
        if (!gateway->is_reaped && waited >= ms) {
            return false;
        }
        g_usleep(gateway->is_reaped ? 0 : END_PAUSE_MS * 1000);
    }
    return true;
}

static void reap(struct gateway *gateway)
{
    int status = 0;
    if (!gateway_wait(gateway, END_MS, &status)) {
        kill(gateway->pid, SIGKILL);
        waitpid(gateway->pid, &status, 0);
    }
}

void gateway_free(struct gateway *gateway)
{
    shut(&gateway->in);
    reap(gateway);
    shut(&gateway->out);
    g_string_free(gateway->to_send, TRUE);
    g_string_free(gateway->come, TRUE);
    g_free(gateway);
}

void gateway_ask(struct gateway *gateway, const struct gateway_request *request)
{
    gateway_line(gateway->to_send, request);
}

void gateway_put(struct gateway *gateway, const char *bytes, gsize n)
{
    g_string_append_len(gateway->to_send, bytes, (gssize)n);
}

void gateway_end(struct gateway *gateway)
{
    shut(&gateway->in);
}

gsize gateway_backlog(const struct gateway *gateway)
{
    return gateway->to_send->len - gateway->sent;
}

/* False if the program takes no more. */
static bool send_some(struct gateway *gateway)
{
    while (gateway_backlog(gateway) > 0) {
        ssize_t n = write(gateway->in, gateway->to_send->str + gateway->sent, gateway_backlog(gateway));
        if (n < 0) {
            return errno == EAGAIN || errno == EINTR;
        }
        gateway->sent += (gsize)n;
    }
    g_string_truncate(gateway->to_send, 0);
    gateway->sent = 0;
    return true;
}

static bool receive_some(struct gateway *gateway)
{
    char piece[PIECE];
    g_string_erase(gateway->come, 0, (gssize)gateway->read);
    gateway->read = 0;
    for (;;) {
        ssize_t n = read(gateway->out, piece, sizeof piece);
        if (n > 0) {
            g_string_append_len(gateway->come, piece, n);
            if (n < PIECE) {
                return true;
            }
        } else {
            return n < 0 && (errno == EAGAIN || errno == EINTR);
        }
    }
}

static bool has_line(const struct gateway *gateway)
{
    return memchr(gateway->come->str + gateway->read, '\n', gateway->come->len - gateway->read) != NULL;
}

/* It takes no more, or says no more. What it has said before still counts. */
static bool gone(struct gateway *gateway)
{
    shut(&gateway->out);
    log_event(LOG_WARNING, "gateway-gone", LOG_NUMBER("pid", gateway->pid));
    return has_line(gateway);
}

bool gateway_turn(struct gateway *gateway, int ms)
{
    if (gateway->out < 0) {
        return false;
    }
    struct pollfd ends[2] = { { .fd = gateway->out, .events = POLLIN },
                              { .fd = gateway->in, .events = gateway_backlog(gateway) > 0 ? POLLOUT : 0 } };
    if (!send_some(gateway)) {
        return gone(gateway);
    }
    ends[1].events = gateway_backlog(gateway) > 0 ? POLLOUT : 0;
    if (poll(ends, 2, has_line(gateway) ? 0 : ms) <= 0) {
        return true;
    }
    bool good = (ends[1].revents & (POLLERR | POLLHUP | POLLNVAL)) == 0 && send_some(gateway);
    if (ends[0].revents != 0) {
        good = receive_some(gateway) && good;
    }
    if (!good || gateway->come->len - gateway->read > COME_MOST) {
        return gone(gateway);
    }
    return true;
}

void gateway_answer_clear(struct gateway_answer *answer)
{
    g_free(answer->id);
    g_free(answer->code);
    g_free(answer->text);
    g_free(answer->result);
    *answer = (struct gateway_answer){ 0 };
}

bool gateway_next_line(struct gateway *gateway, const char **line, gsize *length)
{
    if (!has_line(gateway)) {
        return false;
    }
    *line = gateway->come->str + gateway->read;
    *length = (gsize)((const char *)memchr(*line, '\n', gateway->come->len - gateway->read) - *line);
    gateway->read += *length + 1;
    return true;
}

bool gateway_next(struct gateway *gateway, struct gateway_answer *answer)
{
    const char *line = NULL;
    gsize length = 0;
    while (gateway_next_line(gateway, &line, &length)) {
        if (length <= GATEWAY_LINE_MOST && gateway_read(line, length, answer)) {
            return true;
        }
        log_event(LOG_WARNING, "gateway-rubbish", LOG_NUMBER("bytes", (int64_t)length));
    }
    return false;
}
