/*
 * test_db.c: the database layer with statements of the test's own (this file's table takes the place of the
 * generated one): permits, values of every kind, conflicts, transactions, and connections that break at every
 * moment. tests/sql/run gives it a server that it may pause and end.
 */
#include "db/db.h"

#include "base/error.h"
#include "base/log.h"
#include "forgetful.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ADD, GET, LIST, SUM, INCREASE, OF_CUSTOMER, CONNECTION, OTHER_READ, OTHER_ADD, COUNT, MANY, NAP };

#define ENTRY(text, rows_, role_, scope_, n, customer_)                                                                \
    {                                                                                                                  \
        .name = "test", .sql = (text), .rows = (rows_), .role = (role_), .scope = (scope_), .parameters = (n),         \
        .customer = (customer_)                                                                                        \
    }

const struct statement_entry statements[STATEMENT_N] = {
    [ADD] = ENTRY("INSERT INTO test_db (customer_id, u, i, name, body, d, at) VALUES (?, ?, ?, ?, ?, ?, ?)", ROWS_NONE,
                  ROLE_WRITE, SCOPE_OPERATOR, 7, -1),
    [GET] = ENTRY("SELECT u, i, name, body, d, at, tiny FROM test_db WHERE id = ?", ROWS_ONE, ROLE_READ, SCOPE_OPERATOR,
                  1, -1),
    [LIST] = ENTRY("SELECT id, name FROM test_db ORDER BY id", ROWS_MANY, ROLE_READ, SCOPE_OPERATOR, 0, -1),
    [SUM] = ENTRY("SELECT SUM(i), COUNT(*) FROM test_db", ROWS_ONE, ROLE_READ, SCOPE_OPERATOR, 0, -1),
    [INCREASE] =
        ENTRY("UPDATE test_db SET i = IFNULL(i, 0) + ? WHERE id = ?", ROWS_NONE, ROLE_WRITE, SCOPE_OPERATOR, 2, -1),
    [OF_CUSTOMER] =
        ENTRY("SELECT id FROM test_db WHERE id > ? AND customer_id = ?", ROWS_MANY, ROLE_READ, SCOPE_CUSTOMER, 2, 1),
    [CONNECTION] = ENTRY("SELECT CONNECTION_ID()", ROWS_ONE, ROLE_READ, SCOPE_OPERATOR, 0, -1),
    [OTHER_READ] = ENTRY("SELECT 1 FROM test_db LIMIT 1", ROWS_ONE, ROLE_READ, SCOPE_OPERATOR, 0, -1),
    [OTHER_ADD] =
        ENTRY("INSERT INTO test_db (customer_id, name) VALUES (1, ?)", ROWS_NONE, ROLE_WRITE, SCOPE_OPERATOR, 1, -1),
    [NAP] = ENTRY("SELECT SLEEP(? / 1000)", ROWS_ONE, ROLE_READ, SCOPE_OPERATOR, 1, -1),
    [COUNT] = ENTRY("SELECT COUNT(*) FROM test_db WHERE name = ?", ROWS_ONE, ROLE_READ, SCOPE_OPERATOR, 1, -1),
    [MANY] = ENTRY("WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900) "
                   "SELECT i, REPEAT('x', i * ?) FROM n",
                   ROWS_MANY, ROLE_READ, SCOPE_OPERATOR, 1, -1),
};

static const struct db_permit everything = { .roles = ROLE_READ | ROLE_WRITE,
                                             .scopes = SCOPE_OPERATOR | SCOPE_CUSTOMER,
                                             .any_customer = true };
static struct config *config;
static struct db *db, *admin, *killer; /* admin: makes tables; killer: as the same user as db, for KILL */

static struct db *open_db(void)
{
    g_autoptr(GError) error = NULL;
    struct db *opened = db_new(config, false, &error);
    g_assert_no_error(error);
    db_permit(opened, everything);
    return opened;
}

static void script_by(struct db *which, const char *sql)
{
    g_autoptr(GError) error = NULL;
    db_script(which, sql, &error);
    g_assert_no_error(error);
}

static void script(const char *sql)
{
    script_by(admin, sql);
}

static void begin_test(void)
{
    script("DROP TABLE IF EXISTS test_db;\n"
           "CREATE TABLE test_db (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id BIGINT "
           "UNSIGNED "
           "NOT NULL, u BIGINT UNSIGNED, i BIGINT, tiny TINYINT, name VARCHAR(3000), body BLOB, d DATE, at "
           "DATETIME(6), "
           "UNIQUE KEY test_db_name (name(700))) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE "
           "utf8mb4_bin;\n");
    db_permit(db, everything);
}

