/*
 * repair.h: a line whose state is unknown after a final error, set right by the operator. domain.md, SIM states.
 */
#ifndef CONTRACT_REPAIR_H
#define CONTRACT_REPAIR_H

#include "contract/contract.h"

struct repaired {
    enum line_state to;
    uint64_t line;
};

/* Bring the failed line with this phone number (digits) back to the state before its failure, or to `to` (enum
 * line_state; negative: the state before). What waits for the repair is looked at again. One transaction with history,
 * kept counts and audit. PORTAL_NOT_FOUND: there is no such line; PORTAL_CONFLICT: it is not failed, or nobody knows
 * where it stood. Permits: operator, worker, journal. */
bool line_repair(struct db *db, const struct actor *actor, struct moment now, const char *phone, int to,
                 struct repaired *repaired, GError **error);

#endif
