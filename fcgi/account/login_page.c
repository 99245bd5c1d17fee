/*
 * login_page.c: the login form, logging in and out.
 */
#include "account/account_page.h"

#include "account/login.h"
#include "account/session.h"
#include "audit/audit.h"
#include "base/address.h"
#include "view/label.h"
#include "web/url.h"

#include <string.h>

enum { LANGUAGE_DAYS = 365 };

/* ---- the form ---- */

enum { LOGIN_ID, PASSWORD, NEXT };
static const struct field login_fields[] = {
    [LOGIN_ID] = { .name = "login_id",
                   .label = LABEL_FIELD_LOGIN_ID,
                   .check = field_text,
                   .flags = FIELD_REQUIRED,
                   .most = 64 },
    [PASSWORD] = { .name = "password",
                   .label = LABEL_FIELD_PASSWORD,
                   .check = field_text,
                   .flags = FIELD_REQUIRED | FIELD_EXACT,
                   .most = 1024 },
    [NEXT] = { .name = "next", .check = field_text, .flags = FIELD_LENIENT, .most = 1000 },
};
const struct form login_form = FORM("login", login_fields);

static const char *const languages[] = { "ja", "en", NULL };
static const char *const ends[] = { "1", "lost", "kept", NULL };
enum { VIEW_NEXT, VIEW_LANGUAGE, VIEW_ENDED, VIEW_OUT };
static const struct field login_view_fields[] = {
    [VIEW_NEXT] = { .name = "next", .check = field_text, .flags = FIELD_LENIENT, .most = 1000 },
    [VIEW_LANGUAGE] = { .name = "lang", .check = field_choice, .flags = FIELD_LENIENT, .choices = languages },
    [VIEW_ENDED] = { .name = "ended", .check = field_choice, .flags = FIELD_LENIENT, .choices = ends },
    [VIEW_OUT] = { .name = "out", .check = field_text, .flags = FIELD_LENIENT, .most = 1 },
};
const struct form login_view_form = FORM("login-view", login_view_fields);

static const enum label end_texts[] = { LABEL_LOGIN_ENDED, LABEL_LOGIN_ENDED_LOST, LABEL_LOGIN_ENDED_KEPT };

static void hidden_next(struct context *context, const char *next)
{
    if (url_is_local(next)) {
        struct node *hidden = node_add(context->part, "hidden");
        node_set(hidden, "name", "next");
        node_set(hidden, "value", next);
    }
}

/* The page in another language still leads to where one wanted to go. */
static void language_nodes(struct context *context, const char *next, const char *ended)
{
    for (int i = 0; languages[i] != NULL; i++) {
        struct node *node = node_add(context->part, "language");
        GString *url = g_string_new("/login");
        url_add(url, "lang", languages[i]);
        url_add(url, "ended", ended);
        url_add(url, "next", url_is_local(next) ? next : NULL);
        node_set(node, "code", languages[i]);
        node_take(node, "href", g_string_free(url, FALSE));
    }
}

static void show_fields(struct context *context, const struct values *values, const char *next, const char *ended)
{
    node_set(context->part, "action", "/login");
    language_nodes(context, next, ended);
    hidden_next(context, next);
    form_field_node(context->part, values, LOGIN_ID, context->language);
    form_field_node(context->part, values, PASSWORD, context->language);
}

/* Somebody who is signed in has nothing to do here. */
static bool is_signed_in(struct context *context)
{
    if (context->session.account != 0) {
        response_redirect(context->response, "/");
    }
    return context->session.account != 0;
}

/* After a fault: what was typed is kept, but for the password. */
static void show_again(struct context *context)
{
    show_fields(context, context->values, context->values->at[NEXT].text, NULL);
}

