/*
 * draft_csv_page.c: what the confirmation shows of each SIM, and the rows that an upload could not read, as files. Both
 * can be uploaded again as they are.
 */
#include "request/request_page.h"

#include "base/error.h"
#include "line/line_xml.h"
#include "request/request_csv_page.h"
#include "request/request_xml.h"
#include "web/csv_file.h"

/* ---- the confirmation ---- */

/* What is the same for all lines stands beside the one that is written. */
struct judged {
    const struct draft_line *line;
    const struct request_kind *kind;
    struct date effective;
    int64_t yen;
};

#define WRITE(name, ...)                                                                                               \
    static void write_##name(struct csv *csv, const void *row, enum language language)                                 \
    {                                                                                                                  \
        const struct judged *of = row;                                                                                 \
        (void)language;                                                                                                \
        __VA_ARGS__;                                                                                                   \
    }

static bool is_refused(const struct judged *judged)
{
    return judged->line->refusal != REFUSAL_NONE;
}

static const char *state_then(const struct judged *judged, enum language language)
{
    enum line_state state = draft_line_then(judged->line, judged->kind);
    return is_refused(judged) ? NULL : label_text(language, line_state_label(state));
}

static void write_reason(struct csv *csv, const void *row, enum language language)
{
    const struct judged *judged = row;
    g_autofree char *text = draft_line_reason(judged->line, language);
    csv_cell(csv, text);
}

static void write_yen(struct csv *csv, const void *row, enum language language)
{
    const struct judged *judged = row;
    (void)language;
    if (is_refused(judged)) {
        csv_cell(csv, NULL);
    } else {
        csv_figure(csv, (uint64_t)judged->yen);
    }
}

WRITE(phone, csv_phone(csv, of->line->phone))
WRITE(verdict, csv_cell(csv, label_text(language, is_refused(of) ? LABEL_CSV_REFUSED : LABEL_CSV_GOOD)))
WRITE(now, csv_cell(csv, label_text(language, line_state_label(of->line->state))))
WRITE(then, csv_cell(csv, state_then(of, language)))
WRITE(date, csv_date(csv, is_refused(of) ? (struct date){ 0 } : of->effective))
WRITE(serial, csv_cell(csv, of->line->serial))
WRITE(plan, csv_cell(csv, of->line->plan))
WRITE(size, csv_cell(csv, card_size_text(language, of->line->size)))
WRITE(option, csv_cell(csv, of->line->option))

static const struct csv_column columns[] = {
    { LABEL_CSV_PHONE, write_phone },    { LABEL_CSV_VERDICT, write_verdict }, { LABEL_CSV_REASON, write_reason },
    { LABEL_CSV_NOW, write_now },        { LABEL_CSV_THEN, write_then },       { LABEL_CSV_DATE, write_date },
    { LABEL_CSV_YEN, write_yen },        { LABEL_CSV_SERIAL, write_serial },   { LABEL_CSV_PLAN, write_plan },
    { LABEL_CSV_CARD_SIZE, write_size }, { LABEL_CSV_OPTION, write_option },
};

/* Lines on their way from the store to the file. */
struct passing {
    struct judged judged;
    struct row_sink sink;
};

static void pass_row(void *data, const void *row)
{
    struct passing *passing = data;
    passing->judged.line = row;
    passing->sink.row(passing->sink.data, &passing->judged);
}

static bool pass_rest(void *data)
{
    const struct passing *passing = data;
    return passing->sink.rest(passing->sink.data);
}

enum { CONFIRM_ONLY, CONFIRM_CHARSET };
static const char *const only_words[] = { "refused", NULL };
static const char *const charsets[] = { "utf8", "cp932", NULL };
static const struct field csv_fields[] = {
    [CONFIRM_ONLY] = { .name = "only", .check = field_choice, .flags = FIELD_LENIENT, .choices = only_words },
    [CONFIRM_CHARSET] = { .name = "charset", .check = field_choice, .flags = FIELD_LENIENT, .choices = charsets },
};
const struct form draft_csv_form = FORM("draft-csv", csv_fields);

static enum csv_charset charset_of(const struct context *context)
{
    return context->values->at[CONFIRM_CHARSET].choice == 1 ? CSV_CP932 : CSV_UTF8;
}

static enum outcome confirm_file(struct context *context, const struct draft *draft, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    struct request_total total = { 0 };
    struct passing passing = { .judged = { .kind = draft->kind } };
    bool only = context->values->at[CONFIRM_ONLY].choice == 0;
    request_fields_date(draft->fields, REQUEST_FIELD_DATE, &passing.judged.effective);
    if (!draft_price(context->db, draft, context->now, &total, error)) {
        return FAILED;
    }
    passing.judged.yen = total.each;
    struct csv_file *file = csv_file_begin(context, only ? "refused.csv" : "confirm.csv", charset_of(context), columns,
                                           G_N_ELEMENTS(columns));
    passing.sink = csv_file_sink(file);
    struct row_sink sink = { .row = pass_row, .rest = pass_rest, .data = &passing };
    return csv_file_end(file,
                        draft_export_lines(context->db, &owner, draft->id, context->language, only, &sink, error));
}

/* GET /drafts/{id}/confirm.csv: what the last look found. One that was changed since has to be looked at first. */
enum outcome draft_confirm_csv_page(struct context *context, GError **error)
{
    AUTO(draft) struct draft *draft = draft_page_open(context, error);
    if (draft == NULL) {
        return response_is_sent(context->response) ? DONE : FAILED;
    }
    if (!draft->is_seen) {
        g_autofree char *url = draft_url(draft->id, "");
        response_redirect(context->response, url);
        return DONE;
    }
    return confirm_file(context, draft, error);
}

/* ---- rows that could not be read ---- */

static void write_typed(struct csv *csv, const void *row, enum language language)
{
    (void)language;
    csv_cell(csv, ((const struct draft_row *)row)->typed);
}

static void write_row(struct csv *csv, const void *row, enum language language)
{
    (void)language;
    csv_figure(csv, ((const struct draft_row *)row)->row);
}

static void write_why(struct csv *csv, const void *row, enum language language)
{
    g_autofree char *text = draft_row_text(row, true, language);
    csv_cell(csv, text);
}

static const struct csv_column row_columns[] = {
    { LABEL_CSV_PHONE, write_typed },
    { LABEL_CSV_REASON, write_why },
    { LABEL_CSV_ROW, write_row },
};

/* GET /drafts/{id}/unread.csv: every row of the last upload that was refused. */
enum outcome draft_unread_csv_page(struct context *context, GError **error)
{
    struct draft_owner owner = draft_owner_of(context);
    AUTO(draft) struct draft *draft = draft_page_open(context, error);
    if (draft == NULL) {
        return response_is_sent(context->response) ? DONE : FAILED;
    }
    struct csv_file *file =
        csv_file_begin(context, "unread.csv", charset_of(context), row_columns, G_N_ELEMENTS(row_columns));
    struct row_sink sink = csv_file_sink(file);
    return csv_file_end(file, draft_export_refused(context->db, &owner, draft->id, &sink, error));
}
