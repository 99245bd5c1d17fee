/*
 * catalogue.h: what the operator sells: services, plans with dated prices, sets of options. Data, not code.
 */
#ifndef CATALOGUE_CATALOGUE_H
#define CATALOGUE_CATALOGUE_H

#include "audit/actor.h"
#include "base/auto.h"
#include "base/clock.h"
#include "base/language.h"
#include "catalogue/catalogue_rule.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct service {
    uint64_t id;
    char *code, *name_ja, *name_en;
};
void service_free(struct service *service);
AUTO_DEFINE(service)

struct plan {
    uint64_t id, service_id;
    char *code, *service_code, *name_ja, *name_en;
    uint64_t capacity_bytes;
    bool shareable, esim;
    struct date valid_from, valid_to; /* no date: still sold */
    uint64_t yen;                     /* a month, before tax, on the day that was asked for */
};
void plan_free(struct plan *plan);
AUTO_DEFINE(plan)

/* What a plan is made from. */
struct plan_new {
    const char *code, *service_code, *name_ja, *name_en;
    uint64_t capacity_bytes, yen;
    bool shareable, esim;
    struct date valid_from;
};

/* ---- rows; permits: catalogue, and operator to write ---- */

bool service_insert(struct db *db, const char *code, const char *name_ja, const char *name_en, uint64_t *id,
                    GError **error);
/* The service with that code. PORTAL_NOT_FOUND. */
struct service *service_get_by_code(struct db *db, const char *code, GError **error);
GPtrArray *service_list(struct db *db, GError **error);

bool plan_insert(struct db *db, uint64_t service, const struct plan_new *plan, uint64_t *id, GError **error);
/* The plan with that code, priced as on `today`. PORTAL_NOT_FOUND. */
struct plan *plan_get_by_code(struct db *db, const char *code, struct date today, GError **error);
GPtrArray *plan_list(struct db *db, struct date today, GError **error);

/* The set of the options `codes`, found or made. Codes come sorted; NULL ends them; none is set 1. */
bool option_set_ensure(struct db *db, const char *const *codes, uint64_t *id, GError **error);

enum catalogue_kind { CATALOGUE_SERVICE, CATALOGUE_PLAN, CATALOGUE_OPTIONS };
struct catalogue_name {
    enum catalogue_kind kind;
    uint64_t id;
    char *text[LANGUAGE_N];
    int64_t capacity; /* of a plan, bytes */
};

/* What services, plans and sets of options are called (struct catalogue_name), services first, each by id: read when
 * the catalogue is of another edition than what this process has read before, or of none (0). Lives until the next
 * call. */
struct catalogue_names {
    GPtrArray *all;
    GHashTable *by_id;
};
const struct catalogue_names *catalogue_names(struct db *db, uint64_t edition, GError **error);

/* One of them. NULL: it was not there yet. */
const struct catalogue_name *catalogue_name(const struct catalogue_names *names, enum catalogue_kind kind, uint64_t id);

/* ---- use cases ---- */

/* Add a service or a plan with its first price. PORTAL_INVALID, PORTAL_NOT_FOUND (the service),
 * PORTAL_CONFLICT. */
bool service_create(struct db *db, const struct actor *actor, struct moment now, const char *code, const char *name_ja,
                    const char *name_en, uint64_t *id, GError **error);
bool plan_create(struct db *db, const struct actor *actor, struct moment now, const struct plan_new *plan, uint64_t *id,
                 GError **error);

#endif
