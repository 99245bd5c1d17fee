/*
 * common_passwords.c: binary search in a mapped, sorted file of lines.
 */
#include "account/common_passwords.h"

#include "base/error.h"

#include <string.h>

struct common_passwords {
    GMappedFile *file;
    const char *text;
    gsize size;
    gsize count;
};

static int compare(const char *a, gsize a_len, const char *b, gsize b_len)
{
    int order = memcmp(a, b, MIN(a_len, b_len));

    return order ? order : (a_len > b_len) - (a_len < b_len);
}

/* Count the lines; 0 if they are empty, unsorted or not ended. */
static gsize count_sorted_lines(const char *text, gsize size)
{
    const char *last = NULL;
    gsize last_len = 0;
    gsize count = 0;

    for (const char *line = text; line < text + size; count++) {
        const char *end = memchr(line, '\n', (gsize)(text + size - line));

        if (!end || end == line || (last && compare(last, last_len, line, (gsize)(end - line)) >= 0))
            return 0;
        last = line;
        last_len = (gsize)(end - line);
        line = end + 1;
    }
    return count;
}

struct common_passwords *common_passwords_open(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    GMappedFile *file = g_mapped_file_new(path, FALSE, &cause);

    if (!file) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "common passwords: %s", cause->message);
        return NULL;
    }

    struct common_passwords *list = g_new0(struct common_passwords, 1);
    list->file = file;
    list->text = g_mapped_file_get_contents(file);
    list->size = g_mapped_file_get_length(file);
    list->count = list->size ? count_sorted_lines(list->text, list->size) : 0;
    if (!list->count) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "%s: no sorted list of common passwords", path);
        g_clear_pointer(&list, common_passwords_free);
    }
    return list;
}

void common_passwords_free(struct common_passwords *list)
{
    if (!list)
        return;
    g_mapped_file_unref(list->file);
    g_free(list);
}

gsize common_passwords_count(const struct common_passwords *list)
{
    return list->count;
}

bool common_passwords_contain(const struct common_passwords *list, const char *text, gsize len)
{
    const char *low = list->text;
    const char *high = list->text + list->size;

    while (low < high) {
        const char *line = low + (high - low) / 2;

        while (line > low && line[-1] != '\n')
            line--;

        const char *end = memchr(line, '\n', (gsize)(high - line));
        int order = compare(text, len, line, (gsize)(end - line));

        if (order == 0)
            return true;
        if (order < 0)
            high = line;
        else
            low = end + 1;
    }
    return false;
}
