/*
 * test_lists.c: the lists of several customers are the same whichever way they are read (line_all_way,
 * request_everywhere), in every order, direction and place, and show nobody else's. Needs a migrated database:
 * tests/sql/run gives it one.
 */
#include "line/line.h"
#include "request/request.h"

#include <string.h>

enum { ACCOUNT = 911, FIRST = 911, FOREIGN = 912, LAST = 913, EACH = 40, IN_ORDER = 1000000 };

static struct db *db;

/* Customers 911 and 913 are the account's, 912 is another's. Every number of conditions finds some of each. Every fifth
 * line had a card before, whose number begins like no other. */
static void make_lines(struct db *admin)
{
    GString *sql = g_string_new(NULL);
    for (guint i = 0; i < 3 * EACH; i++) {
        guint customer = FIRST + i % 3, mixed = i * 7919 % 997;
        static const char *const states[] = { "active", "suspended", "inactive" };
        g_string_append_printf(
            sql,
            "INSERT INTO line (id, customer_id, project_id, phone, serial, kind, size, state, throttled, service_id, "
            "plan_id, label, label_search, created_at) VALUES (%u, %u, %u, '0209%07u', 'TL%08u', 'card', 'nano', '%s', "
            "%u, 911, %u, 'x%u', 'x%u', NOW());\n",
            200001 + i, customer, customer, mixed * 1003, mixed, states[i / 3 % 3], i / 3 % 2, 911 + i / 3 % 2, i, i);
        if (i % 5 == 0) {
            g_string_append_printf(
                sql,
                "INSERT INTO card (line_id, serial, kind, size, former_of, from_at, to_at) VALUES (%u, 'TLOLD%05u', "
                "'card', 'nano', %u, NOW(), NOW()), (%u, 'TLOLDER%03u', 'card', 'nano', %u, NOW(), NOW());\n",
                200001 + i, i, customer, 200001 + i, i, customer);
        }
    }
    for (guint i = 0; i < 3 * EACH; i++) {
        static const char *const statuses[] = { "pending", "completed", "completed", "failed" };
        g_string_append_printf(
            sql,
            "INSERT INTO request (customer_id, number, kind, status, account_id, account_name, service_id, fields, "
            "received_at, received_on, effective_on, effective_at, items, open_items, yen, tax_yen, tax_percent) "
            "VALUES (%u, "
            "'TL0000-00911-CS26%04u', 'suspend', '%s', 911, 'name %u', 911, '{}', NOW(), '2026-02-01', '2026-03-01', "
            "NOW(), 1, 0, 0, 0, 10);\n",
            FIRST + i * 7 % 3, i, statuses[i % 4], i % 10);
    }
    /* Each with two lines of its customer. */
    g_string_append(
        sql,
        "INSERT INTO request_item (request_id, customer_id, line_id, result, effective_at, due_at, plan_id, yen)\n"
        "SELECT r.id, r.customer_id, l.id, 'done', NOW(), NOW(), 911, 0 FROM request r JOIN line l ON l.customer_id = "
        "r.customer_id AND (l.id + r.id) % 20 = 0 WHERE r.number LIKE 'TL%';\n");
    g_autoptr(GError) error = NULL;
    db_script(admin, sql->str, &error);
    g_assert_no_error(error);
    g_string_free(sql, TRUE);
}

static const struct line_search plain = {
    .account = ACCOUNT, .language = LANGUAGE_JA, .month = { 2026, 2 }, .state = -1, .group = -1, .throttled = -1
};

/* What is looked for, and how many of the lines that is. The parts stand as columns hold them. */
static const struct {
    const char *phone, *serial, *label;
    int state, throttled;
    uint64_t plan, only;
    guint found; /* 0: as many as there are of whatever it is */
} searches[] = {
    { .state = -1, .throttled = -1, .found = 2 * EACH },
    { .state = LINE_ACTIVE, .throttled = -1, .found = 28 },
    { .state = LINE_SUSPENDED, .throttled = 1, .plan = 912 },
    { .state = -1, .throttled = -1, .label = "1" },
    { .state = -1, .throttled = -1, .label = "nothing" },
    { .state = -1, .throttled = -1, .phone = "12" },
    { .state = -1, .throttled = 0, .phone = "9" },
    { .state = -1, .throttled = -1, .serial = "TL", .found = 2 * EACH },
    { .state = -1, .throttled = -1, .serial = "OLD", .found = 16 },
    { .state = LINE_ACTIVE, .throttled = -1, .serial = "LD0" },
    { .state = -1, .throttled = -1, .serial = "5" },
    { .state = -1, .throttled = -1, .phone = "1", .serial = "1" },
    { .state = -1, .throttled = -1, .only = LAST, .found = EACH },
    { .state = -1, .throttled = -1, .only = LAST, .serial = "OLD" },
    { .state = -1, .throttled = -1, .only = FOREIGN },
};

