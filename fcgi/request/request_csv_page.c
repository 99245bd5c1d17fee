/*
 * request_csv_page.c: the list of requests, and the lines of one, as files. The lines' file is one that uploads of
 * numbers take as it is: it has a column of phone numbers, as we write them.
 */
#include "request/request_asked_page.h"

#include "base/error.h"
#include "line/line_xml.h"
#include "line/number_rule.h"
#include "request/request_csv_page.h"
#include "request/request_xml.h"
#include "web/csv_file.h"

/* ---- cells ---- */

void csv_date(struct csv *csv, struct date date)
{
    char buffer[DATE_SHOW_MOST];
    csv_cell(csv, date.month != 0 ? date_show_in(buffer, date) : "");
}

void csv_phone(struct csv *csv, const char *phone)
{
    char buffer[NUMBER_PHONE_MOST];
    csv_cell(csv, number_phone_show_in(buffer, phone));
}

void csv_figure(struct csv *csv, uint64_t number)
{
    csv_open(csv);
    csv_number(csv, number);
    csv_close(csv);
}

#define WRITE(type, name, ...)                                                                                         \
    static void write_##name(struct csv *csv, const void *row, enum language language)                                 \
    {                                                                                                                  \
        const struct type *of = row;                                                                                   \
        (void)language;                                                                                                \
        __VA_ARGS__;                                                                                                   \
    }

/* ---- the list ---- */

static void write_customer(struct csv *csv, const void *row, enum language language)
{
    const struct request_made *made = row;
    (void)language;
    csv_open(csv);
    csv_number(csv, made->customer);
    csv_text(csv, ":");
    csv_text(csv, made->customer_code);
    csv_text(csv, ":");
    csv_text(csv, made->customer_name);
    csv_close(csv);
}

WRITE(request_made, number, csv_cell(csv, of->number))
WRITE(request_made, kind, csv_cell(csv, label_text(language, of->kind->name)))
WRITE(request_made, service, csv_cell(csv, of->service))
WRITE(request_made, items, csv_figure(csv, of->tally.items))
WRITE(request_made, done, csv_figure(csv, of->tally.done))
WRITE(request_made, failed, csv_figure(csv, of->tally.failed))
WRITE(request_made, left, csv_figure(csv, of->tally.left))
WRITE(request_made, requester, csv_cell(csv, of->account_name))
WRITE(request_made, received, csv_date(csv, moment_date(of->received_at)))
WRITE(request_made, executed, csv_date(csv, request_day(of)))
WRITE(request_made, cancelled, csv_date(csv, of->cancelled_on))
WRITE(request_made, status, csv_cell(csv, label_text(language, request_status_label(of->status))))
WRITE(request_made, yen, csv_figure(csv, (uint64_t)of->yen))

static const struct csv_column list_columns[] = {
    { LABEL_CSV_CUSTOMER, write_customer },   { LABEL_CSV_REQUEST_NUMBER, write_number },
    { LABEL_CSV_REQUEST_KIND, write_kind },   { LABEL_CSV_SERVICE, write_service },
    { LABEL_CSV_ITEMS, write_items },         { LABEL_CSV_ITEMS_DONE, write_done },
    { LABEL_CSV_ITEMS_FAILED, write_failed }, { LABEL_CSV_ITEMS_LEFT, write_left },
    { LABEL_CSV_REQUESTER, write_requester }, { LABEL_CSV_RECEIVED, write_received },
    { LABEL_CSV_EXECUTED, write_executed },   { LABEL_CSV_CANCELLED, write_cancelled },
    { LABEL_CSV_STATUS, write_status },       { LABEL_CSV_YEN, write_yen },
};

/* GET /requests.csv: the list as it was asked for, without its pages. */
enum outcome request_csv_page(struct context *context, GError **error)
{
    struct request_asked asked;
    if (!request_asked_is_good(context)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "conditions of the list");
        return FAILED;
    }
    request_asked_read(context, &asked);
    struct csv_file *file = csv_file_begin(context, "requests.csv", asked.cp932 ? CSV_CP932 : CSV_UTF8, list_columns,
                                           G_N_ELEMENTS(list_columns));
    struct row_sink sink = csv_file_sink(file);
    enum outcome outcome = csv_file_end(file, request_export(context->db, &asked.search, &sink, error));
    request_asked_clear(&asked);
    return outcome;
}

/* ---- the lines of one ---- */

static void write_reason(struct csv *csv, const void *row, enum language language)
{
    g_autofree char *text = request_item_reason(row, language);
    csv_cell(csv, text);
}

static void write_finished(struct csv *csv, const void *row, enum language language)
{
    const struct request_item *item = row;
    g_autofree char *text = item->finished_at.us != 0 ? moment_show(item->finished_at) : NULL;
    (void)language;
    csv_cell(csv, text);
}

WRITE(request_item, phone, csv_phone(csv, of->phone))
WRITE(request_item, result, csv_cell(csv, label_text(language, item_result_label(of->result))))
WRITE(request_item, serial, csv_cell(csv, of->serial))
WRITE(request_item, plan, csv_cell(csv, of->plan))
WRITE(request_item, size, csv_cell(csv, card_size_text(language, of->size)))
WRITE(request_item, option, csv_cell(csv, of->option))
WRITE(request_item, item_yen, csv_figure(csv, (uint64_t)of->yen))

/* The reason stands beside the number. */
static const struct csv_column item_columns[] = {
    { LABEL_CSV_PHONE, write_phone },       { LABEL_CSV_RESULT, write_result }, { LABEL_CSV_REASON, write_reason },
    { LABEL_CSV_FINISHED, write_finished }, { LABEL_CSV_SERIAL, write_serial }, { LABEL_CSV_PLAN, write_plan },
    { LABEL_CSV_CARD_SIZE, write_size },    { LABEL_CSV_OPTION, write_option }, { LABEL_CSV_YEN, write_item_yen },
};

enum { NUMBERS_ONLY, NUMBERS_CHARSET };
static const char *const only_words[] = { "wrong", NULL };
static const char *const charsets[] = { "utf8", "cp932", NULL };
static const struct field numbers_fields[] = {
    [NUMBERS_ONLY] = { .name = "only", .check = field_choice, .flags = FIELD_LENIENT, .choices = only_words },
    [NUMBERS_CHARSET] = { .name = "charset", .check = field_choice, .flags = FIELD_LENIENT, .choices = charsets },
};
const struct form request_numbers_form = FORM("request-numbers", numbers_fields);

/* GET /requests/{number}/numbers.csv: all lines, or those that have failed or were left out. */
enum outcome request_numbers_csv_page(struct context *context, GError **error)
{
    struct request_search search = request_search_of(context);
    AUTO(request_made) struct request_made *made = request_get(context->db, &search, context->word, error);
    if (made == NULL) {
        return FAILED;
    }
    bool only_wrong = context->values->at[NUMBERS_ONLY].choice == 0;
    struct csv_file *file = csv_file_begin(context, only_wrong ? "failed.csv" : "numbers.csv",
                                           context->values->at[NUMBERS_CHARSET].choice == 1 ? CSV_CP932 : CSV_UTF8,
                                           item_columns, G_N_ELEMENTS(item_columns));
    struct row_sink sink = csv_file_sink(file);
    return csv_file_end(
        file, request_export_items(context->db, &search, made->id, only_wrong ? "failed,left" : NULL, &sink, error));
}
