/*
 * draft_service.c: beginning a draft, keeping what was entered, choosing its lines. What the lines are worth is
 * look_service.c's.
 */
#include "request/draft_store.h"

#include "base/error.h"
#include "request/request_store.h"

#include <string.h>

enum { FOUND_A_STEP = 5000 };

/* ---- beginning ---- */

struct beginning {
    const struct draft_owner *owner;
    const struct request_kind *kind;
    uint64_t of_request, id;
    const GArray *lines;
    struct moment now;
};

static bool take_over(struct db *db, struct beginning *beginning, GError **error)
{
    struct request_lock lock = { 0 };
    uint64_t customer = beginning->owner->customer;
    if (!request_store_lock(db, customer, beginning->of_request, &lock, error)) {
        return false;
    }
    bool good = lock.kind == beginning->kind && request_can_change(lock.status, lock.effective_on, beginning->now);
    if (!good) {
        g_set_error(error, PORTAL_ERROR, PORTAL_FORBIDDEN, "the request can be changed no more");
    }
    good = good &&
           draft_store_add(db, beginning->owner, beginning->kind, beginning->of_request, lock.fields, beginning->now,
                           &beginning->id, error) &&
           draft_store_add_request_lines(db, customer, beginning->id, beginning->of_request, error) &&
           draft_store_count(db, customer, beginning->id, beginning->now, error);
    request_lock_clear(&lock);
    return good;
}

static bool do_create(struct db *db, void *data, GError **error)
{
    struct beginning *beginning = data;
    if (!draft_store_drop_oldest(db, beginning->owner->account, DRAFTS_MOST - 1, error)) {
        return false;
    }
    if (beginning->of_request != 0) {
        return take_over(db, beginning, error);
    }
    uint64_t customer = beginning->owner->customer;
    bool has_lines = beginning->lines != NULL && beginning->lines->len > 0;
    return draft_store_add(db, beginning->owner, beginning->kind, 0, "{}", beginning->now, &beginning->id, error) &&
           (!has_lines || (draft_store_add_lines(db, customer, beginning->id, beginning->lines, error) &&
                           draft_store_count(db, customer, beginning->id, beginning->now, error)));
}

bool draft_create(struct db *db, const struct draft_owner *owner, const struct request_kind *kind, uint64_t of_request,
                  const GArray *lines, struct moment now, uint64_t *id, GError **error)
{
    struct beginning beginning = { .owner = owner, .kind = kind, .of_request = of_request, .lines = lines, .now = now };
    if (!db_transaction(db, do_create, &beginning, error)) {
        return false;
    }
    *id = beginning.id;
    return true;
}

/* The draft, locked, if it may still be changed. */
static struct draft *lock_open(struct db *db, const struct draft_owner *owner, uint64_t id, GError **error)
{
    struct draft *draft = draft_store_lock(db, owner, id, error);
    if (draft != NULL && draft->made_request != 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "the draft has become a request");
        g_clear_pointer(&draft, draft_free);
    }
    return draft;
}

/* ---- throwing it away ---- */

struct deleting {
    const struct draft_owner *owner;
    uint64_t id;
};

static bool do_delete(struct db *db, void *data, GError **error)
{
    const struct deleting *deleting = data;
    AUTO(draft) struct draft *draft = lock_open(db, deleting->owner, deleting->id, error);
    return draft != NULL && draft_store_drop(db, deleting->owner->account, deleting->id, error);
}

bool draft_delete(struct db *db, const struct draft_owner *owner, uint64_t id, GError **error)
{
    struct deleting deleting = { .owner = owner, .id = id };
    return db_transaction(db, do_delete, &deleting, error);
}

/* ---- what was entered ---- */

struct keeping {
    const struct draft_owner *owner;
    uint64_t id;
    const char *json;
    struct moment now;
};

static bool do_keep(struct db *db, void *data, GError **error)
{
    const struct keeping *keeping = data;
    AUTO(draft) struct draft *draft = lock_open(db, keeping->owner, keeping->id, error);
    if (draft == NULL) {
        return false;
    }
    g_autofree char *before = request_fields_json(draft->fields);
    return g_str_equal(before, keeping->json) ||
           draft_store_set_fields(db, keeping->owner->customer, keeping->id, keeping->json, keeping->now, error);
}

