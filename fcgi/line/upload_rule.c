/*
 * upload_rule.c: rows of delimited text to phone numbers, see upload_rule.h.
 */
#include "line/upload_rule.h"

#include "base/csv_read.h"
#include "base/text.h"
#include "line/number_rule.h"

#include <string.h>

enum { MAGIC_MOST = 8 };

struct upload {
    const char *const *heads;
    guint most;
    struct csv_reader *reader;
    GArray *rows; /* struct upload_row */
    guint refused;
    guint column;
    bool has_begun; /* a row has come: the head line, if there is one */
    char magic[MAGIC_MOST];
    guint magic_length;
    enum upload_fault fault;
};

const char *upload_reason_code(enum upload_reason reason)
{
    static const char *const codes[UPLOAD_REASON_N] = { "good", "empty",     "encoding", "mangled", "length",
                                                        "text", "duplicate", "unknown",  "ended" };
    return codes[reason];
}

const char *upload_repair_code(guint bit)
{
    static const char *const codes[UPLOAD_REPAIR_N] = { "width", "hyphens", "country", "zero" };
    return codes[bit];
}

const char *upload_fault_code(enum upload_fault fault)
{
    static const char *const codes[UPLOAD_FAULT_N] = { "read", "binary", "endless", "too-many", "nothing" };
    return codes[fault];
}

/* ---- a cell ---- */

/* Exactly 020-1000-0022 or 020-1000-0000022, as nearly all rows are: read without another look. */
static bool read_plain(const char *text, char *digits)
{
    static const char shape[] = "ddd-dddd-ddddddd";
    gsize n = strnlen(text, sizeof shape);
    if (n != 13 && n != 16) {
        return false;
    }
    for (gsize i = 0; i < n; i++) {
        if (shape[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != shape[i]) {
            return false;
        }
        *digits = text[i];
        digits += shape[i] == 'd';
    }
    *digits = '\0';
    return true;
}

/* The number without its first zero; NULL if it is none. */
static char *read_without_zero(const char *text)
{
    g_autofree char *digits = text_digits(text);
    g_autofree char *whole = digits != NULL && *digits != '0' ? g_strconcat("0", digits, NULL) : NULL;
    return whole != NULL ? number_phone_read(whole) : NULL;
}

static uint8_t repairs_of(const char *typed, const char *folded, const char *digits)
{
    g_autofree char *shown = number_phone_show(digits);
    uint8_t width = strcmp(typed, folded) != 0 ? UPLOAD_WIDTH : 0;
    if (*folded == '+') {
        return width | UPLOAD_COUNTRY;
    }
    return width | (strcmp(folded, shown) != 0 ? UPLOAD_HYPHENS : 0);
}

/* What spreadsheets make of numbers: exponents, decimals, separated thousands, #### and #N/A. */
static bool is_mangled(const char *text)
{
    gsize digits = strcspn(text, "0123456789") == 0 ? strspn(text, "0123456789.,") : 0;
    const char *rest = text + digits;
    if (*text == '#') {
        return true;
    }
    if (digits == 0 || (*rest == '\0' && strpbrk(text, ".,") == NULL)) {
        return false;
    }
    rest += *rest == 'E' || *rest == 'e';
    rest += *rest == '+' || *rest == '-';
    return strspn(rest, "0123456789") == strlen(rest);
}

static enum upload_reason reason_of(const char *folded)
{
    g_autofree char *digits = text_digits(folded);
    if (digits != NULL && *digits != '\0') {
        return UPLOAD_LENGTH;
    }
    return is_mangled(folded) ? UPLOAD_MANGLED : UPLOAD_TEXT;
}

/* As much of `text` as there is room for, whole characters. */
static void keep(char *kept, gsize most, const char *text)
{
    gsize n = strlen(text);
    if (n > most) {
        n = (gsize)(g_utf8_find_prev_char(text, text + most + 1) - text);
    }
    memcpy(kept, text, n);
    kept[n] = '\0';
}

static void keep_typed(struct upload_row *row, const char *text)
{
    keep(row->typed, UPLOAD_TYPED_MOST, text);
    if (g_utf8_strlen(row->typed, -1) > UPLOAD_TEXT_MOST) {
        *g_utf8_offset_to_pointer(row->typed, UPLOAD_TEXT_MOST) = '\0';
    }
}

static void read_cell(struct upload_row *row, const char *typed)
{
    g_autofree char *trimmed = text_trim(typed);
    g_autofree char *folded = text_fold_width(trimmed);
    g_autofree char *digits = number_phone_read(folded);
    if (digits != NULL) {
        row->repairs = repairs_of(trimmed, folded, digits);
    } else if ((digits = read_without_zero(folded)) != NULL) {
        row->repairs = UPLOAD_ZERO | (strcmp(trimmed, folded) != 0 ? UPLOAD_WIDTH : 0);
    } else {
        row->reason = *trimmed == '\0' ? UPLOAD_EMPTY : reason_of(folded);
    }
    keep(row->text, UPLOAD_TEXT_MOST, digits != NULL ? digits : trimmed);
    keep_typed(row, trimmed);
}

/* ---- a row ---- */

/* Find the column of numbers by its head; false if this is no head line. */
static bool read_heads(struct upload *upload, const char *const *cells, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_autofree char *cell = text_search_key(cells[i] != NULL ? cells[i] : "");
        for (const char *const *head = upload->heads; *head != NULL; head++) {
            g_autofree char *word = text_search_key(*head);
            if (strcmp(cell, word) == 0) {
                upload->column = i;
                return true;
            }
        }
    }
    return false;
}

