/*
 * line_store.c: one line and what belongs to it, as rows. Decides nothing (line_rule.c), shows nothing (line_xml.c).
 */
#include "line/line_store.h"

#include "base/error.h"

void line_free(struct line *line)
{
    line_row_clear(&line->row);
    g_free(line);
}

static void read_line(const struct db_rows *rows, struct line *line)
{
    line_row_read(rows, true, &line->row);
    line->version = (uint32_t)db_get_u64(rows, 23);
    line->created_at = db_get_moment(rows, 24);
    line->terminated_on = db_get_date(rows, 25);
    line->has_activation_code = db_get_bool(rows, 26);
    line->group = db_get_u64(rows, 27);
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

static void card_free(gpointer data)
{
    struct line_card *card = data;
    g_free(card->serial);
    g_free(card->iccid);
    g_free(card);
}

GPtrArray *line_cards(struct db *db, uint64_t account, uint64_t id, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_LINE_CARDS, error, DB_U64(account), DB_U64(id));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *cards = g_ptr_array_new_with_free_func(card_free);
    while (db_next(rows)) {
        struct line_card *card = g_new0(struct line_card, 1);
        card->serial = g_strdup(db_get_text(rows, 0));
        card->iccid = g_strdup(db_get_text(rows, 1));
        g_assert(card_kind_read(db_get_text(rows, 2), &card->kind) &&
                 card_size_read(db_get_text(rows, 3), &card->size));
        card->from = db_get_moment(rows, 4);
        card->to = db_get_moment(rows, 5);
        g_ptr_array_add(cards, card);
    }
    return cards;
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

GPtrArray *line_events(struct db *db, const struct line_search *search, uint64_t id, guint limit, GError **error)
{
    struct db_value language = DB_TEXT(language_code(search->language));
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_LINE_EVENTS, error, language, language, language, language,
                                    DB_U64(search->account), DB_U64(id), DB_U64(limit));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *events = g_ptr_array_new_with_free_func(event_free);
    while (db_next(rows)) {
        struct line_event *event = g_new0(struct line_event, 1);
        event->at = db_get_moment(rows, 0);
        event->kind = g_strdup(db_get_text(rows, 1));
        event->from = g_strdup(db_get_text(rows, 2));
        event->to = g_strdup(db_get_text(rows, 3));
        event->actor_kind = g_strdup(db_get_text(rows, 4));
        event->actor_name = g_strdup(db_get_text(rows, 5));
        g_ptr_array_add(events, event);
    }
    return events;
}

GPtrArray *line_recharges(struct db *db, uint64_t account, uint64_t id, struct date today, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_LINE_RECHARGES, error, DB_U64(account), DB_U64(id), DB_DATE(today));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *recharges = g_ptr_array_new_with_free_func(g_free);
    while (db_next(rows)) {
        struct line_bought *bought = g_new0(struct line_bought, 1);
        bought->bytes = db_get_i64(rows, 0);
        bought->left = bought->bytes - db_get_i64(rows, 1);
        bought->from = db_get_moment(rows, 2);
        bought->until = db_get_date(rows, 3);
        g_ptr_array_add(recharges, bought);
    }
    return recharges;
}

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
