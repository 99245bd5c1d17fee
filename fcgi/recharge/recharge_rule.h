/*
 * recharge_rule.h: how long recharged capacity may be used. Pure. Which use draws on it is line_rule.h's.
 */
#ifndef RECHARGE_RECHARGE_RULE_H
#define RECHARGE_RECHARGE_RULE_H

#include "base/clock.h"

/* The last good day of a recharge that takes effect on `effective`: the last day of the month three months
 * later. The guide's Step3-B; the day it was asked for does not matter. */
struct date recharge_valid_until(struct date effective);

#endif
