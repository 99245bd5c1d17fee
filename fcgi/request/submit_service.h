/*
 * submit_service.h: making a judged draft a request, shared by its submission and by requests made in one call.
 */
#ifndef REQUEST_SUBMIT_SERVICE_H
#define REQUEST_SUBMIT_SERVICE_H

#include "request/look_service.h"

struct submitting {
    const struct secret_keys *keys;
    const struct config *config;
    const struct actor *actor;
    const struct draft_submit *submit; /* what the person was shown; NULL: nothing */
    struct look look;
    char *number; /* what it has become */
};

/* Make the request, or change the one the draft is of, with mails and audit: `look` is judged, its lines are locked and
 * all good. Within the transaction of the caller. */
bool submit_take(struct db *db, struct submitting *submitting, GError **error);

#endif
