/*
 * request_search_page.c: the conditions of the list of requests: read from the address, written into addresses.
 */
#include "request/request_asked_page.h"

#include "line/number_rule.h"
#include "web/url.h"

/* ---- fields ---- */

static bool field_phone_part(const struct field *field, struct value *value)
{
    g_autofree char *read = field_text(field, value) ? number_phone_part(value->text) : NULL;
    if (read == NULL && !value->is_bad) {
        value_fault(value, LABEL_ERROR_NUMBER_PART, NULL, NULL);
    }
    return read != NULL;
}

static bool field_serial_part(const struct field *field, struct value *value)
{
    g_autofree char *read = field_text(field, value) ? number_serial_part(value->text) : NULL;
    if (read == NULL && !value->is_bad) {
        value_fault(value, LABEL_ERROR_NUMBER_PART, NULL, NULL);
    }
    return read != NULL;
}

static const char *const statuses[] = { "pending", "processing", "completed", "failed", "cancelled", "all", NULL };
const char *const request_sizes[] = { "20", "50", "100", "200", NULL };
static const char *const charsets[] = { "utf8", "cp932", NULL };
static const struct field fields[] = {
    [ASKED_CUSTOMER] = { .name = "customer", .check = field_number, .flags = FIELD_LENIENT, .least = 1 },
    [ASKED_NUMBER] = { .name = "number", .label = LABEL_FIELD_REQUEST_NUMBER, .check = field_id, .most = 40 },
    [ASKED_PHONE] = { .name = "phone", .label = LABEL_FIELD_PHONE, .check = field_phone_part, .most = 32 },
    [ASKED_SERIAL] = { .name = "serial", .label = LABEL_FIELD_SERIAL, .check = field_serial_part, .most = 32 },
    [ASKED_KIND] = { .name = "kind", .label = LABEL_FIELD_REQUEST_KIND, .check = field_text, .most = 16 },
    [ASKED_SERVICE] = { .name = "service", .label = LABEL_FIELD_SERVICE, .check = field_number, .least = 1 },
    [ASKED_REQUESTER] = { .name = "requester", .label = LABEL_FIELD_REQUESTER, .check = field_text, .most = 64 },
    [ASKED_STATUS] = { .name = "status",
                       .label = LABEL_FIELD_REQUEST_STATUS,
                       .check = field_choice,
                       .choices = statuses },
    [ASKED_FROM] = { .name = "from", .label = LABEL_FIELD_RECEIVED_FROM, .check = field_date },
    [ASKED_UNTIL] = { .name = "until", .label = LABEL_FIELD_RECEIVED_UNTIL, .check = field_date },
    [ASKED_SIZE] = { .name = "size", .check = field_choice, .flags = FIELD_LENIENT, .choices = request_sizes },
    [ASKED_PAGE] = { .name = "page", .check = field_number, .flags = FIELD_LENIENT, .least = 1, .most = 1000000000 },
    [ASKED_AFTER] = { .name = "after", .check = field_number, .flags = FIELD_LENIENT, .least = 1 },
    [ASKED_BEFORE] = { .name = "before", .check = field_number, .flags = FIELD_LENIENT, .least = 1 },
    [ASKED_CHARSET] = { .name = "charset", .check = field_choice, .flags = FIELD_LENIENT, .choices = charsets },
};
const struct form request_search_form = FORM("request-search", fields);

/* ---- reading ---- */

bool request_asked_is_good(struct context *context)
{
    struct value *kind = &context->values->at[ASKED_KIND];
    if (kind->is_given && !kind->is_bad && request_kind_find(kind->text) == NULL) {
        value_fault(kind, LABEL_ERROR_CHOICE, NULL, NULL);
    }
    return values_are_good(context->values);
}

/* screens.md: pending ones at first; "all" has them all. */
void request_asked_read(const struct context *context, struct request_asked *asked)
{
    const struct value *at = context->values->at;
    struct request_search *search = &asked->search;
    *asked = (struct request_asked){ .per_page = 50, .cp932 = at[ASKED_CHARSET].choice == 1 };
    search->account = context->session.account;
    search->customer = context->session.customer;
    search->customers = context->session.customers;
    search->language = context->language;
    search->only_customer = search->customer == 0 ? at[ASKED_CUSTOMER].number : 0;
    search->number = at[ASKED_NUMBER].is_given ? g_ascii_strup(at[ASKED_NUMBER].text, -1) : NULL;
    search->requester = at[ASKED_REQUESTER].is_given ? g_strdup(at[ASKED_REQUESTER].text) : NULL;
    search->phone = at[ASKED_PHONE].is_given ? number_phone_part(at[ASKED_PHONE].text) : NULL;
    search->serial = at[ASKED_SERIAL].is_given ? number_serial_part(at[ASKED_SERIAL].text) : NULL;
    search->kind = request_kind_find(at[ASKED_KIND].is_given ? at[ASKED_KIND].text : NULL);
    search->service = at[ASKED_SERVICE].number;
    search->status = !at[ASKED_STATUS].is_given                   ? REQUEST_PENDING
                     : at[ASKED_STATUS].choice < REQUEST_STATUS_N ? at[ASKED_STATUS].choice
                                                                  : -1;
    date_parse(at[ASKED_FROM].text, &search->from);
    date_parse(at[ASKED_UNTIL].text, &search->until);
    if (at[ASKED_SIZE].choice >= 0) {
        asked->per_page = (guint)g_ascii_strtoull(request_sizes[at[ASKED_SIZE].choice], NULL, 10);
    }
    for (guint i = 0; i < ASKED_CONDITIONS; i++) {
        asked->is_filtered = asked->is_filtered || at[i].is_given;
    }
}

void request_asked_clear(struct request_asked *asked)
{
    g_free(asked->search.number);
    g_free(asked->search.requester);
    g_free(asked->search.phone);
    g_free(asked->search.serial);
}

char *request_asked_url(const struct context *context, const char *path, bool with_size)
{
    GString *url = g_string_new(path);
    for (guint i = 0; i < ASKED_CONDITIONS + (with_size ? 1 : 0); i++) {
        url_add(url, fields[i].name, context->values->at[i].text);
    }
    return g_string_free(url, FALSE);
}
