/*
 * csv_read.h: reads delimited text as it comes, row by row: UTF-8 with or without BOM or CP932, separated by comma, tab
 * or semicolon, rows ended by CR, LF or CRLF, cells quoted or not. Decides nothing about what stands in the cells.
 */
#ifndef BASE_CSV_READ_H
#define BASE_CSV_READ_H

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Why a text cannot be read on. A reader that stopped stays stopped. */
enum csv_fault {
    CSV_READ_GOOD,
    CSV_READ_BINARY,   /* a NUL: another kind of file, or UTF-16 */
    CSV_READ_ENDLESS,  /* a row of more than CSV_ROW_MOST bytes, or a quote that is never closed */
    CSV_READ_CANCELLED /* the taker of the rows said so */
};

enum { CSV_ROW_MOST = 65536 };

/* Takes one row: its number (from 1, blank rows counted, as a spreadsheet counts) and its `n` >= 1 cells, in UTF-8. A
 * cell that is no text in the file's charset, or has control characters other than tab and line ends, is NULL. Blank
 * rows do not come. The cells live until it returns; false stops the reader. */
typedef bool csv_take_row(void *data, uint64_t row, const char *const *cells, guint n);

struct csv_reader;
struct csv_reader *csv_reader_new(csv_take_row *take, void *data);
void csv_reader_free(struct csv_reader *reader);
AUTO_DEFINE(csv_reader)

/* Read the next `n` bytes, in pieces of any size. Charset and separator are settled by what comes first: the separator
 * by a line "sep=;" of spreadsheets, which is no row but counted, else by the first row that has one, the charset by
 * the BOM or the first 64 KiB with a byte beyond ASCII. */
enum csv_fault csv_reader_feed(struct csv_reader *reader, const char *bytes, gsize n);

/* There is no more: read what is left. */
enum csv_fault csv_reader_end(struct csv_reader *reader);

/* The number of the row that was read last; after a fault, that it stands in the row after this one. */
uint64_t csv_reader_row(const struct csv_reader *reader);

#endif
