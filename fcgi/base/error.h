/*
 * error.h: the one error domain. Codes say what a person can do about it; the message of a GError is
 * for the log alone, people read the text that the portal keeps for the code.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <glib.h>

enum portal_error {
    PORTAL_INVALID,   /* what was sent cannot be accepted as it is; mend and send again */
    PORTAL_NOT_FOUND, /* no such thing, or not for this customer */
    PORTAL_FORBIDDEN, /* the account may not do this */
    PORTAL_CONFLICT,  /* somebody was first, or the world has moved */
    PORTAL_LIMIT,     /* too many, too often or too large */
    PORTAL_BUSY,      /* the database or another part is away; the same again later may work */
    PORTAL_UNCERTAIN, /* a write that may or may not have been kept: look before trying again */
    PORTAL_INTERNAL,  /* a bug or a broken installation */
    PORTAL_ERROR_N
};

#define PORTAL_ERROR (portal_error_quark())
GQuark portal_error_quark(void);

/* The HTTP status that answers `code`. */
int portal_error_status(enum portal_error code);

/* The code of `error`; an error of a foreign domain is PORTAL_INTERNAL. */
enum portal_error portal_error_code(const GError *error);

#endif
