/*
 * line_csv_page.c: the SIM list as a file, streamed in pieces: memory stays flat however long it is.
 */
#include "line/line_page.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/text.h"
#include "line/line_xml.h"
#include "line/number_rule.h"

enum { ROWS_PER_PIECE = 5000 };

static const enum label heads[] = {
    LABEL_CSV_CUSTOMER,  LABEL_CSV_PROJECT,   LABEL_CSV_SERIAL, LABEL_CSV_PHONE,     LABEL_CSV_STATE,
    LABEL_CSV_THROTTLED, LABEL_CSV_SERVICE,   LABEL_CSV_PLAN,   LABEL_CSV_USED,      LABEL_CSV_CAPACITY,
    LABEL_CSV_REMAINING, LABEL_CSV_OPTION,    LABEL_CSV_GROUP,  LABEL_CSV_CARD_KIND, LABEL_CSV_CARD_SIZE,
    LABEL_CSV_ICCID,     LABEL_CSV_ACTIVATED, LABEL_CSV_LABEL,  LABEL_CSV_MEMO,
};

static void take_cell(struct csv *csv, char *text)
{
    csv_cell(csv, text);
    g_free(text);
}

static void write_row(struct csv *csv, const struct line_row *row, enum language language)
{
    take_cell(csv,
              g_strdup_printf("%" G_GUINT64_FORMAT ":%s:%s", row->customer, row->customer_code, row->customer_name));
    take_cell(csv, g_strconcat(row->customer_code, ":", row->project, NULL));
    csv_cell(csv, row->serial);
    take_cell(csv, number_phone_show(row->phone));
    csv_cell(csv, label_text(language, line_state_label(row->state)));
    csv_cell(csv, row->is_throttled ? label_text(language, LABEL_LINE_TRAFFIC_THROTTLED) : "");
    csv_cell(csv, row->service);
    csv_cell(csv, row->plan);
    take_cell(csv, text_gb(row->used));
    take_cell(csv, text_gb(row->capacity));
    take_cell(csv, text_gb(row->remaining));
    csv_cell(csv, row->option);
    csv_cell(csv, row->group);
    csv_cell(csv, card_kind_text(language, row->kind));
    csv_cell(csv, row->kind == CARD_ESIM ? "" : card_size_text(language, row->size));
    csv_cell(csv, row->iccid);
    take_cell(csv, row->activated_on.month != 0 ? date_show(row->activated_on) : NULL);
    csv_cell(csv, row->label);
    csv_cell(csv, row->memo);
    csv_end_row(csv);
}

static void write_heads(struct csv *csv, enum language language)
{
    for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
        csv_cell(csv, label_text(language, heads[i]));
    }
    csv_end_row(csv);
}

static bool send_piece(struct context *context, struct csv *csv)
{
    gsize length = 0;
    g_autofree char *bytes = csv_take(csv, &length);
    return response_write(context->response, bytes, length);
}

/* Where the next piece begins: after this row, or at the next offset. */
static void step(const struct line_search *search, const GArray *rows, struct line_page *page,
                 struct line_cursor *cursor)
{
    if (line_search_has_cursor(search)) {
        g_free(cursor->key);
        *cursor = line_row_cursor(search, &g_array_index(rows, struct line_row, rows->len - 1));
        page->cursor = cursor;
    } else {
        page->offset += rows->len;
    }
}

static bool write_all(struct context *context, const struct line_asked *asked, struct csv *csv, GError **error)
{
    struct line_page page = { .files = true, .limit = ROWS_PER_PIECE };
    struct line_cursor cursor = { 0 };
    bool good = true, more = true;
    while (good && more) {
        g_autoptr(GArray) rows = line_list(context->db, &asked->search, &page, error);
        good = rows != NULL;
        if (good && !response_is_sent(context->response)) {
            response_begin_file(context->response,
                                asked->cp932 ? "text/csv; charset=shift_jis" : "text/csv; charset=utf-8", "sims.csv");
        }
        for (guint i = 0; good && i < rows->len; i++) {
            write_row(csv, &g_array_index(rows, struct line_row, i), context->language);
        }
        more = good && send_piece(context, csv) && rows->len == page.limit;
        if (more) {
            step(&asked->search, rows, &page, &cursor);
        }
    }
    g_free(cursor.key);
    return good;
}

/* GET /sims.csv: the list as it was asked for, without its pages. */
enum outcome line_csv_page(struct context *context, GError **error)
{
    struct line_asked asked;
    struct csv csv;
    if (!values_are_good(context->values)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "conditions of the list");
        return FAILED;
    }
    line_asked_read(context, &asked);
    csv_begin(&csv, asked.cp932 ? CSV_CP932 : CSV_UTF8);
    write_heads(&csv, context->language);
    bool good = write_all(context, &asked, &csv, error);
    csv_clear(&csv);
    line_asked_clear(&asked);
    return good ? DONE : FAILED;
}
