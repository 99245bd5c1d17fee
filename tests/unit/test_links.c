/*
 * test_links.c: each link and form of a page leads below its base; what is no link stays. architecture.md, Scope.
 */
#include "view/links.h"

#include <glib.h>
#include <libxml/parser.h>
#include <string.h>

#define BASE "/customers/1"

static void test_links(void)
{
    static const struct {
        const char *element, *want;
    } cases[] = {
        { "<a href=\"/\"/>", "<a href=\"" BASE "/\"/>" },
        { "<a href=\"/sims?a=1&amp;b=%22#list\">x</a>", "<a href=\"" BASE "/sims?a=1&amp;b=%22#list\">x</a>" },
        { "<a class=\"x\" href=\"/sims\" title=\"/sims\"/>",
          "<a class=\"x\" href=\"" BASE "/sims\" title=\"/sims\"/>" },
        { "<a href=\"#errors\"/>", "<a href=\"#errors\"/>" },
        { "<a href=\"\"/>", "<a href=\"\"/>" },
        { "<a href=\"/customers/2/sims\"/>", "<a href=\"/customers/2/sims\"/>" },
        { "<a href=\"https://elsewhere.example/\"/>", "<a href=\"https://elsewhere.example/\"/>" },
        { "<form action=\"/drafts\"><button formaction=\"/x\"/></form>",
          "<form action=\"" BASE "/drafts\"><button formaction=\"" BASE "/x\"/></form>" },
        { "<section data-refresh=\"/requests/X\"/>", "<section data-refresh=\"" BASE "/requests/X\"/>" },
        { "<p><b><i><a href=\"/deep\"/></i></b><a href=\"/next\"/></p>",
          "<p><b><i><a href=\"" BASE "/deep\"/></i></b><a href=\"" BASE "/next\"/></p>" },
        { "<link href=\"/static/portal.css\"/>", "<link href=\"/static/portal.css\"/>" },
        { "<script src=\"/static/portal.js\"/>", "<script src=\"/static/portal.js\"/>" },
        { "<img src=\"/brand/logo\" alt=\"\"/>", "<img src=\"/brand/logo\" alt=\"\"/>" },
        { "<input value=\"/sims\"/>", "<input value=\"/sims\"/>" },
        { "<p>/sims<!--/sims--></p>", "<p>/sims<!--/sims--></p>" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *text = cases[i].element;
        xmlChar *got = NULL;
        int length = 0;
        xmlDoc *doc = xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
        links_below(doc, BASE);
        xmlDocDumpMemory(doc, &got, &length);
        g_test_message("%s", (const char *)got);
        g_assert_nonnull(strstr((const char *)got, cases[i].want));
        xmlFree(got);
        xmlFreeDoc(doc);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/links/lead-below-the-base", test_links);
    return g_test_run();
}
