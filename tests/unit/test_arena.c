/*
 * test_arena.c: the memory of a page: what was written stays, what is older stays, all of it is given back at once, and
 * a page too big for the arena is no fault.
 */
#include "view/arena.h"

#include <glib.h>
#include <libxml/tree.h>
#include <string.h>

enum { MANY = 20000, BIG = 20 * 1024 * 1024 };

/* Grown step by step between other blocks, freed in between: each block holds its own. */
static void test_blocks(void)
{
    char *older = (char *)xmlStrdup(BAD_CAST "older");
    arena_begin();
    char **texts = xmlMalloc(MANY * sizeof *texts);
    for (int i = 0; i < MANY; i++) {
        g_autofree char *text = g_strdup_printf("%d:%*s", i, i % 97, "");
        texts[i] = (char *)xmlStrdup(BAD_CAST text);
        g_assert_cmpuint((gsize)texts[i] % 16, ==, 0);
        void *between = xmlMalloc((size_t)i % 50);
        if (i % 3 == 0) {
            texts[i] = xmlRealloc(texts[i], strlen(texts[i]) + 100);
        }
        xmlFree(between);
    }
    for (int i = 0; i < MANY; i++) {
        g_autofree char *text = g_strdup_printf("%d:%*s", i, i % 97, "");
        g_assert_cmpstr(texts[i], ==, text);
        if (!arena_drops_all() || i % 2 == 0) {
            xmlFree(texts[i]);
        }
    }
    older = xmlRealloc(older, 1000);
    g_assert_cmpstr(older, ==, "older");
    xmlFree(texts);
    arena_end();
    g_assert_cmpstr(older, ==, "older");
    xmlFree(older);
}

static void test_grows_in_place(void)
{
    arena_begin();
    char *text = xmlMalloc(8), *first = text;
    memcpy(text, "kept", 5);
    for (size_t size = 16; size < 100000; size *= 2) {
        text = xmlRealloc(text, size);
        g_assert_cmpstr(text, ==, "kept");
    }
    g_assert_true(text == first || !arena_drops_all());
    char *shorter = xmlRealloc(text, 10);
    g_assert_true(shorter == text || !arena_drops_all());
    xmlFree(shorter);
    arena_end();
}

/* A document within a document's time: the arena is given back with the last. */
static void test_given_back(void)
{
    void *first = NULL;
    for (int i = 0; i < 3; i++) {
        arena_begin();
        bool drops = arena_drops_all();
        void *block = xmlMalloc(5000);
        arena_begin();
        arena_end();
        g_assert_true(arena_drops_all() == drops);
        memset(block, 'x', 5000);
        void *other = xmlMalloc(5000);
        g_assert_true((char *)other >= (char *)block + 5000 || (char *)other + 5000 <= (char *)block);
        if (drops) {
            g_assert_true(first == NULL || first == block);
            first = block;
        } else {
            xmlFree(block);
            xmlFree(other);
        }
        arena_end();
        g_assert_false(arena_drops_all());
    }
}

static void test_overflow(void)
{
    char *blocks[6];
    arena_begin();
    bool drops = arena_drops_all();
    for (gsize i = 0; i < G_N_ELEMENTS(blocks); i++) {
        blocks[i] = xmlMalloc(BIG);
        memset(blocks[i], 'a' + (int)i, BIG);
    }
    blocks[5] = xmlRealloc(blocks[5], 2 * BIG);
    g_assert_false(arena_drops_all());
    for (gsize i = 0; i < G_N_ELEMENTS(blocks); i++) {
        g_assert_true(blocks[i][0] == 'a' + (int)i && blocks[i][BIG - 1] == 'a' + (int)i);
        xmlFree(blocks[i]);
    }
    arena_end();
    arena_begin();
    g_assert_true(arena_drops_all() == drops); /* the next page is its own */
    arena_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    arena_open();
    arena_open(); /* does nothing more */
    g_test_add_func("/arena/blocks", test_blocks);
    g_test_add_func("/arena/grows-in-place", test_grows_in_place);
    g_test_add_func("/arena/given-back", test_given_back);
    g_test_add_func("/arena/overflow", test_overflow);
    return g_test_run();
}
