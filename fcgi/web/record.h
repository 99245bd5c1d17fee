/*
 * record.h: a long answer as FastCGI records. libfcgi's own stream cuts it into pieces of 8 KiB, each a system call
 * here and a wake-up of nginx there.
 */
#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include <glib.h>
#include <stdbool.h>

/* Below this a piece is left to libfcgi's stream, which gathers small ones. Bytes. */
enum { RECORD_LEAST = 8 * 1024 };

/* Write `n` bytes of the answer to request `id` to the connection `fd`. False: the connection is gone (errno). */
bool record_write(int fd, int id, const char *bytes, gsize n);

#endif
