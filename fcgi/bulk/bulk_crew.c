/*
 * bulk_crew.c: threads that work off pieces, each on the connection that is its own. The pieces touch rows of
 * different customers, so that no two wait for each other; the order among them is nobody's.
 */
#include "bulk/bulk.h"

enum { TICK_US = 200000, WAITING_EACH = 2 };

struct piece {
    bulk_work *work;
    void *item;
    GDestroyNotify drop;
};

struct bulk_crew {
    GMutex mutex;
    GCond moved; /* anything changed */
    GQueue waiting;
    GThread **threads;
    guint n, busy;
    bool is_over;
    GError *failure; /* the first */
    void (*tick)(void *data);
    void *data;
};

struct member {
    struct bulk_crew *crew;
    struct db *db;
};

/* The next piece; NULL: there will be none. Called with the mutex. */
static struct piece *next_piece(struct bulk_crew *crew)
{
    while (crew->waiting.length == 0 && !crew->is_over) {
        g_cond_wait(&crew->moved, &crew->mutex);
    }
    return g_queue_pop_head(&crew->waiting);
}

static void *run_member(void *data)
{
    g_autofree struct member *member = data;
    struct bulk_crew *crew = member->crew;
    struct piece *piece = NULL;
    g_mutex_lock(&crew->mutex);
    while ((piece = next_piece(crew)) != NULL) {
        bool failed = crew->failure != NULL;
        GError *failure = NULL;
        crew->busy++;
        g_cond_broadcast(&crew->moved);
        g_mutex_unlock(&crew->mutex);
        if (failed) {
            piece->drop(piece->item);
        } else {
            failed = !piece->work(member->db, piece->item, &failure);
        }
        g_free(piece);
        g_mutex_lock(&crew->mutex);
        crew->busy--;
        if (failure != NULL && crew->failure == NULL) {
            crew->failure = failure;
        } else {
            g_clear_error(&failure);
        }
        g_cond_broadcast(&crew->moved);
    }
    g_mutex_unlock(&crew->mutex);
    return NULL;
}

struct bulk_crew *bulk_crew_new(struct db *const *dbs, guint n, void (*tick)(void *data), void *data)
{
    struct bulk_crew *crew = g_new0(struct bulk_crew, 1);
    g_mutex_init(&crew->mutex);
    g_cond_init(&crew->moved);
    g_queue_init(&crew->waiting);
    crew->tick = tick;
    crew->data = data;
    crew->n = n;
    crew->threads = g_new0(GThread *, n);
    for (guint i = 0; i < n; i++) {
        struct member *member = g_new0(struct member, 1);
        *member = (struct member){ .crew = crew, .db = dbs[i] };
        crew->threads[i] = g_thread_new("bulk", run_member, member);
    }
    return crew;
}

void bulk_crew_free(struct bulk_crew *crew)
{
    g_mutex_lock(&crew->mutex);
    crew->is_over = true;
    g_cond_broadcast(&crew->moved);
    g_mutex_unlock(&crew->mutex);
    for (guint i = 0; i < crew->n; i++) {
        g_thread_join(crew->threads[i]);
    }
    g_free(crew->threads);
    g_clear_error(&crew->failure);
    g_cond_clear(&crew->moved);
    g_mutex_clear(&crew->mutex);
    g_free(crew);
}

/* Wait until something moved, or it is time to tick. Called with the mutex. */
static void wait_and_tick(struct bulk_crew *crew)
{
    g_cond_wait_until(&crew->moved, &crew->mutex, g_get_monotonic_time() + TICK_US);
    g_mutex_unlock(&crew->mutex);
    crew->tick(crew->data);
    g_mutex_lock(&crew->mutex);
}

bool bulk_crew_give(struct bulk_crew *crew, bulk_work *work, void *item, GDestroyNotify drop)
{
    struct piece *piece = g_new0(struct piece, 1);
    *piece = (struct piece){ .work = work, .item = item, .drop = drop };
    g_mutex_lock(&crew->mutex);
    while (crew->waiting.length >= WAITING_EACH * crew->n) {
        wait_and_tick(crew);
    }
    g_queue_push_tail(&crew->waiting, piece);
    g_cond_broadcast(&crew->moved);
    bool good = crew->failure == NULL;
    g_mutex_unlock(&crew->mutex);
    return good;
}

bool bulk_crew_wait(struct bulk_crew *crew, GError **error)
{
    g_mutex_lock(&crew->mutex);
    while (crew->waiting.length > 0 || crew->busy > 0) {
        wait_and_tick(crew);
    }
    bool good = crew->failure == NULL;
    if (!good) {
        g_propagate_error(error, g_error_copy(crew->failure));
    }
    g_mutex_unlock(&crew->mutex);
    return good;
}