static struct line_search search_of(gsize i, uint32_t customers)
{
    struct line_search search = plain;
    search.phone = (char *)searches[i].phone;
    search.serial = (char *)searches[i].serial;
    search.label = (char *)searches[i].label;
    search.state = searches[i].state;
    search.throttled = searches[i].throttled;
    search.plan = searches[i].plan;
    search.only_customer = searches[i].only;
    search.customers = customers;
    return search;
}

static GArray *list(const struct line_search *search, const struct line_page *page)
{
    g_autoptr(GError) error = NULL;
    GArray *rows = line_list(db, search, page, NULL, &error);
    g_assert_no_error(error);
    return rows;
}

/* `a` is `b`, or what stands in `b` from `from` on. */
static void same_rows(const GArray *a, const GArray *b, guint from)
{
    for (guint i = 0; i < a->len; i++) {
        g_assert_cmpuint(from + i, <, b->len);
        const struct line_row *x = &g_array_index(a, struct line_row, i);
        const struct line_row *y = &g_array_index(b, struct line_row, from + i);
        g_assert_cmpuint(x->id, ==, y->id);
        g_assert_cmpstr(x->customer_code, ==, y->customer_code);
        g_assert_true(x->customer == FIRST || x->customer == LAST);
    }
}

/* Whichever way, a page is what stands there in the whole list. */
static void check_page(const struct line_search *search, struct line_page page, const GArray *whole, guint from,
                       guint n)
{
    static const uint64_t found[] = { 0, IN_ORDER };
    for (gsize i = 0; i < G_N_ELEMENTS(found); i++) {
        page.found = found[i];
        g_autoptr(GArray) rows = list(search, &page);
        g_assert_cmpuint(rows->len, ==, n);
        same_rows(rows, whole, from);
    }
}

/* All of it, from an offset, and from both sides of the seventh line. */
static void check_places(const struct line_search *search, guint n)
{
    g_autoptr(GArray) whole = list(search, &(struct line_page){ .limit = 200, .found = IN_ORDER });
    g_assert_cmpuint(whole->len, ==, n);
    check_page(search, (struct line_page){ .limit = 200 }, whole, 0, n);
    check_page(search, (struct line_page){ .limit = 5, .offset = 3 }, whole, 3, n < 3 ? 0 : MIN(5, n - 3));
    if (n > 7) {
        struct line_cursor cursor = line_row_cursor(search, &g_array_index(whole, struct line_row, 6));
        check_page(search, (struct line_page){ .limit = 5, .cursor = &cursor }, whole, 7, MIN(5, n - 7));
        check_page(search, (struct line_page){ .limit = 5, .cursor = &cursor, .backward = true }, whole, 1, 5);
        g_free(cursor.key);
    }
}

static uint64_t counted(const struct line_search *search)
{
    g_autoptr(GError) error = NULL;
    const struct session session = { 0 };
    uint64_t total = 0;
    g_autoptr(GPtrArray) choices = line_choices(db, search, &session, &total, &error);
    g_assert_no_error(error);
    g_assert_nonnull(choices);
    return total;
}

static void check(uint32_t customers)
{
    for (gsize i = 0; i < G_N_ELEMENTS(searches); i++) {
        struct line_search search = search_of(i, customers);
        bool is_kept = searches[i].phone == NULL && searches[i].serial == NULL && searches[i].label == NULL &&
                       searches[i].plan == 0 && searches[i].only == 0;
        struct line_page whole = { .limit = 1000, .found = IN_ORDER };
        g_autoptr(GArray) rows = list(&search, &whole);
        g_test_message("%u: %s %s %s", (guint)i, search.phone, search.serial, search.label);
        g_assert_true(searches[i].found == 0 || rows->len == searches[i].found);
        g_assert_true(is_kept || counted(&search) == rows->len);
        for (enum line_sort sort = LINE_BY_SERIAL; sort <= LINE_BY_STATE; sort++) {
            for (int down = 0; down < 2; down++) {
                search.sort = sort;
                search.is_descending = down;
                check_places(&search, rows->len);
            }
        }
    }
}

