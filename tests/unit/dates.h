/*
 * dates.h: dates and moments of unit tests, written as text.
 */
#ifndef TESTS_UNIT_DATES_H
#define TESTS_UNIT_DATES_H

#include "base/clock.h"

static inline struct date day(const char *text)
{
    struct date date;

    if (!date_parse(text, &date))
        g_error("no date: %s", text);
    return date;
}

static inline struct moment at(const char *text)
{
    struct moment moment;

    if (!moment_parse(text, &moment))
        g_error("no moment: %s", text);
    return moment;
}

/* Compare as text, so that a failure shows both. */
#define assert_date(got, want)                                                                                         \
    do {                                                                                                               \
        g_autofree char *shown_got = date_show(got);                                                                   \
        g_autofree char *shown_want = date_show(day(want));                                                            \
        g_assert_cmpstr(shown_got, ==, shown_want);                                                                    \
    } while (0)

#define assert_month(got, want)                                                                                        \
    do {                                                                                                               \
        g_autofree char *shown_got = month_show_iso(got);                                                              \
        g_assert_cmpstr(shown_got, ==, want);                                                                          \
    } while (0)

#endif
