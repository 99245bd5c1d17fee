/*
 * doc_internal.h: the tree behind a document, for the renderer alone.
 */
#ifndef VIEW_DOC_INTERNAL_H
#define VIEW_DOC_INTERNAL_H

#include "view/doc.h"

#include <libxml/tree.h>

xmlDoc *doc_tree(struct doc *doc);

/* The one copy of an element's or attribute's name that documents use: it stays, and equal names have the same. */
const xmlChar *doc_name(const char *name);

#endif
