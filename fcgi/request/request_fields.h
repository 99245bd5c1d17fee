/*
 * request_fields.h: what was entered for a request beside its lines: names and texts, kept as one JSON object.
 */
#ifndef REQUEST_REQUEST_FIELDS_H
#define REQUEST_REQUEST_FIELDS_H

#include "base/auto.h"
#include "base/clock.h"

#include <glib.h>
#include <stdbool.h>

struct request_fields;

/* Names every kind has. */
#define REQUEST_FIELD_DATE "date" /* the effective date, "2026-02-27" */

struct request_fields *request_fields_new(void);
void request_fields_free(struct request_fields *fields);
AUTO_DEFINE(request_fields)

/* The text of `name`; "" if there is none. It lives as long as it is not set anew. */
const char *request_fields_get(const struct request_fields *fields, const char *name);
void request_fields_set(struct request_fields *fields, const char *name, const char *text);

/* The date of `name`; false if it holds none. */
bool request_fields_date(const struct request_fields *fields, const char *name, struct date *date);

/* As JSON with its names in order, so that equal fields give equal texts; and back (NULL: no such JSON). The caller
 * frees. */
char *request_fields_json(const struct request_fields *fields);
struct request_fields *request_fields_read(const char *json);

#endif
