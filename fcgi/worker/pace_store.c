/*
 * pace_store.c: one statement, by index.
 */
#include "worker/pace_store.h"

bool pace_store_people(struct db *db, struct moment since, bool *people, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_SESSION_IS_SEEN, error, DB_MOMENT(since));
    *people = rows != NULL && db_next(rows) && db_get_bool(rows, 0);
    return rows != NULL;
}
