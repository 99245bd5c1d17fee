/*
 * line_service.c: what one does to a line at once, each in one transaction with its history and the audit.
 */
#include "line/line_store.h"

#include "audit/audit.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

struct noting {
    const struct actor *actor;
    const struct line_note *note;
    struct moment now;
    bool changed;
};

static bool tell(struct db *db, const struct noting *noting, const char *kind, const char *from, const char *to,
                 GError **error)
{
    struct line_change change = {
        .line = noting->note->id, .customer = noting->note->customer, .kind = kind, .from = from, .to = to
    };
    return strcmp(from, to) == 0 || line_event_add(db, noting->actor, noting->now, &change, error);
}

static bool write_note(struct db *db, const struct noting *noting, const struct line_kept_note *kept, GError **error)
{
    const struct line_note *note = noting->note;
    g_autofree char *search = text_search_key(note->label);
    g_autofree char *object = g_strdup_printf("line %" G_GUINT64_FORMAT, note->id);
    uint64_t changed = 0;
    if (!db_run(db, STATEMENT_LINE_SET_NOTE, &changed, error, DB_TEXT(note->label), DB_TEXT(search),
                DB_TEXT(note->memo), DB_U64(note->id), DB_U64(note->customer), DB_U64(note->version))) {
        return false;
    }
    if (changed == 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "somebody changed the line meanwhile");
        return false;
    }
    return tell(db, noting, "label", kept->label, note->label, error) &&
           tell(db, noting, "memo", kept->memo, note->memo, error) &&
           audit_add(db, noting->actor, noting->now, note->customer, "line-note", object, note->label, error);
}

static bool do_note(struct db *db, void *data, GError **error)
{
    struct noting *noting = data;
    struct line_kept_note kept = { 0 };
    bool good = line_lock(db, noting->note->customer, noting->note->id, &kept, error);
    noting->changed =
        good && (strcmp(kept.label, noting->note->label) != 0 || strcmp(kept.memo, noting->note->memo) != 0);
    good = good && (!noting->changed || write_note(db, noting, &kept, error));
    g_free(kept.label);
    g_free(kept.memo);
    return good;
}

bool line_set_note(struct db *db, const struct actor *actor, struct moment now, const struct line_note *note,
                   bool *changed, GError **error)
{
    struct noting noting = { .actor = actor, .note = note, .now = now };
    if (!db_transaction(db, do_note, &noting, error)) {
        return false;
    }
    *changed = noting.changed;
    return true;
}

/* ---- protection against being terminated ---- */

struct protecting {
    const struct actor *actor;
    uint64_t customer, id;
    bool is_protected, changed;
    struct moment now;
};

/* As events and the audit hold it. */
static const char *switch_word(bool is_on)
{
    return is_on ? "on" : "off";
}

static bool write_protection(struct db *db, const struct protecting *protecting, GError **error)
{
    struct line_change change = { .line = protecting->id,
                                  .customer = protecting->customer,
                                  .kind = "protection",
                                  .from = switch_word(!protecting->is_protected),
                                  .to = switch_word(protecting->is_protected) };
    g_autofree char *object = g_strdup_printf("line %" G_GUINT64_FORMAT, protecting->id);
    return line_store_protect(db, protecting->customer, protecting->id, protecting->is_protected, error) &&
           line_event_add(db, protecting->actor, protecting->now, &change, error) &&
           audit_add(db, protecting->actor, protecting->now, protecting->customer, "line-protect", object,
                     switch_word(protecting->is_protected), error);
}

static bool do_protect(struct db *db, void *data, GError **error)
{
    struct protecting *protecting = data;
    enum line_state state = LINE_TERMINATED;
    bool was = false;
    if (!line_lock_protection(db, protecting->customer, protecting->id, &state, &was, error)) {
        return false;
    }
    if (state == LINE_TERMINATED) {
        g_set_error(error, PORTAL_ERROR, PORTAL_CONFLICT, "the line is terminated");
        return false;
    }
    protecting->changed = was != protecting->is_protected;
    return !protecting->changed || write_protection(db, protecting, error);
}

bool line_protect(struct db *db, const struct actor *actor, struct moment now, uint64_t customer, uint64_t id,
                  bool is_protected, bool *changed, GError **error)
{
    struct protecting protecting = {
        .actor = actor, .customer = customer, .id = id, .is_protected = is_protected, .now = now
    };
    if (!db_transaction(db, do_protect, &protecting, error)) {
        return false;
    }
    *changed = protecting.changed;
    return true;
}

/* ---- the eSIM's code ---- */

struct revealing {
    const struct actor *actor;
    uint64_t customer, id;
    struct moment now;
    GBytes *sealed;
    struct line_code code;
};

static void forget(struct revealing *revealing)
{
    g_clear_pointer(&revealing->sealed, g_bytes_unref);
    g_clear_pointer(&revealing->code.phone, g_free);
    g_clear_pointer(&revealing->code.serial, g_free);
}

static bool do_reveal(struct db *db, void *data, GError **error)
{
    struct revealing *revealing = data;
    forget(revealing);
    g_autofree char *object = g_strdup_printf("line %" G_GUINT64_FORMAT, revealing->id);
    return line_sealed_code(db, revealing->customer, revealing->id, &revealing->sealed, &revealing->code, error) &&
           audit_add(db, revealing->actor, revealing->now, revealing->customer, "esim-reveal", object,
                     revealing->code.serial, error);
}

bool line_reveal(struct db *db, const struct secret_keys *keys, const struct actor *actor, struct moment now,
                 uint64_t customer, uint64_t id, struct line_code *code, GError **error)
{
    struct revealing revealing = { .actor = actor, .customer = customer, .id = id, .now = now };
    bool good = db_transaction(db, do_reveal, &revealing, error);
    if (good) {
        gsize size = 0;
        const void *bytes = g_bytes_get_data(revealing.sealed, &size);
        revealing.code.code = secret_open(keys, bytes, size, error);
        good = revealing.code.code != NULL;
    }
    if (good) {
        *code = revealing.code;
        g_bytes_unref(revealing.sealed);
    } else {
        forget(&revealing);
    }
    return good;
}
