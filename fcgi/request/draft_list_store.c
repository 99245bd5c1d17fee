/*
 * draft_list_store.c: the drafts of an account as rows of a list, and how one leaves it. Decides nothing.
 */
#include "request/draft_store.h"

static void entry_free(gpointer data)
{
    struct draft_entry *entry = data;
    g_free(entry->of_number);
    g_free(entry);
}

GPtrArray *draft_list(struct db *db, const struct draft_owner *owner, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_DRAFT_LIST, error, DB_U64(owner->account), DB_U64(owner->customer), DB_U64(DRAFTS_MOST));
    GPtrArray *entries = rows != NULL ? g_ptr_array_new_with_free_func(entry_free) : NULL;
    while (rows != NULL && db_next(rows)) {
        struct draft_entry *entry = g_new0(struct draft_entry, 1);
        entry->id = db_get_u64(rows, 0);
        entry->kind = request_kind_find(db_get_text(rows, 1));
        entry->of_number = g_strdup(db_get_text(rows, 2));
        entry->lines = (uint32_t)db_get_u64(rows, 3);
        entry->touched_at = db_get_moment(rows, 4);
        g_assert(entry->kind != NULL);
        g_ptr_array_add(entries, entry);
    }
    return entries;
}

bool draft_store_drop(struct db *db, uint64_t account, uint64_t id, GError **error)
{
    g_autofree char *json = g_strdup_printf("[%" G_GUINT64_FORMAT "]", id);
    return db_run(db, STATEMENT_DRAFT_DROP, NULL, error, DB_TEXT(json), DB_U64(account));
}

bool draft_count_states(struct db *db, const struct draft_owner *owner, uint64_t id, unsigned states, uint64_t *n,
                        GError **error)
{
    g_autofree char *words = line_states_write(states);
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_DRAFT_COUNT_STATES, error, DB_U64(id), DB_U64(owner->customer), DB_TEXT(words));
    if (rows != NULL) {
        *n = db_next(rows) ? db_get_u64(rows, 0) : 0;
    }
    return rows != NULL;
}
