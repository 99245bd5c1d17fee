/*
 * main.c: simportal-fcgi, a process of the pools. Takes requests one at a time from the socket it inherits
 * (descriptor 0 from spawn-fcgi, 3 from systemd), until it is told to end or has done its share.
 */
#include "account/session_form_gate.h"
#include "account/session_gate.h"
#include "base/config.h"
#include "base/log.h"
#include "base/token.h"
#include "portal/frame.h"
#include "portal/routes.h"
#include "web/server.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

enum { SYSTEMD_SOCKET = 3, ARENA_BLOCK = 128 * 1024 };

/* Blocks as large as a password hash needs go back to the system at once. */
static void tame_malloc(void)
{
    mallopt(M_MMAP_THRESHOLD, ARENA_BLOCK);
    mallopt(M_ARENA_MAX, 1);
}

static int listening_descriptor(void)
{
    return g_getenv("LISTEN_FDS") != NULL ? SYSTEMD_SOCKET : 0;
}

static int run(const struct config *config, GError **error)
{
    struct gate gate = {
        .resolve = session_gate_resolve,
        .resolve_token = session_gate_resolve_token,
        .form_keep = session_form_gate_keep,
        .form_get = session_form_gate_get,
        .form_drop = session_form_gate_drop,
        .session_drop = session_form_gate_end,
        .frame = frame_fill,
        .routes = portal_routes,
        .n_routes = portal_routes_n,
    };
    AUTO(secret_keys) struct secret_keys *keys = secret_keys_open(config->secret.key_file, error);
    if (keys == NULL) {
        return EXIT_FAILURE;
    }
    AUTO(view) struct view *view = view_open(config->portal.views_dir, error);
    if (view == NULL) {
        return EXIT_FAILURE;
    }
    AUTO(db) struct db *db = db_new(config, false, error);
    if (db == NULL) {
        return EXIT_FAILURE;
    }
    struct context tools = { .config = config, .view = view, .keys = keys, .gate = &gate, .db = db };
    bool good = server_run(&tools, listening_descriptor(), config->pool.requests, error);
    log_event(LOG_INFO, "end", LOG_NUMBER("good", good)); /* a process that is gone without it was killed or crashed */
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    g_autofree char *file = NULL;
    gboolean wants_version = FALSE;
    g_autoptr(GError) error = NULL;
    const GOptionEntry entries[] = {
        { "config", 'c', 0, G_OPTION_ARG_FILENAME, &file, "the configuration file", "FILE" },
        { "version", 0, 0, G_OPTION_ARG_NONE, &wants_version, "print the version", NULL },
        { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    };
    g_autoptr(GOptionContext) options = g_option_context_new("- answer the portal's requests from nginx");
    g_option_context_add_main_entries(options, entries, NULL);
    if (!g_option_context_parse(options, &argc, &argv, &error)) {
        fprintf(stderr, "simportal-fcgi: %s\n", error->message);
        return 2;
    }
    if (wants_version) {
        puts("simportal-fcgi " VERSION);
        return EXIT_SUCCESS;
    }
    tame_malloc();
    token_open();
    log_open("simportal-fcgi");
    AUTO(config) struct config *config = config_read(config_file(file), &error);
    if (config != NULL) {
        log_least(config->log.level);
    }
    int status = config != NULL ? run(config, &error) : EXIT_FAILURE;
    if (error != NULL) {
        log_error(LOG_ERROR, "start", error);
    }
    return status;
}
