/*
 * pace_store.h: is somebody at the portal?
 */
#ifndef WORKER_PACE_STORE_H
#define WORKER_PACE_STORE_H

#include "base/clock.h"
#include "base/config.h"
#include "db/db.h"
#include "worker/pace_rule.h"

#include <stdbool.h>

/* Tell in `pace` what is to be given way to: there are people if a page was asked for within a session in the last
 * PACE_PRESENT_SECONDS before `now`. Locks nothing. False with the error of the database. */
bool pace_store_look(struct db *db, const struct config *config, struct moment now, struct pace *pace, GError **error);

#endif
