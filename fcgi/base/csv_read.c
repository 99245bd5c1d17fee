/*
 * csv_read.c: libcsv fed with windows of bytes. Both charsets may be cut into cells before they are decoded: no byte of
 * a longer character of either is a separator, a quote or a line end.
 */
#include "base/csv_read.h"

#include "base/text.h"

#include <csv.h>
#include <string.h>

enum { WINDOW = 65536 };
enum charset { CHARSET_OPEN, CHARSET_UTF8, CHARSET_CP932 };

struct csv_reader {
    csv_take_row *take;
    void *data;
    struct csv_parser parser;
    GString *window; /* what came and was not parsed yet */
    GString *row;    /* the cells of the present row as they came, each with a NUL behind it */
    GArray *ends;    /* of each cell in `row` (gsize) */
    GPtrArray *cells;
    GPtrArray *decoded; /* cells of the row that had to be decoded */
    GIConv cp932;
    enum charset charset;
    bool has_begun;
    int last_end; /* the character that ended the row before */
    uint64_t rows;
    enum csv_fault fault;
};

struct csv_reader *csv_reader_new(csv_take_row *take, void *data)
{
    struct csv_reader *reader = g_new0(struct csv_reader, 1);
    reader->take = take;
    reader->data = data;
    reader->window = g_string_sized_new(WINDOW);
    reader->row = g_string_sized_new(1024);
    reader->ends = g_array_new(FALSE, FALSE, sizeof(gsize));
    reader->cells = g_ptr_array_new();
    reader->decoded = g_ptr_array_new_with_free_func(g_free);
    reader->cp932 = g_iconv_open("UTF-8", "CP932");
    g_assert(csv_init(&reader->parser, CSV_REPALL_NL) == 0);
    return reader;
}

void csv_reader_free(struct csv_reader *reader)
{
    csv_free(&reader->parser);
    g_iconv_close(reader->cp932);
    g_string_free(reader->window, TRUE);
    g_string_free(reader->row, TRUE);
    g_array_unref(reader->ends);
    g_ptr_array_unref(reader->cells);
    g_ptr_array_unref(reader->decoded);
    g_free(reader);
}

uint64_t csv_reader_row(const struct csv_reader *reader)
{
    return reader->rows;
}

/* ---- cells ---- */

static bool is_plain(const char *text, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (text[i] < 0x20 || text[i] > 0x7E) {
            return false;
        }
    }
    return true;
}

/* The cell as text; NULL if it is none. */
static const char *decode(struct csv_reader *reader, const char *bytes, gsize n)
{
    if (is_plain(bytes, n)) {
        return bytes;
    }
    if (reader->charset != CHARSET_CP932) {
        return text_is_clean(bytes, n, true) ? bytes : NULL;
    }
    gsize length = 0;
    char *text = g_convert_with_iconv(bytes, (gssize)n, reader->cp932, NULL, &length, NULL);
    if (text == NULL) {
        return NULL;
    }
    g_ptr_array_add(reader->decoded, text);
    return text_is_clean(text, length, true) ? text : NULL;
}

static void take_cell(void *cell, size_t n, void *data)
{
    struct csv_reader *reader = data;
    if (reader->fault == CSV_READ_GOOD) {
        g_string_append_len(reader->row, cell, (gssize)n);
        g_array_append_val(reader->ends, reader->row->len);
        g_string_append_c(reader->row, '\0');
    }
}

static bool give_row(struct csv_reader *reader)
{
    gsize start = 0;
    for (guint i = 0; i < reader->ends->len; i++) {
        gsize stop = g_array_index(reader->ends, gsize, i);
        g_ptr_array_add(reader->cells, (gpointer)decode(reader, reader->row->str + start, stop - start));
        start = stop + 1;
    }
    bool go_on =
        reader->take(reader->data, reader->rows, (const char *const *)reader->cells->pdata, reader->cells->len);
    g_ptr_array_set_size(reader->cells, 0);
    g_ptr_array_set_size(reader->decoded, 0);
    return go_on;
}

/* libcsv calls this for every line end outside of quotes; the LF of a CRLF is none. */
static void take_row(int end, void *data)
{
    struct csv_reader *reader = data;
    guint n = reader->ends->len;
    bool is_pair = n == 0 && end == CSV_LF && reader->last_end == CSV_CR;
    reader->last_end = is_pair ? CSV_LF : end;
    if (is_pair || reader->fault != CSV_READ_GOOD) {
        return;
    }
    if (reader->row->len > CSV_ROW_MOST) {
        reader->fault = CSV_READ_ENDLESS;
        return;
    }
    reader->rows++;
    bool is_blank = reader->row->len == n; /* nothing but the ends of cells */
    if (!is_blank && !give_row(reader)) {
        reader->fault = CSV_READ_CANCELLED;
    }
    g_array_set_size(reader->ends, 0);
    g_string_truncate(reader->row, 0);
}

/* ---- what the text is ---- */

/* Whether it is UTF-8; the last character may be cut unless it is the end. */
static bool is_utf8(const char *text, gsize n, bool is_end)
{
    const char *bad = NULL;
    if (g_utf8_validate_len(text, n, &bad)) {
        return true;
    }
    gsize rest = n - (gsize)(bad - text);
    return !is_end && rest < 4 && g_utf8_get_char_validated(bad, (gssize)rest) == (gunichar)-2;
}

