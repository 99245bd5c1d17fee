/*
 * test_router.c: the steps of a request in their order, with routes, sessions and a stylesheet of the test's
 * own: match, session, right, CSRF, form, page. No page runs before all of them let it.
 */
#include "web/router.h"

#include "base/error.h"
#include "base/token.h"
#include "feed.h"
#include "web/api.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define TOKEN(letter) letter "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SIGNED_IN COOKIE_SESSION "=" TOKEN("S")
#define VIEWER COOKIE_SESSION "=" TOKEN("V")
#define MUST_CHANGE COOKIE_SESSION "=" TOKEN("M")
#define SEVERAL COOKIE_SESSION "=" TOKEN("N")
#define SEVERAL_CHANGE COOKIE_SESSION "=" TOKEN("C")
#define ASTRAY COOKIE_SESSION "=" TOKEN("A")
#define ENDED COOKIE_SESSION "=" TOKEN("E")
#define AWAY COOKIE_SESSION "=" TOKEN("B")
#define VISIT COOKIE_VISIT "=" TOKEN("v")
#define BASE "https://portal.example.com"
#define FORM_TYPE "application/x-www-form-urlencoded"

static struct config *config;
static struct view *view;
static struct db *db;

/* ---- what the areas give: sessions and frame ---- */

static bool resolve(struct context *context, const char *token, GError **error)
{
    struct session *session = &context->session;
    if (*token == 'B') {
        g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "away");
        return false;
    }
    if (*token == 'E') {
        session->has_ended = true;
    }
    if (strchr("SVMNCA", *token) != NULL) {
        session->account = 7;
        session->customer = 9;
        session->language = LANGUAGE_EN;
        session->rights = RIGHT_START | RIGHT_LINE_VIEW | (*token == 'S' ? RIGHT_LINE_EDIT : 0);
        session->must_change = strchr("MC", *token) != NULL;
        session->customers = strchr("NCA", *token) != NULL ? 2 : 1;
        session->is_astray = *token == 'A';
    }
    return true;
}

static bool resolve_token(struct context *context, const char *authorization, GError **error)
{
    return !g_str_has_prefix(authorization, "Bearer ") || resolve(context, authorization + strlen("Bearer "), error);
}

static bool frame(struct context *context, struct node *root, GError **error)
{
    (void)error;
    node_set_number(root, "account", (int64_t)context->session.account);
    return true;
}

/* ---- pages, which note that they ran ---- */

static guint pages_run;
static uint64_t last_id;

static enum outcome show_page(struct context *context, GError **error)
{
    (void)error;
    pages_run++;
    last_id = context->id;
    for (guint i = 0; context->values != NULL && i < context->values->form->n; i++) {
        form_field_node(context->part, context->values, i, context->language);
    }
    return SHOW;
}

static enum outcome done_page(struct context *context, GError **error)
{
    (void)error;
    pages_run++;
    last_id = context->id;
    response_redirect(context->response, "/done");
    return DONE;
}

static enum outcome taken_page(struct context *context, GError **error)
{
    (void)error;
    pages_run++;
    value_fault(&context->values->at[0], LABEL_ERROR_CHOICE, NULL, NULL);
    return AGAIN;
}

static enum outcome missing_page(struct context *context, GError **error)
{
    (void)context;
    g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "another customer's");
    return FAILED;
}

/* A file that is begun and cannot be ended. */
static enum outcome half_page(struct context *context, GError **error)
{
    response_begin_file(context->response, "text/csv", "half.csv");
    response_write(context->response, "half", 4);
    g_set_error(error, PORTAL_ERROR, PORTAL_BUSY, "the database is away now");
    return FAILED;
}

/* Tries a statement that writes: a GET is refused by the database layer, a POST finds the database away. */
static enum outcome write_page(struct context *context, GError **error)
{
    g_autoptr(GError) failure = NULL;
    (void)error;
    g_assert_false(db_run(context->db, STATEMENT_LINE_SET_NOTE, NULL, &failure, DB_TEXT(""), DB_TEXT(""), DB_TEXT(""),
                          DB_U64(1), DB_U64(9), DB_U64(0)));
    bool is_get = context->route->method == METHOD_GET;
    g_assert_cmpint(failure->code, ==, is_get ? (int)PORTAL_INTERNAL : (int)PORTAL_BUSY);
    return is_get ? show_page(context, error) : done_page(context, error);
}

/* Tries rows of another customer. */
static enum outcome foreign_page(struct context *context, GError **error)
{
    (void)error;
    return db_run(context->db, STATEMENT_LINE_SET_NOTE, NULL, error, DB_TEXT(""), DB_TEXT(""), DB_TEXT(""), DB_U64(1),
                  DB_U64(10), DB_U64(0))
               ? SHOW
               : FAILED;
}

/* A page of the API: answers by itself. */
static enum outcome api_page(struct context *context, GError **error)
{
    (void)error;
    pages_run++;
    g_assert_cmpint(context->json != NULL, ==, context->route->method == METHOD_POST);
    api_send(context, 200, json_object_new_object());
    return DONE;
}

