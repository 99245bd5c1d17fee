/*
 * cancel_service.c: cancels a pending request: whole, in one transaction, if its lines can do without it.
 */
#include "audit/audit.h"
#include "base/error.h"
#include "request/request_store.h"
#include "request/request_tell_service.h"

struct cancelling {
    const struct secret_keys *keys;
    const struct config *config;
    const struct actor *actor;
    uint64_t customer, id;
    struct moment now;
    char *against;
};

/* A later request that would be left illegal without this one. */
static bool find_against(const GArray *lines, const GArray *steps, uint64_t id, uint64_t *against)
{
    guint at = 0;
    for (guint i = 0; i < lines->len; i++) {
        const struct request_line *line = &g_array_index(lines, struct request_line, i);
        g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(struct request_step));
        for (; at < steps->len && g_array_index(steps, struct line_step, at).line == line->line; at++) {
            g_array_append_val(own, g_array_index(steps, struct line_step, at).step);
        }
        const struct request_step *open = (const struct request_step *)(void *)own->data;
        if (!request_can_be_taken_out(line->state, open, own->len, id, against)) {
            return true;
        }
    }
    return false;
}

static bool check(struct db *db, struct cancelling *cancelling, const struct request_lock *lock, const GArray *lines,
                  guint pending, GError **error)
{
    if (pending < lines->len || lock->status != REQUEST_PENDING) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "the request has begun, or is over");
        return false;
    }
    if (!request_can_cancel(lock->status, lock->effective_on, lock->received_on, cancelling->now)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_FORBIDDEN, "the request can be cancelled no more");
        return false;
    }
    g_autoptr(GArray) steps = request_store_steps(db, cancelling->customer, cancelling->id, error);
    uint64_t against = 0;
    if (steps == NULL) {
        return false;
    }
    if (!find_against(lines, steps, cancelling->id, &against)) {
        return true;
    }
    if (request_number_of(db, cancelling->customer, against, &cancelling->against, error)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "a later request needs this one");
    }
    return false;
}

static bool keep(struct db *db, const struct cancelling *cancelling, const struct request_lock *lock, guint lines,
                 GError **error)
{
    g_autofree char *object = g_strdup_printf("request %" G_GUINT64_FORMAT, cancelling->id);
    struct request_news news = { .kind = lock->kind,
                                 .customer = cancelling->customer,
                                 .number = lock->number,
                                 .event = REQUEST_NEWS_CANCELLED,
                                 .lines = lines,
                                 .effective = lock->effective_on };
    return request_store_cancel(db, cancelling->customer, cancelling->id, cancelling->now, error) &&
           request_store_event(db, cancelling->actor, cancelling->id, "cancelled", "", cancelling->now, error) &&
           audit_add(db, cancelling->actor, cancelling->now, cancelling->customer, "request-cancel", object,
                     lock->number, error) &&
           request_tell(db, cancelling->keys, cancelling->config, &news, cancelling->now, error) &&
           request_store_count_move(db, cancelling->customer, REQUEST_PENDING, REQUEST_CANCELLED, error);
}

static bool do_cancel(struct db *db, void *data, GError **error)
{
    struct cancelling *cancelling = data;
    struct request_lock lock = { 0 };
    guint pending = 0;
    g_clear_pointer(&cancelling->against, g_free);
    g_autoptr(GArray) lines = request_store_lock_lines(db, cancelling->customer, cancelling->id, &pending, error);
    if (lines == NULL || !request_store_lock(db, cancelling->customer, cancelling->id, &lock, error)) {
        return false;
    }
    bool good = check(db, cancelling, &lock, lines, pending, error) && keep(db, cancelling, &lock, lines->len, error);
    request_lock_clear(&lock);
    return good;
}

bool request_cancel(struct db *db, const struct secret_keys *keys, const struct config *config,
                    const struct actor *actor, uint64_t customer, uint64_t id, struct moment now, char **against,
                    GError **error)
{
    struct cancelling cancelling = {
        .keys = keys, .config = config, .actor = actor, .customer = customer, .id = id, .now = now
    };
    bool good = db_transaction(db, do_cancel, &cancelling, error);
    *against = g_steal_pointer(&cancelling.against);
    return good;
}
