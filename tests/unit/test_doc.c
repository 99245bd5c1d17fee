/*
 * test_doc.c: whatever text goes into a page document, the document stays well-formed and the text one text.
 */
#include "view/doc.h"

#include "dump.h"

#include <libxml/parser.h>
#include <string.h>

static void test_tree(void)
{
    AUTO(doc) struct doc *doc = doc_new("start", LANGUAGE_EN);
    struct node *first = node_add(doc_root(doc), "a");
    node_set(first, "text", "x");
    node_set(first, "none", NULL);
    node_set_number(first, "n", G_MININT64);
    node_set_flag(first, "on", true);
    node_set_flag(first, "off", false);
    node_take(node_add(first, "b"), "kept", g_strdup("y"));
    node_take(first, "nothing", NULL);
    node_add(doc_root(doc), "c");
    g_autofree char *got = dump_node(doc_root(doc));
    g_assert_cmpstr(got, ==,
                    "<page name=\"start\" lang=\"en\">"
                    "<a text=\"x\" n=\"-9223372036854775808\" on=\"1\"><b kept=\"y\"/></a><c/></page>");
}

/* A name is known by where it stands, and by what it is. */
static void test_names(void)
{
    for (int round = 0; round < 2; round++) {
        AUTO(doc) struct doc *doc = doc_new("p", LANGUAGE_JA);
        char name[] = "first";
        node_set(doc_root(doc), name, "1");
        name[0] = 'F';
        node_set(doc_root(doc), name, "2");
        for (int i = 0; i < 2000; i++) {
            g_autofree char *other = g_strdup_printf("n%d", i);
            struct node *node = node_add(doc_root(doc), other);
            node_set(node, other, other);
        }
        g_autofree char *got = dump_node(doc_root(doc));
        g_assert_nonnull(strstr(got, " first=\"1\" First=\"2\"><n0 n0=\"n0\"/><n1 n1=\"n1\"/>"));
        g_assert_nonnull(strstr(got, "<n1998 n1998=\"n1998\"/><n1999 n1999=\"n1999\"/></page>"));
    }
}

/* What is written is parsed again: the text must come back, or its replacement. */
static void test_hostile(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "", "" },
        { "\"><script>alert(1)</script>", "\"><script>alert(1)</script>" },
        { "' onload='x", "' onload='x" },
        { "&lt;&amp;&#65;&x;", "&lt;&amp;&#65;&x;" },
        { "]]><!--", "]]><!--" },
        { "a\tb\r\nc", "a\tb\r\nc" },
        { "\u3042\U0001F363", "\u3042\U0001F363" },
        { "\uFF21\uFF8A\uFF9F", "\uFF21\uFF8A\uFF9F" }, /* their first byte is that of U+FFFE */
        { "\uFFFD", "\uFFFD" },
        { "a\x01z", "a\uFFFDz" },
        { "a\x1Bz", "a\uFFFDz" },
        { "\u3042\x01z", "\u3042\uFFFDz" },
        { "a\xEF\xBF\xBEz", "a\uFFFDz" },
        { "a\xEF\xBF\xBFz", "a\uFFFDz" },
        { "a\xFFz", "a\uFFFDz" },
        { "a\xE3\x81", "a\uFFFD\uFFFD" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        AUTO(doc) struct doc *doc = doc_new("p", LANGUAGE_JA);
        node_set(doc_root(doc), "t", cases[i].text);
        g_autofree char *text = dump_node(doc_root(doc));
        g_test_message("%s", text);
        xmlDoc *again = xmlReadDoc(BAD_CAST text, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR);
        g_assert_nonnull(again);
        xmlChar *got = xmlGetProp(xmlDocGetRootElement(again), BAD_CAST "t");
        g_assert_cmpstr((const char *)got, ==, cases[i].want);
        xmlFree(got);
        xmlFreeDoc(again);
    }
    /* A surrogate is three bytes of nonsense: replaced, however many times. */
    AUTO(doc) struct doc *doc = doc_new("p", LANGUAGE_JA);
    node_set(doc_root(doc), "t", "\xED\xA0\x80");
    g_autofree char *text = dump_node(doc_root(doc));
    g_assert_true(g_utf8_validate(text, -1, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/doc/elements-and-attributes", test_tree);
    g_test_add_func("/doc/names", test_names);
    g_test_add_func("/doc/hostile-text-stays-text", test_hostile);
    return g_test_run();
}
