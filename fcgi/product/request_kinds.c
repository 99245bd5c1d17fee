/*
 * request_kinds.c: every kind of request there is. The engine, pages, API, worker and command line walk this table.
 */
#include "contract/contract.h"
#include "recharge/recharge.h"

const struct request_kind *const request_kinds[] = {
    &recharge_line_kind, &contract_suspend, &contract_resume, &contract_activate, &contract_terminate,
};
const guint request_kinds_n = G_N_ELEMENTS(request_kinds);
