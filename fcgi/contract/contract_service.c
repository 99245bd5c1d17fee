/*
 * contract_service.c: the kinds of requests that change a line's state, and what they do once the carrier has done it.
 */
#include "contract/contract.h"

#include "base/error.h"
#include "base/json.h"
#include "contract/contract_store.h"

#include <string.h>

const char *const contract_suspend_reasons[] = { "lost", "unused", "other", NULL };
const char *const contract_terminate_reasons[] = { "finished", "switch", "other", NULL };

/* ---- what is entered ---- */

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strcmp(text, *words) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_reason(const struct request_fields *fields, const char *const *reasons, GError **error)
{
    if (!is_one_of(request_fields_get(fields, CONTRACT_FIELD_REASON), reasons)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "no such reason");
        return false;
    }
    return true;
}

static bool suspend_fields(struct db *db, const struct request_fields *fields, struct date today, GError **error)
{
    (void)db;
    (void)today;
    return has_reason(fields, contract_suspend_reasons, error);
}

static bool terminate_fields(struct db *db, const struct request_fields *fields, struct date today, GError **error)
{
    (void)db;
    (void)today;
    return has_reason(fields, contract_terminate_reasons, error);
}

static bool terminate_check(struct db *db, struct request_batch *batch, GError **error)
{
    (void)db;
    (void)error;
    for (guint i = 0; i < batch->n; i++) {
        if (batch->lines[i].is_protected && batch->lines[i].refusal == REFUSAL_NONE) {
            batch->lines[i].refusal = REFUSAL_PROTECTED;
        }
    }
    return true;
}

static char *reason_arguments(const struct request_line *line)
{
    struct json_object *object = json_sure(json_object_new_object());
    json_put(object, "reason", json_object_new_string(request_fields_get(line->fields, CONTRACT_FIELD_REASON)));
    return json_take_text(object);
}

/* ---- what is done ---- */

bool contract_move(struct db *db, const struct actor *actor, const struct request_batch *batch, enum line_state to,
                   GError **error)
{
    g_autofree char *lines = contract_lines_json(batch);
    struct date day = moment_date(batch->now);
    return batch->n == 0 || (contract_store_set(db, lines, to, day, error) &&
                             contract_store_events(db, actor, lines, to, batch->now, error) &&
                             (to != LINE_TERMINATED || contract_store_end(db, lines, day, error)) &&
                             contract_store_counts(db, lines, to, error));
}

static bool apply(struct db *db, struct request_batch *batch, GError **error)
{
    return contract_move(db, batch->actor, batch, (enum line_state)batch->kind->moves.to, error);
}

/* A line that was failed before stays so, and its history tells of the first time. */
static bool undo(struct db *db, struct request_batch *batch, GError **error)
{
    g_autofree struct request_line *lines = g_new(struct request_line, batch->n);
    struct request_batch fallen = *batch;
    fallen.lines = lines;
    fallen.n = 0;
    for (guint i = 0; i < batch->n; i++) {
        if (batch->lines[i].state != LINE_FAILED) {
            lines[fallen.n++] = batch->lines[i];
        }
    }
    return contract_move(db, batch->actor, &fallen, LINE_FAILED, error);
}

/* ---- the kinds; domain.md, SIM states ---- */

#define FROM(state) (1U << (state))

const struct request_kind contract_suspend = {
    .code = "suspend",
    .letters = "CS",
    .name = LABEL_REQUEST_KIND_SUSPEND,
    .title = LABEL_REQUEST_TITLE_SUSPEND,
    .operation = "suspend",
    .moves = { .from = FROM(LINE_ACTIVE) | FROM(LINE_FAILED),
               .to = LINE_SUSPENDED,
               .is_safety = true,
               .may_strand = true },
    .fields_are_good = suspend_fields,
    .arguments = reason_arguments,
    .apply = apply,
    .undo = undo,
};

const struct request_kind contract_resume = {
    .code = "resume",
    .letters = "CS",
    .name = LABEL_REQUEST_KIND_RESUME,
    .title = LABEL_REQUEST_TITLE_RESUME,
    .operation = "resume",
    .moves = { .from = FROM(LINE_SUSPENDED), .to = LINE_ACTIVE, .is_safety = true, .may_strand = true },
    .apply = apply,
    .undo = undo,
};

const struct request_kind contract_activate = {
    .code = "activate",
    .letters = "AC",
    .name = LABEL_REQUEST_KIND_ACTIVATE,
    .title = LABEL_REQUEST_TITLE_ACTIVATE,
    .operation = "activate",
    .moves = { .from = FROM(LINE_INACTIVE), .to = LINE_ACTIVE, .may_strand = true },
    .apply = apply,
    .undo = undo,
};

const struct request_kind contract_terminate = {
    .code = "terminate",
    .letters = "CS",
    .name = LABEL_REQUEST_KIND_TERMINATE,
    .title = LABEL_REQUEST_TITLE_TERMINATE,
    .operation = "terminate",
    .moves = { .from = FROM(LINE_ACTIVE) | FROM(LINE_SUSPENDED) | FROM(LINE_INACTIVE) | FROM(LINE_FAILED),
               .to = LINE_TERMINATED,
               .is_safety = true,
               .may_strand = true },
    .fields_are_good = terminate_fields,
    .check = terminate_check,
    .arguments = reason_arguments,
    .apply = apply,
    .undo = undo,
};
