/*
 * draft_store.c: drafts and their lines as rows. Decides nothing (draft_service.c, look_service.c).
 */
#include "request/draft_store.h"

#include "base/error.h"

#include <string.h>

enum { LINES_A_STATEMENT = 5000 };

void draft_free(struct draft *draft)
{
    if (draft != NULL) {
        request_fields_free(draft->fields);
        g_free(draft->of_number);
        g_free(draft);
    }
}

static struct draft *read_draft(struct db_rows *rows, GError **error)
{
    if (!db_next(rows)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "no such draft of this account");
        return NULL;
    }
    AUTO(draft) struct draft *draft = g_new0(struct draft, 1);
    gsize size = 0;
    draft->id = db_get_u64(rows, 0);
    draft->kind = request_kind_find(db_get_text(rows, 1));
    draft->of_request = db_get_u64(rows, 2);
    draft->made_request = db_get_u64(rows, 3);
    draft->fields = request_fields_read(db_get_text(rows, 4));
    draft->lines = (uint32_t)db_get_u64(rows, 5);
    draft->version = (uint32_t)db_get_u64(rows, 6);
    draft->refused = (uint32_t)db_get_u64(rows, 7);
    const char *digest = db_get_bytes(rows, 8, &size);
    draft->is_seen = digest != NULL && size == DIGEST_BYTES;
    if (draft->is_seen) {
        memcpy(draft->digest, digest, DIGEST_BYTES);
    }
    draft->read_rows = (uint32_t)db_get_u64(rows, 9);
    draft->repaired_rows = (uint32_t)db_get_u64(rows, 10);
    draft->bad_rows = (uint32_t)db_get_u64(rows, 11);
    draft->of_number = g_strdup(db_get_text(rows, 12));
    if (draft->kind == NULL || draft->fields == NULL) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "draft %" G_GUINT64_FORMAT " cannot be read", draft->id);
        return NULL;
    }
    return g_steal_pointer(&draft);
}

static struct draft *find(struct db *db, enum statement statement, const struct draft_owner *owner, uint64_t id,
                          GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, statement, error, DB_U64(id), DB_U64(owner->customer), DB_U64(owner->account));
    return rows != NULL ? read_draft(rows, error) : NULL;
}

struct draft *draft_get(struct db *db, const struct draft_owner *owner, uint64_t id, GError **error)
{
    return find(db, STATEMENT_DRAFT_GET, owner, id, error);
}

struct draft *draft_store_lock(struct db *db, const struct draft_owner *owner, uint64_t id, GError **error)
{
    return find(db, STATEMENT_DRAFT_LOCK, owner, id, error);
}

bool draft_store_drop_oldest(struct db *db, uint64_t account, guint kept, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_DRAFT_LIST_OLDEST, error, DB_U64(account), DB_U64(kept));
    g_autoptr(GArray) oldest = db_ids(rows);
    if (oldest == NULL || oldest->len == 0) {
        return oldest != NULL;
    }
    g_autofree char *oldest_json = db_ids_json(oldest);
    AUTO(db_rows)
    struct db_rows *locked = db_query(db, STATEMENT_DRAFT_LOCK_IDLE, error, DB_TEXT(oldest_json), DB_U64(account));
    g_autoptr(GArray) idle = db_ids(locked);
    if (idle == NULL || idle->len == 0) {
        return idle != NULL;
    }
    g_autofree char *idle_json = db_ids_json(idle);
    return db_run(db, STATEMENT_DRAFT_DROP, NULL, error, DB_TEXT(idle_json), DB_U64(account));
}

bool draft_store_add(struct db *db, const struct draft_owner *owner, const struct request_kind *kind,
                     uint64_t of_request, const char *fields, struct moment now, uint64_t *id, GError **error)
{
    if (!db_run(db, STATEMENT_DRAFT_ADD, NULL, error, DB_U64(owner->customer), DB_U64(owner->account),
                DB_TEXT(kind->code), db_u64_or_null(of_request), DB_NULL, DB_NULL, DB_TEXT(fields), DB_MOMENT(now),
                DB_MOMENT(now))) {
        return false;
    }
    *id = db_last_id(db);
    return true;
}

