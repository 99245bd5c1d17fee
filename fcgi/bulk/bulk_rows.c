/*
 * bulk_rows.c: rows as JSON text, written straight through: there are millions.
 */
#include "bulk/bulk.h"

struct bulk_rows *bulk_rows_new(void)
{
    struct bulk_rows *rows = g_new0(struct bulk_rows, 1);
    rows->json = g_string_sized_new(4096);
    g_string_append_c(rows->json, '[');
    return rows;
}

void bulk_rows_free(struct bulk_rows *rows)
{
    g_string_free(rows->json, TRUE);
    g_free(rows);
}

void bulk_rows_begin_row(struct bulk_rows *rows)
{
    g_string_append(rows->json, rows->n > 0 ? ",[" : "[");
    rows->in_row = false;
    rows->n++;
}

void bulk_rows_end_row(struct bulk_rows *rows)
{
    g_string_append_c(rows->json, ']');
}

static void separate(struct bulk_rows *rows)
{
    if (rows->in_row) {
        g_string_append_c(rows->json, ',');
    }
    rows->in_row = true;
}

void bulk_rows_add_number(struct bulk_rows *rows, uint64_t number)
{
    separate(rows);
    g_string_append_printf(rows->json, "%" G_GUINT64_FORMAT, number);
}

void bulk_rows_add_text(struct bulk_rows *rows, const char *text)
{
    separate(rows);
    if (text == NULL) {
        g_string_append(rows->json, "null");
        return;
    }
    g_string_append_c(rows->json, '"');
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            g_string_append_c(rows->json, '\\');
            g_string_append_c(rows->json, *at);
        } else if ((guchar)*at < 0x20) {
            g_string_append_printf(rows->json, "\\u%04x", (guint)(guchar)*at);
        } else {
            g_string_append_c(rows->json, *at);
        }
    }
    g_string_append_c(rows->json, '"');
}

void bulk_rows_add_date(struct bulk_rows *rows, struct date date)
{
    if (date.month == 0) {
        bulk_rows_add_text(rows, NULL);
        return;
    }
    separate(rows);
    g_string_append_printf(rows->json, "\"%04d-%02d-%02d\"", date.year, date.month, date.day);
}

const char *bulk_rows_json(struct bulk_rows *rows)
{
    if (!rows->is_over) {
        g_string_append_c(rows->json, ']');
        rows->is_over = true;
    }
    return rows->json->str;
}
