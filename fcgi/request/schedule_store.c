/*
 * schedule_store.c: open requests by their day, as rows. Decides nothing.
 */
#include "request/schedule.h"

#include <string.h>

static void scheduled_free(gpointer data)
{
    struct scheduled *scheduled = data;
    g_free(scheduled->number);
    g_free(scheduled->customer);
    g_free(scheduled);
}

/* number, kind, status, day, lines, and code and name of the customer, if any. */
static struct scheduled *read_scheduled(const struct db_rows *rows, guint at)
{
    struct scheduled *scheduled = g_new0(struct scheduled, 1);
    const char *code = db_get_text(rows, at + 5);
    scheduled->number = g_strdup(db_get_text(rows, at));
    scheduled->kind = request_kind_find(db_get_text(rows, at + 1));
    g_assert(scheduled->kind != NULL && request_status_read(db_get_text(rows, at + 2), &scheduled->status));
    scheduled->day = db_get_date(rows, at + 3);
    scheduled->items = (uint32_t)db_get_u64(rows, at + 4);
    scheduled->customer = code != NULL ? g_strconcat(code, ":", db_get_text(rows, at + 6), NULL) : NULL;
    return scheduled;
}

GPtrArray *request_overview(struct db *db, uint64_t account, uint64_t customer, guint most,
                            uint64_t counts[REQUEST_STATUS_N], GError **error)
{
    bool of_all = customer == 0;
    struct db_value whose = DB_U64(of_all ? account : customer);
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, of_all ? STATEMENT_REQUEST_OVERVIEW_EVERYWHERE : STATEMENT_REQUEST_OVERVIEW,
                                    error, whose, whose, DB_U64(most));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *next = g_ptr_array_new_with_free_func(scheduled_free);
    memset(counts, 0, REQUEST_STATUS_N * sizeof *counts);
    while (db_next(rows)) {
        if (!db_is_null(rows, REQUEST_STATUS_N)) {
            g_ptr_array_add(next, read_scheduled(rows, REQUEST_STATUS_N));
            continue;
        }
        for (guint i = 0; i < REQUEST_STATUS_N; i++) {
            counts[i] = db_get_u64(rows, i);
        }
    }
    return next;
}
