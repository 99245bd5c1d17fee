/*
 * request_xml.h: requests and lines of drafts as parts of page documents. Shapes stand at the top of
 * views/pages/request-*.xsl and draft-*.xsl.
 */
#ifndef REQUEST_REQUEST_XML_H
#define REQUEST_REQUEST_XML_H

#include "request/draft.h"
#include "request/request.h"
#include "view/doc.h"

enum label request_status_label(enum request_status status);
enum label item_result_label(enum item_result result);

/* <request …/> for each of a list. */
void request_rows_node(struct node *list, const GPtrArray *requests, enum language language, bool with_customer);

/* <item …/> for each line of a request. */
void request_items_node(struct node *list, const GPtrArray *items, enum language language);

/* <line …/> for each line of a draft; what refuses it in words. */
void draft_lines_node(struct node *list, const GPtrArray *lines, const struct request_kind *kind,
                      enum language language);

/* <event …/>. */
void request_events_node(struct node *part, const GPtrArray *events, enum language language);

/* yen, tax and total, ready to show; nothing when there is nothing to pay. */
void request_total_node(struct node *parent, int64_t yen, int64_t tax);

#endif