/* GET /login, and the form again after a fault. */
enum outcome login_page(struct context *context, GError **error)
{
    (void)error;
    if (context->values->form == &login_form) {
        show_again(context);
        return SHOW;
    }
    if (is_signed_in(context)) {
        return DONE;
    }
    const struct value *at = context->values->at;
    if (at[VIEW_LANGUAGE].choice >= 0) {
        response_cookie(context->response, COOKIE_LANGUAGE, languages[at[VIEW_LANGUAGE].choice], LANGUAGE_DAYS * 86400);
        g_autoptr(GString) url = g_string_new("/login");
        url_add(url, "ended", at[VIEW_ENDED].text);
        url_add(url, "next", at[VIEW_NEXT].text);
        response_redirect(context->response, url->str);
        return DONE;
    }
    if (at[VIEW_OUT].is_given) {
        context_notice(context, "good", label_text(context->language, LABEL_LOGIN_SIGNED_OUT));
    } else if (at[VIEW_ENDED].choice >= 0) {
        context_notice(context, "info", label_text(context->language, end_texts[at[VIEW_ENDED].choice]));
    }
    AUTO(values) struct values *empty = form_blank(&login_form);
    show_fields(context, empty, at[VIEW_NEXT].text, at[VIEW_ENDED].text);
    return SHOW;
}

static void welcome(struct context *context, const struct login_answer *answer, const char *next)
{
    g_autofree char *base = answer->customer != 0 ? address_base(answer->customer) : NULL;
    response_base(context->response, base);
    response_cookie(context->response, COOKIE_SESSION, answer->token, 0);
    response_redirect(context->response, url_is_local(next) ? next : "/");
}

static void later(struct context *context, int wait)
{
    g_autofree char *seconds = g_strdup_printf("%d", wait);
    response_status(context->response, 429);
    response_header(context->response, "Retry-After", seconds);
    values_fault(context->values, wait == 1 ? LABEL_LOGIN_TOO_MANY_ONE : LABEL_LOGIN_TOO_MANY_OTHER, "seconds",
                 seconds);
}

/* POST /login. */
enum outcome login_submit(struct context *context, GError **error)
{
    const struct value *at = context->values->at;
    struct login_answer answer = { 0 };
    const struct session *session = &context->session;
    bool is_live = session->account != 0;
    g_autofree char *cookie = request_cookie(context->request, COOKIE_SESSION);
    g_autofree char *csrf = cookie != NULL ? router_csrf(cookie) : NULL;
    struct login_request request = { .login_id = at[LOGIN_ID].text,
                                     .password = at[PASSWORD].text,
                                     .address = context->request->address,
                                     .agent = context->request->agent,
                                     .request_id = context->request->id,
                                     .old_session = is_live ? session->id : session->ended_id,
                                     .old_account = is_live ? session->account : session->ended_account,
                                     .old_customer = is_live ? session->customer : session->ended_customer,
                                     .old_csrf = csrf };
    if (!login_attempt(context->db, context->config, context->keys, &request, context->now, &answer, error)) {
        return FAILED;
    }
    if (answer.result == LOGIN_GOOD) {
        welcome(context, &answer, at[NEXT].text);
        explicit_bzero(answer.token, strlen(answer.token));
        g_free(answer.token);
        return DONE;
    }
    if (answer.result == LOGIN_LATER) {
        later(context, answer.wait);
    } else {
        values_fault(context->values, LABEL_LOGIN_WRONG, NULL, NULL);
    }
    return AGAIN;
}

/* POST /logout: the session ends here, and the browser forgets what it kept. */
enum outcome logout_submit(struct context *context, GError **error)
{
    struct actor actor = context_actor(context);
    if (!session_close(context->db, &actor, context->now, &context->session, error)) {
        return FAILED;
    }
    response_cookie(context->response, COOKIE_SESSION, "", -1);
    response_header(context->response, "Clear-Site-Data", "\"cache\", \"storage\"");
    response_base(context->response, NULL);
    response_redirect(context->response, "/login?out=1");
    return DONE;
}
