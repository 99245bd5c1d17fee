/*
 * doc_internal.h: the tree behind a document, for the renderer alone.
 */
#ifndef VIEW_DOC_INTERNAL_H
#define VIEW_DOC_INTERNAL_H

#include "view/doc.h"

#include <libxml/tree.h>

xmlDoc *doc_tree(struct doc *doc);

#endif