static uint64_t connection_of(struct db *which)
{
    AUTO(db_rows) struct db_rows *rows = db_query(which, (enum statement)CONNECTION, NULL);
    g_assert_true(rows != NULL && db_next(rows));
    return db_get_u64(rows, 0);
}

static void kill_connection(uint64_t id)
{
    g_autofree char *sql = g_strdup_printf("KILL CONNECTION %" G_GUINT64_FORMAT ";\n", id);
    script_by(killer, sql);
    g_usleep(20000);
}

static uint64_t count_named(const char *name)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, (enum statement)COUNT, NULL, DB_TEXT(name));
    g_assert_true(rows != NULL && db_next(rows));
    return db_get_u64(rows, 0);
}

static bool add_named(struct db *which, const char *name, GError **error)
{
    return db_run(which, (enum statement)OTHER_ADD, NULL, error, DB_TEXT(name));
}

/* ---- permits ---- */

static void check_refused(struct db_permit permit, enum statement statement, const struct db_value *values, gsize n)
{
    g_autoptr(GError) error = NULL;
    struct db_tally before = db_tally(db);
    db_permit(db, permit);
    g_assert_null(db_query_values(db, statement, values, n, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_INTERNAL);
    g_assert_cmpuint(db_tally(db).statements, ==, before.statements);
    db_permit(db, everything);
}

static void test_permits(void)
{
    begin_test();
    const struct db_permit none = { 0 };
    const struct db_permit wrong_role = { .roles = ROLE_WRITE | ROLE_GATE, .scopes = SCOPE_OPERATOR };
    const struct db_permit wrong_scope = { .roles = ROLE_READ, .scopes = 0xFF & ~(unsigned)SCOPE_OPERATOR };
    check_refused(none, (enum statement)OTHER_READ, NULL, 0);
    check_refused(wrong_role, (enum statement)OTHER_READ, NULL, 0);
    check_refused(wrong_scope, (enum statement)OTHER_READ, NULL, 0);
    struct db_permit of_9 = { .roles = ROLE_READ, .scopes = SCOPE_CUSTOMER, .customer = 9 };
    const struct db_value own[] = { DB_U64(0), DB_U64(9) }, other[] = { DB_U64(9), DB_U64(10) };
    const struct db_value null[] = { DB_U64(9), DB_NULL }, as_signed[] = { DB_U64(9), DB_I64(9) };
    const struct db_value as_text[] = { DB_U64(9), DB_TEXT("9") };
    check_refused(of_9, (enum statement)OF_CUSTOMER, other, 2);
    check_refused(of_9, (enum statement)OF_CUSTOMER, null, 2);
    check_refused(of_9, (enum statement)OF_CUSTOMER, as_signed, 2);
    check_refused(of_9, (enum statement)OF_CUSTOMER, as_text, 2);
    of_9.customer = 0; /* all customers are looked at */
    const struct db_value zero[] = { DB_U64(0), DB_U64(0) };
    check_refused(of_9, (enum statement)OF_CUSTOMER, own, 2);
    check_refused(of_9, (enum statement)OF_CUSTOMER, zero, 2);
    of_9.customer = 9;
    db_permit(db, of_9);
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, (enum statement)OF_CUSTOMER, own, 2, NULL);
    g_assert_nonnull(rows);
    struct db_permit before = db_permit(db, everything);
    g_assert_cmpuint(before.customer, ==, 9);
}

