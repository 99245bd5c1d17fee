/*
 * work_service.c: claims items that are due and writes what became of them. Each is one transaction; whatever is killed
 * between the two leaves items whose lease ends, which are claimed again and asked for under the same id.
 */
#include "request/request_work.h"

#include "base/error.h"
#include "request/request_tell_service.h"
#include "request/work_store.h"

#include <string.h>

enum { PUT_OFF_SECONDS = 600, STATUS_SECONDS = 30 };

static const struct actor worker = { .kind = ACTOR_WORKER, .name = "worker", .address = "", .request_id = "" };

/* ---- requests that begin or are through ---- */

static bool move_requests(struct db *db, const struct actor *actor, const GPtrArray *requests, struct moment now,
                          GError **error)
{
    return requests->len == 0 ||
           (work_store_status(db, requests, now, error) && work_store_events(db, actor, requests, now, error));
}

static bool tell_through(struct db *db, const struct secret_keys *keys, const struct config *config,
                         const GPtrArray *requests, struct moment now, GError **error)
{
    bool good = true;
    for (guint i = 0; good && i < requests->len; i++) {
        const struct work_request *request = requests->pdata[i];
        struct request_news news = { .kind = request->kind,
                                     .customer = request->customer,
                                     .number = request->number,
                                     .event =
                                         request->to == REQUEST_FAILED ? REQUEST_NEWS_FAILED : REQUEST_NEWS_COMPLETED,
                                     .lines = request->tally.items,
                                     .failed = request->tally.failed,
                                     .left = request->tally.left,
                                     .effective = request->effective,
                                     .by_worker = true };
        good = request_tell(db, keys, config, &news, now, error);
    }
    return good;
}

/* ---- what became of a batch ---- */

struct finishing {
    const struct secret_keys *keys;
    const struct config *config;
    const struct actor *actor;
    const struct work_result *results;
    guint n;
    struct moment now;
};

static gint by_kind_and_line(gconstpointer a, gconstpointer b)
{
    const struct work_item *one = (*(const struct work_result *const *)a)->item;
    const struct work_item *other = (*(const struct work_result *const *)b)->item;
    if (one->kind != other->kind) {
        return one->kind < other->kind ? -1 : 1;
    }
    return (one->line.line > other->line.line) - (one->line.line < other->line.line);
}

/* Run `hook` for those of one kind that have this outcome. */
static bool run_hook(struct db *db, const struct finishing *finishing, request_hook *hook, gpointer *results, guint n,
                     enum work_outcome outcome, GError **error)
{
    const struct request_kind *kind = ((const struct work_result *)results[0])->item->kind;
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(struct request_line));
    for (guint i = 0; i < n; i++) {
        const struct work_result *result = results[i];
        if (result->outcome == outcome && !result->is_untouched) {
            g_array_append_val(lines, result->item->line);
        }
    }
    struct request_batch batch = { .kind = kind,
                                   .now = finishing->now,
                                   .actor = finishing->actor,
                                   .lines = (struct request_line *)(void *)lines->data,
                                   .n = lines->len };
    return hook == NULL || lines->len == 0 || hook(db, &batch, error);
}

static bool run_hooks(struct db *db, const struct finishing *finishing, GPtrArray *final, GError **error)
{
    bool good = true;
    g_ptr_array_sort(final, by_kind_and_line);
    for (guint i = 0, n = 0; good && i < final->len; i += n) {
        const struct request_kind *kind = ((const struct work_result *) final->pdata[i])->item->kind;
        for (n = 1; i + n < final->len && ((const struct work_result *) final->pdata[i + n])->item->kind == kind; n++) {
        }
        good = run_hook(db, finishing, kind->apply, &final->pdata[i], n, WORK_DONE, error) &&
               run_hook(db, finishing, kind->undo, &final->pdata[i], n, WORK_FAILED, error);
    }
    return good;
}

static bool end_requests(struct db *db, const struct finishing *finishing, const GPtrArray *final, GError **error)
{
    if (!work_store_tallies(db, final, error)) {
        return false;
    }
    g_autoptr(GPtrArray) through = work_store_through(db, final, error);
    return through != NULL && move_requests(db, finishing->actor, through, finishing->now, error) &&
           tell_through(db, finishing->keys, finishing->config, through, finishing->now, error) &&
           (through->len == 0 || work_store_counts(db, through, error));
}