static const struct field fields[] = {
    { .name = "name", .check = field_text, .flags = FIELD_REQUIRED, .most = 5 },
    { .name = "page", .check = field_number, .flags = FIELD_LENIENT, .least = 1 },
};
static const struct form form = { .name = "f", .fields = fields, .n = G_N_ELEMENTS(fields) };
static const struct form lenient = { .name = "l", .fields = fields + 1, .n = 1 };

static const struct route routes[] = {
    { METHOD_GET, "/open", RIGHT_PUBLIC, show_page, "open", NULL, NULL, 0 },
    { METHOD_POST, "/open", RIGHT_PUBLIC, done_page, "open", &form, show_page, ROUTE_LOGIN },
    { METHOD_GET, "/password", RIGHT_SIGNED_IN, show_page, "password", NULL, NULL, 0 },
    { METHOD_GET, "/", RIGHT_START, show_page, "start", NULL, NULL, 0 },
    { METHOD_GET, "/sims", RIGHT_LINE_VIEW, show_page, "list", &lenient, NULL, 0 },
    { METHOD_GET, "/strict", RIGHT_LINE_VIEW, show_page, "list", &form, NULL, 0 },
    { METHOD_GET, "/sims/{id}", RIGHT_LINE_VIEW, show_page, "detail", NULL, NULL, 0 },
    { METHOD_POST, "/sims/{id}", RIGHT_LINE_EDIT, done_page, "detail", &form, show_page, 0 },
    { METHOD_POST, "/sims/{id}/taken", RIGHT_LINE_EDIT, taken_page, "detail", &form, show_page, 0 },
    { METHOD_POST, "/only-post", RIGHT_LINE_EDIT, done_page, NULL, NULL, NULL, 0 },
    { METHOD_GET, "/drafts/{id}", RIGHT_LINE_EDIT, show_page, "detail", NULL, NULL, ROUTE_UPLOAD },
    { METHOD_POST, "/drafts/{id}/numbers", RIGHT_LINE_EDIT, done_page, NULL, NULL, NULL, ROUTE_UPLOAD },
    { METHOD_GET, "/missing", RIGHT_START, missing_page, "start", NULL, NULL, 0 },
    { METHOD_GET, "/half", RIGHT_START, half_page, "start", NULL, NULL, 0 },
    { METHOD_GET, "/write", RIGHT_START, write_page, "start", NULL, NULL, 0 },
    { METHOD_POST, "/write", RIGHT_START, write_page, NULL, NULL, NULL, 0 },
    { METHOD_POST, "/foreign", RIGHT_START, foreign_page, NULL, NULL, NULL, 0 },
    { METHOD_GET, "/api/v1/things", RIGHT_LINE_VIEW, api_page, NULL, &form, NULL, 0 },
    { METHOD_POST, "/api/v1/things", RIGHT_LINE_EDIT, api_page, NULL, NULL, NULL, 0 },
    { METHOD_GET, "/api/v1/missing", RIGHT_LINE_VIEW, missing_page, NULL, NULL, NULL, 0 },
    { METHOD_POST, "/api/v1/write", RIGHT_LINE_VIEW, foreign_page, NULL, NULL, NULL, 0 },
};
static const struct gate gate = {
    .resolve = resolve,
    .resolve_token = resolve_token,
    .frame = frame,
    .routes = routes,
    .n_routes = G_N_ELEMENTS(routes),
};

/* ---- asking ---- */

static bool collect(void *data, const char *bytes, gsize n)
{
    g_string_append_len(data, bytes, (gssize)n);
    return true;
}

static bool was_cut;

/* The whole answer. What the log says goes nowhere. */
static char *ask(struct feed feed)
{
    int status = 0;
    GString *out = g_string_new(NULL);
    AUTO(request) struct request *request = feed_request(&feed, &status, NULL);
    g_assert_nonnull(request);
    AUTO(response) struct response *response = response_new(collect, out, request->is_head);
    struct context context = {
        .config = config, .view = view, .gate = &gate, .db = db, .request = request, .response = response
    };
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
    pages_run = 0;
    last_id = 0;
    dup2(nowhere, STDERR_FILENO);
    router_answer(&context);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(nowhere);
    was_cut = response_is_cut(response);
    struct db_permit left = db_permit(db, (struct db_permit){ 0 });
    g_assert_cmpuint(left.roles, ==, 0);
    return g_string_free(out, FALSE);
}

static char *get(const char *uri, const char *cookies)
{
    return ask((struct feed){ .method = "GET", .uri = uri, .cookies = cookies });
}

