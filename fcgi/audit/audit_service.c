/*
 * audit_service.c: writing, sealing and checking the audit. The order within a chain is that of sealing: rows
 * commit in another order than their ids, and a row that commits late still gets its place.
 */
#include "audit/audit.h"

#include "audit/audit_store.h"
#include "base/error.h"
#include "base/log.h"

#include <string.h>

enum { VERIFY_CHUNK = 1000, HEADS_CHUNK = 1000 };

bool audit_add(struct db *db, const struct actor *actor, struct moment now, uint64_t customer, const char *action,
               const char *object, const char *detail, GError **error)
{
    g_autofree char *name = audit_cut(actor->name, AUDIT_NAME_MOST);
    g_autofree char *address = audit_cut(actor->address, AUDIT_ADDRESS_MOST);
    g_autofree char *request = audit_cut(actor->request_id, AUDIT_REQUEST_MOST);
    g_autofree char *what = audit_cut(object, AUDIT_OBJECT_MOST);
    g_autofree char *more = audit_cut(detail, AUDIT_DETAIL_MOST);
    return db_run(db, STATEMENT_AUDIT_ADD, NULL, error, DB_U64(customer), DB_MOMENT(now),
                  DB_TEXT(actor_kind_word(actor->kind)), db_u64_or_null(actor->id), DB_TEXT(name), DB_TEXT(address),
                  DB_TEXT(request), DB_TEXT(action), DB_TEXT(what), DB_TEXT(more));
}

/* ---- sealing ---- */

struct seal_work {
    const struct secret_keys *keys;
    guint most, sealed;
};

static gint compare_links(gconstpointer a, gconstpointer b)
{
    const struct audit_row *x = (*(struct audit_link *const *)a)->row;
    const struct audit_row *y = (*(struct audit_link *const *)b)->row;
    return x->customer != y->customer ? (x->customer > y->customer) - (x->customer < y->customer)
                                      : (x->id > y->id) - (x->id < y->id);
}

/* Seal the rows of one customer, which begin at `from`; `next` gets where the next customer's do. */
static bool seal_customer(struct db *db, const struct secret_keys *keys, const GPtrArray *links, guint from,
                          guint *next, GError **error)
{
    struct audit_link *link = g_ptr_array_index(links, from);
    uint64_t customer = link->row->customer;
    struct audit_head head;
    uint64_t newest = 0;
    if (!audit_store_lock_head(db, customer, &head, &newest, error)) {
        return false;
    }
    if (newest > head.position) {
        /* Somebody turned the head back. audit_verify tells where; the rows of others must not wait for that.
         */
        log_event(LOG_ERROR, "audit-head-behind", LOG_NUMBER("customer", (int64_t)customer),
                  LOG_NUMBER("position", (int64_t)newest), LOG_NUMBER("head", (int64_t)head.position));
        head.position = newest;
    }
    for (*next = from; *next < links->len; (*next)++) {
        link = g_ptr_array_index(links, *next);
        if (link->row->customer != customer) {
            break;
        }
        audit_head_advance(&head, keys, 0, link->row);
        link->seal = head;
    }
    return audit_store_set_head(db, customer, &head, error);
}

static bool seal_rows(struct db *db, void *data, GError **error)
{
    struct seal_work *work = data;
    g_autoptr(GPtrArray) links = audit_store_unsealed(db, work->most, error);
    if (links == NULL) {
        return false;
    }
    work->sealed = links->len;
    if (links->len == 0) {
        return true;
    }
    g_ptr_array_sort(links, compare_links); /* heads are locked in the customers' order: no deadlock */
    for (guint i = 0; i < links->len;) {
        if (!seal_customer(db, work->keys, links, i, &i, error)) {
            return false;
        }
    }
    return audit_store_seals(db, links, error);
}

bool audit_seal(struct db *db, const struct secret_keys *keys, guint most, guint *sealed, GError **error)
{
    struct seal_work work = { .keys = keys, .most = most };
    if (!db_transaction(db, seal_rows, &work, error)) {
        return false;
    }
    *sealed = work.sealed;
    return true;
}

/* ---- checking ---- */

/* The step from `at` to `link`, by the key that made its seal; by the oldest one if none did. */
static void advance_as_sealed(const struct audit_head *at, const struct secret_keys *keys,
                              const struct audit_link *link, struct audit_head *next)
{
    for (guint which = 0; which < secret_keys_count(keys); which++) {
        *next = *at;
        audit_head_advance(next, keys, which, link->row);
        if (memcmp(next->mac, link->seal.mac, AUDIT_MAC_BYTES) == 0) {
            return;
        }
    }
}

/* Follow `links` from `at` on; false at the first row that does not fit, `at` being what stands before it. */
static bool follow(const struct secret_keys *keys, const GPtrArray *links, struct audit_head *at, GError **error)
{
    for (guint i = 0; i < links->len; i++) {
        const struct audit_link *link = g_ptr_array_index(links, i);
        struct audit_head next;
        advance_as_sealed(at, keys, link, &next);
        if (link->seal.position != next.position) {
            g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT,
                        "customer %" G_GUINT64_FORMAT ": position %" G_GUINT64_FORMAT " is missing",
                        link->row->customer, next.position);
            return false;
        }
        if (memcmp(link->seal.mac, next.mac, AUDIT_MAC_BYTES) != 0) {
            g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT,
                        "customer %" G_GUINT64_FORMAT ": row %" G_GUINT64_FORMAT " at position %" G_GUINT64_FORMAT
                        " was changed",
                        link->row->customer, link->row->id, next.position);
            return false;
        }
        *at = next;
    }
    return true;
}

bool audit_verify(struct db *db, const struct secret_keys *keys, uint64_t customer, uint64_t *rows, GError **error)
{
    struct audit_head head, at = { 0 };
    uint64_t newest = 0;
    *rows = 0;
    if (!audit_store_head(db, customer, &head, &newest, error)) {
        return false;
    }
    for (guint n = VERIFY_CHUNK; n == VERIFY_CHUNK;) {
        g_autoptr(GPtrArray) links = audit_store_sealed(db, customer, at.position, newest, VERIFY_CHUNK, error);
        bool good = links != NULL && follow(keys, links, &at, error);
        *rows = at.position;
        if (!good) {
            return false;
        }
        n = links->len;
    }
    if (at.position != head.position || memcmp(at.mac, head.mac, AUDIT_MAC_BYTES) != 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT,
                    "customer %" G_GUINT64_FORMAT ": the chain ends at position %" G_GUINT64_FORMAT
                    ", its head says %" G_GUINT64_FORMAT,
                    customer, at.position, head.position);
        return false;
    }
    return true;
}

/* ---- the log's copy ---- */

static void log_head(uint64_t customer, const struct audit_head *head)
{
    g_autofree char *mac = audit_mac_show(head->mac);
    log_event(LOG_INFO, "audit-head", LOG_NUMBER("customer", (int64_t)customer),
              LOG_NUMBER("position", (int64_t)head->position), LOG_TEXT("mac", mac));
}

bool audit_log_heads(struct db *db, guint *heads, GError **error)
{
    uint64_t customer = 0;
    *heads = 0;
    for (guint n = HEADS_CHUNK; n == HEADS_CHUNK; *heads += n) {
        if (!audit_store_heads(db, &customer, HEADS_CHUNK, log_head, &n, error)) {
            return false;
        }
    }
    return true;
}
