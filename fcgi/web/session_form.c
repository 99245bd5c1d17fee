/*
 * session_form.c: decides what of a form is kept, and which page shows it again. How it is kept is the gate's.
 */
#include "web/session_form.h"

#include "base/token.h"
#include "web/refuse.h"
#include "web/url.h"
#include "view/label.h"

#include <string.h>

enum { NEXT_MOST = 1000 };

/* ---- the page of a form ---- */

struct place {
    char *url;
    const struct route *route; /* NULL: there is no such page */
};

static const struct route *route_of(const struct context *context, enum method method, const char *path)
{
    uint64_t id = 0;
    g_autofree char *allowed = NULL;
    return router_match(context->gate, method, path, &id, &allowed);
}

static bool is_page(const struct route *route)
{
    return route != NULL && route->right != RIGHT_PUBLIC && route->view != NULL && strcmp(route->view, "error") != 0;
}

/* The page that the browser says it came from. */
static struct place referer_of(const struct context *context)
{
    const char *referer = context->request->referer, *base = context->config->portal.base_url;
    if (referer == NULL || !g_str_has_prefix(referer, base) || !url_is_local(referer + strlen(base))) {
        return (struct place){ 0 };
    }
    const char *target = referer + strlen(base);
    g_autofree char *path = params_decode(target, strcspn(target, "?#"), FALSE);
    const struct route *route = path != NULL ? route_of(context, METHOD_GET, path) : NULL;
    return is_page(route) ? (struct place){ g_strndup(target, strcspn(target, "#")), route } : (struct place){ 0 };
}

/* Where its form stands: at the same address, where it came from, or the nearest page above. */
static struct place place_of(const struct context *context)
{
    const struct request *request = context->request;
    const struct route *same = route_of(context, METHOD_GET, request->path);
    if (is_page(same)) {
        return (struct place){ g_strdup(url_is_local(request->target) ? request->target : request->path), same };
    }
    struct place place = referer_of(context);
    if (place.url == NULL) {
        place.url = router_here(context);
        place.route = route_of(context, METHOD_GET, place.url);
    }
    return place;
}

static bool has_boxes(const struct form *form)
{
    bool found = false;
    for (guint i = 0; i < form->n; i++) {
        found = found || (form->fields[i].flags & FIELD_MANY) != 0;
    }
    return found;
}

/* The page is the one that shows the form after a fault. */
static bool shows_form(const struct route *page, const struct route *post)
{
    return post->view != NULL && strcmp(page->view, post->view) == 0;
}

static bool shows_boxes(const struct route *page, const struct route *post)
{
    return (page->flags & ROUTE_TICKS) != 0 && has_boxes(post->form);
}

/* ---- keeping ---- */

static const struct field *field_of(const struct form *form, const char *name)
{
    for (guint i = 0; i < form->n; i++) {
        if (strcmp(form->fields[i].name, name) == 0) {
            return &form->fields[i];
        }
    }
    return NULL;
}

/* What was typed, as a query; NULL: nothing that the page shows, or too much. The caller clears and frees. */
static char *typed(const struct form *form, const struct params *sent, bool boxes_alone)
{
    GString *text = g_string_new(NULL);
    bool is_any = false;
    for (guint i = 0; i < sent->n; i++) {
        const struct field *field = field_of(form, sent->at[i].name);
        if (field == NULL || (field->flags & FIELD_EXACT) != 0) {
            continue;
        }
        is_any = is_any || (*sent->at[i].value != '\0' && (!boxes_alone || (field->flags & FIELD_MANY) != 0));
        g_string_append_printf(text, "%s%s=", text->len > 0 ? "&" : "", field->name);
        g_string_append_uri_escaped(text, sent->at[i].value, NULL, TRUE);
    }
    bool fits = is_any && text->len <= SESSION_FORM_MOST;
    if (!fits) {
        explicit_bzero(text->str, text->len);
    }
    return g_string_free(text, !fits);
}

/* The form is one of the session that the cookie is of, and time has ended that a while ago at most. */
static bool is_of_ended(const struct context *context)
{
    g_autofree char *cookie = request_cookie(context->request, COOKIE_SESSION);
    if (context->session.ended_id == 0 || cookie == NULL) {
        return false;
    }
    g_autofree char *csrf = router_csrf(cookie);
    return router_csrf_holds(context, csrf);
}

bool session_form_is_former(const struct context *context)
{
    uint8_t digest[DIGEST_BYTES];
    g_autofree char *csrf = context->session.has_former ? router_sent_csrf(context) : NULL;
    if (csrf == NULL) {
        return false;
    }
    token_digest(csrf, digest);
    return memcmp(digest, context->session.former_csrf, DIGEST_BYTES) == 0;
}

