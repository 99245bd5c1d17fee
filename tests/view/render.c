/*
 * render.c: render VIEWS DOCUMENT: the page a pool process makes of a sample document, on stdout. The document is built
 * as an area builds it, node by node; what libxslt has to say goes to stderr.
 */
#include "base/auto.h"
#include "view/doc.h"
#include "view/view.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

static void copy(struct node *to, const xmlNode *from)
{
    for (const xmlAttr *attribute = from->properties; attribute != NULL; attribute = attribute->next) {
        const char *name = (const char *)attribute->name;
        if (from->parent->type != XML_DOCUMENT_NODE || (strcmp(name, "name") != 0 && strcmp(name, "lang") != 0)) {
            xmlChar *value = xmlNodeListGetString(from->doc, attribute->children, 1);
            node_set(to, name, value != NULL ? (const char *)value : "");
            xmlFree(value);
        }
    }
    for (const xmlNode *child = from->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) {
            copy(node_add(to, (const char *)child->name), child);
        }
    }
}

static char *attribute(xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, BAD_CAST name);
    g_assert(value != NULL);
    char *text = g_strdup((const char *)value);
    xmlFree(value);
    return text;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s VIEWS DOCUMENT\n", argv[0]);
        return 2;
    }
    g_autoptr(GError) error = NULL;
    AUTO(view) struct view *view = view_open(argv[1], &error);
    xmlDoc *sample = view != NULL ? xmlReadFile(argv[2], NULL, XML_PARSE_NONET) : NULL;
    if (sample == NULL) {
        fprintf(stderr, "%s: %s\n", argv[2], error != NULL ? error->message : "is no XML");
        return 1;
    }
    xmlNode *root = xmlDocGetRootElement(sample);
    g_autofree char *page = attribute(root, "name");
    g_autofree char *code = attribute(root, "lang");
    enum language language = strcmp(code, "en") == 0 ? LANGUAGE_EN : LANGUAGE_JA;
    struct doc *doc = doc_new(page, language);
    copy(doc_root(doc), root);
    gsize length = 0;
    g_autofree char *html = view_render(view, doc, language, &length, &error);
    if (html == NULL) {
        fprintf(stderr, "%s: %s\n", argv[2], error->message);
    } else {
        fwrite(html, 1, length, stdout);
    }
    doc_free(doc);
    xmlFreeDoc(sample);
    return html == NULL ? 1 : 0;
}
