/*
 * month_service.h: the rows that each line and customer has for a month.
 */
#ifndef WORKER_MONTH_SERVICE_H
#define WORKER_MONTH_SERVICE_H

#include "base/clock.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>

/* The last month whose rows are to stand at `now`: the present one, and from three days before its end the
 * next. */
struct month month_last_open(struct moment now);

/* Make what is missing of the rows of the present month and the next one for every line, with
 * nothing for a terminated one: at most 5,000 lines a transaction. `opened` gets how many; `more` tells to
 * call again at once. Walks on from where the last call was, and over all lines again once an hour. */
bool month_open(struct db *db, struct moment now, guint *opened, bool *more, GError **error);

#endif
