/*
 * pace_store.h: is somebody at the portal?
 */
#ifndef WORKER_PACE_STORE_H
#define WORKER_PACE_STORE_H

#include "base/clock.h"
#include "db/db.h"

#include <stdbool.h>

/* Tell in `people` whether a page was asked for within a session since `since`. Locks nothing. False with the error of
 * the database. */
bool pace_store_people(struct db *db, struct moment since, bool *people, GError **error);

#endif
