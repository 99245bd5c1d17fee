/*
 * doc.c: page documents as libxml2 trees. The names of elements and attributes are those that stand in our sources:
 * each is kept once, as long as the process, and found again by where it stands. The arena holds all else of a document
 * as long as it lives.
 */
#include "view/doc.h"

#include "base/text.h"
#include "view/arena.h"
#include "view/doc_internal.h"

#include <string.h>

enum { SEEN_BITS = 9 };

static struct {
    xmlDict *kept;
    struct {
        const char *given;
        const xmlChar *kept;
    } seen[1 << SEEN_BITS];
} names;

const xmlChar *doc_name(const char *name)
{
    guint at = (guint)((uint64_t)(guintptr)name * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15) >> (64 - SEEN_BITS));
    if (names.seen[at].given != name || strcmp((const char *)names.seen[at].kept, name) != 0) {
        guint depth = arena_suspend();
        if (names.kept == NULL) {
            names.kept = xmlDictCreate();
        }
        names.seen[at].given = name;
        names.seen[at].kept = xmlDictLookup(names.kept, BAD_CAST name, -1);
        arena_resume(depth);
    }
    return names.seen[at].kept;
}

static xmlNode *new_node(xmlDoc *tree, const char *name)
{
    xmlNode *node = xmlNewDocNodeEatName(tree, NULL, (xmlChar *)(uintptr_t)doc_name(name), NULL);
    g_assert(node != NULL);
    return node;
}

struct doc *doc_new(const char *page, enum language language)
{
    arena_begin();
    xmlDoc *tree = xmlNewDoc(BAD_CAST "1.0");
    g_assert(tree != NULL);
    xmlNode *root = new_node(tree, "page");
    tree->dict = names.kept;
    xmlDictReference(tree->dict);
    xmlDocSetRootElement(tree, root);
    struct doc *doc = (struct doc *)tree;
    node_set((struct node *)root, "name", page);
    node_set((struct node *)root, "lang", language_code(language));
    return doc;
}

void doc_free(struct doc *doc)
{
    if (arena_drops_all()) {
        xmlDictFree(((xmlDoc *)doc)->dict); /* counts one less */
    } else {
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
    return (struct node *)xmlAddChild(above, new_node(above->doc, name));
}

static bool is_plain(unsigned char c)
{
    return (c >= 0x20 && c < 0x80) || c == '\n' || c == '\r' || c == '\t';
}

/* XML 1.0 holds no control characters but tab and the line ends. Most texts are ASCII from end to end. */
static bool is_clean(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    while (is_plain(*at)) {
        at++;
    }
    const char *rest = (const char *)at;
    for (; *at != '\0'; at++) {
        if ((*at < 0x80 && !is_plain(*at)) || *at == 0xEF) {
            return false; /* 0xEF begins U+FFFE and U+FFFF: look closer */
        }
    }
    return *rest == '\0' || g_utf8_validate(rest, -1, NULL);
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
    xmlChar *kept = (xmlChar *)(uintptr_t)doc_name(name);
    g_assert(xmlNewNsPropEatName(node, NULL, kept, BAD_CAST value) != NULL);
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
    char text[1 + TEXT_DIGITS_MOST + 1] = "-";
    char *digits = value < 0 ? text + 1 : text;
    digits[text_digits_write(digits, value < 0 ? -(uint64_t)value : (uint64_t)value)] = '\0';
    set_property((xmlNode *)node, name, text);
}

void node_set_flag(struct node *node, const char *name, bool value)
{
    if (value) {
        set_property((xmlNode *)node, name, "1");
    }
}
