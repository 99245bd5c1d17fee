/*
 * role_rule.c: the table of roles and rights.
 */
#include "account/role_rule.h"

#include "base/right.h"

#include <stddef.h>
#include <string.h>

enum { RIGHTS_TO_READ = RIGHT_START | RIGHT_LINE_VIEW };

static const struct {
    const char *code;
    unsigned rights;
} roles[ROLE_N] = {
    [ROLE_ADMINISTRATOR] = { "administrator", RIGHTS_TO_READ | RIGHT_LINE_EDIT | RIGHT_LINE_SECRET | RIGHT_REQUEST |
                                                  RIGHT_ACCOUNT | RIGHT_AUDIT_VIEW },
    [ROLE_MEMBER] = { "member", RIGHTS_TO_READ | RIGHT_LINE_EDIT | RIGHT_LINE_SECRET | RIGHT_REQUEST },
    [ROLE_VIEWER] = { "viewer", RIGHTS_TO_READ },
    [ROLE_AUDITOR] = { "auditor", RIGHTS_TO_READ | RIGHT_AUDIT_VIEW },
};

const char *role_code(enum role role)
{
    return roles[role].code;
}

bool role_read(const char *code, enum role *role)
{
    for (int i = 0; code != NULL && i < ROLE_N; i++) {
        if (strcmp(roles[i].code, code) == 0) {
            *role = (enum role)i;
            return true;
        }
    }
    return false;
}

unsigned role_rights(enum role role)
{
    return roles[role].rights;
}

unsigned role_rights_of_all(enum role role)
{
    return roles[role].rights & (RIGHTS_TO_READ | RIGHT_AUDIT_VIEW);
}
