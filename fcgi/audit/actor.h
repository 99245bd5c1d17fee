/*
 * actor.h: who does something, as every service takes it and as journals store it.
 */
#ifndef AUDIT_ACTOR_H
#define AUDIT_ACTOR_H

#include <stdint.h>

enum actor_kind { ACTOR_NOBODY, ACTOR_ACCOUNT, ACTOR_TOKEN, ACTOR_OPERATOR, ACTOR_WORKER, ACTOR_KIND_N };

struct actor {
    enum actor_kind kind;
    uint64_t id;            /* the account's or token's; 0: none */
    const char *name;       /* login id, system user, "worker" */
    const char *address;    /* where from; "" on this machine */
    const char *request_id; /* as in the logs; "" if there is none */
};

/* The word that stands in rows: nobody, account, token, operator, worker. */
const char *actor_kind_word(enum actor_kind kind);

#endif
