/*
 * contract_store.c: states of many lines as rows, set by set. Decides nothing.
 */
#include "contract/contract_store.h"

char *contract_lines_json(const struct request_batch *batch)
{
    GString *json = g_string_new("[");
    for (guint i = 0; i < batch->n; i++) {
        const struct request_line *line = &batch->lines[i];
        g_string_append_printf(json, "%s{\"id\":%" G_GUINT64_FORMAT ",\"item\":%" G_GUINT64_FORMAT ",\"from\":\"%s\"}",
                               i > 0 ? "," : "", line->line, line->item, line_state_code(line->state));
    }
    g_string_append_c(json, ']');
    return g_string_free(json, FALSE);
}

bool contract_store_set(struct db *db, const char *lines, enum line_state to, struct date day, GError **error)
{
    struct db_value state = DB_TEXT(line_state_code(to));
    return db_run(db, STATEMENT_CONTRACT_SET_STATES, NULL, error, DB_TEXT(lines), state, state, DB_DATE(day), state,
                  DB_DATE(day));
}

bool contract_store_events(struct db *db, const struct actor *actor, const char *lines, enum line_state to,
                           struct moment now, GError **error)
{
    return db_run(db, STATEMENT_CONTRACT_ADD_EVENTS, NULL, error, DB_MOMENT(now), DB_TEXT(line_state_code(to)),
                  DB_TEXT(actor_kind_word(actor->kind)), db_u64_or_null(actor->id), DB_TEXT(actor->name),
                  DB_TEXT(lines));
}

bool contract_store_counts(struct db *db, const char *lines, enum line_state to, GError **error)
{
    struct db_value state = DB_TEXT(line_state_code(to));
    return db_run(db, STATEMENT_CONTRACT_MOVE_COUNTS, NULL, error, DB_TEXT(lines), state, state, state, state, state,
                  state);
}

bool contract_store_end(struct db *db, const char *lines, struct date day, GError **error)
{
    static const enum statement statements_of_end[] = { STATEMENT_CONTRACT_END_PLANS, STATEMENT_CONTRACT_END_PROJECTS,
                                                        STATEMENT_CONTRACT_END_OPTIONS };
    bool good = true;
    for (gsize i = 0; good && i < G_N_ELEMENTS(statements_of_end); i++) {
        good = db_run(db, statements_of_end[i], NULL, error, DB_TEXT(lines), DB_DATE(day));
    }
    return good;
}
