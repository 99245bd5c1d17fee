/*
 * dispatch.c: the loop between the database and the gateway. Claims in batches, keeps up to [gateway] in_flight
 * operations at the gateway, finishes in batches. The gateway gets new work before each visit to the database, so that
 * both are busy at the same time. Decides nothing about items (request_work.h).
 */
#include "worker/dispatch.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "gateway/gateway.h"
#include "request/request_work.h"
#include "worker/pace_rule.h"
#include "worker/pace_store.h"

#include <string.h>

enum {
    RUN_MS = 1000,       /* a run, so that other jobs get their turn */
    FLUSH_MS = 100,      /* what has come back is written at the latest then */
    RENEW_SECONDS = 30,  /* leases under way are kept alive that often */
    RESTART_SECONDS = 2, /* a gateway that goes is not started more often */
    DRAIN_SECONDS = 20,
    IDLE_MS = 20,
    NOTHING_DUE_MS = 100, /* then it is looked for again */
    FROM_START_SECONDS = 60,
    MS = 1000
};

/* An operation at the gateway. */
struct flight {
    struct work_item *item;
    char id[48];
    int64_t asked_at;
};

static struct {
    struct gateway *gateway;
    int64_t opened_at;
    GQueue waiting;     /* struct work_item: claimed, not yet asked for */
    GHashTable *flying; /* id → struct flight */
    GArray *come;       /* struct work_result: not yet written */
    int64_t first_come; /* when the oldest of them came */
    int64_t renewed_at;
    struct work_cursor cursor;
    int64_t from_start_at, nothing_due_at;
    struct pace pace;
} dispatch;

static void flight_free(gpointer data)
{
    g_free(data);
}

static void open_tables(void)
{
    if (dispatch.flying == NULL) {
        dispatch.flying = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, flight_free);
        dispatch.come = g_array_new(FALSE, TRUE, sizeof(struct work_result));
        g_queue_init(&dispatch.waiting);
    }
}

/* What is written while the gateway works on as much. */
static guint batch(const struct job_context *context)
{
    return pace_batch(&dispatch.pace, (guint)context->config->gateway.in_flight);
}

static guint flying(void)
{
    return g_hash_table_size(dispatch.flying);
}

/* ---- the gateway ---- */

/* What was asked of a gateway that is gone is asked again, under the same ids. */
static void take_back(void)
{
    GHashTableIter all;
    gpointer flight = NULL;
    g_hash_table_iter_init(&all, dispatch.flying);
    while (g_hash_table_iter_next(&all, NULL, &flight)) {
        g_queue_push_head(&dispatch.waiting, ((struct flight *)flight)->item);
    }
    g_hash_table_remove_all(dispatch.flying);
}

static bool have_gateway(const struct job_context *context)
{
    g_autoptr(GError) error = NULL;
    int64_t now = clock_ticks();
    if (dispatch.gateway != NULL) {
        return true;
    }
    if (dispatch.opened_at != 0 && now - dispatch.opened_at < RESTART_SECONDS * G_USEC_PER_SEC) {
        return false;
    }
    dispatch.opened_at = now;
    dispatch.gateway = gateway_open(context->config->gateway.program, &error);
    if (dispatch.gateway == NULL) {
        log_error(LOG_ERROR, "gateway-does-not-start", error);
    }
    return dispatch.gateway != NULL;
}

static void lose_gateway(void)
{
    g_clear_pointer(&dispatch.gateway, gateway_free);
    take_back();
}

static void ask(struct work_item *item)
{
    struct flight *flight = g_new0(struct flight, 1);
    const struct request_line *line = &item->line;
    g_autofree char *sim = g_strdup_printf("{\"phone\":\"%s\",\"serial\":\"%s\",\"iccid\":\"%s\"}", line->phone,
                                           line->serial, item->iccid);
    g_autofree char *arguments = item->kind->arguments != NULL ? item->kind->arguments(line) : NULL;
    flight->item = item;
    flight->asked_at = clock_ticks();
    g_snprintf(flight->id, sizeof flight->id, "%" G_GUINT64_FORMAT "-%u", line->item, line->round);
    struct gateway_request request = { .id = flight->id,
                                       .operation = item->is_accepted ? "status" : item->kind->operation,
                                       .object = "sim",
                                       .what = sim,
                                       .arguments = item->is_accepted ? NULL : arguments };
    gateway_ask(dispatch.gateway, &request);
    g_hash_table_replace(dispatch.flying, flight->id, flight);
}

static void ask_waiting(const struct job_context *context)
{
    while (flying() < (guint)context->config->gateway.in_flight && !g_queue_is_empty(&dispatch.waiting)) {
        ask(g_queue_pop_head(&dispatch.waiting));
    }
}

/* ---- what comes back ---- */

