/*
 * test_loop.c: a loop that is taken over makes what libxslt makes of it, byte for byte; and what is more than rows is
 * left to libxslt. Issue 3, performance.md: Rendering.
 */
#include "view/loop.h"

#include "base/auto.h"

#include <libxml/parser.h>
#include <libxml/xmlsave.h>
#include <libxslt/transform.h>
#include <string.h>

#define DOCUMENT                                                                                                       \
    "<page other=\"of the page\"><line a=\"1\" b=\"&lt;b&gt; &amp; &quot;\" d=\"\"/>text<other a=\"no\"/>"             \
    "<line b=\"2\" c=\"日本語 🍣\" a=\"3\"><line a=\"inner\"/></line><line/>"                                     \
    "<line e=\"&#10;\" a=\" \" c=\"{@a}\" b=\"b\"/></page>"

static xmlDoc *parse(const char *text)
{
    xmlDoc *doc = xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
    g_assert_nonnull(doc);
    return doc;
}

/* What loops call: `within` and `tree` come to themselves, and are left. */
#define TEMPLATES                                                                                                      \
    "<xsl:template name=\"cell\"><b title=\"{@a}\"><xsl:value-of select=\"@b\"/></b></xsl:template>"                   \
    "<xsl:template name=\"state\"><xsl:if test=\"@c\"><xsl:attribute name=\"lang\">c</xsl:attribute></xsl:if>"         \
    "</xsl:template>"                                                                                                  \
    "<xsl:template name=\"self\"><i><xsl:value-of select=\".\"/></i></xsl:template>"                                   \
    "<xsl:template name=\"taking\"><xsl:param name=\"w\"/><xsl:value-of select=\"@a\"/></xsl:template>"                \
    "<xsl:template name=\"tree\"><i/><xsl:for-each select=\"line\"><xsl:call-template name=\"tree\"/></xsl:for-each>"  \
    "</xsl:template>"                                                                                                  \
    "<xsl:template name=\"within\"><i/><xsl:if test=\"@none\"><xsl:call-template name=\"within\"/></xsl:if>"           \
    "</xsl:template>"

static xsltStylesheet *sheet_with(const char *select, const char *content)
{
    g_autofree char *text = g_strdup_printf(
        "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" xmlns:x=\"urn:x\">"
        "<xsl:output method=\"html\" encoding=\"UTF-8\"/>"
        "<xsl:template match=\"/page\"><xsl:variable name=\"v\" select=\"'v'\"/><div>before"
        "<xsl:for-each select=\"%s\">%s</xsl:for-each>after</div></xsl:template>" TEMPLATES "</xsl:stylesheet>",
        select, content);
    xsltStylesheet *sheet = xsltParseStylesheetDoc(parse(text));
    g_assert_true(sheet != NULL && sheet->errors == 0);
    return sheet;
}

static char *made_by(xsltStylesheet *sheet, const struct loops *loops, xmlDoc *document)
{
    xsltTransformContext *context = xsltNewTransformContext(sheet, document);
    if (loops != NULL) {
        loops_attach(loops, context);
    }
    xmlDoc *result = xsltApplyStylesheetUser(sheet, document, NULL, NULL, NULL, context);
    xsltFreeTransformContext(context);
    g_assert_nonnull(result);
    xmlBuffer *buffer = xmlBufferCreate();
    xmlSaveCtxt *out = xmlSaveToBuffer(buffer, "UTF-8", XML_SAVE_XHTML);
    xmlSaveTree(out, xmlDocGetRootElement(result));
    xmlSaveClose(out);
    char *text = g_strdup((const char *)xmlBufferContent(buffer));
    xmlBufferFree(buffer);
    xmlFreeDoc(result);
    return text;
}

#define LEFT 0
#define TAKEN 1
#define MISTAKE 2 /* libxslt makes no page of it, whatever is taken */
#define V(x) "<xsl:value-of select=\"" x "\"/>"
#define IF(x, y) "<xsl:if test=\"" x "\">" y "</xsl:if>"
#define EACH(x, y) "<xsl:for-each select=\"" x "\">" y "</xsl:for-each>"
#define CALL(x) "<xsl:call-template name=\"" x "\"/>"
#define SET(x, y) "<xsl:attribute name=\"" x "\">" y "</xsl:attribute>"

