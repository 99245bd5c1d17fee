/*
 * loop_read.c: which loops are rows of lists (loop.h), as far as the stylesheet tells before it runs.
 */
#include "view/doc_internal.h"
#include "view/loop_internal.h"

#include <libxml/parserInternals.h>
#include <libxslt/xsltutils.h>
#include <string.h>

/* Loops and templates within each other; a template that comes to itself has no end before it runs. */
enum { DEPTH_MOST = 6 };

static void part_free(gpointer data)
{
    struct part *part = data;
    g_clear_pointer(&part->attributes, g_ptr_array_unref);
    g_clear_pointer(&part->parts, g_ptr_array_unref);
    g_clear_pointer(&part->loop, loop_free);
    g_free(part);
}

static void attribute_free(gpointer data)
{
    struct attribute *attribute = data;
    g_array_unref(attribute->pieces);
    g_free(attribute);
}

void loop_free(struct loop *loop)
{
    g_ptr_array_unref(loop->parts);
    g_string_free(loop->joined, TRUE);
    g_free(loop);
}

static bool is_name(const char *text, gsize n)
{
    gsize i = 0;
    while (i < n && (g_ascii_isalpha(text[i]) || (i > 0 && (g_ascii_isdigit(text[i]) || text[i] == '-')))) {
        i++;
    }
    return n > 0 && i == n;
}

/* A name of the document: equal to it are its names where they stand (doc_name). */
static const xmlChar *name_of_rows(const char *text, gsize n)
{
    g_autofree char *name = g_strndup(text, n);
    return doc_name(name);
}

/* The words live as long as the sheet. */
static const xmlChar *kept(const xmlNode *node, const char *text, gsize n)
{
    return xmlDictLookup(node->doc->dict, BAD_CAST text, (int)n);
}

static bool slot_of(struct loop *loop, const char *name, gsize n, guint *slot)
{
    if (!is_name(name, n)) {
        return false;
    }
    const xmlChar *wanted = name_of_rows(name, n);
    guint i = 0;
    while (i < loop->n && loop->slots[i] != wanted) {
        i++;
    }
    if (i == SLOTS_MOST) {
        return false;
    }
    if (i == loop->n) {
        loop->slots[loop->n++] = wanted;
    }
    *slot = i;
    return true;
}

/* An expression of a row, "@x"; within a loop over an attribute (`self`) "." and "../@x" instead. */
static bool read_expression(struct loop *loop, const char *text, gsize n, const guint *self, guint *slot)
{
    static const char up[] = "../@";
    if (self == NULL) {
        return n > 1 && text[0] == '@' && slot_of(loop, text + 1, n - 1, slot);
    }
    if (n == 1 && text[0] == '.') {
        *slot = *self;
        return true;
    }
    gsize skip = sizeof up - 1;
    return n > skip && memcmp(text, up, skip) == 0 && slot_of(loop, text + skip, n - skip, slot);
}

/* The pieces of an attribute's value: words and {expressions}. */
static bool read_pieces(struct loop *loop, const xmlNode *node, const char *value, const guint *self, GArray *pieces)
{
    while (*value != '\0') {
        struct piece piece = { 0 };
        gsize n = strcspn(value, "{}");
        if (n > 0) {
            piece.words = kept(node, value, n);
        } else {
            const char *end = value[0] == '{' ? strchr(value, '}') : NULL;
            if (end == NULL || !read_expression(loop, value + 1, (gsize)(end - value - 1), self, &piece.slot)) {
                return false;
            }
            n = (gsize)(end + 1 - value);
        }
        g_array_append_val(pieces, piece);
        value += n;
    }
    return true;
}

static char *own_attribute(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);
    char *text = g_strdup(value != NULL ? (const char *)value : "");
    xmlFree(value);
    return text;
}

static GPtrArray *read_content(struct loop *loop, const xmlNode *node, const guint *self);
static bool read_into(struct loop *loop, const xmlNode *node, const guint *self, GPtrArray *parts);
static struct loop *read_loop(const xmlNode *node, guint depth);

static bool read_attributes(struct loop *loop, const xmlNode *node, const guint *self, struct part *part)
{
    part->attributes = g_ptr_array_new_with_free_func(attribute_free);
    for (const xmlAttr *at = node->properties; at != NULL; at = at->next) {
        g_autofree char *value = own_attribute(node, (const char *)at->name);
        struct attribute *attribute = g_new0(struct attribute, 1);
        attribute->name = at->name;
        attribute->pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
        g_ptr_array_add(part->attributes, attribute);
        if (at->ns != NULL || !read_pieces(loop, node, value, self, attribute->pieces)) {
            return false;
        }
    }
    return true;
}

