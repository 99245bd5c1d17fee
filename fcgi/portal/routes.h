/*
 * routes.h: the route table: every address of the portal.
 */
#ifndef PORTAL_ROUTES_H
#define PORTAL_ROUTES_H

#include "web/router.h"

extern const struct route portal_routes[];
extern const guint portal_routes_n;

#endif
