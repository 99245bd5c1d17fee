/*
 * demo_history.c: thinks up the past of a line: what happened to it, in order, what it used in each month,
 * and its recharges. Figures obey line_rule.c: nobody uses more than there was, unless throttled.
 */
#include "ctl/demo.h"

#include "base/text.h"
#include "recharge/recharge_rule.h"

#include <stdio.h>

static int draw(const struct demo_fleet *fleet, int from, int below)
{
    return g_rand_int_range(fleet->random, from, below);
}

static bool chance(const struct demo_fleet *fleet, int percent)
{
    return draw(fleet, 0, 100) < percent;
}

/* ---- events ---- */

static void add_event(struct demo_line *line, struct moment at, const char *kind, const char *from, const char *to,
                      bool by_worker)
{
    g_assert(line->n_events < DEMO_EVENTS);
    line->events[line->n_events++] =
        (struct demo_event){ .at = at, .kind = kind, .from = from, .to = to, .by_worker = by_worker };
}

static void add_state(struct demo_line *line, struct moment at, enum line_state from, enum line_state to)
{
    add_event(line, at, "state", line_state_code(from), line_state_code(to), true);
}

/* The moment at `percent` of the line's active life: what is put at growing percents happened in that order.
 */
static struct moment life_at(const struct demo_fleet *fleet, const struct demo_line *line, int percent)
{
    int64_t life = fleet->now.us - line->activated_at.us;
    struct moment at = { .us = line->activated_at.us + life / 100 * percent };
    return demo_fleet_moment(fleet, moment_date(at));
}

static void suspend_once(const struct demo_fleet *fleet, struct demo_line *line)
{
    add_state(line, life_at(fleet, line, 20), LINE_ACTIVE, LINE_SUSPENDED);
    add_state(line, life_at(fleet, line, 28), LINE_SUSPENDED, LINE_ACTIVE);
}

static void reissue_once(const struct demo_fleet *fleet, struct demo_line *line)
{
    guint64 number = g_ascii_strtoull(line->iccid + 7, NULL, 10);
    snprintf(line->old_serial, sizeof line->old_serial, "AF%010" G_GUINT64_FORMAT,
             1100000000 + number % 100000000 / 10);
    g_strlcpy(line->old_iccid, line->iccid, sizeof line->old_iccid);
    line->old_iccid[7] = '1'; /* another series */
    line->reissued_at = life_at(fleet, line, 58);
    add_state(line, life_at(fleet, line, 52), LINE_ACTIVE, LINE_REISSUING);
    add_event(line, line->reissued_at, "card", line->old_serial, line->serial, true);
    add_state(line, line->reissued_at, LINE_REISSUING, LINE_ACTIVE);
}

/* From the first of a month at 80 % of its life or so on, another plan. */
static void change_plan(const struct demo_fleet *fleet, struct demo_line *line)
{
    const struct demo_project *project = fleet->customer->projects->pdata[line->project];
    guint plan = project->plans[draw(fleet, 0, (int)project->n_plans)];
    struct date first = month_first(date_month(moment_date(life_at(fleet, line, 80))));
    if (plan == line->plan || line->group >= 0 || line->kind == CARD_ESIM ||
        date_start(first).us <= line->activated_at.us) {
        return;
    }
    line->old_plan = (int)plan;
    line->plan_changed_on = first;
    add_event(line, date_start(first), "plan", demo_fleet_plan(fleet, line->old_plan)->code,
              demo_fleet_plan(fleet, (int)line->plan)->code, true);
}

/* The change that has brought it into its present state. */
static void end_in_state(const struct demo_fleet *fleet, struct demo_line *line)
{
    struct moment at = { 0 };
    switch (line->state) {
    case LINE_SUSPENDED:
        at = life_at(fleet, line, draw(fleet, 90, 98));
        break;
    case LINE_REISSUING:
    case LINE_FAILED:
        at = life_at(fleet, line, 99);
        break;
    case LINE_TERMINATED:
        at = life_at(fleet, line, draw(fleet, 60, 98));
        line->terminated_on = moment_date(at);
        break;
    default:
        return;
    }
    add_state(line, at, LINE_ACTIVE, line->state);
}

