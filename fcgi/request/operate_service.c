/*
 * operate_service.c: the operator tries again what has finally failed, and gives up what is stuck. Both look at every
 * line with its row locked, then do all of it in one transaction.
 */
#include "request/operate.h"

#include "audit/audit.h"
#include "base/error.h"
#include "line/number_rule.h"
#include "request/operate_store.h"
#include "request/request_store.h"

#include <string.h>

struct operating {
    const struct operate_order *order;
    struct operate_result *result;
    bool open; /* its lines are open ones */
    uint64_t id, customer;
    struct request_lock lock;
    GPtrArray *items;           /* struct work_item */
    struct operate_case *cases; /* of each */
};

void operate_result_clear(struct operate_result *result)
{
    for (guint i = 0; result->lines != NULL && i < result->lines->len; i++) {
        g_free(g_array_index(result->lines, struct operate_line, i).against);
    }
    g_clear_pointer(&result->lines, g_array_unref);
}

static void operating_clear(struct operating *operating)
{
    request_lock_clear(&operating->lock);
    g_clear_pointer(&operating->items, g_ptr_array_unref);
    g_clear_pointer(&operating->cases, g_free);
}

/* ---- which lines ---- */

static bool find_request(struct db *db, struct operating *operating, GError **error)
{
    AUTO(request_made) struct request_made *made = operate_get(db, operating->order->number, error);
    if (made != NULL) {
        operating->id = made->id;
        operating->customer = made->customer;
    }
    return made != NULL;
}

/* Each of `phones` must be a line of the request. */
static bool all_are_there(const struct operating *operating, GError **error)
{
    const char *const *phones = operating->order->phones;
    for (; phones != NULL && *phones != NULL; phones++) {
        bool found = false;
        for (guint i = 0; i < operating->items->len && !found; i++) {
            found = strcmp(((const struct work_item *)operating->items->pdata[i])->line.phone, *phones) == 0;
        }
        if (!found) {
            g_autofree char *shown = number_phone_show(*phones);
            g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "%s is no line of %s", shown, operating->order->number);
            return false;
        }
    }
    return true;
}

/* Lines, items and the request, locked in this order. */
static bool lock_all(struct db *db, struct operating *operating, GError **error)
{
    g_autoptr(GArray) ids = operate_store_find(db, operating->id, operating->open, operating->order->phones, error);
    operating->items = ids != NULL ? work_store_read(db, ids, error) : NULL;
    if (operating->items == NULL || !all_are_there(operating, error)) {
        return false;
    }
    if (operating->items->len == 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "no line of %s %s", operating->order->number,
                    operating->open ? "is open" : "has failed");
        return false;
    }
    operating->cases = g_new0(struct operate_case, operating->items->len);
    return operate_store_lock(db, operating->items, operating->cases, error) &&
           request_store_lock(db, operating->customer, operating->id, &operating->lock, error);
}

/* ---- judging ---- */

static bool note(struct db *db, struct operating *operating, guint i, enum operate_refusal refusal, uint64_t against,
                 GError **error)
{
    const struct work_item *item = operating->items->pdata[i];
    struct operate_line line = { .refusal = refusal, .round = item->line.round + !operating->open };
    g_strlcpy(line.phone, item->line.phone, sizeof line.phone);
    if (against != 0 && !request_number_of(db, operating->customer, against, &line.against, error)) {
        return false;
    }
    g_array_append_val(operating->result->lines, line);
    operating->result->good += refusal == OPERATE_GOOD;
    return true;
}

/* The open steps of one line, which stand together; `at` moves on. */
static GArray *steps_of(const GArray *steps, uint64_t line, guint *at)
{
    GArray *own = g_array_new(FALSE, FALSE, sizeof(struct request_step));
    for (; *at < steps->len && g_array_index(steps, struct line_step, *at).line <= line; (*at)++) {
        const struct line_step *step = &g_array_index(steps, struct line_step, *at);
        if (step->line == line) {
            g_array_append_val(own, step->step);
        }
    }
    return own;
}

static bool judge(struct db *db, struct operating *operating, GError **error)
{
    const struct operate_order *order = operating->order;
    g_autoptr(GArray) steps = request_store_steps(db, operating->customer, operating->id, error);
    bool good = steps != NULL;
    for (guint i = 0, at = 0; good && i < operating->items->len; i++) {
        const struct work_item *item = operating->items->pdata[i];
        uint64_t against = 0;
        g_autoptr(GArray) own = steps_of(steps, item->line.line, &at);
        enum operate_refusal refusal =
            operating->open ? operate_give_up(&operating->cases[i], order->force, order->now)
                            : operate_retry(&operating->cases[i], (const struct request_step *)(void *)own->data,
                                            own->len, &against);
        good = note(db, operating, i, refusal, against, error);
    }
    return good;
}

