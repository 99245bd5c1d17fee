/*
 * test_routes.c: walks the route table of the portal. Needs the compiled stylesheets: VIEWS_DIR, or views/
 * below the folder it is run in.
 */
#include "portal/routes.h"

#include "account/role_rule.h"
#include "base/token.h"
#include "portal/frame.h"

#include <string.h>

/* Addresses that nobody need be signed in for. */
static const char *const public_patterns[] = { "/healthz", "/brand.css", "/brand/logo", "/login" };

static struct gate gate;

static const char *views_dir(void)
{
    const char *from_environment = g_getenv("VIEWS_DIR");
    return from_environment != NULL ? from_environment : "views";
}

static void test_rights(void)
{
    static const unsigned every = RIGHT_PUBLIC | RIGHT_SIGNED_IN | RIGHT_START | RIGHT_LINE_VIEW | RIGHT_LINE_EDIT |
                                  RIGHT_LINE_SECRET | RIGHT_REQUEST | RIGHT_ACCOUNT | RIGHT_AUDIT_VIEW;
    for (guint i = 0; i < portal_routes_n; i++) {
        const struct route *route = &portal_routes[i];
        g_test_message("%s", route->pattern);
        g_assert_cmpuint(route->right & ~every, ==, 0);
        g_assert_true(route->right != 0 && (route->right & (route->right - 1)) == 0); /* one, and only one */
        bool is_listed = false;
        for (gsize j = 0; j < G_N_ELEMENTS(public_patterns); j++) {
            is_listed = is_listed || strcmp(public_patterns[j], route->pattern) == 0;
        }
        g_assert_cmpint(route->right == RIGHT_PUBLIC, ==, is_listed);
    }
}

/* GET can change nothing: the router lets it read alone. What changes comes by POST, which the router asks
 * for a CSRF token, and is told again by the page that has the form. */
static void test_methods(void)
{
    for (guint i = 0; i < portal_routes_n; i++) {
        const struct route *route = &portal_routes[i];
        g_test_message("%s", route->pattern);
        g_assert_true(route->method == METHOD_GET || route->method == METHOD_POST);
        g_assert_nonnull(route->page);
        if (route->method == METHOD_GET) {
            g_assert_null(route->again);
            g_assert_false((route->flags & ROUTE_LOGIN) != 0);
        } else {
            g_assert_cmpint(route->form != NULL, ==, route->again != NULL);
            g_assert_true(route->again == NULL || route->view != NULL);
        }
        /* statements of the login only where people sign in or change the password */
        if ((route->flags & ROUTE_LOGIN) != 0) {
            g_assert_true(strcmp(route->pattern, "/login") == 0 || strcmp(route->pattern, "/password") == 0);
        }
    }
}

/* Routes for programs stand below /api/v1/: the router asks each for a token and takes neither cookie nor CSRF token.
 * What is there answers by itself, and a viewer's right is never enough to write. */
static void test_api(void)
{
    guint routes = 0;
    for (guint i = 0; i < portal_routes_n; i++) {
        const struct route *route = &portal_routes[i];
        g_test_message("%s", route->pattern);
        if (!request_is_api(route->pattern)) {
            g_assert_true(strncmp(route->pattern, "/api", 4) != 0);
            continue;
        }
        routes++;
        g_assert_true(g_str_has_prefix(route->pattern, "/api/v1/"));
        g_assert_null(route->view);
        g_assert_null(route->again);
        g_assert_cmpuint(route->flags, ==, 0);
        g_assert_cmpuint(route->right & (RIGHT_PUBLIC | RIGHT_SIGNED_IN | RIGHT_START), ==, 0);
        if (route->method == METHOD_POST) {
            g_assert_null(route->form);
            g_assert_cmpuint(route->right & role_rights(ROLE_VIEWER), ==, 0);
        }
    }
    g_assert_cmpuint(routes, >=, 3);
}

static void test_forms(void)
{
    for (guint i = 0; i < portal_routes_n; i++) {
        const struct form *form = portal_routes[i].form;
        for (guint j = 0; form != NULL && j < form->n; j++) {
            const struct field *field = &form->fields[j];
            g_test_message("%s %s", portal_routes[i].pattern, field->name);
            g_assert_nonnull(field->check);
            g_assert_cmpuint(form_position(form, field->name), ==, j); /* no name twice */
            g_assert_true(field->check != field_choice || field->choices != NULL);
            g_assert_true(field->check != field_text || field->most > 0);
            g_assert_cmpstr(field->name, !=, "csrf");
        }
    }
}

