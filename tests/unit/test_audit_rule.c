/*
 * test_audit_rule.c: the chain's arithmetic (audit/audit_rule.c): each field counts, no two rows give one
 * seal.
 */
#include "audit/audit_rule.h"

#include <glib/gstdio.h>
#include <string.h>

static struct secret_keys *keys;

static struct audit_row sample(void)
{
    return (struct audit_row){ .id = 7,
                               .customer = 3,
                               .at = { INT64_C(1709042280123456) },
                               .actor_id = 9,
                               .actor_kind = g_strdup("account"),
                               .actor_name = g_strdup("taro"),
                               .address = g_strdup("192.0.2.1"),
                               .request_id = g_strdup("r-1"),
                               .action = g_strdup("login"),
                               .object = g_strdup("account 9"),
                               .detail = g_strdup("") };
}

static void set(char **field, const char *text)
{
    g_free(*field);
    *field = g_strdup(text);
}

static void clear(struct audit_row *row)
{
    char **const fields[] = { &row->actor_kind, &row->actor_name, &row->address, &row->request_id,
                              &row->action,     &row->object,     &row->detail };
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_clear_pointer(fields[i], g_free);
    }
}

static struct audit_head advance(struct audit_head head, const struct audit_row *row)
{
    audit_head_advance(&head, keys, 0, row);
    return head;
}

static bool is_same(const struct audit_head *a, const struct audit_head *b)
{
    return memcmp(a->mac, b->mac, AUDIT_MAC_BYTES) == 0;
}

static void change(struct audit_row *row, int field)
{
    switch (field) {
    case 0:
        row->id++;
        break;
    case 1:
        row->customer++;
        break;
    case 2:
        row->at.us++;
        break;
    case 3:
        row->actor_id = 0;
        break;
    case 4:
        set(&row->actor_kind, "token");
        break;
    case 5:
        set(&row->actor_name, "tar");
        break;
    case 6:
        set(&row->address, "");
        break;
    case 7:
        set(&row->request_id, "r-2");
        break;
    case 8:
        set(&row->action, "logout");
        break;
    case 9:
        set(&row->object, "account 8");
        break;
    case 10:
        set(&row->detail, " ");
        break;
    }
}

static void test_each_field_counts(void)
{
    struct audit_head none = { 0 };
    struct audit_row row = sample();
    struct audit_head want = advance(none, &row), again = advance(none, &row);
    g_assert_cmpuint(want.position, ==, 1);
    g_assert_true(is_same(&want, &again));
    for (int field = 0; field <= 10; field++) {
        struct audit_row other = sample();
        change(&other, field);
        struct audit_head got = advance(none, &other);
        g_test_message("field %d", field);
        g_assert_false(is_same(&want, &got));
        clear(&other);
    }
    clear(&row);
}

static void test_place_counts(void)
{
    struct audit_head none = { 0 }, later = { .position = 1 }, other = { .mac = { 1 } };
    struct audit_row row = sample();
    struct audit_head first = advance(none, &row), second = advance(later, &row), third = advance(other, &row);
    g_assert_false(is_same(&first, &second));
    g_assert_false(is_same(&first, &third));
    clear(&row);
}

/* A letter that moves over the border between two fields is seen. */
static void test_borders(void)
{
    struct audit_head none = { 0 };
    struct audit_row row = sample(), other = sample();
    set(&row.action, "ab");
    set(&row.object, "c");
    set(&other.action, "a");
    set(&other.object, "bc");
    struct audit_head first = advance(none, &row), second = advance(none, &other);
    g_assert_false(is_same(&first, &second));
    clear(&row);
    clear(&other);
}

static void test_cut(void)
{
    static const struct {
        const char *text, *want;
        glong most;
    } cases[] = {
        { NULL, "", 5 },
        { "", "", 5 },
        { "abcde", "abcde", 5 },
        { "abcdef", "abcde", 5 },
        { "日本語", "日本", 2 },
        { "日本語", "日本語", 3 },
        { "a\xff", "a\xef\xbf\xbd", 5 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = audit_cut(cases[i].text, cases[i].most);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void test_kinds(void)
{
    g_assert_cmpstr(actor_kind_word(ACTOR_NOBODY), ==, "nobody");
    g_assert_cmpstr(actor_kind_word(ACTOR_WORKER), ==, "worker");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *file = NULL;
    int made = g_file_open_tmp("keys-XXXXXX", &file, NULL);
    g_assert_cmpint(made, >=, 0);
    g_close(made, NULL);
    g_assert_true(
        g_file_set_contents(file, "1 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n", -1, NULL));
    g_chmod(file, 0600);
    keys = secret_keys_open(file, NULL);
    g_unlink(file);
    g_assert_nonnull(keys);
    g_test_add_func("/audit/rule/each-field-counts", test_each_field_counts);
    g_test_add_func("/audit/rule/place-counts", test_place_counts);
    g_test_add_func("/audit/rule/borders", test_borders);
    g_test_add_func("/audit/rule/cut", test_cut);
    g_test_add_func("/audit/rule/kinds", test_kinds);
    int status = g_test_run();
    secret_keys_free(keys);
    return status;
}
