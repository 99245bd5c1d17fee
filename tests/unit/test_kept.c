/*
 * test_kept.c: what is kept of the catalogue is found for its edition alone, and freed once. architecture.md, Data.
 */
#include "db/db_internal.h"

static int freed;

static void count_free(gpointer data)
{
    freed++;
    g_free(data);
}

static void test_editions(void)
{
    struct db db = { 0 };
    const enum statement one = STATEMENT_CATALOGUE_NAMES, other = STATEMENT_SERVICE_LIST;
    g_assert_null(db_kept(&db, one, 1));
    char *first = db_keep(&db, one, 1, g_strdup("first"), count_free);
    g_assert_true(db_kept(&db, one, 1) == first);
    g_assert_null(db_kept(&db, one, 2));
    g_assert_null(db_kept(&db, other, 1));
    char *second = db_keep(&db, one, 2, g_strdup("second"), count_free);
    g_assert_cmpint(freed, ==, 1);
    g_assert_true(db_kept(&db, one, 2) == second);
    g_assert_null(db_kept(&db, one, 1));
    char *third = db_keep(&db, other, 2, g_strdup("third"), count_free);
    g_assert_true(db_kept(&db, other, 2) == third && db_kept(&db, one, 2) == second);
    g_hash_table_unref(db.kept);
    g_assert_cmpint(freed, ==, 3);
}

/* Where no edition is known nothing is found again: old names would stay for good. */
static void test_no_edition(void)
{
    struct db db = { 0 };
    g_assert_cmpstr(db_keep(&db, STATEMENT_CATALOGUE_NAMES, 0, g_strdup("x"), g_free), ==, "x");
    g_assert_null(db_kept(&db, STATEMENT_CATALOGUE_NAMES, 0));
    g_hash_table_unref(db.kept);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kept/editions", test_editions);
    g_test_add_func("/kept/no-edition", test_no_edition);
    return g_test_run();
}
