/*
 * test_csv_file.c: a list as a file: nothing before the first rows, each row once, an end that is told from a break.
 */
#include "web/csv_file.h"

#include <string.h>

#define BOM "\xEF\xBB\xBF"

static void write_figure(struct csv *csv, const void *row, enum language language)
{
    (void)language;
    csv_open(csv);
    csv_number(csv, *(const guint *)row);
    csv_close(csv);
}

static void write_stars(struct csv *csv, const void *row, enum language language)
{
    g_autofree char *stars = g_strnfill(*(const guint *)row, '*');
    (void)language;
    csv_cell(csv, stars);
}

static const struct csv_column columns[] = { { LABEL_CSV_SERIAL, write_figure }, { LABEL_CSV_MEMO, write_stars } };

/* ---- a client, who may go away ---- */

static GString *got;
static guint most; /* pieces that the client takes; the head of the answer is one */

static bool take_piece(void *data, const char *bytes, gsize n)
{
    (void)data;
    if (most == 0) {
        return false;
    }
    most--;
    g_string_append_len(got, bytes, (gssize)n);
    return true;
}

struct asked {
    bool is_head;
    guint pieces; /* the client's */
    enum csv_charset charset;
    guint first, rows, chunk; /* rows from this size on, in chunks */
    bool breaks;              /* the store fails at the end */
};

/* What a store does; returns how many rows it had to read. */
static guint give(const struct row_sink *sink, const struct asked *asked)
{
    guint given = 0;
    while (given < asked->rows) {
        guint row = asked->first + given++;
        sink->row(sink->data, &row);
        if (given % asked->chunk == 0 && !sink->rest(sink->data)) {
            break;
        }
    }
    return given;
}

static guint answer(const struct asked *asked, enum outcome want)
{
    struct request request = { .is_head = asked->is_head };
    got = g_string_new(NULL);
    most = asked->pieces;
    AUTO(response) struct response *response = response_new(take_piece, NULL, asked->is_head);
    struct context context = { .request = &request, .response = response, .language = LANGUAGE_EN };
    struct csv_file *file = csv_file_begin(&context, "list.csv", asked->charset, columns, G_N_ELEMENTS(columns));
    struct row_sink sink = csv_file_sink(file);
    g_assert_false(response_is_sent(response));
    guint given = give(&sink, asked);
    g_assert_cmpint(csv_file_end(file, !asked->breaks), ==, want);
    g_assert_cmpint(response_is_sent(response), ==, !asked->breaks || asked->rows >= asked->chunk);
    return given;
}

static void check_got(const char *head, const char *body)
{
    char *end = strstr(got->str, "\r\n\r\n");
    g_assert_nonnull(end);
    g_assert_cmpstr(end + 4, ==, body);
    g_assert_nonnull(strstr(got->str, head));
    g_string_free(got, TRUE);
}

static const char type[] =
    "Content-Type: text/csv; charset=utf-8\r\nContent-Disposition: attachment; filename=\"list.csv\"";

static void test_whole(void)
{
    /* ends at a chunk's end, behind it, and before the first one */
    for (guint chunk = 1; chunk <= 4; chunk++) {
        answer(&(struct asked){ .pieces = 99, .rows = 3, .chunk = chunk }, DONE);
        check_got(type, BOM "\"SIM serial number\",\"Memo\"\r\n\"0\",\"\"\r\n\"1\",\"*\"\r\n\"2\",\"**\"\r\n");
    }
    answer(&(struct asked){ .pieces = 99, .chunk = 1 }, DONE);
    check_got(type, BOM "\"SIM serial number\",\"Memo\"\r\n");
    answer(&(struct asked){ .pieces = 99, .chunk = 1, .charset = CSV_CP932 }, DONE);
    check_got("charset=shift_jis", "\"SIM serial number\",\"Memo\"\r\n");
}

/* What was sent ends with the last chunk; before the first one nothing is, so that a page can tell. */
static void test_breaks(void)
{
    answer(&(struct asked){ .pieces = 99, .rows = 3, .chunk = 2, .breaks = true }, FAILED);
    check_got(type, BOM "\"SIM serial number\",\"Memo\"\r\n\"0\",\"\"\r\n\"1\",\"*\"\r\n");
    answer(&(struct asked){ .pieces = 99, .rows = 3, .chunk = 4, .breaks = true }, FAILED);
    g_assert_cmpstr(got->str, ==, "");
    g_string_free(got, TRUE);
}

static void test_unwanted(void)
{
    g_assert_cmpuint(answer(&(struct asked){ .pieces = 99, .rows = 100, .chunk = 10, .is_head = true }, DONE), ==, 10);
    check_got(type, "");
    /* the head of the answer and two pieces are taken, the third is not */
    g_assert_cmpuint(answer(&(struct asked){ .pieces = 3, .rows = 100, .chunk = 10 }, DONE), ==, 30);
    g_string_free(got, TRUE);
}

/* Long rows go out before their chunk is through. */
static void test_long_rows(void)
{
    guint before = 1000;
    answer(&(struct asked){ .pieces = before, .first = 30000, .rows = 1000, .chunk = 1000 }, DONE);
    g_assert_cmpuint(got->len, >, 30000000);
    g_assert_cmpuint(before - most, >=, 7);
    g_string_free(got, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv-file/each-row-once", test_whole);
    g_test_add_func("/csv-file/a-break-is-no-end", test_breaks);
    g_test_add_func("/csv-file/nobody-wants-more", test_unwanted);
    g_test_add_func("/csv-file/long-rows-are-not-kept", test_long_rows);
    return g_test_run();
}