static bool is_recent(const struct context *context)
{
    return context->now.us < moment_add(context->session.ended_at, SESSION_KEPT_SECONDS).us;
}

static bool keep(struct context *context, const struct route *page, bool *kept, GError **error)
{
    const struct route *post = context->route;
    *kept = false;
    if (page == NULL || post->form == NULL || context->gate->form_keep == NULL || !is_of_ended(context) ||
        !is_recent(context) || !(shows_form(page, post) || shows_boxes(page, post))) {
        return true;
    }
    char *text = typed(post->form, context->request->form, !shows_form(page, post));
    if (text == NULL) {
        return true;
    }
    *kept = true;
    bool good = context->gate->form_keep(context, context->request->path, text, error);
    explicit_bzero(text, strlen(text));
    g_free(text);
    return good;
}

static void lead(struct context *context, const char *page, bool kept)
{
    g_autoptr(GString) next = g_string_new(page), url = g_string_new("/login");
    if (kept && strstr(page, "kept=1") == NULL) {
        url_add(next, "kept", "1");
    }
    url_add(url, "ended", kept ? "kept" : "lost");
    url_add(url, "next", strcmp(next->str, "/") != 0 && next->len < NEXT_MOST ? next->str : NULL);
    response_redirect(context->response, url->str);
}

/* Who logs out of a session that has ended has logged out: nothing of it stays. */
static bool log_out(struct context *context, GError **error)
{
    if (is_of_ended(context) && !context->gate->session_drop(context, error)) {
        return false;
    }
    response_redirect(context->response, "/login?out=1");
    return true;
}

void session_form_lead(struct context *context)
{
    g_autoptr(GError) error = NULL;
    bool kept = false;
    if ((context->route->flags & ROUTE_LOGOUT) != 0) {
        if (!log_out(context, &error)) {
            refuse_error(context, error);
        }
        return;
    }
    struct place place = place_of(context);
    if (keep(context, place.route, &kept, &error)) {
        lead(context, place.url, kept);
    } else {
        refuse_error(context, error);
    }
    g_free(place.url);
}

/* ---- giving back ---- */

static struct values *read_values(const struct form *form, const char *text)
{
    AUTO(params) struct params *params = params_parse(text, strlen(text), NULL);
    struct values *values = params != NULL ? form_check(form, params) : form_blank(form);
    for (guint i = 0; i < form->n; i++) {
        values->at[i].is_bad = false; /* it was not sent yet */
    }
    return values;
}

static void give(struct context *context, const char *path, const char *text)
{
    const struct route *page = context->route, *post = route_of(context, METHOD_POST, path);
    if (post == NULL || post->form == NULL || (post->right & (context->session.rights | RIGHT_SIGNED_IN)) == 0) {
        return;
    }
    if (shows_form(page, post) && strcmp(path, context->request->path) == 0) {
        if (context->values != NULL) {
            values_free(context->values);
        }
        context->values = read_values(post->form, text);
        context->is_kept = true;
    } else if (shows_boxes(page, post)) {
        context->kept = read_values(post->form, text);
        context->is_kept = true;
    }
}

static bool restore(struct context *context, GError **error)
{
    char *path = NULL, *text = NULL;
    if (!context->gate->form_get(context, &path, &text, error)) {
        return false;
    }
    if (path != NULL) {
        give(context, path, text);
        explicit_bzero(text, strlen(text));
        g_free(text);
        g_free(path);
    }
    return true;
}

bool session_form_take(struct context *context, GError **error)
{
    if (!context->session.has_form) {
        return true;
    }
    if (context->route->method == METHOD_POST) {
        return context->gate->form_drop(context, context->request->path, error);
    }
    return !is_page(context->route) || g_strcmp0(params_get(context->request->query, "kept", NULL), "1") != 0 ||
           restore(context, error);
}

void session_form_say(struct context *context)
{
    if (context->is_kept) {
        context_notice(context, "warning", label_text(context->language, LABEL_ERROR_FORM_KEPT));
    }
}

bool session_form_ticks(const struct context *context, const char *name, uint64_t id)
{
    if (context->kept == NULL || field_of(context->kept->form, name) == NULL) {
        return false;
    }
    const GArray *ids = context->kept->at[form_position(context->kept->form, name)].numbers;
    for (guint i = 0; i < ids->len; i++) {
        if (g_array_index(ids, uint64_t, i) == id) {
            return true;
        }
    }
    return false;
}
