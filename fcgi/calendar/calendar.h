/*
 * calendar.h: public holidays of Japan, business days, and the windows of dates that requests may name.
 * Pure: the operator's rows are passed in, so is today. domain.md, Dates. What is bound to one area (share
 * months, validity of recharges) is in that area's rules.
 */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include "base/clock.h"

enum calendar_exception_kind {
    CALENDAR_HOLIDAY, /* a public holiday by a special law; moves and joins others like any */
    CALENDAR_WORKDAY, /* no holiday, whatever the rules say */
    CALENDAR_EXCEPTION_KIND_N
};

struct calendar_exception {
    struct date date;
    enum calendar_exception_kind kind;
};

/* Days from `from` to `to` on which the operator does not work. Year 0 in both: every year, over New Year
 * when `to` is the earlier day. */
struct calendar_closure {
    struct date from, to;
};

/* The operator's rows. Exceptions of 2019-2021 are built in; a row of the operator for the same day wins. */
struct calendar {
    const struct calendar_exception *exceptions;
    gsize n_exceptions;
    const struct calendar_closure *closures;
    gsize n_closures;
};

/* No exceptions but those built in, closed from 29 December to 3 January. */
extern const struct calendar calendar_default;

/* Whether `date` (from 2007 on) is a public holiday. Sundays are none by themselves. */
bool calendar_is_holiday(const struct calendar *calendar, struct date date);

/* Monday to Friday, no public holiday, not closed. */
bool calendar_is_business_day(const struct calendar *calendar, struct date date);

/* The n-th business day (n from 1) after or before `date`, which is not counted. A calendar that is closed
 * for more than a year gives the day where the search was given up. */
struct date calendar_business_day_after(const struct calendar *calendar, struct date date, int n);
struct date calendar_business_day_before(const struct calendar *calendar, struct date date, int n);

/* The same day of the month `months` later, clipped to that month's last day. */
struct date calendar_months_later(struct date date, int months);
struct date calendar_three_months_later(struct date date);

/* Both ends belong to it. */
struct date_window {
    struct date first, last;
};

bool date_window_holds(struct date_window window, struct date date);

/* The effective dates that a request made `today` may name: today to three months later. */
struct date_window calendar_effective_window(struct date today);

/* The wanted delivery dates of a card asked for `today`: the 5th business day to three months later. The
 * date may be any day between. */
struct date_window calendar_card_window(const struct calendar *calendar, struct date today);

/* The day on which a card asked for `today` without a date is thought to arrive: the 3rd business day. */
struct date calendar_card_estimate(const struct calendar *calendar, struct date today);

/* The wanted delivery dates of an eSIM asked for `today`: today to three months later. */
struct date_window calendar_esim_window(struct date today);

/* The day at whose 00:00 a card wanted on `delivery` goes to the carrier: the 3rd business day before. */
struct date calendar_dispatch_day(const struct calendar *calendar, struct date delivery);

#endif
