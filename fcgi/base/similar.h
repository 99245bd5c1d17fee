/*
 * similar.h: characters that people, keyboards and charsets take for one another: those that cannot be seen, dashes,
 * and the pairs that CP932 and Unicode write differently. Tables alone; who reads or writes decides what to make of it.
 */
#ifndef BASE_SIMILAR_H
#define BASE_SIMILAR_H

#include <glib.h>
#include <stdbool.h>

/* Whether `c` shows nothing and takes no room: zero-width characters, marks of direction, variation selectors, the byte
 * order mark, the soft hyphen. */
bool similar_is_invisible(gunichar c);

/* Whether `c` is a hyphen, dash or minus of any kind or width; the long vowel mark is a letter, and none. */
bool similar_is_dash(gunichar c);

/* The one character that stands for all that look like `c`: '-' for dashes, '~' for wave dashes. `c` if there is none.
 */
gunichar similar_fold(gunichar c);

/* What may stand for `c` in CP932, most similar first: "\u2010" for a non-breaking hyphen, "e" for an accented one. In
 * `tries`, which holds NULL where there is no more; "" leaves it out. The caller frees each with g_free. */
enum { SIMILAR_TRIES = 5 };
void similar_list(gunichar c, char *tries[SIMILAR_TRIES]);

#endif
