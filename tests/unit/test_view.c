/*
 * test_view.c: what the stylesheets cannot do once they run: read, write, ask the network, go round for ever; and that
 * whatever stands in a document comes out as text. Issue 2, point 3; style.md, Engine-room notes.
 */
#include "view/view.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECRET "a-word-of-another-file"

static char *folder;
static struct view *view;

static char *render(const char *page, const char *value)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    struct doc *doc = doc_new(page, LANGUAGE_JA);
    g_autofree char *secret = g_build_filename(folder, "secret.xml", NULL);
    g_autofree char *made = g_build_filename(folder, "made.xml", NULL);
    node_set(doc_root(doc), "value", value);
    node_set(doc_root(doc), "secret", secret);
    node_set(doc_root(doc), "made", made);
    char *html = view_render(view, doc, LANGUAGE_JA, &length, &error);
    g_assert_true((html == NULL) == (error != NULL));
    if (html == NULL) {
        g_assert_true(g_error_matches(error, PORTAL_ERROR, PORTAL_INTERNAL));
    } else {
        g_assert_cmpuint(length, ==, strlen(html));
    }
    doc_free(doc);
    return html;
}

static void test_text_is_text(void)
{
    static const struct {
        const char *value, *want;
    } cases[] = {
        { "plain", "<p title=\"plain\">plain</p>" },
        { "<script>x</script>", "<p title=\"&lt;script&gt;x&lt;/script&gt;\">&lt;script&gt;x&lt;/script&gt;</p>" },
        { "\"><b>", "<p title=\"&quot;&gt;&lt;b&gt;\">\"&gt;&lt;b&gt;</p>" },
        { "&lt;&e;", "<p title=\"&amp;lt;&amp;e;\">&amp;lt;&amp;e;</p>" },
        { "{system-property('xsl:vendor')}", "{system-property('xsl:vendor')}" },
        { "日本語 🍣", "日本語 🍣" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *html = render("plain", cases[i].value);
        g_test_message("%s", html);
        g_assert_nonnull(strstr(html, cases[i].want));
    }
}

/* Each would work if libxslt were left as it comes: the file is there and can be read. */
static void test_nothing_is_read(void)
{
    static const char *const pages[] = { "document", "entity", "network" };
    for (gsize i = 0; i < G_N_ELEMENTS(pages); i++) {
        g_autofree char *html = render(pages[i], "x");
        g_test_message("%s: %s", pages[i], html);
        g_assert_true(html == NULL || strstr(html, SECRET) == NULL);
    }
    g_autofree char *html = render("document", "x");
    g_assert_null(html);
}

static void test_nothing_is_written(void)
{
    g_free(render("write", "x"));
    g_autofree char *made = g_build_filename(folder, "made.xml", NULL);
    g_assert_false(g_file_test(made, G_FILE_TEST_EXISTS));
}

static void test_no_end(void)
{
    g_autofree char *html = render("loop", "x");
    g_assert_null(html);
}

/* A failure leaves nothing behind that spoils the next page. */
static void test_next_page(void)
{
    for (int i = 0; i < 50; i++) {
        g_free(render(i % 2 == 0 ? "loop" : "document", "x"));
        g_autofree char *html = render("plain", "fine");
        g_assert_nonnull(strstr(html, "<p title=\"fine\">fine</p>"));
    }
}

/* What html_write leaves is written all the same; and a page without an element is none. */
static void test_left(void)
{
    g_autofree char *html = render("comment", "<b>");
    g_assert_cmpstr(html, ==, "<!DOCTYPE html>\n<p><!--c-->&lt;b&gt;</p>");
    g_assert_null(render("empty", "x"));
}

static void test_has_page(void)
{
    g_assert_true(view_has_page(view, "plain"));
    g_assert_false(view_has_page(view, "plai"));
    g_assert_false(view_has_page(view, ""));
}

static void test_no_sheets(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(view_open("/nonexistent", &error));
    g_assert_true(g_error_matches(error, PORTAL_ERROR, PORTAL_INTERNAL));
}

static void put(const char *name, const char *text)
{
    g_autofree char *file = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(file, text, -1, NULL));
}

static void make_sheets(void)
{
    g_autofree char *sheet = g_strdup_printf(
        "<!DOCTYPE xsl:stylesheet [<!ENTITY e SYSTEM \"file://%s/secret.xml\">]>"
        "<xsl:stylesheet version=\"1.1\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">"
        "<xsl:output method=\"html\" encoding=\"UTF-8\" indent=\"no\"/>"
        "<xsl:template match=\"/page\">"
        "<xsl:choose>"
        "<xsl:when test=\"@name = 'plain'\"><xsl:call-template name=\"page.plain\"/></xsl:when>"
        "<xsl:when test=\"@name = 'document'\"><p><xsl:value-of select=\"document(@secret)\"/></p></xsl:when>"
        "<xsl:when test=\"@name = 'network'\"><p><xsl:value-of "
        "select=\"document('http://127.0.0.1:9/')\"/></p></xsl:when>"
        "<xsl:when test=\"@name = 'entity'\"><p>&e;</p></xsl:when>"
        "<xsl:when test=\"@name = 'comment'\"><p><xsl:comment>c</xsl:comment><xsl:value-of select=\"@value\"/>"
        "</p></xsl:when>"
        "<xsl:when test=\"@name = 'empty'\"><xsl:value-of select=\"@value\"/></xsl:when>"
        "<xsl:when test=\"@name = 'write'\"><xsl:document href=\"{@made}\"><p/></xsl:document></xsl:when>"
        "<xsl:otherwise><xsl:call-template name=\"page.loop\"/></xsl:otherwise>"
        "</xsl:choose></xsl:template>"
        "<xsl:template name=\"page.plain\"><p title=\"{@value}\"><xsl:value-of select=\"@value\"/></p></xsl:template>"
        "<xsl:template name=\"page.loop\"><xsl:call-template name=\"page.loop\"/></xsl:template>"
        "</xsl:stylesheet>",
        folder);
    put("portal.ja.xsl", sheet);
    put("portal.en.xsl", sheet);
    put("secret.xml", "<x>" SECRET "</x>");
}

static void remove_sheets(void)
{
    static const char *const files[] = { "portal.ja.xsl", "portal.en.xsl", "secret.xml", "made.xml" };
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *file = g_build_filename(folder, files[i], NULL);
        g_unlink(file);
    }
    g_rmdir(folder);
    g_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    folder = g_dir_make_tmp("view-XXXXXX", NULL);
    make_sheets();
    view = view_open(folder, &error);
    g_assert_no_error(error);
    g_test_add_func("/view/what-stands-in-a-document-comes-out-as-text", test_text_is_text);
    g_test_add_func("/view/nothing-is-read", test_nothing_is_read);
    g_test_add_func("/view/nothing-is-written", test_nothing_is_written);
    g_test_add_func("/view/a-template-without-end-is-ended", test_no_end);
    g_test_add_func("/view/the-next-page-is-fine", test_next_page);
    g_test_add_func("/view/what-is-left-is-written-too", test_left);
    g_test_add_func("/view/pages-are-known-by-name", test_has_page);
    g_test_add_func("/view/no-stylesheets-no-view", test_no_sheets);
    int status = g_test_run();
    view_free(view);
    remove_sheets();
    return status;
}
