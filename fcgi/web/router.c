/*
 * router.c: the steps of a request, in order. Each either lets it pass or answers it.
 */
#include "web/router.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/log.h"
#include "base/token.h"
#include "web/accept.h"
#include "web/api.h"
#include "web/page_customer.h"
#include "web/refuse.h"
#include "web/session_form.h"
#include "web/url.h"
#include "web/visit.h"

#include <string.h>

enum { URL_MOST = 1000, VISIT_SECONDS = 12 * 3600 };

/* ---- matching ---- */

/* What {number} may be: the numbers of requests, never a word of ours, for those are in small letters. */
#define WORD "{number}"
enum { WORD_MOST = 40 };
static const char word_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

static bool match_pattern(const char *pattern, const char *path, uint64_t *id)
{
    while (*pattern != '\0') {
        if (strncmp(pattern, "{id}", 4) == 0) {
            gsize digits = strspn(path, "0123456789");
            g_autofree char *text = g_strndup(path, digits);
            if (*path == '0' || !g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, id, NULL)) {
                return false;
            }
            pattern += 4;
            path += digits;
        } else if (strncmp(pattern, WORD, sizeof WORD - 1) == 0) {
            gsize length = strspn(path, word_letters);
            if (length == 0 || length > WORD_MOST) {
                return false;
            }
            pattern += sizeof WORD - 1;
            path += length;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == '\0';
}

const struct route *router_match(const struct gate *gate, enum method method, const char *path, uint64_t *id,
                                 char **allowed)
{
    bool has_get = false, has_post = false;
    for (guint i = 0; i < gate->n_routes; i++) {
        const struct route *route = &gate->routes[i];
        if (match_pattern(route->pattern, path, id)) {
            if (route->method == method) {
                return route;
            }
            has_get = has_get || route->method == METHOD_GET;
            has_post = has_post || route->method == METHOD_POST;
        }
    }
    *allowed = !has_get && !has_post ? NULL : g_strdup(!has_post ? "GET, HEAD" : !has_get ? "POST" : "GET, HEAD, POST");
    return NULL;
}

bool router_takes_files(const struct gate *gate, const char *path)
{
    uint64_t id = 0;
    g_autofree char *allowed = NULL;
    const struct route *route = router_match(gate, METHOD_POST, path, &id, &allowed);
    return route != NULL && (route->flags & ROUTE_UPLOAD) != 0;
}

/* What {number} stood for in `path`; NULL if the pattern has none. */
static char *word_of(const char *pattern, const char *path)
{
    const char *at = strstr(pattern, WORD);
    return at != NULL ? g_strndup(path + (at - pattern), strspn(path + (at - pattern), word_letters)) : NULL;
}

/* ---- session ---- */

static enum language wanted_language(const struct context *context)
{
    enum language language = LANGUAGE_JA;
    g_autofree char *cookie = request_cookie(context->request, COOKIE_LANGUAGE);
    if (context->session.account != 0) {
        return context->session.language;
    }
    if (cookie == NULL || !language_from_code(cookie, &language)) {
        language_from_code(context->config->portal.language, &language);
    }
    return language;
}

char *router_csrf(const char *anchor)
{
    return token_mac(anchor, "csrf");
}

/* The token of forms hangs on the session's cookie, before login on a cookie of the visit. */
static void open_csrf(struct context *context, const char *session_token)
{
    if (context->session.account != 0) {
        context->csrf = router_csrf(session_token);
        return;
    }
    if (context->route != NULL && (context->route->flags & ROUTE_NOT_COUNTED) != 0) {
        return; /* a probe: it has no forms */
    }
    g_autofree char *visit = request_cookie(context->request, COOKIE_VISIT);
    if (visit == NULL || !token_is_well_formed(visit)) {
        g_free(visit);
        visit = token_new();
        response_cookie(context->response, COOKIE_VISIT, visit, 0);
    }
    context->csrf = router_csrf(visit);
}

/* A program says with each request which language it wants. */
static void choose_language(struct context *context)
{
    const char *languages = context->request->languages;
    if (!context->is_api || languages == NULL || !accept_language(languages, &context->language)) {
        context->language = wanted_language(context);
    }
}

/* The API: cookies do not count, so that no page of another site can speak for who is logged in. */
static bool open_api(struct context *context, GError **error)
{
    const char *authorization = context->request->authorization;
    if (authorization != NULL && !context->gate->resolve_token(context, authorization, error)) {
        return false;
    }
    choose_language(context);
    return true;
}

static bool open_session(struct context *context, GError **error)
{
    if (context->is_api) {
        return open_api(context, error);
    }
    g_autofree char *token = request_cookie(context->request, COOKIE_SESSION);
    if (token != NULL && !token_is_well_formed(token)) {
        g_clear_pointer(&token, g_free);
    }
    if (token != NULL && !context->gate->resolve(context, token, error)) {
        return false;
    }
    choose_language(context);
    open_csrf(context, token);
    page_customer_set(context, context->session.customer);
    return true;
}

/* ---- rights ---- */

/* Lead to the login page, and back here afterwards. */
static void lead_to_login(struct context *context)
{
    if (context->request->method == METHOD_POST) {
        session_form_lead(context);
        return;
    }
    g_autoptr(GString) url = g_string_new("/login");
    if (context->session.has_ended) {
        url_add(url, "ended", "1");
    }
    if (strcmp(context->request->path, "/") != 0) {
        g_autofree char *path = page_customer_path(context->request);
        g_autoptr(GString) next = g_string_new(path);
        for (guint i = 0; i < context->request->query->n; i++) {
            url_add(next, context->request->query->at[i].name, context->request->query->at[i].value);
        }
        url_add(url, "next", next->len < URL_MOST && url_is_local(next->str) ? next->str : NULL);
    }
    response_redirect(context->response, url->str);
}

static void log_refused(const struct context *context, const char *why)
{
    log_event(LOG_WARNING, "refused", LOG_TEXT("why", why), LOG_TEXT("path", context->request->path),
              LOG_NUMBER("account", (int64_t)context->session.account), LOG_TEXT("address", context->request->address));
}

static void ask_for_token(struct context *context)
{
    bool was_shown = context->request->authorization != NULL;
    if (was_shown) {
        log_refused(context, "token");
    }
    response_header(context->response, "WWW-Authenticate",
                    was_shown ? "Bearer realm=\"simportal\", error=\"invalid_token\"" : "Bearer realm=\"simportal\"");
    refuse(context, 401, "token");
}

/* What may be done at one customer alone leads to the choice of one, and from there to the page. */
static void refuse_right(struct context *context, unsigned right)
{
    bool is_of_one = (context->session.rights_of_one & right) != 0;
    if (is_of_one && context->request->method == METHOD_GET) {
        g_autofree char *url = page_customer_choice(context->request->path);
        response_redirect(context->response, url);
        return;
    }
    log_refused(context, "right");
    refuse(context, 403, is_of_one ? "choose" : "forbidden");
}

/* True if the account may go on to the page; else the answer is given. */
static bool pass_right(struct context *context)
{
    unsigned right = context->route->right;
    if (right == RIGHT_PUBLIC) {
        return true;
    }
    if (context->session.account == 0 && context->is_api) {
        ask_for_token(context);
        return false;
    }
    if (context->session.account == 0) {
        lead_to_login(context);
        return false;
    }
    if (right == RIGHT_SIGNED_IN) {
        return true;
    }
    if (context->session.must_change && context->is_api) {
        refuse(context, 403, "password");
        return false;
    }
    if (context->session.must_change) {
        response_redirect(context->response, "/password");
        return false;
    }
    if ((context->session.rights & right) == 0) {
        refuse_right(context, right);
        return false;
    }
    return true;
}

/* ---- CSRF ---- */

bool router_origin_is_ours(const struct context *context)
{
    const struct request *request = context->request;
    if (request->fetch_site != NULL && strcmp(request->fetch_site, "same-origin") != 0 &&
        strcmp(request->fetch_site, "none") != 0) {
        return false;
    }
    return request->origin == NULL || strcmp(request->origin, context->config->portal.base_url) == 0;
}

char *router_sent_csrf(const struct context *context)
{
    guint count = 0;
    const char *sent = params_get(context->request->form, "csrf", &count);
    return count == 1 && router_origin_is_ours(context) ? token_unmask(sent) : NULL;
}

bool router_csrf_holds(const struct context *context, const char *csrf)
{
    g_autofree char *token = router_sent_csrf(context);
    return token != NULL && token_equal(token, csrf);
}

static bool pass_csrf(struct context *context)
{
    if (context->route->method != METHOD_POST || context->is_api) {
        return true; /* no browser adds a token by itself */
    }
    if (router_csrf_holds(context, context->csrf) || session_form_is_former(context) || visit_passes(context)) {
        return true;
    }
    log_refused(context, "csrf");
    refuse(context, 403, "csrf");
    return false;
}

/* ---- page ---- */

static void permit_route(struct context *context)
{
    const struct route *route = context->route;
    struct db_permit permit = {
        .roles = route->method == METHOD_POST ? ROLE_READ | ROLE_WRITE : ROLE_READ,
        .scopes = SCOPE_CUSTOMER | SCOPE_ACCOUNT | SCOPE_CATALOGUE | SCOPE_JOURNAL,
        .customer = context->session.customer,
    };
    if ((route->flags & ROUTE_LOGIN) != 0) {
        permit.scopes |= SCOPE_LOGIN;
    }
    db_permit(context->db, permit);
}

char *router_page_above(const struct gate *gate, const char *path, bool (*is_wanted)(const struct route *route))
{
    g_autofree char *above = g_strdup(path);
    for (char *end = above + strlen(above); end > above; end = strrchr(above, '/')) {
        g_autofree char *allowed = NULL;
        uint64_t id = 0;
        *end = '\0';
        const struct route *route = router_match(gate, METHOD_GET, above, &id, &allowed);
        if (route != NULL && (is_wanted == NULL || is_wanted(route))) {
            return g_steal_pointer(&above);
        }
    }
    return g_strdup("/");
}

/* Where a change of the language comes back to: a list with its conditions; after a POST the nearest page above. */
char *router_here(const struct context *context)
{
    const struct request *request = context->request;
    if (request->path == NULL) {
        return g_strdup("/"); /* it could not be read */
    }
    if (request->method == METHOD_GET) {
        return g_strdup(request->target);
    }
    return router_page_above(context->gate, request->path, NULL);
}

bool router_begin_doc(struct context *context, const char *page, GError **error)
{
    if (context->doc != NULL) {
        doc_free(context->doc);
    }
    context->page = page;
    context->crumb = NULL;
    context->doc = doc_new(page, context->language);
    context->root = doc_root(context->doc);
    if (context->csrf != NULL) {
        node_take(context->root, "csrf", token_mask(context->csrf));
    }
    node_set(context->root, "base", context->base);
    node_take(context->root, "path", router_here(context));
    node_set(context->root, "request-id", context->request->id);
    node_take(context->root, "now", moment_iso(context->now));
    if (!context->gate->frame(context, context->root, error)) {
        return false;
    }
    context->notices = node_add(context->root, "notices");
    context->part = node_add(context->root, page);
    return true;
}

static bool send_page(struct context *context, GError **error)
{
    gsize length = 0;
    if (context->values != NULL) {
        form_errors_node(context->root, context->values, context->language);
    }
    char *html = view_render(context->view, context->doc, context->language, &length, error);
    if (html == NULL) {
        return false;
    }
    response_send(context->response, "text/html; charset=utf-8", html, length);
    g_free(html);
    return true;
}

static enum outcome run(struct context *context, page_function *page, const char *view, GError **error)
{
    if (view != NULL && !router_begin_doc(context, view, error)) {
        return FAILED;
    }
    session_form_say(context);
    return page(context, error);
}

static enum outcome run_again(struct context *context, GError **error)
{
    const struct route *route = context->route;
    if (response_get_status(context->response) == 200) {
        response_status(context->response, 422); /* unless the page knows better: 409, 429 */
    }
    return run(context, route->again, route->view, error);
}

/* A route of the API answers by itself, with good values and a body that is JSON. */
static bool run_api(struct context *context, GError **error)
{
    g_autoptr(GError) failure = NULL;
    if (context->values != NULL && !values_are_good(context->values)) {
        api_refuse_query(context, context->values);
        return true;
    }
    if (context->route->method == METHOD_POST) {
        context->json = json_read(context->request->body, context->request->body_length, &failure);
        if (context->json == NULL) {
            log_error(LOG_INFO, "malformed", failure);
            api_problem(context, 400, "malformed", NULL);
            return true;
        }
        if (json_has_half_pair(context->request->body, context->request->body_length)) {
            api_refuse_text(context);
            return true;
        }
    }
    return context->route->page(context, error) == DONE;
}

static bool run_route(struct context *context, GError **error)
{
    const struct route *route = context->route;
    enum outcome outcome = SHOW;
    permit_route(context);
    if (route->form != NULL) {
        const struct params *sent = route->method == METHOD_POST ? context->request->form : context->request->query;
        context->values = form_check(route->form, sent);
    }
    if (context->is_api) {
        return run_api(context, error);
    }
    if (!session_form_take(context, error)) {
        return false;
    }
    if (context->is_stale) {
        values_fault(context->values, LABEL_ERROR_CSRF, NULL, NULL);
    }
    bool is_good = context->values == NULL || values_are_good(context->values);
    if (is_good || route->method == METHOD_GET) {
        if (!is_good) {
            response_status(context->response, 422);
        }
        outcome = run(context, route->page, route->again == NULL ? route->view : NULL, error);
    } else {
        outcome = AGAIN;
    }
    if (outcome == AGAIN) {
        g_assert(route->again != NULL);
        outcome = run_again(context, error);
    }
    if (outcome == SHOW) {
        return send_page(context, error);
    }
    return outcome == DONE;
}

static void answer(struct context *context)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *allowed = NULL;
    context->route =
        router_match(context->gate, context->request->method, context->request->path, &context->id, &allowed);
    context->word = context->route != NULL ? word_of(context->route->pattern, context->request->path) : NULL;
    if (!open_session(context, &error)) {
        refuse_error(context, error);
    } else if (context->route == NULL && allowed != NULL) {
        response_header(context->response, "Allow", allowed);
        refuse(context, 405, "method");
    } else if (context->route == NULL || page_customer_is_astray(context)) {
        refuse(context, context->request->method == METHOD_OTHER ? 405 : 404,
               context->request->method == METHOD_OTHER ? "method" : "not-found");
    } else if (pass_right(context) && pass_csrf(context) && !run_route(context, &error)) {
        refuse_error(context, error);
    }
}

