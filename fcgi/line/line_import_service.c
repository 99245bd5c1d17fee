/*
 * line_import_service.c: a load of lines from its file to the last customer. Reading and checking leave nothing but
 * rows of the run; from the moment the run is being published on, whoever runs a load completes it.
 */
#include "line/line_import.h"

#include "audit/audit.h"
#include "base/error.h"
#include "bulk/bulk_store.h"
#include "line/line_import_stage.h"
#include "line/line_import_store.h"

#include <string.h>

static const char kind[] = "line";

enum { PARTS_A_LOOK = 1000, UNIT_ROWS = 2000, UNIT_PARTS = 100, DAYS_AHEAD = 3, FAULTS_A_LOOK = 5000 };

struct loading {
    const struct line_import *import;
    struct bulk_crew *crew;
    struct bulk_run run;
    enum line_import_phase phase;
    uint64_t all;
    gint done; /* rows of this phase; atomic: the crew adds */
};

static void tick(void *data)
{
    struct loading *loading = data;
    const struct line_import *import = loading->import;
    import->progress(import->data, loading->phase, (uint64_t)g_atomic_int_get(&loading->done), loading->all);
}

static void begin_phase(struct loading *loading, enum line_import_phase phase, uint64_t all)
{
    loading->phase = phase;
    loading->all = all;
    g_atomic_int_set(&loading->done, 0);
}

/* ---- publishing ---- */

struct unit_work {
    struct loading *loading;
    struct line_import_unit unit;
    struct line_import_made made;
    bool is_over; /* nothing of the unit is left */
};

/* The months in which every line has a row: those the worker has opened or is about to. */
static struct line_import_making making_of(const struct loading *loading)
{
    struct moment now = clock_now();
    struct month present = date_month(moment_date(now));
    struct month last = date_month(date_add(moment_date(now), DAYS_AHEAD));
    return (struct line_import_making){ .actor = loading->import->actor,
                                        .at = loading->run.begun_at,
                                        .months = { present, last },
                                        .n = month_compare(present, last) == 0 ? 1 : 2 };
}

/* The journal of each customer whose last line this is. */
static bool tell(struct db *db, const struct unit_work *work, const GArray *parts, GError **error)
{
    const struct loading *loading = work->loading;
    g_autofree char *object = g_strdup_printf("import %" G_GUINT64_FORMAT, loading->run.id);
    bool good = true;
    for (guint i = 0; good && i < parts->len; i++) {
        const struct bulk_part *part = &g_array_index(parts, struct bulk_part, i);
        g_autofree char *detail = g_strdup_printf("lines: %" G_GUINT64_FORMAT, part->rows);
        good = audit_add(db, loading->import->actor, loading->import->now, part->customer, "line-import", object,
                         detail, error);
    }
    return good;
}

/* One transaction: the next bite of the unit. Kept figures last, but for the parts: those are locked already, and say
 * which rows are meant until they move. */
static bool publish_bite(struct db *db, void *data, GError **error)
{
    struct unit_work *work = data;
    struct line_import_unit *unit = &work->unit;
    struct line_import_making making = making_of(work->loading);
    g_autoptr(GArray) parts = bulk_parts_lock(db, unit->run, unit->first, unit->last, error);
    work->made = (struct line_import_made){ 0 };
    work->is_over = parts != NULL && parts->len == 0;
    if (parts == NULL || work->is_over) {
        return parts != NULL;
    }
    unit->last_row = UINT32_MAX;
    if (unit->first == unit->last &&
        !line_import_store_bite(db, unit->run, unit->first, UNIT_ROWS, &unit->last_row, error)) {
        return false;
    }
    work->is_over = unit->last_row == UINT32_MAX;
    return line_import_store_publish(db, unit, &making, &work->made, error) &&
           (!work->is_over || tell(db, work, parts, error)) &&
           line_import_store_add_up(db, &work->made, &making, error) &&
           bulk_parts_move(db, unit->run, unit->first, unit->last, MIN(unit->last_row, UINT32_MAX - 1) + 1,
                           work->is_over, error);
}

