/*
 * doc.h: the document of a page: plain elements with attributes, holding text that is ready to show. The
 * stylesheets turn it into HTML; nothing else makes HTML.
 */
#ifndef VIEW_DOC_H
#define VIEW_DOC_H

#include "base/auto.h"
#include "base/language.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct doc;
struct node;

/* A document whose root is <page name="…" lang="…">. The caller frees with doc_free, unless it is rendered. */
struct doc *doc_new(const char *page, enum language language);
void doc_free(struct doc *doc);
AUTO_DEFINE(doc)
struct node *doc_root(struct doc *doc);

/* A new last child of `parent`. It lives as long as its document. `name` is a fixed word. */
struct node *node_add(struct node *parent, const char *name);

/* Attributes. A NULL text leaves the attribute out; a byte that XML cannot hold is replaced by U+FFFD. */
void node_set(struct node *node, const char *name, const char *value);
void node_set_number(struct node *node, const char *name, int64_t value);
void node_set_flag(struct node *node, const char *name, bool value); /* "1" or nothing */
void node_take(struct node *node, const char *name, char *value);    /* frees `value` */

/* Set an attribute that is there already. */
void node_replace(struct node *node, const char *name, const char *value);

#endif
