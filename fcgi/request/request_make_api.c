/*
 * request_make_api.c: POST /api/v1/requests. Reads what was sent into the types of the service, by the checks of the
 * kind's form; says all that is wrong at once.
 */
#include "request/request_api.h"

#include "account/account_page.h"
#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "line/number_rule.h"
#include "request/make_service.h"
#include "request/request_page.h"
#include "request/request_xml.h"
#include "web/api.h"
#include "web/url.h"

#include <string.h>

/* What was sent, as far as it can be read; `errors` tells of the rest. */
struct sent {
    struct request_wanted wanted;
    struct request_fields *fields;
    GArray *lines;
    struct json_object *errors;
};

static void fault(const struct context *context, struct sent *sent, const char *pointer, enum label text)
{
    json_push(sent->errors, api_error("pointer", pointer, label_text(context->language, text)));
}

static struct json_object *member(const struct context *context, const char *name)
{
    struct json_object *value = NULL;
    json_object_object_get_ex(context->json, name, &value);
    return value;
}

/* ---- the key ---- */

/* Visible ASCII, so that it is the same text in every log and table. */
static bool key_is_good(const char *key)
{
    gsize length = strlen(key);
    for (const char *at = key; *at != '\0'; at++) {
        if (*at <= ' ' || *at > '~') {
            return false;
        }
    }
    return length > 0 && length <= DRAFT_KEY_MOST;
}

/* ---- fields ---- */

/* A member's text; numbers are taken as their digits. NULL: neither. The caller frees. */
static char *text_of(struct json_object *value)
{
    if (json_object_is_type(value, json_type_int)) {
        return g_strdup_printf("%" G_GINT64_FORMAT, json_object_get_int64(value));
    }
    return json_object_is_type(value, json_type_string) ? g_strdup(json_object_get_string(value)) : NULL;
}

static char *pointer_of(const struct face_field *field)
{
    return field->type == FACE_DATE ? g_strdup("#/effective_date") : g_strconcat("#/fields/", field->name, NULL);
}

/* The fields as a form that a person had filled in. */
static void add_field(const struct context *context, struct sent *sent, const struct face_field *field, GString *form)
{
    struct json_object *fields = member(context, "fields"), *value = NULL;
    if (field->type == FACE_DATE) {
        value = member(context, "effective_date");
    } else if (fields != NULL) {
        json_object_object_get_ex(fields, field->name, &value);
    }
    g_autofree char *text = text_of(value);
    g_autofree char *pointer = pointer_of(field);
    if (value != NULL && text == NULL) {
        fault(context, sent, pointer, LABEL_ERROR_TYPE_STRING);
    } else if (text != NULL && !text_is_clean(text, strlen(text), false)) {
        fault(context, sent, pointer, LABEL_ERROR_NOT_TEXT);
    } else if (text != NULL) {
        url_add(form, field->name, text);
    }
}

static void take_values(const struct context *context, struct sent *sent, const struct values *values)
{
    const struct request_face *face = request_face_of(sent->wanted.kind);
    for (const struct face_field *field = face->fields; field->name != NULL; field++) {
        const struct value *value = &values->at[form_position(values->form, field->name)];
        if (value->is_bad) {
            g_autofree char *pointer = pointer_of(field), *text = value_fault_text(value, context->language);
            json_push(sent->errors, api_error("pointer", pointer, text));
        } else {
            request_fields_set(sent->fields, field->name, value->text);
        }
    }
}

static void read_fields(const struct context *context, struct sent *sent)
{
    struct json_object *fields = member(context, "fields");
    const struct request_face *face = request_face_of(sent->wanted.kind);
    if (fields != NULL && !json_object_is_type(fields, json_type_object)) {
        fault(context, sent, "#/fields", LABEL_ERROR_TYPE_OBJECT);
        return;
    }
    g_autoptr(GString) form = g_string_new(NULL);
    for (const struct face_field *field = face->fields; field->name != NULL; field++) {
        add_field(context, sent, field, form);
    }
    if (json_object_array_length(sent->errors) > 0) {
        return;
    }
    const char *query = form->len > 0 ? form->str + 1 : ""; /* behind the question mark */
    AUTO(params) struct params *params = params_parse(query, strlen(query), NULL);
    g_assert(params != NULL); /* of clean text, and encoded by us */
    AUTO(values) struct values *values = form_check(&draft_enter_form, params);
    face_check(face, values, moment_date(context->now));
    take_values(context, sent, values);
}

/* ---- lines ---- */