/* A COMMIT whose answer was lost is looked at again: the parts say what was kept. */
static bool publish_unit(struct db *db, void *item, GError **error)
{
    g_autofree struct unit_work *work = item;
    bool good = true;
    while (good && !work->is_over) {
        g_autoptr(GError) failure = NULL;
        good = db_transaction(db, publish_bite, work, &failure);
        if (good) {
            g_atomic_int_add(&work->loading->done, (gint)work->made.n);
        } else if (g_error_matches(failure, PORTAL_ERROR, PORTAL_UNCERTAIN)) {
            good = true;
            work->is_over = false;
        } else {
            g_propagate_error(error, g_steal_pointer(&failure));
        }
    }
    return good;
}

static bool give_unit(struct loading *loading, uint64_t first, uint64_t last)
{
    struct unit_work *work = g_new0(struct unit_work, 1);
    work->loading = loading;
    work->unit = (struct line_import_unit){ .run = loading->run.id, .first = first, .last = last };
    return bulk_crew_give(loading->crew, publish_unit, work, g_free);
}

/* Cut parts into units: neighbours that are small together, a big one alone. */
static bool give_parts(struct loading *loading, const GArray *parts)
{
    bool good = true;
    for (guint i = 0; good && i < parts->len;) {
        uint64_t first = g_array_index(parts, struct bulk_part, i).customer, rows = 0;
        guint from = i;
        do {
            rows += g_array_index(parts, struct bulk_part, i++).rows;
        } while (i < parts->len && i - from < UNIT_PARTS &&
                 rows + g_array_index(parts, struct bulk_part, i).rows <= UNIT_ROWS);
        good = give_unit(loading, first, g_array_index(parts, struct bulk_part, i - 1).customer);
    }
    return good;
}

/* Somebody took a number after it was checked. What is published stays; the next load finds it. */
static void give_up(struct db *db, const struct loading *loading, GError **failure)
{
    g_autoptr(GError) second = NULL;
    if (!g_error_matches(*failure, PORTAL_ERROR, PORTAL_CONFLICT)) {
        return;
    }
    g_prefix_error(failure, "a number was taken meanwhile; load the file again to see which: ");
    if (!bulk_run_end(db, loading->run.id, BULK_DROPPED, loading->import->now, &second)) {
        g_prefix_error(failure, "%s; ", second->message);
    }
}

static bool publish(struct db *db, struct loading *loading, struct line_import_result *result, GError **error)
{
    uint64_t after = 0;
    bool good = true, more = true;
    GError *failure = NULL;
    if (!bulk_parts_count(db, loading->run.id, &result->customers, &result->added, error)) {
        return false;
    }
    begin_phase(loading, IMPORT_PUBLISHES, result->added);
    while (good && more) {
        g_autoptr(GArray) parts = bulk_parts_list(db, loading->run.id, after, PARTS_A_LOOK, &failure);
        good = parts != NULL && give_parts(loading, parts);
        more = good && parts->len == PARTS_A_LOOK;
        after = more ? g_array_index(parts, struct bulk_part, parts->len - 1).customer : after;
    }
    good = bulk_crew_wait(loading->crew, failure == NULL ? &failure : NULL) && failure == NULL;
    if (!good) {
        give_up(db, loading, &failure);
        g_propagate_error(error, failure);
        return false;
    }
    return bulk_run_end(db, loading->run.id, BULK_DONE, loading->import->now, error);
}

/* ---- a new run ---- */

static bool do_decide(struct db *db, void *data, GError **error)
{
    struct loading *loading = data;
    return line_import_store_add_parts(db, loading->run.id, error) && bulk_run_publish(db, &loading->run, error);
}

