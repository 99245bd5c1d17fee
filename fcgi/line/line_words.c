/*
 * line_words.c: the labels of states, kinds and sizes. The words stand in the messages.
 */
#include "line/line_words.h"

static const enum label state_labels[LINE_STATE_N] = {
    [LINE_INACTIVE] = LABEL_LINE_STATE_INACTIVE,     [LINE_ACTIVE] = LABEL_LINE_STATE_ACTIVE,
    [LINE_SUSPENDED] = LABEL_LINE_STATE_SUSPENDED,   [LINE_REISSUING] = LABEL_LINE_STATE_REISSUING,
    [LINE_TERMINATED] = LABEL_LINE_STATE_TERMINATED, [LINE_FAILED] = LABEL_LINE_STATE_FAILED,
};
static const enum label kind_labels[CARD_KIND_N] = {
    [CARD_CARD] = LABEL_CARD_KIND_CARD, [CARD_ESIM] = LABEL_CARD_KIND_ESIM
};
static const enum label size_labels[CARD_SIZE_N] = {
    [CARD_STANDARD] = LABEL_CARD_SIZE_STANDARD,
    [CARD_MICRO] = LABEL_CARD_SIZE_MICRO,
    [CARD_NANO] = LABEL_CARD_SIZE_NANO,
    [CARD_NO_SIZE] = LABEL_CARD_SIZE_NONE,
};

enum label line_state_label(enum line_state state)
{
    return state_labels[state];
}

enum label card_kind_label(enum card_kind kind)
{
    return kind_labels[kind];
}

enum label card_size_label(enum card_size size)
{
    return size_labels[size];
}

const char *card_kind_text(enum language language, enum card_kind kind)
{
    return label_text(language, kind_labels[kind]);
}

const char *card_size_text(enum language language, enum card_size size)
{
    return label_text(language, size_labels[size]);
}
