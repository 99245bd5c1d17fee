/*
 * html.c: see html.h. What must be escaped stands in one table; all other bytes are copied in runs.
 */
#include "view/html.h"

#include <libxml/parserInternals.h>
#include <string.h>

enum { PAGE_BYTES = 64 * 1024 };
enum place { IN_TEXT = 1, IN_ATTRIBUTE = 2 };

/* Where a byte does not stand for itself; those above 0x7F are parts of UTF-8 and do. */
static const unsigned char special[256] = {
    ['&'] = IN_TEXT | IN_ATTRIBUTE,  ['<'] = IN_TEXT | IN_ATTRIBUTE, ['>'] = IN_TEXT | IN_ATTRIBUTE,
    ['\r'] = IN_TEXT | IN_ATTRIBUTE, ['"'] = IN_ATTRIBUTE,           ['\n'] = IN_ATTRIBUTE,
    ['\t'] = IN_ATTRIBUTE,
};

static const char *escaped(unsigned char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\n':
        return "&#10;";
    case '\t':
        return "&#9;";
    default:
        return "&#13;";
    }
}

/* A page that grows. */
struct out {
    char *text;
    gsize n, room;
};

static void widen(struct out *out, gsize size)
{
    out->room = MAX(out->room * 2, out->n + size);
    out->text = g_realloc(out->text, out->room);
}

static inline void put(struct out *out, const void *text, gsize size)
{
    if (size > out->room - out->n) {
        widen(out, size);
    }
    memcpy(out->text + out->n, text, size);
    out->n += size;
}

static void put_words(struct out *out, const char *words)
{
    put(out, words, strlen(words));
}

/* NULL: libxml2 has no words for a text that is empty, as it may. */
static void put_text(struct out *out, const xmlChar *text, enum place place)
{
    while (text != NULL) {
        const xmlChar *from = text;
        while (*text != '\0' && (special[*text] & place) == 0) {
            text++;
        }
        put(out, from, (gsize)(text - from));
        if (*text == '\0') {
            return;
        }
        put_words(out, escaped(*text++));
    }
}

static bool is_one_of(const xmlChar *name, const char *const *names)
{
    while (*names != NULL && strcmp((const char *)name, *names) != 0) {
        names++;
    }
    return *names != NULL;
}

/* Elements that have no end tag. */
static bool is_void(const xmlChar *name)
{
    static const char *const names[] = { "input", "br", "hr", "img", "link", "meta", "col", "area", "base", NULL };
    return is_one_of(name, names);
}

/* Elements whose words are not text. */
static bool is_raw(const xmlChar *name)
{
    static const char *const names[] = { "script", "style", NULL };
    return is_one_of(name, names);
}

static bool is_text(const xmlNode *node)
{
    return node->type == XML_TEXT_NODE && node->name == xmlStringText;
}

static bool put_attribute(struct out *out, const xmlAttr *attribute)
{
    put(out, " ", 1);
    put_words(out, (const char *)attribute->name);
    put(out, "=\"", 2);
    for (const xmlNode *value = attribute->children; value != NULL; value = value->next) {
        if (!is_text(value)) {
            return false;
        }
        put_text(out, value->content, IN_ATTRIBUTE);
    }
    put(out, "\"", 1);
    return attribute->ns == NULL;
}

static bool put_start(struct out *out, const xmlNode *node, gsize size)
{
    bool good = node->ns == NULL && node->nsDef == NULL && (node->children == NULL || !is_raw(node->name));
    put(out, "<", 1);
    put(out, node->name, size);
    for (const xmlAttr *attribute = node->properties; good && attribute != NULL; attribute = attribute->next) {
        good = put_attribute(out, attribute);
    }
    return good;
}

static bool put_element(struct out *out, const xmlNode *node);

static bool put_nodes(struct out *out, const xmlNode *node)
{
    bool good = true;
    for (; good && node != NULL; node = node->next) {
        if (is_text(node)) {
            put_text(out, node->content, IN_TEXT);
        } else {
            good = node->type == XML_ELEMENT_NODE && put_element(out, node);
        }
    }
    return good;
}

static bool put_element(struct out *out, const xmlNode *node)
{
    gsize size = strlen((const char *)node->name);
    if (!put_start(out, node, size)) {
        return false;
    }
    if (node->children == NULL && is_void(node->name)) {
        put(out, " />", 3);
        return true;
    }
    put(out, ">", 1);
    bool good = put_nodes(out, node->children);
    put(out, "</", 2);
    put(out, node->name, size);
    put(out, ">", 1);
    return good;
}

char *html_write(const xmlNode *root, const char *before, gsize *length)
{
    struct out out = { .text = g_malloc(PAGE_BYTES), .room = PAGE_BYTES };
    put_words(&out, before);
    if (!put_element(&out, root)) {
        g_free(out.text);
        return NULL;
    }
    *length = out.n;
    put(&out, "", 1);
    return out.text;
}
