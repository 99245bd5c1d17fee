/*
 * line_import_rule.h: what a row of a file of lines must be: which column stands where, how each cell is read, what is
 * wrong with it. Pure. What only the database knows (customers, numbers that are taken) is checked set by set; the
 * table of those checks stands here too.
 */
#ifndef LINE_LINE_IMPORT_RULE_H
#define LINE_LINE_IMPORT_RULE_H

#include "line/line_rule.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* In the order of a file without a header line. */
enum line_import_column {
    IMPORT_CUSTOMER,
    IMPORT_PROJECT,
    IMPORT_PHONE,
    IMPORT_SERIAL,
    IMPORT_ICCID,
    IMPORT_KIND,
    IMPORT_SIZE,
    IMPORT_SERVICE,
    IMPORT_PLAN,
    IMPORT_STATE,
    IMPORT_ACTIVATED,
    IMPORT_COLUMN_N /* as the column of a fault: the row as a whole */
};

enum line_import_reason {
    IMPORT_MISSING,     /* empty, and must not be */
    IMPORT_NOT_EMPTY,   /* given, and must not be: the size of an eSIM, the activation of an inactive line */
    IMPORT_FORM,        /* not what the column takes */
    IMPORT_ROUNDED,     /* an ICCID of which a spreadsheet has kept fifteen digits */
    IMPORT_CHECK_DIGIT, /* an ICCID whose last digit does not check the others */
    IMPORT_NO_TEXT,     /* bytes that are no text in the file's charset, or control characters */
    IMPORT_CELLS,       /* too few or too many cells */
    IMPORT_UNKNOWN,     /* no such customer, project of it, service, plan */
    IMPORT_AMBIGUOUS,   /* several plans or services have that name: the code is needed */
    IMPORT_NOT_OFFERED, /* a plan of another service; an eSIM where the plan has none */
    IMPORT_FUTURE,      /* a day to come */
    IMPORT_STATE_OF,    /* a line that is new here is inactive, active or suspended */
    IMPORT_TWICE,       /* stands in an earlier row of the file */
    IMPORT_TAKEN,       /* another line has it */
    IMPORT_DIFFERS,     /* the line is there and says otherwise */
    IMPORT_REASON_N
};

/* Their words in reports: "phone", "row"; "missing". */
const char *line_import_column_word(enum line_import_column column);
const char *line_import_reason_word(enum line_import_reason reason);

/* What the set-wise checks find, by the number of the bit. */
enum { IMPORT_CHECK_N = 19 };
struct line_import_check {
    enum line_import_column column;
    enum line_import_reason reason;
};
extern const struct line_import_check line_import_checks[IMPORT_CHECK_N];

enum { IMPORT_NAMES = 3 };

/* A service or a plan: its code and its names in both languages. */
struct line_import_choice {
    uint64_t id, service; /* of a plan: its service */
    bool esim;            /* of a plan: may be one */
    const char *names[IMPORT_NAMES];
};

/* Every word a file may use: names of columns in the languages, codes and names of kinds, sizes, states, services and
 * plans. The code comes first. */
struct line_import_words {
    const char *columns[IMPORT_COLUMN_N][IMPORT_NAMES];
    const char *kinds[CARD_KIND_N][IMPORT_NAMES];
    const char *sizes[CARD_SIZE_N][IMPORT_NAMES];
    const char *states[LINE_STATE_N][IMPORT_NAMES];
    const struct line_import_choice *services, *plans;
    guint n_services, n_plans;
};

/* Where each column stands in a row; -1: nowhere. */
struct line_import_layout {
    int places[IMPORT_COLUMN_N];
    guint cells; /* how many a row may have */
};

/* The layout of a file without a header line. */
struct line_import_layout line_import_layout_plain(void);

/* True if the first row is a header line (two cells or more are names of columns): `layout` gets where the columns are,
 * `missing` the first that is nowhere, `twice` the first that stands in two places (IMPORT_COLUMN_N: none). Other
 * columns are left aside. */
bool line_import_read_head(const struct line_import_words *words, const char *const *cells, guint n,
                           struct line_import_layout *layout, enum line_import_column *missing,
                           enum line_import_column *twice);

/* A row as it was read. The texts of customer and project live as long as the cells. */
struct line_import_row {
    char customer[13]; /* the code */
    char *project;     /* owned */
    char phone[15], serial[21], iccid[21];
    enum card_kind kind;
    enum card_size size;
    uint64_t service, plan;
    enum line_state state;
    struct date activated_on;
};

struct line_import_fault {
    enum line_import_column column;
    enum line_import_reason reason;
    const char *value; /* the cell; NULL for none */
};
struct line_import_faults {
    struct line_import_fault list[2 * IMPORT_COLUMN_N];
    guint n;
};

/* Read a row of `n` cells (NULL: no text). False if anything is wrong with it, `faults` saying what. The caller clears
 * `row` in either case. */
bool line_import_read(const struct line_import_words *words, const struct line_import_layout *layout,
                      const char *const *cells, guint n, struct date today, struct line_import_row *row,
                      struct line_import_faults *faults);
void line_import_row_clear(struct line_import_row *row);

#endif
