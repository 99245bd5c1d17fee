/*
 * route.c: fuzzes addresses: the target of a request as the browser sends it, then the route of its path against
 * regular expressions made of the same table; and the customer that the address names.
 */
#include "fuzz.h"

#include "base/address.h"
#include "base/text.h"
#include "portal/routes.h"
#include "web/request.h"
#include "web/url.h"

static GRegex *expression(const char *pattern)
{
    g_autofree char *escaped = g_regex_escape_string(pattern, -1);
    GString *whole = g_string_new(escaped);
    guint n = g_string_replace(whole, "\\{id\\}", "([1-9][0-9]*)", 0) +
              g_string_replace(whole, "\\{number\\}", "[A-Z0-9-]{1,40}", 0);
    g_assert_cmpuint(n, ==, strchr(pattern, '{') != NULL ? 1 : 0);
    g_string_prepend(whole, "\\A");
    g_string_append(whole, "\\z");
    g_autofree char *text = g_string_free(whole, FALSE);
    return g_regex_new(text, G_REGEX_OPTIMIZE, 0, NULL);
}

/* Whether `path` is of route `i`, and the number in it. */
static bool matches(guint i, const char *path, uint64_t *id)
{
    static GRegex **expressions;
    if (expressions == NULL) {
        expressions = g_new0(GRegex *, portal_routes_n);
        for (guint j = 0; j < portal_routes_n; j++) {
            expressions[j] = expression(portal_routes[j].pattern);
        }
    }
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(expressions[i], path, 0, &match)) {
        return false;
    }
    g_autofree char *number = g_match_info_fetch(match, 1);
    return number == NULL || *number == '\0' || g_ascii_string_to_unsigned(number, 10, 1, G_MAXINT64, id, NULL);
}

static void check_route(enum method method, const char *path)
{
    const struct gate gate = { .routes = portal_routes, .n_routes = portal_routes_n };
    const struct route *want = NULL;
    uint64_t want_id = 0, id = 0;
    bool is_known = false;
    for (guint i = 0; i < portal_routes_n && want == NULL; i++) {
        bool is_match = matches(i, path, &want_id);
        is_known = is_known || is_match;
        want = is_match && portal_routes[i].method == method ? &portal_routes[i] : NULL;
    }
    g_autofree char *allowed = NULL;
    const struct route *got = router_match(&gate, method, path, &id, &allowed);
    g_assert_true(got == want);
    if (want != NULL) {
        g_assert_cmpuint(id, ==, strstr(want->pattern, "{id}") != NULL ? want_id : 0);
    } else {
        g_assert_cmpint(allowed != NULL, ==, is_known);
    }
}

/* What was read as the customer's part and what is left of it are the address again, byte for byte. */
static void check_base(const char *target, const struct request *request)
{
    g_autofree char *base = request->has_base ? address_base(request->customer) : g_strdup("");
    g_autofree char *whole = g_strconcat(base, request->target, NULL);
    g_assert_cmpstr(whole, ==, target);
}

static const char *variable(void *data, const char *name)
{
    return strcmp(name, "REQUEST_URI") == 0 ? data : strcmp(name, "REQUEST_METHOD") == 0 ? "GET" : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *target = fuzz_text(data, size);
    g_autoptr(GError) error = NULL;
    const struct request_source source = { .variable = variable, .data = target };
    int status = 0;
    AUTO(request) struct request *request = request_read(&source, &status, &error);
    url_is_local(target);
    if (request == NULL) {
        g_assert_true(status == 400 && error != NULL);
        return 0;
    }
    g_assert_true(*request->path == '/' && strpbrk(request->path, "\r\n\t\\") == NULL);
    g_assert_true(text_is_clean(request->path, strlen(request->path), false));
    check_base(target, request);
    check_route(METHOD_GET, request->path);
    check_route(METHOD_POST, request->path);
    check_route(METHOD_OTHER, request->path);
    return 0;
}
