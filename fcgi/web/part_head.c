/*
 * part_head.c: headers by a small grammar: tokens, quoted strings, parameters.
 */
#include "web/part_head.h"

#include "base/text.h"

#include <glib.h>
#include <string.h>

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

static gsize token_length(const char *at)
{
    return strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~");
}

static bool is_token(const char *at, gsize n, const char *token)
{
    return n == strlen(token) && token_length(at) == n && g_ascii_strncasecmp(at, token, n) == 0;
}

/* Browsers write %22 or a backslash before a quote alone; other programs put one before a backslash too. */
static char *take_quoted(const char **at)
{
    GString *value = g_string_new(NULL);
    const char *text = *at + 1;
    for (; *text != '\0' && *text != '"'; text++) {
        text += *text == '\\' && (text[1] == '"' || text[1] == '\\');
        g_string_append_c(value, *text);
    }
    bool is_whole = *text == '"';
    *at = text + is_whole;
    return g_string_free(value, !is_whole);
}

/* Take `; key=value` at *at, the value quoted, or a token if `bare`. NULL: something else stands there. */
static char *take_parameter(const char **at, const char *key, bool bare)
{
    const char *text = skip_blanks(*at + (**at == ';'));
    gsize n = strlen(key);
    char *value = NULL;
    if (**at != ';' || !is_token(text, strcspn(text, "="), key) || text[n] != '=') {
        return NULL;
    }
    text += n + 1;
    if (*text == '"') {
        value = take_quoted(&text);
    } else if (bare && token_length(text) > 0) {
        value = g_strndup(text, token_length(text));
        text += token_length(text);
    }
    *at = skip_blanks(text);
    return value;
}

static bool read_disposition(const char *text, char **name, char **filename)
{
    if (*name != NULL || !is_token(text, strcspn(text, "; \t"), "form-data")) {
        return false;
    }
    text = skip_blanks(text + strlen("form-data"));
    *name = take_parameter(&text, "name", false);
    *filename = *name != NULL && *text != '\0' ? take_parameter(&text, "filename", false) : NULL;
    return *name != NULL && *text == '\0' && text_is_clean(*name, strlen(*name), false);
}

/* An encoded part would not be what the person sent; no browser encodes one. */
static bool is_plain(const char *encoding)
{
    static const char *const plain[] = { "binary", "8bit", "7bit", NULL };
    g_autofree char *lower = g_ascii_strdown(encoding, -1);
    return g_strv_contains(plain, lower);
}

bool part_head_read(const char *head, char **name, char **filename)
{
    g_auto(GStrv) lines = g_strsplit(head, "\r\n", -1);
    bool good = true;
    for (char **line = lines; *line != NULL && good; line++) {
        gsize n = token_length(*line);
        const char *value = n > 0 && (*line)[n] == ':' ? skip_blanks(g_strchomp(*line) + n + 1) : NULL;
        if (value == NULL || strpbrk(value, "\r\n") != NULL) {
            good = false;
        } else if (is_token(*line, n, "Content-Disposition")) {
            good = read_disposition(value, name, filename);
        } else if (is_token(*line, n, "Content-Transfer-Encoding")) {
            good = is_plain(value);
        }
    }
    return good && *name != NULL;
}

bool part_is_type(const char *content_type)
{
    static const char type[] = "multipart/form-data";
    return g_ascii_strncasecmp(content_type, type, strlen(type)) == 0 &&
           strchr("; \t", content_type[strlen(type)]) != NULL; /* the NUL too */
}

/* RFC 2046, 5.1.1. */
static bool is_boundary(const char *text)
{
    gsize n = strlen(text), good = 0;
    while (good < n && (g_ascii_isalnum(text[good]) || strchr("'()+_,-./:=? ", text[good]) != NULL)) {
        good++;
    }
    return n >= 1 && n <= 70 && good == n && text[n - 1] != ' ';
}

char *part_boundary(const char *content_type)
{
    const char *rest = skip_blanks(content_type + strcspn(content_type, "; \t"));
    g_autofree char *boundary = part_is_type(content_type) ? take_parameter(&rest, "boundary", true) : NULL;
    return boundary != NULL && *rest == '\0' && is_boundary(boundary) ? g_steal_pointer(&boundary) : NULL;
}
