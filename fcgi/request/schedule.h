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
void scheduled_free(struct scheduled *scheduled);

/* Whose schedule, of which days, both ends among them. */
struct schedule_search {
    uint64_t account, customer; /* customer 0: all customers of the account */
    uint32_t customers;         /* how many these are */
    enum language language;
    struct date from, to;
};

/* The kept counts by status, and the `most` that are due next, whenever that is. The caller unrefs an array of struct
 * scheduled. */
GPtrArray *request_overview(struct db *db, const struct schedule_search *search, guint most,
                            uint64_t counts[REQUEST_STATUS_N], GError **error);

/* A day that has open requests: how many, and the first few of them (struct scheduled; none where all customers are
 * looked at). */
struct schedule_day {
    struct date day;
    uint64_t n;
    GPtrArray *first;
};
enum { SCHEDULE_FIRST = 3 };

/* The days that have any, in their order, within a month. The caller unrefs an array of struct schedule_day. */
GPtrArray *schedule_days(struct db *db, const struct schedule_search *search, GError **error);

/* The same of requests that are in memory (struct request_made, by day). */
GPtrArray *schedule_days_of(const GPtrArray *requests);

/* The requests themselves, by day; of one line, by its phone number: those it is part of. The caller unrefs an array of
 * struct request_made. */
GPtrArray *schedule_list(struct db *db, const struct schedule_search *search, guint limit, uint64_t offset,
                         GError **error);
GPtrArray *schedule_of_line(struct db *db, const struct schedule_search *search, const char *phone, guint most,
                            GError **error);

#endif
