/*
 * api.h: answers of the API: JSON, and for refusals problem documents (RFC 9457), in the words of the messages.
 */
#ifndef WEB_API_H
#define WEB_API_H

#include "base/json.h"
#include "web/router.h"

/* Answer with an object, which is taken. */
void api_send(struct context *context, int status, struct json_object *body);

/* Answer with a problem of `kind`, a word that the messages have a title for (problem.KIND). `errors`: an array of what
 * is wrong one by one, which is taken; NULL: there is nothing more to say. */
void api_problem(struct context *context, int status, const char *kind, struct json_object *errors);

/* One of such errors: `place` is the word for where it is ("pointer", "parameter", "header"), `at` says where, `detail`
 * what is wrong. */
struct json_object *api_error(const char *place, const char *at, const char *detail);

/* Answer that the body holds what no text may hold. */
void api_refuse_text(struct context *context);

/* Answer with the faults of the query's values. */
void api_refuse_query(struct context *context, const struct values *values);

#endif
