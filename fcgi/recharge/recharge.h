/*
 * recharge.h: the request for more capacity of a line.
 */
#ifndef RECHARGE_RECHARGE_H
#define RECHARGE_RECHARGE_H

#include "request/request_kind.h"

extern const struct request_kind recharge_line_kind;

/* The name of its field beside the date: bytes, in digits. */
#define RECHARGE_FIELD_CAPACITY "capacity"

/* What is offered on a day, smallest first: an array of struct recharge_offer. The caller unrefs. */
struct recharge_offer {
    int64_t bytes, yen; /* before tax */
};
GArray *recharge_offers(struct db *db, struct date day, GError **error);

#endif
