/*
 * label.c: fills named arguments into texts.
 */
#include "view/label.h"

#include <string.h>

const char *label_text(enum language language, enum label label)
{
    g_assert(language < LANGUAGE_N && label < LABEL_N);
    return label_texts[language][label];
}

/* Fill all arguments in one pass over the text, so that a value that looks like a place stays what it is. */
char *label_format(enum language language, enum label label, ...)
{
    const char *names[12], *values[12];
    gsize n = 0;
    va_list arguments;
    va_start(arguments, label);
    for (const char *name; (name = va_arg(arguments, const char *)) != NULL; n++) {
        g_assert(n < G_N_ELEMENTS(names));
        names[n] = name;
        values[n] = va_arg(arguments, const char *);
    }
    va_end(arguments);
    GString *out = g_string_new(NULL);
    for (const char *at = label_text(language, label); *at != '\0';) {
        gsize i = 0, length = 0;
        for (i = 0; *at == '{' && i < n; i++) {
            length = strlen(names[i]);
            if (strncmp(at + 1, names[i], length) == 0 && at[1 + length] == '}') {
                break;
            }
        }
        if (*at == '{' && i < n) {
            g_string_append(out, values[i] != NULL ? values[i] : "");
            at += length + 2;
        } else {
            g_string_append_c(out, *at++);
        }
    }
    return g_string_free(out, FALSE);
}

char *label_fill(enum language language, enum label label, const char *name, const char *value)
{
    return label_format(language, label, name, value, NULL);
}
