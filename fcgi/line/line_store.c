/*
 * line_store.c: one line and what belongs to it, as rows. Decides nothing (line_rule.c), shows nothing (line_xml.c).
 */
#include "line/line_store.h"

#include "base/error.h"

#include <string.h>

void line_free(struct line *line)
{
    line_row_clear(&line->row);
    g_free(line);
}

static void read_line(const struct db_rows *rows, struct line *line)
{
    line_row_read(rows, &line->row);
    line->version = (uint32_t)db_get_u64(rows, 23);
    line->created_at = db_get_moment(rows, 24);
    line->terminated_on = db_get_date(rows, 25);
    line->has_activation_code = db_get_bool(rows, 26);
    line->group = db_get_u64(rows, 27);
    line->is_protected = db_get_bool(rows, 28);
}

static bool not_found(GError **error)
{
    g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "no such line of this customer");
    return false;
}

struct line *line_get(struct db *db, const struct line_search *search, uint64_t id, GError **error)
{
    struct db_value language = DB_TEXT(language_code(search->language));
    struct db_value customer = db_u64_or_null(search->customer);
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_LINE_GET, error, language, language, language, DB_U64(search->account),
                 DB_U64(month_key(search->month)), DB_U64(id), customer, customer);
    if (rows == NULL) {
        return NULL;
    }
    if (!db_next(rows)) {
        not_found(error);
        return NULL;
    }
    struct line *line = g_new0(struct line, 1);
    read_line(rows, line);
    return line;
}

/* ---- what belongs to it ---- */

static void card_free(gpointer data)
{
    struct line_card *card = data;
    g_free(card->serial);
    g_free(card->iccid);
    g_free(card);
}

static void event_free(gpointer data)
{
    struct line_event *event = data;
    g_free(event->kind);
    g_free(event->from);
    g_free(event->to);
    g_free(event->actor_kind);
    g_free(event->actor_name);
    g_free(event);
}

static void request_free(gpointer data)
{
    struct line_request *request = data;
    g_free(request->number);
    g_free(request->kind);
    g_free(request->result);
    g_free(request->code);
    g_free(request);
}

static struct line_bought *read_bought(const struct db_rows *rows)
{
    struct line_bought *bought = g_new0(struct line_bought, 1);
    bought->from = db_get_moment(rows, 6);
    bought->until = db_get_date(rows, 8);
    bought->bytes = db_get_i64(rows, 9);
    bought->left = bought->bytes - db_get_i64(rows, 10);
    return bought;
}

static struct line_card *read_card(const struct db_rows *rows)
{
    struct line_card *card = g_new0(struct line_card, 1);
    card->serial = g_strdup(db_get_text(rows, 1));
    card->iccid = g_strdup(db_get_text(rows, 2));
    g_assert(card_kind_read(db_get_text(rows, 3), &card->kind) && card_size_read(db_get_text(rows, 4), &card->size));
    card->from = db_get_moment(rows, 6);
    card->to = db_get_moment(rows, 7);
    return card;
}

static struct line_request *read_request(const struct db_rows *rows)
{
    struct line_request *request = g_new0(struct line_request, 1);
    request->number = g_strdup(db_get_text(rows, 1));
    request->kind = g_strdup(db_get_text(rows, 2));
    request->result = g_strdup(db_get_text(rows, 3));
    request->code = g_strdup(db_get_text(rows, 4));
    request->received_at = db_get_moment(rows, 6);
    request->finished_at = db_get_moment(rows, 7);
    request->effective_on = db_get_date(rows, 8);
    return request;
}

static struct line_event *read_event(const struct db_rows *rows)
{
    struct line_event *event = g_new0(struct line_event, 1);
    event->from = g_strdup(db_get_text(rows, 1));
    event->to = g_strdup(db_get_text(rows, 2));
    event->kind = g_strdup(db_get_text(rows, 3));
    event->actor_kind = g_strdup(db_get_text(rows, 4));
    event->actor_name = g_strdup(db_get_text(rows, 5));
    event->at = db_get_moment(rows, 6);
    return event;
}

/* ---- what plans and options in the history are called ---- */

static bool has_codes(const struct line_event *event)
{
    return strcmp(event->kind, "plan") == 0 || strcmp(event->kind, "option") == 0;
}

static void name_one(char **text, GHashTable *names, const char *kind)
{
    g_autofree char *key = *text != NULL ? g_strconcat(kind, " ", *text, NULL) : NULL;
    const char *name = key != NULL ? g_hash_table_lookup(names, key) : NULL;
    if (name != NULL) {
        g_free(*text);
        *text = g_strdup(name);
    }
}

