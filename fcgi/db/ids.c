/*
 * ids.c: many numbers as one parameter, and as one column of rows.
 */
#include "db/db.h"

char *db_ids_json(const GArray *ids)
{
    GString *text = g_string_new("[");
    for (guint i = 0; i < ids->len; i++) {
        g_string_append_printf(text, "%s%" G_GUINT64_FORMAT, i > 0 ? "," : "", g_array_index(ids, uint64_t, i));
    }
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

GArray *db_ids(struct db_rows *rows)
{
    if (rows == NULL) {
        return NULL;
    }
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    while (db_next(rows)) {
        uint64_t id = db_get_u64(rows, 0);
        g_array_append_val(ids, id);
    }
    return ids;
}