static void note(struct work_item *item, enum work_outcome outcome, char *code, char *text)
{
    struct work_result result = { .item = item, .outcome = outcome, .code = code, .text = text };
    if (dispatch.come->len == 0) {
        dispatch.first_come = clock_ticks();
    }
    g_array_append_val(dispatch.come, result);
}

static void receive(void)
{
    static const enum work_outcome outcomes[] = { [GATEWAY_DONE] = WORK_DONE,
                                                  [GATEWAY_ACCEPTED] = WORK_ACCEPTED,
                                                  [GATEWAY_AGAIN] = WORK_AGAIN,
                                                  [GATEWAY_REFUSED] = WORK_FAILED };
    struct gateway_answer answer;
    while (gateway_next(dispatch.gateway, &answer)) {
        struct flight *flight = g_hash_table_lookup(dispatch.flying, answer.id);
        if (flight != NULL) {
            bool accepted = answer.outcome == GATEWAY_ACCEPTED;
            char *code = accepted ? g_strdup("accepted") : g_steal_pointer(&answer.code);
            note(flight->item, outcomes[answer.outcome], code, g_steal_pointer(&answer.text));
            g_hash_table_remove(dispatch.flying, answer.id);
        }
        gateway_answer_clear(&answer); /* of one that was answered before: nothing to do */
    }
}

/* A gateway that does not answer at all is asked again later. */
static void give_up_silent(const struct job_context *context)
{
    int64_t before = clock_ticks() - context->config->gateway.timeout_seconds * G_USEC_PER_SEC;
    GHashTableIter all;
    gpointer value = NULL;
    g_hash_table_iter_init(&all, dispatch.flying);
    while (g_hash_table_iter_next(&all, NULL, &value)) {
        struct flight *flight = value;
        if (flight->asked_at < before) {
            note(flight->item, WORK_AGAIN, g_strdup("no-answer"), NULL);
            g_hash_table_iter_remove(&all);
        }
    }
}

/* Write what has come back, once it is worth it; `wrote` tells that. */
static bool flush(const struct job_context *context, struct job_result *result, bool *wrote, GError **error)
{
    guint n = MIN(dispatch.come->len, batch(context));
    struct work_result *results = (struct work_result *)(void *)dispatch.come->data;
    if (n == 0 || (n < batch(context) && flying() > 0 && clock_ticks() - dispatch.first_come < FLUSH_MS * MS)) {
        return true;
    }
    if (!work_finish(context->db, context->keys, context->config, results, n, clock_now(), error)) {
        return false;
    }
    for (guint i = 0; i < n; i++) {
        result->done += results[i].outcome == WORK_DONE;
        result->failed += results[i].outcome == WORK_FAILED;
        g_free(results[i].code);
        g_free(results[i].text);
        work_item_free(results[i].item);
    }
    g_array_remove_range(dispatch.come, 0, n);
    dispatch.first_come = clock_ticks();
    dispatch.nothing_due_at = 0; /* what waited for these may be due now */
    *wrote = true;
    return true;
}

/* ---- what is due ---- */

/* True if another batch is to be claimed: what waits is less than the gateway will take next. */
static bool wants_more(const struct job_context *context, int64_t now)
{
    return !context->stop() && g_queue_get_length(&dispatch.waiting) < batch(context) &&
           dispatch.come->len < PACE_BATCH_MOST && now - dispatch.nothing_due_at >= NOTHING_DUE_MS * MS;
}

static bool claim(const struct job_context *context, guint *seen, GError **error)
{
    int64_t now = clock_ticks();
    *seen = 0;
    if (!wants_more(context, now)) {
        return true;
    }
    if (now - dispatch.from_start_at > FROM_START_SECONDS * G_USEC_PER_SEC) {
        dispatch.cursor = (struct work_cursor){ 0 };
    }
    if (dispatch.cursor.item == 0) {
        dispatch.from_start_at = now;
    }
    g_autoptr(GPtrArray) items = work_claim(context->db, context->keys, context->config, batch(context), clock_now(),
                                            &dispatch.cursor, seen, error);
    if (items == NULL) {
        return false;
    }
    dispatch.nothing_due_at = *seen == 0 ? now : 0;
    if (*seen == 0) {
        dispatch.cursor = (struct work_cursor){ 0 };
    }
    g_ptr_array_set_free_func(items, NULL);
    for (guint i = 0; i < items->len; i++) {
        g_queue_push_tail(&dispatch.waiting, items->pdata[i]);
    }
    return true;
}

/* Everything that is claimed and not yet finished. The caller unrefs. */
static GPtrArray *held_items(void)
{
    GPtrArray *held = g_ptr_array_new();
    GHashTableIter all;
    gpointer flight = NULL;
    for (GList *at = dispatch.waiting.head; at != NULL; at = at->next) {
        g_ptr_array_add(held, at->data);
    }
    g_hash_table_iter_init(&all, dispatch.flying);
    while (g_hash_table_iter_next(&all, NULL, &flight)) {
        g_ptr_array_add(held, ((struct flight *)flight)->item);
    }
    for (guint i = 0; i < dispatch.come->len; i++) {
        g_ptr_array_add(held, g_array_index(dispatch.come, struct work_result, i).item);
    }
    return held;
}

