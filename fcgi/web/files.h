/*
 * files.h: files that were sent, each in a temporary file without a name: it ends with its descriptor, whatever ends
 * the process. They lie in TMPDIR (/tmp without it). What is in a file, its reader decides.
 */
#ifndef WEB_FILES_H
#define WEB_FILES_H

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>

enum { FILE_MOST = 16000000 }; /* bytes: 16 MB. domain.md, Requests */

struct file {
    char *name;     /* of the field */
    char *filename; /* as the browser calls it: to be shown, and for nothing else */
    int fd;
    gsize size;        /* bytes that were sent */
    bool is_too_large; /* more than FILE_MOST were sent: none of them are kept */
};

struct files {
    struct file *at;
    guint n;
};

struct files *files_new(void);
void files_free(struct files *files);
AUTO_DEFINE(files)

/* Begin a file, empty, and take both texts. NULL, PORTAL_BUSY: the disk takes none. It is owned by `files` and stays
 * where it is until the next is begun. */
struct file *files_begin(struct files *files, char *name, char *filename, GError **error);

/* Add the next bytes. False, PORTAL_BUSY: the disk is full. */
bool file_add(struct file *file, const char *bytes, gsize n, GError **error);

/* Drop the file that was begun last. */
void files_drop_last(struct files *files);

/* The first file sent as field `name`, or NULL. `count`, if not NULL, gets how many there are. */
const struct file *files_get(const struct files *files, const char *name, guint *count);

/* Read up to `size` bytes from the byte `offset` on: how many, 0 at the end, -1 with PORTAL_INTERNAL. */
gssize file_read(const struct file *file, gsize offset, char *buffer, gsize size, GError **error);

#endif
