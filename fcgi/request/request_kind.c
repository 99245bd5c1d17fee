/*
 * request_kind.c: finds kinds in the table that product/ gives.
 */
#include "request/request_kind.h"

#include <string.h>

static const char *const codes[REFUSAL_N] = { "", "state", "collides", "breaks", "protected", "in-group" };

const struct request_kind *request_kind_find(const char *code)
{
    for (guint i = 0; code != NULL && i < request_kinds_n; i++) {
        if (strcmp(request_kinds[i]->code, code) == 0) {
            return request_kinds[i];
        }
    }
    return NULL;
}

const char *refusal_code(enum refusal refusal)
{
    return codes[refusal];
}

enum refusal refusal_read(const char *code)
{
    for (int i = 0; i < REFUSAL_N; i++) {
        if (strcmp(codes[i], code) == 0) {
            return (enum refusal)i;
        }
    }
    return REFUSAL_NONE;
}
