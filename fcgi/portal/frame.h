/*
 * frame.h: what surrounds every page: names, account, customers, menu, crumbs.
 */
#ifndef PORTAL_FRAME_H
#define PORTAL_FRAME_H

#include "web/router.h"

/* struct gate.frame. Fails only when the list of customers cannot be read. */
bool frame_fill(struct context *context, struct node *root, GError **error);

/* True if the frame has a title for the view `page`. */
bool frame_knows(const char *page);

#endif
