/*
 * csv_file.c: rows from a store to cells to the client, piece by piece.
 */
#include "web/csv_file.h"

/* More is not kept, however long the rows of a chunk are. */
enum { PIECE_MOST = 4 << 20 };

struct csv_file {
    struct context *context;
    const char *name;
    const struct csv_column *columns;
    guint n;
    struct csv csv;
    bool is_unwanted;
};

struct csv_file *csv_file_begin(struct context *context, const char *name, enum csv_charset charset,
                                const struct csv_column *columns, guint n)
{
    struct csv_file *file = g_new0(struct csv_file, 1);
    file->context = context;
    file->name = name;
    file->columns = columns;
    file->n = n;
    csv_begin(&file->csv, charset);
    for (guint i = 0; i < n; i++) {
        csv_cell(&file->csv, label_text(context->language, columns[i].head));
    }
    csv_end_row(&file->csv);
    return file;
}

static bool write_out(void *data, const char *bytes, gsize n)
{
    return response_write((struct response *)data, bytes, n);
}

static void send_piece(struct csv_file *file)
{
    struct response *response = file->context->response;
    if (!response_is_sent(response)) {
        response_begin_file(response,
                            file->csv.charset == CSV_CP932 ? "text/csv; charset=shift_jis" : "text/csv; charset=utf-8",
                            file->name);
        file->is_unwanted = file->context->request->is_head;
    }
    file->is_unwanted = !csv_flush(&file->csv, write_out, response) || file->is_unwanted;
}

static void take_row(void *data, const void *row)
{
    struct csv_file *file = data;
    if (file->is_unwanted) {
        return;
    }
    for (guint i = 0; i < file->n; i++) {
        file->columns[i].write(&file->csv, row, file->context->language);
    }
    csv_end_row(&file->csv);
    if (file->csv.text->len >= PIECE_MOST) {
        send_piece(file);
    }
}

static bool rest(void *data)
{
    struct csv_file *file = data;
    if (!file->is_unwanted) {
        send_piece(file);
    }
    return !file->is_unwanted;
}

struct row_sink csv_file_sink(struct csv_file *file)
{
    return (struct row_sink){ .row = take_row, .rest = rest, .data = file };
}

enum outcome csv_file_end(struct csv_file *file, bool good)
{
    if (good) {
        rest(file);
    }
    csv_clear(&file->csv);
    g_free(file);
    return good ? DONE : FAILED;
}