/* Few lines have such events: the others do not pay for the names. */
static bool name_events(struct db *db, enum language language, const GPtrArray *events, GError **error)
{
    guint i = 0;
    while (i < events->len && !has_codes(events->pdata[i])) {
        i++;
    }
    if (i == events->len) {
        return true;
    }
    struct db_value code = DB_TEXT(language_code(language));
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_LINE_EVENT_NAMES, error, code, code);
    if (rows == NULL) {
        return false;
    }
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    while (db_next(rows)) {
        g_hash_table_insert(names, g_strconcat(db_get_text(rows, 0), " ", db_get_text(rows, 1), NULL),
                            g_strdup(db_get_text(rows, 2)));
    }
    for (; i < events->len; i++) {
        struct line_event *event = events->pdata[i];
        if (has_codes(event)) {
            name_one(&event->from, names, event->kind);
            name_one(&event->to, names, event->kind);
        }
    }
    return true;
}

/* ---- what belongs to a line ---- */

static struct line_belongings *read_belongings(struct db *db, const struct line_search *search, uint64_t id,
                                               struct date today, guint most, GError **error)
{
    struct db_value account = DB_U64(search->account);
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_LINE_BELONGINGS, error, account, DB_U64(id), DB_DATE(today), account,
                                    DB_U64(id), account, DB_U64(id), DB_U64(most), account, DB_U64(id), DB_U64(most));
    if (rows == NULL) {
        return NULL;
    }
    struct line_belongings *all = g_new0(struct line_belongings, 1);
    all->recharges = g_ptr_array_new_with_free_func(g_free);
    all->cards = g_ptr_array_new_with_free_func(card_free);
    all->events = g_ptr_array_new_with_free_func(event_free);
    all->requests = g_ptr_array_new_with_free_func(request_free);
    while (db_next(rows)) {
        const char *part = db_get_text(rows, 0);
        if (strcmp(part, "recharge") == 0) {
            g_ptr_array_add(all->recharges, read_bought(rows));
        } else if (strcmp(part, "card") == 0) {
            g_ptr_array_add(all->cards, read_card(rows));
        } else if (strcmp(part, "request") == 0) {
            g_ptr_array_add(all->requests, read_request(rows));
        } else {
            g_ptr_array_add(all->events, read_event(rows));
        }
    }
    return all;
}

struct line_belongings *line_belongings(struct db *db, const struct line_search *search, uint64_t id, struct date today,
                                        guint most, GError **error)
{
    struct line_belongings *all = read_belongings(db, search, id, today, most, error);
    if (all != NULL && !name_events(db, search->language, all->events, error)) {
        g_clear_pointer(&all, line_belongings_free);
    }
    return all;
}

void line_belongings_free(struct line_belongings *all)
{
    g_ptr_array_unref(all->recharges);
    g_ptr_array_unref(all->cards);
    g_ptr_array_unref(all->events);
    g_ptr_array_unref(all->requests);
    g_free(all);
}

/* ---- changing ---- */

bool line_lock(struct db *db, uint64_t customer, uint64_t id, struct line_kept_note *kept, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_LINE_LOCK, error, DB_U64(id), DB_U64(customer));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        return not_found(error);
    }
    kept->label = g_strdup(db_get_text(rows, 0));
    kept->memo = g_strdup(db_get_text(rows, 1));
    kept->version = (uint32_t)db_get_u64(rows, 2);
    return true;
}

bool line_lock_protection(struct db *db, uint64_t customer, uint64_t id, enum line_state *state, bool *is_protected,
                          GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_LINE_LOCK_PROTECTION, error, DB_U64(id), DB_U64(customer));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        return not_found(error);
    }
    g_assert(line_state_read(db_get_text(rows, 0), state));
    *is_protected = db_get_bool(rows, 1);
    return true;
}

bool line_store_protect(struct db *db, uint64_t customer, uint64_t id, bool is_protected, GError **error)
{
    return db_run(db, STATEMENT_LINE_SET_PROTECTION, NULL, error, DB_U64(is_protected ? 1 : 0), DB_U64(id),
                  DB_U64(customer));
}

bool line_event_add(struct db *db, const struct actor *actor, struct moment now, const struct line_change *change,
                    GError **error)
{
    return db_run(db, STATEMENT_LINE_EVENT_ADD, NULL, error, DB_U64(change->line), DB_U64(change->customer),
                  DB_MOMENT(now), DB_TEXT(change->kind), DB_TEXT(change->from), DB_TEXT(change->to),
                  DB_TEXT(actor_kind_word(actor->kind)), db_u64_or_null(actor->id), DB_TEXT(actor->name),
                  db_u64_or_null(change->item));
}

bool line_sealed_code(struct db *db, uint64_t customer, uint64_t id, GBytes **sealed, struct line_code *code,
                      GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_LINE_ACTIVATION_CODE, error, DB_U64(id), DB_U64(customer));
    if (rows == NULL) {
        return false;
    }
    if (!db_next(rows)) {
        return not_found(error);
    }
    gsize size = 0;
    const char *bytes = db_get_bytes(rows, 0, &size);
    *sealed = g_bytes_new(bytes, size);
    code->phone = g_strdup(db_get_text(rows, 1));
    code->serial = g_strdup(db_get_text(rows, 2));
    return true;
}