static int by_time(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct demo_event *one = a, *other = b;
    (void)data;
    return (one->at.us > other->at.us) - (one->at.us < other->at.us);
}

static void make_events(const struct demo_fleet *fleet, struct demo_line *line)
{
    bool is_old = line->activated_at.us != 0 && moment_add(line->activated_at, 150 * 86400).us < fleet->now.us;
    add_event(line, line->created_at, "created", NULL, line_state_code(LINE_INACTIVE), true);
    if (*line->label != '\0') {
        add_event(line, moment_add(line->created_at, 300), "label", "", line->label, false);
    }
    if (line->activated_at.us != 0) {
        add_state(line, line->activated_at, LINE_INACTIVE, LINE_ACTIVE);
    }
    if (is_old && chance(fleet, 12)) {
        suspend_once(fleet, line);
    }
    if (is_old && chance(fleet, 9)) {
        reissue_once(fleet, line);
    }
    if (is_old && chance(fleet, 12) && line->state != LINE_TERMINATED) {
        change_plan(fleet, line);
    }
    if (line->group >= 0) {
        add_event(line, date_start(month_first(line->joined)), "group", NULL, fleet->customer->groups[line->group],
                  true);
    }
    end_in_state(fleet, line);
    g_qsort_with_data(line->events, (gint)line->n_events, sizeof line->events[0], by_time, NULL);
}

/* ---- recharges ---- */

static void add_recharge(const struct demo_fleet *fleet, struct demo_line *line, int months_ago)
{
    static const int64_t sizes[] = { TEXT_GB, TEXT_GB, 3 * TEXT_GB, 10 * TEXT_GB };
    struct date today = moment_date(fleet->now);
    struct month month = month_add(date_month(today), -months_ago);
    struct date day = months_ago == 0 ? today : date_add(month_first(month), draw(fleet, 8, 25));
    struct demo_recharge *recharge = &line->recharges[line->n_recharges];
    if (moment_add(line->activated_at, 86400).us >= date_start(day).us) {
        return;
    }
    recharge->bytes = sizes[draw(fleet, 0, (int)G_N_ELEMENTS(sizes))];
    recharge->effective = demo_fleet_moment(fleet, day);
    recharge->valid_until = recharge_valid_until(day);
    recharge->consumed = months_ago == 0 ? 0 : recharge->bytes / 100 * draw(fleet, 10, 90);
    line->n_recharges++;
}

static void make_recharges(const struct demo_fleet *fleet, struct demo_line *line)
{
    if (line->options == DEMO_OPTIONS_NONE || line->state != LINE_ACTIVE || line->throttled || line->group >= 0 ||
        line->old_plan >= 0 || !chance(fleet, 22)) {
        return;
    }
    add_recharge(fleet, line, draw(fleet, 1, 4));
    if (chance(fleet, 35)) {
        add_recharge(fleet, line, 0);
    }
}

/* ---- months ---- */

static int64_t capacity_in(const struct demo_fleet *fleet, const struct demo_line *line, struct month month)
{
    bool before = line->old_plan >= 0 && month_compare(month, date_month(line->plan_changed_on)) < 0;
    return (int64_t)demo_fleet_plan(fleet, before ? line->old_plan : (int)line->plan)->capacity_bytes;
}

/* How much of a month has gone by at `now`, in thousandths. */
static int64_t elapsed(struct month month, struct moment now)
{
    int64_t from = date_start(month_first(month)).us, to = date_start(month_first(month_add(month, 1))).us;
    return CLAMP((now.us - from) * 1000 / (to - from), 0, 1000);
}

/* What the recharges that took effect in `month` gave in it, as they say themselves. */
static int64_t recharged_in(const struct demo_line *line, struct month month)
{
    int64_t sum = 0;
    for (guint i = 0; i < line->n_recharges; i++) {
        if (month_compare(date_month(moment_date(line->recharges[i].effective)), month) == 0) {
            sum += line->recharges[i].consumed;
        }
    }
    return sum;
}

