/*
 * line_import_rule.c: reads rows of lines, see line_import_rule.h. Keeps nothing, asks nobody.
 */
#include "line/line_import_rule.h"

#include "base/text.h"
#include "customer/customer_rule.h"
#include "line/number_rule.h"

#include <string.h>

static const char *const column_words[IMPORT_COLUMN_N + 1] = {
    [IMPORT_CUSTOMER] = "customer", [IMPORT_PROJECT] = "project",     [IMPORT_PHONE] = "phone",
    [IMPORT_SERIAL] = "serial",     [IMPORT_ICCID] = "iccid",         [IMPORT_KIND] = "kind",
    [IMPORT_SIZE] = "size",         [IMPORT_SERVICE] = "service",     [IMPORT_PLAN] = "plan",
    [IMPORT_STATE] = "state",       [IMPORT_ACTIVATED] = "activated", [IMPORT_COLUMN_N] = "row",
};

static const char *const reason_words[IMPORT_REASON_N] = {
    [IMPORT_MISSING] = "missing",     [IMPORT_NOT_EMPTY] = "not-empty",
    [IMPORT_FORM] = "form",           [IMPORT_NO_TEXT] = "no-text",
    [IMPORT_ROUNDED] = "rounded",     [IMPORT_CHECK_DIGIT] = "check-digit",
    [IMPORT_CELLS] = "cells",         [IMPORT_UNKNOWN] = "unknown",
    [IMPORT_AMBIGUOUS] = "ambiguous", [IMPORT_NOT_OFFERED] = "not-offered",
    [IMPORT_FUTURE] = "future",       [IMPORT_STATE_OF] = "state",
    [IMPORT_TWICE] = "twice",         [IMPORT_TAKEN] = "taken",
    [IMPORT_DIFFERS] = "differs",
};

/* The numbers are those of the statement line_import_check. */
const struct line_import_check line_import_checks[IMPORT_CHECK_N] = {
    [0] = { IMPORT_CUSTOMER, IMPORT_UNKNOWN },   [1] = { IMPORT_PROJECT, IMPORT_UNKNOWN },
    [2] = { IMPORT_PHONE, IMPORT_TWICE },        [3] = { IMPORT_SERIAL, IMPORT_TWICE },
    [4] = { IMPORT_ICCID, IMPORT_TWICE },        [5] = { IMPORT_PHONE, IMPORT_TAKEN },
    [6] = { IMPORT_SERIAL, IMPORT_TAKEN },       [7] = { IMPORT_ICCID, IMPORT_TAKEN },
    [8] = { IMPORT_STATE, IMPORT_STATE_OF },     [9] = { IMPORT_CUSTOMER, IMPORT_DIFFERS },
    [10] = { IMPORT_PROJECT, IMPORT_DIFFERS },   [11] = { IMPORT_PHONE, IMPORT_DIFFERS },
    [12] = { IMPORT_ICCID, IMPORT_DIFFERS },     [13] = { IMPORT_KIND, IMPORT_DIFFERS },
    [14] = { IMPORT_SIZE, IMPORT_DIFFERS },      [15] = { IMPORT_SERVICE, IMPORT_DIFFERS },
    [16] = { IMPORT_PLAN, IMPORT_DIFFERS },      [17] = { IMPORT_STATE, IMPORT_DIFFERS },
    [18] = { IMPORT_ACTIVATED, IMPORT_DIFFERS },
};

const char *line_import_column_word(enum line_import_column column)
{
    g_assert((unsigned)column <= IMPORT_COLUMN_N);
    return column_words[column];
}

const char *line_import_reason_word(enum line_import_reason reason)
{
    g_assert((unsigned)reason < IMPORT_REASON_N);
    return reason_words[reason];
}

/* ---- words ---- */

static bool is_named(const char *const names[IMPORT_NAMES], const char *text)
{
    for (int i = 0; i < IMPORT_NAMES && names[i] != NULL; i++) {
        if (strcmp(names[i], text) == 0) {
            return true;
        }
    }
    return false;
}

