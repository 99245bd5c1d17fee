/*
 * loop_internal.h: a loop as it was read (loop_read.c) and is run (loop.c).
 */
#ifndef VIEW_LOOP_INTERNAL_H
#define VIEW_LOOP_INTERNAL_H

#include <glib.h>
#include <libxml/tree.h>

enum { SLOTS_MOST = 24 };

/* A piece of text: words of the stylesheet, or the attribute in a slot. */
struct piece {
    const xmlChar *words; /* NULL: the slot's */
    guint slot;
};

struct attribute {
    const xmlChar *name;
    GArray *pieces;
};

struct loop;

/* A node of a loop's content. */
enum part_kind { PART_ELEMENT, PART_ATTRIBUTE, PART_TEXT, PART_WITH, PART_WITHOUT, PART_LOOP };
struct part {
    enum part_kind kind;
    const xmlChar *name;   /* ELEMENT, ATTRIBUTE */
    GPtrArray *attributes; /* ELEMENT */
    GPtrArray *parts;      /* ELEMENT; ATTRIBUTE: its words; of WITH and WITHOUT an attribute: what is made then */
    struct piece piece;    /* TEXT; of WITH and WITHOUT the attribute */
    struct loop *loop;     /* LOOP: over the children of the row */
};

/* Attribute N of a row was in slot order[N] last time, and most likely is again. */
struct loop {
    const xmlChar *row;
    const xmlChar *slots[SLOTS_MOST];
    guint n, order[SLOTS_MOST];
    guint depth; /* while it is read: how many loops and templates it is within */
    GPtrArray *parts;
    GString *joined;
};

/* Read an xsl:for-each of a compiled stylesheet; NULL: it does more than rows usually do. The caller frees with
 * loop_free. */
struct loop *loop_read(const xmlNode *node);
void loop_free(struct loop *loop);

#endif
