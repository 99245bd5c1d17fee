/*
 * test_statements.c: walks the statement table: each statement is prepared and explained by a real database,
 * and is what its head line says. Needs a migrated database: tests/sql/run gives it one.
 */
#include "db/db.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static struct db *db;

static guint count_of(const char *text, const char *piece)
{
    guint count = 0;
    for (const char *at = text; (at = strstr(at, piece)) != NULL; at += strlen(piece)) {
        count++;
    }
    return count;
}

static bool begins(const char *sql, const char *word)
{
    return g_str_has_prefix(sql, word) && !g_ascii_isalnum(sql[strlen(word)]);
}

static bool is_select(const struct statement_entry *entry)
{
    return begins(entry->sql, "SELECT") || begins(entry->sql, "(SELECT") || begins(entry->sql, "WITH");
}

static void test_explained(void)
{
    for (int i = 0; i < STATEMENT_N; i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", statements[i].name);
        db_explain(db, (enum statement)i, &error);
        g_assert_no_error(error);
    }
}

static void test_roles(void)
{
    static const char *const changing[] = { "FOR UPDATE", "LOCK IN SHARE MODE", "INTO OUTFILE", "INTO DUMPFILE",
                                            "GET_LOCK",   "RELEASE_LOCK",       "SLEEP(",       "BENCHMARK(" };
    for (int i = 0; i < STATEMENT_N; i++) {
        const struct statement_entry *entry = &statements[i];
        g_test_message("%s", entry->name);
        g_assert_cmpint(entry->rows == ROWS_NONE, ==, !is_select(entry));
        g_assert_true(is_select(entry) || begins(entry->sql, "INSERT") || begins(entry->sql, "UPDATE") ||
                      begins(entry->sql, "DELETE"));
        if (entry->role == ROLE_READ) {
            g_assert_true(is_select(entry));
            for (gsize j = 0; j < G_N_ELEMENTS(changing); j++) {
                g_assert_null(strstr(entry->sql, changing[j]));
            }
        }
        /* the gate's statements are the session's, and no page can reach either */
        g_assert_cmpint(entry->role == ROLE_GATE, ==, entry->scope == SCOPE_SESSION);
    }
}

static void test_scopes(void)
{
    for (int i = 0; i < STATEMENT_N; i++) {
        const struct statement_entry *entry = &statements[i];
        g_test_message("%s", entry->name);
        g_assert_cmpuint((guint)entry->parameters, ==, count_of(entry->sql, "?"));
        g_assert_cmpint(entry->scope == SCOPE_CUSTOMER, ==, entry->customer >= 0);
        if (entry->scope == SCOPE_CUSTOMER) {
            const char *at = strstr(entry->sql, "customer_id = ?");
            g_assert_nonnull(at);
            g_autofree char *before = g_strndup(entry->sql, (gsize)(at - entry->sql));
            g_assert_cmpuint((guint)entry->customer, ==, count_of(before, "?"));
            /* a condition, no assignment, and no alternative to another one */
            const char *where = strstr(entry->sql, "WHERE");
            g_assert_true(where != NULL && where < at);
            g_assert_null(strstr(before, " OR l.customer_id"));
        }
        if (entry->scope == SCOPE_JOURNAL) {
            g_assert_true(begins(entry->sql, "INSERT"));
        }
    }
}

static void test_lists(void)
{
    guint lists = 0;
    for (int i = 0; i < STATEMENT_N; i++) {
        const struct statement_entry *entry = &statements[i];
        if (g_str_has_prefix(entry->name, "line_list_")) {
            g_test_message("%s", entry->name);
            g_assert_nonnull(strstr(entry->sql, "FORCE INDEX ("));
            g_assert_nonnull(strstr(entry->sql, "LIMIT ?"));
            g_assert_nonnull(strstr(entry->sql, "STRAIGHT_JOIN line l"));
            lists++;
        }
    }
    g_assert_cmpuint(lists, >, 45);
}

/* Chunks of a file come in the order of an index, row after row: no table without one, nothing gathered and sorted. */
static void test_files(void)
{
    guint files = 0;
    for (int i = 0; i < STATEMENT_N; i++) {
        const struct statement_entry *entry = &statements[i];
        if (!g_str_has_prefix(entry->name, "line_csv_") || g_str_equal(entry->name, "line_csv_of_ids")) {
            continue;
        }
        g_test_message("%s", entry->name);
        g_assert_nonnull(strstr(entry->sql, "LIMIT ?"));
        g_assert_null(strstr(entry->sql, "OFFSET"));
        g_assert_cmpuint(count_of(entry->sql, "JOIN "), <, count_of(entry->sql, "FORCE INDEX ("));
        files++;
    }
    g_assert_cmpuint(files, ==, 16);
}

static void test_dialect(void)
{
    static const char *const refused[] = {
        "RETURNING", "CREATE OR REPLACE", "SELECT *", "REPLACE INTO", "SQL_CALC_FOUND_ROWS", "ALTER ",
        "DROP ",     "TRUNCATE",          "LOAD DATA"
    };
    for (int i = 0; i < STATEMENT_N; i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(refused); j++) {
            g_test_message("%s: %s", statements[i].name, refused[j]);
            g_assert_null(strstr(statements[i].sql, refused[j]));
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    AUTO(config) struct config *config = config_read(config_file(NULL), &error);
    g_assert_no_error(error);
    db = db_new(config, false, &error);
    g_assert_no_error(error);
    g_test_add_func("/statements/each-is-prepared-and-explained", test_explained);
    g_test_add_func("/statements/role-read-never-writes", test_roles);
    g_test_add_func("/statements/scope-customer-has-the-customer", test_scopes);
    g_test_add_func("/statements/lists-of-lines-name-their-index", test_lists);
    g_test_add_func("/statements/files-of-lines-come-from-an-index", test_files);
    g_test_add_func("/statements/no-mariadb-only-sql", test_dialect);
    int status = g_test_run();
    db_free(db);
    return status;
}
