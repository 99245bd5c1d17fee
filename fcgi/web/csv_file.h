/*
 * csv_file.h: a list of any length answered as a CSV file. The list's columns stand in a table; its rows come from a
 * store, which gives them to a sink; memory stays flat, and half a file never looks like a whole one.
 */
#ifndef WEB_CSV_FILE_H
#define WEB_CSV_FILE_H

#include "base/csv.h"
#include "base/row_sink.h"
#include "view/label.h"
#include "web/router.h"

/* A column: its head, and what writes the cell of a row, which is what the store gives. */
struct csv_column {
    enum label head;
    void (*write)(struct csv *csv, const void *row, enum language language);
};

struct csv_file;

/* Prepare the answer `name` (ASCII, ours). Nothing is sent before the first rows are there, so that what fails until
 * then is still answered with a page. The caller ends it with csv_file_end, in any case. */
struct csv_file *csv_file_begin(struct context *context, const char *name, enum csv_charset charset,
                                const struct csv_column *columns, guint n);

/* Where the rows go. It wants no more once the client is gone, or asked by HEAD. */
struct row_sink csv_file_sink(struct csv_file *file);

/* Send what is left; `good`: all rows were given. */
enum outcome csv_file_end(struct csv_file *file, bool good);

#endif
