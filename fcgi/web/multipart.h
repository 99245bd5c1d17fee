/*
 * multipart.h: reads multipart/form-data (RFC 7578) as it comes: fields to memory, files to temporary files, byte for
 * byte. Takes what browsers write and nothing beside it. Which route may be sent files, the router decides.
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include "base/auto.h"
#include "web/files.h"
#include "web/params.h"

#include <glib.h>
#include <stdbool.h>

enum {
    MULTIPART_PARTS_MOST = 64,
    MULTIPART_HEAD_MOST = 8192,    /* bytes of one part's head */
    MULTIPART_VALUE_MOST = 65536,  /* bytes of one field */
    MULTIPART_BODY_MOST = 16 << 20 /* bytes of the whole; nginx lets through as many */
};

struct multipart;

/* Begin with the header Content-Type. NULL, PORTAL_INVALID: it is another type, or its boundary cannot be used. */
struct multipart *multipart_new(const char *content_type, GError **error);
void multipart_free(struct multipart *multipart);
AUTO_DEFINE(multipart)

/* Take the next piece of the body, of any size. What failed once is of no further use.
 * PORTAL_INVALID: no browser sends this: a head that cannot be read, a name that is not UTF-8 or holds control
 * characters, a field that is no text, anything before the first or behind the last delimiter.
 * PORTAL_LIMIT: more parts, longer heads or longer fields than above.
 * PORTAL_BUSY: a file cannot be kept, the disk is full. */
bool multipart_feed(struct multipart *multipart, const char *bytes, gsize n, GError **error);

/* All was fed: give what there was, to be freed by the caller; fields and files that were sent more than once are all
 * there, a file input that was left empty is not. A file name that is no text is "?". PORTAL_INVALID: the closing
 * delimiter is missing. */
bool multipart_end(struct multipart *multipart, struct params **fields, struct files **files, GError **error);

#endif