bool draft_store_add_keyed(struct db *db, const struct draft_owner *owner, const struct request_kind *kind,
                           const char *fields, const char *key, const uint8_t digest[DIGEST_BYTES], struct moment now,
                           uint64_t *id, GError **error)
{
    if (!db_run(db, STATEMENT_DRAFT_ADD, NULL, error, DB_U64(owner->customer), DB_U64(owner->account),
                DB_TEXT(kind->code), DB_NULL, DB_TEXT(key), DB_BYTES(digest, DIGEST_BYTES), DB_TEXT(fields),
                DB_MOMENT(now), DB_MOMENT(now))) {
        return false;
    }
    *id = db_last_id(db);
    return true;
}

bool draft_store_find_key(struct db *db, const struct draft_owner *owner, const char *key, struct draft_keyed *keyed,
                          GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_DRAFT_FIND_KEY, error, DB_U64(owner->account), DB_TEXT(key), DB_U64(owner->customer));
    if (rows == NULL) {
        return false;
    }
    *keyed = (struct draft_keyed){ 0 };
    if (db_next(rows)) {
        gsize size = 0;
        keyed->id = db_get_u64(rows, 0);
        keyed->made_request = db_get_u64(rows, 1);
        const char *digest = db_get_bytes(rows, 2, &size);
        if (digest != NULL && size == DIGEST_BYTES) {
            memcpy(keyed->digest, digest, DIGEST_BYTES);
        }
    }
    return true;
}

bool draft_store_set_fields(struct db *db, uint64_t customer, uint64_t id, const char *fields, struct moment now,
                            GError **error)
{
    return db_run(db, STATEMENT_DRAFT_SET_FIELDS, NULL, error, DB_TEXT(fields), DB_MOMENT(now), DB_U64(id),
                  DB_U64(customer));
}

/* ---- which lines ---- */

bool draft_store_add_lines(struct db *db, uint64_t customer, uint64_t id, const GArray *lines, GError **error)
{
    bool good = true;
    for (guint from = 0; good && from < lines->len; from += LINES_A_STATEMENT) {
        g_autoptr(GArray) some = g_array_new(FALSE, FALSE, sizeof(uint64_t));
        g_array_append_vals(some, &g_array_index(lines, uint64_t, from), MIN(LINES_A_STATEMENT, lines->len - from));
        g_autofree char *json = db_ids_json(some);
        good = db_run(db, STATEMENT_DRAFT_ADD_LINES, NULL, error, DB_U64(id), DB_TEXT(json), DB_U64(customer));
    }
    return good;
}

bool draft_store_add_request_lines(struct db *db, uint64_t customer, uint64_t id, uint64_t request, GError **error)
{
    return db_run(db, STATEMENT_DRAFT_ADD_REQUEST_LINES, NULL, error, DB_U64(id), DB_U64(customer), DB_U64(request));
}

bool draft_store_remove_lines(struct db *db, uint64_t customer, uint64_t id, const GArray *lines, GError **error)
{
    g_autofree char *json = db_ids_json(lines);
    return db_run(db, STATEMENT_DRAFT_REMOVE_LINES, NULL, error, DB_TEXT(json), DB_U64(id), DB_U64(customer));
}

bool draft_store_remove_all(struct db *db, uint64_t customer, uint64_t id, GError **error)
{
    return db_run(db, STATEMENT_DRAFT_REMOVE_ALL, NULL, error, DB_U64(id), DB_U64(customer));
}

bool draft_store_remove_refused(struct db *db, uint64_t customer, uint64_t id, GError **error)
{
    return db_run(db, STATEMENT_DRAFT_REMOVE_REFUSED, NULL, error, DB_U64(id), DB_U64(customer));
}

bool draft_store_count(struct db *db, uint64_t customer, uint64_t id, struct moment now, GError **error)
{
    return db_run(db, STATEMENT_DRAFT_COUNT, NULL, error, DB_MOMENT(now), DB_U64(id), DB_U64(customer));
}

bool draft_holds(struct db *db, const struct draft_owner *owner, uint64_t id, const GArray *lines, bool *held,
                 GError **error)
{
    g_autofree char *json = db_ids_json(lines);
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_DRAFT_HAS_LINES, error, DB_TEXT(json), DB_U64(id), DB_U64(owner->customer));
    if (rows == NULL) {
        return false;
    }
    memset(held, 0, lines->len * sizeof *held);
    while (db_next(rows)) {
        for (guint i = 0; i < lines->len; i++) {
            held[i] = held[i] || g_array_index(lines, uint64_t, i) == db_get_u64(rows, 0);
        }
    }
    return true;
}