/* In another width or case: `key` is the text's search key. */
static bool is_nearly_named(const char *const names[IMPORT_NAMES], const char *key)
{
    for (int i = 0; i < IMPORT_NAMES && names[i] != NULL; i++) {
        g_autofree char *name = text_search_key(names[i]);
        if (strcmp(name, key) == 0) {
            return true;
        }
    }
    return false;
}

/* The place of the one that is named `text`; -1: none. As it stands first: that is nearly always it, and cheap. */
static int find_named(const char *const (*lists)[IMPORT_NAMES], int n, const char *text)
{
    for (int i = 0; i < n; i++) {
        if (is_named(lists[i], text)) {
            return i;
        }
    }
    g_autofree char *key = text_search_key(text);
    for (int i = 0; i < n; i++) {
        if (is_nearly_named(lists[i], key)) {
            return i;
        }
    }
    return -1;
}

/* ---- the header line ---- */

struct line_import_layout line_import_layout_plain(void)
{
    struct line_import_layout layout = { .cells = IMPORT_COLUMN_N };
    for (int i = 0; i < IMPORT_COLUMN_N; i++) {
        layout.places[i] = i;
    }
    return layout;
}

bool line_import_read_head(const struct line_import_words *words, const char *const *cells, guint n,
                           struct line_import_layout *layout, enum line_import_column *missing,
                           enum line_import_column *twice)
{
    struct line_import_layout found = { .cells = n };
    guint named = 0;
    int again = IMPORT_COLUMN_N;
    memset(found.places, -1, sizeof found.places);
    for (guint i = 0; i < n; i++) {
        g_autofree char *trimmed = cells[i] != NULL ? text_trim(cells[i]) : NULL;
        int column = trimmed != NULL && *trimmed != '\0' ? find_named(words->columns, IMPORT_COLUMN_N, trimmed) : -1;
        if (column >= 0 && found.places[column] >= 0) {
            again = MIN(again, column);
        } else if (column >= 0) {
            found.places[column] = (int)i;
            named++;
        }
    }
    if (named < 2) {
        return false;
    }
    *layout = found;
    *twice = (enum line_import_column)again;
    *missing = IMPORT_COLUMN_N;
    for (int i = IMPORT_COLUMN_N - 1; i >= 0; i--) {
        *missing = found.places[i] < 0 ? (enum line_import_column)i : *missing;
    }
    return true;
}

/* ---- cells ---- */

struct reading {
    const struct line_import_words *words;
    struct date today;
    struct line_import_row *row;
    struct line_import_faults *faults;
    char *cells[IMPORT_COLUMN_N]; /* trimmed; NULL: no text */
};

static void fault(struct reading *reading, enum line_import_column column, enum line_import_reason reason)
{
    struct line_import_faults *faults = reading->faults;
    g_assert(faults->n < G_N_ELEMENTS(faults->list));
    faults->list[faults->n++] = (struct line_import_fault){ .column = column, .reason = reason };
}

/* The cell, if there is text in it. An empty one is a fault unless `may_be_empty`. */
static const char *cell(struct reading *reading, enum line_import_column column, bool may_be_empty)
{
    const char *text = reading->cells[column];
    if (text != NULL && *text == '\0' && !may_be_empty) {
        fault(reading, column, IMPORT_MISSING);
    }
    return text != NULL && *text != '\0' ? text : NULL;
}

/* A code, or "id:code:name" as our lists show it. */
static void read_customer(struct reading *reading)
{
    const char *text = cell(reading, IMPORT_CUSTOMER, false);
    if (text == NULL) {
        return;
    }
    g_auto(GStrv) parts = g_strsplit(text, ":", 3);
    g_autofree char *code = text_id(g_strv_length(parts) == 3 ? parts[1] : text);
    if (customer_code_is_good(code)) {
        g_strlcpy(reading->row->customer, code, sizeof reading->row->customer);
    } else {
        fault(reading, IMPORT_CUSTOMER, IMPORT_FORM);
    }
}

/* A name, or "code:name" with the code of the row's customer. */
static void read_project(struct reading *reading)
{
    const char *text = cell(reading, IMPORT_PROJECT, false);
    if (text == NULL) {
        return;
    }
    const char *code = reading->row->customer;
    gsize length = strlen(code);
    const char *name = length > 0 && g_str_has_prefix(text, code) && text[length] == ':' ? text + length + 1 : text;
    if (customer_name_is_good(name, PROJECT_NAME_MOST)) {
        reading->row->project = g_strdup(name);
    } else {
        fault(reading, IMPORT_PROJECT, IMPORT_FORM);
    }
}

