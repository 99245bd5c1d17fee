/*
 * look_service.c: the dry run of a draft and its submission. Both judge every line by the same function; submitting
 * does it with the lines locked and compares with what the person was shown.
 */
#include "request/look_service.h"

#include "audit/audit.h"
#include "base/error.h"
#include "calendar/calendar.h"
#include "request/request_store.h"
#include "request/request_tell_service.h"

#include <string.h>

/* ---- judging ---- */

static const enum refusal refusal_of[REQUEST_VERDICT_N] = {
    [REQUEST_WRONG_STATE] = REFUSAL_STATE,
    [REQUEST_COLLIDES] = REFUSAL_COLLIDES,
    [REQUEST_BREAKS_LATER] = REFUSAL_BREAKS,
};

/* The states of a line as open requests leave it. `steps` are of all lines, in the same order as `lines`. */
static void judge_states(struct request_batch *batch, const GArray *steps)
{
    struct request_step own = { .moves = &batch->kind->moves, .item = REQUEST_NEW_ITEM };
    guint at = 0;
    for (guint i = 0; i < batch->n; i++) {
        struct request_line *line = &batch->lines[i];
        own.due = request_due(line->effective, batch->now);
        g_autoptr(GArray) of_line = NULL;
        for (; at < steps->len && g_array_index(steps, struct line_step, at).line == line->line; at++) {
            of_line = of_line != NULL ? of_line : g_array_new(FALSE, FALSE, sizeof(struct request_step));
            g_array_append_val(of_line, g_array_index(steps, struct line_step, at).step);
        }
        enum line_state before = line->state;
        const struct request_step *open = of_line != NULL ? (const struct request_step *)(void *)of_line->data : NULL;
        enum request_verdict verdict =
            request_project(line->state, open, of_line != NULL ? of_line->len : 0, &own, &before, &line->against);
        line->refusal = refusal_of[verdict];
    }
}

static void add_number(GChecksum *sum, uint64_t number)
{
    g_checksum_update(sum, (const guchar *)&number, sizeof number);
}

/* Of everything that is shown and that may change until it is submitted. */
static void digest_make(const struct look *look, uint8_t digest[DIGEST_BYTES])
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *fields = request_fields_json(look->draft->fields);
    gsize size = DIGEST_BYTES;
    g_checksum_update(sum, (const guchar *)fields, -1);
    add_number(sum, (uint64_t)look->total.yen);
    add_number(sum, (uint64_t)look->total.tax);
    for (guint i = 0; i < look->lines->len; i++) {
        const struct request_line *line = &g_array_index(look->lines, struct request_line, i);
        add_number(sum, line->line);
        add_number(sum, (uint64_t)line->state << 32 | (uint64_t)line->refusal);
        add_number(sum, line->against);
    }
    g_checksum_get_digest(sum, digest, &size);
}

static bool price(struct db *db, const struct draft *draft, guint lines, struct moment now, struct request_total *total,
                  GError **error)
{
    struct date today = moment_date(now);
    total->each = 0;
    if ((draft->kind->price != NULL && !draft->kind->price(db, draft->fields, today, &total->each, error)) ||
        !request_store_tax(db, today, &total->percent, error)) {
        return false;
    }
    total->yen = total->each * lines;
    total->tax = request_tax(total->yen, total->percent);
    return true;
}

bool draft_price(struct db *db, const struct draft *draft, struct moment now, struct request_total *total,
                 GError **error)
{
    return price(db, draft, draft->lines - draft->refused, now, total, error);
}

