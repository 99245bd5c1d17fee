/*
 * share_rule.h: from which month a share request may take effect, and until when it may be changed or
 * cancelled. Pure. domain.md, Dates; the edge is the guide's (Step3-A).
 */
#ifndef SHARE_SHARE_RULE_H
#define SHARE_SHARE_RULE_H

#include "base/clock.h"

enum { SHARE_MONTHS_OFFERED = 3 };

/* Earliest month a share request may name: next month, or the one after once 22:00 of the day before the
 * month's last day has come (Tokyo). A plan change follows the same edge. */
struct month share_earliest_month(struct moment now);

/* The months to choose from: the earliest and the two after it. */
void share_months_offered(struct moment now, struct month months[SHARE_MONTHS_OFFERED]);
bool share_month_is_offered(struct month month, struct moment now);

/* The moment from which a request for `month` can be made or changed no more: the edge before that month. */
struct moment share_change_deadline(struct month month);
bool share_can_change(struct month month, struct moment now);

/* The moment from which it can be cancelled no more: the month's start. Who cancels between the two must be
 * warned that the month can no longer be asked for. */
struct moment share_cancel_deadline(struct month month);
bool share_can_cancel(struct month month, struct moment now);

#endif
