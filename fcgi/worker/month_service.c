/*
 * month_service.c: opens months. A line's row begins with its plan's capacity and what is left of its
 * recharges, a terminated line's with nothing; the customer's sums grow in the same transaction. What happens
 * to rows later (use, plan changes, recharges) is decided by whoever does it.
 */
#include "worker/month_service.h"

#include "worker/month_store.h"

#define SECOND_US INT64_C(1000000)

enum { LINES_A_STEP = 5000, DAYS_AHEAD = 3, WALK_SECONDS = 3600 };

/* How far a walk over the lines of a month has come. Kept in the process to spare the database: losing it
 * costs one walk, as every step looks at the rows themselves. */
struct walk {
    uint32_t month;
    uint64_t behind; /* the last line looked at */
    int64_t begun_at;
};

struct month month_last_open(struct moment now)
{
    return date_month(date_add(moment_date(now), DAYS_AHEAD));
}

struct step {
    struct month month;
    struct moment until;
    const GArray *missing;
    guint opened;
};

static bool open_lines(struct db *db, void *data, GError **error)
{
    struct step *step = data;
    g_autoptr(GArray) lines = month_store_lock(db, step->month, step->missing, error);
    if (lines == NULL) {
        return false;
    }
    step->opened = lines->len;
    return lines->len == 0 || (month_store_open(db, step->month, step->until, lines, error) &&
                               month_store_add_capacity(db, step->month, lines, error));
}

/* One step of the walk over the lines of `month`; `more` is set if there may be lines behind it. */
static bool walk_on(struct db *db, struct walk *walk, struct month month, struct moment now, guint *opened, bool *more,
                    GError **error)
{
    int64_t ticks = clock_ticks();
    if (walk->month != month_key(month) || ticks - walk->begun_at > WALK_SECONDS * SECOND_US) {
        *walk = (struct walk){ .month = month_key(month), .begun_at = ticks };
    }
    uint64_t behind = walk->behind;
    guint seen = 0;
    g_autoptr(GArray) missing = month_store_missing(db, month, LINES_A_STEP, &behind, &seen, error);
    if (missing == NULL) {
        return false;
    }
    if (missing->len > 0) {
        struct moment first = date_start(month_first(month));
        struct step step = { .month = month, .until = first.us > now.us ? first : now, .missing = missing };
        if (!db_transaction(db, open_lines, &step, error)) {
            return false;
        }
        *opened += step.opened;
    }
    walk->behind = behind;
    *more = *more || seen == LINES_A_STEP;
    return true;
}

bool month_open(struct db *db, struct moment now, guint *opened, bool *more, GError **error)
{
    static struct walk walks[2];
    struct month present = date_month(moment_date(now)), last = month_last_open(now);
    *opened = 0;
    *more = false;
    if (!walk_on(db, &walks[0], present, now, opened, more, error)) {
        return false;
    }
    return month_compare(present, last) == 0 || walk_on(db, &walks[1], last, now, opened, more, error);
}