static bool read_line(struct json_object *value, struct wanted_line *line, enum label *wrong)
{
    *line = (struct wanted_line){ 0 };
    *wrong = LABEL_ERROR_TYPE_LINE;
    if (json_object_is_type(value, json_type_int)) {
        int64_t id = json_object_get_int64(value);
        line->id = (uint64_t)MAX(id, 0);
        *wrong = LABEL_UPLOAD_REASON_UNKNOWN;
        return id > 0;
    }
    if (!json_object_is_type(value, json_type_string)) {
        return false;
    }
    g_autofree char *phone = number_phone_read(json_object_get_string(value));
    *wrong = LABEL_ERROR_PHONE;
    return phone != NULL && g_strlcpy(line->phone, phone, sizeof line->phone) < sizeof line->phone;
}

static void read_lines(const struct context *context, struct sent *sent)
{
    struct json_object *lines = member(context, "lines");
    if (!json_object_is_type(lines, json_type_array)) {
        fault(context, sent, "#/lines", lines == NULL ? LABEL_ERROR_REQUIRED : LABEL_ERROR_TYPE_LIST);
        return;
    }
    gsize n = json_object_array_length(lines);
    if (n == 0 || n > DRAFT_LINES_MOST) {
        fault(context, sent, "#/lines", n == 0 ? LABEL_ERROR_REQUIRED : LABEL_ERROR_TOO_MANY_LINES);
        return;
    }
    for (gsize i = 0; i < n; i++) {
        struct wanted_line line;
        enum label wrong;
        if (!read_line(json_object_array_get_idx(lines, i), &line, &wrong)) {
            g_autofree char *pointer = g_strdup_printf("#/lines/%" G_GSIZE_FORMAT, i);
            fault(context, sent, pointer, wrong);
        }
        g_array_append_val(sent->lines, line);
    }
}

/* ---- all of it ---- */

static void digest_of(const struct request *request, uint8_t digest[DIGEST_BYTES])
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize size = DIGEST_BYTES;
    g_checksum_update(sum, (const guchar *)request->body, (gssize)request->body_length);
    g_checksum_get_digest(sum, digest, &size);
}

static void read_sent(const struct context *context, struct sent *sent)
{
    struct json_object *kind = member(context, "kind");
    *sent = (struct sent){ .fields = request_fields_new(),
                           .lines = g_array_new(FALSE, FALSE, sizeof(struct wanted_line)),
                           .errors = json_sure(json_object_new_array()) };
    if (!json_object_is_type(kind, json_type_string)) {
        fault(context, sent, "#/kind", kind == NULL ? LABEL_ERROR_CHOOSE : LABEL_ERROR_TYPE_STRING);
    } else {
        sent->wanted.kind = request_kind_find(json_object_get_string(kind));
        if (sent->wanted.kind == NULL) {
            fault(context, sent, "#/kind", LABEL_ERROR_CHOICE);
        } else {
            read_fields(context, sent);
        }
    }
    read_lines(context, sent);
    sent->wanted.fields = sent->fields;
    sent->wanted.lines = sent->lines;
    sent->wanted.key = context->request->idempotency_key;
    digest_of(context->request, sent->wanted.digest);
}

static void sent_clear(struct sent *sent)
{
    request_fields_free(sent->fields);
    g_array_unref(sent->lines);
    json_object_put(sent->errors);
}

/* ---- answering ---- */

static void add_line_error(struct json_object *errors, guint place, const char *code, const char *detail,
                           const char *against)
{
    g_autofree char *pointer = g_strdup_printf("#/lines/%u", place);
    struct json_object *error = api_error("pointer", pointer, detail);
    json_put(error, "code", json_object_new_string(code));
    if (against != NULL) {
        json_put(error, "request", json_object_new_string(against));
    }
    json_push(errors, error);
}

/* What is wrong with a line that is not there: a phone number sent as a number has lost its zero, and is no id. */
static enum label fault_of(const struct wanted_line *line)
{
    g_autofree char *digits = g_strdup_printf("0%" G_GUINT64_FORMAT, line->id);
    g_autofree char *phone = number_phone_read(digits);
    return line->id != 0 && phone != NULL ? LABEL_ERROR_PHONE_NUMBER : LABEL_UPLOAD_REASON_UNKNOWN;
}

