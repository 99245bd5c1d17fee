/*
 * migration.h: the migrations that stand in a folder and those that the database has seen.
 */
#ifndef CTL_MIGRATION_H
#define CTL_MIGRATION_H

#include "base/clock.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

struct migration {
    unsigned number;
    char *name, *text; /* the file's name without ".sql", and what is in it */
    char digest[65];   /* SHA-256 of the text */
};

/* Read the files NNNN_name.sql of `directory`, by number. PORTAL_INVALID: another file stands there, a number
 * is missing or twice. Owned by the array. */
GPtrArray *migration_read_all(const char *directory, GError **error);

/* How many of `migrations` the database has seen, from the first on. PORTAL_CONFLICT: one of them was changed
 * since, or began and did not end, or the database has seen more than there are. */
bool migration_count_applied(struct db *db, const GPtrArray *migrations, guint *applied, GError **error);

/* Wait for the lock that one migrating program at a time has. PORTAL_BUSY after `seconds`. */
bool migration_lock(struct db *db, unsigned seconds, GError **error);
bool migration_unlock(struct db *db, GError **error);

/* Run one and record it. */
bool migration_apply(struct db *db, const struct migration *migration, struct moment now, GError **error);

#endif