/* `csrf_of`: the cookie's value whose token is sent; NULL: none. */
static char *post(const char *uri, const char *cookies, const char *csrf_of, const char *body)
{
    g_autofree char *token = csrf_of != NULL ? router_csrf(csrf_of) : NULL;
    g_autofree char *csrf = token != NULL ? token_mask(token) : NULL;
    g_autofree char *whole = csrf != NULL ? g_strdup_printf("csrf=%s&%s", csrf, body) : g_strdup(body);
    return ask((struct feed){ .method = "POST", .uri = uri, .cookies = cookies, .type = FORM_TYPE, .body = whole });
}

static int status_of(const char *answer)
{
    g_assert_true(g_str_has_prefix(answer, "Status: "));
    return (int)g_ascii_strtoll(answer + 8, NULL, 10);
}

static char *header_of(const char *answer, const char *name)
{
    g_autofree char *wanted = g_strdup_printf("\r\n%s: ", name);
    const char *end = strstr(answer, "\r\n\r\n"), *at = strstr(answer, wanted);
    g_assert_nonnull(end);
    if (at == NULL || at > end) {
        return NULL;
    }
    at += strlen(wanted);
    return g_strndup(at, strcspn(at, "\r"));
}

static void check_header(const char *answer, const char *name, const char *want)
{
    g_autofree char *got = header_of(answer, name);
    g_assert_cmpstr(got, ==, want);
}

static const char *body_of(const char *answer)
{
    return strstr(answer, "\r\n\r\n") + 4;
}

/* ---- tests ---- */