static void tell_faults(struct context *context, const struct sent *sent, const struct request_made_of *made)
{
    struct json_object *errors = json_sure(json_object_new_array());
    for (guint i = 0; i < made->faults->len; i++) {
        const struct wanted_fault *one = &g_array_index(made->faults, struct wanted_fault, i);
        const struct wanted_line *line = &g_array_index(sent->lines, struct wanted_line, one->place);
        enum label text = one->is_twice ? LABEL_UPLOAD_REASON_DUPLICATE : fault_of(line);
        add_line_error(errors, one->place, one->is_twice ? "duplicate" : "unknown", label_text(context->language, text),
                       NULL);
    }
    api_problem(context, 422, "lines", errors);
}

/* Each refused line, at its place in the list that was sent. */
static void tell_refused(struct context *context, const struct request_made_of *made, guint n)
{
    struct json_object *errors = json_sure(json_object_new_array());
    g_autoptr(GHashTable) places = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < n; i++) {
        g_hash_table_insert(places, &made->ids[i], GUINT_TO_POINTER(i));
    }
    for (guint i = 0; i < made->refused->len; i++) {
        const struct draft_line *line = made->refused->pdata[i];
        g_autofree char *text = draft_line_reason(line, context->language);
        add_line_error(errors, GPOINTER_TO_UINT(g_hash_table_lookup(places, &line->line)), refusal_code(line->refusal),
                       text, line->against);
    }
    api_problem(context, 422, "lines", errors);
}

/* It is made, also if it cannot be read now: then the number has to do. */
static void tell_made(struct context *context, const struct request_made_of *made)
{
    g_autoptr(GError) failure = NULL;
    AUTO(request_made) struct request_made *request = request_api_find(context, made->number, &failure);
    g_autofree char *url = request_api_url(made->number);
    struct json_object *body = request != NULL ? request_json(request) : json_sure(json_object_new_object());
    if (request == NULL) {
        log_error(LOG_WARNING, "made-unread", failure);
        json_put(body, "number", json_object_new_string(made->number));
    }
    response_header(context->response, "Location", url);
    api_send(context, made->outcome == MAKING_MADE ? 201 : 200, body);
}

static void answer(struct context *context, struct sent *sent, const struct request_made_of *made)
{
    switch (made->outcome) {
    case MAKING_MADE:
    case MAKING_AGAIN:
        tell_made(context, made);
        break;
    case MAKING_OTHER:
        api_problem(context, 422, "key-used", NULL);
        break;
    case MAKING_UNKNOWN:
        tell_faults(context, sent, made);
        break;
    case MAKING_REFUSED:
        tell_refused(context, made, sent->lines->len);
        break;
    case MAKING_DATE:
        fault(context, sent, "#/effective_date", LABEL_ERROR_DATE_PAST);
        api_problem(context, 422, "values", json_object_get(sent->errors));
        break;
    }
}

/* A fault that only the kind could find: what is not on offer. */
static void refuse_offer(struct context *context, struct sent *sent)
{
    const struct face_field *field = request_face_of(sent->wanted.kind)->fields;
    while (field->name != NULL && field->type != FACE_OFFER) {
        field++;
    }
    g_autofree char *pointer = field->name != NULL ? pointer_of(field) : g_strdup("#/fields");
    fault(context, sent, pointer, LABEL_ERROR_CHOICE);
    api_problem(context, 422, "values", json_object_get(sent->errors));
}

static enum outcome make(struct context *context, struct sent *sent, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    struct actor actor = context_actor(context);
    struct request_made_of made = { 0 };
    g_autoptr(GError) failure = NULL;
    enum outcome outcome = DONE;
    if (request_make(context->db, context->keys, context->config, &actor, &owner, &sent->wanted, context->language,
                     context->now, &made, &failure)) {
        answer(context, sent, &made);
    } else if (portal_error_code(failure) == PORTAL_INVALID) {
        refuse_offer(context, sent);
    } else {
        g_propagate_error(error, g_steal_pointer(&failure));
        outcome = FAILED;
    }
    request_made_of_clear(&made);
    return outcome;
}

/* POST /api/v1/requests. */
enum outcome request_make_api(struct context *context, GError **error)
{
    const char *key = context->request->idempotency_key;
    enum outcome outcome = DONE;
    struct sent sent;
    if (key == NULL || !key_is_good(key)) {
        struct json_object *errors = json_sure(json_object_new_array());
        json_push(errors,
                  api_error("header", "Idempotency-Key", label_text(context->language, LABEL_ERROR_IDEMPOTENCY_KEY)));
        api_problem(context, 400, "key", errors);
        return DONE;
    }
    read_sent(context, &sent);
    if (json_object_array_length(sent.errors) > 0) {
        api_problem(context, 422, "values", json_object_get(sent.errors));
    } else {
        outcome = make(context, &sent, error);
    }
    sent_clear(&sent);
    return outcome;
}
