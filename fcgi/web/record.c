/*
 * record.c: see record.h. The form of a record is that of the FastCGI specification 1.0, 3.3.
 */
#include "web/record.h"

#include <errno.h>
#include <fastcgi.h>
#include <stdint.h>
#include <sys/uio.h>

/* As much as a record holds, in whole pieces of eight bytes, so that none needs padding but the last. */
enum { CONTENT_MOST = FCGI_MAX_LENGTH / 8 * 8 };

static FCGI_Header head(int id, gsize n, gsize padding)
{
    return (FCGI_Header){ .version = FCGI_VERSION_1,
                          .type = FCGI_STDOUT,
                          .requestIdB1 = (unsigned char)(id >> 8),
                          .requestIdB0 = (unsigned char)id,
                          .contentLengthB1 = (unsigned char)(n >> 8),
                          .contentLengthB0 = (unsigned char)n,
                          .paddingLength = (unsigned char)padding };
}

/* Forget the `n` bytes that are written. */
static void advance(struct iovec *parts, gsize count, gsize n)
{
    for (gsize i = 0; i < count; i++) {
        gsize done = MIN(n, parts[i].iov_len);
        parts[i].iov_base = (char *)parts[i].iov_base + done;
        parts[i].iov_len -= done;
        n -= done;
    }
}

static bool write_parts(int fd, struct iovec *parts, gsize count)
{
    gsize left = 0;
    for (gsize i = 0; i < count; i++) {
        left += parts[i].iov_len;
    }
    while (left > 0) {
        ssize_t n = writev(fd, parts, (int)count);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        if (n > 0) {
            advance(parts, count, (gsize)n);
            left -= (gsize)n;
        }
    }
    return true;
}

bool record_write(int fd, int id, const char *bytes, gsize n)
{
    static const char zeros[8];
    while (n > 0) {
        gsize length = MIN(n, (gsize)CONTENT_MOST);
        gsize padding = (8 - length % 8) % 8;
        FCGI_Header header = head(id, length, padding);
        struct iovec parts[] = { { .iov_base = &header, .iov_len = sizeof header },
                                 { .iov_base = (void *)(uintptr_t)bytes, .iov_len = length },
                                 { .iov_base = (void *)(uintptr_t)zeros, .iov_len = padding } };
        if (!write_parts(fd, parts, G_N_ELEMENTS(parts))) {
            return false;
        }
        bytes += length;
        n -= length;
    }
    return true;
}
