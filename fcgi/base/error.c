/*
 * error.c: the table behind the error codes.
 */
#include "base/error.h"

static const int statuses[PORTAL_ERROR_N] = {
    [PORTAL_INVALID] = 422, [PORTAL_NOT_FOUND] = 404, [PORTAL_FORBIDDEN] = 403, [PORTAL_CONFLICT] = 409,
    [PORTAL_LIMIT] = 429,   [PORTAL_BUSY] = 503,      [PORTAL_UNCERTAIN] = 503, [PORTAL_INTERNAL] = 500,
};

G_DEFINE_QUARK(portal - error - quark, portal_error)

int portal_error_status(enum portal_error code)
{
    g_assert(code < PORTAL_ERROR_N);
    return statuses[code];
}

enum portal_error portal_error_code(const GError *error)
{
    return error->domain == PORTAL_ERROR ? (enum portal_error)error->code : PORTAL_INTERNAL;
}
