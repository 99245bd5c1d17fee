/*
 * line_csv_page.c: the SIM list as a file: its columns.
 */
#include "line/line_page.h"

#include "base/error.h"
#include "base/text.h"
#include "line/line_xml.h"
#include "line/number_rule.h"
#include "web/csv_file.h"

static void write_customer(struct csv *csv, const void *row, enum language language)
{
    const struct line_row *line = row;
    (void)language;
    csv_open(csv);
    csv_number(csv, line->customer);
    csv_text(csv, ":");
    csv_text(csv, line->customer_code);
    csv_text(csv, ":");
    csv_text(csv, line->customer_name);
    csv_close(csv);
}

static void write_project(struct csv *csv, const void *row, enum language language)
{
    const struct line_row *line = row;
    (void)language;
    csv_open(csv);
    csv_text(csv, line->customer_code);
    csv_text(csv, ":");
    csv_text(csv, line->project);
    csv_close(csv);
}

static void write_phone(struct csv *csv, const void *row, enum language language)
{
    char buffer[NUMBER_PHONE_MOST];
    (void)language;
    csv_cell(csv, number_phone_show_in(buffer, ((const struct line_row *)row)->phone));
}

static void write_state(struct csv *csv, const void *row, enum language language)
{
    csv_cell(csv, label_text(language, line_state_label(((const struct line_row *)row)->state)));
}

static void write_throttled(struct csv *csv, const void *row, enum language language)
{
    bool is_throttled = ((const struct line_row *)row)->is_throttled;
    csv_cell(csv, is_throttled ? label_text(language, LABEL_LINE_TRAFFIC_THROTTLED) : "");
}

static void write_kind(struct csv *csv, const void *row, enum language language)
{
    csv_cell(csv, card_kind_text(language, ((const struct line_row *)row)->kind));
}

static void write_size(struct csv *csv, const void *row, enum language language)
{
    const struct line_row *line = row;
    csv_cell(csv, line->kind == CARD_ESIM ? "" : card_size_text(language, line->size));
}

static void write_activated(struct csv *csv, const void *row, enum language language)
{
    struct date date = ((const struct line_row *)row)->activated_on;
    char buffer[DATE_SHOW_MOST];
    (void)language;
    csv_cell(csv, date.month != 0 ? date_show_in(buffer, date) : "");
}

/* A text of the row as it is, and a number of bytes in GB. */
#define WRITE_TEXT(part)                                                                                               \
    static void write_##part(struct csv *csv, const void *row, enum language language)                                 \
    {                                                                                                                  \
        (void)language;                                                                                                \
        csv_cell(csv, ((const struct line_row *)row)->part);                                                           \
    }
#define WRITE_GB(part)                                                                                                 \
    static void write_##part(struct csv *csv, const void *row, enum language language)                                 \
    {                                                                                                                  \
        char buffer[TEXT_GB_MOST];                                                                                     \
        (void)language;                                                                                                \
        csv_cell(csv, text_gb_in(buffer, ((const struct line_row *)row)->part));                                       \
    }
WRITE_TEXT(serial)
WRITE_TEXT(service)
WRITE_TEXT(plan)
WRITE_TEXT(option)
WRITE_TEXT(group)
WRITE_TEXT(iccid)
WRITE_TEXT(label)
WRITE_TEXT(memo)
WRITE_GB(used)
WRITE_GB(capacity)
WRITE_GB(remaining)

static const struct csv_column columns[] = {
    { LABEL_CSV_CUSTOMER, write_customer },   { LABEL_CSV_PROJECT, write_project },
    { LABEL_CSV_SERIAL, write_serial },       { LABEL_CSV_PHONE, write_phone },
    { LABEL_CSV_STATE, write_state },         { LABEL_CSV_THROTTLED, write_throttled },
    { LABEL_CSV_SERVICE, write_service },     { LABEL_CSV_PLAN, write_plan },
    { LABEL_CSV_USED, write_used },           { LABEL_CSV_CAPACITY, write_capacity },
    { LABEL_CSV_REMAINING, write_remaining }, { LABEL_CSV_OPTION, write_option },
    { LABEL_CSV_GROUP, write_group },         { LABEL_CSV_CARD_KIND, write_kind },
    { LABEL_CSV_CARD_SIZE, write_size },      { LABEL_CSV_ICCID, write_iccid },
    { LABEL_CSV_ACTIVATED, write_activated }, { LABEL_CSV_LABEL, write_label },
    { LABEL_CSV_MEMO, write_memo },
};

/* GET /sims.csv: the list as it was asked for, without its pages. */
enum outcome line_csv_page(struct context *context, GError **error)
{
    struct line_asked asked;
    if (!values_are_good(context->values)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "conditions of the list");
        return FAILED;
    }
    line_asked_read(context, &asked);
    struct csv_file *file =
        csv_file_begin(context, "sims.csv", asked.cp932 ? CSV_CP932 : CSV_UTF8, columns, G_N_ELEMENTS(columns));
    struct row_sink sink = csv_file_sink(file);
    enum outcome outcome = csv_file_end(file, line_export(context->db, &asked.search, &sink, error));
    line_asked_clear(&asked);
    return outcome;
}
