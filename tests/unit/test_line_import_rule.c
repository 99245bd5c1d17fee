/*
 * test_line_import_rule.c: rows of a file of lines: every form that is taken, and every reason for which one is not.
 */
#include "line/line_import_rule.h"

#include <string.h>

enum { DATA = 1, VOICE = 2 };

static const struct line_import_choice services[] = {
    { .id = DATA, .names = { "data", "\u30C7\u30FC\u30BF", "Data" } },
    { .id = VOICE, .names = { "voice", "\u97F3\u58F0", "Voice" } },
};
static const struct line_import_choice plans[] = {
    { .id = 11, .service = DATA, .esim = true, .names = { "g1", "1GB\u30D7\u30E9\u30F3", "1GB plan" } },
    { .id = 12, .service = DATA, .esim = false, .names = { "g3", "3GB\u30D7\u30E9\u30F3", "3GB plan" } },
    { .id = 13, .service = DATA, .esim = false, .names = { "g3old", "3GB\u30D7\u30E9\u30F3", "3GB plan (old)" } },
    { .id = 21, .service = VOICE, .esim = true, .names = { "v1", "1GB\u30D7\u30E9\u30F3", "1GB plan" } },
};

static const struct line_import_words words = {
    .columns = { { "customer", "\u9867\u5BA2\u540D", "Customer" },
                 { "project", "\u6848\u4EF6\u540D", "Project" },
                 { "phone", "\u96FB\u8A71\u756A\u53F7", "Phone number" },
                 { "serial", "SIM\u88FD\u9020\u756A\u53F7", "SIM serial number" },
                 { "iccid", "ICCID", "ICCID" },
                 { "kind", "SIM\u7A2E\u5225", "SIM type" },
                 { "size", "SIM\u30B5\u30A4\u30BA", "SIM size" },
                 { "service", "\u30B5\u30FC\u30D3\u30B9\u7A2E\u5225", "Service" },
                 { "plan", "\u5951\u7D04\u30D7\u30E9\u30F3", "Plan" },
                 { "state", "SIM\u30B9\u30C6\u30FC\u30BF\u30B9", "SIM status" },
                 { "activated", "\u958B\u901A\u65E5", "Activated on" } },
    .kinds = { { "card", "SIM\u30AB\u30FC\u30C9", "SIM card" }, { "esim", "eSIM", "eSIM" } },
    .sizes = { { "standard", "\u6A19\u6E96SIM", "Standard SIM" },
               { "micro", "microSIM", "Micro SIM" },
               { "nano", "nanoSIM", "Nano SIM" },
               { "none", "\uFF0D", "\u2013" } },
    .states = { { "inactive", "\u672A\u958B\u901A", "Not activated" },
                { "active", "\u958B\u901A\u6E08", "Active" },
                { "suspended", "\u4E00\u6642\u505C\u6B62\u4E2D", "Suspended" },
                { "reissuing", "\u518D\u767A\u884C", "Reissuing" },
                { "terminated", "\u89E3\u7D04", "Terminated" },
                { "failed", "\u7570\u5E38\u7D42\u4E86", "Failed" } },
    .services = services,
    .n_services = G_N_ELEMENTS(services),
    .plans = plans,
    .n_plans = G_N_ELEMENTS(plans),
};

static const struct date today = { 2026, 11, 25 };

/* A good row, and one with a cell of it in another form. */
static const char *const good[IMPORT_COLUMN_N] = {
    "TC1000-00009", "meters", "020-1000-0022", "AF0000000001", "8981100000000000002", "card", "nano",
    "data",         "g1",     "active",        "2026-11-25"
};

static void with_cell(const char *cells[IMPORT_COLUMN_N], enum line_import_column column, const char *text)
{
    memcpy(cells, good, sizeof good);
    cells[column] = text;
}

/* "column:reason ..." of what is wrong. */
static char *faults_of(const char *const *cells, guint n)
{
    struct line_import_layout layout = line_import_layout_plain();
    struct line_import_row row;
    struct line_import_faults faults;
    GString *text = g_string_new(NULL);
    bool is_good = line_import_read(&words, &layout, cells, n, today, &row, &faults);
    g_assert_cmpint(is_good, ==, faults.n == 0);
    for (guint i = 0; i < faults.n; i++) {
        g_string_append_printf(text, "%s%s:%s", i > 0 ? " " : "", line_import_column_word(faults.list[i].column),
                               line_import_reason_word(faults.list[i].reason));
    }
    line_import_row_clear(&row);
    return g_string_free(text, FALSE);
}

static void test_good(void)
{
    struct line_import_layout layout = line_import_layout_plain();
    struct line_import_row row;
    struct line_import_faults faults;
    g_assert_true(line_import_read(&words, &layout, good, IMPORT_COLUMN_N, today, &row, &faults));
    g_assert_cmpstr(row.customer, ==, "TC1000-00009");
    g_assert_cmpstr(row.project, ==, "meters");
    g_assert_cmpstr(row.phone, ==, "02010000022");
    g_assert_cmpstr(row.serial, ==, "AF0000000001");
    g_assert_cmpstr(row.iccid, ==, "8981100000000000002");
    g_assert_cmpint(row.kind, ==, CARD_CARD);
    g_assert_cmpint(row.size, ==, CARD_NANO);
    g_assert_cmpuint(row.service, ==, DATA);
    g_assert_cmpuint(row.plan, ==, 11);
    g_assert_cmpint(row.state, ==, LINE_ACTIVE);
    g_assert_cmpint(date_compare(row.activated_on, today), ==, 0);
    line_import_row_clear(&row);
}

