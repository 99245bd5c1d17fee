/*
 * test_kinds.c: the hooks of every kind of request with 1 line and with 1,000, of two customers and in every state the
 * kind may start from: as many statements for the one as for the other, and afterwards each line, each count and each
 * line's history say so. Needs a migrated database: tests/sql/run gives it one.
 */
#include "contract/contract.h"
#include "recharge/recharge.h"

#include "base/error.h"
#include "base/json.h"

#include <string.h>

enum { FIRST_LINE = 100001, MANY = 1000, CUSTOMER = 901 };

static struct db *db, *admin;
static const struct moment now = { INT64_C(1772000000) * 1000000 }; /* 2026-02-25, Tokyo */

static void script(const char *sql)
{
    g_autoptr(GError) error = NULL;
    db_script(admin, sql, &error);
    g_assert_no_error(error);
}

/* `condition` is a number that must be 1; the table refuses anything else, and the message names it. */
G_GNUC_PRINTF(1, 2) static void holds(const char *condition, ...)
{
    va_list arguments;
    va_start(arguments, condition);
    g_autofree char *text = g_strdup_vprintf(condition, arguments);
    va_end(arguments);
    g_autofree char *sql = g_strdup_printf("INSERT INTO test_holds SELECT IFNULL((%s), 0);\n", text);
    g_test_message("%s", text);
    script(sql);
}

static void make_tables(void)
{
    script("CREATE TABLE test_holds (good INT CHECK (good = 1));\n");
}

/* The n-th state that the kind may start from, round and round; failed only where nothing else is asked of it. */
static enum line_state state_of(const struct request_kind *kind, guint n)
{
    GArray *states = g_array_new(FALSE, FALSE, sizeof(enum line_state));
    for (enum line_state state = 0; state < LINE_STATE_N; state++) {
        if (kind->moves.from & 1U << state) {
            g_array_append_val(states, state);
        }
    }
    enum line_state state = g_array_index(states, enum line_state, n % states->len);
    g_array_unref(states);
    return state;
}

static uint64_t customer_of(guint n)
{
    return CUSTOMER + n / 3 % 2;
}

/* Fresh lines in the states of the batch, throttled, with a month, a plan and a project; and their counts. */
static void make_lines(const struct request_batch *batch)
{
    GString *sql =
        g_string_new("DELETE FROM line_event WHERE line_id > 100000;\nDELETE FROM recharge WHERE line_id > 100000;\n"
                     "DELETE FROM line_month WHERE line_id > 100000;\nDELETE FROM line_plan WHERE line_id > 100000;\n"
                     "DELETE FROM line_project WHERE line_id > 100000;\nDELETE FROM line WHERE id > 100000;\n"
                     "INSERT INTO line (id, customer_id, project_id, phone, serial, kind, size, state, throttled, "
                     "service_id, plan_id, created_at) VALUES ");
    for (guint i = 0; i < batch->n; i++) {
        const struct request_line *line = &batch->lines[i];
        g_string_append_printf(sql, "%s(%u, %u, %u, '%s', '%s', 'card', 'nano', '%s', 1, 901, 901, NOW())",
                               i > 0 ? ", " : "", (guint)line->line, (guint)line->customer, (guint)line->customer,
                               line->phone, line->serial, line_state_code(line->state));
    }
    g_string_append(
        sql, ";\nINSERT INTO line_month (month, line_id, customer_id, capacity_bytes, used_bytes, remaining_bytes)\n"
             "  SELECT 202602, id, customer_id, 500000000, 700000000, 0 FROM line WHERE id > 100000;\n"
             "INSERT INTO line_plan SELECT id, '2026-01-01', NULL, 901 FROM line WHERE id > 100000;\n"
             "INSERT INTO line_project SELECT id, '2026-01-01', NULL, project_id FROM line WHERE id > 100000;\n"
             "UPDATE customer_count n SET");
    for (enum line_state state = 0; state < LINE_STATE_N; state++) {
        g_string_append_printf(
            sql, " `%s` = (SELECT COUNT(*) FROM line l WHERE l.customer_id = n.customer_id AND l.state = '%s'),",
            line_state_code(state), line_state_code(state));
    }
    g_string_append(sql,
                    " throttled = (SELECT COUNT(*) FROM line l WHERE l.customer_id = n.customer_id AND l.throttled = 1)"
                    " WHERE customer_id IN (901, 902);\n");
    script(sql->str);
    g_string_free(sql, TRUE);
}

static struct request_fields *fields_of(const struct request_kind *kind)
{
    struct request_fields *fields = request_fields_new();
    request_fields_set(fields, REQUEST_FIELD_DATE, "2026-02-25");
    request_fields_set(fields, CONTRACT_FIELD_REASON, "other");
    if (kind == &recharge_line_kind) {
        request_fields_set(fields, RECHARGE_FIELD_CAPACITY, "1000000000");
    }
    return fields;
}