static bool renew(const struct job_context *context, GError **error)
{
    int64_t now = clock_ticks();
    if (now - dispatch.renewed_at < RENEW_SECONDS * G_USEC_PER_SEC) {
        return true;
    }
    dispatch.renewed_at = now;
    g_autoptr(GPtrArray) held = held_items();
    give_up_silent(context);
    return work_renew(context->db, held, error);
}

/* Take what has come back, waiting for it up to `ms`, and give the gateway what waits for it. */
static void exchange(const struct job_context *context, int ms)
{
    if ((flying() == 0 && g_queue_is_empty(&dispatch.waiting)) || !have_gateway(context)) {
        return;
    }
    ask_waiting(context);
    bool alive = gateway_turn(dispatch.gateway, ms);
    receive();
    if (alive && !g_queue_is_empty(&dispatch.waiting) && flying() < (guint)context->config->gateway.in_flight) {
        ask_waiting(context);
        alive = gateway_turn(dispatch.gateway, 0);
    }
    if (!alive) {
        receive();
        lose_gateway();
    }
}

/* Leave the machine to others; `took_us` is how long the database was just busy. A rest that is less than what the
 * system's clock makes of any sleep is none; a worker that is to end takes none. */
static void give_way(const struct job_context *context, int64_t took_us)
{
    int64_t us = pace_rest(&dispatch.pace, took_us);
    if (us >= MS && !context->stop()) {
        g_usleep((gulong)us);
    }
}

/* One turn: true in `busy` if there is something under way or due. */
static bool turn(const struct job_context *context, struct job_result *result, bool *busy, GError **error)
{
    guint seen = 0;
    bool wrote = false;
    int64_t began = clock_ticks();
    if (!renew(context, error) || !claim(context, &seen, error)) {
        return false;
    }
    int64_t took = clock_ticks() - began;
    exchange(context, 0);
    began = clock_ticks();
    if (!flush(context, result, &wrote, error)) {
        return false;
    }
    if (seen > 0 || wrote) {
        give_way(context, took + clock_ticks() - began);
    }
    exchange(context, seen > 0 || wrote ? 0 : IDLE_MS);
    *busy = seen > 0 || wrote || flying() > 0 || dispatch.come->len > 0 ||
            (dispatch.gateway != NULL && !g_queue_is_empty(&dispatch.waiting));
    return true;
}

/* After an error of the database nothing is known of the claims: they are dropped, and end with their leases. */
static void forget(void)
{
    g_autoptr(GPtrArray) held = held_items();
    for (guint i = 0; i < dispatch.come->len; i++) {
        g_free(g_array_index(dispatch.come, struct work_result, i).code);
        g_free(g_array_index(dispatch.come, struct work_result, i).text);
    }
    g_array_set_size(dispatch.come, 0);
    g_queue_clear(&dispatch.waiting);
    g_hash_table_remove_all(dispatch.flying);
    for (guint i = 0; i < held->len; i++) {
        work_item_free(held->pdata[i]);
    }
    dispatch.cursor = (struct work_cursor){ 0 };
}

bool dispatch_run(const struct job_context *context, struct job_result *result, GError **error)
{
    int64_t until = clock_ticks() + RUN_MS * MS;
    bool busy = true;
    open_tables();
    if (!pace_store_look(context->db, context->config, clock_now(), &dispatch.pace, error)) {
        forget();
        return false;
    }
    while (busy && clock_ticks() < until && !context->stop()) {
        if (!turn(context, result, &busy, error)) {
            forget();
            return false;
        }
    }
    result->more = busy;
    return true;
}

void dispatch_drain(const struct job_context *context)
{
    int64_t until = clock_ticks() + DRAIN_SECONDS * G_USEC_PER_SEC;
    g_autoptr(GError) error = NULL;
    bool busy = true, good = true;
    open_tables();
    struct job_result result = { 0 };
    g_autoptr(GPtrArray) waiting = g_ptr_array_new();
    for (GList *at = dispatch.waiting.head; at != NULL; at = at->next) {
        g_ptr_array_add(waiting, at->data);
    }
    good = work_release(context->db, waiting, &error);
    for (guint i = 0; i < waiting->len; i++) {
        work_item_free(waiting->pdata[i]);
    }
    g_queue_clear(&dispatch.waiting);
    while (good && busy && clock_ticks() < until) {
        good = turn(context, &result, &busy, &error);
    }
    if (error != NULL) {
        log_error(LOG_WARNING, "drain", error);
    }
    forget();
    g_clear_pointer(&dispatch.gateway, gateway_free);
    g_clear_pointer(&dispatch.flying, g_hash_table_unref);
    g_clear_pointer(&dispatch.come, g_array_unref);
}
