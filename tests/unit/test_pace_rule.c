/* test_pace_rule.c: batches and rests of the worker, with people at the portal and without. */
#include "worker/pace_rule.h"

static const struct {
    struct pace pace;
    guint in_flight, batch;
    int64_t took, rest;
} rows[] = {
    { { .people = false, .rest_percent = 100 }, 500, 500, 50000, 0 },
    { { .people = false, .rest_percent = 100 }, 5000, PACE_BATCH_MOST, 50000, 0 },
    { { .people = true, .rest_percent = 100 }, 500, PACE_BATCH_BESIDE, 10000, 10000 },
    { { .people = true, .rest_percent = 60 }, 500, PACE_BATCH_BESIDE, 10000, 6000 },
    { { .people = true, .rest_percent = 250 }, 500, PACE_BATCH_BESIDE, 10000, 25000 },
    { { .people = true, .rest_percent = 100 }, 7, 7, 800, 800 },
    { { .people = true, .rest_percent = 0 }, 500, 500, 10000, 0 },
    /* The database was away, or the clock stood. */
    { { .people = true, .rest_percent = 1000 }, 500, PACE_BATCH_BESIDE, INT64_C(9000000), PACE_REST_MOST_US },
    { { .people = true, .rest_percent = 100 }, 500, PACE_BATCH_BESIDE, 0, 0 },
};

static void test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("row %zu", i);
        g_assert_cmpuint(pace_batch(&rows[i].pace, rows[i].in_flight), ==, rows[i].batch);
        g_assert_cmpint(pace_rest(&rows[i].pace, rows[i].took), ==, rows[i].rest);
    }
}

/* Beside people mails leave at 20 a second; nobody: as fast as they go. */
static void test_mails(void)
{
    const struct pace nobody = { .rest_percent = 60 };
    const struct pace people = { .people = true, .rest_percent = 60 };
    const struct pace never = { .people = true };
    g_assert_cmpint(pace_mail_pause(&nobody), ==, 0);
    g_assert_cmpint(pace_mail_pause(&people), ==, 500000);
    g_assert_cmpint(pace_mail_pause(&never), ==, 0);
}

int main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pace/rows", test_rows);
    g_test_add_func("/pace/mails", test_mails);
    return g_test_run();
}
