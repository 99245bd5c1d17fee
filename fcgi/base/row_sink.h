/*
 * row_sink.h: where the rows of a list too long for memory go, one after the other: into a file, say.
 */
#ifndef BASE_ROW_SINK_H
#define BASE_ROW_SINK_H

#include <stdbool.h>

struct row_sink {
    /* Take a row; what it is the giver of the rows says. Must be quick: the database waits. */
    void (*row)(void *data, const void *row);
    /* Between two chunks of rows: time to pass on what was taken. False: nobody wants more. */
    bool (*rest)(void *data);
    void *data;
};

#endif
