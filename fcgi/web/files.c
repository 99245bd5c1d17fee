/*
 * files.c: the temporary files behind files.h.
 */
#include "web/files.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct files *files_new(void)
{
    return g_new0(struct files, 1);
}

static void clear_file(struct file *file)
{
    g_free(file->name);
    g_free(file->filename);
    if (file->fd >= 0) {
        close(file->fd);
    }
}

void files_free(struct files *files)
{
    for (guint i = 0; i < files->n; i++) {
        clear_file(&files->at[i]);
    }
    g_free(files->at);
    g_free(files);
}

static int open_unnamed(void)
{
    int fd = open(g_get_tmp_dir(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) { /* not every file system can */
        g_autofree char *path = g_build_filename(g_get_tmp_dir(), "simportal-XXXXXX", NULL);
        fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
        if (fd >= 0) {
            unlink(path);
        }
    }
    return fd;
}

static bool fail(GError **error, enum portal_error code)
{
    g_set_error(error, PORTAL_ERROR, code, "a file that was sent: %s", g_strerror(errno));
    return false;
}

struct file *files_begin(struct files *files, char *name, char *filename, GError **error)
{
    struct file file = { .name = name, .filename = filename, .fd = open_unnamed() };
    if (file.fd < 0) {
        fail(error, PORTAL_BUSY);
        clear_file(&file);
        return NULL;
    }
    files->at = g_renew(struct file, files->at, files->n + 1);
    files->at[files->n] = file;
    return &files->at[files->n++];
}

static bool write_all(int fd, const char *bytes, gsize n)
{
    gssize written = 0;
    for (; n > 0 && (written >= 0 || errno == EINTR); bytes += MAX(written, 0), n -= (gsize)MAX(written, 0)) {
        written = write(fd, bytes, n);
    }
    return n == 0;
}

bool file_add(struct file *file, const char *bytes, gsize n, GError **error)
{
    bool good = true;
    file->size += n;
    if (file->size <= FILE_MOST) {
        good = write_all(file->fd, bytes, n);
    } else if (!file->is_too_large) {
        file->is_too_large = true;
        good = ftruncate(file->fd, 0) == 0;
    }
    return good || fail(error, PORTAL_BUSY);
}

void files_drop_last(struct files *files)
{
    clear_file(&files->at[--files->n]);
}

const struct file *files_get(const struct files *files, const char *name, guint *count)
{
    const struct file *first = NULL;
    guint found = 0;
    for (guint i = 0; i < files->n; i++) {
        if (strcmp(files->at[i].name, name) == 0) {
            first = first != NULL ? first : &files->at[i];
            found++;
        }
    }
    if (count != NULL) {
        *count = found;
    }
    return first;
}

gssize file_read(const struct file *file, gsize offset, char *buffer, gsize size, GError **error)
{
    gssize n = -1;
    do {
        n = pread(file->fd, buffer, size, (off_t)offset);
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        fail(error, PORTAL_INTERNAL);
    }
    return n;
}
