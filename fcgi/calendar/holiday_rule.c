/*
 * holiday_rule.c: the public holidays of Japan from 2007 on: the law's named days, the days they move to, the
 * days between two of them, and the exceptions of special laws. Knows nothing of the operator's closures.
 */
#include "calendar/calendar.h"

enum { SUNDAY, MONDAY };

/* A named day: fixed, or the week-th Monday of its month; `to` 0: still in force. */
static const struct {
    int month, day, monday;
    int from, to;
} named[] = {
    { 1, 1, 0, 2007, 0 },     /* New Year's Day */
    { 1, 0, 2, 2007, 0 },     /* Coming of Age Day */
    { 2, 11, 0, 2007, 0 },    /* National Foundation Day */
    { 2, 23, 0, 2020, 0 },    /* Emperor's Birthday */
    { 4, 29, 0, 2007, 0 },    /* Showa Day */
    { 5, 3, 0, 2007, 0 },     /* Constitution Memorial Day */
    { 5, 4, 0, 2007, 0 },     /* Greenery Day */
    { 5, 5, 0, 2007, 0 },     /* Children's Day */
    { 7, 0, 3, 2007, 0 },     /* Marine Day */
    { 8, 11, 0, 2016, 0 },    /* Mountain Day */
    { 9, 0, 3, 2007, 0 },     /* Respect for the Aged Day */
    { 10, 0, 2, 2007, 0 },    /* Sports Day */
    { 11, 3, 0, 2007, 0 },    /* Culture Day */
    { 11, 23, 0, 2007, 0 },   /* Labour Thanksgiving Day */
    { 12, 23, 0, 2007, 2018 } /* Emperor's Birthday */
};

/* The accession and enthronement of 2019; days moved for the games of 2020, and again for 2021. */
static const struct calendar_exception built_in[] = {
    { { 2019, 5, 1 }, CALENDAR_HOLIDAY },  { { 2019, 10, 22 }, CALENDAR_HOLIDAY },
    { { 2020, 7, 20 }, CALENDAR_WORKDAY }, { { 2020, 7, 23 }, CALENDAR_HOLIDAY },
    { { 2020, 7, 24 }, CALENDAR_HOLIDAY }, { { 2020, 8, 10 }, CALENDAR_HOLIDAY },
    { { 2020, 8, 11 }, CALENDAR_WORKDAY }, { { 2020, 10, 12 }, CALENDAR_WORKDAY },
    { { 2021, 7, 19 }, CALENDAR_WORKDAY }, { { 2021, 7, 22 }, CALENDAR_HOLIDAY },
    { { 2021, 7, 23 }, CALENDAR_HOLIDAY }, { { 2021, 8, 8 }, CALENDAR_HOLIDAY },
    { { 2021, 8, 11 }, CALENDAR_WORKDAY }, { { 2021, 10, 11 }, CALENDAR_WORKDAY },
};

static const struct calendar_exception *find_exception(const struct calendar *calendar, struct date date)
{
    for (gsize i = 0; i < calendar->n_exceptions; i++) {
        if (date_compare(calendar->exceptions[i].date, date) == 0)
            return &calendar->exceptions[i];
    }
    for (gsize i = 0; i < G_N_ELEMENTS(built_in); i++) {
        if (date_compare(built_in[i].date, date) == 0)
            return &built_in[i];
    }
    return NULL;
}

/* The formula of the almanac, good for 1980-2099. */
static bool is_equinox(struct date date)
{
    double base = date.month == 3 ? 20.8431 : 23.2488;
    int years = date.year - 1980;

    if (date.month != 3 && date.month != 9)
        return false;
    return date.day == (int)(base + 0.242194 * years - years / 4);
}

static bool is_named_by_law(struct date date)
{
    int monday = date_weekday(date) == MONDAY ? (date.day + 6) / 7 : -1;

    for (gsize i = 0; i < G_N_ELEMENTS(named); i++) {
        bool in_force = date.year >= named[i].from && (!named[i].to || date.year <= named[i].to);
        bool same_day = named[i].monday ? named[i].monday == monday : named[i].day == date.day;

        if (in_force && same_day && named[i].month == date.month)
            return true;
    }
    return is_equinox(date);
}

/* A holiday of its own, neither moved nor joined. */
static bool is_named(const struct calendar *calendar, struct date date)
{
    const struct calendar_exception *exception = find_exception(calendar, date);

    return exception ? exception->kind == CALENDAR_HOLIDAY : is_named_by_law(date);
}

/* Whether the unbroken row of named days that ends the day before holds a Sunday. */
static bool is_substitute(const struct calendar *calendar, struct date date)
{
    for (date = date_add(date, -1); is_named(calendar, date); date = date_add(date, -1)) {
        if (date_weekday(date) == SUNDAY)
            return true;
    }
    return false;
}

bool calendar_is_holiday(const struct calendar *calendar, struct date date)
{
    const struct calendar_exception *exception = find_exception(calendar, date);

    if (exception)
        return exception->kind == CALENDAR_HOLIDAY;
    return is_named_by_law(date) || is_substitute(calendar, date) ||
           (is_named(calendar, date_add(date, -1)) && is_named(calendar, date_add(date, 1)));
}