static int64_t remaining_now(const struct demo_fleet *fleet, const struct demo_line *line, int64_t capacity,
                             int64_t used, struct date today)
{
    struct line_recharge recharges[DEMO_RECHARGES];
    (void)fleet;
    for (guint i = 0; i < line->n_recharges; i++) {
        recharges[i] = (struct line_recharge){ .bytes = line->recharges[i].bytes,
                                               .consumed = line->recharges[i].consumed,
                                               .valid_until = line->recharges[i].valid_until };
    }
    return line_remaining(capacity, used, recharges, line->n_recharges, today);
}

/* The use of this month so far. */
static int64_t use_now(const struct demo_fleet *fleet, const struct demo_line *line, int64_t capacity, int percent)
{
    struct month month = date_month(moment_date(fleet->now));
    if (line->throttled) {
        return capacity + (int64_t)draw(fleet, 1, 900) * TEXT_MB / 10 + draw(fleet, 0, 99999);
    }
    if (line->n_recharges > 0) {
        const struct demo_recharge *newest = &line->recharges[line->n_recharges - 1];
        return capacity + (newest->bytes - newest->consumed) / 100 * draw(fleet, 0, 60);
    }
    return capacity / 100000 * percent * elapsed(month, fleet->now) + draw(fleet, 0, 99999);
}

static void add_month(const struct demo_fleet *fleet, struct demo_line *line, struct month month, int percent)
{
    struct date today = moment_date(fleet->now);
    int order = month_compare(month, date_month(today));
    struct demo_month *row = &line->months[line->n_months++];
    bool in_use = line->activated_at.us != 0 &&
                  month_compare(month, date_month(moment_date(line->activated_at))) >= 0 &&
                  (line->state != LINE_TERMINATED || month_compare(month, date_month(line->terminated_on)) <= 0);
    int drawn = percent + draw(fleet, -12, 13);
    int varied = CLAMP(drawn, 1, 98); /* the macro looks at its argument more than once */
    row->month = month;
    if (line->state == LINE_TERMINATED && !in_use) {
        return; /* a row so that lists find it, without figures */
    }
    row->capacity = capacity_in(fleet, line, month);
    if (order < 0) {
        int64_t recharged = recharged_in(line, month);
        row->used = !in_use         ? 0
                    : recharged > 0 ? row->capacity + recharged
                                    : row->capacity / 100 * varied + draw(fleet, 0, 99999);
        row->remaining = MAX(row->capacity - row->used, 0);
        row->as_of = date_start(month_first(month_add(month, 1)));
        return;
    }
    if (order == 0) {
        int64_t tick = 300 * G_USEC_PER_SEC;
        row->used = in_use ? use_now(fleet, line, row->capacity, varied) : 0;
        row->as_of = moment_add((struct moment){ .us = fleet->now.us / tick * tick }, -900);
        row->as_of.us = MAX(row->as_of.us, date_start(month_first(month)).us);
    }
    row->remaining = remaining_now(fleet, line, row->capacity, row->used, order == 0 ? today : month_first(month));
}

static void make_months(const struct demo_fleet *fleet, struct demo_line *line)
{
    struct month now = date_month(moment_date(fleet->now));
    struct month from = date_month(moment_date(line->activated_at.us != 0 ? line->activated_at : line->created_at));
    struct month earliest = month_add(now, -(DEMO_MONTHS - 2));
    int kind = draw(fleet, 0, 100);
    int percent = kind < 25 ? draw(fleet, 2, 15) : kind < 75 ? draw(fleet, 20, 60) : draw(fleet, 60, 98);
    if (line->state == LINE_SUSPENDED) {
        percent = percent / 5;
    }
    if (month_compare(from, earliest) < 0) {
        from = earliest;
    }
    for (struct month month = from; month_compare(month, month_add(now, 1)) <= 0; month = month_add(month, 1)) {
        bool gone = line->state == LINE_TERMINATED && month_compare(month, date_month(line->terminated_on)) > 0;
        if (!gone || month_compare(month, now) >= 0) {
            add_month(fleet, line, month, percent);
        }
    }
}

void demo_history_make(const struct demo_fleet *fleet, struct demo_line *line)
{
    make_events(fleet, line);
    make_recharges(fleet, line);
    make_months(fleet, line);
}
