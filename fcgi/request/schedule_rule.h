/*
 * schedule_rule.h: a month as weeks; how what all customers have asked for is looked for. Pure.
 */
#ifndef REQUEST_SCHEDULE_RULE_H
#define REQUEST_SCHEDULE_RULE_H

#include "base/clock.h"

#include <glib.h>
#include <stdbool.h>

/* The Sunday with which the sheet of a month begins, and how many weeks it takes to show all its days: 4 to 6. */
struct schedule_sheet {
    struct date first;
    guint weeks;
};
struct schedule_sheet schedule_sheet(struct month month);

/* Read "2026-12". False, and the output untouched, if it is no month from 2000 to 2099. */
bool schedule_month_read(const char *text, struct month *month);

/* An account that sees so many customers has its open requests looked for by day, not customer by customer. */
bool schedule_by_day(uint32_t customers);

#endif
