/*
 * cookie.c: fuzzes the reader of cookies against a second one, written to be plain: the value between "s=" and ';', if
 * the cookie is sent once.
 */
#include "fuzz.h"

#include "web/request.h"

static char *plain_cookie(const char *header)
{
    g_auto(GStrv) parts = g_strsplit(header, ";", -1);
    char *found = NULL;
    guint n = 0;
    for (char **part = parts; *part != NULL; part++) {
        const char *at = *part + strspn(*part, " \t");
        if (g_str_has_prefix(at, "s=")) {
            g_free(found);
            found = g_strchomp(g_strdup(at + 2));
            n++;
        }
    }
    if (n > 1) {
        g_clear_pointer(&found, g_free);
    }
    return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *header = fuzz_text(data, size);
    const struct request request = { .cookies = header };
    g_autofree char *want = plain_cookie(header);
    g_autofree char *got = request_cookie(&request, "s");
    g_assert_cmpstr(got, ==, want);
    return 0;
}
