/*
 * customer.h: customers and their projects: adding and listing them. What their people may do stands in
 * account/; what they have stands in line/.
 */
#ifndef CUSTOMER_CUSTOMER_H
#define CUSTOMER_CUSTOMER_H

#include "audit/actor.h"
#include "base/auto.h"
#include "base/clock.h"
#include "customer/customer_rule.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct customer {
    uint64_t id;
    char *code, *name;
    struct moment created_at;
    uint64_t lines, terminated; /* lines under contract; lines that were */
};
void customer_free(struct customer *customer);
AUTO_DEFINE(customer)

struct project {
    uint64_t id;
    char *customer_code, *name;
    struct moment created_at;
};
void project_free(struct project *project);

/* ---- rows; permits: operator ---- */

bool customer_insert(struct db *db, const char *code, const char *name, struct moment now, uint64_t *id,
                     GError **error);
/* The customer with that code. PORTAL_NOT_FOUND. The caller frees with customer_free. */
struct customer *customer_get_by_code(struct db *db, const char *code, GError **error);
/* All customers by code, owned by the array. */
GPtrArray *customer_list(struct db *db, GError **error);

bool project_insert(struct db *db, uint64_t customer, const char *name, struct moment now, uint64_t *id,
                    GError **error);
/* The id of that project; 0 if there is none. */
bool project_find(struct db *db, uint64_t customer, const char *name, uint64_t *id, GError **error);
/* The projects of the customer with that code, or (NULL) of all. */
GPtrArray *project_list(struct db *db, const char *customer_code, GError **error);

/* ---- use cases ---- */

/* Add a customer, with its counters and a row of the audit. PORTAL_INVALID says what is wrong with code or
 * name, PORTAL_CONFLICT that the code is taken. */
bool customer_create(struct db *db, const struct actor *actor, struct moment now, const char *code, const char *name,
                     uint64_t *id, GError **error);

/* Add a project to the customer with that code. Errors likewise, and PORTAL_NOT_FOUND. */
bool project_create(struct db *db, const struct actor *actor, struct moment now, const char *customer_code,
                    const char *name, uint64_t *id, GError **error);

#endif
