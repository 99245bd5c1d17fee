/*
 * schedule.h: what is still to come: open requests by the day on which they take effect.
 */
#ifndef REQUEST_SCHEDULE_H
#define REQUEST_SCHEDULE_H

#include "request/request.h"

/* An open request, as short as a calendar shows it. */
struct scheduled {
    char *number, *customer; /* customer "code:name"; NULL where one customer is looked at */
    const struct request_kind *kind;
    enum request_status status;
    struct date day;
    uint32_t items;
};

/* The kept counts by status, and the `most` that are due next, of the customer (0: of all the account's). The caller
 * unrefs an array of struct scheduled. */
GPtrArray *request_overview(struct db *db, uint64_t account, uint64_t customer, guint most,
                            uint64_t counts[REQUEST_STATUS_N], GError **error);

#endif
