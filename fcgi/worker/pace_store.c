/*
 * pace_store.c: one statement, by index.
 */
#include "worker/pace_store.h"

bool pace_store_look(struct db *db, const struct config *config, struct moment now, struct pace *pace, GError **error)
{
    struct moment since = moment_add(now, -PACE_PRESENT_SECONDS);
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_SESSION_IS_SEEN, error, DB_MOMENT(since));
    *pace = (struct pace){ .people = rows != NULL && db_next(rows) && db_get_bool(rows, 0),
                           .rest_percent = config->gateway.rest_percent };
    return rows != NULL;
}
