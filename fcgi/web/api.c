/*
 * api.c: see api.h. A problem's type is a name, no address: there is no page behind it.
 */
#include "web/api.h"

#include <string.h>

static const struct {
    const char *kind;
    enum label title;
} problems[] = {
    { "invalid", LABEL_PROBLEM_INVALID },
    { "not-found", LABEL_PROBLEM_NOT_FOUND },
    { "forbidden", LABEL_PROBLEM_FORBIDDEN },
    { "conflict", LABEL_PROBLEM_CONFLICT },
    { "limit", LABEL_PROBLEM_LIMIT },
    { "busy", LABEL_PROBLEM_BUSY },
    { "uncertain", LABEL_PROBLEM_UNCERTAIN },
    { "internal", LABEL_PROBLEM_INTERNAL },
    { "method", LABEL_PROBLEM_METHOD },
    { "too-large", LABEL_PROBLEM_TOO_LARGE },
    { "type", LABEL_PROBLEM_TYPE },
    { "token", LABEL_PROBLEM_TOKEN },
    { "password", LABEL_PROBLEM_PASSWORD },
    { "malformed", LABEL_PROBLEM_MALFORMED },
    { "values", LABEL_PROBLEM_VALUES },
    { "lines", LABEL_PROBLEM_LINES },
    { "key", LABEL_PROBLEM_KEY },
    { "key-used", LABEL_PROBLEM_KEY_USED },
};

static void send_json(struct context *context, int status, const char *type, struct json_object *body)
{
    g_autofree char *text = json_take_text(body);
    response_status(context->response, status);
    response_send(context->response, type, text, strlen(text));
}

void api_send(struct context *context, int status, struct json_object *body)
{
    send_json(context, status, "application/json", body);
}

static enum label title_of(const char *kind)
{
    gsize i = 0;
    while (strcmp(problems[i].kind, kind) != 0) {
        g_assert(++i < G_N_ELEMENTS(problems));
    }
    return problems[i].title;
}

void api_problem(struct context *context, int status, const char *kind, struct json_object *errors)
{
    struct json_object *body = json_sure(json_object_new_object());
    g_autofree char *type = g_strconcat("urn:simportal:problem:", kind, NULL);
    json_put(body, "type", json_object_new_string(type));
    json_put(body, "title", json_object_new_string(label_text(context->language, title_of(kind))));
    json_put(body, "status", json_object_new_int(status));
    json_put(body, "request_id", json_object_new_string(context->request->id));
    if (errors != NULL) {
        json_put(body, "errors", errors);
    }
    response_header(context->response, "Content-Language", language_code(context->language));
    send_json(context, status, "application/problem+json", body);
}

struct json_object *api_error(const char *place, const char *at, const char *detail)
{
    struct json_object *error = json_sure(json_object_new_object());
    json_put(error, place, json_object_new_string(at));
    json_put(error, "detail", json_object_new_string(detail));
    return error;
}

void api_refuse_text(struct context *context)
{
    struct json_object *errors = json_sure(json_object_new_array());
    json_push(errors, api_error("pointer", "#", label_text(context->language, LABEL_ERROR_NOT_TEXT)));
    api_problem(context, 422, "values", errors);
}

void api_refuse_query(struct context *context, const struct values *values)
{
    struct json_object *errors = json_sure(json_object_new_array());
    for (guint i = 0; i < values->form->n; i++) {
        if (values->at[i].is_bad) {
            g_autofree char *detail = value_fault_text(&values->at[i], context->language);
            json_push(errors, api_error("parameter", values->form->fields[i].name, detail));
        }
    }
    api_problem(context, 422, "values", errors);
}
