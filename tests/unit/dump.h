/*
 * dump.h: page documents as text, for comparing. Knows that a struct node is an element of libxml2.
 */
#ifndef TESTS_UNIT_DUMP_H
#define TESTS_UNIT_DUMP_H

#include "view/doc.h"

#include <libxml/tree.h>

/* The element and all below it, "<a b="c"/>". The caller frees. */
static inline char *dump_node(struct node *node)
{
    xmlNode *element = (xmlNode *)node;
    xmlBuffer *buffer = xmlBufferCreate();
    xmlNodeDump(buffer, element->doc, element, 0, 0);
    char *text = g_strdup((const char *)xmlBufferContent(buffer));
    xmlBufferFree(buffer);
    return text;
}

#endif
