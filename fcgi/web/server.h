/*
 * server.h: the loop of a pool process: one request at a time from nginx. Alone knows FCGX.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "web/router.h"

/* Take requests from the socket on descriptor `fd` until SIGTERM, SIGINT or SIGQUIT, or until `most` are done (0: no
 * limit). Everything in `tools` but the request's own parts is set by the caller. False: the socket cannot be used. */
bool server_run(const struct context *tools, int fd, int64_t most, GError **error);

#endif
