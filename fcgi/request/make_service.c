/*
 * make_service.c: see make_service.h. Judging and taking are those of drafts that people submit.
 */
#include "request/make_service.h"

#include "base/error.h"
#include "request/request_store.h"
#include "request/submit_service.h"
#include "request/upload_store.h"

#include <string.h>

struct making {
    const struct request_wanted *wanted;
    enum language language;
    struct submitting submitting;
    struct request_made_of *made;
    bool is_answered; /* the work failed, but `made` says why: a refusal, which leaves no row */
    bool lost_race;   /* the key was taken between looking for it and writing it */
};

void request_made_of_clear(struct request_made_of *made)
{
    g_clear_pointer(&made->number, g_free);
    g_clear_pointer(&made->faults, g_array_unref);
    g_clear_pointer(&made->refused, g_ptr_array_unref);
    g_clear_pointer(&made->ids, g_free);
}

/* Undo what was written, and answer. */
static bool refuse(struct making *making, enum request_making outcome, GError **error)
{
    making->made->outcome = outcome;
    making->is_answered = true;
    g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "refused");
    return false;
}

/* ---- which lines ---- */

/* The ids of those that were named by their numbers. */
static bool find_phones(struct db *db, struct making *making, uint64_t customer, GError **error)
{
    const GArray *lines = making->wanted->lines;
    g_autofree struct upload_row *rows = g_new0(struct upload_row, lines->len);
    g_autofree const struct upload_row **wanted = g_new(const struct upload_row *, lines->len);
    g_autofree guint *places = g_new(guint, lines->len);
    g_autofree uint64_t *ids = g_new(uint64_t, lines->len);
    guint n = 0;
    for (guint i = 0; i < lines->len; i++) {
        const struct wanted_line *line = &g_array_index(lines, struct wanted_line, i);
        making->made->ids[i] = line->id;
        if (line->id == 0) {
            g_strlcpy(rows[n].text, line->phone, sizeof rows[n].text);
            wanted[n] = &rows[n];
            places[n++] = i;
        }
    }
    if (!upload_store_find(db, customer, wanted, n, ids, error)) {
        return false;
    }
    for (guint i = 0; i < n; i++) {
        making->made->ids[places[i]] = ids[i];
    }
    return true;
}

static void add_fault(struct making *making, guint place, bool is_twice)
{
    struct wanted_fault fault = { .place = place, .is_twice = is_twice };
    g_array_append_val(making->made->faults, fault);
}

/* Add the lines to the draft; the customer's alone get in. False also when some are at fault: `faults`. */
static bool add_lines(struct db *db, struct making *making, uint64_t draft, GError **error)
{
    const struct look *look = &making->submitting.look;
    uint64_t customer = look->owner->customer, *ids = making->made->ids;
    guint n = making->wanted->lines->len;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GArray) good = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    for (guint i = 0; i < n; i++) {
        if (ids[i] != 0 && !g_hash_table_add(seen, &ids[i])) {
            add_fault(making, i, true);
        } else if (ids[i] != 0) {
            g_array_append_val(good, ids[i]);
        }
    }
    if (!draft_store_add_lines(db, customer, draft, good, error) ||
        !draft_store_count(db, customer, draft, look->now, error)) {
        return false;
    }
    g_autoptr(GArray) held = draft_store_lines(db, customer, draft, true, error);
    if (held == NULL) {
        return false;
    }
    g_hash_table_remove_all(seen);
    for (guint i = 0; i < held->len; i++) {
        g_hash_table_add(seen, &g_array_index(held, struct request_line, i).line);
    }
    for (guint i = 0; i < n; i++) {
        if (ids[i] == 0 || !g_hash_table_contains(seen, &ids[i])) {
            add_fault(making, i, false);
        }
    }
    return making->made->faults->len == 0 || refuse(making, MAKING_UNKNOWN, error);
}

/* ---- making it ---- */

