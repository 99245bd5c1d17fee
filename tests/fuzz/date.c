/*
 * date.c: fuzzes the readers of dates and moments, as people and operators type them. What is read exists, and shown in
 * any form it is read as the same.
 */
#include "fuzz.h"

#include "base/clock.h"

static void check_same(const char *text, struct date want)
{
    struct date got = { 0 };
    g_assert_true(date_parse(text, &got));
    g_assert_cmpint(date_compare(got, want), ==, 0);
}

static void check_date(struct date date)
{
    g_autofree char *shown = date_show(date);
    g_autofree char *iso = g_strdup_printf("%04d-%02d-%02d", date.year, date.month, date.day);
    g_autofree char *compact = g_strdup_printf("%04d%02d%02d", date.year, date.month, date.day);
    g_autofree char *brief = g_strdup_printf("%04d/%d/%d", date.year, date.month, date.day);
    g_assert_true(date_is_valid(date));
    check_same(shown, date);
    check_same(iso, date);
    check_same(compact, date);
    check_same(brief, date);
    g_assert_cmpint(date_compare(date_from_number(date_number(date)), date), ==, 0);
    g_assert_cmpint(date_compare(moment_date(date_start(date)), date), ==, 0);
    g_assert_cmpint(date_compare(moment_date(moment_add(date_start(date), 86399)), date), ==, 0);
    g_assert_cmpint(date_compare(date_add(date_add(date, -1), 1), date), ==, 0);
}

static void check_month(struct month month)
{
    g_assert_cmpint(month_compare(month_from_key(month_key(month)), month), ==, 0);
    g_assert_cmpint(month_compare(month_add(month_add(month, 27), -27), month), ==, 0);
    g_assert_cmpint(date_compare(date_add(month_last(month), 1), month_first(month_add(month, 1))), ==, 0);
    g_assert_cmpint(date_number(month_last(month)) - date_number(month_first(month)) + 1, ==, month_days(month));
}

static void check_moment(struct moment at)
{
    g_autofree char *iso = moment_iso(at);
    g_autofree char *shown = g_strndup(iso, 19);
    struct moment again = { 0 };
    shown[10] = ' ';
    g_assert_true(g_str_has_suffix(iso, "+09:00"));
    g_assert_true(moment_parse(shown, &again));
    g_assert_cmpint(again.us, ==, at.us);
    check_date(moment_date(at));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = fuzz_text(data, size);
    struct date date = { 0 };
    struct moment at = { 0 };
    if (date_parse(text, &date)) {
        check_date(date);
        check_month(date_month(date));
    } else {
        g_assert_true(date.year == 0 && date.month == 0 && date.day == 0);
    }
    if (moment_parse(text, &at)) {
        check_moment(at);
    }
    return 0;
}
