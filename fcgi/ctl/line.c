/*
 * line.c: the commands `line import`, with its progress and its report, and `line repair`.
 */
#include "ctl/ctl.h"

#include "base/csv.h"
#include "base/error.h"
#include "contract/repair.h"
#include "line/line_import.h"
#include "line/number_rule.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { JOBS_MOST = 16, FAULTS_SHOWN = 1000 };

static gboolean dry_run;
static gint jobs = 2;
static char *errors_file, *state_word;

const GOptionEntry line_import_options[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, "Read and check, publish nothing", NULL },
    { "errors", 0, 0, G_OPTION_ARG_FILENAME, &errors_file, "Write every fault to this file, as CSV", "FILE" },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &jobs, "How many connections work at once (2)", "N" },
    { 0 },
};

const GOptionEntry line_repair_options[] = {
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &state_word, "To this state: inactive, active or suspended", "STATE" },
    { 0 },
};

static const struct ctl_column repair_columns[] = {
    { "id", CELL_NUMBER }, { "phone", CELL_TEXT }, { "state", CELL_TEXT }, { 0 }
};

static const struct ctl_column fault_columns[] = {
    { "row", CELL_NUMBER }, { "column", CELL_TEXT }, { "reason", CELL_TEXT }, { "value", CELL_TEXT }, { 0 },
};

/* ---- progress ---- */

static void show_progress(void *data, enum line_import_phase phase, uint64_t rows, uint64_t all)
{
    static const char *const words[IMPORT_PHASE_N] = {
        [IMPORT_READS] = "reading", [IMPORT_CHECKS] = "checking", [IMPORT_PUBLISHES] = "publishing"
    };
    const bool *is_watched = data;
    if (*is_watched) {
        g_autofree char *of = all > 0 ? g_strdup_printf(" of %" G_GUINT64_FORMAT, all) : g_strdup("");
        fprintf(stderr, "\r%s %" G_GUINT64_FORMAT "%s\033[K", words[phase], rows, of);
    }
}

static void end_progress(bool is_watched)
{
    if (is_watched) {
        fputs("\r\033[K", stderr);
    }
}

/* ---- faults ---- */

struct listing {
    struct ctl_table *table;
    struct json_object *array;
    guint n;
};

/* What is shown is one line, whatever the cell held. */
static bool list_fault(void *data, uint64_t row, const char *column, const char *reason, const char *value)
{
    struct listing *listing = data;
    if (listing->array != NULL) {
        struct json_object *fault = json_object_new_object();
        json_object_object_add(fault, "row", json_object_new_uint64(row));
        json_object_object_add(fault, "column", json_object_new_string(column));
        json_object_object_add(fault, "reason", json_object_new_string(reason));
        json_object_object_add(fault, "value", json_object_new_string(value));
        json_object_array_add(listing->array, fault);
    } else {
        ctl_add_number(listing->table, row);
        ctl_add_text(listing->table, column);
        ctl_add_text(listing->table, reason);
        ctl_add_taken(listing->table, g_strdelimit(g_strdup(value), "\t\r\n", ' '));
    }
    return ++listing->n < FAULTS_SHOWN;
}

struct error_file {
    struct csv csv;
    FILE *file;
    bool is_good;
};

static void flush_errors(struct error_file *errors)
{
    gsize length = 0;
    g_autofree char *bytes = csv_take(&errors->csv, &length);
    errors->is_good = errors->is_good && fwrite(bytes, 1, length, errors->file) == length;
}

static bool write_fault(void *data, uint64_t row, const char *column, const char *reason, const char *value)
{
    struct error_file *errors = data;
    g_autofree char *number = g_strdup_printf("%" G_GUINT64_FORMAT, row);
    csv_cell(&errors->csv, number);
    csv_cell(&errors->csv, column);
    csv_cell(&errors->csv, reason);
    csv_cell(&errors->csv, value);
    csv_end_row(&errors->csv);
    flush_errors(errors);
    return errors->is_good;
}

/* All of them, also when there are none: a file of an earlier run must not stay. */
static bool write_errors(struct ctl *ctl, uint64_t run, GError **error)
{
    struct error_file errors = { .file = fopen(errors_file, "we"), .is_good = true };
    if (errors.file == NULL) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "--errors %s: %s", errors_file, g_strerror(errno));
        return false;
    }
    csv_begin(&errors.csv, CSV_UTF8);
    for (const struct ctl_column *column = fault_columns; column->name != NULL; column++) {
        csv_cell(&errors.csv, column->name);
    }
    csv_end_row(&errors.csv);
    flush_errors(&errors);
    bool good = line_import_faults(ctl->db, run, write_fault, &errors, error);
    csv_clear(&errors.csv);
    bool is_whole = fclose(errors.file) == 0 && errors.is_good;
    if (good && !is_whole) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "--errors %s: %s", errors_file, g_strerror(errno));
    }
    return good && is_whole;
}

/* ---- report ---- */

