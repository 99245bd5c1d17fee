/*
 * demo_fleet.c: thinks up lines that look like a real fleet: numbers, states, plans, labels, groups. Draws on
 * one seeded source in a fixed order, so that the same seed gives the same fleet. Their past is
 * demo_history.c's.
 */
#include "ctl/demo.h"

#include <stdio.h>
#include <string.h>

enum { DAY_SECONDS = 86400, GROUP_MOST = 14 };

static void line_free(gpointer data)
{
    struct demo_line *line = data;
    g_free(line->label);
    g_free(line);
}

static int draw(const struct demo_fleet *fleet, int from, int below)
{
    return g_rand_int_range(fleet->random, from, below);
}

static bool chance(const struct demo_fleet *fleet, int percent)
{
    return draw(fleet, 0, 100) < percent;
}

const struct demo_plan *demo_fleet_plan(const struct demo_fleet *fleet, int plan)
{
    return fleet->words->plans->pdata[plan];
}

struct moment demo_fleet_moment(const struct demo_fleet *fleet, struct date date)
{
    struct moment at = moment_at(date, draw(fleet, 9, 18), draw(fleet, 0, 60), draw(fleet, 0, 60));
    struct moment latest = moment_add(fleet->now, -60);
    return at.us < latest.us ? at : latest;
}

/* ---- states ---- */

/* Every state is there even in a small fleet; most lines are active. */
static const struct {
    enum line_state state;
    bool throttled;
    guint percent, least;
} shares[] = {
    { LINE_SUSPENDED, false, 4, 1 },  { LINE_ACTIVE, true, 3, 1 },     { LINE_INACTIVE, false, 6, 1 },
    { LINE_TERMINATED, false, 5, 1 }, { LINE_REISSUING, false, 1, 1 }, { LINE_FAILED, false, 1, 1 },
};

