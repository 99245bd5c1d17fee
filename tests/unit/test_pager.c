/*
 * test_pager.c: a page past the end is the last; links lead to pages that exist and keep the search.
 */
#include "web/pager.h"

#include "dump.h"

static void test_make(void)
{
    static const struct {
        uint64_t total, per_page, wanted;
        uint64_t page, pages, first, last, offset;
    } cases[] = {
        { 0, 20, 0, 1, 1, 0, 0, 0 },
        { 0, 20, 5, 1, 1, 0, 0, 0 },
        { 1, 20, 0, 1, 1, 1, 1, 0 },
        { 19, 20, 1, 1, 1, 1, 19, 0 },
        { 20, 20, 1, 1, 1, 1, 20, 0 },
        { 20, 20, 2, 1, 1, 1, 20, 0 },
        { 21, 20, 1, 1, 2, 1, 20, 0 },
        { 21, 20, 2, 2, 2, 21, 21, 20 },
        { 21, 20, 3, 2, 2, 21, 21, 20 },
        { 100, 50, 2, 2, 2, 51, 100, 50 },
        { 1000000, 100, 10000, 10000, 10000, 999901, 1000000, 999900 },
        { 1000000, 100, 10001, 10000, 10000, 999901, 1000000, 999900 },
        { 1000000, 100, G_MAXUINT64, 10000, 10000, 999901, 1000000, 999900 },
        { 5, 1, 3, 3, 5, 3, 3, 2 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct pager got = pager_make(cases[i].total, (guint)cases[i].per_page, cases[i].wanted);
        g_test_message("case %" G_GSIZE_FORMAT, i);
        g_assert_cmpuint(got.page, ==, cases[i].page);
        g_assert_cmpuint(got.pages, ==, cases[i].pages);
        g_assert_cmpuint(got.first, ==, cases[i].first);
        g_assert_cmpuint(got.last, ==, cases[i].last);
        g_assert_cmpuint(got.offset, ==, cases[i].offset);
    }
}

static void test_number(void)
{
    static const struct {
        uint64_t number;
        const char *want;
    } cases[] = {
        { 0, "0" },
        { 9, "9" },
        { 999, "999" },
        { 1000, "1,000" },
        { 99999, "99,999" },
        { 100000, "100,000" },
        { 1234567, "1,234,567" },
        { G_MAXUINT64, "18,446,744,073,709,551,615" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = pager_number(cases[i].number);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static char *shown(uint64_t total, uint64_t page, const char *url, const char *previous, const char *next)
{
    AUTO(doc) struct doc *doc = doc_new("p", LANGUAGE_JA);
    struct pager pager = pager_make(total, 20, page);
    struct node *list = node_add(doc_root(doc), "list");
    pager_node(list, &pager, url, previous, next);
    return dump_node(list);
}

static void test_links(void)
{
    static const struct {
        uint64_t total, page;
        const char *url, *previous, *next, *want;
    } cases[] = {
        { 20, 1, "/sims", NULL, NULL,
          "<list total=\"20\" first=\"1\" last=\"20\" page=\"1\" pages=\"1\" per-page=\"20\"/>" },
        { 21, 1, "/sims?a=1", NULL, NULL,
          "<list total=\"21\" first=\"1\" last=\"20\" page=\"1\" pages=\"2\" per-page=\"20\">"
          "<pager next=\"/sims?a=1&amp;page=2\"><page n=\"1\" href=\"/sims?a=1\" current=\"1\"/>"
          "<page n=\"2\" href=\"/sims?a=1&amp;page=2\"/></pager></list>" },
        { 60, 2, "/sims", "/sims?before=1", "/sims?after=2",
          "<list total=\"60\" first=\"21\" last=\"40\" page=\"2\" pages=\"3\" per-page=\"20\">"
          "<pager previous=\"/sims?before=1\" next=\"/sims?after=2\"><page n=\"1\" href=\"/sims\"/>"
          "<page n=\"2\" href=\"/sims?page=2\" current=\"1\"/><page n=\"3\" "
          "href=\"/sims?page=3\"/></pager></list>" },
        { 180, 5, "/sims", NULL, NULL,
          "<list total=\"180\" first=\"81\" last=\"100\" page=\"5\" pages=\"9\" per-page=\"20\">"
          "<pager previous=\"/sims?page=4\" next=\"/sims?page=6\"><page n=\"1\" href=\"/sims\"/><page gap=\"1\"/>"
          "<page n=\"3\" href=\"/sims?page=3\"/><page n=\"4\" href=\"/sims?page=4\"/>"
          "<page n=\"5\" href=\"/sims?page=5\" current=\"1\"/><page n=\"6\" href=\"/sims?page=6\"/>"
          "<page n=\"7\" href=\"/sims?page=7\"/><page gap=\"1\"/><page n=\"9\" "
          "href=\"/sims?page=9\"/></pager></list>" },
        { 200, 10, "/sims?phone=%26x&size=20", NULL, NULL,
          "<list total=\"200\" first=\"181\" last=\"200\" page=\"10\" pages=\"10\" per-page=\"20\">"
          "<pager previous=\"/sims?phone=%26x&amp;size=20&amp;page=9\"><page n=\"1\" "
          "href=\"/sims?phone=%26x&amp;size=20\"/><page gap=\"1\"/>"
          "<page n=\"8\" href=\"/sims?phone=%26x&amp;size=20&amp;page=8\"/>"
          "<page n=\"9\" href=\"/sims?phone=%26x&amp;size=20&amp;page=9\"/>"
          "<page n=\"10\" href=\"/sims?phone=%26x&amp;size=20&amp;page=10\" current=\"1\"/>"
          "<jump max=\"10\" action=\"/sims\"><hidden name=\"phone\" value=\"&amp;x\"/>"
          "<hidden name=\"size\" value=\"20\"/></jump></pager></list>" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = shown(cases[i].total, cases[i].page, cases[i].url, cases[i].previous, cases[i].next);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pager/past-the-end-is-the-last", test_make);
    g_test_add_func("/pager/numbers-by-thousands", test_number);
    g_test_add_func("/pager/links-keep-the-search", test_links);
    return g_test_run();
}
