/*
 * links.c: see links.h. Which attributes hold addresses stands in one table. Files that are everybody's (styles,
 * scripts, pictures) are no links.
 */
#include "view/links.h"

#include "base/address.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const struct {
    const char *element; /* NULL: any */
    const char *attribute;
} links[] = {
    { "a", "href" }, { "form", "action" }, { NULL, "formaction" }, { NULL, "data-refresh" }, /* portal.js asks for it */
};

static bool is_link(const xmlNode *element, const xmlAttr *attribute)
{
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        if (strcmp((const char *)attribute->name, links[i].attribute) == 0) {
            return links[i].element == NULL || strcmp((const char *)element->name, links[i].element) == 0;
        }
    }
    return false;
}

static void carry(xmlNode *element, const char *base)
{
    for (xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next) {
        if (is_link(element, attribute)) {
            xmlChar *path = xmlNodeListGetString(element->doc, attribute->children, 1);
            g_autofree char *address = address_below(base, path != NULL ? (const char *)path : "");
            xmlFree(path);
            xmlSetProp(element, attribute->name, BAD_CAST address);
        }
    }
}

static void carry_all(xmlNode *node, const char *base)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_ELEMENT_NODE) {
            carry(node, base);
            carry_all(node->children, base);
        }
    }
}

void links_below(xmlDoc *result, const char *base)
{
    carry_all(xmlDocGetRootElement(result), base);
}