/* ---- lines as rules need them ---- */

static void take_line(const struct db_rows *rows, void *data)
{
    GArray *lines = data;
    struct request_line line = { .line = db_get_u64(rows, 0),
                                 .is_protected = db_get_bool(rows, 2),
                                 .service = db_get_u64(rows, 3),
                                 .plan = db_get_u64(rows, 4),
                                 .group = db_get_u64(rows, 5) };
    g_assert(line_state_read(db_get_text(rows, 1), &line.state));
    g_strlcpy(line.phone, db_get_text(rows, 6), sizeof line.phone);
    g_strlcpy(line.serial, db_get_text(rows, 7), sizeof line.serial);
    g_array_append_val(lines, line);
}

GArray *draft_store_lines(struct db *db, uint64_t customer, uint64_t id, bool lock, GError **error)
{
    const struct db_value values[] = { DB_U64(id), DB_U64(customer) };
    g_autoptr(GArray) lines = g_array_new(FALSE, TRUE, sizeof(struct request_line));
    bool good = db_stream_values(db, lock ? STATEMENT_DRAFT_LOCK_LINES : STATEMENT_DRAFT_READ_LINES, values,
                                 G_N_ELEMENTS(values), take_line, lines, error);
    return good ? g_steal_pointer(&lines) : NULL;
}

void line_step_take(const struct db_rows *rows, void *data)
{
    GArray *steps = data;
    const struct request_kind *kind = request_kind_find(db_get_text(rows, 3));
    struct line_step step = { .line = db_get_u64(rows, 0) };
    g_assert(kind != NULL);
    step.step = (struct request_step){ .moves = &kind->moves,
                                       .item = db_get_u64(rows, 1),
                                       .request = db_get_u64(rows, 2),
                                       .due = db_get_moment(rows, 4),
                                       .is_running = db_get_bool(rows, 5) };
    g_array_append_val(steps, step);
}

GArray *draft_store_steps(struct db *db, uint64_t customer, uint64_t id, GError **error)
{
    const struct db_value values[] = { DB_U64(id), DB_U64(customer) };
    g_autoptr(GArray) steps = g_array_new(FALSE, TRUE, sizeof(struct line_step));
    bool good =
        db_stream_values(db, STATEMENT_DRAFT_READ_STEPS, values, G_N_ELEMENTS(values), line_step_take, steps, error);
    return good ? g_steal_pointer(&steps) : NULL;
}

/* ---- what a look has found ---- */

enum { REFUSALS_A_STATEMENT = 5000 };

/* Refusals on their way into rows. */
struct refusals {
    struct db *db;
    uint64_t customer, draft;
    GString *json;
    guint n; /* in it */
};

static bool send_refusals(struct refusals *all, GError **error)
{
    if (all->n == 0) {
        return true;
    }
    g_string_append_c(all->json, ']');
    bool good = db_run(all->db, STATEMENT_DRAFT_SET_REFUSALS, NULL, error, DB_TEXT(all->json->str), DB_U64(all->draft),
                       DB_U64(all->customer));
    g_string_truncate(all->json, 0);
    all->n = 0;
    return good;
}

static bool add_refusal(struct refusals *all, const struct request_line *line, GError **error)
{
    g_string_append_printf(all->json,
                           "%c{\"id\":%" G_GUINT64_FORMAT ",\"refusal\":\"%s\",\"against\":%" G_GUINT64_FORMAT "}",
                           all->n > 0 ? ',' : '[', line->line, refusal_code(line->refusal), line->against);
    return ++all->n < REFUSALS_A_STATEMENT || send_refusals(all, error);
}

static bool is_same(const struct request_line *one, const struct request_line *other)
{
    return one->refusal == other->refusal && one->against == other->against;
}

/* A line with the refusal that more than half of the lines have, if there is one that so many have. */
static const struct request_line *usual_of(const GArray *lines)
{
    const struct request_line *all = (const struct request_line *)(void *)lines->data, *usual = all;
    for (guint i = 0, votes = 0; i < lines->len; i++) {
        usual = votes == 0 ? &all[i] : usual;
        votes = is_same(usual, &all[i]) ? votes + 1 : votes - 1;
    }
    return usual;
}