static bool report_json(struct ctl *ctl, const struct line_import_result *result, GError **error)
{
    const struct {
        const char *name;
        uint64_t number;
    } figures[] = { { "rows", result->rows },   { "added", result->added },  { "customers", result->customers },
                    { "known", result->known }, { "bad_rows", result->bad }, { "faults", result->faults } };
    struct json_object *report = json_object_new_object();
    struct listing listing = { .array = json_object_new_array() };
    bool good = line_import_faults(ctl->db, result->run, list_fault, &listing, error);
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
        json_object_object_add(report, figures[i].name, json_object_new_uint64(figures[i].number));
    }
    json_object_object_add(report, "published", json_object_new_boolean(result->bad == 0 && !dry_run));
    json_object_object_add(report, "resumed", json_object_new_boolean(result->was_resumed));
    json_object_object_add(report, "list", listing.array);
    if (good) {
        puts(json_object_to_json_string_ext(report, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    }
    json_object_put(report);
    return good;
}

static bool report_text(struct ctl *ctl, const struct line_import_result *result, GError **error)
{
    struct listing listing = { .table = ctl_table_new(fault_columns) };
    if (result->had_other) {
        ctl_say(ctl, "another file had been interrupted; it was completed first");
    }
    if (result->bad == 0) {
        ctl_table_free(listing.table);
        ctl_say(ctl,
                "%s%" G_GUINT64_FORMAT " rows: %" G_GUINT64_FORMAT " lines %s, %" G_GUINT64_FORMAT " known already",
                result->was_resumed ? "completed what had been interrupted; " : "", result->rows,
                dry_run && !result->was_resumed ? result->rows - result->known : result->added,
                dry_run && !result->was_resumed ? "to add" : "added", result->known);
        return true;
    }
    bool good = line_import_faults(ctl->db, result->run, list_fault, &listing, error);
    if (!good) {
        ctl_table_free(listing.table);
        return false;
    }
    ctl_table_print(ctl, listing.table, false);
    if (result->faults > listing.n) {
        ctl_say(ctl, "and %" G_GUINT64_FORMAT " more; --errors FILE writes all", result->faults - listing.n);
    }
    return true;
}

static bool report(struct ctl *ctl, const struct line_import_result *result, GError **error)
{
    if ((errors_file != NULL && !write_errors(ctl, result->run, error)) ||
        !(ctl->json ? report_json : report_text)(ctl, result, error)) {
        return false;
    }
    if (result->bad > 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID,
                    "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " rows are bad; nothing was published", result->bad,
                    result->rows);
    }
    return result->bad == 0;
}

/* ---- the command ---- */

static bool open_connections(struct ctl *ctl, struct db **dbs, GError **error)
{
    for (gint i = 0; i < jobs; i++) {
        dbs[i] = db_new(ctl->config, false, error);
        if (dbs[i] == NULL) {
            return false;
        }
        db_permit(dbs[i], ctl_permit());
    }
    return true;
}

bool ctl_line_import(struct ctl *ctl, char **arguments, GError **error)
{
    struct db *dbs[JOBS_MOST] = { NULL };
    struct line_import_result result;
    bool is_watched = isatty(STDERR_FILENO) != 0;
    if (jobs < 1 || jobs > JOBS_MOST) {
        return ctl_usage(error, "--jobs %d: from 1 to %d", jobs, JOBS_MOST);
    }
    struct line_import import = { .path = arguments[0],
                                  .only_check = dry_run,
                                  .dbs = dbs,
                                  .n_dbs = (guint)jobs,
                                  .actor = &ctl->actor,
                                  .now = ctl->now,
                                  .progress = show_progress,
                                  .data = &is_watched };
    bool good = ctl_db(ctl, error) != NULL && open_connections(ctl, dbs, error) &&
                line_import_run(ctl->db, &import, &result, error);
    end_progress(is_watched);
    for (gint i = 0; i < jobs; i++) {
        g_clear_pointer(&dbs[i], db_free);
    }
    return good && report(ctl, &result, error);
}

/* ---- line repair ---- */

static bool read_state(int *to, GError **error)
{
    enum line_state state = LINE_FAILED;
    *to = -1;
    if (state_word == NULL) {
        return true;
    }
    if (!line_state_read(state_word, &state) ||
        (state != LINE_INACTIVE && state != LINE_ACTIVE && state != LINE_SUSPENDED)) {
        return ctl_usage(error, "--state %s: inactive, active or suspended", state_word);
    }
    *to = (int)state;
    return true;
}

bool ctl_line_repair(struct ctl *ctl, char **arguments, GError **error)
{
    int to = -1;
    struct repaired repaired = { .to = LINE_FAILED };
    g_autofree char *phone = number_phone_read(arguments[0]);
    if (phone == NULL) {
        return ctl_usage(error, "%s: no phone number", arguments[0]);
    }
    if (!read_state(&to, error)) {
        return false;
    }
    struct db *db = ctl_worker_db(ctl, error);
    if (db == NULL || !line_repair(db, &ctl->actor, ctl->now, phone, to, &repaired, error)) {
        return false;
    }
    g_autofree char *shown = number_phone_show(phone);
    if (ctl->json) {
        struct ctl_table *table = ctl_table_new(repair_columns);
        ctl_add_number(table, repaired.line);
        ctl_add_text(table, shown);
        ctl_add_text(table, line_state_code(repaired.to));
        ctl_table_print(ctl, table, true);
    }
    ctl_say(ctl, "line %s is %s", shown, line_state_code(repaired.to));
    return true;
}