static struct request_batch batch_of(const struct request_kind *kind, const struct request_fields *fields, guint n)
{
    static const struct actor worker = { .kind = ACTOR_WORKER, .name = "worker", .address = "", .request_id = "" };
    struct request_batch batch = {
        .kind = kind, .now = now, .actor = &worker, .lines = g_new0(struct request_line, n), .n = n
    };
    for (guint i = 0; i < n; i++) {
        batch.lines[i] = (struct request_line){ .line = FIRST_LINE + i,
                                                .customer = customer_of(i),
                                                .item = 500001 + i,
                                                .request = 7,
                                                .state = state_of(kind, i),
                                                .service = 901,
                                                .plan = 901,
                                                .round = 1,
                                                .effective = moment_date(now),
                                                .fields = fields };
        g_snprintf(batch.lines[i].phone, sizeof batch.lines[i].phone, "02099%06u", i);
        g_snprintf(batch.lines[i].serial, sizeof batch.lines[i].serial, "TK%010u", i);
    }
    make_lines(&batch);
    return batch;
}

struct running {
    request_hook *hook;
    struct request_batch *batch;
};

static bool in_transaction(struct db *inner, void *data, GError **error)
{
    struct running *running = data;
    return running->hook(inner, running->batch, error);
}

/* How many statements it took. */
static guint run(request_hook *hook, struct request_batch *batch)
{
    g_autoptr(GError) error = NULL;
    struct running running = { hook, batch };
    uint64_t before = db_tally(db).statements;
    db_transaction(db, in_transaction, &running, &error);
    g_assert_no_error(error);
    return (guint)(db_tally(db).statements - before);
}

/* Every line stands in `to`, its history says from where (nothing of one that stood there), and the counts are what is
 * counted. */
static void expect_states(const struct request_batch *batch, const char *to)
{
    guint moved = 0;
    for (guint i = 0; i < batch->n; i++) {
        moved += strcmp(line_state_code(batch->lines[i].state), to) != 0;
    }
    holds("SELECT COUNT(*) = %u FROM line WHERE id > 100000 AND state = '%s'", batch->n, to);
    holds(
        "SELECT COUNT(*) = %u FROM line_event e WHERE e.line_id > 100000 AND e.kind = 'state' AND e.to_text = '%s' AND "
        "e.item_id = 400000 + e.line_id",
        moved, to);
    for (guint i = 0; i < MIN(batch->n, 6); i++) {
        const char *from = line_state_code(batch->lines[i].state);
        if (strcmp(from, to) != 0) {
            holds("SELECT from_text = '%s' FROM line_event WHERE line_id = %u", from, (guint)batch->lines[i].line);
        }
    }
}

static void expect_counts(void)
{
    for (enum line_state state = 0; state < LINE_STATE_N; state++) {
        holds("SELECT SUM(n.`%s` <> (SELECT COUNT(*) FROM line l WHERE l.customer_id = n.customer_id AND l.state = "
              "'%s')) = 0 "
              "FROM customer_count n WHERE n.customer_id IN (901, 902)",
              line_state_code(state), line_state_code(state));
    }
    holds("SELECT SUM(n.throttled <> (SELECT COUNT(*) FROM line l WHERE l.customer_id = n.customer_id AND l.throttled "
          "= 1)) = 0 "
          "FROM customer_count n WHERE n.customer_id IN (901, 902)");
}

static void expect_done(const struct request_batch *batch)
{
    if (batch->kind->moves.to != REQUEST_UNCHANGED) {
        expect_states(batch, line_state_code((enum line_state)batch->kind->moves.to));
    } else {
        /* 0.70 used of 0.50: the overuse is set aside, the recharge is left whole and ends the throttling. */
        holds(
            "SELECT COUNT(*) = %u AND SUM(overuse_bytes = 200000000 AND valid_until = '2026-05-31') = %u FROM recharge "
            "WHERE line_id > 100000",
            batch->n, batch->n);
        holds("SELECT SUM(throttled) = 0 FROM line WHERE id > 100000");
        holds("SELECT SUM(remaining_bytes <> 1000000000) = 0 FROM line_month WHERE line_id > 100000");
    }
    if (batch->kind == &contract_terminate) {
        holds("SELECT COUNT(*) = 0 FROM line_plan WHERE line_id > 100000 AND to_on IS NULL");
        holds("SELECT COUNT(*) = 0 FROM line_project WHERE line_id > 100000 AND to_on IS NULL");
    }
    expect_counts();
}

static void free_batch(struct request_batch *batch)
{
    g_free(batch->lines);
}

/* ---- the hooks ---- */

static guint apply(const struct request_kind *kind, guint n)
{
    AUTO(request_fields) struct request_fields *fields = fields_of(kind);
    struct request_batch batch = batch_of(kind, fields, n);
    guint taken = run(kind->apply, &batch);
    expect_done(&batch);
    free_batch(&batch);
    return taken;
}

static guint undo(const struct request_kind *kind, guint n)
{
    AUTO(request_fields) struct request_fields *fields = fields_of(kind);
    struct request_batch batch = batch_of(kind, fields, n);
    guint taken = run(kind->undo, &batch);
    expect_states(&batch, "failed");
    expect_counts();
    free_batch(&batch);
    return taken;
}