/* All lines get what most of them have, then each of the others its own. */
static bool set_refusals(struct db *db, uint64_t customer, uint64_t id, const GArray *lines, GError **error)
{
    g_autoptr(GString) json = g_string_new(NULL);
    struct refusals refusals = { .db = db, .customer = customer, .draft = id, .json = json };
    const struct request_line *usual = usual_of(lines);
    bool good = db_run(db, STATEMENT_DRAFT_SET_ALL_REFUSALS, NULL, error, DB_TEXT(refusal_code(usual->refusal)),
                       db_u64_or_null(usual->against), DB_U64(id), DB_U64(customer));
    for (guint i = 0; good && i < lines->len; i++) {
        const struct request_line *line = &g_array_index(lines, struct request_line, i);
        good = is_same(usual, line) || add_refusal(&refusals, line, error);
    }
    return good && send_refusals(&refusals, error);
}

bool draft_store_set_look(struct db *db, uint64_t customer, uint64_t id, const GArray *lines, uint32_t refused,
                          const uint8_t digest[DIGEST_BYTES], struct moment now, GError **error)
{
    return set_refusals(db, customer, id, lines, error) &&
           db_run(db, STATEMENT_DRAFT_SET_SEEN, NULL, error, DB_U64(refused), DB_BYTES(digest, DIGEST_BYTES),
                  DB_MOMENT(now), DB_U64(id), DB_U64(customer));
}

bool draft_store_set_made(struct db *db, uint64_t customer, uint64_t id, uint64_t request, GError **error)
{
    return db_run(db, STATEMENT_DRAFT_SET_MADE, NULL, error, DB_U64(request), DB_U64(id), DB_U64(customer));
}

/* ---- lines as people see them ---- */

void draft_line_free(struct draft_line *line)
{
    g_free(line->phone);
    g_free(line->serial);
    g_free(line->plan);
    g_free(line->option);
    g_free(line->against);
    g_free(line);
}

static void line_free_data(gpointer data)
{
    draft_line_free(data);
}

struct draft_line *draft_line_read(const struct db_rows *rows)
{
    struct draft_line *line = g_new0(struct draft_line, 1);
    line->line = db_get_u64(rows, 0);
    line->phone = g_strdup(db_get_text(rows, 1));
    line->serial = g_strdup(db_get_text(rows, 2));
    g_assert(line_state_read(db_get_text(rows, 3), &line->state));
    line->plan = g_strdup(db_get_text(rows, 4));
    g_assert(card_size_read(db_get_text(rows, 5), &line->size));
    line->option = g_strdup(db_get_text(rows, 6));
    line->refusal = refusal_read(db_get_text(rows, 7));
    line->against = g_strdup(db_get_text(rows, 8));
    line->is_added = db_get_bool(rows, 10);
    return line;
}

static GPtrArray *read_lines(struct db_rows *rows)
{
    GPtrArray *lines = rows != NULL ? g_ptr_array_new_with_free_func(line_free_data) : NULL;
    while (rows != NULL && db_next(rows)) {
        g_ptr_array_add(lines, draft_line_read(rows));
    }
    return lines;
}

GPtrArray *draft_list_lines(struct db *db, const struct draft_owner *owner, uint64_t id, enum language language,
                            bool refused_only, guint limit, guint offset, GError **error)
{
    struct db_value code = DB_TEXT(language_code(language));
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_DRAFT_LIST_LINES, error, code, code, DB_U64(id), DB_U64(owner->customer),
                 refused_only ? DB_U64(1) : DB_NULL, DB_U64(limit), DB_U64(offset));
    return read_lines(rows);
}

GPtrArray *draft_list_removed(struct db *db, const struct draft_owner *owner, uint64_t id, enum language language,
                              guint limit, guint offset, GError **error)
{
    struct db_value code = DB_TEXT(language_code(language));
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_DRAFT_LIST_REMOVED, error, code, code, DB_U64(id),
                                    DB_U64(owner->customer), DB_U64(limit), DB_U64(offset));
    return read_lines(rows);
}

bool draft_changes(struct db *db, const struct draft_owner *owner, const struct draft *draft,
                   struct draft_changes *changes, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_DRAFT_COUNT_CHANGES, error, DB_U64(draft->id), DB_U64(owner->customer));
    if (rows == NULL) {
        return false;
    }
    bool has_row = db_next(rows);
    changes->kept = has_row ? (uint32_t)db_get_u64(rows, 0) : 0;
    changes->removed = has_row ? (uint32_t)db_get_u64(rows, 1) : 0;
    changes->added = draft->lines - changes->kept;
    return true;
}
