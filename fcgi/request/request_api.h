/*
 * request_api.h: requests for programs: /api/v1/requests.
 */
#ifndef REQUEST_REQUEST_API_H
#define REQUEST_REQUEST_API_H

#include "base/json.h"
#include "request/request.h"
#include "web/router.h"

page_function request_list_api, request_get_api, request_make_api;

/* A request as the API shows it. */
struct json_object *request_json(const struct request_made *made);

/* "/api/v1/requests/NUMBER". The caller frees. */
char *request_api_url(const char *number);

/* The request of that number, if it is the token's customer's. */
struct request_made *request_api_find(const struct context *context, const char *number, GError **error);

#endif
