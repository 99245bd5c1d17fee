/*
 * loop.c: see loop.h. What libxslt does for one {@x}, an XPath that is set up, run and torn down, takes longer than the
 * rest of a cell. Here the attributes of a row are looked up once, all together, and copied to where they belong.
 */
#include "view/loop.h"

#include "view/loop_internal.h"

#include <libxslt/xsltutils.h>
#include <stdbool.h>
#include <string.h>

struct loops {
    GHashTable *of; /* xsl:for-each → struct loop */
};

/* What the slots hold of the row at hand; NULL: the row has no such attribute. */
struct row {
    const struct loop *loop;
    const xmlNode *node;
    const xmlChar *values[SLOTS_MOST];
};

static const xmlChar *value_of(const xmlAttr *attribute)
{
    g_assert(attribute->children == NULL || attribute->children->next == NULL);
    return attribute->children != NULL ? attribute->children->content : BAD_CAST "";
}

static bool is_in(const struct loop *loop, guint slot, const xmlAttr *attribute)
{
    return slot < loop->n && xmlStrEqual(loop->slots[slot], attribute->name);
}

static void look_up(struct loop *loop, const xmlNode *node, struct row *row)
{
    row->loop = loop;
    row->node = node;
    memset(row->values, 0, loop->n * sizeof *row->values);
    guint i = 0;
    for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next, i++) {
        guint slot = i < SLOTS_MOST ? loop->order[i] : 0;
        if (!is_in(loop, slot, attribute)) {
            slot = 0;
            while (slot < loop->n && !is_in(loop, slot, attribute)) {
                slot++;
            }
        }
        if (slot < loop->n) {
            row->values[slot] = value_of(attribute);
        }
        if (i < SLOTS_MOST) {
            loop->order[i] = slot;
        }
    }
}

static const xmlChar *text_of(const struct row *row, const struct piece *piece)
{
    const xmlChar *value = piece->words != NULL ? piece->words : row->values[piece->slot];
    return value != NULL ? value : BAD_CAST "";
}

static const xmlChar *joined(const struct row *row, const GArray *pieces)
{
    if (pieces->len == 1) {
        return text_of(row, &g_array_index(pieces, struct piece, 0));
    }
    GString *text = row->loop->joined;
    g_string_truncate(text, 0);
    for (guint i = 0; i < pieces->len; i++) {
        g_string_append(text, (const char *)text_of(row, &g_array_index(pieces, struct piece, i)));
    }
    return BAD_CAST text->str;
}

/* A name belongs to the dictionary that the result shares with its stylesheet. */
static xmlChar *shared(const xmlChar *name)
{
    return (xmlChar *)(uintptr_t)name;
}

static void make_parts(const struct row *row, const GPtrArray *parts, xmlNode *into);
static void make_rows(struct loop *loop, const xmlNode *parent, xmlNode *into);

static void make_element(const struct row *row, const struct part *part, xmlNode *into)
{
    xmlNode *node = xmlNewDocNodeEatName(into->doc, NULL, shared(part->name), NULL);
    for (guint i = 0; i < part->attributes->len; i++) {
        const struct attribute *attribute = part->attributes->pdata[i];
        xmlNewNsPropEatName(node, NULL, shared(attribute->name), joined(row, attribute->pieces));
    }
    xmlAddChild(into, node);
    make_parts(row, part->parts, node);
}

static bool is_made(const struct row *row, const struct part *part)
{
    return (row->values[part->piece.slot] != NULL) == (part->kind == PART_WITH);
}

static void add_words(const struct row *row, const GPtrArray *parts, GString *words)
{
    for (guint i = 0; i < parts->len; i++) {
        const struct part *part = parts->pdata[i];
        if (part->kind == PART_TEXT) {
            g_string_append(words, (const char *)text_of(row, &part->piece));
        } else if (is_made(row, part)) {
            add_words(row, part->parts, words);
        }
    }
}

