/*
 * recharge_store.h: recharges of many lines as rows.
 */
#ifndef RECHARGE_RECHARGE_STORE_H
#define RECHARGE_RECHARGE_STORE_H

#include "recharge/recharge.h"

/* A line that is recharged. */
struct recharge_new {
    uint64_t line, customer;
    int64_t bytes;
    struct date until;
    int64_t overuse; /* known when it takes effect */
};

/* Set the overuse of each: what this month's use has drawn on nothing. `all` (struct recharge_new) comes by line. */
bool recharge_store_overuse(struct db *db, GArray *all, struct date today, GError **error);

/* Add them: rows, what remains, and the end of throttling. */
bool recharge_store_add(struct db *db, const GArray *all, struct moment now, GError **error);

#endif
