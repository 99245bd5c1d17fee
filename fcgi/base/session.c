/*
 * session.c: frees what a session holds.
 */
#include "base/session.h"

#include <glib.h>

void session_clear(struct session *session)
{
    g_free(session->login_id);
    g_free(session->name);
    g_free(session->email);
    g_free(session->role);
    g_free(session->customer_code);
    g_free(session->customer_name);
    *session = (struct session){ 0 };
}
