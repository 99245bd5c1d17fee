/*
 * server.c: accepts, answers, and stops between two requests when asked to.
 */
#include "web/server.h"

#include "base/error.h"
#include "base/log.h"

#include <fcgiapp.h>
#include <signal.h>
#include <string.h>

static volatile sig_atomic_t is_stopping;

static void stop(int number)
{
    (void)number;
    is_stopping = 1;
    FCGX_ShutdownPending();
}

static const int ends[] = { SIGTERM, SIGINT, SIGQUIT };

/* Without SA_RESTART, so that a waiting accept ends. multiwatch passes SIGTERM on as SIGQUIT. */
static void catch_signals(void)
{
    struct sigaction action = { .sa_handler = stop };
    sigemptyset(&action.sa_mask);
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_assert(sigaction(ends[i], &action, NULL) == 0);
    }
    signal(SIGPIPE, SIG_IGN);
}

/* SIG_BLOCK while a request is in hand: libfcgi takes a write that a signal interrupts for a broken connection. */
static void hold_signals(int how)
{
    sigset_t set;
    sigemptyset(&set);
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        sigaddset(&set, ends[i]);
    }
    sigprocmask(how, &set, NULL);
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
    return FCGX_PutStr(bytes, (int)n, ((FCGX_Request *)data)->out) == (int)n;
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
    AUTO(response) struct response *response = response_new(write_out, server, request != NULL && request->is_head);
    context.request = request;
    context.response = response;
    if (request != NULL) {
        router_answer(&context);
    } else {
        log_error(LOG_INFO, "unreadable", error);
        router_refuse(&context, status);
    }
    return !response_is_cut(response);
}

bool server_run(const struct context *tools, int fd, int64_t most, GError **error)
{
    FCGX_Request server;
    if (FCGX_Init() != 0 || FCGX_InitRequest(&server, fd, FCGI_FAIL_ACCEPT_ON_INTR) != 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "descriptor %d is no FastCGI socket", fd);
        return false;
    }
    catch_signals();
    for (int64_t n = 0; !is_stopping && (most == 0 || n < most); n++) {
        if (FCGX_Accept_r(&server) != 0) {
            break;
        }
        hold_signals(SIG_BLOCK);
        if (answer(tools, &server)) {
            FCGX_Finish_r(&server);
        } else {
            FCGX_Free(&server, 1); /* without the record that ends an answer, nginx tells the browser that it broke */
        }
        hold_signals(SIG_UNBLOCK);
    }
    FCGX_Free(&server, 1);
    return true;
}
