/*
 * audit_store.c: the audit as rows. Decides nothing (audit_rule.c).
 */
#include "audit/audit_store.h"

#include "base/error.h"
#include "base/json.h"

#include <string.h>

enum { ROW_COLUMNS = 11 };

void audit_link_free(gpointer link)
{
    audit_row_free(((struct audit_link *)link)->row);
    g_free(link);
}

static char *copy(const struct db_rows *rows, guint column)
{
    const char *text = db_get_text(rows, column);
    return g_strdup(text != NULL ? text : "");
}

static struct audit_row *read_row(const struct db_rows *rows)
{
    struct audit_row *row = g_new0(struct audit_row, 1);
    row->id = db_get_u64(rows, 0);
    row->customer = db_get_u64(rows, 1);
    row->at = db_get_moment(rows, 2);
    row->actor_kind = copy(rows, 3);
    row->actor_id = db_get_u64(rows, 4);
    row->actor_name = copy(rows, 5);
    row->address = copy(rows, 6);
    row->request_id = copy(rows, 7);
    row->action = copy(rows, 8);
    row->object = copy(rows, 9);
    row->detail = copy(rows, 10);
    return row;
}

/* A seal of another length than ours is none: it stays zero and fits nothing. */
static void read_mac(const struct db_rows *rows, guint column, guint8 *mac)
{
    gsize size = 0;
    const char *bytes = db_get_bytes(rows, column, &size);
    if (size == AUDIT_MAC_BYTES) {
        memcpy(mac, bytes, size);
    }
}

static GPtrArray *read_links(struct db_rows *rows)
{
    GPtrArray *links = g_ptr_array_new_with_free_func(audit_link_free);
    while (db_next(rows)) {
        struct audit_link *link = g_new0(struct audit_link, 1);
        link->row = read_row(rows);
        if (db_columns(rows) > ROW_COLUMNS) {
            link->seal.position = db_get_u64(rows, ROW_COLUMNS);
            read_mac(rows, ROW_COLUMNS + 1, link->seal.mac);
        }
        g_ptr_array_add(links, link);
    }
    return links;
}

GPtrArray *audit_store_unsealed(struct db *db, guint most, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_AUDIT_LIST_UNSEALED, error, DB_U64(most));
    return rows != NULL ? read_links(rows) : NULL;
}

bool audit_store_seals(struct db *db, const GPtrArray *links, GError **error)
{
    struct json_object *list = json_object_new_array();
    for (guint i = 0; i < links->len; i++) {
        const struct audit_link *link = g_ptr_array_index(links, i);
        struct json_object *object = json_object_new_object();
        g_autofree char *mac = audit_mac_show(link->seal.mac);
        json_object_object_add(object, "id", json_object_new_uint64(link->row->id));
        json_object_object_add(object, "sealed", json_object_new_uint64(link->seal.position));
        json_object_object_add(object, "mac", json_object_new_string(mac));
        json_object_array_add(list, object);
    }
    uint64_t changed = 0;
    g_autofree char *text = json_take_text(list);
    bool good = db_run(db, STATEMENT_AUDIT_SET_SEALS, &changed, error, DB_TEXT(text));
    if (good && changed != links->len) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "%" G_GUINT64_FORMAT " of %u rows took their seal", changed,
                    links->len);
        good = false;
    }
    return good;
}

static bool lock_head(struct db *db, uint64_t customer, struct audit_head *head, uint64_t *newest, bool *found,
                      GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_AUDIT_HEAD_LOCK, error, DB_U64(customer));
    if (rows == NULL) {
        return false;
    }
    *found = db_next(rows);
    if (*found) {
        head->position = db_get_u64(rows, 0);
        read_mac(rows, 1, head->mac);
        *newest = db_get_u64(rows, 2);
    }
    return true;
}

bool audit_store_lock_head(struct db *db, uint64_t customer, struct audit_head *head, uint64_t *newest, GError **error)
{
    bool found = false;
    struct audit_head none = { 0 };
    *head = none;
    if (!lock_head(db, customer, head, newest, &found, error)) {
        return false;
    }
    return found || (db_run(db, STATEMENT_AUDIT_HEAD_BEGIN, NULL, error, DB_U64(customer),
                            DB_BYTES(none.mac, sizeof none.mac)) &&
                     lock_head(db, customer, head, newest, &found, error));
}

bool audit_store_set_head(struct db *db, uint64_t customer, const struct audit_head *head, GError **error)
{
    return db_run(db, STATEMENT_AUDIT_HEAD_SET, NULL, error, DB_U64(head->position),
                  DB_BYTES(head->mac, sizeof head->mac), DB_U64(customer));
}

bool audit_store_head(struct db *db, uint64_t customer, struct audit_head *head, uint64_t *newest, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_AUDIT_HEAD_GET, error, DB_U64(customer), DB_U64(customer));
    if (rows == NULL) {
        return false;
    }
    *head = (struct audit_head){ 0 };
    bool found = db_next(rows);
    g_assert(found);
    head->position = db_get_u64(rows, 0);
    read_mac(rows, 1, head->mac);
    *newest = db_get_u64(rows, 2);
    return true;
}

GPtrArray *audit_store_sealed(struct db *db, uint64_t customer, uint64_t after, uint64_t until, guint most,
                              GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows =
        db_query(db, STATEMENT_AUDIT_LIST_SEALED, error, DB_U64(customer), DB_U64(after), DB_U64(until), DB_U64(most));
    return rows != NULL ? read_links(rows) : NULL;
}

bool audit_store_heads(struct db *db, uint64_t *customer, guint most, audit_visit *visit, guint *n, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_AUDIT_LIST_HEADS, error, DB_U64(*customer), DB_U64(most));
    if (rows == NULL) {
        return false;
    }
    for (*n = 0; db_next(rows); (*n)++) {
        struct audit_head head = { .position = db_get_u64(rows, 1) };
        read_mac(rows, 2, head.mac);
        visit(db_get_u64(rows, 0), &head);
        *customer = db_get_u64(rows, 0) + 1;
    }
    return true;
}