/* Read and check the file; every row must be good before the first is published. */
static bool load_new(struct db *db, struct loading *loading, struct bulk_file *file, struct line_import_result *result,
                     GError **error)
{
    struct line_import_staging staging = { .crew = loading->crew,
                                           .today = moment_date(loading->import->now),
                                           .done = &loading->done };
    if (!bulk_run_begin(db, kind, loading->import->actor->name, &loading->run, error)) {
        return false;
    }
    result->run = staging.run = loading->run.id;
    begin_phase(loading, IMPORT_READS, 0);
    if (!line_import_stage(db, &staging, file, error)) {
        return false;
    }
    result->rows = loading->run.rows = staging.rows;
    begin_phase(loading, IMPORT_CHECKS, staging.last_row);
    if (!line_import_check(&staging, error) || !line_import_store_count_known(db, result->run, &result->known, error) ||
        !bulk_faults_count(db, result->run, &result->faults, &result->bad, error)) {
        return false;
    }
    if (result->bad > 0 || loading->import->only_check) {
        return bulk_run_end(db, result->run, BULK_DROPPED, loading->import->now, error);
    }
    return db_transaction(db, do_decide, loading, error) && publish(db, loading, result, error);
}

/* ---- the whole ---- */

static bool load(struct db *db, struct loading *loading, struct bulk_file *file, struct line_import_result *result,
                 GError **error)
{
    const struct line_import *import = loading->import;
    if (!bulk_run_drop_dead(db, import->now, error) || !bulk_run_find_open(db, kind, &loading->run, error)) {
        return false;
    }
    if (loading->run.id != 0) {
        result->was_resumed = memcmp(loading->run.digest, file->digest, sizeof file->digest) == 0;
        result->had_other = !result->was_resumed;
        result->run = loading->run.id;
        result->rows = loading->run.rows;
        if (!publish(db, loading, result, error)) {
            return false;
        }
        if (result->was_resumed) {
            result->known = result->rows - result->added;
            return true;
        }
        *result = (struct line_import_result){ .had_other = true };
    }
    loading->run = (struct bulk_run){ .begun_at = import->now };
    memcpy(loading->run.digest, file->digest, sizeof file->digest);
    return load_new(db, loading, file, result, error);
}

bool line_import_run(struct db *db, const struct line_import *import, struct line_import_result *result, GError **error)
{
    struct loading loading = { .import = import };
    *result = (struct line_import_result){ 0 };
    AUTO(bulk_file) struct bulk_file *file = bulk_file_open(import->path, error);
    if (file == NULL || !bulk_lock(db, error)) {
        return false;
    }
    loading.crew = bulk_crew_new(import->dbs, import->n_dbs, tick, &loading);
    bool good = load(db, &loading, file, result, error);
    bulk_crew_free(loading.crew);
    return good ? bulk_unlock(db, error) : false; /* a failure ends the connection, and so the lock */
}

bool line_import_faults(struct db *db, uint64_t run, line_import_take_fault *take, void *data, GError **error)
{
    struct bulk_fault last = { .reason = NULL };
    bool good = true, more = true;
    while (good && more) {
        g_autoptr(GPtrArray) faults =
            bulk_faults_list(db, run, last.reason != NULL ? &last : NULL, FAULTS_A_LOOK, error);
        good = faults != NULL;
        for (guint i = 0; good && i < faults->len && more; i++) {
            const struct bulk_fault *fault = faults->pdata[i];
            more = take(data, fault->row, line_import_column_word((enum line_import_column)fault->place), fault->reason,
                        fault->value);
        }
        more = good && more && faults->len == FAULTS_A_LOOK;
        if (more) {
            const struct bulk_fault *end = faults->pdata[faults->len - 1];
            g_free(last.reason);
            last = (struct bulk_fault){ .row = end->row, .place = end->place, .reason = g_strdup(end->reason) };
        }
    }
    g_free(last.reason);
    return good;
}