/* Sort the results that still count into those that are final and those that come again. */
static void part(const struct finishing *finishing, const bool *open, GPtrArray *final, GArray *later)
{
    for (guint i = 0; i < finishing->n; i++) {
        const struct work_result *result = &finishing->results[i];
        int64_t seconds = result->outcome == WORK_ACCEPTED ? STATUS_SECONDS
                          : result->outcome == WORK_AGAIN  ? request_retry_delay(result->item->line.attempts + 1)
                                                           : 0;
        if (!open[i]) {
            continue;
        }
        if (seconds > 0) {
            struct work_delay delay = { .result = result, .seconds = seconds, .counts = result->outcome == WORK_AGAIN };
            g_array_append_val(later, delay);
        } else {
            g_ptr_array_add(final, (gpointer)result);
        }
    }
}

static bool do_finish(struct db *db, void *data, GError **error)
{
    const struct finishing *finishing = data;
    g_autofree bool *open = g_new0(bool, finishing->n);
    g_autoptr(GPtrArray) final = g_ptr_array_new();
    g_autoptr(GArray) later = g_array_new(FALSE, FALSE, sizeof(struct work_delay));
    if (!work_store_lock(db, finishing->results, finishing->n, open, error)) {
        return false;
    }
    part(finishing, open, final, later);
    if (later->len > 0 && !work_store_later(db, later, finishing->now, error)) {
        return false;
    }
    return final->len == 0 ||
           (run_hooks(db, finishing, final, error) && work_store_results(db, final, finishing->now, error) &&
            end_requests(db, finishing, final, error));
}

/* Tried often enough: what may pass has become final. */
static struct work_result settled(const struct work_result *result)
{
    struct work_result copy = *result;
    if (copy.outcome == WORK_AGAIN && request_retry_delay(copy.item->line.attempts + 1) == 0) {
        copy.outcome = WORK_FAILED;
    }
    return copy;
}

bool work_finish_as(struct db *db, const struct secret_keys *keys, const struct config *config,
                    const struct actor *actor, const struct work_result *results, guint n, struct moment now,
                    GError **error)
{
    g_autofree struct work_result *all = g_new(struct work_result, n);
    for (guint i = 0; i < n; i++) {
        all[i] = settled(&results[i]);
    }
    struct finishing finishing = { .keys = keys, .config = config, .actor = actor, .results = all, .n = n, .now = now };
    return n == 0 || db_transaction(db, do_finish, &finishing, error);
}

bool work_finish(struct db *db, const struct secret_keys *keys, const struct config *config,
                 const struct work_result *results, guint n, struct moment now, GError **error)
{
    return work_finish_as(db, keys, config, &worker, results, n, now, error);
}

/* ---- claiming ---- */

struct claiming {
    struct finishing finishing;
    guint most, seen;
    struct work_cursor begin, cursor;
    GPtrArray *items;
};

/* What cannot be carried out now: a failed line's items wait for its repair, others are left out. So is what would undo
 * a later request that has brought the line out of its failure. */
static bool is_in_the_way(const struct claiming *claiming, struct work_item *item, struct work_result *result)
{
    const struct request_moves *moves = &item->kind->moves;
    bool is_overtaken = item->is_overtaken && moves->to != REQUEST_UNCHANGED;
    if (item->is_begun || (!is_overtaken && request_may_begin(moves, item->line.state, item->line.round, item->from))) {
        return false;
    }
    *result = (struct work_result){
        .item = item, .outcome = WORK_LEFT, .code = (char *)(is_overtaken ? "overtaken" : "state"), .is_untouched = true
    };
    if (item->line.state == LINE_FAILED && !is_overtaken) {
        bool is_over = request_wait_is_over(item->effective_at, claiming->finishing.now);
        result->outcome = is_over ? WORK_FAILED : WORK_AGAIN;
        result->code = (char *)"line-failed";
    }
    return true;
}

