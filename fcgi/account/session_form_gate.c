/*
 * session_form_gate.c: what the router asks of the forms that are kept for sessions. They rest sealed.
 */
#include "account/session_form_gate.h"

#include "account/session_form_store.h"

static struct db_permit enter(struct context *context)
{
    return db_permit(context->db, (struct db_permit){ .roles = ROLE_GATE, .scopes = SCOPE_SESSION });
}

bool session_form_gate_keep(struct context *context, const char *path, const char *text, GError **error)
{
    g_autoptr(GBytes) sealed = secret_seal(context->keys, text);
    struct db_permit before = enter(context);
    bool good = session_form_keep(context->db, &context->session, path, sealed, context->now, error);
    db_permit(context->db, before);
    return good;
}

bool session_form_gate_get(struct context *context, char **path, char **text, GError **error)
{
    g_autoptr(GBytes) sealed = NULL;
    g_autofree char *found = NULL;
    struct db_permit before = enter(context);
    bool good = session_form_get(context->db, &context->session, context->now, &found, &sealed, error);
    db_permit(context->db, before);
    if (!good || found == NULL) {
        return good;
    }
    gsize size = 0;
    const void *bytes = g_bytes_get_data(sealed, &size);
    *text = secret_open(context->keys, bytes, size, error);
    *path = *text != NULL ? g_steal_pointer(&found) : NULL;
    return *text != NULL;
}

bool session_form_gate_drop(struct context *context, const char *path, GError **error)
{
    struct db_permit before = enter(context);
    bool good = session_form_drop(context->db, &context->session, path, error);
    db_permit(context->db, before);
    return good;
}

bool session_form_gate_end(struct context *context, GError **error)
{
    struct db_permit before = enter(context);
    bool good = session_drop_ended(context->db, &context->session, error);
    db_permit(context->db, before);
    return good;
}