static const struct {
    const char *select, *content;
    guint taken;
} cases[] = {
    { "line", "<p>" V("@a") "</p>", TAKEN },
    { "line", "<p title=\"{@b}\" class=\"s {@a}{@c} end\" id=\"x\">words" V("@b") "</p>more", TAKEN },
    { "line", "<p title=\"{@none}\">" V("@none") "</p>", TAKEN },
    { "none", "<p>" V("@a") "</p>", TAKEN },
    { "line", "", TAKEN },
    { "line", "<p>" IF("@c", "<b>" V("@c") "</b>") IF("not(@c)", "<i/>") IF("@d", "d is there") "</p>", TAKEN },
    { "line", "<p>" EACH("@b", "<b title=\"{.} {../@a}\">" V(".") V("../@c") IF("../@c", "c") "</b>") "</p>", TAKEN },
    { "line", "<p><xsl:choose><xsl:when test=\"@c\">" V("@c") "</xsl:when></xsl:choose></p>", TAKEN },
    { "line",
      "<p><xsl:choose><xsl:when test=\"not(@c)\"><b/></xsl:when><xsl:otherwise>" V(
          "@c") "</xsl:otherwise></xsl:choose></p>",
      TAKEN },
    { "line", "<p class=\"x\">" IF("@c", SET("class", "y")) SET("title", V("@a")) V("@a") "</p>", TAKEN },
    { "line", "<p>" V("@a") V("@b") V("@c") V("@d") V("@e") V("@a") "</p>", TAKEN },
    { "line", "<p>" SET("title", V("@a") " and " V("@b") IF("@c", "c " V("@c") IF("not(@d)", "no d"))) "</p>", TAKEN },
    { "line", "<p>" SET("title", "") SET("class", IF("@none", "x")) "</p>", TAKEN },
    { "line", "<p>" CALL("cell") "</p>" CALL("cell"), TAKEN },
    { "line", "<p>" EACH("line", "<i>" CALL("cell") "</i>") CALL("cell") "</p>", TAKEN },
    { "line", "<p>" EACH("@b", CALL("self")) CALL("state") "</p>", MISTAKE },
    { "line", "<p>" CALL("state") EACH("@b", CALL("self")) "</p>", TAKEN },
    { "line", "<br/><p><xsl:text> a </xsl:text><b> b </b></p>", TAKEN },
    /* what is more than that */
    { "line", "<p>" V("position()") "</p>", LEFT },
    { "line", "<p>" V("../@other") "</p>", LEFT },
    { "line", "<p>" V(".") "</p>", LEFT },
    { "line", "<p>" V("$v") "</p>", LEFT },
    { "line", "<p>" V("concat(@a, @b)") "</p>", LEFT },
    { "line", "<p title=\"{concat(@a, '}')}\"/>", LEFT },
    { "line", "<p title=\"{{@a}}\"/>", LEFT },
    { "line", "<p title=\"{$v}\"/>", LEFT },
    { "line", "<p>" CALL("taking") "</p>", LEFT },
    { "line", "<p>" CALL("within") "</p>", LEFT },
    { "line", "<p>" CALL("tree") "</p>", LEFT },
    { "line", "<p><xsl:call-template name=\"cell\"><xsl:with-param name=\"w\" select=\"1\"/></xsl:call-template></p>",
      LEFT },
    { "line", "<p>" IF("@a = '1'", "<b/>") "</p>", LEFT },
    { "line", "<p>" IF("not(@a = '1')", "<b/>") "</p>", LEFT },
    { "line", "<p>" IF("not(@a) or @b", "<b/>") "</p>", LEFT },
    { "line", "<p x:y=\"1\"/>", LEFT },
    { "line", "<x:p/>", LEFT },
    { "line", "<xsl:sort select=\"@a\"/><p>" V("@a") "</p>", LEFT },
    { "line", "<xsl:variable name=\"w\" select=\"@a\"/><p>" V("$w") "</p>", LEFT },
    { "line", "<p><xsl:choose><xsl:when test=\"@c\">1</xsl:when><xsl:when test=\"@d\">2</xsl:when></xsl:choose></p>",
      LEFT },
    { "line", "<p>" SET("x{@none}", "y") "</p>", LEFT },
    { "line", "<p>" SET("title", V("concat(@a, @b)")) "</p>", LEFT },
    { "line", "<p>" SET("title", "<xsl:comment/>") "</p>", LEFT },
    { "line", "<p><xsl:value-of select=\"@b\" disable-output-escaping=\"yes\"/></p>", LEFT },
    { "line", "<p><xsl:text disable-output-escaping=\"yes\">&lt;</xsl:text></p>", LEFT },
    { "line", "<p>" V("@a") SET("title", "late") "</p>", MISTAKE },
    { "line", "<p>" IF("@a", "<b/>") IF("@b", SET("title", "late")) "</p>", MISTAKE },
    { "line", "<p><xsl:choose><xsl:when test=\"@a\"><b/>" SET("title", "late") "</xsl:when></xsl:choose></p>",
      MISTAKE },
    { "line", SET("title", "of another") "<p/>", MISTAKE },
    { "line[@a]", "<p>" V("@a") "</p>", LEFT },
    { "line | other", "<p>" V("@a") "</p>", LEFT },
    { "*", "<p>" V("@a") "</p>", LEFT },
    { "//line", "<p>" V("@a") "</p>", LEFT },
    /* loops within loops: rows of rows */
    { "line", "<p title=\"{@a}\">" V("@a") EACH("line", "<b title=\"{@a}-{@b}\">" V("@a") "</b>") V("@b") "</p>",
      TAKEN },
    { "line", "<p>" IF("@c", "<i>" EACH("line", V("@a")) "</i>") EACH("none", V("@a")) "</p>", TAKEN },
    { "line", EACH("line", "<p>" EACH("line", V("@a")) "</p>"), TAKEN },
    { "line", "<p>" EACH("line", "<b>" V("../@a") "</b>") "</p>", LEFT },
    { "line", "<p>" EACH("@a", EACH("line", "<b/>")) "</p>", TAKEN },
    { "line", "<p>" EACH("line", "<b/>") SET("title", "late") "</p>", MISTAKE + TAKEN },
    { "line", "<p>" EACH("line", SET("title", "of another")) "</p>", LEFT },
    /* the inner loop alone */
    { "line", "<p>" V("position()") EACH("line", "<b>" V("@a") "</b>") "</p>", TAKEN },
};

