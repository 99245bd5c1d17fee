/*
 * csv.h: writes CSV files: UTF-8 with BOM or CP932, every cell quoted, CRLF, and no cell that a spreadsheet would
 * take for a formula or round.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum csv_charset { CSV_UTF8, CSV_CP932 };

struct csv {
    enum csv_charset charset;
    GString *text; /* what is written and not yet passed on */
    gsize cell;    /* where the text of the present cell begins */
    guint cells;   /* of the present row */
};

/* Begin a file; the byte order mark is the first thing in it. End with csv_clear. */
void csv_begin(struct csv *csv, enum csv_charset charset);
void csv_clear(struct csv *csv);

/* A cell of the present row; NULL is empty. A text that begins with = + - @ (of any width, behind characters that
 * cannot be seen, too), a tab or a line end gets a ' before it, unless it is a negative number; so does a number of
 * more than 15 digits. Readers of ours take the ' off (text_of_cell). */
void csv_cell(struct csv *csv, const char *text);
void csv_end_row(struct csv *csv);

/* A cell in parts. */
void csv_open(struct csv *csv);
void csv_text(struct csv *csv, const char *text);
void csv_number(struct csv *csv, uint64_t number);
void csv_close(struct csv *csv);

/* Give what was written so far to `write`, in the file's charset; characters it lacks become what is nearest
 * (cp932_encode). False if `write` said
 * so. */
typedef bool csv_write_out(void *data, const char *bytes, gsize n);
bool csv_flush(struct csv *csv, csv_write_out *write, void *data);

/* The same as a text of its own, which the caller frees. */
char *csv_take(struct csv *csv, gsize *length);

#endif
