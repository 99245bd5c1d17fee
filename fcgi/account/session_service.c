/*
 * session_service.c: ending one's own session.
 */
#include "account/session.h"

#include "audit/audit.h"

struct closing {
    const struct actor *actor;
    const struct session *session;
    struct moment now;
};

static bool close_it(struct db *db, void *data, GError **error)
{
    const struct closing *closing = data;
    const struct session *session = closing->session;
    return session_end(db, session->account, session->id, error) &&
           audit_add(db, closing->actor, closing->now, session->home_customer, "logout", "session", "", error);
}

bool session_close(struct db *db, const struct actor *actor, struct moment now, const struct session *session,
                   GError **error)
{
    struct closing closing = { .actor = actor, .session = session, .now = now };
    return db_transaction(db, close_it, &closing, error);
}