static bool judge(struct db *db, struct look *look, const GArray *steps, GError **error)
{
    const struct request_kind *kind = look->draft->kind;
    struct request_batch batch = {
        .kind = kind, .now = look->now, .lines = (struct request_line *)(void *)look->lines->data, .n = look->lines->len
    };
    for (guint i = 0; i < batch.n; i++) {
        batch.lines[i].customer = look->owner->customer;
        batch.lines[i].effective = look->effective;
        batch.lines[i].fields = look->draft->fields;
    }
    judge_states(&batch, steps);
    if (kind->check != NULL && !kind->check(db, &batch, error)) {
        return false;
    }
    look->refused = 0;
    for (guint i = 0; i < batch.n; i++) {
        look->refused += batch.lines[i].refusal != REFUSAL_NONE;
    }
    return price(db, look->draft, batch.n - look->refused, look->now, &look->total, error);
}

/* The lines and their open requests. Where nothing is locked a worker may finish a request between the two statements,
 * so that these are read first: a step that is done by then does nothing to a line that stands where it led, while one
 * that is missing would leave the line in a state that no request left it in. */
static GArray *read_lines(struct db *db, struct look *look, bool lock, GError **error)
{
    uint64_t customer = look->owner->customer, id = look->draft->id;
    g_autoptr(GArray) steps = lock ? NULL : draft_store_steps(db, customer, id, error);
    if (!lock && steps == NULL) {
        return NULL;
    }
    look->lines = draft_store_lines(db, customer, id, lock, error);
    if (look->lines == NULL) {
        return NULL;
    }
    return lock ? draft_store_steps(db, customer, id, error) : g_steal_pointer(&steps);
}

bool draft_date(const struct draft *draft, struct moment now, struct date *date)
{
    struct date asked;
    if (!request_fields_date(draft->fields, REQUEST_FIELD_DATE, &asked) ||
        !date_window_holds(calendar_effective_window(moment_date(now)), asked)) {
        return false;
    }
    *date = asked;
    return true;
}

bool look_at(struct db *db, struct look *look, bool lock, GError **error)
{
    g_autoptr(GArray) steps = read_lines(db, look, lock, error);
    if (steps == NULL) {
        return false;
    }
    if (look->lines->len == 0) {
        look->outcome = DRAFT_EMPTY;
        return true;
    }
    if (!draft_date(look->draft, look->now, &look->effective)) {
        look->outcome = DRAFT_BAD_DATE;
        return true;
    }
    if (look->draft->kind->fields_are_good != NULL &&
        !look->draft->kind->fields_are_good(db, look->draft->fields, moment_date(look->now), error)) {
        return false;
    }
    if (!judge(db, look, steps, error)) {
        return false;
    }
    digest_make(look, look->digest);
    look->outcome = look->refused > 0 ? DRAFT_REFUSED : DRAFT_GOOD;
    return true;
}

bool look_keep(struct db *db, const struct look *look, GError **error)
{
    return draft_store_set_look(db, look->owner->customer, look->draft->id, look->lines, look->refused, look->digest,
                                look->now, error);
}

void look_clear(struct look *look)
{
    g_clear_pointer(&look->draft, draft_free);
    g_clear_pointer(&look->lines, g_array_unref);
}

/* ---- the dry run ---- */

struct looking {
    struct look look;
    uint64_t id;
};

static bool do_look(struct db *db, void *data, GError **error)
{
    struct looking *looking = data;
    struct look *look = &looking->look;
    look_clear(look);
    look->draft = draft_store_lock(db, look->owner, looking->id, error);
    if (look->draft == NULL || !look_at(db, look, false, error)) {
        return false;
    }
    bool judged = look->outcome == DRAFT_GOOD || look->outcome == DRAFT_REFUSED;
    return !judged || look_keep(db, look, error);
}

bool draft_look(struct db *db, const struct draft_owner *owner, uint64_t id, struct moment now,
                enum draft_outcome *outcome, struct request_total *total, GError **error)
{
    struct looking looking = { .look = { .owner = owner, .now = now }, .id = id };
    bool good = db_transaction(db, do_look, &looking, error);
    if (good) {
        *outcome = looking.look.outcome;
        *total = looking.look.total;
    }
    look_clear(&looking.look);
    return good;
}