static void log_answer(const struct context *context, int64_t began, struct db_tally before)
{
    struct db_tally after = db_tally(context->db);
    log_event(
        LOG_INFO, "request", LOG_TEXT("route", context->route != NULL ? context->route->pattern : ""),
        LOG_TEXT("method", context->request->method == METHOD_POST ? "POST" : "GET"),
        LOG_NUMBER("status", response_get_status(context->response)), LOG_NUMBER("us", clock_ticks() - began),
        LOG_NUMBER("statements", (int64_t)(after.statements - before.statements)),
        LOG_NUMBER("rows", (int64_t)(after.rows - before.rows)), LOG_NUMBER("db_us", (int64_t)(after.us - before.us)),
        LOG_NUMBER("bytes", (int64_t)response_bytes(context->response)),
        LOG_NUMBER("account", (int64_t)context->session.account),
        LOG_NUMBER("customer", (int64_t)context->session.customer), LOG_TEXT("address", context->request->address));
}

void router_answer(struct context *context)
{
    int64_t began = clock_ticks();
    struct db_tally before = db_tally(context->db);
    log_request(context->request->id);
    context->now = clock_now();
    context->is_api = request_is_api(context->request->path);
    answer(context);
    db_permit(context->db, (struct db_permit){ 0 });
    log_answer(context, began, before);
    log_request(NULL);
    if (context->doc != NULL) {
        doc_free(context->doc);
    }
    if (context->values != NULL) {
        values_free(context->values);
    }
    if (context->kept != NULL) {
        values_free(context->kept);
    }
    json_object_put(context->json);
    session_clear(&context->session);
    g_free(context->base);
    g_free(context->csrf);
    g_free(context->word);
}

