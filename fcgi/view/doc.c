/*
 * doc.c: page documents as libxml2 trees. Names are kept in the document's dictionary, so that a list of 200
 * rows allocates no name twice. The arena holds all of a document as long as it lives.
 */
#include "view/doc.h"

#include "view/arena.h"
#include "view/doc_internal.h"

#include <string.h>

struct doc *doc_new(const char *page, enum language language)
{
    arena_begin();
    xmlDoc *tree = xmlNewDoc(BAD_CAST "1.0");
    g_assert(tree != NULL);
    tree->dict = xmlDictCreate();
    xmlNode *root =
        xmlNewDocNodeEatName(tree, NULL, (xmlChar *)(uintptr_t)xmlDictLookup(tree->dict, BAD_CAST "page", -1), NULL);
    xmlDocSetRootElement(tree, root);
    struct doc *doc = (struct doc *)tree;
    node_set((struct node *)root, "name", page);
    node_set((struct node *)root, "lang", language_code(language));
    return doc;
}

void doc_free(struct doc *doc)
{
    if (!arena_drops_all()) {
        xmlFreeDoc((xmlDoc *)doc);
    }
    arena_end();
}

xmlDoc *doc_tree(struct doc *doc)
{
    return (xmlDoc *)doc;
}

struct node *doc_root(struct doc *doc)
{
    return (struct node *)xmlDocGetRootElement((xmlDoc *)doc);
}

struct node *node_add(struct node *parent, const char *name)
{
    xmlNode *above = (xmlNode *)parent;
    const xmlChar *kept = xmlDictLookup(above->doc->dict, BAD_CAST name, -1);
    xmlNode *node = xmlNewDocNodeEatName(above->doc, NULL, (xmlChar *)(uintptr_t)kept, NULL);
    g_assert(node != NULL);
    return (struct node *)xmlAddChild(above, node);
}

/* XML 1.0 holds no control characters but tab and the line ends. */
static bool is_clean(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if ((*at < 0x20 && *at != '\n' && *at != '\r' && *at != '\t') || *at == 0xEF) {
            return false; /* 0xEF begins U+FFFE and U+FFFF: look closer */
        }
    }
    return g_utf8_validate(text, -1, NULL);
}

static char *cleaned(const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_sized_new(strlen(valid));
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool good = (c >= 0x20 || c == '\n' || c == '\r' || c == '\t') && c != 0xFFFE && c != 0xFFFF;
        g_string_append_unichar(out, good ? c : 0xFFFD);
    }
    g_free(valid);
    return g_string_free(out, FALSE);
}

static void set_property(xmlNode *node, const char *name, const char *value)
{
    const xmlChar *kept = xmlDictLookup(node->doc->dict, BAD_CAST name, -1);
    g_assert(xmlNewNsPropEatName(node, NULL, (xmlChar *)(uintptr_t)kept, BAD_CAST value) != NULL);
}

void node_set(struct node *node, const char *name, const char *value)
{
    if (value == NULL) {
        return;
    }
    if (is_clean(value)) {
        set_property((xmlNode *)node, name, value);
    } else {
        g_autofree char *good = cleaned(value);
        set_property((xmlNode *)node, name, good);
    }
}

void node_replace(struct node *node, const char *name, const char *value)
{
    xmlUnsetProp((xmlNode *)node, BAD_CAST name);
    node_set(node, name, value);
}

void node_take(struct node *node, const char *name, char *value)
{
    node_set(node, name, value);
    g_free(value);
}

void node_set_number(struct node *node, const char *name, int64_t value)
{
    char text[24];
    g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, value);
    set_property((xmlNode *)node, name, text);
}

void node_set_flag(struct node *node, const char *name, bool value)
{
    if (value) {
        set_property((xmlNode *)node, name, "1");
    }
}