static bool read_element(struct loop *loop, const xmlNode *node, const guint *self, struct part *part)
{
    part->kind = PART_ELEMENT;
    part->name = node->name;
    return node->ns == NULL && read_attributes(loop, node, self, part) &&
           (part->parts = read_content(loop, node, self)) != NULL;
}

static bool read_value(struct loop *loop, const xmlNode *node, const guint *self, struct part *part)
{
    g_autofree char *select = own_attribute(node, "select");
    part->kind = PART_TEXT;
    return xmlHasProp(node, BAD_CAST "disable-output-escaping") == NULL &&
           read_expression(loop, select, strlen(select), self, &part->piece.slot);
}

/* Texts alone, some of them under conditions. */
static bool are_words(const GPtrArray *parts)
{
    bool good = true;
    for (guint i = 0; good && i < parts->len; i++) {
        const struct part *part = parts->pdata[i];
        bool is_condition = part->kind == PART_WITH || part->kind == PART_WITHOUT;
        good = part->kind == PART_TEXT || (is_condition && are_words(part->parts));
    }
    return good;
}

static bool read_attribute(struct loop *loop, const xmlNode *node, const guint *self, struct part *part)
{
    g_autofree char *name = own_attribute(node, "name");
    part->kind = PART_ATTRIBUTE;
    part->parts = is_name(name, strlen(name)) && xmlHasProp(node, BAD_CAST "namespace") == NULL
                      ? read_content(loop, node, self)
                      : NULL;
    part->name = part->parts != NULL ? kept(node, name, strlen(name)) : NULL;
    return part->parts != NULL && are_words(part->parts);
}

static bool read_if(struct loop *loop, const xmlNode *node, const guint *self, struct part *part)
{
    g_autofree char *test = own_attribute(node, "test");
    gsize n = strlen(test);
    bool is_not = g_str_has_prefix(test, "not(") && n > 5 && test[n - 1] == ')';
    part->kind = is_not ? PART_WITHOUT : PART_WITH;
    return read_expression(loop, is_not ? test + 4 : test, is_not ? n - 5 : n, self, &part->piece.slot) &&
           (part->parts = read_content(loop, node, self)) != NULL;
}

/* Over the one attribute of a name, or over children. */
static bool read_each(struct loop *loop, const xmlNode *node, const guint *self, struct part *part)
{
    g_autofree char *select = own_attribute(node, "select");
    part->kind = PART_WITH;
    if (self == NULL && is_name(select, strlen(select))) {
        part->kind = PART_LOOP;
        return (part->loop = read_loop(node, loop->depth + 1)) != NULL;
    }
    return self == NULL && read_expression(loop, select, strlen(select), NULL, &part->piece.slot) &&
           (part->parts = read_content(loop, node, &part->piece.slot)) != NULL;
}

/* One xsl:when and its opposite: both are parts of what stands around them. */
static bool read_choose(struct loop *loop, const xmlNode *node, const guint *self, GPtrArray *parts)
{
    const xmlNode *when = node->children, *otherwise = when != NULL ? when->next : NULL;
    struct part *part = g_new0(struct part, 1), *other = g_new0(struct part, 1);
    g_ptr_array_add(parts, part);
    g_ptr_array_add(parts, other);
    if (when == NULL || !read_if(loop, when, self, part)) {
        return false;
    }
    other->kind = part->kind == PART_WITH ? PART_WITHOUT : PART_WITH;
    other->piece = part->piece;
    other->parts = otherwise != NULL ? read_content(loop, otherwise, self) : g_ptr_array_new();
    return other->parts != NULL &&
           (otherwise == NULL || (IS_XSLT_NAME(otherwise, "otherwise") && otherwise->next == NULL));
}

static bool read_part(struct loop *loop, const xmlNode *node, const guint *self, struct part *part)
{
    if (node->type == XML_TEXT_NODE && node->name == xmlStringText) {
        part->kind = PART_TEXT;
        part->piece.words = node->content;
        return true;
    }
    if (node->type != XML_ELEMENT_NODE) {
        return false;
    }
    if (!IS_XSLT_ELEM(node)) {
        return read_element(loop, node, self, part);
    }
    return IS_XSLT_NAME(node, "value-of")    ? read_value(loop, node, self, part)
           : IS_XSLT_NAME(node, "attribute") ? read_attribute(loop, node, self, part)
           : IS_XSLT_NAME(node, "if")        ? read_if(loop, node, self, part)
           : IS_XSLT_NAME(node, "for-each")  ? read_each(loop, node, self, part)
                                             : false;
}