static void test_match(void)
{
    static const struct {
        const char *path;
        enum method method;
        int route; /* -1: none */
        uint64_t id;
        const char *allowed;
    } cases[] = {
        { "/sims", METHOD_GET, 4, 0, NULL },
        { "/sims", METHOD_POST, -1, 0, "GET, HEAD" },
        { "/sims", METHOD_OTHER, -1, 0, "GET, HEAD" },
        { "/sims/1", METHOD_GET, 6, 1, NULL },
        { "/sims/1", METHOD_OTHER, -1, 1, "GET, HEAD, POST" },
        { "/sims/9223372036854775807", METHOD_GET, 6, G_MAXINT64, NULL },
        { "/sims/9223372036854775808", METHOD_GET, -1, 0, NULL },
        { "/sims/99999999999999999999999", METHOD_GET, -1, 0, NULL },
        { "/sims/0", METHOD_GET, -1, 0, NULL },
        { "/sims/01", METHOD_GET, -1, 0, NULL },
        { "/sims/-1", METHOD_GET, -1, 0, NULL },
        { "/sims/+1", METHOD_GET, -1, 0, NULL },
        { "/sims/1x", METHOD_GET, -1, 0, NULL },
        { "/sims/ 1", METHOD_GET, -1, 0, NULL },
        { "/sims/", METHOD_GET, -1, 0, NULL },
        { "/sims/1/", METHOD_GET, -1, 0, NULL },
        { "/sims/{id}", METHOD_GET, -1, 0, NULL },
        { "/sim", METHOD_GET, -1, 0, NULL },
        { "/simss", METHOD_GET, -1, 0, NULL },
        { "/SIMS", METHOD_GET, -1, 0, NULL },
        { "//sims", METHOD_GET, -1, 0, NULL },
        { "/only-post", METHOD_GET, -1, 0, "POST" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint64_t id = 0;
        g_autofree char *allowed = NULL;
        const struct route *got = router_match(&gate, cases[i].method, cases[i].path, &id, &allowed);
        g_test_message("%s", cases[i].path);
        g_assert_true(got == (cases[i].route < 0 ? NULL : &routes[cases[i].route]));
        g_assert_cmpstr(allowed, ==, cases[i].allowed);
        if (got != NULL) {
            g_assert_cmpuint(id, ==, cases[i].id);
        }
    }
}

static void test_statuses(void)
{
    static const struct {
        const char *method, *uri, *cookies;
        int status;
        const char *allow, *location;
        guint runs;
    } cases[] = {
        { "GET", "/open", NULL, 200, NULL, NULL, 1 },
        { "GET", "/open", SIGNED_IN, 200, NULL, NULL, 1 },
        { "GET", "/nothing", NULL, 404, NULL, NULL, 0 },
        { "GET", "/nothing", SIGNED_IN, 404, NULL, NULL, 0 },
        { "DELETE", "/nothing", SIGNED_IN, 405, NULL, NULL, 0 },
        { "DELETE", "/sims/1", SIGNED_IN, 405, "GET, HEAD, POST", NULL, 0 },
        { "GET", "/only-post", SIGNED_IN, 405, "POST", NULL, 0 },
        { "GET", "/sims/1", SIGNED_IN, 200, NULL, NULL, 1 },
        { "GET", "/sims/1", VIEWER, 200, NULL, NULL, 1 },
        { "GET", "/missing", SIGNED_IN, 404, NULL, NULL, 0 },
        { "GET", "/write", SIGNED_IN, 200, NULL, NULL, 1 },
        { "GET", "/", AWAY, 503, NULL, NULL, 0 },
        { "GET", "/open", AWAY, 503, NULL, NULL, 0 },
        /* nobody is signed in: to the login, and back here afterwards */
        { "GET", "/", NULL, 303, NULL, "/login", 0 },
        { "GET", "/sims", NULL, 303, NULL, "/login?next=%2Fsims", 0 },
        { "GET", "/sims?a=%26%20b&c=", NULL, 303, NULL, "/login?next=%2Fsims%3Fa%3D%2526%2520b", 0 },
        { "GET", "/sims/5", ENDED, 303, NULL, "/login?ended=1&next=%2Fsims%2F5", 0 },
        { "GET", "/sims", COOKIE_SESSION "=short", 303, NULL, "/login?next=%2Fsims", 0 },
        { "GET", "/sims", SIGNED_IN "; " SIGNED_IN, 303, NULL, "/login?next=%2Fsims", 0 },
        { "GET", "/password", NULL, 303, NULL, "/login?next=%2Fpassword", 0 },
        /* the password must be changed first */
        { "GET", "/", MUST_CHANGE, 303, NULL, "/password", 0 },
        { "GET", "/sims", MUST_CHANGE, 303, NULL, "/password", 0 },
        { "GET", "/password", MUST_CHANGE, 200, NULL, NULL, 1 },
        { "GET", "/open", MUST_CHANGE, 200, NULL, NULL, 1 },
        /* below a customer, which an account that sees several keeps */
        { "GET", "/customers/9/sims/1", SIGNED_IN, 200, NULL, NULL, 1 },
        { "GET", "/customers/9/sims/1", SEVERAL, 200, NULL, NULL, 1 },
        { "GET", "/customers/all/", SEVERAL, 200, NULL, NULL, 1 },
        { "GET", "/customers/9/sims/1", ASTRAY, 404, NULL, NULL, 0 },
        { "GET", "/customers/9/nothing", SEVERAL, 404, NULL, NULL, 0 },
        { "GET", "/customers/x/sims", SEVERAL, 404, NULL, NULL, 0 },
        { "GET", "/customers/9", SEVERAL, 404, NULL, NULL, 0 },
        { "GET", "/customers/9/customers/9/sims", SEVERAL, 404, NULL, NULL, 0 },
        { "GET", "/customers/9/sims", SEVERAL_CHANGE, 303, NULL, "/customers/9/password", 0 },
        { "GET", "/sims", SEVERAL_CHANGE, 303, NULL, "/customers/9/password", 0 },
        { "GET", "/customers/8/sims?a=b", NULL, 303, NULL, "/login?next=%2Fcustomers%2F8%2Fsims%3Fa%3Db", 0 },
        { "GET", "/customers/all/sims", ENDED, 303, NULL, "/login?ended=1&next=%2Fcustomers%2Fall%2Fsims", 0 },
        /* what is everybody's is below none, nor is the API */
        { "GET", "/customers/9/open", SEVERAL, 404, NULL, NULL, 0 },
        { "GET", "/customers/9/open", NULL, 404, NULL, NULL, 0 },
        { "GET", "/customers/9/api/v1/things", SEVERAL, 404, NULL, NULL, 0 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *answer =
            ask((struct feed){ .method = cases[i].method, .uri = cases[i].uri, .cookies = cases[i].cookies });
        g_test_message("%s %s %s", cases[i].method, cases[i].uri, cases[i].cookies);
        g_assert_cmpint(status_of(answer), ==, cases[i].status);
        g_assert_cmpuint(pages_run, ==, cases[i].runs);
        check_header(answer, "Allow", cases[i].allow);
        check_header(answer, "Location", cases[i].location);
        check_header(answer, "Cache-Control", "no-store");
    }
}

static void test_long_next(void)
{
    g_autofree char *filler = g_strnfill(1100, 'a');
    g_autofree char *uri = g_strdup_printf("/sims?a=%s", filler);
    g_autofree char *answer = get(uri, NULL);
    check_header(answer, "Location", "/login");
}

static void test_head(void)
{
    g_autofree char *whole = get("/sims/3", SIGNED_IN);
    g_autofree char *head = ask((struct feed){ .method = "HEAD", .uri = "/sims/3", .cookies = SIGNED_IN });
    g_autofree char *length = header_of(whole, "Content-Length");
    g_assert_cmpuint(g_ascii_strtoull(length, NULL, 10), ==, strlen(body_of(whole)));
    check_header(head, "Content-Length", length);
    g_assert_cmpstr(body_of(head), ==, "");
    g_assert_cmpuint(last_id, ==, 3);
}

static void test_csrf(void)
{
    static const struct {
        const char *uri, *cookies, *csrf_of, *body;
        int status;
        guint runs;
    } cases[] = {
        { "/sims/1", SIGNED_IN, TOKEN("S"), "name=a", 303, 1 },
        { "/sims/1", SIGNED_IN, NULL, "name=a", 403, 0 },
        { "/sims/1", SIGNED_IN, NULL, "csrf=&name=a", 403, 0 },
        { "/sims/1", SIGNED_IN, TOKEN("V"), "name=a", 403, 0 },            /* another session's */
        { "/sims/1", SIGNED_IN "; " VISIT, TOKEN("v"), "name=a", 403, 0 }, /* the visit's */
        { "/sims/1", SIGNED_IN, TOKEN("S"), "csrf=x&name=a", 403, 0 },     /* twice */
        { "/sims/1", SIGNED_IN, NULL, "name=toolong", 403, 0 },            /* before the form is looked at */
        { "/only-post", SIGNED_IN, TOKEN("S"), "", 303, 1 },
        { "/only-post", SIGNED_IN, NULL, "", 403, 0 },
        { "/open", VISIT, TOKEN("v"), "name=a", 303, 1 },
        { "/open", SIGNED_IN "; " VISIT, TOKEN("v"), "name=a", 303, 1 }, /* a tab from before the login */
        { "/open", VISIT, NULL, "name=a", 422, 1 },                      /* only shown again */
        { "/open", NULL, TOKEN("v"), "name=a", 422, 1 },
        { "/open", COOKIE_VISIT "=x", "x", "name=a", 422, 1 },
        { "/sims/1", VIEWER, TOKEN("V"), "name=a", 403, 0 }, /* no right */
        { "/sims/1", MUST_CHANGE, TOKEN("M"), "name=a", 303, 0 },
        { "/sims/1", NULL, NULL, "name=a", 303, 0 },
        { "/sims/1", VISIT, TOKEN("v"), "name=a", 303, 0 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *answer = post(cases[i].uri, cases[i].cookies, cases[i].csrf_of, cases[i].body);
        g_test_message("case %" G_GSIZE_FORMAT, i);
        g_assert_cmpint(status_of(answer), ==, cases[i].status);
        g_assert_cmpuint(pages_run, ==, cases[i].runs);
    }
    g_autofree char *login = post("/sims/1", NULL, NULL, "name=a");
    check_header(login, "Location", "/login?ended=lost&next=%2Fsims%2F1"); /* a POST is not repeated after the login */
    g_autofree char *change = post("/sims/1", MUST_CHANGE, TOKEN("M"), "name=a");
    check_header(change, "Location", "/password");
}

/* A form that is open to all and comes from another site is refused, not shown again. */
static void test_open_form_from_elsewhere(void)
{
    static const struct {
        const char *origin, *fetch_site;
        int status;
    } cases[] = { { NULL, NULL, 422 },
                  { BASE, "same-origin", 422 },
                  { "https://evil.example", NULL, 403 },
                  { NULL, "cross-site", 403 } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *answer = ask((struct feed){ .method = "POST",
                                                     .uri = "/open",
                                                     .type = FORM_TYPE,
                                                     .body = "name=a",
                                                     .origin = cases[i].origin,
                                                     .fetch_site = cases[i].fetch_site });
        g_assert_cmpint(status_of(answer), ==, cases[i].status);
        g_assert_cmpint(strstr(answer, "name=\"name\" value=\"a\"") != NULL, ==, cases[i].status == 422);
    }
}

/* The right is asked before the CSRF token: who may not do it learns that, whatever was sent. */
static void test_right_before_csrf(void)
{
    g_autofree char *answer = post("/sims/1", VIEWER, NULL, "name=a");
    g_assert_cmpint(status_of(answer), ==, 403);
    g_assert_nonnull(strstr(answer, "kind=\"forbidden\""));
    g_autofree char *without = post("/sims/1", SIGNED_IN, NULL, "name=a");
    g_assert_nonnull(strstr(without, "kind=\"csrf\""));
}

static void test_origin(void)
{
    static const struct {
        const char *origin, *site;
        int status;
    } cases[] = {
        { NULL, NULL, 303 },
        { BASE, NULL, 303 },
        { BASE, "same-origin", 303 },
        { NULL, "none", 303 },
        { "https://evil.example", NULL, 403 },
        { BASE ".evil.example", NULL, 403 },
        { BASE "/", NULL, 403 },
        { "null", NULL, 403 },
        { "", NULL, 403 },
        { BASE, "cross-site", 403 },
        { BASE, "same-site", 403 },
        { NULL, "x", 403 },
    };
    g_autofree char *token = router_csrf(TOKEN("S"));
    g_autofree char *csrf = token_mask(token);
    g_autofree char *body = g_strdup_printf("csrf=%s&name=a", csrf);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *answer = ask((struct feed){ .method = "POST",
                                                     .uri = "/sims/1",
                                                     .cookies = SIGNED_IN,
                                                     .type = FORM_TYPE,
                                                     .body = body,
                                                     .origin = cases[i].origin,
                                                     .fetch_site = cases[i].site });
        g_test_message("%s %s", cases[i].origin, cases[i].site);
        g_assert_cmpint(status_of(answer), ==, cases[i].status);
    }
}

/* The token that a page's form carries, without its mask. */
static char *csrf_in(const char *answer)
{
    const char *at = strstr(answer, " csrf=\"");
    g_assert_nonnull(at);
    at += strlen(" csrf=\"");
    g_autofree char *masked = g_strndup(at, strcspn(at, "\""));
    return token_unmask(masked);
}

/* A cookie of the visit comes with the first answer, and stays. */
static void test_visit(void)
{
    g_autofree char *first = get("/open", NULL), *set = header_of(first, "Set-Cookie");
    g_assert_true(g_str_has_prefix(set, COOKIE_VISIT "="));
    g_assert_true(g_str_has_suffix(set, "; Path=/; Secure; HttpOnly; SameSite=Lax"));
    g_autofree char *visit = g_strndup(set + strlen(COOKIE_VISIT "="), TOKEN_TEXT);
    g_autofree char *csrf = router_csrf(visit), *carried = csrf_in(first);
    g_assert_cmpstr(carried, ==, csrf);
    g_autofree char *second = get("/open", VISIT), *again_carried = csrf_in(second);
    g_autofree char *of_visit = router_csrf(TOKEN("v"));
    g_assert_cmpstr(again_carried, ==, of_visit);
    g_autofree char *again = get("/open", VISIT);
    check_header(again, "Set-Cookie", NULL);
    g_autofree char *signed_in = get("/open", SIGNED_IN);
    check_header(signed_in, "Set-Cookie", NULL);
}

static void test_form_again(void)
{
    g_autofree char *late = post("/sims/4", SIGNED_IN, TOKEN("S"), "name=abcdef%22&page=2");
    g_assert_cmpint(status_of(late), ==, 422);
    g_assert_cmpuint(pages_run, ==, 1);
    g_assert_cmpuint(last_id, ==, 4);
    g_assert_nonnull(strstr(late, "value=\"abcdef&quot;\""));
    g_assert_nonnull(strstr(late, "<errors>"));
    g_assert_nonnull(strstr(late, "Use at most 5 characters."));
    /* found out by the page itself: the same */
    g_autofree char *taken = post("/sims/4/taken", SIGNED_IN, TOKEN("S"), "name=abc");
    g_assert_cmpint(status_of(taken), ==, 422);
    g_assert_cmpuint(pages_run, ==, 2);
    g_assert_nonnull(strstr(taken, "value=\"abc\""));
    g_assert_nonnull(strstr(taken, "<errors>"));
}

static void test_get_forms(void)
{
    g_autofree char *lenient_one = get("/sims?page=x&unknown=1", SIGNED_IN);
    g_assert_cmpint(status_of(lenient_one), ==, 200);
    g_assert_null(strstr(lenient_one, "<errors>"));
    g_autofree char *twice = get("/sims?page=1&page=2", SIGNED_IN);
    g_assert_cmpint(status_of(twice), ==, 200);
    g_autofree char *strict = get("/strict?name=abcdef", SIGNED_IN);
    g_assert_cmpint(status_of(strict), ==, 422);
    g_assert_nonnull(strstr(strict, "value=\"abcdef\""));
    g_autofree char *good = get("/strict?name=abc", SIGNED_IN);
    g_assert_cmpint(status_of(good), ==, 200);
}

/* What a route may run in the database hangs on its method and the customer looked at. */
static void test_permit(void)
{
    g_autofree char *read = get("/write", SIGNED_IN);
    g_assert_cmpint(status_of(read), ==, 200);
    g_autofree char *write = post("/write", SIGNED_IN, TOKEN("S"), "");
    g_assert_cmpint(status_of(write), ==, 303);
    g_autofree char *foreign = post("/foreign", SIGNED_IN, TOKEN("S"), "");
    g_assert_cmpint(status_of(foreign), ==, 500);
}

static void test_busy(void)
{
    g_autofree char *answer = get("/sims", AWAY);
    check_header(answer, "Retry-After", "5");
    g_assert_nonnull(strstr(answer, "kind=\"busy\""));
    g_assert_null(strstr(answer, "away")); /* what happened stands in the log alone */
}

static void test_language(void)
{
    static const struct {
        const char *cookies, *want;
    } cases[] = {
        { NULL, "lang=\"ja\"" },
        { COOKIE_LANGUAGE "=en", "lang=\"en\"" },
        { COOKIE_LANGUAGE "=fr", "lang=\"ja\"" },
        { COOKIE_LANGUAGE "=../x", "lang=\"ja\"" },
        { SIGNED_IN "; " COOKIE_LANGUAGE "=ja", "lang=\"en\"" }, /* the account's own */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *answer = get("/open", cases[i].cookies);
        g_assert_nonnull(strstr(answer, cases[i].want));
    }
}

static void test_half_a_file(void)
{
    g_autofree char *half = get("/half", SIGNED_IN);
    g_assert_true(was_cut && g_str_has_suffix(half, "\r\n\r\nhalf"));
    g_autofree char *page = get("/missing", SIGNED_IN);
    g_assert_true(!was_cut && status_of(page) == 404);
}

static void test_refused_unread(void)
{
    static const struct {
        int status;
        const char *kind;
    } cases[] = { { 400, "invalid" }, { 413, "too-large" }, { 415, "type" }, { 503, "busy" } };
    struct request sender = { .id = (char *)"id-of-it", .languages = (char *)"en" };
    g_autoptr(GError) cause = g_error_new(PORTAL_ERROR, PORTAL_INVALID, "unreadable on purpose");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        AUTO(response) struct response *response = response_new(collect, out, false);
        struct context context = {
            .config = config, .view = view, .gate = &gate, .db = db, .request = &sender, .response = response
        };
        router_refuse(&context, cases[i].status, "/sims", cause);
        g_assert_cmpint(status_of(out->str), ==, cases[i].status);
        g_autofree char *kind = g_strdup_printf("kind=\"%s\"", cases[i].kind);
        g_assert_nonnull(strstr(out->str, kind));
        g_assert_nonnull(strstr(out->str, "id-of-it"));
        g_string_truncate(out, 0);
        AUTO(response) struct response *told = response_new(collect, out, false);
        struct context program = {
            .config = config, .view = view, .gate = &gate, .db = db, .request = &sender, .response = told
        };
        router_refuse(&program, cases[i].status, "/api/v1/things?name=a", cause);
        g_assert_cmpint(status_of(out->str), ==, cases[i].status);
        check_header(out->str, "Content-Type", "application/problem+json");
        check_header(out->str, "Content-Language", "en");
        g_assert_nonnull(strstr(out->str, "\"request_id\":\"id-of-it\""));
    }
}

/* ---- the API ---- */

#define JSON_TYPE "application/json"

static void test_api(void)
{
    static const struct {
        const char *method, *uri, *cookies, *authorization, *type, *body;
        int status;
        const char *problem; /* NULL: the page has run */
    } cases[] = {
        { "GET", "/api/v1/things?name=a", NULL, "Bearer " TOKEN("V"), NULL, NULL, 200, NULL },
        { "GET", "/api/v1/things?name=a", NULL, NULL, NULL, NULL, 401, "token" },
        { "GET", "/api/v1/things?name=a", SIGNED_IN, NULL, NULL, NULL, 401, "token" },
        { "GET", "/api/v1/things?name=a", SIGNED_IN, "Bearer x", NULL, NULL, 401, "token" },
        { "GET", "/api/v1/things?name=a", SIGNED_IN, "Basic " TOKEN("S"), NULL, NULL, 401, "token" },
        { "GET", "/api/v1/things?name=a", NULL, "Bearer " TOKEN("M"), NULL, NULL, 403, "password" },
        { "GET", "/api/v1/things?name=a", NULL, "Bearer " TOKEN("B"), NULL, NULL, 503, "busy" },
        { "GET", "/api/v1/things?name=toolong", NULL, "Bearer " TOKEN("V"), NULL, NULL, 422, "values" },
        { "GET", "/api/v1/things", NULL, "Bearer " TOKEN("V"), NULL, NULL, 422, "values" },
        { "GET", "/api/v1/missing", NULL, "Bearer " TOKEN("V"), NULL, NULL, 404, "not-found" },
        { "GET", "/api/v1/nothing", NULL, NULL, NULL, NULL, 404, "not-found" },
        { "GET", "/api/v1/write", NULL, "Bearer " TOKEN("S"), NULL, NULL, 405, "method" },
        { "PUT", "/api/v1/things", NULL, "Bearer " TOKEN("S"), NULL, NULL, 405, "method" },
        { "POST", "/api/v1/things", NULL, "Bearer " TOKEN("S"), JSON_TYPE, "{}", 200, NULL },
        { "POST", "/api/v1/things", NULL, "Bearer " TOKEN("S"), JSON_TYPE "; charset=utf-8", "{}", 200, NULL },
        { "POST", "/api/v1/things", NULL, "Bearer " TOKEN("V"), JSON_TYPE, "{}", 403, "forbidden" },
        { "POST", "/api/v1/things", SIGNED_IN, NULL, JSON_TYPE, "{}", 401, "token" },
        { "POST", "/api/v1/things", NULL, "Bearer " TOKEN("V"), JSON_TYPE, "x", 403, "forbidden" },
        { "POST", "/api/v1/things", NULL, "Bearer " TOKEN("S"), JSON_TYPE, "x", 400, "malformed" },
        { "POST", "/api/v1/things", NULL, "Bearer " TOKEN("S"), JSON_TYPE, "", 400, "malformed" },
        { "POST", "/api/v1/write", NULL, "Bearer " TOKEN("S"), JSON_TYPE, "{}", 500, "internal" }, /* another's row */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *answer = ask((struct feed){ .method = cases[i].method,
                                                     .uri = cases[i].uri,
                                                     .cookies = cases[i].cookies,
                                                     .authorization = cases[i].authorization,
                                                     .type = cases[i].type,
                                                     .body = cases[i].body,
                                                     .origin = "https://evil.example" });
        g_autofree char *type = cases[i].problem != NULL
                                    ? g_strdup_printf("\"urn:simportal:problem:%s\"", cases[i].problem)
                                    : g_strdup("{ }");
        g_test_message("case %" G_GSIZE_FORMAT, i);
        g_assert_cmpint(status_of(answer), ==, cases[i].status);
        g_assert_cmpuint(pages_run, ==, cases[i].problem == NULL);
        check_header(answer, "Content-Type", cases[i].problem != NULL ? "application/problem+json" : JSON_TYPE);
        check_header(answer, "Set-Cookie", NULL);
        g_assert_true(cases[i].problem == NULL || strstr(body_of(answer), type) != NULL);
    }
}

/* A token opens no page. */
static void test_token_opens_no_page(void)
{
    g_autofree char *answer =
        ask((struct feed){ .method = "GET", .uri = "/sims", .authorization = "Bearer " TOKEN("S") });
    g_assert_cmpint(status_of(answer), ==, 303);
    check_header(answer, "Location", "/login?next=%2Fsims");
    g_assert_cmpuint(pages_run, ==, 0);
}

static void test_takes_files(void)
{
    static const struct {
        const char *path;
        bool want;
    } cases[] = {
        { "/drafts/7/numbers", true }, { "/drafts/7", false }, { "/drafts/x/numbers", false },
        { "/only-post", false },       { "/", false },         { "/nowhere", false },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(router_takes_files(&gate, cases[i].path), ==, cases[i].want);
    }
}

/* ---- the stage: a stylesheet that shows the document as it is, a database that is not there ---- */

static char *make_views(void)
{
    static const char sheet[] = "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">"
                                "<xsl:output method=\"xml\" omit-xml-declaration=\"yes\"/>"
                                "<xsl:template match=\"/\"><xsl:copy-of select=\"*\"/></xsl:template></xsl:stylesheet>";
    char *folder = g_dir_make_tmp("views-XXXXXX", NULL);
    for (int i = 0; i < LANGUAGE_N; i++) {
        g_autofree char *file = g_strdup_printf("%s/portal.%s.xsl", folder, language_code((enum language)i));
        g_assert_true(g_file_set_contents(file, sheet, -1, NULL));
    }
    return folder;
}

static void remove_views(char *folder)
{
    for (int i = 0; i < LANGUAGE_N; i++) {
        g_autofree char *file = g_strdup_printf("%s/portal.%s.xsl", folder, language_code((enum language)i));
        g_unlink(file);
    }
    g_rmdir(folder);
    g_free(folder);
}

static struct config *make_config(const char *folder)
{
    g_autofree char *file = g_strdup_printf("%s/simportal.conf", folder);
    g_assert_true(g_file_set_contents(file,
                                      "[portal]\nbase_url=" BASE "\nadmin_address=a@example.com\n"
                                      "[db]\nsocket=/nonexistent/socket\n[mail]\nsender=a@example.com\n"
                                      "[secret]\nkey_file=/nonexistent/keys\n",
                                      -1, NULL));
    g_autoptr(GError) error = NULL;
    struct config *made = config_read(file, &error);
    g_assert_no_error(error);
    g_unlink(file);
    return made;
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    token_open();
    char *folder = make_views();
    config = make_config(folder);
    view = view_open(folder, NULL);
    db = db_new(config, false, NULL);
    g_assert_true(view != NULL && db != NULL);
    g_test_add_func("/router/patterns-match-whole-paths", test_match);
    g_test_add_func("/router/files-where-the-route-says-so", test_takes_files);
    g_test_add_func("/router/status-and-where-to", test_statuses);
    g_test_add_func("/router/too-long-an-address-is-not-kept", test_long_next);
    g_test_add_func("/router/head-is-get-without-a-body", test_head);
    g_test_add_func("/router/csrf-of-this-session-once", test_csrf);
    g_test_add_func("/router/open-form-from-elsewhere", test_open_form_from_elsewhere);
    g_test_add_func("/router/right-before-csrf", test_right_before_csrf);
    g_test_add_func("/router/origin-is-ours", test_origin);
    g_test_add_func("/router/cookie-of-the-visit", test_visit);
    g_test_add_func("/router/form-again-with-what-was-typed", test_form_again);
    g_test_add_func("/router/get-forms-lenient-and-strict", test_get_forms);
    g_test_add_func("/router/get-cannot-write-and-nobody-reaches-other-customers", test_permit);
    g_test_add_func("/router/busy-says-when-to-come-again", test_busy);
    g_test_add_func("/router/language", test_language);
    g_test_add_func("/router/half-a-file-is-broken-off", test_half_a_file);
    g_test_add_func("/router/unreadable-requests-get-a-page", test_refused_unread);
    g_test_add_func("/router/api-by-token-alone-with-json", test_api);
    g_test_add_func("/router/a-token-opens-no-page", test_token_opens_no_page);
    int status = g_test_run();
    db_free(db);
    view_free(view);
    config_free(config);
    remove_views(folder);
    return status;
}
