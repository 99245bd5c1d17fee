/*
 * record.c: the record as a file that grows under a lock, and a set of ids.
 */
#include "carrier/record.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct record {
    int fd; /* -1: only in memory */
    off_t read;
    GHashTable *ids;
    GString *to_write;
};

static bool fail(const char *what, GError **error)
{
    int number = errno;
    g_set_error(error, G_FILE_ERROR, (gint)g_file_error_from_errno(number), "record: %s: %s", what, g_strerror(number));
    return false;
}

struct record *record_open(const char *path, GError **error)
{
    struct record *record = g_new0(struct record, 1);
    record->fd = -1;
    record->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    record->to_write = g_string_new(NULL);
    if (path != NULL) {
        record->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
        if (record->fd < 0) {
            fail(path, error);
            record_free(record);
            return NULL;
        }
    }
    return record;
}

void record_free(struct record *record)
{
    if (record->fd >= 0) {
        close(record->fd);
    }
    g_hash_table_unref(record->ids);
    g_string_free(record->to_write, TRUE);
    g_free(record);
}

/* Ids stand before the first tab of each line. A last line without an end is one that a killed carrier began: what it
 * names was not answered, and counts as not done. */
static void take_lines(struct record *record, const char *text, gsize length)
{
    const char *at = text, *end;
    while ((end = memchr(at, '\n', length - (gsize)(at - text))) != NULL) {
        const char *tab = memchr(at, '\t', (gsize)(end - at));
        if (tab != NULL) {
            g_hash_table_add(record->ids, g_strndup(at, (gsize)(tab - at)));
        }
        at = end + 1;
    }
    record->read += at - text;
}

static bool read_on(struct record *record, GError **error)
{
    struct stat now;
    if (fstat(record->fd, &now) != 0) {
        return fail("stat", error);
    }
    gsize wanted = (gsize)(now.st_size - record->read);
    g_autofree char *text = g_malloc(wanted + 1);
    for (gsize got = 0; got < wanted;) {
        ssize_t n = pread(record->fd, text + got, wanted - got, record->read + (off_t)got);
        if (n <= 0) {
            return fail("read", error);
        }
        got += (gsize)n;
    }
    take_lines(record, text, wanted);
    /* Whoever began it is gone: nothing may be written behind half a line. */
    return record->read == now.st_size || ftruncate(record->fd, record->read) == 0 || fail("truncate", error);
}

bool record_begin(struct record *record, GError **error)
{
    if (record->fd < 0) {
        return true;
    }
    while (flock(record->fd, LOCK_EX) != 0) {
        if (errno != EINTR) {
            return fail("lock", error);
        }
    }
    return read_on(record, error);
}

bool record_end(struct record *record, GError **error)
{
    bool good = true;
    for (gsize sent = 0; record->fd >= 0 && good && sent < record->to_write->len;) {
        ssize_t n = write(record->fd, record->to_write->str + sent, record->to_write->len - sent);
        good = n > 0 || errno == EINTR || fail("write", error);
        sent += n > 0 ? (gsize)n : 0;
    }
    record->read += record->fd >= 0 ? (off_t)record->to_write->len : 0;
    g_string_truncate(record->to_write, 0);
    if (record->fd >= 0) {
        flock(record->fd, LOCK_UN);
    }
    return good;
}

bool record_has(const struct record *record, const char *id)
{
    return g_hash_table_contains(record->ids, id);
}

void record_add(struct record *record, const char *id, const char *operation, const char *what)
{
    g_hash_table_add(record->ids, g_strdup(id));
    if (record->fd >= 0) {
        g_string_append_printf(record->to_write, "%s\t%s\t%s\n", id, operation, what);
    }
}
