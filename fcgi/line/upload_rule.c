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
    GPtrArray *heads, *others; /* search keys */
    guint most;
    struct csv_reader *reader;
    GArray *rows; /* struct upload_row */
    guint refused;
    guint column;
    bool has_heads, has_begun; /* it is known whether there are heads: numbers have begun, or the heads have come */
    GArray *waiting;           /* struct upload_row: what came before that is known */
    char magic[MAGIC_MOST];
    guint magic_length;
    enum upload_fault fault;
};

const char *upload_reason_code(enum upload_reason reason)
{
    static const char *const codes[UPLOAD_REASON_N] = { "good", "empty",     "encoding", "mangled", "length",
                                                        "text", "duplicate", "unknown",  "several", "ended" };
    return codes[reason];
}

const char *upload_repair_code(guint bit)
{
    static const char *const codes[UPLOAD_REPAIR_N] = { "width", "hyphens", "country", "zero", "hidden", "sheet" };
    return codes[bit];
}

const char *upload_fault_code(enum upload_fault fault)
{
    static const char *const codes[UPLOAD_FAULT_N] = { "read",    "binary",    "endless",    "too-many",
                                                       "nothing", "no-column", "two-columns" };
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

/* What was mended before it was looked at as a number. */
static uint8_t cell_repairs(const char *trimmed)
{
    g_autofree char *visible = text_visible(trimmed);
    g_autofree char *folded = text_fold_width(trimmed);
    return (strcmp(trimmed, visible) != 0 ? UPLOAD_HIDDEN : 0) | (strcmp(visible, folded) != 0 ? UPLOAD_WIDTH : 0) |
           (text_is_kept_cell(trimmed) ? UPLOAD_SHEET : 0);
}

static uint8_t number_repairs(const char *cell, const char *digits)
{
    g_autofree char *shown = number_phone_show(digits);
    if (*cell == '+') {
        return UPLOAD_COUNTRY;
    }
    return strcmp(cell, shown) != 0 ? UPLOAD_HYPHENS : 0;
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

static enum upload_reason reason_of(const char *cell)
{
    g_autofree char *digits = text_digits(cell);
    if (*cell == '\0') {
        return UPLOAD_EMPTY;
    }
    if (digits != NULL && *digits != '\0') {
        return UPLOAD_LENGTH;
    }
    return is_mangled(cell) ? UPLOAD_MANGLED : UPLOAD_TEXT;
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
    g_autofree char *cell = text_of_cell(trimmed);
    g_autofree char *digits = number_phone_read(cell);
    if (digits != NULL) {
        row->repairs = cell_repairs(trimmed) | number_repairs(cell, digits);
    } else if ((digits = read_without_zero(cell)) != NULL) {
        row->repairs = UPLOAD_ZERO | cell_repairs(trimmed);
    } else {
        row->reason = (uint8_t)reason_of(cell);
    }
    keep(row->text, UPLOAD_TEXT_MOST, digits != NULL ? digits : trimmed);
    keep_typed(row, trimmed);
}

/* ---- a row ---- */

static void add_keys(GPtrArray *keys, const char *words)
{
    g_auto(GStrv) list = g_strsplit(words, "|", -1);
    for (char **word = list; *word != NULL; word++) {
        g_ptr_array_add(keys, text_search_key(*word));
    }
}

static bool has_key(const GPtrArray *keys, const char *key)
{
    bool found = false;
    for (guint i = 0; i < keys->len && !found; i++) {
        found = strcmp(keys->pdata[i], key) == 0;
    }
    return found;
}

/* A head without what stands behind its word: something in brackets, a reference mark, an asterisk, a colon. */
static char *bare_head(const char *key)
{
    static const gunichar marks[] = { '*', ':', '!', 0x203B, 0x2020, 0x25CF, 0x2605 };
    GString *bare = g_string_new(NULL);
    for (const char *at = key; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool is_mark = false;
        for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
            is_mark = is_mark || c == marks[i];
        }
        if ((c == '(' || c == '[' || c == 0x3010) && bare->len > 0) {
            break;
        }
        if (!is_mark) {
            g_string_append_unichar(bare, c);
        }
    }
    char *trimmed = text_trim(bare->str);
    g_string_free(bare, TRUE);
    return trimmed;
}

/* How many of the cells are heads of phone numbers, of ours or (with `is_other`) of others; `column`: the first. */
static guint count_heads(const struct upload *upload, const char *const *cells, guint n, bool is_other, guint *column)
{
    guint found = 0;
    for (guint i = 0; i < n; i++) {
        g_autofree char *key = text_search_key(cells[i] != NULL ? cells[i] : "");
        g_autofree char *bare = bare_head(key);
        bool is_head =
            is_other ? has_key(upload->heads, bare) || has_key(upload->others, bare) || has_key(upload->others, key)
                     : has_key(upload->heads, key);
        if (is_head && found++ == 0) {
            *column = i;
        }
    }
    return found;
}

/* Find the column of numbers by its head; false if this is no head line. */
static bool read_heads(struct upload *upload, const char *const *cells, guint n)
{
    guint column = 0;
    guint found = count_heads(upload, cells, n, false, &column);
    found = found > 0 ? found : count_heads(upload, cells, n, true, &column);
    if (found > 0) {
        upload->column = column;
        upload->has_heads = upload->has_begun = true;
    }
    if (found > 1) {
        upload->fault = UPLOAD_TWO_COLUMNS;
    }
    return found > 0;
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

/* Whether a cell behind the first holds a number as well. */
static bool has_more(const char *const *cells, guint n)
{
    bool found = false;
    for (guint i = 1; i < n && !found; i++) {
        g_autofree char *digits = cells[i] != NULL ? number_phone_read(cells[i]) : NULL;
        found = digits != NULL && *digits == '0'; /* not a moment of 14 digits */
    }
    return found;
}

static void read_row(const struct upload *upload, const char *const *cells, guint n, struct upload_row *row)
{
    const char *cell = upload->column < n ? cells[upload->column] : "";
    if (cell == NULL) {
        row->reason = UPLOAD_ENCODING;
    } else if (read_plain(cell, row->text)) {
        keep_typed(row, cell);
    } else {
        read_cell(row, cell);
    }
    if (row->reason == UPLOAD_GOOD && !upload->has_heads && has_more(cells, n)) {
        *row = (struct upload_row){ .row = row->row, .reason = UPLOAD_SEVERAL };
        keep(row->text, UPLOAD_TEXT_MOST, cell);
        keep_typed(row, cell);
    }
}

/* What waited are rows like others. */
static bool begin_rows(struct upload *upload)
{
    bool good = true;
    for (guint i = 0; i < upload->waiting->len && good; i++) {
        good = add_row(upload, &g_array_index(upload->waiting, struct upload_row, i));
    }
    g_array_set_size(upload->waiting, 0);
    upload->has_begun = true;
    return good;
}

/* No heads, and nothing that was a number once: told once, not once a row. */
static bool give_up_seeking(struct upload *upload)
{
    bool has_number = false;
    for (guint i = 0; i < upload->waiting->len; i++) {
        uint8_t reason = g_array_index(upload->waiting, struct upload_row, i).reason;
        has_number = has_number || (reason != UPLOAD_TEXT && reason != UPLOAD_EMPTY);
    }
    if (has_number) {
        return begin_rows(upload);
    }
    upload->fault = UPLOAD_NO_COLUMN;
    return false;
}

static bool take_row(void *data, uint64_t number, const char *const *cells, guint n)
{
    struct upload *upload = data;
    struct upload_row row = { .row = (uint32_t)number };
    if (is_blank(cells, n)) {
        return true;
    }
    if (!upload->has_begun && read_heads(upload, cells, n)) {
        g_array_set_size(upload->waiting, 0);
        return upload->fault == UPLOAD_READ;
    }
    read_row(upload, cells, n, &row);
    if (upload->has_begun) {
        return add_row(upload, &row);
    }
    if (row.reason == UPLOAD_GOOD || row.reason == UPLOAD_SEVERAL) {
        return begin_rows(upload) && add_row(upload, &row);
    }
    g_array_append_val(upload->waiting, row);
    return upload->waiting->len < UPLOAD_HEAD_ROWS || give_up_seeking(upload);
}

/* ---- a file ---- */

struct upload *upload_new(const char *const *heads, const char *const *others, guint most)
{
    struct upload *upload = g_new0(struct upload, 1);
    upload->heads = g_ptr_array_new_with_free_func(g_free);
    upload->others = g_ptr_array_new_with_free_func(g_free);
    for (; *heads != NULL; heads++) {
        add_keys(upload->heads, *heads);
    }
    for (; *others != NULL; others++) {
        add_keys(upload->others, *others);
    }
    upload->waiting = g_array_new(FALSE, FALSE, sizeof(struct upload_row));
    upload->most = most;
    upload->reader = csv_reader_new(take_row, upload);
    upload->rows = g_array_new(FALSE, FALSE, sizeof(struct upload_row));
    return upload;
}

void upload_free(struct upload *upload)
{
    csv_reader_free(upload->reader);
    g_ptr_array_unref(upload->heads);
    g_ptr_array_unref(upload->others);
    g_array_unref(upload->waiting);
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

/* What the reader says, unless the taker of its rows has said more. */
static void note_fault(struct upload *upload, enum csv_fault fault)
{
    static const enum upload_fault faults[] = { [CSV_READ_GOOD] = UPLOAD_READ,
                                                [CSV_READ_BINARY] = UPLOAD_BINARY,
                                                [CSV_READ_ENDLESS] = UPLOAD_ENDLESS,
                                                [CSV_READ_CANCELLED] = UPLOAD_TOO_MANY };
    upload->fault = upload->fault == UPLOAD_READ ? faults[fault] : upload->fault;
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
        note_fault(upload, csv_reader_feed(upload->reader, bytes, n));
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
        note_fault(upload, csv_reader_end(upload->reader));
    }
    if (upload->fault == UPLOAD_READ && upload->waiting->len > 0) {
        give_up_seeking(upload);
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