static void read_number(struct reading *reading, enum line_import_column column, bool may_be_empty,
                        char *(*read)(const char *), char *out, gsize size)
{
    const char *text = cell(reading, column, may_be_empty);
    g_autofree char *number = text != NULL ? read(text) : NULL;
    if (number != NULL) {
        g_assert(g_strlcpy(out, number, size) < size);
    } else if (text != NULL) {
        fault(reading, column, IMPORT_FORM);
    }
}

static void read_iccid(struct reading *reading)
{
    static const enum line_import_reason reasons[] = {
        [NUMBER_ICCID_ROUNDED] = IMPORT_ROUNDED, [NUMBER_ICCID_CHECK_DIGIT] = IMPORT_CHECK_DIGIT
    };
    struct line_import_row *row = reading->row;
    read_number(reading, IMPORT_ICCID, true, number_iccid_read, row->iccid, sizeof row->iccid);
    enum number_iccid_fault found =
        *row->iccid != '\0' ? number_iccid_check(reading->cells[IMPORT_ICCID], row->iccid) : NUMBER_ICCID_GOOD;
    if (found != NUMBER_ICCID_GOOD) {
        fault(reading, IMPORT_ICCID, reasons[found]);
    }
}

/* A word of a closed list; `otherwise` when there is none. */
static int read_word(struct reading *reading, enum line_import_column column, bool may_be_empty,
                     const char *const (*lists)[IMPORT_NAMES], int n, int otherwise)
{
    const char *text = cell(reading, column, may_be_empty);
    int found = text != NULL ? find_named(lists, n, text) : -1;
    if (text != NULL && found < 0) {
        fault(reading, column, IMPORT_FORM);
    }
    return found >= 0 ? found : otherwise;
}

static void read_card(struct reading *reading)
{
    const struct line_import_words *words = reading->words;
    int kind = read_word(reading, IMPORT_KIND, false, words->kinds, CARD_KIND_N, CARD_KIND_N);
    guint before = reading->faults->n;
    int size = read_word(reading, IMPORT_SIZE, true, words->sizes, CARD_SIZE_N, CARD_NO_SIZE);
    bool is_good = reading->cells[IMPORT_SIZE] != NULL && reading->faults->n == before;
    if (is_good && kind == CARD_CARD && size == CARD_NO_SIZE) {
        fault(reading, IMPORT_SIZE, IMPORT_MISSING);
    } else if (is_good && kind == CARD_ESIM && size != CARD_NO_SIZE) {
        fault(reading, IMPORT_SIZE, IMPORT_NOT_EMPTY);
    }
    reading->row->kind = (enum card_kind)kind;
    reading->row->size = (enum card_size)size;
}

/* The one of `choices` (of `service`, if not 0) with that code, else with that name if one alone has it. */
static const struct line_import_choice *choose(const struct line_import_choice *choices, guint n, uint64_t service,
                                               const char *text, bool *is_ambiguous)
{
    const struct line_import_choice *found = NULL;
    for (guint i = 0; i < n; i++) {
        if (strcmp(choices[i].names[0], text) == 0) {
            return &choices[i];
        }
    }
    for (guint i = 0; i < n; i++) {
        if ((service == 0 || choices[i].service == service) && is_named(choices[i].names, text)) {
            *is_ambiguous = *is_ambiguous || found != NULL;
            found = &choices[i];
        }
    }
    return *is_ambiguous ? NULL : found;
}

static const struct line_import_choice *read_choice(struct reading *reading, enum line_import_column column,
                                                    const struct line_import_choice *choices, guint n, uint64_t service)
{
    const char *text = cell(reading, column, false);
    bool is_ambiguous = false;
    const struct line_import_choice *found = text != NULL ? choose(choices, n, service, text, &is_ambiguous) : NULL;
    if (text != NULL && found == NULL) {
        fault(reading, column, is_ambiguous ? IMPORT_AMBIGUOUS : IMPORT_UNKNOWN);
    }
    return found;
}

