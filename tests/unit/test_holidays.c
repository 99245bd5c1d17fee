/*
 * test_holidays.c: every day of 2007-2050 against tests/unit/holidays.txt, which holidays-from-npm.mjs
 * prints, and the operator's exceptions.
 */
#include "calendar/calendar.h"

#include "dates.h"

#include <string.h>

static GHashTable *read_holidays(void)
{
    const char *srcdir = g_getenv("srcdir");
    g_autofree char *path = g_build_filename(srcdir ? srcdir : ".", "tests", "unit", "holidays.txt", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    GHashTable *days = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    if (!g_file_get_contents(path, &text, NULL, &error))
        g_error("%s: make it by: node tests/unit/holidays-from-npm.mjs > tests/unit/holidays.txt", error->message);

    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    for (char **line = lines; *line; line++) {
        struct date date = day(*line);

        g_hash_table_add(days, date_show(date));
    }
    return days;
}

static void test_every_day(void)
{
    g_autoptr(GHashTable) holidays = read_holidays();
    struct date end = { 2051, 1, 1 };
    unsigned found = 0;

    for (struct date date = { 2007, 1, 1 }; date_compare(date, end) < 0; date = date_add(date, 1)) {
        g_autofree char *shown = date_show(date);
        bool got = calendar_is_holiday(&calendar_default, date);
        bool want = g_hash_table_contains(holidays, shown);

        if (got != want)
            g_error("%s: got %s, want %s", shown, got ? "a holiday" : "none", want ? "a holiday" : "none");
        found += got;
    }
    g_assert_cmpuint(found, ==, g_hash_table_size(holidays));
    g_assert_cmpuint(found, >, 700);
}

static void test_exceptions(void)
{
    const struct calendar_exception rows[] = {
        { { 2030, 1, 1 }, CALENDAR_WORKDAY },
        { { 2030, 6, 9 }, CALENDAR_HOLIDAY },  /* a Sunday: the 10th follows */
        { { 2030, 6, 19 }, CALENDAR_HOLIDAY }, /* with the 21st: the 20th lies between */
        { { 2030, 6, 21 }, CALENDAR_HOLIDAY },
        { { 2030, 5, 6 }, CALENDAR_WORKDAY },  /* the substitute of Sunday the 5th */
        { { 2020, 7, 20 }, CALENDAR_HOLIDAY }, /* against a built-in row */
    };
    const struct calendar calendar = { .exceptions = rows, .n_exceptions = G_N_ELEMENTS(rows) };
    static const struct {
        const char *date;
        bool before, after;
    } cases[] = {
        { "2030-01-01", true, false },  { "2030-06-09", false, true },  { "2030-06-10", false, true },
        { "2030-06-11", false, false }, { "2030-06-19", false, true },  { "2030-06-20", false, true },
        { "2030-06-21", false, true },  { "2030-06-22", false, false }, { "2030-05-05", true, true },
        { "2030-05-06", true, false },  { "2030-05-07", false, false }, { "2020-07-20", false, true },
        { "2020-07-23", true, true },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].date);
        g_assert_cmpint(calendar_is_holiday(&calendar_default, day(cases[i].date)), ==, cases[i].before);
        g_assert_cmpint(calendar_is_holiday(&calendar, day(cases[i].date)), ==, cases[i].after);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/calendar/holidays/every-day-of-2007-to-2050", test_every_day);
    g_test_add_func("/calendar/holidays/rows-of-the-operator", test_exceptions);
    return g_test_run();
}
