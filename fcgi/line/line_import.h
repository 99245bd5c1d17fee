/*
 * line_import.h: loading lines from a file: staged, checked set by set, and published customer by customer once every
 * row is good. What a row must be: line_import_rule.h.
 */
#ifndef LINE_LINE_IMPORT_H
#define LINE_LINE_IMPORT_H

#include "audit/actor.h"
#include "base/clock.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum line_import_phase { IMPORT_READS, IMPORT_CHECKS, IMPORT_PUBLISHES, IMPORT_PHASE_N };

/* How far it is: so many rows of `all` (0: not known yet). Called by the caller's thread, a few times a second. */
typedef void line_import_progress(void *data, enum line_import_phase phase, uint64_t rows, uint64_t all);

struct line_import {
    const char *path; /* "-": standard input */
    bool only_check;
    struct db *const *dbs; /* connections that work at once, besides the one that is passed */
    guint n_dbs;
    const struct actor *actor;
    struct moment now;
    line_import_progress *progress;
    void *data;
};

struct line_import_result {
    uint64_t run; /* whose faults to list: line_import_faults */
    uint64_t rows, known, bad, faults;
    uint64_t added, customers; /* published, also by the program that was interrupted */
    bool was_resumed;          /* this file was being published when a program ended: that was completed */
    bool had_other;            /* another file was: that was completed first */
};

/* Load the file. A run that was interrupted while it was published is completed first. With bad rows nothing is
 * published, and `result->bad` says how many; that is no error. PORTAL_BUSY: another load is running, or the database
 * is away (the same again completes it). PORTAL_CONFLICT: a number was taken by somebody else while it was published:
 * the same again names it. PORTAL_INVALID: the file as a whole is none. Permits: operator, catalogue, journal. */
bool line_import_run(struct db *db, const struct line_import *import, struct line_import_result *result,
                     GError **error);

/* What is wrong with the rows, in their order. `take` false stops it. */
typedef bool line_import_take_fault(void *data, uint64_t row, const char *column, const char *reason,
                                    const char *value);
bool line_import_faults(struct db *db, uint64_t run, line_import_take_fault *take, void *data, GError **error);

#endif
