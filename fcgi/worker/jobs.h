/*
 * jobs.h: what the worker does, and how often. Every job is one row of a table; each run is short and leaves
 * rows that any other worker may go on from.
 */
#ifndef WORKER_JOBS_H
#define WORKER_JOBS_H

#include "base/config.h"
#include "base/secret.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

struct job_context {
    struct db *db;
    const struct config *config;
    const struct secret_keys *keys;
    bool (*stop)(void); /* true once the worker is to end */
};

struct job_result {
    guint done, failed;
    bool more;        /* there is work left: run again at once, or after a pause */
    int64_t pause_us; /* 0: at once */
};

struct job {
    const char *name;
    int interval; /* seconds from the end of a run that left nothing to the next */
    bool (*run)(const struct job_context *context, struct job_result *result, GError **error);
};

/* Tell what a run has done, if anything. `began`: by clock_ticks. */
void job_log(const char *name, const struct job_result *result, int64_t began);

enum { JOBS_N = 12 };
extern const struct job jobs[JOBS_N];

#endif