static void test_same(void)
{
    xmlDoc *document = parse(DOCUMENT);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s: %s", cases[i].select, cases[i].content);
        xsltStylesheet *sheet = sheet_with(cases[i].select, cases[i].content);
        bool is_page = cases[i].taken < MISTAKE;
        g_autofree char *want = is_page ? made_by(sheet, NULL, document) : NULL;
        struct loops *loops = loops_new(sheet);
        g_assert_cmpuint(loops_n(loops), ==, cases[i].taken % MISTAKE);
        for (int again = 0; is_page && again < 2; again++) {
            g_autofree char *got = made_by(sheet, loops, document);
            g_assert_cmpstr(got, ==, want);
        }
        loops_free(loops);
        xsltFreeStylesheet(sheet);
    }
    xmlFreeDoc(document);
}

/* More attributes than a loop has room for are no fault, in a row as in a stylesheet. */
static void test_many(void)
{
    g_autoptr(GString) document = g_string_new("<page><line"), content = g_string_new("<p>");
    for (int i = 0; i < 40; i++) {
        g_string_append_printf(document, " a%d=\"%d\"", i, i);
    }
    g_string_append(document, "/></page>");
    xmlDoc *rows = parse(document->str);
    for (int i = 0; i < 30; i++) {
        g_string_append_printf(content, "<b>" V("@a%d") "</b>", i + 10);
        g_autofree char *whole = g_strconcat(content->str, "</p>", NULL);
        xsltStylesheet *sheet = sheet_with("line", whole);
        g_autofree char *want = made_by(sheet, NULL, rows);
        struct loops *loops = loops_new(sheet);
        g_assert_cmpuint(loops_n(loops), ==, i < 24);
        g_autofree char *got = made_by(sheet, loops, rows);
        g_assert_cmpstr(got, ==, want);
        loops_free(loops);
        xsltFreeStylesheet(sheet);
    }
    xmlFreeDoc(rows);
}

/* The rows of the lists that are asked for most: a view that asks more of a row would make them slow without a word. */
static void test_lists(void)
{
    xsltStylesheet *sheet = xsltParseStylesheetFile(BAD_CAST "views/portal.ja.xsl");
    g_assert_nonnull(sheet);
    struct loops *loops = loops_new(sheet);
    g_assert_true(loops_has(loops, "line-list.table", "line"));
    g_assert_true(loops_has(loops, "request-list.table", "request"));
    g_assert_true(loops_has(loops, "conditions", "condition"));
    g_assert_true(loops_has(loops, "columns", "column"));
    g_assert_true(loops_has(loops, "options", "option"));
    g_assert_false(loops_has(loops, "options", "line"));
    loops_free(loops);
    xsltFreeStylesheet(sheet);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/loop/same", test_same);
    g_test_add_func("/loop/many", test_many);
    g_test_add_func("/loop/lists", test_lists);
    return g_test_run();
}
