/*
 * request_store.c: requests and their items as rows that are written. What lists show is request_list_store.c's.
 */
#include "request/request_store.h"

#include "base/error.h"

void request_lock_clear(struct request_lock *lock)
{
    g_clear_pointer(&lock->number, g_free);
    g_clear_pointer(&lock->fields, g_free);
}

bool request_store_lock(struct db *db, uint64_t customer, uint64_t id, struct request_lock *lock, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_REQUEST_LOCK, error, DB_U64(id), DB_U64(customer));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "no such request of this customer");
        return false;
    }
    lock->kind = request_kind_find(db_get_text(rows, 1));
    g_assert(lock->kind != NULL && request_status_read(db_get_text(rows, 2), &lock->status));
    lock->received_on = db_get_date(rows, 3);
    lock->effective_on = db_get_date(rows, 4);
    lock->version = (uint32_t)db_get_u64(rows, 5);
    lock->number = g_strdup(db_get_text(rows, 6));
    lock->fields = g_strdup(db_get_text(rows, 7));
    return true;
}

GArray *request_store_lock_lines(struct db *db, uint64_t customer, uint64_t id, guint *pending, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_REQUEST_LOCK_LINES, error, DB_U64(customer), DB_U64(id));
    if (rows == NULL) {
        return NULL;
    }
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(struct request_line));
    *pending = 0;
    while (db_next(rows)) {
        struct request_line line = { .line = db_get_u64(rows, 0), .item = db_get_u64(rows, 2) };
        enum item_result result = ITEM_PENDING;
        g_assert(line_state_read(db_get_text(rows, 1), &line.state) && item_result_read(db_get_text(rows, 3), &result));
        *pending += result == ITEM_PENDING;
        g_array_append_val(lines, line);
    }
    return lines;
}

GArray *request_store_steps(struct db *db, uint64_t customer, uint64_t id, GError **error)
{
    const struct db_value values[] = { DB_U64(customer), DB_U64(id) };
    g_autoptr(GArray) steps = g_array_new(FALSE, TRUE, sizeof(struct line_step));
    bool good =
        db_stream_values(db, STATEMENT_REQUEST_READ_STEPS, values, G_N_ELEMENTS(values), line_step_take, steps, error);
    return good ? g_steal_pointer(&steps) : NULL;
}

bool request_store_add(struct db *db, const struct actor *actor, const struct request_content *content,
                       struct moment now, uint64_t *id, GError **error)
{
    if (!db_run(db, STATEMENT_REQUEST_ADD, NULL, error, DB_U64(content->customer), DB_TEXT(content->kind->code),
                DB_U64(content->account), DB_TEXT(actor->name), DB_U64(content->draft),
                db_u64_or_null(content->service), DB_TEXT(content->fields), DB_MOMENT(now), DB_DATE(moment_date(now)),
                DB_DATE(content->effective), DB_MOMENT(request_due(content->effective, now)), DB_U64(content->lines),
                DB_U64(content->lines), DB_I64(content->total.yen), DB_I64(content->total.tax),
                DB_I64(content->total.percent))) {
        return false;
    }
    *id = db_last_id(db);
    return true;
}

bool request_store_set(struct db *db, const struct request_content *content, uint64_t id, struct moment now,
                       GError **error)
{
    uint64_t changed = 0;
    if (!db_run(db, STATEMENT_REQUEST_SET_CONTENT, &changed, error, DB_TEXT(content->fields),
                db_u64_or_null(content->service), DB_DATE(content->effective),
                DB_MOMENT(request_due(content->effective, now)), DB_U64(content->lines), DB_U64(content->lines),
                DB_I64(content->total.yen), DB_I64(content->total.tax), DB_I64(content->total.percent), DB_U64(id),
                DB_U64(content->customer))) {
        return false;
    }
    if (changed == 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "the request has begun");
        return false;
    }
    return true;
}

bool request_store_add_items(struct db *db, const struct request_content *content, uint64_t id, struct moment now,
                             GError **error)
{
    struct db_value due = DB_MOMENT(request_due(content->effective, now));
    return db_run(db, STATEMENT_REQUEST_ADD_ITEMS, NULL, error, DB_U64(id), due, due, DB_I64(content->yen_each),
                  DB_U64(content->draft), DB_U64(content->customer));
}

