/*
 * language.c: the codes of the languages.
 */
#include "base/language.h"

#include <string.h>

static const char *const codes[LANGUAGE_N] = { [LANGUAGE_JA] = "ja", [LANGUAGE_EN] = "en" };

const char *language_code(enum language language)
{
    return codes[language];
}

bool language_from_code(const char *code, enum language *language)
{
    for (int i = 0; i < LANGUAGE_N; i++) {
        if (strcmp(codes[i], code) == 0) {
            *language = (enum language)i;
            return true;
        }
    }
    return false;
}
