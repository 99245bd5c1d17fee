/*
 * language.h: the languages of the portal, Japanese first.
 */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include <stdbool.h>

enum language { LANGUAGE_JA, LANGUAGE_EN, LANGUAGE_N };

/* "ja" or "en". */
const char *language_code(enum language language);

/* The language whose code is `code`; false if there is none. */
bool language_from_code(const char *code, enum language *language);

#endif
