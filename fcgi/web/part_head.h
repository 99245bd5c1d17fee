/*
 * part_head.h: what stands above the parts of multipart/form-data (RFC 7578): the boundary in the header Content-Type,
 * and the head of each part. Strict: what browsers write, and nothing that two readers could take differently.
 */
#ifndef WEB_PART_HEAD_H
#define WEB_PART_HEAD_H

#include <stdbool.h>

/* Whether the header Content-Type says multipart/form-data. */
bool part_is_type(const char *content_type);

/* Its boundary; NULL if it has none that can be used, or any other parameter. The caller frees. */
char *part_boundary(const char *content_type);

/* Read a head, its lines with CRLF between them: the field's name, and the file's name or NULL, in quotes both. False:
 * there is not exactly one Content-Disposition of form-data with a name that is clean text, it has other parameters,
 * or the part is encoded. The caller frees both, then too. */
bool part_head_read(const char *head, char **name, char **filename);

#endif