static bool is_cp932(const struct csv_reader *reader, const char *text, gsize n)
{
    gsize read = 0;
    g_autofree char *converted = g_convert_with_iconv(text, (gssize)n, reader->cp932, &read, NULL, NULL);
    g_iconv(reader->cp932, NULL, NULL, NULL, NULL);
    return converted != NULL;
}

/* Both names fit a text in ASCII; what fits neither is read as UTF-8, and the cells that are none are told. */
static void settle_charset(struct csv_reader *reader, const char *text, gsize n, bool is_end)
{
    bool is_ascii = true;
    for (gsize i = 0; i < n && is_ascii; i++) {
        is_ascii = (guchar)text[i] < 0x80;
    }
    if (!is_ascii) {
        reader->charset = !is_utf8(text, n, is_end) && is_cp932(reader, text, n) ? CHARSET_CP932 : CHARSET_UTF8;
    }
}

static void settle_separator(struct csv_reader *reader, const char *text, gsize n)
{
    static const char separators[] = ",\t;";
    guint counts[sizeof separators - 1] = { 0 }, all = 0, best = 0;
    bool is_quoted = false;
    for (gsize i = 0; i < n && (is_quoted || all == 0 || (text[i] != '\r' && text[i] != '\n')); i++) {
        const char *which = text[i] != '\0' && !is_quoted ? strchr(separators, text[i]) : NULL;
        is_quoted = is_quoted != (text[i] == '"');
        if (which != NULL) {
            counts[which - separators]++;
            all++;
        }
    }
    for (guint i = 1; i < G_N_ELEMENTS(counts); i++) {
        best = counts[i] > counts[best] ? i : best;
    }
    csv_set_delim(&reader->parser, (guchar)separators[best]);
}

/* Take a line "sep=;" away, the separator being what it says; false if there is none. */
static bool take_separator_line(struct csv_reader *reader)
{
    static const char word[] = "sep=";
    const char *text = reader->window->str;
    gsize quote = *text == '"';
    if (g_ascii_strncasecmp(text + quote, word, strlen(word)) != 0) {
        return false;
    }
    char separator = text[quote + strlen(word)];
    gsize length = quote + strlen(word) + 1 + quote;
    if (separator == '\0' || strchr(",;\t", separator) == NULL || (quote == 1 && text[length - 1] != '"') ||
        strcspn(text + length, "\r\n") != 0) {
        return false;
    }
    length += text[length] == '\r' && text[length + 1] == '\n' ? 2 : text[length] != '\0';
    csv_set_delim(&reader->parser, (guchar)separator);
    g_string_erase(reader->window, 0, (gssize)length);
    reader->rows++;
    return true;
}

static void begin(struct csv_reader *reader)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    reader->has_begun = true;
    if (memchr(reader->window->str, '\0', reader->window->len) != NULL) {
        reader->fault = CSV_READ_BINARY;
        return;
    }
    if (g_str_has_prefix(reader->window->str, byte_order_mark)) {
        g_string_erase(reader->window, 0, (gssize)strlen(byte_order_mark));
        reader->charset = CHARSET_UTF8;
    }
    if (!take_separator_line(reader)) {
        settle_separator(reader, reader->window->str, reader->window->len);
    }
}

static void parse_window(struct csv_reader *reader, bool is_end)
{
    if (!reader->has_begun) {
        begin(reader);
    }
    if (reader->charset == CHARSET_OPEN) {
        settle_charset(reader, reader->window->str, reader->window->len, is_end);
    }
    if (reader->fault == CSV_READ_GOOD) {
        gsize n = csv_parse(&reader->parser, reader->window->str, reader->window->len, take_cell, take_row, reader);
        g_assert(n == reader->window->len);
    }
    if (reader->fault == CSV_READ_GOOD && reader->row->len + reader->parser.entry_pos > CSV_ROW_MOST) {
        reader->fault = CSV_READ_ENDLESS;
    }
    g_string_truncate(reader->window, 0);
}

enum csv_fault csv_reader_feed(struct csv_reader *reader, const char *bytes, gsize n)
{
    while (n > 0 && reader->fault == CSV_READ_GOOD) {
        gsize part = MIN(n, WINDOW - reader->window->len);
        g_string_append_len(reader->window, bytes, (gssize)part);
        bytes += part;
        n -= part;
        if (reader->window->len == WINDOW) {
            parse_window(reader, false);
        }
    }
    return reader->fault;
}

enum csv_fault csv_reader_end(struct csv_reader *reader)
{
    if (reader->fault == CSV_READ_GOOD) {
        parse_window(reader, true);
    }
    csv_set_opts(&reader->parser, CSV_STRICT | CSV_STRICT_FINI); /* strict from here: a quote must have been closed */
    if (reader->fault == CSV_READ_GOOD && csv_fini(&reader->parser, take_cell, take_row, reader) != 0) {
        reader->fault = CSV_READ_ENDLESS;
    }
    return reader->fault;
}
