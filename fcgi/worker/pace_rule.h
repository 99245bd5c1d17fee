/*
 * pace_rule.h: how much of the machine the worker takes. Alone it takes what it gets; while people are at the portal it
 * carries operations out in short bursts, leaves them the time between, and sends mails little by little. Pure.
 */
#ifndef WORKER_PACE_RULE_H
#define WORKER_PACE_RULE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    PACE_BATCH_MOST = 1000,      /* operations claimed, and finished, at a time */
    PACE_BATCH_BESIDE = 100,     /* beside people: statements of a millisecond or two of a processor */
    PACE_REST_MOST_US = 200000,  /* a database that was held up makes no long pause */
    PACE_MAIL_PAUSE_US = 500000, /* between two handfuls of mails beside people */
    PACE_PRESENT_SECONDS = 120   /* who was seen since is at the portal; pages tell that once a minute */
};

struct pace {
    bool people;         /* somebody is at the portal */
    gint64 rest_percent; /* [gateway] rest_percent; 0: as if nobody was there */
};

/* Operations of one batch where `in_flight` may be at the gateway: 1 or more. */
guint pace_batch(const struct pace *pace, guint in_flight);

/* Microseconds that are left to others after the database was busy with a batch for `took_us`. */
int64_t pace_rest(const struct pace *pace, int64_t took_us);

/* Microseconds from a run of the mails that left some to the next one. */
int64_t pace_mail_pause(const struct pace *pace);

#endif