bool draft_set_fields(struct db *db, const struct draft_owner *owner, uint64_t id, const struct request_fields *fields,
                      struct moment now, GError **error)
{
    g_autofree char *json = request_fields_json(fields);
    struct keeping keeping = { .owner = owner, .id = id, .json = json, .now = now };
    return db_transaction(db, do_keep, &keeping, error);
}

/* ---- choosing lines ---- */

struct ticking {
    const struct draft_owner *owner;
    uint64_t id;
    const struct draft_ticks *ticks;
    struct moment now;
};

/* Add what a search finds, step by step in the order of serial numbers. */
static bool add_found(struct db *db, const struct ticking *ticking, const struct request_kind *kind, GError **error)
{
    struct line_search search = *ticking->ticks->found;
    struct line_cursor cursor = { 0 };
    struct line_page page = { .limit = FOUND_A_STEP };
    guint left[LINE_STATE_N] = { 0 };
    bool good = true, more = true;
    search.sort = LINE_BY_SERIAL;
    search.is_descending = false;
    for (guint taken = 0; good && more && taken <= DRAFT_LINES_MOST;) {
        g_autoptr(GArray) rows = line_list(db, &search, &page, NULL, error);
        g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint64_t));
        for (guint i = 0; rows != NULL && i < rows->len; i++) {
            const struct line_row *row = &g_array_index(rows, struct line_row, i);
            if (request_may_start(&kind->moves, row->state)) {
                g_array_append_val(ids, row->id);
            } else {
                left[row->state]++;
            }
        }
        good = rows != NULL && draft_store_add_lines(db, ticking->owner->customer, ticking->id, ids, error);
        more = good && rows->len == page.limit;
        taken += ids->len;
        if (more && line_search_has_cursor(&search)) {
            g_free(cursor.key);
            cursor = line_row_cursor(&search, &g_array_index(rows, struct line_row, rows->len - 1));
            page.cursor = &cursor;
        } else if (more) {
            page.offset += rows->len; /* a part of a number is looked for: such lists go by offset */
        }
    }
    g_free(cursor.key);
    if (good && ticking->ticks->left != NULL) {
        memcpy(ticking->ticks->left, left, sizeof left);
    }
    return good;
}

static bool count(struct db *db, const struct ticking *ticking, GError **error)
{
    if (!draft_store_count(db, ticking->owner->customer, ticking->id, ticking->now, error)) {
        return false;
    }
    AUTO(draft) struct draft *draft = draft_get(db, ticking->owner, ticking->id, error);
    if (draft != NULL && draft->lines > DRAFT_LINES_MOST) {
        g_set_error(error, PORTAL_ERROR, PORTAL_LIMIT, "more than %d lines", DRAFT_LINES_MOST);
        return false;
    }
    return draft != NULL;
}

static bool do_tick(struct db *db, void *data, GError **error)
{
    const struct ticking *ticking = data;
    const struct draft_ticks *ticks = ticking->ticks;
    uint64_t customer = ticking->owner->customer, id = ticking->id;
    AUTO(draft) struct draft *draft = lock_open(db, ticking->owner, id, error);
    return draft != NULL && (!ticks->remove_all || draft_store_remove_all(db, customer, id, error)) &&
           (!ticks->remove_refused || draft_store_remove_refused(db, customer, id, error)) &&
           (ticks->remove == NULL || draft_store_remove_lines(db, customer, id, ticks->remove, error)) &&
           (ticks->add == NULL || draft_store_add_lines(db, customer, id, ticks->add, error)) &&
           (ticks->found == NULL || add_found(db, ticking, draft->kind, error)) && count(db, ticking, error);
}

bool draft_tick(struct db *db, const struct draft_owner *owner, uint64_t id, const struct draft_ticks *ticks,
                struct moment now, GError **error)
{
    struct ticking ticking = { .owner = owner, .id = id, .ticks = ticks, .now = now };
    return db_transaction(db, do_tick, &ticking, error);
}
