/*
 * line_words.h: what states, kinds and sizes are called, on pages and in files.
 */
#ifndef LINE_LINE_WORDS_H
#define LINE_LINE_WORDS_H

#include "line/line_rule.h"
#include "view/label.h"

enum label line_state_label(enum line_state state);
enum label card_kind_label(enum card_kind kind);
enum label card_size_label(enum card_size size);
const char *card_kind_text(enum language language, enum card_kind kind);
const char *card_size_text(enum language language, enum card_size size);

#endif
