/*
 * submit_service.c: makes a draft a request, or changes the request it is of: one transaction, all or nothing, once.
 */
#include "request/submit_service.h"

#include "audit/audit.h"
#include "base/error.h"
#include "request/request_store.h"
#include "request/request_tell_service.h"

#include <string.h>

/* The service of all lines, 0 if they have several. */
static uint64_t service_of(const GArray *lines)
{
    uint64_t service = g_array_index(lines, struct request_line, 0).service;
    for (guint i = 1; i < lines->len; i++) {
        if (g_array_index(lines, struct request_line, i).service != service) {
            return 0;
        }
    }
    return service;
}

static struct request_content content_of(const struct submitting *submitting, const char *fields)
{
    const struct look *look = &submitting->look;
    return (struct request_content){ .kind = look->draft->kind,
                                     .customer = look->owner->customer,
                                     .account = look->owner->account,
                                     .draft = look->draft->id,
                                     .service = service_of(look->lines),
                                     .fields = fields,
                                     .effective = look->effective,
                                     .lines = look->lines->len,
                                     .yen_each = look->total.each,
                                     .total = look->total };
}

static bool note(struct db *db, const struct submitting *submitting, uint64_t id, const char *event, const char *action,
                 GError **error)
{
    const struct look *look = &submitting->look;
    g_autofree char *object = g_strdup_printf("request %" G_GUINT64_FORMAT, id);
    g_autofree char *detail = g_strdup_printf("%s, %u lines", look->draft->kind->code, look->lines->len);
    return request_store_event(db, submitting->actor, id, event, "", look->now, error) &&
           audit_add(db, submitting->actor, look->now, look->owner->customer, action, object, detail, error);
}

/* A new request. Its number is drawn last, so that the counter is locked for a moment only. */
static bool make(struct db *db, struct submitting *submitting, const struct request_content *content, uint64_t *id,
                 GError **error)
{
    const struct look *look = &submitting->look;
    return request_store_add(db, submitting->actor, content, look->now, id, error) &&
           request_store_add_items(db, content, *id, look->now, error) &&
           draft_store_set_made(db, content->customer, content->draft, *id, error) &&
           note(db, submitting, *id, "received", "request-make", error) &&
           request_store_count_add(db, content->customer, error) &&
           request_store_number(db, look->owner, *id, content->kind->letters, moment_date(look->now),
                                &submitting->number, error);
}

/* The request that the draft is of becomes what the draft says; it keeps its number. */
static bool remake(struct db *db, struct submitting *submitting, const struct request_content *content, uint64_t id,
                   GError **error)
{
    const struct look *look = &submitting->look;
    struct request_lock lock = { 0 };
    if (!request_store_lock(db, content->customer, id, &lock, error)) {
        return false;
    }
    bool good = request_can_change(lock.status, lock.effective_on, look->now);
    if (!good) {
        g_set_error(error, PORTAL_ERROR, PORTAL_FORBIDDEN, "the request can be changed no more");
    }
    submitting->number = g_steal_pointer(&lock.number);
    request_lock_clear(&lock);
    return good && request_store_remove_items(db, content->customer, id, error) &&
           request_store_set(db, content, id, look->now, error) &&
           request_store_add_items(db, content, id, look->now, error) &&
           draft_store_set_made(db, content->customer, content->draft, id, error) &&
           note(db, submitting, id, "changed", "request-change", error);
}

static bool tell(struct db *db, const struct submitting *submitting, GError **error)
{
    const struct look *look = &submitting->look;
    struct request_news news = { .kind = look->draft->kind,
                                 .customer = look->owner->customer,
                                 .number = submitting->number,
                                 .event = look->draft->of_request != 0 ? REQUEST_NEWS_CHANGED : REQUEST_NEWS_RECEIVED,
                                 .lines = look->lines->len,
                                 .effective = look->effective };
    return request_tell(db, submitting->keys, submitting->config, &news, look->now, error);
}

bool submit_take(struct db *db, struct submitting *submitting, GError **error)
{
    const struct draft *draft = submitting->look.draft;
    g_autofree char *fields = request_fields_json(draft->fields);
    struct request_content content = content_of(submitting, fields);
    uint64_t id = draft->of_request;
    return draft->of_request != 0 ? remake(db, submitting, &content, id, error) && tell(db, submitting, error)
                                  : make(db, submitting, &content, &id, error) && tell(db, submitting, error);
}

/* True if everything is as the person was shown it. */
static bool is_as_shown(const struct submitting *submitting)
{
    const struct look *look = &submitting->look;
    return look->draft->version == submitting->submit->version && look->draft->is_seen &&
           memcmp(look->digest, submitting->submit->digest, DIGEST_BYTES) == 0;
}

/* The items of a request that is changed are locked before its lines are judged: a worker may be at them. */
static bool lock_old_items(struct db *db, const struct look *look, GError **error)
{
    guint pending = 0;
    g_autoptr(GArray) lines =
        look->draft->of_request == 0
            ? g_array_new(FALSE, FALSE, sizeof(struct request_line))
            : request_store_lock_lines(db, look->owner->customer, look->draft->of_request, &pending, error);
    return lines != NULL;
}

static bool do_submit(struct db *db, void *data, GError **error)
{
    struct submitting *submitting = data;
    struct look *look = &submitting->look;
    look_clear(look);
    g_clear_pointer(&submitting->number, g_free);
    look->draft = draft_store_lock(db, look->owner, submitting->submit->id, error);
    if (look->draft == NULL) {
        return false;
    }
    if (look->draft->made_request != 0) {
        look->outcome = DRAFT_GOOD;
        return request_number_of(db, look->owner->customer, look->draft->made_request, &submitting->number, error);
    }
    if (!lock_old_items(db, look, error) || !look_at(db, look, true, error)) {
        return false;
    }
    if (look->outcome == DRAFT_EMPTY || look->outcome == DRAFT_BAD_DATE) {
        return true;
    }
    if (!is_as_shown(submitting)) {
        look->outcome = DRAFT_CHANGED;
        return look_keep(db, look, error);
    }
    return look->outcome != DRAFT_GOOD || submit_take(db, submitting, error);
}

bool draft_submit(struct db *db, const struct secret_keys *keys, const struct config *config, const struct actor *actor,
                  const struct draft_owner *owner, const struct draft_submit *submit, struct moment now,
                  enum draft_outcome *outcome, char **number, GError **error)
{
    struct submitting submitting = {
        .keys = keys, .config = config, .actor = actor, .submit = submit, .look = { .owner = owner, .now = now }
    };
    bool good = db_transaction(db, do_submit, &submitting, error);
    if (good) {
        *outcome = submitting.look.outcome;
        *number = g_steal_pointer(&submitting.number);
    }
    g_free(submitting.number);
    look_clear(&submitting.look);
    return good;
}
