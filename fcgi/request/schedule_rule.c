/*
 * schedule_rule.c: which days the sheet of a month shows; whether open requests are looked for by day.
 */
#include "request/schedule_rule.h"

#include <string.h>

enum { WEEK = 7, YEAR_FIRST = 2000, YEAR_LAST = 2099 };

struct schedule_sheet schedule_sheet(struct month month)
{
    struct date first = month_first(month);
    int before = date_weekday(first);
    guint days = (guint)(before + month_days(month));
    return (struct schedule_sheet){ .first = date_add(first, -before), .weeks = (days + WEEK - 1) / WEEK };
}

bool schedule_month_read(const char *text, struct month *month)
{
    struct date date;
    g_autofree char *day = g_strconcat(text, "-01", NULL);
    if (strlen(text) != strlen("2026-12") || !date_parse(day, &date) || date.year < YEAR_FIRST ||
        date.year > YEAR_LAST) {
        return false;
    }
    *month = date_month(date);
    return true;
}

/* Going from one customer to the other takes some microseconds each; a day may be full of others' requests. */
enum { MANY_CUSTOMERS = 100 };

bool schedule_by_day(uint32_t customers)
{
    return customers >= MANY_CUSTOMERS;
}