static const struct route *route_at(enum method method, const char *pattern)
{
    for (guint i = 0; i < portal_routes_n; i++) {
        if (portal_routes[i].method == method && strcmp(portal_routes[i].pattern, pattern) == 0) {
            return &portal_routes[i];
        }
    }
    return NULL;
}

/* What was typed when a session ended is shown by the page of the GET, as if it had been sent: the page must be the one
 * that shows the form again. Passwords are never kept. */
static void test_kept(void)
{
    for (guint i = 0; i < portal_routes_n; i++) {
        const struct route *post = &portal_routes[i], *get = route_at(METHOD_GET, post->pattern);
        g_test_message("%s", post->pattern);
        g_assert_true((post->flags & ROUTE_TICKS) == 0 || post->method == METHOD_GET);
        g_assert_cmpint((post->flags & ROUTE_LOGOUT) != 0, ==, strcmp(post->pattern, "/logout") == 0);
        if (post->method == METHOD_POST && get != NULL && post->view != NULL && strcmp(get->view, post->view) == 0) {
            g_assert_true(post->again == get->page);
        }
        for (guint j = 0; post->form != NULL && j < post->form->n; j++) {
            const struct field *field = &post->form->fields[j];
            static const char *const secrets[] = { "password", "present", "new", "again", NULL };
            bool is_secret = g_strv_contains(secrets, field->name);
            g_assert_cmpint(is_secret, ==, (field->flags & FIELD_EXACT) != 0);
        }
    }
}

static void test_views(void)
{
    g_autoptr(GError) error = NULL;
    AUTO(view) struct view *view = view_open(views_dir(), &error);
    g_assert_no_error(error);
    g_assert_true(view_has_page(view, "error"));
    g_assert_false(view_has_page(view, "no-such-page"));
    g_assert_true(frame_knows("error"));
    g_assert_false(frame_knows("no-such-page"));
    g_assert_false(frame_knows(NULL));
    for (guint i = 0; i < portal_routes_n; i++) {
        const char *page = portal_routes[i].view;
        if (page != NULL) {
            g_test_message("%s", page);
            g_assert_true(view_has_page(view, page));
            g_assert_true(frame_knows(page));
        }
    }
}

static char *filled(const char *pattern)
{
    GString *path = g_string_new(pattern);
    g_string_replace(path, "{id}", "9223372036854775807", 0);
    g_string_replace(path, "{number}", "TC0000-00003-PR240001", 0);
    return g_string_free(path, FALSE);
}

/* Each pattern, with a number in place of {id} and a request's in place of {number}, leads to its own route. */
static void test_collisions(void)
{
    gate = (struct gate){ .routes = portal_routes, .n_routes = portal_routes_n };
    for (guint i = 0; i < portal_routes_n; i++) {
        const struct route *route = &portal_routes[i];
        g_autofree char *path = filled(route->pattern);
        g_autofree char *allowed = NULL;
        uint64_t id = 0;
        g_test_message("%s", path);
        g_assert_true(*route->pattern == '/' && strchr(path, '{') == NULL);
        g_assert_true(router_match(&gate, route->method, path, &id, &allowed) == route);
        g_assert_true(strstr(route->pattern, "{id}") == NULL || id == G_MAXINT64);
        for (guint j = 0; j < i; j++) {
            g_assert_false(portal_routes[j].method == route->method &&
                           strcmp(portal_routes[j].pattern, route->pattern) == 0);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/routes/one-right-and-nothing-public-but-what-is-listed", test_rights);
    g_test_add_func("/routes/get-reads-post-has-a-form-that-is-shown-again", test_methods);
    g_test_add_func("/routes/api-has-neither-view-nor-open-door", test_api);
    g_test_add_func("/routes/fields-have-checkers-and-limits", test_forms);
    g_test_add_func("/routes/kept-forms-are-shown-again-secrets-never", test_kept);
    g_test_add_func("/routes/every-view-exists-and-has-a-title", test_views);
    g_test_add_func("/routes/no-two-paths-collide", test_collisions);
    return g_test_run();
}