static bool is_blank(const char *const *cells, guint n)
{
    bool blank = true;
    for (guint i = 0; i < n && blank; i++) {
        g_autofree char *text = cells[i] != NULL ? text_trim(cells[i]) : NULL;
        blank = text != NULL && *text == '\0';
    }
    return blank;
}

static bool add_row(struct upload *upload, const struct upload_row *row)
{
    g_array_append_vals(upload->rows, row, 1);
    upload->refused += row->reason != UPLOAD_GOOD;
    return upload->refused <= UPLOAD_REFUSED_MOST && upload->rows->len <= upload->most + UPLOAD_REFUSED_MOST;
}

static bool take_row(void *data, uint64_t number, const char *const *cells, guint n)
{
    struct upload *upload = data;
    struct upload_row row = { .row = (uint32_t)number };
    const char *cell = upload->column < n ? cells[upload->column] : "";
    if (cell != NULL && read_plain(cell, row.text)) {
        keep_typed(&row, cell);
        upload->has_begun = true;
        return add_row(upload, &row);
    }
    if (is_blank(cells, n)) {
        return true;
    }
    bool is_first = !upload->has_begun;
    upload->has_begun = true;
    if (is_first && read_heads(upload, cells, n)) {
        return true;
    }
    if (cell != NULL) {
        read_cell(&row, cell);
    } else {
        row.reason = UPLOAD_ENCODING;
    }
    return add_row(upload, &row);
}

/* ---- a file ---- */

struct upload *upload_new(const char *const *heads, guint most)
{
    struct upload *upload = g_new0(struct upload, 1);
    upload->heads = heads;
    upload->most = most;
    upload->reader = csv_reader_new(take_row, upload);
    upload->rows = g_array_new(FALSE, FALSE, sizeof(struct upload_row));
    return upload;
}

void upload_free(struct upload *upload)
{
    csv_reader_free(upload->reader);
    g_array_unref(upload->rows);
    g_free(upload);
}

/* Files that are no text from their first bytes on; most of them have a NUL later, but not all. */
static bool is_binary(const struct upload *upload)
{
    static const char *const magics[] = {
        "\211PNG",    "GIF8", "\377\330\377", "PK\3\4", "PK\5\6",          "\37\213",  "BZh",      "\3757zXZ",
        "7z\274\257", "Rar!", "\177ELF",      "%PDF-",  "\320\317\21\340", "\377\376", "\376\377",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(magics); i++) {
        gsize n = strlen(magics[i]);
        if (upload->magic_length >= n && memcmp(upload->magic, magics[i], n) == 0) {
            return true;
        }
    }
    return false;
}