/* A second one takes the place of the first. */
static void make_attribute(const struct row *row, const struct part *part, xmlNode *into)
{
    GString *words = g_string_truncate(row->loop->joined, 0);
    add_words(row, part->parts, words);
    xmlSetNsProp(into, NULL, part->name, BAD_CAST words->str);
}

static void make_parts(const struct row *row, const GPtrArray *parts, xmlNode *into)
{
    for (guint i = 0; i < parts->len; i++) {
        const struct part *part = parts->pdata[i];
        const xmlChar *text;
        switch (part->kind) {
        case PART_ELEMENT:
            make_element(row, part, into);
            break;
        case PART_ATTRIBUTE:
            make_attribute(row, part, into);
            break;
        case PART_TEXT:
            text = text_of(row, &part->piece);
            if (*text != '\0') {
                xmlAddChild(into, xmlNewDocText(into->doc, text));
            }
            break;
        case PART_WITH:
        case PART_WITHOUT:
            if (is_made(row, part)) {
                make_parts(row, part->parts, into);
            }
            break;
        case PART_LOOP:
            make_rows(part->loop, row->node, into);
            break;
        }
    }
}

static void make_rows(struct loop *loop, const xmlNode *parent, xmlNode *into)
{
    for (const xmlNode *child = parent->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE && xmlStrEqual(child->name, loop->row)) {
            struct row row;
            look_up(loop, child, &row);
            make_parts(&row, loop->parts, into);
        }
    }
}

/* In place of libxslt's own xsl:for-each. */
static void run(xsltTransformContext *context, xmlNode *node, xmlNode *instruction, xsltElemPreComp *compiled)
{
    (void)compiled;
    const struct loops *loops = context->_private;
    make_rows(g_hash_table_lookup(loops->of, instruction), node, context->insert);
}

/* ---- all of a stylesheet ---- */

static void take_over(struct loops *loops, xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        xsltElemPreComp *compiled = node->type == XML_ELEMENT_NODE ? node->psvi : NULL;
        if (compiled != NULL && IS_XSLT_ELEM(node) && IS_XSLT_NAME(node, "for-each")) {
            struct loop *loop = loop_read(node);
            if (loop != NULL) {
                compiled->func = run;
                g_hash_table_insert(loops->of, node, loop);
                continue;
            }
        }
        if (node->type == XML_ELEMENT_NODE) {
            take_over(loops, node->children);
        }
    }
}

static void free_loop(gpointer loop)
{
    loop_free(loop);
}

struct loops *loops_new(xsltStylesheet *sheet)
{
    struct loops *loops = g_new0(struct loops, 1);
    loops->of = g_hash_table_new_full(NULL, NULL, NULL, free_loop);
    take_over(loops, xmlDocGetRootElement(sheet->doc));
    return loops;
}

void loops_free(struct loops *loops)
{
    g_hash_table_unref(loops->of);
    g_free(loops);
}

guint loops_n(const struct loops *loops)
{
    return g_hash_table_size(loops->of);
}

static bool is_within(const xmlNode *node, const char *template)
{
    bool is_there = false;
    for (; node->type == XML_ELEMENT_NODE && !is_there; node = node->parent) {
        xmlChar *name = IS_XSLT_ELEM(node) ? xmlGetNoNsProp(node, BAD_CAST "name") : NULL;
        is_there = name != NULL && IS_XSLT_NAME(node, "template") && strcmp((const char *)name, template) == 0;
        xmlFree(name);
    }
    return is_there;
}

bool loops_has(const struct loops *loops, const char *template, const char *row)
{
    GHashTableIter each;
    gpointer node, loop;
    g_hash_table_iter_init(&each, loops->of);
    while (g_hash_table_iter_next(&each, &node, &loop)) {
        if (strcmp((const char *)((struct loop *)loop)->row, row) == 0 && is_within(node, template)) {
            return true;
        }
    }
    return false;
}

void loops_attach(const struct loops *loops, xsltTransformContext *context)
{
    context->_private = (void *)(uintptr_t)loops;
}