bool request_store_remove_items(struct db *db, uint64_t customer, uint64_t id, GError **error)
{
    return db_run(db, STATEMENT_REQUEST_REMOVE_ITEMS, NULL, error, DB_U64(customer), DB_U64(id));
}

bool request_store_cancel(struct db *db, uint64_t customer, uint64_t id, struct moment now, GError **error)
{
    uint64_t changed = 0;
    if (!db_run(db, STATEMENT_REQUEST_CANCEL_ITEMS, NULL, error, DB_MOMENT(now), DB_U64(customer), DB_U64(id)) ||
        !db_run(db, STATEMENT_REQUEST_SET_CANCELLED, &changed, error, DB_DATE(moment_date(now)), DB_U64(id),
                DB_U64(customer))) {
        return false;
    }
    if (changed == 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "the request has begun");
        return false;
    }
    return true;
}

/* ---- counts and numbers ---- */

bool request_store_count_add(struct db *db, uint64_t customer, GError **error)
{
    return db_run(db, STATEMENT_REQUEST_COUNT_ADD, NULL, error, DB_U64(customer));
}

bool request_store_count_move(struct db *db, uint64_t customer, enum request_status from, enum request_status to,
                              GError **error)
{
    struct db_value old = DB_TEXT(request_status_code(from)), new = DB_TEXT(request_status_code(to));
    return db_run(db, STATEMENT_REQUEST_COUNT_MOVE, NULL, error, old, new, old, new, old, new, old, new, old, new,
                  DB_U64(customer));
}

static bool customer_code(struct db *db, uint64_t account, uint64_t customer, char **code, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_CUSTOMER_CODE, error, DB_U64(account), DB_U64(customer));
    if (rows != NULL && !db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_FORBIDDEN, "the account does not see the customer any more");
        return false;
    }
    *code = rows != NULL ? g_strdup(db_get_text(rows, 0)) : NULL;
    return rows != NULL;
}

static bool draw(struct db *db, uint64_t customer, const char *letters, int year, guint *last, GError **error)
{
    if (!db_run(db, STATEMENT_REQUEST_DRAW, NULL, error, DB_U64(customer), DB_TEXT(letters), DB_I64(year))) {
        return false;
    }
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_REQUEST_DRAWN, error, DB_U64(customer), DB_TEXT(letters), DB_I64(year));
    if (rows == NULL) {
        return false;
    }
    g_assert(db_next(rows));
    *last = (guint)db_get_u64(rows, 0);
    return true;
}

bool request_store_number(struct db *db, const struct draft_owner *owner, uint64_t id, const char *letters,
                          struct date received, char **number, GError **error)
{
    g_autofree char *code = NULL;
    guint last = 0;
    if (!customer_code(db, owner->account, owner->customer, &code, error) ||
        !draw(db, owner->customer, letters, received.year, &last, error)) {
        return false;
    }
    g_autofree char *text = request_number(code, letters, received, last);
    if (!db_run(db, STATEMENT_REQUEST_SET_NUMBER, NULL, error, DB_TEXT(text), DB_U64(id), DB_U64(owner->customer))) {
        return false;
    }
    *number = g_steal_pointer(&text);
    return true;
}

bool request_number_of(struct db *db, uint64_t customer, uint64_t id, char **number, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_REQUEST_NUMBER_OF, error, DB_U64(id), DB_U64(customer));
    if (rows == NULL) {
        return false;
    }
    *number = db_next(rows) ? g_strdup(db_get_text(rows, 0)) : NULL;
    return true;
}

bool request_store_event(struct db *db, const struct actor *actor, uint64_t id, const char *kind, const char *detail,
                         struct moment now, GError **error)
{
    return db_run(db, STATEMENT_REQUEST_EVENT_ADD, NULL, error, DB_U64(id), DB_MOMENT(now), DB_TEXT(kind),
                  DB_TEXT(detail), DB_TEXT(actor_kind_word(actor->kind)), db_u64_or_null(actor->id),
                  DB_TEXT(actor->name));
}

bool request_store_tax(struct db *db, struct date day, int *percent, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_TAX_PERCENT, error, DB_DATE(day));
    if (rows == NULL) {
        return false;
    }
    *percent = db_next(rows) ? (int)db_get_u64(rows, 0) : 0;
    return true;
}
