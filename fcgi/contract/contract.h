/*
 * contract.h: the requests that change a line's state: suspend, resume, activate, terminate.
 */
#ifndef CONTRACT_CONTRACT_H
#define CONTRACT_CONTRACT_H

#include "request/request_kind.h"

extern const struct request_kind contract_suspend, contract_resume, contract_activate, contract_terminate;

/* The names of their fields beside the date, and the words that reasons may be (NULL ends them). */
#define CONTRACT_FIELD_REASON "reason"
#define CONTRACT_FIELD_NOTE "note"
extern const char *const contract_suspend_reasons[], *const contract_terminate_reasons[];

/* Bring the lines of a batch to `to`, with their history and the kept counts; `state` of each is what it was before.
 * Permits: worker. */
bool contract_move(struct db *db, const struct actor *actor, const struct request_batch *batch, enum line_state to,
                   GError **error);

#endif