/* What the key stands for already; `found` false: nothing. */
static bool find_earlier(struct db *db, struct making *making, bool *found, GError **error)
{
    const struct look *look = &making->submitting.look;
    struct draft_keyed keyed = { 0 };
    if (!draft_store_find_key(db, look->owner, making->wanted->key, &keyed, error)) {
        return false;
    }
    *found = keyed.id != 0;
    if (!*found) {
        return true;
    }
    if (keyed.made_request == 0 || memcmp(keyed.digest, making->wanted->digest, DIGEST_BYTES) != 0) {
        return refuse(making, MAKING_OTHER, error);
    }
    making->made->outcome = MAKING_AGAIN;
    if (!request_number_of(db, look->owner->customer, keyed.made_request, &making->made->number, error)) {
        return false;
    }
    g_assert(making->made->number != NULL); /* both were committed together */
    return true;
}

static bool write_draft(struct db *db, struct making *making, uint64_t *id, GError **error)
{
    const struct request_wanted *wanted = making->wanted;
    const struct look *look = &making->submitting.look;
    g_autofree char *fields = request_fields_json(wanted->fields);
    g_autoptr(GError) failure = NULL;
    if (!draft_store_add_keyed(db, look->owner, wanted->kind, fields, wanted->key, wanted->digest, look->now, id,
                               &failure)) {
        making->lost_race = portal_error_code(failure) == PORTAL_CONFLICT;
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    return add_lines(db, making, *id, error);
}

/* The refused lines with the numbers of what is in their way, as the confirmation would show them. */
static bool tell_refused(struct db *db, struct making *making, GError **error)
{
    const struct look *look = &making->submitting.look;
    if (!look_keep(db, look, error)) {
        return false;
    }
    making->made->refused =
        draft_list_lines(db, look->owner, look->draft->id, making->language, true, DRAFT_LINES_MOST, 0, error);
    return making->made->refused != NULL && refuse(making, MAKING_REFUSED, error);
}

static void begin(struct making *making)
{
    look_clear(&making->submitting.look);
    g_clear_pointer(&making->submitting.number, g_free);
    request_made_of_clear(making->made);
    making->made->faults = g_array_new(FALSE, FALSE, sizeof(struct wanted_fault));
    making->made->ids = g_new0(uint64_t, making->wanted->lines->len);
    making->is_answered = making->lost_race = false;
}

static bool do_make(struct db *db, void *data, GError **error)
{
    struct making *making = data;
    struct look *look = &making->submitting.look;
    bool found = false;
    uint64_t id = 0;
    begin(making);
    if (!find_earlier(db, making, &found, error)) {
        return false;
    }
    if (found) {
        return true;
    }
    if (!find_phones(db, making, look->owner->customer, error) || !write_draft(db, making, &id, error)) {
        return false;
    }
    look->draft = draft_store_lock(db, look->owner, id, error);
    if (look->draft == NULL || !look_at(db, look, true, error)) {
        return false;
    }
    if (look->outcome == DRAFT_REFUSED) {
        return tell_refused(db, making, error);
    }
    if (look->outcome != DRAFT_GOOD) {
        return refuse(making, MAKING_DATE, error);
    }
    making->made->outcome = MAKING_MADE;
    return submit_take(db, &making->submitting, error);
}

bool request_make(struct db *db, const struct secret_keys *keys, const struct config *config, const struct actor *actor,
                  const struct draft_owner *owner, const struct request_wanted *wanted, enum language language,
                  struct moment now, struct request_made_of *made, GError **error)
{
    struct making making = { .wanted = wanted, .language = language, .made = made };
    making.submitting =
        (struct submitting){ .keys = keys, .config = config, .actor = actor, .look = { .owner = owner, .now = now } };
    g_autoptr(GError) failure = NULL;
    bool good = db_transaction(db, do_make, &making, &failure);
    if (!good && making.lost_race) { /* the same key at the same time: what the other has made is there now */
        g_clear_error(&failure);
        good = db_transaction(db, do_make, &making, &failure);
    }
    if (good && made->outcome == MAKING_MADE) {
        made->number = g_steal_pointer(&making.submitting.number);
    } else if (!good && making.lost_race) { /* it is another customer's */
        made->outcome = MAKING_OTHER;
        good = true;
    }
    good = good || making.is_answered;
    look_clear(&making.submitting.look);
    g_free(making.submitting.number);
    if (!good) {
        g_propagate_error(error, g_steal_pointer(&failure));
    }
    return good;
}
