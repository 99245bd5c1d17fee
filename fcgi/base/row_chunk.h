/*
 * row_chunk.h: how a long list is read chunk by chunk, each going on by key where the last one ended: the first chunk
 * is small, so that a file begins soon; none is so big that its statement reads for long.
 */
#ifndef BASE_ROW_CHUNK_H
#define BASE_ROW_CHUNK_H

#include "base/row_sink.h"

#include <glib.h>

enum { ROW_CHUNK_FIRST = 100, ROW_CHUNK_MOST = 5000 };

struct row_chunk {
    const struct row_sink *sink;
    guint size;  /* how many rows the next chunk has at most */
    guint taken; /* rows of the present chunk */
};

struct row_chunk row_chunk_begin(const struct row_sink *sink);

/* Pass on a row. True: it is the last that the chunk may have; the next chunk goes on behind it. */
bool row_chunk_take(struct row_chunk *chunk, const void *row);

/* The chunk is read. True if there is more to read. */
bool row_chunk_rest(struct row_chunk *chunk);

#endif
