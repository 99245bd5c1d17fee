/*
 * repair_service.c: the operator's repair of a failed line, see repair.h.
 */
#include "contract/repair.h"

#include "audit/audit.h"
#include "base/error.h"
#include "line/number_rule.h"
#include "request/operate_store.h"

struct repairing {
    const struct actor *actor;
    struct moment now;
    const char *phone;
    int to;
    struct repaired *repaired;
};

static bool lock(struct db *db, const struct repairing *repairing, struct request_line *line, GError **error)
{
    g_autofree char *shown = number_phone_show(repairing->phone);
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_REPAIR_LOCK, error, DB_TEXT(repairing->phone));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "there is no line %s", shown);
        return false;
    }
    line->line = db_get_u64(rows, 0);
    line->customer = db_get_u64(rows, 1);
    g_assert(line_state_read(db_get_text(rows, 2), &line->state));
    if (line->state != LINE_FAILED) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "line %s is not failed, but %s", shown,
                    line_state_code(line->state));
        return false;
    }
    return true;
}

/* Where it stood, and whose failure it was. */
static bool find_before(struct db *db, struct request_line *line, enum line_state *before, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_REPAIR_BEFORE, error, DB_U64(line->line));
    if (rows == NULL) {
        return false;
    }
    bool found = db_next(rows) && line_state_read(db_get_text(rows, 0), before);
    line->item = found ? db_get_u64(rows, 1) : 0;
    *before = found ? *before : LINE_FAILED;
    return true;
}

static bool tell(struct db *db, const struct repairing *repairing, const struct request_line *line, enum line_state to,
                 GError **error)
{
    g_autofree char *shown = number_phone_show(repairing->phone);
    g_autofree char *object = g_strdup_printf("line %" G_GUINT64_FORMAT, line->line);
    g_autofree char *detail = g_strdup_printf("%s: %s", shown, line_state_code(to));
    return audit_add(db, repairing->actor, repairing->now, line->customer, "line-repair", object, detail, error);
}

static bool wake(struct db *db, uint64_t line, struct moment now, GError **error)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    g_array_append_val(lines, line);
    return operate_store_wake(db, lines, now, error);
}

static bool do_repair(struct db *db, void *data, GError **error)
{
    const struct repairing *repairing = data;
    struct request_line line = { 0 };
    enum line_state to = LINE_FAILED;
    if (!lock(db, repairing, &line, error) || !find_before(db, &line, &to, error)) {
        return false;
    }
    to = repairing->to >= 0 ? (enum line_state)repairing->to : to;
    if (to == LINE_FAILED) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "nobody knows where the line stood before it failed");
        return false;
    }
    struct request_batch batch = { .now = repairing->now, .actor = repairing->actor, .lines = &line, .n = 1 };
    *repairing->repaired = (struct repaired){ .to = to, .line = line.line };
    return wake(db, line.line, repairing->now, error) && contract_move(db, repairing->actor, &batch, to, error) &&
           tell(db, repairing, &line, to, error);
}

bool line_repair(struct db *db, const struct actor *actor, struct moment now, const char *phone, int to,
                 struct repaired *repaired, GError **error)
{
    struct repairing repairing = { .actor = actor, .now = now, .phone = phone, .to = to, .repaired = repaired };
    return db_transaction(db, do_repair, &repairing, error);
}
