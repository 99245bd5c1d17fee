/*
 * upload_rule.h: the one reader of uploaded phone numbers: the bytes of a file, as they come, to a number or a reason
 * for each of its rows. domain.md, Uploads of numbers. Pure: whether a number is one of the customer's lines, and in
 * which state, is decided by who knows the lines; what it finds wrong it notes here with upload_refuse.
 */
#ifndef LINE_UPLOAD_RULE_H
#define LINE_UPLOAD_RULE_H

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Why a row is refused. */
enum upload_reason {
    UPLOAD_GOOD,
    UPLOAD_EMPTY,     /* nothing where the number should stand */
    UPLOAD_ENCODING,  /* no text in the file's charset */
    UPLOAD_MANGLED,   /* a number that a spreadsheet has spoilt: 8.98E+18, 2010000022.0, #### */
    UPLOAD_LENGTH,    /* digits, but not as many as a phone number has */
    UPLOAD_TEXT,      /* anything else that is no phone number */
    UPLOAD_DUPLICATE, /* an earlier row has the same number */
    UPLOAD_UNKNOWN,   /* none of the customer's lines: never set here */
    UPLOAD_SEVERAL,   /* a row without heads above it that holds several numbers */
    UPLOAD_ENDED,     /* a line of the customer's that is terminated: never set here */
    UPLOAD_REASON_N
};

/* What was mended to read a number, as bits. */
enum upload_repair {
    UPLOAD_WIDTH = 1 << 0,   /* full-width characters */
    UPLOAD_HYPHENS = 1 << 1, /* no hyphens, or not as 020-1000-0022 */
    UPLOAD_COUNTRY = 1 << 2, /* +81 */
    UPLOAD_ZERO = 1 << 3,    /* a leading zero put back: good only if it is then one of the customer's lines */
    UPLOAD_HIDDEN = 1 << 4,  /* characters that cannot be seen */
    UPLOAD_SHEET = 1 << 5    /* ="..." or a ' before it, by which spreadsheets keep a text */
};
enum { UPLOAD_REPAIR_N = 6 };

/* Why a file is refused as a whole. */
enum upload_fault {
    UPLOAD_READ,
    UPLOAD_BINARY,    /* another kind of file: pictures, archives, spreadsheets, UTF-16, anything with a NUL */
    UPLOAD_ENDLESS,   /* a quote that is never closed, or a row of more than 64 KiB */
    UPLOAD_TOO_MANY,  /* more good numbers than are allowed, or more than UPLOAD_REFUSED_MOST bad rows */
    UPLOAD_NOTHING,   /* not one row with a number, good or bad */
    UPLOAD_NO_COLUMN, /* no head of a column of numbers within the first UPLOAD_HEAD_ROWS rows, and no number either */
    UPLOAD_TWO_COLUMNS, /* two columns whose heads mean phone numbers */
    UPLOAD_FAULT_N
};

enum { UPLOAD_REFUSED_MOST = 100000, UPLOAD_TEXT_MOST = 25, UPLOAD_TYPED_MOST = 48, UPLOAD_HEAD_ROWS = 20 };

struct upload_row {
    uint32_t row;                      /* its number in the file: from 1, head line and blank rows counted */
    uint8_t reason;                    /* enum upload_reason */
    uint8_t repairs;                   /* bits of enum upload_repair; also of a duplicate */
    char text[UPLOAD_TEXT_MOST + 1];   /* 11 or 14 digits; of other refused rows how the cell begins */
    char typed[UPLOAD_TYPED_MOST + 1]; /* how the cell begins, as it stands: at most UPLOAD_TEXT_MOST characters */
};

struct upload_tally {
    guint good, repaired, refused;
};

struct upload;

/* Begin a file that may hold `most` numbers. `heads` are the words, NULL-terminated, that a column of phone numbers has
 * in a head line of ours (the label csv.phone in each language), `others` what others call it: lists of words with '|'
 * between them (upload.heads). A head of ours counts first; marks and remarks behind a head do not (a reference mark,
 * something in brackets). Rows above the heads are titles. */
struct upload *upload_new(const char *const *heads, const char *const *others, guint most);
void upload_free(struct upload *upload);
AUTO_DEFINE(upload)

/* Take the next bytes, in pieces of any size. False: the file is refused already, what follows changes nothing. */
bool upload_feed(struct upload *upload, const char *bytes, gsize n);

/* There is no more: find the duplicates, tell what became of the file. To be called once. */
enum upload_fault upload_end(struct upload *upload);

/* After UPLOAD_ENDLESS: the number of the row at fault. */
uint64_t upload_fault_row(const struct upload *upload);

/* The rows in the order of the file, as far as it was read, each number once good and then UPLOAD_DUPLICATE. Kept by
 * the reader. */
const struct upload_row *upload_rows(const struct upload *upload, guint *n);

/* Refuse row `i` of upload_rows after all. */
void upload_refuse(struct upload *upload, guint i, enum upload_reason reason);

struct upload_tally upload_count(const struct upload *upload);

/* The word that stands for each in message keys and in the database: "mangled", "hyphens", "too-many". */
const char *upload_reason_code(enum upload_reason reason);
const char *upload_repair_code(guint bit);
const char *upload_fault_code(enum upload_fault fault);

#endif
