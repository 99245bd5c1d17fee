/*
 * test_demo_fleet.c: the demonstration's fleet is the same for the same seed, and plausible at any moment.
 */
#include "ctl/demo.h"

#include <string.h>

static struct demo_words *words;

static const char *const moments[] = { "2026-11-22 11:25:00", "2027-02-28 23:59:59", "2027-03-01 00:00:30",
                                       "2024-02-29 12:00:00", "2026-01-01 00:00:00" };

static struct demo_fleet *fleet_at(guint n, const char *text)
{
    struct moment now;
    g_assert_true(moment_parse(text, &now));
    return demo_fleet_new(words, words->customers->pdata[0], n, 0, 7, now);
}

static void test_same_seed(void)
{
    AUTO(demo_fleet) struct demo_fleet *one = fleet_at(200, moments[0]);
    AUTO(demo_fleet) struct demo_fleet *other = fleet_at(200, moments[0]);
    for (guint i = 0; i < 200; i++) {
        const struct demo_line *a = one->lines->pdata[i], *b = other->lines->pdata[i];
        g_assert_cmpstr(a->serial, ==, b->serial);
        g_assert_cmpstr(a->label, ==, b->label);
        g_assert_cmpint(a->state, ==, b->state);
        g_assert_cmpmem(a->months, sizeof a->months, b->months, sizeof b->months);
    }
}

static void test_every_state(void)
{
    for (guint n = 12; n <= 300; n += 96) {
        AUTO(demo_fleet) struct demo_fleet *fleet = fleet_at(n, moments[0]);
        guint counts[LINE_STATE_N] = { 0 }, throttled = 0;
        for (guint i = 0; i < n; i++) {
            const struct demo_line *line = fleet->lines->pdata[i];
            counts[line->state]++;
            throttled += line->throttled;
            g_assert_true(!line->throttled || line->state == LINE_ACTIVE);
        }
        for (int state = 0; state < LINE_STATE_N; state++) {
            g_assert_cmpuint(counts[state], >, 0);
        }
        g_assert_cmpuint(throttled, >, 0);
        g_assert_cmpuint(counts[LINE_ACTIVE], >, n / 3);
    }
}

static void check_months(const struct demo_line *line, struct month present)
{
    bool has_present = false;
    for (guint m = 0; m < line->n_months; m++) {
        const struct demo_month *month = &line->months[m];
        bool is_present = month_compare(month->month, present) == 0;
        g_assert_cmpint(month->used, >=, 0);
        g_assert_cmpint(month->remaining, >=, 0);
        if (line->n_recharges == 0 && !(is_present && line->throttled)) {
            g_assert_cmpint(month->used, <=, month->capacity);
        }
        if (is_present && line->throttled) {
            g_assert_cmpint(month->remaining, ==, 0);
        }
        has_present = has_present || is_present;
    }
    g_assert_true(has_present); /* else sorting by usage would lose the line */
}

/* Each change of state begins where the one before ended, nothing lies ahead, and the last one says the
 * state. */
static void check_events(const struct demo_fleet *fleet, const struct demo_line *line)
{
    const char *state = NULL;
    for (guint e = 0; e < line->n_events; e++) {
        const struct demo_event *event = &line->events[e];
        g_assert_cmpint(event->at.us, <=, fleet->now.us);
        g_assert_true(e == 0 || event->at.us >= line->events[e - 1].at.us);
        if (strcmp(event->kind, "created") == 0) {
            state = event->to;
        } else if (strcmp(event->kind, "state") == 0) {
            g_assert_cmpstr(event->from, ==, state);
            state = event->to;
        }
    }
    g_assert_cmpstr(state, ==, line_state_code(line->state));
}

static void test_plausible(void)
{
    for (gsize at = 0; at < G_N_ELEMENTS(moments); at++) {
        AUTO(demo_fleet) struct demo_fleet *fleet = fleet_at(500, moments[at]);
        g_autoptr(GHashTable) serials = g_hash_table_new(g_str_hash, g_str_equal);
        g_autoptr(GHashTable) phones = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint i = 0; i < fleet->lines->len; i++) {
            struct demo_line *line = fleet->lines->pdata[i];
            check_months(line, date_month(moment_date(fleet->now)));
            check_events(fleet, line);
            g_assert_true(g_hash_table_add(serials, line->serial));
            g_assert_true(*line->old_serial == '\0' || g_hash_table_add(serials, line->old_serial));
            g_assert_true(line->state == LINE_TERMINATED || g_hash_table_add(phones, line->phone));
            g_assert_true(strlen(line->phone) == 11 || strlen(line->phone) == 14);
            g_assert_cmpuint(strlen(line->iccid), ==, 19);
            g_assert_true((line->kind == CARD_ESIM) == (line->size == CARD_NO_SIZE));
            g_assert_true((line->kind == CARD_ESIM) == (*line->activation_code != '\0'));
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    const char *source = g_getenv("srcdir");
    g_autofree char *path = g_build_filename(source != NULL ? source : ".", "fcgi/ctl/demo_words.txt", NULL);
    g_autoptr(GError) error = NULL;
    words = demo_words_read(path, &error);
    g_assert_no_error(error);
    g_test_add_func("/demo-fleet/same-seed-same-fleet", test_same_seed);
    g_test_add_func("/demo-fleet/every-state", test_every_state);
    g_test_add_func("/demo-fleet/plausible-at-any-moment", test_plausible);
    int result = g_test_run();
    demo_words_free(words);
    return result;
}
