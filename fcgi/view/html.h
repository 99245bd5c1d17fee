/*
 * html.h: a rendered tree as the bytes of a page. libxml2 writes each bracket, name and value by a call of its own:
 * that was half of all instructions of a list (callgrind: 1.65 of 3.6 million). What is more than elements, attributes
 * and texts is left to it.
 */
#ifndef VIEW_HTML_H
#define VIEW_HTML_H

#include <glib.h>
#include <libxml/tree.h>

/* `before` and then the element `root` with all in it, as libxml2 writes it with XML_SAVE_XHTML, but for xmlns and
 * xml:lang, which HTML knows not; `length` bytes and a NUL. The caller frees. NULL if there is something else in it: a
 * comment, a namespace, an entity, CDATA, a script or style with words. */
char *html_write(const xmlNode *root, const char *before, gsize *length);

#endif
