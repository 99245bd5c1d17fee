/*
 * test_hash.c: argon2id hashes of passwords.
 */
#include "account/hash.h"

#include "base/error.h"

#include <argon2.h>
#include <string.h>

static const struct hash_parameters quick = { .memory_kib = 64, .passes = 1, .lanes = 1 };

static bool matches(const char *encoded, const char *password, gsize len)
{
    g_autoptr(GError) error = NULL;
    bool match = false;
    bool good = hash_verify(encoded, password, len, &match, &error);

    g_assert_no_error(error);
    g_assert_true(good);
    return match;
}

static void test_round_trip(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *one = hash_create("correct horse", 13, &quick, &error);
    g_autofree char *two = hash_create("correct horse", 13, &quick, &error);

    g_assert_no_error(error);
    g_assert_true(g_str_has_prefix(one, "$argon2id$v=19$m=64,t=1,p=1$"));
    g_assert_cmpstr(one, !=, two);
    g_assert_true(matches(one, "correct horse", 13));
    g_assert_true(matches(two, "correct horse", 13));
    g_assert_false(matches(one, "correct horsf", 13));
    g_assert_false(matches(one, "correct horse ", 14));
    g_assert_false(matches(one, "Correct horse", 13));
    g_assert_false(matches(one, "", 0));
}

/* Every byte counts: no cut after the 72nd, or at a NUL. */
static void test_exact(void)
{
    char password[128];

    memset(password, 'a', sizeof password);
    g_autofree char *encoded = hash_create(password, sizeof password, &quick, NULL);
    g_assert_true(matches(encoded, password, sizeof password));
    g_assert_false(matches(encoded, password, sizeof password - 1));
    for (gsize i = 70; i < sizeof password; i += 19) {
        password[i] = 'b';
        g_assert_false(matches(encoded, password, sizeof password));
        password[i] = '\0';
        g_assert_false(matches(encoded, password, sizeof password));
        password[i] = 'a';
    }
}

/* A letter and its mark are the same password whether they are one character or two; letters of another width are not.
 */
static void test_composed(void)
{
    static const char one[] = "\u304C\u306E\u00E9 horse", two[] = "\u304B\u3099\u306Ee\u0301 horse";
    g_autofree char *of_one = hash_create(one, strlen(one), &quick, NULL);
    g_autofree char *of_two = hash_create(two, strlen(two), &quick, NULL);
    /* As hashed before passwords were composed. */
    char before[128];
    g_assert_cmpint(argon2id_hash_encoded(quick.passes, quick.memory_kib, quick.lanes, two, strlen(two),
                                          "somesaltsomesalt", 16, 32, before, sizeof before),
                    ==, ARGON2_OK);

    g_assert_true(matches(of_one, one, strlen(one)) && matches(of_one, two, strlen(two)));
    g_assert_true(matches(of_two, one, strlen(one)) && matches(of_two, two, strlen(two)));
    g_assert_true(matches(before, two, strlen(two)));
    g_assert_false(matches(of_one, "\u304B\u306Ee horse", strlen("\u304B\u306Ee horse")));
    g_autofree char *wide = hash_create("\uFF21\uFB01", strlen("\uFF21\uFB01"), &quick, NULL);
    g_assert_false(matches(wide, "Afi", 3));
    g_assert_true(matches(wide, "\uFF21\uFB01", strlen("\uFF21\uFB01")));
}

static void test_rehash(void)
{
    g_autofree char *encoded = hash_create("x", 1, &quick, NULL);
    struct hash_parameters other[] = { quick, quick, quick };

    other[0].memory_kib = 128;
    other[1].passes = 2;
    other[2].lanes = 2;
    g_assert_false(hash_needs_rehash(encoded, &quick));
    for (gsize i = 0; i < G_N_ELEMENTS(other); i++)
        g_assert_true(hash_needs_rehash(encoded, &other[i]));
    g_assert_true(hash_needs_rehash("$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaA", &quick));
    g_assert_true(hash_needs_rehash("$argon2id$v=16$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaA", &quick));
    g_assert_true(hash_needs_rehash("", &quick));
}

static void test_broken(void)
{
    static const char *const broken[] = { "", "x", "$argon2id$v=19$m=64,t=1,p=1$", "$2b$12$abcdefghijklmnopqrstuv",
                                          "$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaA" };
    static const struct hash_parameters none = { 0, 0, 0 };

    for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_autoptr(GError) error = NULL;
        bool match = true;

        g_assert_false(hash_verify(broken[i], "x", 1, &match, &error));
        g_assert_error(error, PORTAL_ERROR, PORTAL_INTERNAL);
        g_assert_true(match);
    }

    g_autoptr(GError) create = NULL;
    g_assert_null(hash_create("x", 1, &none, &create));
    g_assert_error(create, PORTAL_ERROR, PORTAL_INTERNAL);

    g_autoptr(GError) nothing = NULL;
    g_assert_false(hash_verify_nothing("x", 1, &none, &nothing));
    g_assert_error(nothing, PORTAL_ERROR, PORTAL_INTERNAL);
}

static int64_t median(int64_t *ticks, gsize n)
{
    for (gsize i = 1; i < n; i++)
        for (gsize j = i; j > 0 && ticks[j - 1] > ticks[j]; j--) {
            int64_t swap = ticks[j];
            ticks[j] = ticks[j - 1];
            ticks[j - 1] = swap;
        }
    return ticks[n / 2];
}

/* Nobody can tell an unknown account by the time: the medians are alike at the real parameters. */
static void test_time(void)
{
    g_autofree char *encoded = hash_create("correct horse", 13, &hash_least, NULL);
    int64_t known[9], unknown[9];

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        int64_t start = g_get_monotonic_time();
        g_assert_false(matches(encoded, "wrong horse", 11));
        int64_t middle = g_get_monotonic_time();
        g_assert_true(hash_verify_nothing("wrong horse", 11, &hash_least, NULL));
        known[i] = middle - start;
        unknown[i] = g_get_monotonic_time() - middle;
    }

    double ratio = (double)median(known, 9) / (double)median(unknown, 9);
    g_test_message("known %d us, unknown %d us", (int)median(known, 9), (int)median(unknown, 9));
    g_assert_cmpfloat(ratio, >, 0.5);
    g_assert_cmpfloat(ratio, <, 2.0);
}

static void test_least(void)
{
    struct hash_parameters weak[] = { hash_least, hash_least, hash_least };

    weak[0].memory_kib--;
    weak[1].passes--;
    weak[2].lanes--;
    g_assert_cmpuint(hash_least.memory_kib, ==, 19456);
    g_assert_true(hash_is_strong_enough(&hash_least));
    for (gsize i = 0; i < G_N_ELEMENTS(weak); i++)
        g_assert_false(hash_is_strong_enough(&weak[i]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hash/right-and-wrong-passwords", test_round_trip);
    g_test_add_func("/hash/every-byte-counts", test_exact);
    g_test_add_func("/hash/a-letter-and-its-mark-in-either-form", test_composed);
    g_test_add_func("/hash/other-parameters-ask-for-a-new-hash", test_rehash);
    g_test_add_func("/hash/broken-hashes-are-errors", test_broken);
    g_test_add_func("/hash/unknown-accounts-take-the-same-time", test_time);
    g_test_add_func("/hash/least-parameters", test_least);
    return g_test_run();
}