/* Every other line is one that the kind refuses; a refusal that was found before stays. */
static guint check(const struct request_kind *kind, guint n)
{
    AUTO(request_fields) struct request_fields *fields = fields_of(kind);
    struct request_batch batch = batch_of(kind, fields, n);
    bool in_group = kind == &recharge_line_kind;
    for (guint i = 0; i < n; i++) {
        batch.lines[i].group = in_group && i % 2 == 0 ? 5 : 0;
        batch.lines[i].is_protected = !in_group && i % 2 == 0;
        batch.lines[i].refusal = i % 10 == 4 ? REFUSAL_COLLIDES : REFUSAL_NONE;
    }
    guint taken = run(kind->check, &batch);
    for (guint i = 0; i < n; i++) {
        enum refusal refused = in_group ? REFUSAL_IN_GROUP : REFUSAL_PROTECTED;
        g_assert_cmpint(batch.lines[i].refusal, ==,
                        i % 10 == 4  ? REFUSAL_COLLIDES
                        : i % 2 == 0 ? refused
                                     : REFUSAL_NONE);
    }
    free_batch(&batch);
    return taken;
}

static void test_hook(guint (*with)(const struct request_kind *, guint), gsize offset)
{
    guint kinds = 0;
    for (guint i = 0; i < request_kinds_n; i++) {
        const struct request_kind *kind = request_kinds[i];
        if (G_STRUCT_MEMBER(request_hook *, kind, offset) == NULL) {
            continue;
        }
        g_test_message("%s", kind->code);
        g_assert_cmpuint(with(kind, 1), ==, with(kind, MANY));
        kinds++;
    }
    g_assert_cmpuint(kinds, >, 0);
}

static void test_apply(void)
{
    test_hook(apply, G_STRUCT_OFFSET(struct request_kind, apply));
}

static void test_undo(void)
{
    test_hook(undo, G_STRUCT_OFFSET(struct request_kind, undo));
}

static void test_check(void)
{
    test_hook(check, G_STRUCT_OFFSET(struct request_kind, check));
}

static void test_operation(void)
{
    for (guint i = 0; i < request_kinds_n; i++) {
        const struct request_kind *kind = request_kinds[i];
        AUTO(request_fields) struct request_fields *fields = fields_of(kind);
        const struct request_line line = { .line = 1, .fields = fields, .effective = moment_date(now) };
        g_autofree char *text = kind->arguments != NULL ? kind->arguments(&line) : NULL;
        struct json_object *object = text != NULL ? json_tokener_parse(text) : NULL;
        g_test_message("%s: %s", kind->code, text);
        g_assert_true(kind->operation != NULL && *kind->operation != '\0' && strlen(kind->letters) == 2);
        g_assert_true(text == NULL || json_object_is_type(object, json_type_object));
        json_object_put(object);
    }
}

/* Reasons and capacities that are not on offer are refused; a price is what the table of prices says. */
static void test_fields(void)
{
    for (guint i = 0; i < request_kinds_n; i++) {
        const struct request_kind *kind = request_kinds[i];
        AUTO(request_fields) struct request_fields *fields = fields_of(kind);
        g_autoptr(GError) error = NULL;
        int64_t yen = 0;
        g_test_message("%s", kind->code);
        if (kind->price != NULL) {
            g_assert_true(kind->price(db, fields, moment_date(now), &yen, &error));
            g_assert_cmpint(yen, ==, 300);
        }
        if (kind->fields_are_good == NULL) {
            continue;
        }
        g_assert_true(kind->fields_are_good(db, fields, moment_date(now), &error));
        g_assert_no_error(error);
        request_fields_set(fields, CONTRACT_FIELD_REASON, "whim");
        request_fields_set(fields, RECHARGE_FIELD_CAPACITY, "1000000001");
        g_assert_false(kind->fields_are_good(db, fields, moment_date(now), &error));
        g_assert_error(error, PORTAL_ERROR, PORTAL_INVALID);
    }
}

static struct db *connect_as(const struct config *config, bool is_admin)
{
    g_autoptr(GError) error = NULL;
    struct db *connection = db_new(config, is_admin, &error);
    g_assert_no_error(error);
    db_permit(connection, (struct db_permit){ .roles = ROLE_READ | ROLE_WRITE,
                                              .scopes = SCOPE_WORKER | SCOPE_CATALOGUE | SCOPE_JOURNAL | SCOPE_CUSTOMER,
                                              .any_customer = true });
    return connection;
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    AUTO(config) struct config *config = config_read(config_file(NULL), &error);
    g_assert_no_error(error);
    db = connect_as(config, false);
    admin = connect_as(config, true);
    make_tables();
    g_test_add_func("/kinds/apply-takes-1-and-1000", test_apply);
    g_test_add_func("/kinds/undo-takes-1-and-1000", test_undo);
    g_test_add_func("/kinds/check-takes-1-and-1000", test_check);
    g_test_add_func("/kinds/operation-and-arguments", test_operation);
    g_test_add_func("/kinds/fields-and-price", test_fields);
    int status = g_test_run();
    db_free(db);
    db_free(admin);
    return status;
}
