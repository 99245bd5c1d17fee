/*
 * pace_rule.c: short bursts and rests beside people, and none without.
 */
#include "worker/pace_rule.h"

static bool gives_way(const struct pace *pace)
{
    return pace->people && pace->rest_percent > 0;
}

guint pace_batch(const struct pace *pace, guint in_flight)
{
    return MIN(in_flight, (guint)(gives_way(pace) ? PACE_BATCH_BESIDE : PACE_BATCH_MOST));
}

int64_t pace_rest(const struct pace *pace, int64_t took_us)
{
    return gives_way(pace) ? CLAMP(took_us * pace->rest_percent / 100, 0, PACE_REST_MOST_US) : 0;
}

int64_t pace_mail_pause(const struct pace *pace)
{
    return gives_way(pace) ? PACE_MAIL_PAUSE_US : 0;
}
