/*
 * recharge_rule.c: validity of recharges, see recharge_rule.h.
 */
#include "recharge/recharge_rule.h"

#define VALID_MONTHS 3

struct date recharge_valid_until(struct date effective)
{
    return month_last(month_add(date_month(effective), VALID_MONTHS));
}
