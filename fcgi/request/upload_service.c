/*
 * upload_service.c: takes uploaded numbers into a draft, in one transaction: those that are live lines of the customer.
 */
#include "base/error.h"
#include "request/upload_store.h"

struct taking {
    const struct draft_owner *owner;
    uint64_t id;
    struct upload *upload;
    const GArray *lines; /* uint64_t: what the numbers are */
    struct moment now;
};

static bool do_take(struct db *db, void *data, GError **error)
{
    const struct taking *taking = data;
    uint64_t customer = taking->owner->customer;
    AUTO(draft) struct draft *draft = draft_store_lock(db, taking->owner, taking->id, error);
    if (draft == NULL) {
        return false;
    }
    if (draft->made_request != 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "the draft has become a request");
        return false;
    }
    return draft_store_remove_all(db, customer, taking->id, error) &&
           draft_store_add_lines(db, customer, taking->id, taking->lines, error) &&
           upload_store_keep(db, customer, taking->id, taking->upload, error) &&
           draft_store_count(db, customer, taking->id, taking->now, error);
}

/* Refuse the rows at `places` whose numbers are no live lines of the customer's: those of lines that are terminated are
 * told apart. */
static bool refuse_missing(struct db *db, uint64_t customer, struct upload *upload, const GArray *places,
                           GError **error)
{
    guint n = 0;
    const struct upload_row *rows = upload_rows(upload, &n);
    g_autofree const struct upload_row **missing = g_new(const struct upload_row *, places->len + 1);
    g_autofree bool *ended = g_new0(bool, places->len + 1);
    for (guint i = 0; i < places->len; i++) {
        missing[i] = &rows[g_array_index(places, guint, i)];
    }
    if (!upload_store_find_ended(db, customer, missing, places->len, ended, error)) {
        return false;
    }
    for (guint i = 0; i < places->len; i++) {
        upload_refuse(upload, g_array_index(places, guint, i), ended[i] ? UPLOAD_ENDED : UPLOAD_UNKNOWN);
    }
    return true;
}

/* The lines of the good rows; a number that is none of the customer's is refused, whosever it is. */
static GArray *find_lines(struct db *db, uint64_t customer, struct upload *upload, GError **error)
{
    guint n = 0, good = 0;
    const struct upload_row *rows = upload_rows(upload, &n);
    g_autofree const struct upload_row **wanted = g_new(const struct upload_row *, n + 1);
    g_autofree guint *places = g_new(guint, n + 1);
    g_autofree uint64_t *ids = g_new(uint64_t, n + 1);
    for (guint i = 0; i < n; i++) {
        if (rows[i].reason == UPLOAD_GOOD) {
            places[good] = i;
            wanted[good++] = &rows[i];
        }
    }
    if (!upload_store_find(db, customer, wanted, good, ids, error)) {
        return NULL;
    }
    g_autoptr(GArray) lines = g_array_sized_new(FALSE, FALSE, sizeof(uint64_t), good);
    g_autoptr(GArray) missing = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < good; i++) {
        if (ids[i] == 0) {
            g_array_append_val(missing, places[i]);
        } else {
            g_array_append_val(lines, ids[i]);
        }
    }
    return refuse_missing(db, customer, upload, missing, error) ? g_steal_pointer(&lines) : NULL;
}

bool draft_take_upload(struct db *db, const struct draft_owner *owner, uint64_t id, struct upload *upload,
                       struct moment now, GError **error)
{
    g_autoptr(GArray) lines = find_lines(db, owner->customer, upload, error);
    struct taking taking = { .owner = owner, .id = id, .upload = upload, .lines = lines, .now = now };
    return lines != NULL && db_transaction(db, do_take, &taking, error);
}
