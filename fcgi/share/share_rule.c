/*
 * share_rule.c: months and deadlines of share requests, see share_rule.h.
 */
#include "share/share_rule.h"

#define EDGE_HOUR 22

/* 22:00 of the day before the last day of `month`. */
static struct moment edge_in(struct month month)
{
    return moment_at(date_add(month_last(month), -1), EDGE_HOUR, 0, 0);
}

struct month share_earliest_month(struct moment now)
{
    struct month this_month = date_month(moment_date(now));

    return month_add(this_month, now.us < edge_in(this_month).us ? 1 : 2);
}

void share_months_offered(struct moment now, struct month months[SHARE_MONTHS_OFFERED])
{
    struct month earliest = share_earliest_month(now);

    for (int i = 0; i < SHARE_MONTHS_OFFERED; i++)
        months[i] = month_add(earliest, i);
}

bool share_month_is_offered(struct month month, struct moment now)
{
    struct month earliest = share_earliest_month(now);

    return month_compare(month, earliest) >= 0 && month_compare(month, month_add(earliest, SHARE_MONTHS_OFFERED)) < 0;
}

struct moment share_change_deadline(struct month month)
{
    return edge_in(month_add(month, -1));
}

bool share_can_change(struct month month, struct moment now)
{
    return now.us < share_change_deadline(month).us;
}

struct moment share_cancel_deadline(struct month month)
{
    return date_start(month_first(month));
}

bool share_can_cancel(struct month month, struct moment now)
{
    return now.us < share_cancel_deadline(month).us;
}
