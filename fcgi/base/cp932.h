/*
 * cp932.h: text of any kind in the charset that Japanese spreadsheets open: what it lacks becomes what is nearest.
 */
#ifndef BASE_CP932_H
#define BASE_CP932_H

#include <glib.h>

/* The `len` bytes of UTF-8 in CP932, composed. A character that CP932 lacks becomes one that looks like it
 * (base/similar.h), else '?'; none becomes a '"' or a control character. The caller frees. */
char *cp932_encode(const char *text, gsize len, gsize *length);

#endif