static guint *shuffled(const struct demo_fleet *fleet, guint n)
{
    guint *order = g_new(guint, n);
    for (guint i = 0; i < n; i++) {
        order[i] = i;
    }
    for (guint i = n; i > 1; i--) {
        guint other = (guint)draw(fleet, 0, (int)i);
        guint kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
    return order;
}

static void deal_states(struct demo_fleet *fleet)
{
    guint n = fleet->lines->len, at = 0;
    g_autofree guint *order = shuffled(fleet, n);
    for (gsize s = 0; s < G_N_ELEMENTS(shares); s++) {
        guint count = MAX(shares[s].least, n * shares[s].percent / 100);
        for (guint i = 0; i < count && at < n; i++, at++) {
            struct demo_line *line = fleet->lines->pdata[order[at]];
            line->state = shares[s].state;
            line->throttled = shares[s].throttled;
        }
    }
    for (; at < n; at++) {
        ((struct demo_line *)fleet->lines->pdata[order[at]])->state = LINE_ACTIVE;
    }
}

/* ---- numbers ---- */

static void make_iccid(guint64 number, char iccid[20])
{
    int sum = 0;
    snprintf(iccid, 20, "8981100%011" G_GUINT64_FORMAT, number % G_GUINT64_CONSTANT(100000000000));
    for (int i = 17; i >= 0; i--) {
        int digit = (iccid[i] - '0') * ((17 - i) % 2 == 0 ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    iccid[18] = (char)('0' + (10 - sum % 10) % 10);
    iccid[19] = '\0';
}

static void make_numbers(const struct demo_fleet *fleet, struct demo_line *line, guint number)
{
    if (number % 8 == 5) {
        snprintf(line->phone, sizeof line->phone, "0200%010u", 1000000000U + 7 * number);
    } else {
        snprintf(line->phone, sizeof line->phone, "020%08u", 10000000U + 11 * number);
    }
    if (chance(fleet, 60)) {
        snprintf(line->serial, sizeof line->serial, "AF%010u", 1200000000U + 37 * number);
    } else {
        snprintf(line->serial, sizeof line->serial, "GG9108%010u", 4300U + 13 * number);
    }
    make_iccid(20000000000 + 17 * (guint64)number, line->iccid);
}

static void make_card(const struct demo_fleet *fleet, struct demo_line *line)
{
    if (demo_fleet_plan(fleet, (int)line->plan)->esim && chance(fleet, 22)) {
        line->kind = CARD_ESIM;
        line->size = CARD_NO_SIZE;
        snprintf(line->activation_code, sizeof line->activation_code, "LPA:1$rsp.sim.example$%08X-%08X",
                 g_rand_int(fleet->random), g_rand_int(fleet->random));
        return;
    }
    int size = draw(fleet, 0, 100);
    line->kind = CARD_CARD;
    line->size = size < 60 ? CARD_NANO : size < 82 ? CARD_MICRO : CARD_STANDARD;
}

/* ---- words ---- */

static char *put(const char *form, const char *place, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(form, place, -1);
    return g_strjoinv(text, parts);
}

static char *fill(const struct demo_fleet *fleet, const char *form, guint number)
{
    g_autofree char *text = g_strdup_printf("%u", number);
    g_autofree char *numbered = put(form, "{n}", text);
    return put(numbered, "{place}", fleet->words->places[draw(fleet, 0, (int)g_strv_length(fleet->words->places))]);
}

static void make_words(const struct demo_fleet *fleet, struct demo_line *line, guint number)
{
    const struct demo_project *project = fleet->customer->projects->pdata[line->project];
    guint form = (guint)draw(fleet, 0, (int)g_strv_length(project->labels));
    bool is_bare = line->state == LINE_INACTIVE && chance(fleet, 70);
    line->label = is_bare ? g_strdup("") : fill(fleet, project->labels[form], number + 1);
    line->memo = chance(fleet, 20) ? fleet->words->memos[draw(fleet, 0, (int)g_strv_length(fleet->words->memos))] : "";
}

static void make_options(const struct demo_fleet *fleet, struct demo_line *line)
{
    int which = draw(fleet, 0, 100);
    bool shareable = demo_fleet_plan(fleet, (int)line->plan)->shareable;
    line->options = which < 35                ? DEMO_OPTIONS_NONE
                    : which < 65 && shareable ? DEMO_OPTIONS_BOTH
                                              : DEMO_OPTIONS_RECHARGE;
}

/* ---- dates ---- */

static void make_dates(const struct demo_fleet *fleet, struct demo_line *line)
{
    struct date today = moment_date(fleet->now);
    int age = line->state == LINE_INACTIVE     ? draw(fleet, 1, 25)
              : line->state == LINE_TERMINATED ? draw(fleet, 400, 1100)
                                               : draw(fleet, 45, 1000);
    struct date created = date_add(today, -age);
    line->created_at = demo_fleet_moment(fleet, created);
    if (line->state != LINE_INACTIVE) {
        line->activated_at = demo_fleet_moment(fleet, date_add(created, draw(fleet, 2, 14)));
    }
}

static void make_line(const struct demo_fleet *fleet, struct demo_line *line, guint index, guint number)
{
    line->project = index * fleet->customer->projects->len / fleet->lines->len;
    const struct demo_project *project = fleet->customer->projects->pdata[line->project];
    line->plan = project->plans[draw(fleet, 0, (int)project->n_plans)];
    line->old_plan = line->group = -1;
    make_card(fleet, line);
    make_numbers(fleet, line, number);
    make_words(fleet, line, index);
    make_options(fleet, line);
    make_dates(fleet, line);
}

/* ---- groups ---- */

static bool can_join(const struct demo_fleet *fleet, const struct demo_line *line, struct month joined)
{
    return line->group < 0 && demo_fleet_plan(fleet, (int)line->plan)->shareable && !line->throttled &&
           (line->state == LINE_ACTIVE || line->state == LINE_SUSPENDED) &&
           moment_add(line->activated_at, DAY_SECONDS).us < date_start(month_first(joined)).us;
}

static void make_groups(const struct demo_fleet *fleet)
{
    guint n_groups = g_strv_length(fleet->customer->groups);
    for (guint group = 0; group < n_groups; group++) {
        guint most = MIN(GROUP_MOST, fleet->lines->len / (5 * n_groups)) + group, n = 0;
        struct month joined = month_add(date_month(moment_date(fleet->now)), -1 - 2 * (int)group);
        for (guint i = 0; i < fleet->lines->len && n < most; i++) {
            struct demo_line *line = fleet->lines->pdata[i];
            if (line->project == fleet->customer->group_projects[group] && can_join(fleet, line, joined)) {
                line->group = (int)group;
                line->joined = joined;
                line->options = DEMO_OPTIONS_BOTH;
                n++;
            }
        }
    }
}

/* One number that was given back and is used again by a younger line. */
static void reuse_phone(const struct demo_fleet *fleet)
{
    for (guint i = 0; i < fleet->lines->len; i++) {
        struct demo_line *ended = fleet->lines->pdata[i];
        for (guint j = 0; j < fleet->lines->len && ended->state == LINE_TERMINATED; j++) {
            const struct demo_line *live = fleet->lines->pdata[j];
            if (live->state == LINE_ACTIVE && live->created_at.us > date_start(ended->terminated_on).us) {
                memcpy(ended->phone, live->phone, sizeof ended->phone);
                return;
            }
        }
    }
}

struct demo_fleet *demo_fleet_new(const struct demo_words *words, const struct demo_customer *customer, guint n,
                                  guint first, guint32 seed, struct moment now)
{
    struct demo_fleet *fleet = g_new0(struct demo_fleet, 1);
    fleet->words = words;
    fleet->customer = customer;
    fleet->now = now;
    fleet->random = g_rand_new_with_seed(seed);
    fleet->lines = g_ptr_array_new_with_free_func(line_free);
    for (guint i = 0; i < n; i++) {
        g_ptr_array_add(fleet->lines, g_new0(struct demo_line, 1));
    }
    deal_states(fleet);
    for (guint i = 0; i < n; i++) {
        make_line(fleet, fleet->lines->pdata[i], i, first + i);
    }
    make_groups(fleet);
    for (guint i = 0; i < n; i++) {
        demo_history_make(fleet, fleet->lines->pdata[i]);
    }
    reuse_phone(fleet);
    return fleet;
}

void demo_fleet_free(struct demo_fleet *fleet)
{
    g_rand_free(fleet->random);
    g_ptr_array_unref(fleet->lines);
    g_free(fleet);
}
