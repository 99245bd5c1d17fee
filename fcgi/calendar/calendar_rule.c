/*
 * calendar_rule.c: business days and the windows of dates, see calendar.h. Which days are holidays is decided
 * in holiday_rule.c.
 */
#include "calendar/calendar.h"

enum {
    SUNDAY = 0,
    SATURDAY = 6,
    WINDOW_MONTHS = 3,
    CARD_FIRST = 5,    /* business days until the first day that may be wished */
    CARD_ESTIMATE = 3, /* and until a card without a wish arrives */
    CARD_DISPATCH = 3, /* and that the carrier needs before the day wished */
    GIVE_UP = 500,     /* days in a row without a business day */
};

static const struct calendar_closure new_year[] = { { { 0, 12, 29 }, { 0, 1, 3 } } };

const struct calendar calendar_default = { .closures = new_year, .n_closures = G_N_ELEMENTS(new_year) };

static bool closure_holds(const struct calendar_closure *closure, struct date date)
{
    if (closure->from.year == 0) {
        bool over_new_year = date_compare(closure->from, closure->to) > 0;

        date.year = 0;
        if (over_new_year)
            return date_compare(date, closure->from) >= 0 || date_compare(date, closure->to) <= 0;
    }
    return date_compare(date, closure->from) >= 0 && date_compare(date, closure->to) <= 0;
}

bool calendar_is_business_day(const struct calendar *calendar, struct date date)
{
    int weekday = date_weekday(date);

    if (weekday == SATURDAY || weekday == SUNDAY || calendar_is_holiday(calendar, date))
        return false;
    for (gsize i = 0; i < calendar->n_closures; i++) {
        if (closure_holds(&calendar->closures[i], date))
            return false;
    }
    return true;
}

static struct date count_business_days(const struct calendar *calendar, struct date date, int n, int step)
{
    for (int idle = 0; n > 0 && idle < GIVE_UP; idle++) {
        date = date_add(date, step);
        if (calendar_is_business_day(calendar, date)) {
            n--;
            idle = 0;
        }
    }
    return date;
}

struct date calendar_business_day_after(const struct calendar *calendar, struct date date, int n)
{
    return count_business_days(calendar, date, n, 1);
}

struct date calendar_business_day_before(const struct calendar *calendar, struct date date, int n)
{
    return count_business_days(calendar, date, n, -1);
}

struct date calendar_months_later(struct date date, int months)
{
    struct date last = month_last(month_add(date_month(date), months));

    last.day = MIN(last.day, date.day);
    return last;
}

struct date calendar_three_months_later(struct date date)
{
    return calendar_months_later(date, WINDOW_MONTHS);
}

bool date_window_holds(struct date_window window, struct date date)
{
    return date_compare(date, window.first) >= 0 && date_compare(date, window.last) <= 0;
}

struct date_window calendar_effective_window(struct date today)
{
    return (struct date_window){ today, calendar_three_months_later(today) };
}

struct date_window calendar_card_window(const struct calendar *calendar, struct date today)
{
    return (struct date_window){ calendar_business_day_after(calendar, today, CARD_FIRST),
                                 calendar_three_months_later(today) };
}

struct date calendar_card_estimate(const struct calendar *calendar, struct date today)
{
    return calendar_business_day_after(calendar, today, CARD_ESTIMATE);
}

struct date_window calendar_esim_window(struct date today)
{
    return calendar_effective_window(today);
}

struct date calendar_dispatch_day(const struct calendar *calendar, struct date delivery)
{
    return calendar_business_day_before(calendar, delivery, CARD_DISPATCH);
}
