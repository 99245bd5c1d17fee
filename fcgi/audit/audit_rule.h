/*
 * audit_rule.h: what a row of the audit is and which bytes its seal covers.
 */
#ifndef AUDIT_AUDIT_RULE_H
#define AUDIT_AUDIT_RULE_H

#include "audit/actor.h"
#include "base/auto.h"
#include "base/clock.h"
#include "base/secret.h"

#include <glib.h>
#include <stdint.h>

enum { AUDIT_MAC_BYTES = 32 };

/* Longest texts, in characters: the columns' sizes. */
enum {
    AUDIT_NAME_MOST = 100,
    AUDIT_ADDRESS_MOST = 45,
    AUDIT_REQUEST_MOST = 64,
    AUDIT_OBJECT_MOST = 100,
    AUDIT_DETAIL_MOST = 2000
};

/* A row as it was written. Owns its texts. */
struct audit_row {
    uint64_t id, customer;
    struct moment at;
    uint64_t actor_id; /* 0: none */
    char *actor_kind, *actor_name, *address, *request_id, *action, *object, *detail;
};
void audit_row_free(struct audit_row *row);
AUTO_DEFINE(audit_row)

/* The end of a chain: how many rows it has and the newest row's seal; zeros for a chain without rows. */
struct audit_head {
    uint64_t position;
    guint8 mac[AUDIT_MAC_BYTES];
};

/* A copy of `text` (NULL: "") with what is no UTF-8 replaced, of at most `most` characters. The caller frees.
 */
char *audit_cut(const char *text, glong most);

/* Move `head` on to `row`: position + 1, and the seal over the seal before, the position and every field of
 * the row, each with its length in front, so that no two rows give the same bytes. `which` key: secret_mac. */
void audit_head_advance(struct audit_head *head, const struct secret_keys *keys, guint which,
                        const struct audit_row *row);

/* The seal as hexadecimal digits. The caller frees. */
char *audit_mac_show(const guint8 *mac);

#endif
