/*
 * server.c: accepts, answers, and stops between two requests when asked to.
 */
#include "web/server.h"

#include "base/error.h"
#include "base/log.h"
#include "web/record.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* A connection whose wake-up died with the process that got it waits at most this long for another. Milliseconds. */
enum { LOOK_AGAIN = 1000 };

static volatile sig_atomic_t is_stopping;

static void stop(int number)
{
    (void)number;
    is_stopping = 1;
}

static const int ends[] = { SIGTERM, SIGINT, SIGQUIT };

/* From here on the signals that end a process are held; they get through only while it waits for a connection, so
 * that no request is dropped between accept and answer. multiwatch passes SIGTERM on as SIGQUIT. */
static void hold_signals(sigset_t *open)
{
    struct sigaction action = { .sa_handler = stop };
    sigset_t held;
    sigemptyset(&action.sa_mask);
    sigemptyset(&held);
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        sigaddset(&held, ends[i]);
    }
    sigprocmask(SIG_BLOCK, &held, open);
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_assert(sigaction(ends[i], &action, NULL) == 0);
        sigdelset(open, ends[i]);
    }
    signal(SIGPIPE, SIG_IGN);
}

/* The socket that all processes of a pool share, and how this one waits at it. */
struct door {
    int fd;
    int epoll;
    sigset_t open;
};

/* Non-blocking, for another process may be quicker. A connection wakes one process, not all. False: no socket. */
static bool door_open(struct door *door, int fd)
{
    struct epoll_event event = { .events = EPOLLIN | EPOLLEXCLUSIVE };
    int flags = fcntl(fd, F_GETFL);
    door->fd = fd;
    door->epoll = epoll_create1(EPOLL_CLOEXEC);
    hold_signals(&door->open);
    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 && door->epoll >= 0 &&
           epoll_ctl(door->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

static bool is_passing(int reason)
{
    return reason == EAGAIN || reason == EINTR || reason == ECONNABORTED || reason == EPROTO;
}

/* The next connection, or -1: asked to stop (is_stopping), or the socket is broken (errno). */
static int door_wait(const struct door *door)
{
    while (!is_stopping) {
        struct epoll_event event;
        if (epoll_pwait(door->epoll, &event, 1, LOOK_AGAIN, &door->open) < 0) {
            if (errno != EINTR) {
                return -1;
            }
            continue;
        }
        int connection = accept4(door->fd, NULL, NULL, SOCK_CLOEXEC);
        if (connection >= 0 || !is_passing(errno)) {
            return connection;
        }
    }
    return -1;
}

/* A request as libfcgi has it, and the routes that may take it. */
struct served {
    FCGX_Request *server;
    const struct gate *gate;
};

static const char *get_variable(void *data, const char *name)
{
    return FCGX_GetParam(name, ((struct served *)data)->server->envp);
}

static gsize read_body(void *data, char *buffer, gsize size)
{
    int n = FCGX_GetStr(buffer, (int)MIN(size, G_MAXINT), ((struct served *)data)->server->in);
    return n > 0 ? (gsize)n : 0;
}

static bool takes_files(void *data, const char *path)
{
    return router_takes_files(((struct served *)data)->gate, path);
}

static bool write_out(void *data, const char *bytes, gsize n)
{
    FCGX_Request *server = data;
    if (n < RECORD_LEAST) {
        return FCGX_PutStr(bytes, (int)n, server->out) == (int)n;
    }
    return FCGX_FFlush(server->out) == 0 && record_write(server->ipcFd, server->requestId, bytes, n);
}

/* False when the answer was broken off. */
static bool answer(const struct context *tools, FCGX_Request *server)
{
    struct served served = { server, tools->gate };
    struct request_source source = {
        .variable = get_variable, .read = read_body, .takes_files = takes_files, .data = &served
    };
    g_autoptr(GError) error = NULL;
    int status = 400;
    struct context context = *tools;
    AUTO(request) struct request *request = request_read(&source, &status, &error);
    AUTO(request) struct request *sender = request == NULL ? request_read_sender(&source) : NULL;
    AUTO(response) struct response *response = response_new(write_out, server, request != NULL && request->is_head);
    context.request = request != NULL ? request : sender;
    context.response = response;
    if (request != NULL) {
        router_answer(&context);
    } else {
        router_refuse(&context, status, get_variable(&served, "REQUEST_URI"), error);
    }
    return !response_is_cut(response);
}

/* libfcgi is given one connection after the other: its own accept drops what a signal interrupts, and can spin. */
static void serve(const struct context *tools, FCGX_Request *server, int connection)
{
    server->ipcFd = connection;
    server->keepConnection = 1; /* or FCGX_Accept_r closes it first; the request then says what it wants */
    if (FCGX_Accept_r(server) == 0 && answer(tools, server)) {
        FCGX_Finish_r(server);
    }
    FCGX_Free(server, 1); /* without the record that ends an answer, nginx tells the browser that it broke */
}

bool server_run(const struct context *tools, int fd, int64_t most, GError **error)
{
    struct door door;
    FCGX_Request server;
    if (FCGX_Init() != 0 || FCGX_InitRequest(&server, -1, FCGI_FAIL_ACCEPT_ON_INTR) != 0 || !door_open(&door, fd)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "descriptor %d is no FastCGI socket", fd);
        return false;
    }
    int connection = 0;
    for (int64_t n = 0; connection >= 0 && (most == 0 || n < most); n++) {
        connection = door_wait(&door);
        if (connection >= 0) {
            serve(tools, &server, connection);
        } else if (!is_stopping) {
            g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "accept: %s", g_strerror(errno));
        }
    }
    close(door.epoll);
    return connection >= 0 || is_stopping;
}