static void read_contract(struct reading *reading)
{
    const struct line_import_words *words = reading->words;
    const struct line_import_choice *service =
        read_choice(reading, IMPORT_SERVICE, words->services, words->n_services, 0);
    reading->row->service = service != NULL ? service->id : 0;
    const struct line_import_choice *plan =
        read_choice(reading, IMPORT_PLAN, words->plans, words->n_plans, reading->row->service);
    if (plan == NULL) {
        return;
    }
    reading->row->plan = plan->id;
    if (service != NULL && plan->service != service->id) {
        fault(reading, IMPORT_PLAN, IMPORT_NOT_OFFERED);
    } else if (reading->row->kind == CARD_ESIM && !plan->esim) {
        fault(reading, IMPORT_KIND, IMPORT_NOT_OFFERED);
    }
}

static void read_state(struct reading *reading)
{
    int state = read_word(reading, IMPORT_STATE, false, reading->words->states, LINE_STATE_N, LINE_STATE_N);
    bool needs_day = state == LINE_ACTIVE || state == LINE_SUSPENDED;
    const char *text = cell(reading, IMPORT_ACTIVATED, !needs_day);
    struct date day = { 0 };
    reading->row->state = (enum line_state)state;
    if (text == NULL) {
        return;
    }
    if (!date_parse(text, &day)) {
        fault(reading, IMPORT_ACTIVATED, IMPORT_FORM);
    } else if (state == LINE_INACTIVE) {
        fault(reading, IMPORT_ACTIVATED, IMPORT_NOT_EMPTY);
    } else if (date_compare(day, reading->today) > 0) {
        fault(reading, IMPORT_ACTIVATED, IMPORT_FUTURE);
    }
    reading->row->activated_on = day;
}

/* ---- rows ---- */

static void take_cells(struct reading *reading, const struct line_import_layout *layout, const char *const *cells)
{
    for (int i = 0; i < IMPORT_COLUMN_N; i++) {
        const char *text = cells[layout->places[i]];
        reading->cells[i] = text != NULL ? text_trim(text) : NULL;
        if (text == NULL) {
            fault(reading, (enum line_import_column)i, IMPORT_NO_TEXT);
        }
    }
}

/* Whether every column has its cell, and no cell stands behind the last column but empty ones. */
static bool cells_fit(const struct line_import_layout *layout, const char *const *cells, guint n)
{
    for (int i = 0; i < IMPORT_COLUMN_N; i++) {
        if (layout->places[i] >= (int)n) {
            return false;
        }
    }
    for (guint i = layout->cells; i < n; i++) {
        if (cells[i] == NULL || *cells[i] != '\0') {
            return false;
        }
    }
    return true;
}

bool line_import_read(const struct line_import_words *words, const struct line_import_layout *layout,
                      const char *const *cells, guint n, struct date today, struct line_import_row *row,
                      struct line_import_faults *faults)
{
    struct reading reading = { .words = words, .today = today, .row = row, .faults = faults };
    *row = (struct line_import_row){ 0 };
    faults->n = 0;
    if (!cells_fit(layout, cells, n)) {
        fault(&reading, IMPORT_COLUMN_N, IMPORT_CELLS);
        return false;
    }
    take_cells(&reading, layout, cells);
    read_customer(&reading);
    read_project(&reading);
    read_number(&reading, IMPORT_PHONE, false, number_phone_read, row->phone, sizeof row->phone);
    read_number(&reading, IMPORT_SERIAL, false, number_serial_read, row->serial, sizeof row->serial);
    read_iccid(&reading);
    read_card(&reading);
    read_contract(&reading);
    read_state(&reading);
    for (guint i = 0; i < faults->n; i++) {
        int place = faults->list[i].column < IMPORT_COLUMN_N ? layout->places[faults->list[i].column] : -1;
        faults->list[i].value = place >= 0 ? cells[place] : NULL;
    }
    for (int i = 0; i < IMPORT_COLUMN_N; i++) {
        g_free(reading.cells[i]);
    }
    return faults->n == 0;
}

void line_import_row_clear(struct line_import_row *row)
{
    g_clear_pointer(&row->project, g_free);
}