bool context_is_folded(const struct context *context, const char *name)
{
    g_autofree char *cookie = request_cookie(context->request, COOKIE_FOLDED);
    g_auto(GStrv) names = g_strsplit(cookie != NULL ? cookie : "", ".", 20);
    return g_strv_contains((const char *const *)names, name);
}

void context_title(struct context *context, const char *title)
{
    node_replace(context->root, "title", title);
    if (context->crumb != NULL) {
        node_replace(context->crumb, "text", title);
    }
}

void context_crumb_above(struct context *context, const char *text, const char *href, const char *own)
{
    if (context->crumb != NULL) {
        node_replace(context->crumb, "text", text);
        node_set(context->crumb, "href", href);
        context->crumb = node_add(context->crumbs, "crumb");
        node_set(context->crumb, "text", own);
    }
}

void context_notice(struct context *context, const char *kind, const char *text)
{
    struct node *notice = node_add(context->notices, "notice");
    node_set(notice, "kind", kind);
    node_set(notice, "text", text);
}

void router_refuse(struct context *context, int status, const char *target, const GError *cause)
{
    log_request(context->request->id);
    log_error(LOG_INFO, "unreadable", cause);
    context->now = clock_now();
    context->is_api = target != NULL && request_is_api(target);
    choose_language(context);
    const char *kind = status == 413 ? "too-large" : status == 415 ? "type" : status == 503 ? "busy" : "invalid";
    refuse(context, status, kind);
    log_request(NULL);
    if (context->doc != NULL) {
        doc_free(context->doc);
    }
}
