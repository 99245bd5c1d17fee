/*
 * recharge_service.c: the kind of request that buys capacity for a line.
 */
#include "recharge/recharge.h"

#include "base/error.h"
#include "base/json.h"
#include "recharge/recharge_rule.h"
#include "recharge/recharge_store.h"

static int64_t bytes_of(const struct request_fields *fields)
{
    return g_ascii_strtoll(request_fields_get(fields, RECHARGE_FIELD_CAPACITY), NULL, 10);
}

/* The price of what was chosen; PORTAL_INVALID if that is not offered. */
static bool find_price(struct db *db, const struct request_fields *fields, struct date today, int64_t *yen,
                       GError **error)
{
    g_autoptr(GArray) offers = recharge_offers(db, today, error);
    if (offers == NULL) {
        return false;
    }
    for (guint i = 0; i < offers->len; i++) {
        const struct recharge_offer *offer = &g_array_index(offers, struct recharge_offer, i);
        if (offer->bytes == bytes_of(fields)) {
            *yen = offer->yen;
            return true;
        }
    }
    g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "no such recharge is offered");
    return false;
}

static bool fields_are_good(struct db *db, const struct request_fields *fields, struct date today, GError **error)
{
    int64_t yen = 0;
    return find_price(db, fields, today, &yen, error);
}

/* domain.md, Recharge: a SIM in a group is recharged through its group. */
static bool check(struct db *db, struct request_batch *batch, GError **error)
{
    (void)db;
    (void)error;
    for (guint i = 0; i < batch->n; i++) {
        if (batch->lines[i].group != 0 && batch->lines[i].refusal == REFUSAL_NONE) {
            batch->lines[i].refusal = REFUSAL_IN_GROUP;
        }
    }
    return true;
}

static char *arguments(const struct request_line *line)
{
    g_autofree char *until = date_show(recharge_valid_until(line->effective));
    struct json_object *object = json_sure(json_object_new_object());
    json_put(object, "bytes", json_object_new_int64(bytes_of(line->fields)));
    json_put(object, "valid_until", json_object_new_string(until));
    return json_take_text(object);
}

static bool apply(struct db *db, struct request_batch *batch, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(struct recharge_new));
    for (guint i = 0; i < batch->n; i++) {
        const struct request_line *line = &batch->lines[i];
        struct recharge_new one = { .line = line->line,
                                    .customer = line->customer,
                                    .bytes = bytes_of(line->fields),
                                    .until = recharge_valid_until(line->effective) };
        g_array_append_val(all, one);
    }
    return all->len == 0 || (recharge_store_overuse(db, all, moment_date(batch->now), error) &&
                             recharge_store_add(db, all, batch->now, error));
}

const struct request_kind recharge_line_kind = {
    .code = "recharge",
    .letters = "RC",
    .name = LABEL_REQUEST_KIND_RECHARGE,
    .title = LABEL_REQUEST_TITLE_RECHARGE,
    .operation = "recharge",
    .moves = { .from = 1U << LINE_ACTIVE | 1U << LINE_SUSPENDED | 1U << LINE_REISSUING, .to = REQUEST_UNCHANGED },
    .fields_are_good = fields_are_good,
    .idle = 1U << LINE_SUSPENDED,
    .idle_text = LABEL_RECHARGE_IDLE,
    .idle_all = LABEL_RECHARGE_IDLE_ALL,
    .check = check,
    .price = find_price,
    .arguments = arguments,
    .apply = apply,
};
