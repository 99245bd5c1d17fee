/*
 * test_upload_rule.c: every form of an uploaded file is read as domain.md says (Uploads of numbers): the files of
 * tests/upload against what stands beside them, cells by a table, limits, and how fast.
 */
#include "line/upload_rule.h"

#include "base/clock.h"
#include "base/csv.h"

#include <string.h>
#include <sys/resource.h>

#define HEAD "\u96FB\u8A71\u756A\u53F7"

static const char *const heads[] = { HEAD, "Phone number", NULL };

/* As upload.heads: lists of words. */
static const char *const others[] = { "\u643A\u5E2F\u96FB\u8A71\u756A\u53F7|\u56DE\u7DDA\u756A\u53F7",
                                      "TEL|Phone|MSISDN", NULL };

static char *folder(void)
{
    const char *srcdir = g_getenv("srcdir");
    return g_build_filename(srcdir != NULL ? srcdir : ".", "tests", "upload", NULL);
}

static enum upload_fault read_pieces(struct upload *upload, const char *bytes, gsize n, gsize piece)
{
    bool goes_on = true;
    for (gsize at = 0; at < n && goes_on; at += piece) {
        goes_on = upload_feed(upload, bytes + at, MIN(piece, n - at));
    }
    enum upload_fault fault = upload_end(upload);
    g_assert_true(goes_on || fault != UPLOAD_READ);
    return fault;
}

static void show_row(GString *out, const struct upload_row *row)
{
    bool has_number = row->reason == UPLOAD_GOOD || row->reason == UPLOAD_DUPLICATE;
    g_string_append_printf(out, "%u %s", row->row, has_number ? row->text : "-");
    for (guint bit = 0; bit < UPLOAD_REPAIR_N; bit++) {
        if ((row->repairs >> bit & 1) != 0) {
            g_string_append_printf(out, " %s", upload_repair_code(bit));
        }
    }
    if (row->reason != UPLOAD_GOOD) {
        g_string_append_printf(out, " %s", upload_reason_code((enum upload_reason)row->reason));
    }
    g_string_append_printf(out, "%s%s\n", has_number || *row->text == '\0' ? "" : " ", has_number ? "" : row->text);
}

/* What a file gives, as the .expect files write it. */
static char *outcome(const char *bytes, gsize n, gsize piece)
{
    AUTO(upload) struct upload *upload = upload_new(heads, others, 1000);
    enum upload_fault fault = read_pieces(upload, bytes, n, piece);
    GString *out = g_string_new(upload_fault_code(fault));
    if (fault == UPLOAD_ENDLESS) {
        g_string_append_printf(out, " %" G_GUINT64_FORMAT, upload_fault_row(upload));
    }
    g_string_append_c(out, '\n');
    guint count = 0;
    const struct upload_row *rows = upload_rows(upload, &count);
    for (guint i = 0; i < count; i++) {
        show_row(out, &rows[i]);
    }
    return g_string_free(out, FALSE);
}

static char *read_file(const char *path, gsize *n)
{
    char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &text, n, &error);
    g_assert_no_error(error);
    return text;
}

static void check_file(const char *path)
{
    static const gsize pieces[] = { 1, 2, 3, 7, 1 << 20 };
    gsize n = 0;
    g_autofree char *stem = g_strndup(path, strlen(path) - strlen(".csv"));
    g_autofree char *expect = g_strconcat(stem, ".expect", NULL);
    g_autofree char *bytes = read_file(path, &n);
    g_autofree char *want = read_file(expect, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autofree char *got = outcome(bytes, n, pieces[i]);
        g_test_message("%s", path);
        g_assert_cmpstr(got, ==, want);
    }
}

static void test_files(void)
{
    g_autofree char *path = folder();
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    guint n = 0;
    g_assert_nonnull(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        if (g_str_has_suffix(name, ".csv")) {
            g_autofree char *file = g_build_filename(path, name, NULL);
            check_file(file);
            n++;
        }
    }
    g_assert_cmpuint(n, >=, 40);
}