/* A GET may not write. */
static void test_read_only(void)
{
    begin_test();
    g_autoptr(GError) error = NULL;
    db_permit(db, (struct db_permit){ .roles = ROLE_READ, .scopes = SCOPE_OPERATOR });
    g_assert_false(add_named(db, "x", &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_INTERNAL);
    db_permit(db, everything);
    g_assert_cmpuint(count_named("x"), ==, 0);
}

/* ---- values ---- */

static struct db_rows *stored(struct db_value u, struct db_value i, struct db_value name, struct db_value body,
                              struct db_value d, struct db_value at)
{
    g_autoptr(GError) error = NULL;
    db_run(db, (enum statement)ADD, NULL, &error, DB_U64(1), u, i, name, body, d, at);
    g_assert_no_error(error);
    struct db_rows *rows = db_query(db, (enum statement)GET, &error, DB_U64(db_last_id(db)));
    g_assert_no_error(error);
    g_assert_true(db_next(rows));
    return rows;
}

static void test_numbers(void)
{
    static const struct {
        uint64_t u;
        int64_t i;
    } cases[] = {
        { 0, 0 }, { 1, -1 }, { G_MAXINT64, G_MAXINT64 }, { (uint64_t)G_MAXINT64 + 1, G_MININT64 }, { G_MAXUINT64, -5 }
    };
    begin_test();
    for (gsize c = 0; c < G_N_ELEMENTS(cases); c++) {
        AUTO(db_rows)
        struct db_rows *rows = stored(DB_U64(cases[c].u), DB_I64(cases[c].i), DB_NULL, DB_NULL, DB_NULL, DB_NULL);
        g_assert_cmpuint(db_get_u64(rows, 0), ==, cases[c].u);
        g_assert_cmpint(db_get_i64(rows, 1), ==, cases[c].i);
    }
    script("DELETE FROM test_db;\nINSERT INTO test_db (customer_id, i, tiny) VALUES (1, -9, -3), (1, -1, "
           "-3);\n");
    AUTO(db_rows) struct db_rows *sums = db_query(db, (enum statement)SUM, NULL);
    g_assert_true(db_next(sums));
    g_assert_cmpint(db_get_i64(sums, 0), ==, -10);
    g_assert_false(db_next(sums));
}

static void test_nulls(void)
{
    begin_test();
    AUTO(db_rows)
    struct db_rows *rows = stored(DB_NULL, DB_NULL, DB_TEXT(NULL), DB_NULL, db_date_or_null((struct date){ 0 }),
                                  db_moment_or_null((struct moment){ 0 }));
    gsize size = 99;
    g_assert_cmpuint(db_columns(rows), ==, 7);
    for (guint i = 0; i < 7; i++) {
        g_assert_true(db_is_null(rows, i));
    }
    g_assert_cmpuint(db_get_u64(rows, 0), ==, 0);
    g_assert_null(db_get_text(rows, 2));
    g_assert_null(db_get_bytes(rows, 3, &size));
    g_assert_cmpuint(size, ==, 0);
    g_assert_cmpint(db_get_date(rows, 4).month, ==, 0);
    g_assert_cmpint(db_get_moment(rows, 5).us, ==, 0);
    g_assert_false(db_get_bool(rows, 6));
}

/* Text around the size of the first buffer, then short again, in one result and over several. */
static void check_texts(void)
{
    static const gsize sizes[] = { 0, 1, 255, 256, 257, 511, 512, 513, 2000, 3, 256, 1 };
    begin_test();
    for (gsize c = 0; c < G_N_ELEMENTS(sizes); c++) {
        g_autofree char *text = g_strnfill(sizes[c], (char)('a' + c));
        AUTO(db_rows)
        struct db_rows *rows = stored(DB_NULL, DB_NULL, DB_TEXT(text), DB_NULL, DB_NULL, DB_NULL);
        g_test_message("%" G_GSIZE_FORMAT, sizes[c]);
        g_assert_cmpstr(db_get_text(rows, 2), ==, text);
    }
    AUTO(db_rows) struct db_rows *all = db_query(db, (enum statement)LIST, NULL);
    for (gsize c = 0; c < G_N_ELEMENTS(sizes); c++) {
        g_assert_true(db_next(all));
        g_assert_cmpuint(strlen(db_get_text(all, 1)), ==, sizes[c]);
    }
    g_assert_false(db_next(all));
}

/* On a connection of its own, whose statements have not yet met a long text. */
static void test_texts(void)
{
    struct db *kept = db;
    db = open_db();
    check_texts();
    db_free(db);
    db = kept;
}

static void test_texts_forgotten(void)
{
    forgets_lengths = true;
    test_texts();
    forgets_lengths = false;
}

static void test_bytes(void)
{
    static const char bytes[] = "a\0b\xFF\xFE\0'\"\\%_\n";
    g_autofree char *large = g_strnfill(60000, '\xFF');
    gsize size = 0;
    begin_test();
    AUTO(db_rows)
    struct db_rows *rows = stored(DB_NULL, DB_NULL, DB_TEXT("'; DROP TABLE test_db; -- \u3042\U0001F363"),
                                  DB_BYTES(bytes, sizeof bytes), DB_NULL, DB_NULL);
    const char *got = db_get_bytes(rows, 3, &size);
    g_assert_cmpmem(got, size, bytes, sizeof bytes);
    g_assert_cmpstr(db_get_text(rows, 2), ==, "'; DROP TABLE test_db; -- \u3042\U0001F363");
    db_rows_free(g_steal_pointer(&rows));
    rows = stored(DB_NULL, DB_NULL, DB_NULL, DB_BYTES(large, 60000), DB_NULL, DB_NULL);
    got = db_get_bytes(rows, 3, &size);
    g_assert_cmpmem(got, size, large, 60000);
    db_rows_free(g_steal_pointer(&rows));
    rows = stored(DB_NULL, DB_NULL, DB_NULL, DB_BYTES("", 0), DB_NULL, DB_NULL);
    g_assert_nonnull(db_get_bytes(rows, 3, &size));
    g_assert_cmpuint(size, ==, 0);
}

static void test_times(void)
{
    static const struct date dates[] = {
        { 1970, 1, 1 }, { 2024, 2, 29 }, { 2026, 12, 31 }, { 9999, 12, 31 }, { 1000, 1, 1 }
    };
    static const int64_t moments[] = { 1,
                                       999999,
                                       G_GINT64_CONSTANT(1790000000123456),
                                       G_GINT64_CONSTANT(-1000001),
                                       -1,
                                       G_GINT64_CONSTANT(253402300799999999) };
    begin_test();
    for (gsize c = 0; c < G_N_ELEMENTS(dates); c++) {
        AUTO(db_rows)
        struct db_rows *rows = stored(DB_NULL, DB_NULL, DB_NULL, DB_NULL, DB_DATE(dates[c]), DB_NULL);
        g_assert_cmpint(date_compare(db_get_date(rows, 4), dates[c]), ==, 0);
    }
    for (gsize c = 0; c < G_N_ELEMENTS(moments); c++) {
        AUTO(db_rows)
        struct db_rows *rows =
            stored(DB_NULL, DB_NULL, DB_NULL, DB_NULL, DB_NULL, DB_MOMENT((struct moment){ moments[c] }));
        g_assert_cmpint(db_get_moment(rows, 5).us, ==, moments[c]);
    }
}

/* What does not fit is refused, never cut. */
static void test_too_long(void)
{
    g_autofree char *text = g_strnfill(3001, 'a');
    g_autoptr(GError) error = NULL;
    begin_test();
    g_assert_false(add_named(db, text, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_INTERNAL);
    text[3000] = '\0';
    g_assert_true(add_named(db, text, NULL));
}

static void test_conflict(void)
{
    g_autoptr(GError) error = NULL;
    uint64_t changed = 99;
    begin_test();
    g_assert_true(db_run(db, (enum statement)OTHER_ADD, &changed, NULL, DB_TEXT("a")));
    g_assert_cmpuint(changed, ==, 1);
    uint64_t id = db_last_id(db);
    g_assert_false(add_named(db, "a", &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_CONFLICT);
    /* rows that match count as changed, also when they are the same after as before */
    g_assert_true(db_run(db, (enum statement)INCREASE, &changed, NULL, DB_I64(0), DB_U64(id)));
    g_assert_true(db_run(db, (enum statement)INCREASE, &changed, NULL, DB_I64(0), DB_U64(id)));
    g_assert_cmpuint(changed, ==, 1);
    g_assert_true(db_run(db, (enum statement)INCREASE, &changed, NULL, DB_I64(0), DB_U64(id + 1000)));
    g_assert_cmpuint(changed, ==, 0);
}

static void test_tally(void)
{
    begin_test();
    g_assert_true(add_named(db, "a", NULL) && add_named(db, "b", NULL));
    struct db_tally before = db_tally(db);
    AUTO(db_rows) struct db_rows *rows = db_query(db, (enum statement)LIST, NULL);
    while (db_next(rows)) {
    }
    g_assert_cmpuint(db_tally(db).statements - before.statements, ==, 1);
    g_assert_cmpuint(db_tally(db).rows - before.rows, ==, 2);
}

/* What a statement that takes `nap_ms` leaves in the log when `slow_ms` is the limit. */
static char *log_of_nap(gint64 slow_ms, uint64_t nap_ms)
{
    gint64 kept_limit = config->log.slow_ms;
    config->log.slow_ms = slow_ms;
    AUTO(db) struct db *other = open_db();
    config->log.slow_ms = kept_limit;
    char text[2048];
    int pipes[2], kept = dup(STDERR_FILENO);
    g_assert_true(pipe(pipes) == 0 && dup2(pipes[1], STDERR_FILENO) >= 0);
    struct db_rows *rows = db_query(other, (enum statement)NAP, NULL, DB_U64(nap_ms));
    g_assert_nonnull(rows);
    db_rows_free(rows);
    g_assert_true(dup2(kept, STDERR_FILENO) >= 0);
    close(pipes[1]);
    close(kept);
    ssize_t n = read(pipes[0], text, sizeof text);
    close(pipes[0]);
    return g_strndup(text, (gsize)MAX(n, 0));
}

static void test_slow(void)
{
    g_autofree char *slow = log_of_nap(20, 40);
    g_assert_nonnull(strstr(slow, "\"event\":\"slow-statement\",\"statement\":\"test\",\"ms\":"));
    g_assert_nonnull(strstr(slow, ",\"rows\":1}\n"));
    g_autofree char *quick = log_of_nap(60000, 40);
    g_assert_cmpstr(quick, ==, "");
    g_autofree char *never = log_of_nap(0, 40);
    g_assert_cmpstr(never, ==, "");
}

/* ---- transactions ---- */

struct work {
    int attempts;
    const char *name;
    bool fails;
    uint64_t kill; /* a connection that is killed at the first attempt; kill_late: after the last statement */
    bool kill_late;
};

static bool add_twice(struct db *which, void *data, GError **error)
{
    struct work *work = data;
    g_autofree char *second = g_strconcat(work->name, "2", NULL);
    work->attempts++;
    if (!add_named(which, work->name, error)) {
        return false;
    }
    if (work->kill != 0 && !work->kill_late && work->attempts == 1) {
        kill_connection(work->kill);
    }
    if (!add_named(which, second, error)) {
        return false;
    }
    if (work->kill != 0 && work->kill_late) {
        kill_connection(work->kill);
    }
    if (work->fails) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "no");
        return false;
    }
    return true;
}

static bool nest(struct db *which, void *data, GError **error)
{
    struct work *work = data;
    struct work inner = { .name = work->name };
    if (!db_transaction(which, add_twice, &inner, error)) {
        return false;
    }
    if (work->fails) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "no");
    }
    return !work->fails;
}