/* Settle what is in the way, without its hooks: nothing has been done to these lines. */
static bool settle(struct db *db, const struct claiming *claiming, GArray *blocked, GError **error)
{
    g_autoptr(GPtrArray) final = g_ptr_array_new();
    g_autoptr(GArray) later = g_array_new(FALSE, FALSE, sizeof(struct work_delay));
    for (guint i = 0; i < blocked->len; i++) {
        struct work_result *result = &g_array_index(blocked, struct work_result, i);
        if (result->outcome == WORK_AGAIN) {
            struct work_delay delay = { .result = result, .seconds = PUT_OFF_SECONDS };
            g_array_append_val(later, delay);
        } else {
            g_ptr_array_add(final, result);
        }
    }
    if (later->len > 0 && !work_store_later(db, later, claiming->finishing.now, error)) {
        return false;
    }
    return final->len == 0 || (work_store_results(db, final, claiming->finishing.now, error) &&
                               end_requests(db, &claiming->finishing, final, error));
}

static bool begin(struct db *db, struct claiming *claiming, GPtrArray *due, GError **error)
{
    g_autoptr(GPtrArray) requests = work_store_pending(db, due, error);
    return requests != NULL && move_requests(db, claiming->finishing.actor, requests, claiming->finishing.now, error) &&
           (requests->len == 0 || work_store_counts(db, requests, error));
}

/* Take what is in the way out of `due`. */
static GArray *take_blocked(struct claiming *claiming, GPtrArray *due, GPtrArray *ready)
{
    GArray *blocked = g_array_new(FALSE, TRUE, sizeof(struct work_result));
    for (guint i = 0; i < due->len; i++) {
        struct work_result result = { 0 };
        if (is_in_the_way(claiming, due->pdata[i], &result)) {
            g_array_append_val(blocked, result);
        } else {
            g_ptr_array_add(ready, due->pdata[i]);
        }
    }
    return blocked;
}

static bool do_claim(struct db *db, void *data, GError **error)
{
    struct claiming *claiming = data;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    g_clear_pointer(&claiming->items, g_ptr_array_unref);
    claiming->cursor = claiming->begin;
    claiming->seen = 0;
    if (!work_store_due(db, claiming->most, claiming->finishing.now, &claiming->cursor, ids, error)) {
        return false;
    }
    claiming->seen = ids->len;
    claiming->items = ids->len > 0 ? work_store_read(db, ids, error) : g_ptr_array_new();
    if (claiming->items == NULL || ids->len == 0) {
        return claiming->items != NULL;
    }
    g_autoptr(GPtrArray) ready = g_ptr_array_new();
    g_autoptr(GArray) blocked = take_blocked(claiming, claiming->items, ready);
    return (ready->len == 0 || (work_store_running(db, ready, error) && begin(db, claiming, ready, error))) &&
           settle(db, claiming, blocked, error);
}

/* The items that are to be carried out. */
static GPtrArray *keep_ready(struct claiming *claiming)
{
    g_autoptr(GPtrArray) all = g_steal_pointer(&claiming->items);
    GPtrArray *ready = g_ptr_array_new_with_free_func((GDestroyNotify)work_item_free);
    g_ptr_array_set_free_func(all, NULL);
    for (guint i = 0; i < all->len; i++) {
        struct work_result unused = { 0 };
        if (is_in_the_way(claiming, all->pdata[i], &unused)) {
            work_item_free(all->pdata[i]);
        } else {
            g_ptr_array_add(ready, all->pdata[i]);
        }
    }
    return ready;
}

GPtrArray *work_claim(struct db *db, const struct secret_keys *keys, const struct config *config, guint most,
                      struct moment now, struct work_cursor *cursor, guint *seen, GError **error)
{
    struct claiming claiming = { .finishing = { .keys = keys, .config = config, .actor = &worker, .now = now },
                                 .most = most,
                                 .begin = *cursor };
    if (!db_transaction(db, do_claim, &claiming, error)) {
        g_clear_pointer(&claiming.items, g_ptr_array_unref);
        return NULL;
    }
    *cursor = claiming.cursor;
    *seen = claiming.seen;
    return keep_ready(&claiming);
}

bool work_renew(struct db *db, const GPtrArray *items, GError **error)
{
    return items->len == 0 || work_store_lease(db, items, true, error);
}

bool work_release(struct db *db, const GPtrArray *items, GError **error)
{
    return items->len == 0 || work_store_lease(db, items, false, error);
}
