/*
 * request_rule.c: the rules of requests as tables and replays. Reads and writes nothing.
 */
#include "request/request_rule.h"

#include <string.h>

enum { DAY_SECONDS = 86400 };

static const char *const status_codes[REQUEST_STATUS_N] = { "pending", "processing", "completed", "failed",
                                                            "cancelled" };
static const char *const result_codes[ITEM_RESULT_N] = { "pending", "running", "done", "failed", "cancelled", "left" };

static int position(const char *const *codes, int n, const char *code)
{
    for (int i = 0; code != NULL && i < n; i++) {
        if (strcmp(codes[i], code) == 0) {
            return i;
        }
    }
    return -1;
}

const char *request_status_code(enum request_status status)
{
    return status_codes[status];
}

bool request_status_read(const char *code, enum request_status *status)
{
    int at = position(status_codes, REQUEST_STATUS_N, code);
    if (at >= 0) {
        *status = (enum request_status)at;
    }
    return at >= 0;
}

const char *item_result_code(enum item_result result)
{
    return result_codes[result];
}

bool item_result_read(const char *code, enum item_result *result)
{
    int at = position(result_codes, ITEM_RESULT_N, code);
    if (at >= 0) {
        *result = (enum item_result)at;
    }
    return at >= 0;
}

enum request_status request_status_of(const struct request_tally *tally)
{
    if (tally->open > 0) {
        return REQUEST_PROCESSING;
    }
    return tally->failed > 0 ? REQUEST_FAILED : REQUEST_COMPLETED;
}

enum request_outlook request_outlook(enum request_status status, const struct request_tally *tally, struct moment due,
                                     struct moment now)
{
    switch (status) {
    case REQUEST_COMPLETED:
        return tally->left > 0 ? OUTLOOK_DONE_PARTLY : OUTLOOK_DONE;
    case REQUEST_FAILED:
        return tally->done > 0 ? OUTLOOK_FAILED_PARTLY : OUTLOOK_FAILED;
    case REQUEST_CANCELLED:
        return OUTLOOK_CANCELLED;
    default:
        break;
    }
    if (status == REQUEST_PENDING && now.us < due.us) {
        return OUTLOOK_PLANNED;
    }
    return now.us <= moment_add(due, REQUEST_USUAL_SECONDS).us ? OUTLOOK_DUE : OUTLOOK_LATE;
}

enum { FOLLOWED_SECONDS = 60 * 60 };

bool request_is_followed(enum request_status status, struct moment due, struct moment now)
{
    bool is_due = due.us <= now.us && now.us <= moment_add(due, FOLLOWED_SECONDS).us;
    return status == REQUEST_PROCESSING || (status == REQUEST_PENDING && is_due);
}

/* ---- several requests on one line ---- */

bool request_may_start(const struct request_moves *moves, enum line_state state)
{
    return (moves->from & (1U << state)) != 0;
}

bool request_may_begin(const struct request_moves *moves, enum line_state state, unsigned round, int from)
{
    bool is_own = state == LINE_FAILED && round > 1 && moves->may_strand && from >= 0;
    return request_may_start(moves, is_own ? (enum line_state)from : state) || request_may_start(moves, state);
}

static bool is_before(const struct request_step *a, const struct request_step *b)
{
    if (a->is_running != b->is_running) {
        return a->is_running;
    }
    return a->due.us != b->due.us ? a->due.us < b->due.us : a->item < b->item;
}

static gint by_turn(gconstpointer a, gconstpointer b)
{
    const struct request_step *one = *(const struct request_step *const *)a;
    const struct request_step *other = *(const struct request_step *const *)b;
    return is_before(one, other) ? -1 : is_before(other, one) ? 1 : 0;
}

/* Steps in their order, those of `without` left out (0: none), `extra` (or NULL) among them. */
static GPtrArray *in_turn(const struct request_step *steps, gsize n, uint64_t without, const struct request_step *extra)
{
    GPtrArray *turn = g_ptr_array_sized_new((guint)n + 1);
    for (gsize i = 0; i < n; i++) {
        if (without == 0 || steps[i].request != without) {
            g_ptr_array_add(turn, (gpointer)&steps[i]);
        }
    }
    if (extra != NULL) {
        g_ptr_array_add(turn, (gpointer)extra);
    }
    g_ptr_array_sort(turn, by_turn);
    return turn;
}

/* A step that is not legal where it stands does nothing. */
static enum line_state after(const struct request_step *step, enum line_state state)
{
    bool moves = step->moves->to != REQUEST_UNCHANGED && request_may_start(step->moves, state);
    return moves ? (enum line_state)step->moves->to : state;
}

/* Whether `step` is legal in a replay of `turn`. */
static bool is_legal(const GPtrArray *turn, enum line_state state, const struct request_step *step)
{
    for (guint i = 0; i < turn->len && turn->pdata[i] != step; i++) {
        state = after(turn->pdata[i], state);
    }
    return request_may_start(step->moves, state);
}

