/*
 * kept.c: what stores keep of the catalogue between requests. It belongs to the process, not to the connection: a lost
 * connection loses nothing of it.
 */
#include "db/db_internal.h"

struct kept {
    uint64_t edition;
    gpointer made;
    GDestroyNotify free;
};

static void kept_free(gpointer data)
{
    struct kept *kept = data;
    kept->free(kept->made);
    g_free(kept);
}

gpointer db_kept(struct db *db, enum statement statement, uint64_t edition)
{
    const struct kept *kept = db->kept != NULL ? g_hash_table_lookup(db->kept, GINT_TO_POINTER(statement)) : NULL;
    return kept != NULL && edition != 0 && kept->edition == edition ? kept->made : NULL;
}

gpointer db_keep(struct db *db, enum statement statement, uint64_t edition, gpointer made, GDestroyNotify free)
{
    g_assert(statements[statement].scope == SCOPE_CATALOGUE);
    if (db->kept == NULL) {
        db->kept = g_hash_table_new_full(NULL, NULL, NULL, kept_free);
    }
    struct kept *kept = g_new(struct kept, 1);
    *kept = (struct kept){ .edition = edition, .made = made, .free = free };
    g_hash_table_insert(db->kept, GINT_TO_POINTER(statement), kept);
    return made;
}
