/*
 * label.h: the words that are looked up while running (names of states, faults, mail texts, heads of CSV
 * files). The table behind it is made from views/messages at build time.
 */
#ifndef VIEW_LABEL_H
#define VIEW_LABEL_H

#include "base/language.h"
#include "view/labels.h"

#include <glib.h>

/* The text of `label`, as it stands in the messages. Lives for ever. */
const char *label_text(enum language language, enum label label);

/* The text with its named arguments filled in: label_format(language, LABEL_X, "n", "3", NULL). The caller
 * frees. */
char *label_format(enum language language, enum label label, ...) G_GNUC_NULL_TERMINATED;

/* The same with one argument of a table: `name` NULL means the text has none. The caller frees. */
char *label_fill(enum language language, enum label label, const char *name, const char *value);

#endif
