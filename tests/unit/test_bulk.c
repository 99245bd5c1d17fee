/*
 * test_bulk.c: rows as JSON, files read twice, a crew that ends with its first failure and loses nothing.
 */
#include "bulk/bulk.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>

static void test_rows(void)
{
    struct bulk_rows *rows = bulk_rows_new();
    bulk_rows_begin_row(rows);
    bulk_rows_add_number(rows, 7);
    bulk_rows_add_text(rows, "a\"b\\c\nd\u3042");
    bulk_rows_add_text(rows, NULL);
    bulk_rows_end_row(rows);
    bulk_rows_begin_row(rows);
    bulk_rows_add_date(rows, (struct date){ 2026, 2, 3 });
    bulk_rows_add_date(rows, (struct date){ 0 });
    bulk_rows_end_row(rows);
    g_assert_cmpuint(rows->n, ==, 2);
    g_assert_cmpstr(bulk_rows_json(rows), ==, "[[7,\"a\\\"b\\\\c\\u000ad\u3042\",null],[\"2026-02-03\",null]]");
    g_assert_cmpstr(bulk_rows_json(rows), ==, "[[7,\"a\\\"b\\\\c\\u000ad\u3042\",null],[\"2026-02-03\",null]]");
    bulk_rows_free(rows);
    rows = bulk_rows_new();
    g_assert_cmpstr(bulk_rows_json(rows), ==, "[]");
    bulk_rows_free(rows);
}

static bool count_row(void *data, uint64_t row, const char *const *cells, guint n)
{
    uint64_t *rows = data;
    g_assert_cmpstr(cells[0], ==, "a");
    g_assert_cmpuint(n, ==, 2);
    *rows = row;
    return true;
}

static void check_file(const char *text, gsize n, const char *more, bool good)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    uint64_t rows = 0;
    g_close(g_file_open_tmp("bulk.XXXXXX", &path, NULL), NULL);
    g_assert_true(g_file_set_contents(path, text, (gssize)n, NULL));
    AUTO(bulk_file) struct bulk_file *file = bulk_file_open(path, &error);
    g_assert_no_error(error);
    if (more != NULL) {
        FILE *changed = g_fopen(path, "a");
        fputs(more, changed);
        fclose(changed);
    }
    g_assert_cmpint(bulk_file_read(file, count_row, &rows, &error), ==, good);
    g_assert_cmpint(error == NULL, ==, good);
    g_assert_true(good || error->code == PORTAL_INVALID);
    g_unlink(path);
}

static void test_file(void)
{
    g_autoptr(GError) error = NULL;
    check_file("a,b\na,c\n", 8, NULL, true);
    check_file("a,b\na,c\n", 8, "a,d\n", false);
    check_file("a,\0b\n", 5, NULL, false);
    check_file("a,\"b\n", 5, NULL, false);
    g_assert_null(bulk_file_open("/nowhere/at/all", &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND);
}

/* ---- the crew; its connections are never used ---- */

static gint done, dropped, ticks;

static void count_tick(void *data)
{
    (void)data;
    ticks++;
}

static bool work(struct db *db, void *item, GError **error)
{
    (void)db;
    int number = GPOINTER_TO_INT(item);
    if (number == 50) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "fifty");
        return false;
    }
    g_atomic_int_inc(&done);
    return true;
}

static void drop(void *item)
{
    (void)item;
    g_atomic_int_inc(&dropped);
}

static void run_crew(guint members, int pieces, bool good)
{
    struct db *dbs[4] = { NULL };
    g_autoptr(GError) error = NULL;
    done = dropped = ticks = 0;
    AUTO(bulk_crew) struct bulk_crew *crew = bulk_crew_new(dbs, members, count_tick, NULL);
    for (int i = 1; i <= pieces; i++) {
        bulk_crew_give(crew, work, GINT_TO_POINTER(i), drop);
    }
    g_assert_cmpint(bulk_crew_wait(crew, &error), ==, good);
    g_assert_cmpint(done + dropped, ==, good ? pieces : pieces - 1);
    if (!good) {
        g_assert_error(error, PORTAL_ERROR, PORTAL_CONFLICT);
        g_assert_cmpint(dropped, >, 0);
        g_assert_false(bulk_crew_give(crew, work, GINT_TO_POINTER(1), drop));
    }
}

static void test_crew(void)
{
    for (guint members = 1; members <= 4; members++) {
        run_crew(members, 49, true);
        run_crew(members, 500, false);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bulk/rows-are-json", test_rows);
    g_test_add_func("/bulk/a-file-is-read-as-it-was-digested", test_file);
    g_test_add_func("/bulk/a-crew-ends-with-its-first-failure", test_crew);
    return g_test_run();
}
