/*
 * text.h: text as people type and read it: what is fit to keep, the folded forms that searches use, and
 * figures of data in GB. Decides nothing about phone or serial numbers (line/number_rule.h).
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* 1 GB = 1000 MB everywhere. domain.md, Words. */
#define TEXT_MB G_GINT64_CONSTANT(1000000)
#define TEXT_GB (1000 * TEXT_MB)

/* Whether the `len` bytes are text that may be stored and shown: UTF-8 without NUL, control characters
 * (C0, DEL, C1), noncharacters or anything else that XML 1.0 forbids. `lines` allows tab, CR and LF. */
bool text_is_clean(const char *text, gsize len, bool lines);

/* The `len` bytes as clean text with lines: vertical tab, form feed and U+0085 are line ends, what else is forbidden
 * becomes U+FFFD, and `mended` says so. NULL: no UTF-8, or a NUL. The caller frees. */
char *text_mend(const char *text, gsize len, bool *mended);

/* Count the characters (code points) of valid UTF-8. */
gsize text_length(const char *text);

/* A copy without white space at either end, U+3000 too. Takes valid UTF-8, as the following do; the caller
 * frees. */
char *text_trim(const char *text);

/* A copy with the full-width forms of ASCII (U+FF01-FF5E) and the ideographic space as ASCII, without characters that
 * cannot be seen. */
char *text_fold_width(const char *text);

/* A copy without characters that cannot be seen. */
char *text_visible(const char *text);

/* What was meant by a number, an id, a day or an address: folded as above, without white space at the ends, taken out
 * of ="..." or from behind the ' by which spreadsheets keep a text. All that reads such things begins with this.
 * What is no UTF-8, as a word of a command line may be, comes back as it is. */
char *text_of_cell(const char *typed);

/* The same with every dash as '-': ids of ASCII, as TC1000-00009. */
char *text_id(const char *typed);

/* Whether a spreadsheet had been told to keep `typed` as text: ="..." or a ' before it. */
bool text_is_kept_cell(const char *typed);

/* A copy in NFKC, and one in NFC. */
char *text_compose(const char *text);
char *text_compose_canonical(const char *text);

/* The normalised form that search columns hold and that searched words are brought to: NFKC, case folded,
 * katakana of either width as hiragana, one character for all that look alike (base/similar.h), none that cannot be
 * seen, white space collapsed to single spaces and cut at the ends. One character can become eighteen: a statement that
 * stores a key cuts it to its column (LEFT). Who changes the form raises the number: then `simportalctl migrate` brings
 * the stored keys along. */
enum { TEXT_SEARCH_KEY_FORM = 2 };
char *text_search_key(const char *text);

/* "%text%" for LIKE, the wildcards and the escape character of `text` escaped by a backslash. */
char *text_like(const char *text);

/* The digits of `text`: full-width ones folded, hyphens and dashes of every kind, spaces and parentheses
 * dropped. NULL if anything else is there; "" if nothing is. */
char *text_digits(const char *text);

/* Write `number` in decimal digits to `out`, without a NUL; returns how many. */
enum { TEXT_DIGITS_MOST = 20 };
gsize text_digits_write(char *out, uint64_t number);

/* `bytes` in GB with two decimals, half a unit (5 MB) rounded up: "1.95"; in `buffer`, which is returned, or as a text
 * of its own. */
enum { TEXT_GB_MOST = 24 };
char *text_gb_in(char buffer[TEXT_GB_MOST], int64_t bytes);
char *text_gb(int64_t bytes);

/* A capacity in GB with one decimal, a second one where it is needed: "1.0 GB", "0.25 GB" (recharges) and,
 * without the space, "1.5GB" (totals of share groups). */
char *text_capacity(int64_t bytes);
char *text_capacity_total(int64_t bytes);

#endif
