/*
 * contract_store.h: states of many lines as rows.
 */
#ifndef CONTRACT_CONTRACT_STORE_H
#define CONTRACT_CONTRACT_STORE_H

#include "contract/contract.h"

/* Lines as the statements take them. The caller frees. */
char *contract_lines_json(const struct request_batch *batch);

bool contract_store_set(struct db *db, const char *lines, enum line_state to, struct date day, GError **error);
bool contract_store_events(struct db *db, const struct actor *actor, const char *lines, enum line_state to,
                           struct moment now, GError **error);
bool contract_store_counts(struct db *db, const char *lines, enum line_state to, GError **error);
bool contract_store_end(struct db *db, const char *lines, struct date day, GError **error);

#endif
