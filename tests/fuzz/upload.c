/*
 * upload.c: fuzzes files of phone numbers. The first byte steers: the size of pieces, and whether the input lies across
 * the end of the reader's first window. Pieces change nothing, what is read has the form that is stored, each number
 * stands once, and a file of ours made of what was read gives the same.
 */
#include "fuzz.h"

#include "base/csv.h"
#include "base/text.h"
#include "line/number_rule.h"
#include "line/upload_rule.h"

enum { MOST = 20, WINDOW = 65536 };

static const char *const heads[] = { "\u96FB\u8A71\u756A\u53F7", "Phone number", NULL };
/* As upload.heads: lists of words. */
static const char *const others[] = { "TEL|Phone", NULL };

static struct upload *read_upload(const char *bytes, gsize n, gsize piece, enum upload_fault *fault)
{
    struct upload *upload = upload_new(heads, others, MOST);
    for (gsize at = 0; at < n && upload_feed(upload, bytes + at, MIN(piece, n - at)); at += piece) {
    }
    *fault = upload_end(upload);
    return upload;
}

static void check_row(const struct upload_row *row, GHashTable *seen)
{
    gsize n = strnlen(row->text, sizeof row->text);
    g_assert_cmpuint(n, <=, UPLOAD_TEXT_MOST);
    g_assert_true(text_is_clean(row->text, n, true));
    g_assert_true(row->reason < UPLOAD_REASON_N && row->reason != UPLOAD_UNKNOWN);
    g_assert_cmpint(row->repairs >> UPLOAD_REPAIR_N, ==, 0);
    g_assert_nonnull(upload_reason_code((enum upload_reason)row->reason));
    if (row->reason == UPLOAD_GOOD || row->reason == UPLOAD_DUPLICATE) {
        g_autofree char *shown = number_phone_show(row->text);
        g_autofree char *read = number_phone_read(shown);
        g_assert_cmpstr(read, ==, row->text);
        g_assert_cmpint(g_hash_table_add(seen, (gpointer)row->text), ==, row->reason == UPLOAD_GOOD);
    } else {
        g_assert_cmpint(row->repairs, ==, 0);
    }
}

static void check_rows(const struct upload *upload)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    guint n = 0, good = 0;
    const struct upload_row *rows = upload_rows(upload, &n);
    for (guint i = 0; i < n; i++) {
        g_assert_true(i == 0 || rows[i].row > rows[i - 1].row);
        good += rows[i].reason == UPLOAD_GOOD;
        check_row(&rows[i], seen);
    }
    struct upload_tally tally = upload_count(upload);
    g_assert_true(tally.good == good && tally.refused == n - good && tally.repaired <= good);
}

static void check_same(const struct upload *a, const struct upload *b)
{
    guint n = 0, m = 0;
    const struct upload_row *x = upload_rows(a, &n), *y = upload_rows(b, &m);
    g_assert_cmpuint(n, ==, m);
    g_assert_cmpuint(upload_fault_row(a), ==, upload_fault_row(b));
    for (guint i = 0; i < n; i++) {
        g_assert_true(x[i].row == y[i].row && x[i].reason == y[i].reason && x[i].repairs == y[i].repairs);
        g_assert_cmpstr(x[i].text, ==, y[i].text);
    }
}

/* Our own file of the good rows, the number in the second column. */
static void check_exported(const struct upload *upload, enum csv_charset charset)
{
    struct csv csv;
    guint n = 0, m = 0, good = 0;
    gsize length = 0;
    enum upload_fault fault = UPLOAD_READ;
    const struct upload_row *rows = upload_rows(upload, &n);
    csv_begin(&csv, charset);
    csv_cell(&csv, "\u9867\u5BA2");
    csv_cell(&csv, heads[0]);
    csv_end_row(&csv);
    for (guint i = 0; i < n; i++) {
        g_autofree char *shown = number_phone_show(rows[i].text);
        if (rows[i].reason == UPLOAD_GOOD) {
            csv_cell(&csv, "\u682A\u5F0F, \"\u793E\"\r\n;\t");
            csv_cell(&csv, shown);
            csv_end_row(&csv);
        }
    }
    g_autofree char *bytes = csv_take(&csv, &length);
    csv_clear(&csv);
    AUTO(upload) struct upload *again = read_upload(bytes, length, length, &fault);
    const struct upload_row *got = upload_rows(again, &m);
    for (guint i = 0; i < n; i++) {
        if (rows[i].reason == UPLOAD_GOOD) {
            g_assert_cmpuint(good, <, m);
            g_assert_true(got[good].reason == UPLOAD_GOOD && got[good].repairs == 0);
            g_assert_cmpstr(got[good].text, ==, rows[i].text);
            g_assert_cmpuint(got[good].row, ==, good + 2); /* the head line is the first */
            good++;
        }
    }
    g_assert_cmpuint(m, ==, good);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static GIConv kept; /* so that its module is not loaded anew for each input */
    guint steer = fuzz_byte(&data, &size);
    gsize pad = steer >= 248 ? WINDOW - MIN(size, (gsize)(steer - 248) * 8) : 0;
    gsize n = pad + size;
    g_autofree char *bytes = g_strnfill(n, ' ');
    enum upload_fault fault = UPLOAD_READ, fault_of_pieces = UPLOAD_READ;
    for (gsize i = 0; i < pad; i += 64) {
        bytes[i] = '\n';
    }
    memcpy(bytes + pad, data, size);
    kept = kept == NULL ? g_iconv_open("UTF-8", "CP932") : kept;
    AUTO(upload) struct upload *whole = read_upload(bytes, n, MAX(n, 1), &fault);
    AUTO(upload)
    struct upload *pieces = read_upload(bytes, n, 1 + steer % 100 + (pad > 0 ? 30000 : 0), &fault_of_pieces);
    g_assert_cmpint(fault, ==, fault_of_pieces);
    check_same(whole, pieces);
    check_rows(whole);
    if (fault == UPLOAD_READ) {
        g_assert_cmpuint(upload_count(whole).good, <=, MOST);
        check_exported(whole, steer % 2 == 0 ? CSV_UTF8 : CSV_CP932);
    }
    return 0;
}