/* A file of `n` numbers from `first` on, as our own exports write them, within other columns. */
static char *export_file(enum csv_charset charset, guint first, guint n, gsize *length)
{
    struct csv csv;
    csv_begin(&csv, charset);
    csv_cell(&csv, "\u9867\u5BA2\u540D");
    csv_cell(&csv, HEAD);
    csv_cell(&csv, "\u30E1\u30E2");
    csv_end_row(&csv);
    for (guint i = first; i < first + n; i++) {
        g_autofree char *phone = g_strdup_printf("020-%04u-%04u", i / 10000, i % 10000);
        csv_cell(&csv, "=\u682A\u5F0F\u4F1A\u793E, \"A\"");
        csv_cell(&csv, phone);
        csv_cell(&csv, "a\r\n\U0001F363;\tb");
        csv_end_row(&csv);
    }
    char *bytes = csv_take(&csv, length);
    csv_clear(&csv);
    return bytes;
}

/* domain.md, Uploads of numbers: each fault shows the cell as it stands, whole characters, as many as there is room
 * for. */
static void test_typed(void)
{
    static const struct {
        const char *cell, *want;
    } cases[] = {
        { "020-1000-0022", "020-1000-0022" },
        { "02010000022", "02010000022" },
        { "+81 20-1000-0022", "+81 20-1000-0022" },
        { "  ０２０－１０００－００２２ ", "０２０－１０００－００２２" },
        { "8.98E+18", "8.98E+18" },
        { "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxy" },
        { "ああああああああああああああああああ", "ああああああああああああああああ" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint count = 0;
        AUTO(upload) struct upload *upload = upload_new(heads, others, 5);
        /* Below a head, so that a word is no title. */
        g_autofree char *file = g_strconcat(heads[0], "\n", cases[i].cell, NULL);
        g_assert_true(read_pieces(upload, file, strlen(file), 7) == UPLOAD_READ);
        const struct upload_row *rows = upload_rows(upload, &count);
        g_assert_cmpuint(count, ==, 1);
        g_assert_cmpstr(rows[0].typed, ==, cases[i].want);
    }
}

static void test_exports(void)
{
    for (int charset = CSV_UTF8; charset <= CSV_CP932; charset++) {
        gsize n = 0;
        guint count = 0;
        g_autofree char *bytes = export_file((enum csv_charset)charset, 9998, 5, &n);
        AUTO(upload) struct upload *upload = upload_new(heads, others, 5);
        g_assert_true(read_pieces(upload, bytes, n, 1000) == UPLOAD_READ);
        const struct upload_row *rows = upload_rows(upload, &count);
        struct upload_tally tally = upload_count(upload);
        g_assert_cmpuint(count, ==, 5);
        g_assert_cmpstr(rows[0].text, ==, "02000009998");
        g_assert_cmpstr(rows[4].text, ==, "02000010002");
        g_assert_cmpuint(rows[4].row, ==, 6);
        g_assert_true(tally.good == 5 && tally.repaired == 0 && tally.refused == 0);
    }
}

/* `good` different numbers, then `twice` times the first of them, then `bad` rows. */
static char *numbers(guint good, guint twice, guint bad)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < good; i++) {
        g_string_append_printf(text, "%s020-%04u-%04u\r\n", "", i / 10000, i % 10000);
    }
    for (guint i = 0; i < twice; i++) {
        g_string_append(text, "020-0000-0000\r\n");
    }
    for (guint i = 0; i < bad; i++) {
        g_string_append(text, "x\n");
    }
    return g_string_free(text, FALSE);
}

static void test_limits(void)
{
    static const struct {
        guint most, good, twice, bad;
        enum upload_fault want;
    } cases[] = {
        { 3, 3, 0, 0, UPLOAD_READ },
        { 3, 4, 0, 0, UPLOAD_TOO_MANY },
        { 3, 3, 5, 7, UPLOAD_READ }, /* what is refused anyway is not too many */
        { 3, 4, 5, 7, UPLOAD_TOO_MANY },
        { 3, 1, 0, 100000, UPLOAD_READ },
        { 3, 1, 0, 100001, UPLOAD_TOO_MANY },
        { 3, 3, 100000, 0, UPLOAD_READ },
        { 3, 3, 100001, 0, UPLOAD_TOO_MANY },
        { 100000, 100000, 0, 0, UPLOAD_READ },
        { 100000, 100001, 0, 0, UPLOAD_TOO_MANY },
        { 100000, 100000, 0, 100000, UPLOAD_READ },
        { 100000, 0, 0, 0, UPLOAD_NOTHING },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = numbers(cases[i].good, cases[i].twice, cases[i].bad);
        AUTO(upload) struct upload *upload = upload_new(heads, others, cases[i].most);
        g_test_message("%u: %u %u %u", cases[i].most, cases[i].good, cases[i].twice, cases[i].bad);
        g_assert_cmpint(read_pieces(upload, text, strlen(text), 65536), ==, cases[i].want);
        struct upload_tally tally = upload_count(upload);
        if (cases[i].want == UPLOAD_READ) {
            g_assert_cmpuint(tally.good, ==, cases[i].good);
            g_assert_cmpuint(tally.refused, ==, cases[i].twice + cases[i].bad);
        }
    }
}