static enum upload_fault fault_of(enum csv_fault fault)
{
    static const enum upload_fault faults[] = { [CSV_READ_GOOD] = UPLOAD_READ,
                                                [CSV_READ_BINARY] = UPLOAD_BINARY,
                                                [CSV_READ_ENDLESS] = UPLOAD_ENDLESS,
                                                [CSV_READ_CANCELLED] = UPLOAD_TOO_MANY };
    return faults[fault];
}

bool upload_feed(struct upload *upload, const char *bytes, gsize n)
{
    if (upload->fault == UPLOAD_READ && upload->magic_length < MAGIC_MOST) {
        gsize more = MIN(n, (gsize)(MAGIC_MOST - upload->magic_length));
        memcpy(upload->magic + upload->magic_length, bytes, more);
        upload->magic_length += (guint)more;
        upload->fault = is_binary(upload) ? UPLOAD_BINARY : UPLOAD_READ;
    }
    if (upload->fault == UPLOAD_READ) {
        upload->fault = fault_of(csv_reader_feed(upload->reader, bytes, n));
    }
    return upload->fault == UPLOAD_READ;
}

static int compare_numbers(const void *a, const void *b)
{
    const struct upload_row *const *x = a, *const *y = b;
    int order = strcmp((*x)->text, (*y)->text);
    return order != 0 ? order : (*x)->row < (*y)->row ? -1 : (*x)->row > (*y)->row;
}

/* Sorted, not hashed: no file can be made that takes long. */
static void refuse_duplicates(struct upload *upload)
{
    struct upload_row *rows = (struct upload_row *)(void *)upload->rows->data;
    g_autofree struct upload_row **sorted = g_new(struct upload_row *, upload->rows->len + 1);
    guint n = 0;
    for (guint i = 0; i < upload->rows->len; i++) {
        if (rows[i].reason == UPLOAD_GOOD) {
            sorted[n++] = &rows[i];
        }
    }
    qsort(sorted, n, sizeof *sorted, compare_numbers);
    for (guint i = 1; i < n; i++) {
        if (strcmp(sorted[i]->text, sorted[i - 1]->text) == 0) {
            sorted[i]->reason = UPLOAD_DUPLICATE;
            upload->refused++;
        }
    }
}

enum upload_fault upload_end(struct upload *upload)
{
    if (upload->fault == UPLOAD_READ) {
        upload->fault = fault_of(csv_reader_end(upload->reader));
    }
    refuse_duplicates(upload);
    if (upload->fault == UPLOAD_READ && upload->rows->len - upload->refused > upload->most) {
        upload->fault = UPLOAD_TOO_MANY;
    }
    if (upload->fault == UPLOAD_READ && upload->rows->len == 0) {
        upload->fault = UPLOAD_NOTHING;
    }
    return upload->fault;
}

uint64_t upload_fault_row(const struct upload *upload)
{
    return csv_reader_row(upload->reader) + 1;
}

const struct upload_row *upload_rows(const struct upload *upload, guint *n)
{
    *n = upload->rows->len;
    return (const struct upload_row *)(const void *)upload->rows->data;
}

void upload_refuse(struct upload *upload, guint i, enum upload_reason reason)
{
    struct upload_row *row = &g_array_index(upload->rows, struct upload_row, i);
    g_assert(reason != UPLOAD_GOOD);
    upload->refused += row->reason == UPLOAD_GOOD;
    row->reason = (uint8_t)reason;
}

struct upload_tally upload_count(const struct upload *upload)
{
    struct upload_tally tally = { .good = upload->rows->len - upload->refused, .refused = upload->refused };
    for (guint i = 0; i < upload->rows->len; i++) {
        const struct upload_row *row = &g_array_index(upload->rows, struct upload_row, i);
        tally.repaired += row->reason == UPLOAD_GOOD && row->repairs != 0;
    }
    return tally;
}