/* Is the new step legal? `against`: the last one before it that moved the line. */
static enum request_verdict judge_new(const GPtrArray *turn, enum line_state state, const struct request_step *step,
                                      enum line_state *before, uint64_t *against)
{
    *against = 0;
    for (guint i = 0; turn->pdata[i] != step; i++) {
        const struct request_step *earlier = turn->pdata[i];
        enum line_state next = after(earlier, state);
        *against = next != state ? earlier->request : *against;
        state = next;
    }
    *before = state;
    if (request_may_start(step->moves, state)) {
        *against = 0;
        return REQUEST_FITS;
    }
    return *against != 0 ? REQUEST_COLLIDES : REQUEST_WRONG_STATE;
}

enum request_verdict request_project(enum line_state state, const struct request_step *steps, gsize n,
                                     const struct request_step *step, enum line_state *before, uint64_t *against)
{
    g_autoptr(GPtrArray) old = in_turn(steps, n, 0, NULL);
    g_autoptr(GPtrArray) turn = in_turn(steps, n, 0, step);
    enum request_verdict verdict = judge_new(turn, state, step, before, against);
    guint at = 0;
    while (verdict == REQUEST_FITS && turn->pdata[at] != step) {
        at++;
    }
    for (at++; (verdict == REQUEST_FITS || verdict == REQUEST_LEAVES_LATER) && at < turn->len; at++) {
        const struct request_step *later = turn->pdata[at];
        if (is_legal(turn, state, later) || !is_legal(old, state, later)) {
            continue;
        }
        bool is_left = step->moves->is_safety && later->moves->to == REQUEST_UNCHANGED;
        if (verdict == REQUEST_FITS || !is_left) {
            verdict = is_left ? REQUEST_LEAVES_LATER : REQUEST_BREAKS_LATER;
            *against = later->request;
        }
    }
    return verdict;
}

bool request_can_be_taken_out(enum line_state state, const struct request_step *steps, gsize n, uint64_t request,
                              uint64_t *against)
{
    g_autoptr(GPtrArray) old = in_turn(steps, n, 0, NULL);
    g_autoptr(GPtrArray) turn = in_turn(steps, n, request, NULL);
    for (guint i = 0; i < turn->len; i++) {
        const struct request_step *step = turn->pdata[i];
        if (!is_legal(turn, state, step) && is_legal(old, state, step)) {
            *against = step->request;
            return false;
        }
    }
    return true;
}

/* ---- when ---- */

struct moment request_due(struct date effective, struct moment now)
{
    return date_compare(effective, moment_date(now)) > 0 ? date_start(effective) : now;
}

bool request_can_change(enum request_status status, struct date effective, struct moment now)
{
    return status == REQUEST_PENDING && date_compare(effective, moment_date(now)) > 0;
}

bool request_can_cancel(enum request_status status, struct date effective, struct date received, struct moment now)
{
    return status == REQUEST_PENDING &&
           (date_compare(effective, moment_date(now)) > 0 || date_compare(effective, received) == 0);
}

int64_t request_retry_delay(unsigned attempts)
{
    static const int64_t delays[] = { 2, 5, 15, 60, 180, 600, 1800, 3600 };
    return attempts == 0 || attempts > G_N_ELEMENTS(delays) ? 0 : delays[attempts - 1];
}

bool request_wait_is_over(struct moment effective, struct moment now)
{
    return now.us - effective.us > (int64_t)REQUEST_WAIT_DAYS * DAY_SECONDS * G_USEC_PER_SEC;
}

/* ---- numbers and prices ---- */

char *request_number(const char *customer_code, const char *letters, struct date received, unsigned count)
{
    return g_strdup_printf("%s-%s%02d%04u", customer_code, letters, received.year % 100, count);
}

bool request_number_is_good(const char *text)
{
    const char *dash = strrchr(text, '-');
    return dash != NULL && dash > text && strlen(text) <= 40 && g_ascii_isupper(dash[1]) && g_ascii_isupper(dash[2]) &&
           strspn(dash + 3, "0123456789") >= 6 && dash[3 + strspn(dash + 3, "0123456789")] == '\0' &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == strlen(text);
}

int64_t request_tax(int64_t yen, int percent)
{
    return yen * percent / 10000;
}

/* ---- lists ---- */

enum { FEW_FOUND = 10000, MANY_CUSTOMERS = 100 };

enum request_everywhere request_everywhere(bool has_line_number, uint32_t customers, uint64_t found)
{
    if (found > FEW_FOUND) {
        return REQUEST_AS_THEY_COME;
    }
    if (has_line_number) {
        return REQUEST_BY_HITS;
    }
    return customers < MANY_CUSTOMERS ? REQUEST_BY_CUSTOMER : REQUEST_AS_THEY_COME;
}
