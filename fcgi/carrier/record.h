/*
 * record.h: what the simulated carrier has done: a file with a line for each operation, which any number of carriers
 * share, and what of it this one has read.
 */
#ifndef CARRIER_RECORD_H
#define CARRIER_RECORD_H

#include <glib.h>
#include <stdbool.h>

struct record;

/* Open or begin the file `path`; NULL: only in memory. */
struct record *record_open(const char *path, GError **error);
void record_free(struct record *record);

/* Between these two nobody else writes; what others have written meanwhile is known after the first. */
bool record_begin(struct record *record, GError **error);
bool record_end(struct record *record, GError **error);

/* True if the operation `id` was done before. */
bool record_has(const struct record *record, const char *id);

/* Note that it is done: id, operation, object and arguments as they came. */
void record_add(struct record *record, const char *id, const char *operation, const char *what);

#endif