static bool is_set(const struct part *part)
{
    return part->kind == PART_ATTRIBUTE;
}

static bool is_content(const struct part *part)
{
    return part->kind == PART_ELEMENT || part->kind == PART_TEXT || part->kind == PART_LOOP;
}

/* True if the part, or what it makes under a condition, is so. */
static bool holds(const struct part *part, bool (*is)(const struct part *part))
{
    bool found = is(part);
    bool is_condition = part->kind == PART_WITH || part->kind == PART_WITHOUT;
    for (guint i = 0; is_condition && !found && i < part->parts->len; i++) {
        found = holds(part->parts->pdata[i], is);
    }
    return found;
}

/* An attribute that comes after content is a mistake, which libxslt tells of. */
static bool is_in_order(const GPtrArray *parts)
{
    bool has_content = false;
    for (guint i = 0; i < parts->len; i++) {
        if (has_content && holds(parts->pdata[i], is_set)) {
            return false;
        }
        has_content = has_content || holds(parts->pdata[i], is_content);
    }
    return true;
}

static const xmlNode *find_template(const xmlNode *of, const char *name)
{
    const xmlNode *node = xmlDocGetRootElement(of->doc)->children;
    for (; node != NULL; node = node->next) {
        if (node->type == XML_ELEMENT_NODE && IS_XSLT_ELEM(node) && IS_XSLT_NAME(node, "template")) {
            g_autofree char *own = own_attribute(node, "name");
            if (strcmp(own, name) == 0) {
                return node;
            }
        }
    }
    return NULL;
}

/* What a template without parameters makes stands where it is called. */
static bool read_call(struct loop *loop, const xmlNode *node, const guint *self, GPtrArray *parts)
{
    g_autofree char *name = own_attribute(node, "name");
    const xmlNode *template = node->children == NULL ? find_template(node, name) : NULL;
    if (template == NULL || loop->depth == DEPTH_MOST) {
        return false;
    }
    loop->depth++;
    bool good = read_into(loop, template, self, parts);
    loop->depth--;
    return good;
}

static bool read_child(struct loop *loop, const xmlNode *node, const guint *self, GPtrArray *parts)
{
    bool is_instruction = node->type == XML_ELEMENT_NODE && IS_XSLT_ELEM(node);
    if (is_instruction && IS_XSLT_NAME(node, "choose")) {
        return read_choose(loop, node, self, parts);
    }
    if (is_instruction && IS_XSLT_NAME(node, "call-template")) {
        return read_call(loop, node, self, parts);
    }
    struct part *part = g_new0(struct part, 1);
    g_ptr_array_add(parts, part);
    return read_part(loop, node, self, part);
}

/* False: more than loops of rows do. */
static bool read_into(struct loop *loop, const xmlNode *node, const guint *self, GPtrArray *parts)
{
    const xmlNode *child = node->children;
    while (child != NULL && read_child(loop, child, self, parts)) {
        child = child->next;
    }
    return child == NULL;
}

/* NULL: more than loops of rows do. */
static GPtrArray *read_content(struct loop *loop, const xmlNode *node, const guint *self)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(part_free);
    return read_into(loop, node, self, parts) && is_in_order(parts) ? g_steal_pointer(&parts) : NULL;
}

static struct loop *read_loop(const xmlNode *node, guint depth)
{
    g_autofree char *select = own_attribute(node, "select");
    struct loop *loop = g_new0(struct loop, 1);
    loop->depth = depth;
    loop->joined = g_string_new(NULL);
    loop->parts = depth <= DEPTH_MOST && is_name(select, strlen(select)) ? read_content(loop, node, NULL) : NULL;
    bool is_good = loop->parts != NULL;
    for (guint i = 0; is_good && i < loop->parts->len; i++) {
        is_good = !holds(loop->parts->pdata[i], is_set); /* of an element around the loop */
    }
    if (!is_good) {
        loop->parts = loop->parts != NULL ? loop->parts : g_ptr_array_new();
        loop_free(loop);
        return NULL;
    }
    loop->row = name_of_rows(select, strlen(select));
    return loop;
}

struct loop *loop_read(const xmlNode *node)
{
    return read_loop(node, 0);
}
