/*
 * request_list_api.c: GET /api/v1/requests and one of them. The conditions are those of the list's page.
 */
#include "request/request_api.h"

#include "request/request_asked_page.h"
#include "web/api.h"
#include "web/url.h"

#define LIST_PATH "/api/v1/requests"

/* ---- as JSON ---- */

static void put_text(struct json_object *object, const char *name, const char *text)
{
    if (text != NULL) {
        json_put(object, name, json_object_new_string(text));
    } else if (json_object_object_add(object, name, NULL) != 0) {
        json_sure(NULL);
    }
}

static void take_text(struct json_object *object, const char *name, char *text)
{
    put_text(object, name, text);
    g_free(text);
}

static void put_date(struct json_object *object, const char *name, struct date date)
{
    take_text(object, name, date.month != 0 ? date_iso(date) : NULL);
}

static void put_number(struct json_object *object, const char *name, int64_t number)
{
    json_put(object, name, json_object_new_int64(number));
}

static struct json_object *tally_json(const struct request_tally *tally)
{
    struct json_object *object = json_sure(json_object_new_object());
    put_number(object, "total", tally->items);
    put_number(object, "open", tally->open);
    put_number(object, "done", tally->done);
    put_number(object, "failed", tally->failed);
    put_number(object, "left_out", tally->left);
    return object;
}

/* What was entered beside the date, under the names of the forms. */
static struct json_object *fields_json(const struct request_made *made)
{
    struct json_object *object = json_sure(json_object_new_object());
    const struct face_field *field = request_face_of(made->kind)->fields;
    for (; field->name != NULL; field++) {
        if (field->type != FACE_DATE) {
            put_text(object, field->name, request_fields_get(made->fields, field->name));
        }
    }
    return object;
}

struct json_object *request_json(const struct request_made *made)
{
    struct json_object *object = json_sure(json_object_new_object());
    put_text(object, "number", made->number);
    put_text(object, "kind", made->kind->code);
    put_text(object, "status", request_status_code(made->status));
    put_text(object, "customer", made->customer_code);
    put_text(object, "requester", made->account_name);
    take_text(object, "received_at", moment_iso(made->received_at));
    put_date(object, "effective_date", made->effective_on);
    put_date(object, "executed_date", made->executed_on);
    put_date(object, "cancelled_date", made->cancelled_on);
    json_put(object, "fields", fields_json(made));
    json_put(object, "lines", tally_json(&made->tally));
    put_number(object, "yen", made->yen);
    put_number(object, "tax_yen", made->tax);
    return object;
}

char *request_api_url(const char *number)
{
    return g_strconcat(LIST_PATH "/", number, NULL);
}

/* ---- the list ---- */

enum { LIMIT, CURSOR };
static const struct field page_fields[] = {
    [LIMIT] = { .name = "limit", .check = field_number, .least = 1, .most = 200 },
    [CURSOR] = { .name = "cursor", .check = field_number, .least = 1 },
};
static const struct form page_form = FORM("request-api-page", page_fields);
enum { LIMIT_UNASKED = 50 };

/* Where the next page is, with the same conditions. */
static char *next_url(const struct context *context, guint limit, const struct request_made *last)
{
    g_autofree char *start = request_asked_url(context, LIST_PATH, false);
    GString *url = g_string_new(start);
    url_add_number(url, "limit", limit);
    url_add_number(url, "cursor", last->id);
    return g_string_free(url, FALSE);
}

/* One more than asked for is read: whether there are others behind. */
static bool list(struct context *context, guint limit, uint64_t cursor, GError **error)
{
    struct request_asked asked;
    struct request_page page = { .before = cursor, .limit = limit + 1, .with_fields = true };
    request_asked_read(context, &asked);
    if (!context->values->at[ASKED_STATUS].is_given) {
        asked.search.status = -1; /* a program that asks for no status wants all */
    }
    g_autoptr(GPtrArray) requests = request_list(context->db, &asked.search, &page, NULL, error);
    request_asked_clear(&asked);
    if (requests == NULL) {
        return false;
    }
    struct json_object *body = json_sure(json_object_new_object()), *all = json_sure(json_object_new_array());
    for (guint i = 0; i < MIN(limit, requests->len); i++) {
        json_push(all, request_json(requests->pdata[i]));
    }
    json_put(body, "requests", all);
    take_text(body, "next", requests->len > limit ? next_url(context, limit, requests->pdata[limit - 1]) : NULL);
    api_send(context, 200, body);
    return true;
}

/* GET /api/v1/requests. */
enum outcome request_list_api(struct context *context, GError **error)
{
    AUTO(values) struct values *page = form_check(&page_form, context->request->query);
    if (!request_asked_is_good(context)) {
        api_refuse_query(context, context->values);
        return DONE;
    }
    if (!values_are_good(page)) {
        api_refuse_query(context, page);
        return DONE;
    }
    guint limit = page->at[LIMIT].is_given ? (guint)page->at[LIMIT].number : LIMIT_UNASKED;
    return list(context, limit, page->at[CURSOR].number, error) ? DONE : FAILED;
}

/* ---- one ---- */

struct request_made *request_api_find(const struct context *context, const char *number, GError **error)
{
    struct request_search search = { .account = context->session.account,
                                     .customer = context->session.customer,
                                     .language = context->language,
                                     .status = -1 };
    return request_get(context->db, &search, number, error);
}

/* GET /api/v1/requests/{number}. */
enum outcome request_get_api(struct context *context, GError **error)
{
    AUTO(request_made) struct request_made *made = request_api_find(context, context->word, error);
    if (made == NULL) {
        return FAILED;
    }
    api_send(context, 200, request_json(made));
    return DONE;
}
