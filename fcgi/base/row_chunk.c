/*
 * row_chunk.c: counts the rows of chunks and says whether another is due.
 */
#include "base/row_chunk.h"

struct row_chunk row_chunk_begin(const struct row_sink *sink)
{
    return (struct row_chunk){ .sink = sink, .size = ROW_CHUNK_FIRST };
}

bool row_chunk_take(struct row_chunk *chunk, const void *row)
{
    chunk->sink->row(chunk->sink->data, row);
    return ++chunk->taken == chunk->size;
}

bool row_chunk_rest(struct row_chunk *chunk)
{
    bool was_full = chunk->taken == chunk->size;
    chunk->taken = 0;
    chunk->size = MIN(chunk->size * 2, ROW_CHUNK_MOST);
    return chunk->sink->rest(chunk->sink->data) && was_full;
}