static void test_few(void)
{
    check(2);
}

static void test_many(void)
{
    check(5000);
}

/* ---- requests ---- */

static GPtrArray *requests(const struct request_search *search, const struct request_page *page)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *list = request_list(db, search, page, NULL, &error);
    g_assert_no_error(error);
    return list;
}

/* Whichever way, a page is what stands there in the whole list. */
static void check_requests(const struct request_search *search, struct request_page page, const GPtrArray *whole,
                           guint from, guint n)
{
    static const uint64_t found[] = { 0, IN_ORDER };
    for (gsize i = 0; i < G_N_ELEMENTS(found); i++) {
        page.found = found[i];
        g_autoptr(GPtrArray) list = requests(search, &page);
        g_assert_cmpuint(list->len, ==, n);
        for (guint k = 0; k < n; k++) {
            const struct request_made *one = list->pdata[k], *want = whole->pdata[from + k];
            g_assert_cmpuint(one->id, ==, want->id);
            g_assert_true(one->customer == FIRST || one->customer == LAST);
        }
    }
}

static void test_requests(void)
{
    const struct request_search all = { .account = ACCOUNT, .customers = 2, .language = LANGUAGE_JA, .status = -1 };
    struct request_search some[] = { all, all, all, all, all, all, all };
    some[1].status = REQUEST_FAILED;
    some[2].requester = (char *)"name 4";
    some[3].only_customer = LAST;
    some[4].phone = (char *)"12";
    some[5].serial = (char *)"5";
    some[6].phone = some[6].serial = (char *)"1";
    some[6].status = REQUEST_COMPLETED;
    static const guint wanted[] = { 2 * EACH, 20, 8, EACH };
    for (gsize i = 0; i < G_N_ELEMENTS(some); i++) {
        g_autoptr(GPtrArray) whole = requests(&some[i], &(struct request_page){ .limit = 200, .found = IN_ORDER });
        guint n = i < G_N_ELEMENTS(wanted) ? wanted[i] : whole->len;
        g_test_message("%u: %u", (guint)i, whole->len);
        g_assert_true(whole->len == n && n > 7 && n <= 2 * EACH);
        for (some[i].customers = 2; some[i].customers <= 5000; some[i].customers += 4998) {
            g_autoptr(GError) error = NULL;
            uint64_t counted = 0;
            g_assert_true(request_count(db, &some[i], &counted, &error));
            g_assert_cmpuint(counted, ==, n);
        }
        some[i].customers = 2;
        uint64_t seventh = ((const struct request_made *)whole->pdata[6])->id;
        check_requests(&some[i], (struct request_page){ .limit = 200 }, whole, 0, n);
        check_requests(&some[i], (struct request_page){ .limit = 5, .offset = 3 }, whole, 3, MIN(5, n - 3));
        check_requests(&some[i], (struct request_page){ .limit = 5, .before = seventh }, whole, 7, MIN(5, n - 7));
        check_requests(&some[i], (struct request_page){ .limit = 5, .before = seventh, .backward = true }, whole, 1, 5);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    AUTO(config) struct config *config = config_read(config_file(NULL), &error);
    g_assert_no_error(error);
    struct db *admin = db_new(config, true, &error);
    g_assert_no_error(error);
    make_lines(admin);
    db_free(admin);
    db = db_new(config, false, &error);
    g_assert_no_error(error);
    db_permit(db, (struct db_permit){ .roles = ROLE_READ, .scopes = SCOPE_CATALOGUE | SCOPE_ACCOUNT });
    g_test_add_func("/lists/of-few-customers-any-way", test_few);
    g_test_add_func("/lists/of-many-customers-any-way", test_many);
    g_test_add_func("/lists/requests-any-way", test_requests);
    int status = g_test_run();
    db_free(db);
    return status;
}
