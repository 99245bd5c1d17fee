/*
 * test_request.c: what a browser sends is read whole and strictly, or refused with the right status.
 */
#include "web/request.h"

#include "base/error.h"
#include "feed.h"

#define FORM_TYPE "application/x-www-form-urlencoded"

static void test_targets(void)
{
    static const struct {
        const char *uri, *path; /* NULL: 400 */
        guint parameters;
    } cases[] = {
        { "/", "/", 0 },
        { "/sims", "/sims", 0 },
        { "/sims?", "/sims", 0 },
        { "/sims?a=1&b=2", "/sims", 2 },
        { "/sims?a=1?b=2", "/sims", 1 },
        { "/si%6ds", "/sims", 0 },
        { "/sims%3Fa=1", "/sims?a=1", 0 }, /* an encoded '?' begins no query */
        { "/a+b", "/a+b", 0 },
        { "/%E3%81%82", "/\u3042", 0 },
        { "/a/../b", "/a/../b", 0 }, /* matches no route */
        { "/%2e%2e/etc/passwd", "/../etc/passwd", 0 },
        { "/%252e", "/%2e", 0 }, /* decoded once */
        { "//evil", "//evil", 0 },
        { "", NULL, 0 },
        { NULL, NULL, 0 },
        { "*", NULL, 0 },
        { "sims", NULL, 0 },
        { "https://evil.example/", NULL, 0 },
        { "/%", NULL, 0 },
        { "/%zz", NULL, 0 },
        { "/%00", NULL, 0 },
        { "/a%00b", NULL, 0 },
        { "/%c0%ae%c0%ae/", NULL, 0 },
        { "/%0d%0aSet-Cookie:a=b", NULL, 0 },
        { "/a%09b", NULL, 0 },
        { "/a%5Cb", NULL, 0 },
        { "/a\\b", NULL, 0 },
        { "/\xFF", NULL, 0 },
        { "/sims?a=%", NULL, 0 },
        { "/sims?a=%00", NULL, 0 },
        { "/sims?%ff=1", NULL, 0 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct feed feed = { .method = "GET", .uri = cases[i].uri };
        int status = 0;
        g_autoptr(GError) error = NULL;
        AUTO(request) struct request *request = feed_request(&feed, &status, &error);
        g_test_message("%s", cases[i].uri);
        g_assert_cmpstr(request != NULL ? request->path : NULL, ==, cases[i].path);
        if (request != NULL) {
            g_assert_cmpuint(request->query->n, ==, cases[i].parameters);
            g_assert_cmpuint(request->form->n, ==, 0);
            g_assert_cmpstr(request->address, ==, "192.0.2.1");
        } else {
            g_assert_cmpint(status, ==, 400);
            g_assert_error(error, PORTAL_ERROR, PORTAL_INVALID);
        }
    }
}

static void test_methods(void)
{
    static const struct {
        const char *name;
        enum method want;
        gboolean is_head;
    } cases[] = {
        { "GET", METHOD_GET, FALSE },       { "HEAD", METHOD_GET, TRUE },      { "POST", METHOD_POST, FALSE },
        { "PUT", METHOD_OTHER, FALSE },     { "DELETE", METHOD_OTHER, FALSE }, { "TRACE", METHOD_OTHER, FALSE },
        { "OPTIONS", METHOD_OTHER, FALSE }, { "get", METHOD_OTHER, FALSE },    { "", METHOD_OTHER, FALSE },
        { "POSTX", METHOD_OTHER, FALSE },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct feed feed = { .method = cases[i].name, .uri = "/", .type = FORM_TYPE, .body = "a=1" };
        int status = 0;
        AUTO(request) struct request *request = feed_request(&feed, &status, NULL);
        g_assert_true(request->method == cases[i].want);
        g_assert_cmpint(request->is_head, ==, cases[i].is_head);
        g_assert_cmpuint(request->form->n, ==, cases[i].want == METHOD_POST ? 1 : 0);
    }
}

static void test_bodies(void)
{
    static const struct {
        const char *type, *length, *body;
        int status; /* 0: good */
    } cases[] = {
        { FORM_TYPE, NULL, "a=1", 0 },
        { FORM_TYPE, NULL, "", 0 },
        { FORM_TYPE, "", "", 0 },
        { FORM_TYPE, "3", "a=1&b=2", 0 }, /* no more than was announced */
        { FORM_TYPE ";charset=utf-8", NULL, "a=1", 0 },
        { FORM_TYPE " ; charset=utf-8", NULL, "a=1", 0 },
        { "Application/X-WWW-Form-URLencoded", NULL, "a=1", 0 },
        { FORM_TYPE "x", NULL, "a=1", 415 },
        { "application/x-www-form", NULL, "a=1", 415 },
        { "multipart/form-data; boundary=x", NULL, "a=1", 415 },
        { "text/plain", NULL, "a=1", 415 },
        { "application/json", NULL, "{}", 415 },
        { "", NULL, "a=1", 415 },
        { NULL, NULL, "a=1", 415 },
        { FORM_TYPE, "4", "a=1", 400 },
        { FORM_TYPE, "-1", "a=1", 400 },
        { FORM_TYPE, "+3", "a=1", 400 },
        { FORM_TYPE, "3 ", "a=1", 400 },
        { FORM_TYPE, "0x3", "a=1", 400 },
        { FORM_TYPE, "abc", "a=1", 400 },
        { FORM_TYPE, "1048576", "a=1", 400 }, /* allowed, but not there */
        { FORM_TYPE, "1048577", "a=1", 413 },
        { FORM_TYPE, "9223372036854775807", "a=1", 413 },
        { FORM_TYPE, "9223372036854775808", "a=1", 400 },
        { FORM_TYPE, NULL, "a=%", 400 },
        { FORM_TYPE, NULL, "a=%00", 400 },
        { FORM_TYPE, NULL, "a=\xFF", 400 },
        { FORM_TYPE, NULL, "a=%82%a0", 400 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (gsize at_once = 0; at_once < 2; at_once++) {
            struct feed feed = { .method = "POST",
                                 .uri = "/",
                                 .type = cases[i].type,
                                 .length = cases[i].length,
                                 .body = cases[i].body,
                                 .read_at_once = at_once };
            int status = 0;
            g_autoptr(GError) error = NULL;
            AUTO(request) struct request *request = feed_request(&feed, &status, &error);
            g_test_message("%s %s %s", cases[i].type, cases[i].length, cases[i].body);
            g_assert_cmpint(request == NULL ? status : 0, ==, cases[i].status);
            g_assert_cmpint(error != NULL, ==, request == NULL);
        }
    }
}

static void test_largest_body(void)
{
    g_autofree char *body = g_strnfill(BODY_MOST + 1, 'a');
    struct feed over = { .method = "POST", .uri = "/", .type = FORM_TYPE, .body = body };
    int status = 0;
    g_assert_null(feed_request(&over, &status, NULL));
    g_assert_cmpint(status, ==, 413);
    body[BODY_MOST] = '\0';
    struct feed full = { .method = "POST", .uri = "/", .type = FORM_TYPE, .body = body };
    AUTO(request) struct request *request = feed_request(&full, &status, NULL);
    g_assert_nonnull(request);
    g_assert_cmpuint(strlen(request->form->at[0].name), ==, BODY_MOST);
}

#define MULTIPART_TYPE "multipart/form-data; boundary=B"
#define PART(name) "--B\r\nContent-Disposition: form-data; name=\"" name "\""

/* Only where files are taken; fields are the form's, as from any other form. */
static void test_uploads(void)
{
    static const char good[] = PART("csrf") "\r\n\r\nt\r\n" PART("f") "; filename=\"n\"\r\n\r\nx\r\n--B--\r\n";
    static const struct {
        const char *uri, *type, *length, *body;
        int status; /* 0: good */
    } cases[] = {
        { "/up", MULTIPART_TYPE, NULL, good, 0 },
        { "/up?a=1", MULTIPART_TYPE, NULL, good, 0 },
        { "/up", FORM_TYPE, NULL, "csrf=t", 0 },
        { "/other", MULTIPART_TYPE, NULL, good, 415 },
        { "/up/", MULTIPART_TYPE, NULL, good, 415 },
        { "/up", "multipart/mixed; boundary=B", NULL, good, 415 },
        { "/up", "text/csv", NULL, "1", 415 },
        { "/up", MULTIPART_TYPE "; boundary=C", NULL, good, 400 },
        { "/up", MULTIPART_TYPE, "20", good, 400 },  /* announced too short */
        { "/up", MULTIPART_TYPE, "999", good, 400 }, /* announced too long */
        { "/up", MULTIPART_TYPE, "0", "", 400 },
        { "/up", MULTIPART_TYPE, "16777216", "", 400 }, /* allowed, but not there */
        { "/up", MULTIPART_TYPE, "16777217", "", 413 },
        { "/other", MULTIPART_TYPE, "1048577", "", 413 },
        { "/up", FORM_TYPE, "1048577", "", 413 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (gsize at_once = 0; at_once < 3; at_once++) {
            struct feed feed = { .method = "POST",
                                 .uri = cases[i].uri,
                                 .type = cases[i].type,
                                 .length = cases[i].length,
                                 .body = cases[i].body,
                                 .upload = "/up",
                                 .read_at_once = at_once };
            int status = 0;
            g_autoptr(GError) error = NULL;
            AUTO(request) struct request *request = feed_request(&feed, &status, &error);
            g_test_message("%s %s %s", cases[i].uri, cases[i].type, cases[i].length);
            g_assert_cmpint(request == NULL ? status : 0, ==, cases[i].status);
            g_assert_cmpint(error != NULL, ==, request == NULL);
            if (request != NULL) {
                g_assert_cmpstr(params_get(request->form, "csrf", NULL), ==, "t");
                g_assert_cmpuint(request->files->n, ==, cases[i].body == good ? 1 : 0);
            }
        }
    }
}

/* Too many parts are "too large"; a folder that takes no file is no fault of the person's. */
static void test_upload_answers(void)
{
    g_autoptr(GString) body = g_string_new(NULL);
    for (int i = 0; i < 65; i++) {
        g_string_append(body, PART("a") "\r\n\r\n\r\n");
    }
    g_string_append(body, "--B--");
    struct feed many = { .method = "POST", .uri = "/up", .type = MULTIPART_TYPE, .body = body->str, .upload = "/up" };
    int status = 0;
    g_assert_null(feed_request(&many, &status, NULL));
    g_assert_cmpint(status, ==, 413);
    if (g_test_subprocess()) {
        struct feed one = { .method = "POST",
                            .uri = "/up",
                            .type = MULTIPART_TYPE,
                            .body = PART("f") "; filename=\"n\"\r\n\r\nx\r\n--B--",
                            .upload = "/up" };
        g_assert_true(g_setenv("TMPDIR", "/nowhere", TRUE));
        g_assert_null(feed_request(&one, &status, NULL));
        g_assert_cmpint(status, ==, 503);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
}

static void test_cookies(void)
{
    static const struct {
        const char *sent, *want;
    } cases[] = {
        { NULL, NULL },       { "", NULL },       { "s=1", "1" },     { "a=b; s=1", "1" },  { "a=b;s=1;c=d", "1" },
        { "s=", "" },         { "s=a=b", "a=b" }, { "  s=1  ", "1" }, { "xs=1", NULL },     { "sx=1", NULL },
        { "s", NULL },        { "S=1", NULL },    { ";;;", NULL },    { "s=1; s=2", NULL }, /* one of them was planted
                                                                                             */
        { "s=1; s=1", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct feed feed = { .method = "GET", .uri = "/", .cookies = cases[i].sent };
        int status = 0;
        AUTO(request) struct request *request = feed_request(&feed, &status, NULL);
        g_autofree char *got = request_cookie(request, "s");
        g_test_message("%s", cases[i].sent);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* 400 cookies: ours is found or not, but never a longer text under its name, and no doubled one passes. */
static void test_many_cookies(void)
{
    for (guint place = 0; place < 400; place += 57) {
        g_autoptr(GString) cookies = g_string_new(NULL);
        for (guint i = 0; i < 400; i++) {
            g_string_append_printf(cookies, i == place ? "s=1; " : "a%u=b; ", i);
        }
        struct feed feed = { .method = "GET", .uri = "/", .cookies = cookies->str };
        int status = 0;
        AUTO(request) struct request *request = feed_request(&feed, &status, NULL);
        g_autofree char *got = request_cookie(request, "s");
        g_assert_cmpstr(got, ==, "1");
        g_string_append(cookies, "s=2");
        struct feed twice = { .method = "GET", .uri = "/", .cookies = cookies->str };
        AUTO(request) struct request *second = feed_request(&twice, &status, NULL);
        g_assert_null(request_cookie(second, "s"));
    }
}

static void test_headers(void)
{
    g_autofree char *agent = g_strnfill(1000, 'x');
    agent[0] = '\n';
    agent[1] = '\xFF';
    struct feed feed = { .method = "GET", .uri = "/", .agent = agent, .origin = "https://a" };
    int status = 0;
    AUTO(request) struct request *request = feed_request(&feed, &status, NULL);
    g_assert_cmpuint(strlen(request->agent), ==, 255);
    g_assert_true(g_str_has_prefix(request->agent, "??x"));
    g_assert_cmpstr(request->origin, ==, "https://a");
    g_assert_null(request->fetch_site);
    g_assert_cmpstr(request->id, ==, "0123456789abcdef");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/request/targets", test_targets);
    g_test_add_func("/request/methods", test_methods);
    g_test_add_func("/request/bodies", test_bodies);
    g_test_add_func("/request/one-mebibyte-and-no-more", test_largest_body);
    g_test_add_func("/request/files-where-they-are-taken", test_uploads);
    g_test_add_func("/request/uploads-that-cannot-be-kept", test_upload_answers);
    g_test_add_func("/request/cookies", test_cookies);
    g_test_add_func("/request/400-cookies", test_many_cookies);
    g_test_add_func("/request/headers-are-made-clean", test_headers);
    return g_test_run();
}
