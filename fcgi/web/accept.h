/*
 * accept.h: which of the portal's languages an Accept-Language header asks for.
 */
#ifndef WEB_ACCEPT_H
#define WEB_ACCEPT_H

#include "base/language.h"

/* The language liked best, the first of equals; false if none of ours is asked for. RFC 9110, 12.5.4. */
bool accept_language(const char *header, enum language *language);

#endif
