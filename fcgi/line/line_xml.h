/*
 * line_xml.h: lines as parts of page documents. Shapes stand at the top of views/pages/line-*.xsl and start.xsl.
 */
#ifndef LINE_LINE_XML_H
#define LINE_LINE_XML_H

#include "line/line.h"
#include "line/line_words.h"
#include "view/doc.h"
#include "view/label.h"

/* The box of a row: ticked; `is_off`: cannot be ticked. */
struct line_box {
    bool is_ticked, is_off;
};

/* <line …/> for each row of a list; `now` tells whether figures are stale; `boxes` (NULL: none): one a row. */
void line_rows_node(struct node *list, const GArray *rows, const struct line_box *boxes, enum language language,
                    bool with_customer, struct moment now);

/* <option value text selected/> for each choice of `kind`. `chosen`: the value as sent. */
void line_choice_nodes(struct node *choice, const GPtrArray *choices, enum line_choice_kind kind, const char *chosen);

/* as-of="11:25" and stale="1" when figures are older than a day; nothing when there are none. */
void line_as_of(struct node *node, struct moment as_of, struct moment now);

/* month used capacity remaining percent level as-of of a usage figure. */
void line_usage_node(struct node *usage, enum language language, struct month month, int64_t used, int64_t capacity,
                     int64_t remaining);

/* A month as people write it: "November 2026". The caller frees. */
char *line_month_text(enum language language, struct month month);

/* The parts of the detail page. */
void line_facts_node(struct node *part, const struct line *line, enum language language);
void line_cards_node(struct node *part, const GPtrArray *cards, enum language language);
void line_events_node(struct node *part, const GPtrArray *events, enum language language);
void line_recharges_node(struct node *part, const GPtrArray *recharges, bool is_resting);

/* <qr size path/> of a text; nothing if it does not fit. */
void line_qr_node(struct node *part, const char *text);

#endif