static void test_forms(void)
{
    static const struct {
        enum line_import_column column;
        const char *text, *want;
    } cases[] = {
        { IMPORT_CUSTOMER, "102:TC1000-00009:\u6771\u897F:\u5357\u5317", "" },
        { IMPORT_CUSTOMER, " TC1000-00009 ", "" },
        { IMPORT_CUSTOMER, "", "customer:missing" },
        { IMPORT_CUSTOMER, "TC1000-9", "customer:form" },
        { IMPORT_CUSTOMER, "102:TC1000-9:x", "customer:form" },
        { IMPORT_CUSTOMER, NULL, "customer:no-text" },
        { IMPORT_PROJECT, "TC1000-00009:meters", "" },
        { IMPORT_PROJECT, "", "project:missing" },
        { IMPORT_PROJECT, "TC1000-00009:", "project:form" },
        { IMPORT_PROJECT, "a\nb", "project:form" },
        { IMPORT_PHONE, "02010000022", "" },
        { IMPORT_PHONE, "+81 20-1000-0022", "" },
        { IMPORT_PHONE, "\uFF10\uFF12\uFF10-1000-0022", "" },
        { IMPORT_PHONE, "2010000022", "phone:form" },
        { IMPORT_PHONE, "2.01E+10", "phone:form" },
        { IMPORT_PHONE, "", "phone:missing" },
        { IMPORT_SERIAL, "gg910800000043", "" },
        { IMPORT_SERIAL, "0000000001", "serial:form" },
        { IMPORT_SERIAL, "", "serial:missing" },
        { IMPORT_ICCID, "", "" },
        { IMPORT_ICCID, "898110000000000000", "iccid:form" },
        { IMPORT_ICCID, "8981100000000000001", "iccid:check-digit" },
        { IMPORT_ICCID, "8981100000000000002F", "" },
        { IMPORT_ICCID, "'8981100000000000002", "" },
        { IMPORT_ICCID, "8981100000000010000", "iccid:rounded" },
        { IMPORT_ICCID, "8981100000011900000", "iccid:rounded" },
        { IMPORT_ICCID, "'8981100000011900000", "" }, /* kept as text: the zeros are its own */
        { IMPORT_ICCID, "8.9811E+18", "iccid:form" },
        { IMPORT_KIND, "SIM\u30AB\u30FC\u30C9", "" },
        { IMPORT_KIND, "sim CARD", "" },
        { IMPORT_KIND, "", "kind:missing" },
        { IMPORT_KIND, "plastic", "kind:form" },
        { IMPORT_KIND, "esim", "size:not-empty" },
        { IMPORT_SIZE, "nanoSIM", "" },
        { IMPORT_SIZE, "\u6A19\u6E96SIM", "" },
        { IMPORT_SIZE, "", "size:missing" },
        { IMPORT_SIZE, "none", "size:missing" },
        { IMPORT_SIZE, "big", "size:form" },
        { IMPORT_SERVICE, "\u30C7\u30FC\u30BF", "" },
        { IMPORT_SERVICE, "Data", "" },
        { IMPORT_SERVICE, "fax", "service:unknown" },
        { IMPORT_SERVICE, "", "service:missing" },
        { IMPORT_SERVICE, "voice", "plan:not-offered" },
        { IMPORT_PLAN, "1GB\u30D7\u30E9\u30F3", "" },
        { IMPORT_PLAN, "g3old", "" },
        { IMPORT_PLAN, "3GB plan (old)", "" },
        { IMPORT_PLAN, "3GB\u30D7\u30E9\u30F3", "plan:ambiguous" },
        { IMPORT_PLAN, "g9", "plan:unknown" },
        { IMPORT_PLAN, "v1", "plan:not-offered" },
        { IMPORT_PLAN, "", "plan:missing" },
        { IMPORT_STATE, "\u958B\u901A\u6E08", "" },
        { IMPORT_STATE, "Suspended", "" },
        { IMPORT_STATE, "inactive", "activated:not-empty" },
        { IMPORT_STATE, "terminated", "" }, /* the database tells whether it is known */
        { IMPORT_STATE, "gone", "state:form" },
        { IMPORT_STATE, "", "state:missing" },
        { IMPORT_ACTIVATED, "2026/11/25", "" },
        { IMPORT_ACTIVATED, "20261125", "" },
        { IMPORT_ACTIVATED, "2026-11-26", "activated:future" },
        { IMPORT_ACTIVATED, "2026-02-30", "activated:form" },
        { IMPORT_ACTIVATED, "25.11.2026", "activated:form" },
        { IMPORT_ACTIVATED, "", "activated:missing" },
        { IMPORT_ACTIVATED, NULL, "activated:no-text" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *cells[IMPORT_COLUMN_N];
        with_cell(cells, cases[i].column, cases[i].text);
        g_autofree char *got = faults_of(cells, IMPORT_COLUMN_N);
        g_test_message("%s = %s", line_import_column_word(cases[i].column), cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* What two columns say together. */
static void test_pairs(void)
{
    static const struct {
        const char *kind, *size, *plan, *state, *activated, *want;
    } cases[] = {
        { "esim", "", "g1", "active", "2026-01-01", "" },
        { "esim", "none", "g1", "active", "2026-01-01", "" },
        { "esim", "\uFF0D", "g1", "active", "2026-01-01", "" },
        { "esim", "", "g3", "active", "2026-01-01", "kind:not-offered" },
        { "card", "nano", "g3", "inactive", "", "" },
        { "card", "nano", "g1", "suspended", "", "activated:missing" },
        { "card", "", "g9", "gone", "x", "size:missing plan:unknown state:form activated:form" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *cells[IMPORT_COLUMN_N];
        memcpy(cells, good, sizeof good);
        cells[IMPORT_KIND] = cases[i].kind;
        cells[IMPORT_SIZE] = cases[i].size;
        cells[IMPORT_PLAN] = cases[i].plan;
        cells[IMPORT_STATE] = cases[i].state;
        cells[IMPORT_ACTIVATED] = cases[i].activated;
        g_autofree char *got = faults_of(cells, IMPORT_COLUMN_N);
        g_test_message("case %u", (unsigned)i);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void test_cells(void)
{
    const char *more[IMPORT_COLUMN_N + 2];
    memcpy(more, good, sizeof good);
    more[IMPORT_COLUMN_N] = more[IMPORT_COLUMN_N + 1] = "";
    g_autofree char *empty = faults_of(more, IMPORT_COLUMN_N + 2);
    g_assert_cmpstr(empty, ==, "");
    more[IMPORT_COLUMN_N + 1] = "x";
    g_autofree char *many = faults_of(more, IMPORT_COLUMN_N + 2);
    g_assert_cmpstr(many, ==, "row:cells");
    g_autofree char *few = faults_of(good, IMPORT_COLUMN_N - 1);
    g_assert_cmpstr(few, ==, "row:cells");
}

static void test_head(void)
{
    static const char *const head[] = { "\u9867\u5BA2\u540D",
                                        "\u6848\u4EF6\u540D",
                                        "SIM\u88FD\u9020\u756A\u53F7",
                                        "phone NUMBER",
                                        "SIM status",
                                        "\u901F\u5EA6\u5236\u9650\u4E2D",
                                        "service",
                                        "Plan",
                                        "SIM type",
                                        "SIM size",
                                        "\uFF29\uFF23\uFF23ID",
                                        "\u958B\u901A\u65E5" };
    struct line_import_layout layout;
    enum line_import_column missing, twice;
    g_assert_true(line_import_read_head(&words, head, G_N_ELEMENTS(head), &layout, &missing, &twice));
    g_assert_cmpint(missing, ==, IMPORT_COLUMN_N);
    g_assert_cmpint(twice, ==, IMPORT_COLUMN_N);
    g_assert_cmpint(layout.places[IMPORT_PHONE], ==, 3);
    g_assert_cmpint(layout.places[IMPORT_ICCID], ==, 10);
    g_assert_cmpint(layout.places[IMPORT_ACTIVATED], ==, 11);
    g_assert_cmpuint(layout.cells, ==, 12);
    g_assert_true(line_import_read_head(&words, head, 11, &layout, &missing, &twice));
    g_assert_cmpint(missing, ==, IMPORT_ACTIVATED);
    static const char *const doubled[] = { "phone", "iccid", "serial", "ICCID", "Phone number" };
    g_assert_true(line_import_read_head(&words, doubled, G_N_ELEMENTS(doubled), &layout, &missing, &twice));
    g_assert_cmpint(twice, ==, IMPORT_PHONE);
    g_assert_false(line_import_read_head(&words, good, IMPORT_COLUMN_N, &layout, &missing, &twice));
}

/* Every bit of the statement has a column and a reason, each pair once. */
static void test_checks(void)
{
    for (int i = 0; i < IMPORT_CHECK_N; i++) {
        for (int j = 0; j < i; j++) {
            g_assert_true(line_import_checks[i].column != line_import_checks[j].column ||
                          line_import_checks[i].reason != line_import_checks[j].reason);
        }
        g_assert_cmpint(line_import_checks[i].reason, >=, IMPORT_UNKNOWN);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/line-import/a-good-row", test_good);
    g_test_add_func("/line-import/forms-and-reasons", test_forms);
    g_test_add_func("/line-import/columns-together", test_pairs);
    g_test_add_func("/line-import/too-few-or-too-many-cells", test_cells);
    g_test_add_func("/line-import/header-line", test_head);
    g_test_add_func("/line-import/set-wise-checks-are-told", test_checks);
    return g_test_run();
}