/* The items it is done to; the caller unrefs the array alone. */
static GPtrArray *good_ones(const struct operating *operating)
{
    GPtrArray *good = g_ptr_array_new();
    for (guint i = 0; i < operating->items->len; i++) {
        if (g_array_index(operating->result->lines, struct operate_line, i).refusal == OPERATE_GOOD) {
            g_ptr_array_add(good, operating->items->pdata[i]);
        }
    }
    return good;
}

/* ---- doing ---- */

/* History and audit of the request. */
static bool tell(struct db *db, const struct operating *operating, const char *event, const char *action,
                 const char *detail, GError **error)
{
    const struct operate_order *order = operating->order;
    g_autofree char *object = g_strdup_printf("request %" G_GUINT64_FORMAT, operating->id);
    g_autofree char *whole = g_strdup_printf("%s: %s", order->number, detail);
    return request_store_event(db, order->actor, operating->id, event, detail, order->now, error) &&
           audit_add(db, order->actor, order->now, operating->customer, action, object, whole, error);
}

/* A request that was over is under way again. */
static bool reopen(struct db *db, const struct operating *operating, GError **error)
{
    struct work_request request = {
        .id = operating->id, .customer = operating->customer, .from = operating->lock.status, .to = REQUEST_PROCESSING
    };
    gpointer one = &request;
    const GPtrArray requests = { .pdata = &one, .len = 1 };
    return operating->lock.status != REQUEST_FAILED ||
           (work_store_status(db, &requests, operating->order->now, error) && work_store_counts(db, &requests, error));
}

static bool retry(struct db *db, struct operating *operating, const GPtrArray *items, GError **error)
{
    g_autofree char *detail = g_strdup_printf("%u lines", items->len);
    return operate_store_retry(db, operating->id, items, operating->order->now, error) &&
           tell(db, operating, "retried", "request-retry", detail, error) && reopen(db, operating, error);
}

static bool give_up(struct db *db, struct operating *operating, const GPtrArray *items, GError **error)
{
    const struct operate_order *order = operating->order;
    g_autofree char *detail = g_strdup_printf("%u lines: %s", items->len, order->reason);
    g_autofree struct work_result *results = g_new0(struct work_result, items->len);
    for (guint i = 0; i < items->len; i++) {
        struct work_item *item = items->pdata[i];
        results[i] = (struct work_result){ .item = item,
                                           .outcome = WORK_FAILED,
                                           .code = (char *)"operator",
                                           .text = (char *)order->reason,
                                           .is_untouched = !item->is_begun };
    }
    return tell(db, operating, "given-up", "request-fail", detail, error) &&
           work_finish_as(db, order->keys, order->config, order->actor, results, items->len, order->now, error);
}

static bool do_operate(struct db *db, void *data, GError **error)
{
    struct operating *operating = data;
    struct operate_result *result = operating->result;
    operating_clear(operating);
    operate_result_clear(result);
    *result = (struct operate_result){ .lines = g_array_new(FALSE, TRUE, sizeof(struct operate_line)) };
    if (!find_request(db, operating, error) || !lock_all(db, operating, error) || !judge(db, operating, error)) {
        return false;
    }
    result->is_done = result->good > 0 && (operating->order->only_good || result->good == result->lines->len);
    g_autoptr(GPtrArray) items = good_ones(operating);
    return !result->is_done || (operating->open ? give_up : retry)(db, operating, items, error);
}

static bool operate(struct db *db, const struct operate_order *order, bool open, struct operate_result *result,
                    GError **error)
{
    struct operating operating = { .order = order, .result = result, .open = open };
    *result = (struct operate_result){ 0 };
    bool good = db_transaction(db, do_operate, &operating, error);
    operating_clear(&operating);
    return good;
}

bool operate_retry_lines(struct db *db, const struct operate_order *order, struct operate_result *result,
                         GError **error)
{
    return operate(db, order, false, result, error);
}

bool operate_give_up_lines(struct db *db, const struct operate_order *order, struct operate_result *result,
                           GError **error)
{
    return operate(db, order, true, result, error);
}
