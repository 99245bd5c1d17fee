/*
 * request_xml.h: requests and lines of drafts as parts of page documents. Shapes stand at the top of
 * views/pages/request-*.xsl and draft-*.xsl.
 */
#ifndef REQUEST_REQUEST_XML_H
#define REQUEST_REQUEST_XML_H

#include "request/draft.h"
#include "request/request.h"
#include "request/schedule.h"
#include "view/doc.h"

enum label request_status_label(enum request_status status);
enum label item_result_label(enum item_result result);

/* The day it was carried out, or is to be. */
struct date request_day(const struct request_made *made);

/* Why a line of a request has failed or was left out, why one of a draft is refused or what will become of a later
 * request, why a row of an upload was refused or what was mended to read it; NULL: nothing to say. The caller frees. */
char *request_item_reason(const struct request_item *item, enum language language);
char *draft_line_reason(const struct draft_line *line, enum language language);
char *draft_row_text(const struct draft_row *row, bool refused, enum language language);

/* The state of a line when the kind has been carried out. */
enum line_state draft_line_then(const struct draft_line *line, const struct request_kind *kind);

/* <request …/> for each of a list. */
void request_rows_node(struct node *list, const GPtrArray *requests, enum language language, bool with_customer);

/* <item …/> for each line of a request. */
void request_items_node(struct node *list, const GPtrArray *items, enum language language);

/* <NAME href number kind items day status status-text customer/> for each of an array of struct scheduled. */
void scheduled_nodes(struct node *parent, const char *name, const GPtrArray *all, enum language language);

/* <request …/> for each of one line's (struct line_request). */
void request_of_line_nodes(struct node *parent, const GPtrArray *requests, enum language language);

/* <kind code text/> for a kind; for each kind that SIMs can be asked for. */
void request_kind_node(struct node *parent, const struct request_kind *kind, enum language language);
void request_kind_nodes(struct node *parent, enum language language);

/* <line …/> for each line of a draft; what refuses it in words. */
void draft_lines_node(struct node *list, const GPtrArray *lines, const struct request_kind *kind,
                      enum language language);

/* <event …/>. */
void request_events_node(struct node *part, const GPtrArray *events, enum language language);

/* yen, tax and total, ready to show; nothing when there is nothing to pay. */
void request_total_node(struct node *parent, int64_t yen, int64_t tax);

#endif