static void test_transactions(void)
{
    struct work good = { .name = "good" }, bad = { .name = "bad", .fails = true };
    struct work outer = { .name = "outer" }, outer_bad = { .name = "lost", .fails = true };
    g_autoptr(GError) error = NULL, nested = NULL;
    begin_test();
    g_assert_true(db_transaction(db, add_twice, &good, NULL));
    g_assert_cmpuint(count_named("good2"), ==, 1);
    g_assert_false(db_transaction(db, add_twice, &bad, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_INVALID);
    g_assert_cmpint(bad.attempts, ==, 1);
    g_assert_cmpuint(count_named("bad"), ==, 0);
    g_assert_true(db_transaction(db, nest, &outer, NULL));
    g_assert_cmpuint(count_named("outer2"), ==, 1);
    g_assert_false(db_transaction(db, nest, &outer_bad, &nested)); /* the inner one had ended well */
    g_assert_cmpuint(count_named("lost"), ==, 0);
    g_assert_cmpuint(count_named("lost2"), ==, 0);
    g_assert_true(add_named(db, "after", NULL)); /* outside again, and kept at once */
    AUTO(db) struct db *other = open_db();
    AUTO(db_rows) struct db_rows *rows = db_query(other, (enum statement)COUNT, NULL, DB_TEXT("after"));
    g_assert_true(db_next(rows));
    g_assert_cmpuint(db_get_u64(rows, 0), ==, 1);
}

static void test_conflict_within(void)
{
    struct work work = { .name = "a" };
    g_autoptr(GError) error = NULL;
    begin_test();
    g_assert_true(add_named(db, "a2", NULL));
    g_assert_false(db_transaction(db, add_twice, &work, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_CONFLICT);
    g_assert_cmpint(work.attempts, ==, 1);
    g_assert_cmpuint(count_named("a"), ==, 0);
}

/* Two of them take the same two rows in opposite order; they wait for each other once. */
struct crossing {
    uint64_t first, second;
    int attempts;
    bool good;
    gint *met;
};

static bool cross(struct db *which, void *data, GError **error)
{
    struct crossing *crossing = data;
    if (!db_run(which, (enum statement)INCREASE, NULL, error, DB_I64(1), DB_U64(crossing->first))) {
        return false;
    }
    if (crossing->attempts++ == 0) {
        g_atomic_int_inc(crossing->met);
        for (int i = 0; i < 5000 && g_atomic_int_get(crossing->met) < 2; i++) {
            g_usleep(1000);
        }
    }
    return db_run(which, (enum statement)INCREASE, NULL, error, DB_I64(1), DB_U64(crossing->second));
}

static gpointer cross_in_thread(gpointer data)
{
    struct crossing *crossing = data;
    AUTO(db) struct db *own = open_db();
    crossing->good = db_transaction(own, cross, crossing, NULL);
    return NULL;
}

static void test_deadlock(void)
{
    gint met = 0;
    begin_test();
    script("INSERT INTO test_db (id, customer_id, i) VALUES (1, 1, 0), (2, 1, 0);\n");
    struct crossing a = { .first = 1, .second = 2, .met = &met }, b = { .first = 2, .second = 1, .met = &met };
    GThread *thread = g_thread_new("b", cross_in_thread, &b);
    cross_in_thread(&a);
    g_thread_join(thread);
    g_assert_true(a.good && b.good);
    g_assert_cmpint(a.attempts + b.attempts, ==, 3);
    AUTO(db_rows) struct db_rows *rows = db_query(db, (enum statement)SUM, NULL);
    g_assert_true(db_next(rows));
    g_assert_cmpint(db_get_i64(rows, 0), ==, 4);
}

/* ---- broken connections ---- */

static void test_killed_before_read(void)
{
    begin_test();
    uint64_t id = connection_of(db);
    g_assert_true(add_named(db, "a", NULL));
    kill_connection(id);
    struct db_tally before = db_tally(db);
    g_assert_cmpuint(count_named("a"), ==, 1);
    g_assert_cmpuint(db_tally(db).statements - before.statements, <=, 2);
    g_assert_cmpuint(connection_of(db), !=, id);
}

static void test_killed_before_write(void)
{
    g_autoptr(GError) error = NULL;
    begin_test();
    g_assert_true(add_named(db, "a", NULL));
    kill_connection(connection_of(db));
    g_assert_false(add_named(db, "b", &error)); /* nobody can say whether it was kept */
    g_assert_error(error, PORTAL_ERROR, PORTAL_UNCERTAIN);
    g_assert_cmpuint(count_named("b"), ==, 0);
    g_assert_true(add_named(db, "b", NULL));
}

/* Only to be prepared yet: it cannot have arrived. */
static void test_killed_before_prepare(void)
{
    begin_test();
    AUTO(db) struct db *fresh = open_db();
    g_autoptr(GError) error = NULL;
    kill_connection(connection_of(fresh));
    g_assert_true(add_named(fresh, "a", &error));
    g_assert_no_error(error);
    g_assert_cmpuint(count_named("a"), ==, 1);
}

static void test_killed_in_transaction(void)
{
    struct work work = { .name = "a" };
    g_autoptr(GError) error = NULL;
    begin_test();
    work.kill = connection_of(db);
    g_assert_true(db_transaction(db, add_twice, &work, &error));
    g_assert_no_error(error);
    g_assert_cmpint(work.attempts, ==, 2);
    g_assert_cmpuint(count_named("a"), ==, 1);
    g_assert_cmpuint(count_named("a2"), ==, 1);
}

static void test_killed_before_transaction(void)
{
    struct work work = { .name = "a" };
    begin_test();
    kill_connection(connection_of(db));
    g_assert_true(db_transaction(db, add_twice, &work, NULL));
    g_assert_cmpint(work.attempts, ==, 1);
}

static void test_killed_at_commit(void)
{
    struct work work = { .name = "a", .kill_late = true };
    g_autoptr(GError) error = NULL;
    begin_test();
    work.kill = connection_of(db);
    g_assert_false(db_transaction(db, add_twice, &work, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_UNCERTAIN);
    g_assert_cmpint(work.attempts, ==, 1); /* never run again: it may have been kept */
    g_assert_cmpuint(count_named("a"), ==, 0);
}

/* Work that goes on after the connection broke gets no new one in the middle of its transaction. */
static bool go_on(struct db *which, void *data, GError **error)
{
    struct work *work = data;
    g_autoptr(GError) first = NULL;
    if (work->attempts++ == 0) {
        kill_connection(work->kill);
        g_assert_false(add_named(which, work->name, &first));
    }
    return add_named(which, work->name, error);
}

static void test_goes_on(void)
{
    struct work work = { .name = "a" };
    g_autoptr(GError) error = NULL;
    begin_test();
    work.kill = connection_of(db);
    g_assert_true(db_transaction(db, go_on, &work, &error));
    g_assert_no_error(error);
    g_assert_cmpint(work.attempts, ==, 2);
    g_assert_cmpuint(count_named("a"), ==, 1);
}

static bool swallow(struct db *which, void *data, GError **error)
{
    struct work *work = data;
    (void)error;
    if (work->attempts++ == 0) {
        kill_connection(work->kill);
    }
    add_named(which, work->name, NULL);
    return true;
}

/* Work that calls itself good although its connection had broken: nothing was kept, so it is run again. */
static void test_swallows(void)
{
    struct work work = { .name = "a" };
    g_autoptr(GError) error = NULL;
    begin_test();
    work.kill = connection_of(db);
    g_assert_true(db_transaction(db, swallow, &work, &error));
    g_assert_no_error(error);
    g_assert_cmpint(work.attempts, ==, 2);
    g_assert_cmpuint(count_named("a"), ==, 1);
}

static void test_killed_with_rows_open(void)
{
    g_autoptr(GError) error = NULL;
    begin_test();
    g_assert_true(add_named(db, "a", NULL) && add_named(db, "b", NULL));
    uint64_t id = connection_of(db);
    struct db_rows *rows = db_query(db, (enum statement)LIST, NULL);
    g_assert_true(db_next(rows));
    kill_connection(id);
    g_assert_null(db_query(db, (enum statement)OTHER_READ, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_BUSY);
    g_assert_true(db_next(rows)); /* they are on this side whole */
    g_assert_cmpstr(db_get_text(rows, 1), ==, "b");
    g_assert_false(db_next(rows));
    db_rows_free(rows);
    g_assert_cmpuint(count_named("a"), ==, 1);
}

/* ---- rows as they come ---- */

struct taker {
    uint64_t rows, length, kill; /* kill: the connection to end when the tenth row comes */
};

static void take(const struct db_rows *rows, void *data)
{
    struct taker *taker = data;
    g_assert_cmpuint(db_get_u64(rows, 0), ==, ++taker->rows);
    g_assert_cmpuint(strlen(db_get_text(rows, 1)), ==, taker->rows * taker->length);
    if (taker->rows == 10 && taker->kill != 0) {
        kill_connection(taker->kill);
    }
}

static bool stream_many(struct taker *taker, GError **error)
{
    return db_stream_values(db, (enum statement)MANY, DB_VALUES(DB_U64(taker->length)), take, taker, error);
}

static void test_stream(void)
{
    g_autoptr(GError) error = NULL;
    struct taker taker = { .length = 100 }; /* from texts that fit their place to ones that do not */
    struct db_tally before = db_tally(db);
    begin_test();
    g_assert_true(stream_many(&taker, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(taker.rows, ==, 900);
    g_assert_cmpuint(db_tally(db).rows - before.rows, ==, 900);
    g_assert_true(add_named(db, "a", NULL)); /* the connection is free again */
}

/* What breaks in the midst is an error, not an end. */
static void test_stream_killed(void)
{
    g_autoptr(GError) error = NULL;
    struct taker taker = { .length = 1000 }; /* 400 MB in all: most of it is still to come */
    begin_test();
    taker.kill = connection_of(db);
    g_assert_false(stream_many(&taker, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_BUSY);
    g_assert_cmpuint(taker.rows, <, 900);
    g_assert_cmpuint(count_named("a"), ==, 0); /* on a new one */
    g_assert_cmpuint(connection_of(db), !=, taker.kill);
}

static void test_stream_permit(void)
{
    g_autoptr(GError) error = NULL;
    struct taker taker = { .length = 1 };
    begin_test();
    db_permit(db, (struct db_permit){ 0 });
    g_assert_false(stream_many(&taker, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_INTERNAL);
    g_assert_cmpuint(taker.rows, ==, 0);
}

/* Rows that others write between two statements of a snapshot are not seen. */
static bool look_twice(struct db *which, void *data, GError **error)
{
    const struct work *work = data;
    AUTO(db) struct db *other = open_db();
    g_assert_true(add_named(other, work->name, NULL));
    g_assert_cmpuint(count_named(work->name), ==, 0);
    if (work->kill != 0) {
        kill_connection(work->kill);
    }
    AUTO(db_rows) struct db_rows *rows = db_query(which, (enum statement)SUM, error);
    return rows != NULL && db_next(rows) && db_get_u64(rows, 1) == 1;
}

static void test_snapshot(void)
{
    struct work first = { .name = "b" }, second = { .name = "c" };
    g_autoptr(GError) error = NULL;
    begin_test();
    g_assert_true(add_named(db, "a", NULL));
    g_assert_true(db_snapshot(db, look_twice, &first, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(count_named("b"), ==, 1);
    /* one that broke since it was last used is replaced before the snapshot; within it, that is an error */
    kill_connection(connection_of(db));
    script("DELETE FROM test_db WHERE name = 'b';\n");
    g_assert_true(db_snapshot(db, look_twice, &second, &error));
    script("DELETE FROM test_db WHERE name = 'c';\n");
    second.kill = connection_of(db);
    g_assert_false(db_snapshot(db, look_twice, &second, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_BUSY);
    g_assert_cmpuint(count_named("c"), ==, 1);
}

/* ---- the server away ---- */

static pid_t server_pid(void)
{
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(g_getenv("DB_PID_FILE"), &text, NULL, NULL));
    return (pid_t)g_ascii_strtoll(text, NULL, 10);
}

static void check_busy(int64_t most_us)
{
    g_autoptr(GError) error = NULL;
    int64_t began = clock_ticks();
    g_assert_null(db_query(db, (enum statement)OTHER_READ, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_BUSY);
    g_assert_cmpint(clock_ticks() - began, <, most_us);
}

static void test_never_there(void)
{
    g_autofree char *socket = config->db.socket;
    g_autoptr(GError) error = NULL;
    config->db.socket = g_strdup("/nonexistent/socket");
    AUTO(db) struct db *nowhere = open_db();
    g_free(config->db.socket);
    config->db.socket = g_steal_pointer(&socket);
    g_assert_false(db_ping(nowhere, &error));
    g_assert_error(error, PORTAL_ERROR, PORTAL_BUSY);
}

/* A server that hangs costs the timeout (a second here) once for the statement and once for a new connection.
 */
static void test_paused(void)
{
    begin_test();
    g_assert_true(db_ping(db, NULL));
    pid_t pid = server_pid();
    g_assert_cmpint(kill(pid, SIGSTOP), ==, 0);
    g_usleep(300000); /* all its threads must have heard it */
    check_busy(5 * G_USEC_PER_SEC);
    check_busy(5 * G_USEC_PER_SEC);
    gint64 patience = config->db.timeout_seconds;
    config->db.timeout_seconds = 60; /* a probe does not wait as long as a page */
    int64_t began = clock_ticks();
    g_assert_false(db_probe(config, 1, NULL));
    g_assert_cmpint(clock_ticks() - began, <, 5 * G_USEC_PER_SEC);
    config->db.timeout_seconds = patience;
    g_assert_cmpint(kill(pid, SIGCONT), ==, 0);
    g_usleep(200000);
    g_assert_true(db_ping(db, NULL));
    g_assert_true(db_probe(config, 10, NULL));
    g_assert_cmpuint(count_named("a"), ==, 0);
}

static void test_ended(void)
{
    begin_test();
    g_assert_true(db_ping(db, NULL));
    g_assert_cmpint(kill(server_pid(), SIGKILL), ==, 0);
    g_usleep(300000);
    check_busy(G_USEC_PER_SEC);
    check_busy(G_USEC_PER_SEC);
    bool back = false;
    for (int i = 0; i < 300 && !back; i++) {
        g_usleep(100000);
        back = db_ping(db, NULL) && db_ping(admin, NULL) && db_ping(killer, NULL);
    }
    g_assert_true(back);
    g_assert_cmpuint(count_named("a"), ==, 0);
}

static void add_tests(void)
{
    g_test_add_func("/db/permits/role-scope-and-customer", test_permits);
    g_test_add_func("/db/permits/reading-alone", test_read_only);
    g_test_add_func("/db/values/numbers", test_numbers);
    g_test_add_func("/db/values/nulls", test_nulls);
    g_test_add_func("/db/values/texts-of-every-length", test_texts);
    g_test_add_func("/db/values/texts-whose-lengths-the-library-forgets", test_texts_forgotten);
    g_test_add_func("/db/values/bytes-as-they-are", test_bytes);
    g_test_add_func("/db/values/dates-and-moments", test_times);
    g_test_add_func("/db/values/too-long-is-refused", test_too_long);
    g_test_add_func("/db/write/conflict-and-matched-rows", test_conflict);
    g_test_add_func("/db/tally", test_tally);
    g_test_add_func("/db/slow-statements-are-logged", test_slow);
    g_test_add_func("/db/transaction/whole-or-nothing", test_transactions);
    g_test_add_func("/db/transaction/conflict-leaves-nothing", test_conflict_within);
    g_test_add_func("/db/transaction/deadlock-is-run-again", test_deadlock);
    g_test_add_func("/db/killed/read-is-asked-once-more", test_killed_before_read);
    g_test_add_func("/db/killed/write-is-uncertain", test_killed_before_write);
    g_test_add_func("/db/killed/preparing-is-asked-once-more", test_killed_before_prepare);
    g_test_add_func("/db/killed/transaction-is-run-again", test_killed_in_transaction);
    g_test_add_func("/db/killed/before-the-transaction", test_killed_before_transaction);
    g_test_add_func("/db/killed/at-commit-is-uncertain", test_killed_at_commit);
    g_test_add_func("/db/killed/no-new-connection-within-a-transaction", test_goes_on);
    g_test_add_func("/db/killed/swallowed-is-run-again", test_swallows);
    g_test_add_func("/db/killed/with-rows-open", test_killed_with_rows_open);
    g_test_add_func("/db/stream/each-row-once", test_stream);
    g_test_add_func("/db/stream/killed-in-the-midst", test_stream_killed);
    g_test_add_func("/db/stream/permit", test_stream_permit);
    g_test_add_func("/db/snapshot", test_snapshot);
    g_test_add_func("/db/away/never-there", test_never_there);
    g_test_add_func("/db/away/paused", test_paused);
    g_test_add_func("/db/away/ended-and-back", test_ended);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    signal(SIGPIPE, SIG_IGN);
    config = config_read(config_file(NULL), &error);
    g_assert_no_error(error);
    admin = db_new(config, true, &error);
    g_assert_no_error(error);
    db = open_db();
    killer = open_db();
    add_tests();
    int status = g_test_run();
    if (db_ping(admin, NULL)) {
        script("DROP TABLE IF EXISTS test_db;\n");
    }
    db_free(db);
    db_free(killer);
    db_free(admin);
    config_free(config);
    return status;
}