static void test_refuse(void)
{
    static const char text[] = "020-1000-0022\n2010000023\nx\n";
    guint n = 0;
    AUTO(upload) struct upload *upload = upload_new(heads, others, 9);
    g_assert_true(read_pieces(upload, text, strlen(text), 5) == UPLOAD_READ);
    struct upload_tally tally = upload_count(upload);
    g_assert_true(tally.good == 2 && tally.repaired == 1 && tally.refused == 1);
    upload_refuse(upload, 1, UPLOAD_UNKNOWN);
    upload_refuse(upload, 2, UPLOAD_UNKNOWN);
    tally = upload_count(upload);
    g_assert_true(tally.good == 1 && tally.repaired == 0 && tally.refused == 2);
    const struct upload_row *rows = upload_rows(upload, &n);
    g_assert_cmpstr(upload_reason_code((enum upload_reason)rows[1].reason), ==, "unknown");
    g_assert_cmpstr(rows[1].text, ==, "02010000023");
}

/* What a refused cell holds is kept up to 25 bytes, whole characters. */
static void test_kept_text(void)
{
    static const struct {
        const char *cell, *want;
    } cases[] = {
        { "aaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaa" },
        { "aaaaaaaaaaaaaaaaaaaaaaaaab", "aaaaaaaaaaaaaaaaaaaaaaaaa" },
        { "aaaaaaaaaaaaaaaaaaaaaa\u3042b", "aaaaaaaaaaaaaaaaaaaaaa\u3042" },
        { "aaaaaaaaaaaaaaaaaaaaaaa\u3042b", "aaaaaaaaaaaaaaaaaaaaaaa" },
        { "aaaaaaaaaaaaaaaaaaaaaaaa\u3042b", "aaaaaaaaaaaaaaaaaaaaaaaa" },
        { "aaaaaaaaaaaaaaaaaaaaaaa\U0001F363b", "aaaaaaaaaaaaaaaaaaaaaaa" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint n = 0;
        AUTO(upload) struct upload *upload = upload_new(heads, others, 9);
        g_autofree char *file = g_strconcat(HEAD "\n", cases[i].cell, NULL);
        read_pieces(upload, file, strlen(file), 100);
        g_assert_cmpstr(upload_rows(upload, &n)->text, ==, cases[i].want);
    }
}

/* 100,000 numbers, each to be repaired: the slow way for all of them. Comes first, so that no other test has
 * raised the process's memory before. */
static void test_speed(void)
{
    GString *text = g_string_new(HEAD "\r\n");
    struct rusage before, after;
    for (guint i = 100000; i > 0; i--) {
        g_string_append_printf(text, "\uFF10\uFF12\uFF10 %04u %04u\r\n", i / 10000, i % 10000);
    }
    getrusage(RUSAGE_SELF, &before);
    int64_t began = clock_ticks();
    AUTO(upload) struct upload *upload = upload_new(heads, others, 100000);
    enum upload_fault fault = read_pieces(upload, text->str, text->len, 65536);
    int64_t took = clock_ticks() - began;
    getrusage(RUSAGE_SELF, &after);
    g_assert_true(fault == UPLOAD_READ && upload_count(upload).repaired == 100000);
    g_test_message("%" G_GINT64_FORMAT " us, %ld KiB", took, after.ru_maxrss - before.ru_maxrss);
#ifndef __SANITIZE_ADDRESS__
    g_assert_cmpint(took, <, 2000000); /* ten times what it takes: a slip to quadratic is a thousand times */
    g_assert_cmpint(after.ru_maxrss - before.ru_maxrss, <, 16384);
#endif
    g_string_free(text, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/upload/100000-numbers", test_speed);
    g_test_add_func("/upload/files", test_files);
    g_test_add_func("/upload/cell-as-typed", test_typed);
    g_test_add_func("/upload/our-exports-come-back", test_exports);
    g_test_add_func("/upload/limits", test_limits);
    g_test_add_func("/upload/refused-later", test_refuse);
    g_test_add_func("/upload/beginning-of-a-cell", test_kept_text);
    return g_test_run();
}
