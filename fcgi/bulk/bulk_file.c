/*
 * bulk_file.c: the file of a load, read twice: for its digest, by which an interrupted load is found again, and for its
 * rows.
 */
#include "bulk/bulk.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 65536 };

static bool fail(GError **error, enum portal_error code, const char *what)
{
    g_set_error(error, PORTAL_ERROR, (int)code, "%s: %s", what, g_strerror(errno));
    return false;
}

/* Read a piece; -1 on failure, which is not a signal. */
static gssize read_piece(int fd, char *piece)
{
    gssize n = 0;
    do {
        n = read(fd, piece, PIECE);
    } while (n < 0 && errno == EINTR);
    return n;
}

/* Take standard input into a file that goes away with its descriptor. */
static int keep_input(GError **error)
{
    g_autofree char *piece = g_malloc(PIECE);
    FILE *kept = tmpfile();
    gssize n = 0;
    if (kept == NULL) {
        fail(error, PORTAL_INTERNAL, "a temporary file");
        return -1;
    }
    while ((n = read_piece(STDIN_FILENO, piece)) > 0 && fwrite(piece, 1, (gsize)n, kept) == (gsize)n) {
    }
    int fd = n == 0 && fflush(kept) == 0 ? dup(fileno(kept)) : -1;
    if (fd < 0) {
        fail(error, PORTAL_INTERNAL, "standard input");
    }
    fclose(kept);
    return fd;
}

/* The digest of the whole file; with a reader, its rows on the way. */
static bool walk(int fd, struct csv_reader *reader, uint8_t digest[DIGEST_BYTES], GError **error)
{
    g_autofree char *piece = g_malloc(PIECE);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize size = DIGEST_BYTES;
    gssize n = 0;
    if (lseek(fd, 0, SEEK_SET) < 0) {
        return fail(error, PORTAL_INTERNAL, "the file");
    }
    while ((n = read_piece(fd, piece)) > 0) {
        g_checksum_update(sum, (const guchar *)piece, n);
        if (reader != NULL && csv_reader_feed(reader, piece, (gsize)n) != CSV_READ_GOOD) {
            break;
        }
    }
    if (n < 0) {
        return fail(error, PORTAL_INTERNAL, "the file");
    }
    g_checksum_get_digest(sum, digest, &size);
    return true;
}

struct bulk_file *bulk_file_open(const char *path, GError **error)
{
    int fd = -1;
    if (strcmp(path, "-") == 0) {
        fd = keep_input(error);
    } else {
        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0) {
            fail(error, errno == ENOENT ? PORTAL_NOT_FOUND : PORTAL_INTERNAL, path);
        }
    }
    if (fd < 0) {
        return NULL;
    }
    struct bulk_file *file = g_new0(struct bulk_file, 1);
    file->fd = fd;
    if (!walk(fd, NULL, file->digest, error)) {
        bulk_file_free(file);
        return NULL;
    }
    return file;
}

void bulk_file_free(struct bulk_file *file)
{
    close(file->fd);
    g_free(file);
}

bool bulk_file_read(struct bulk_file *file, csv_take_row *take, void *data, GError **error)
{
    AUTO(csv_reader) struct csv_reader *reader = csv_reader_new(take, data);
    uint8_t digest[DIGEST_BYTES];
    if (!walk(file->fd, reader, digest, error)) {
        return false;
    }
    switch (csv_reader_end(reader)) {
    case CSV_READ_GOOD:
        if (memcmp(digest, file->digest, sizeof digest) != 0) {
            g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "the file changed while it was read");
            return false;
        }
        return true;
    case CSV_READ_CANCELLED:
        return false;
    case CSV_READ_BINARY:
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "the file is no delimited text: there is a NUL in it");
        return false;
    case CSV_READ_ENDLESS:
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID,
                    "row %" G_GUINT64_FORMAT " does not end: is a quote not closed?", csv_reader_row(reader) + 1);
        return false;
    }
    g_assert_not_reached();
}
