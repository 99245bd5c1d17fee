/*
 * multipart.c: from delimiter to head to content, over a short buffer of what has come and is not used yet.
 */
#include "web/multipart.h"

#include "base/error.h"
#include "base/text.h"
#include "web/part_head.h"

#include <string.h>

enum step { NEXT, WAIT, BROKEN };

struct multipart {
    enum step (*step)(struct multipart *multipart, GError **error);
    GString *delimiter; /* line end, two hyphens, boundary */
    GString *pending;   /* what has come and is not used yet */
    GArray *fields;     /* struct param */
    struct files *files;
    struct file *file; /* that is being read; NULL: a field is */
    char *name;        /* of the field that is being read */
    GString *value;
    guint parts;
};

static enum step fail(GError **error, enum portal_error code, const char *message)
{
    g_set_error(error, PORTAL_ERROR, code, "multipart: %s", message);
    return BROKEN;
}

/* ---- steps ---- */

static enum step step_delimited(struct multipart *multipart, GError **error);

static void use(struct multipart *multipart, gsize n)
{
    g_string_erase(multipart->pending, 0, (gssize)n);
}

/* The line end before the first delimiter was put there by multipart_new. */
static enum step step_first(struct multipart *multipart, GError **error)
{
    const GString *delimiter = multipart->delimiter;
    gsize n = MIN(multipart->pending->len, delimiter->len);
    if (memcmp(multipart->pending->str, delimiter->str, n) != 0) {
        return fail(error, PORTAL_INVALID, "it does not begin with its delimiter");
    }
    if (n < delimiter->len) {
        return WAIT;
    }
    use(multipart, n);
    multipart->step = step_delimited;
    return NEXT;
}

static enum step step_over(struct multipart *multipart, GError **error)
{
    const GString *rest = multipart->pending;
    bool good = rest->len <= 2 && memcmp(rest->str, "\r\n", rest->len) == 0;
    return good ? WAIT : fail(error, PORTAL_INVALID, "something follows the end");
}

static bool end_part(struct multipart *multipart, GError **error)
{
    const struct file *file = multipart->file;
    if (file != NULL) {
        if (file->size == 0 && *file->filename == '\0') {
            files_drop_last(multipart->files);
        }
        multipart->file = NULL;
        return true;
    }
    struct param field = { .value = text_mend(multipart->value->str, multipart->value->len, &field.is_mended) };
    if (field.value == NULL) {
        fail(error, PORTAL_INVALID, "a field is no text");
        return false;
    }
    field.name = g_steal_pointer(&multipart->name);
    g_array_append_val(multipart->fields, field);
    return true;
}

static bool add(struct multipart *multipart, const char *bytes, gsize n, GError **error)
{
    if (multipart->file != NULL) {
        return file_add(multipart->file, bytes, n, error);
    }
    g_string_append_len(multipart->value, bytes, (gssize)n);
    return multipart->value->len <= MULTIPART_VALUE_MOST || fail(error, PORTAL_LIMIT, "a field is too long") != BROKEN;
}

/* Everything up to the delimiter; what may be its beginning waits. */
static enum step step_content(struct multipart *multipart, GError **error)
{
    const GString *pending = multipart->pending, *delimiter = multipart->delimiter;
    const char *end = memmem(pending->str, pending->len, delimiter->str, delimiter->len);
    gsize n = end != NULL ? (gsize)(end - pending->str) : pending->len - MIN(pending->len, delimiter->len - 1);
    if (!add(multipart, pending->str, n, error) || (end != NULL && !end_part(multipart, error))) {
        return BROKEN;
    }
    use(multipart, n + (end != NULL ? delimiter->len : 0));
    multipart->step = end != NULL ? step_delimited : step_content;
    return end != NULL ? NEXT : WAIT;
}

static bool begin_part(struct multipart *multipart, const char *head, GError **error)
{
    g_autofree char *name = NULL, *filename = NULL;
    if (!part_head_read(head, &name, &filename)) {
        return fail(error, PORTAL_INVALID, "a head cannot be read") != BROKEN;
    }
    if (filename != NULL) {
        bool is_text = text_is_clean(filename, strlen(filename), false);
        multipart->file = files_begin(multipart->files, g_steal_pointer(&name),
                                      is_text ? g_steal_pointer(&filename) : g_strdup("?"), error);
        return multipart->file != NULL;
    }
    multipart->name = g_steal_pointer(&name);
    g_string_truncate(multipart->value, 0);
    return true;
}

static enum step step_head(struct multipart *multipart, GError **error)
{
    const GString *pending = multipart->pending;
    const char *end = memmem(pending->str, pending->len, "\r\n\r\n", 4);
    gsize n = end != NULL ? (gsize)(end - pending->str) : pending->len - MIN(pending->len, 3);
    if (n > MULTIPART_HEAD_MOST) {
        return fail(error, PORTAL_LIMIT, "a head is too long");
    }
    if (end == NULL) {
        return WAIT;
    }
    g_autofree char *head = g_strndup(pending->str, n);
    if (!begin_part(multipart, strlen(head) == n ? head : "", error)) {
        return BROKEN;
    }
    use(multipart, n + 4);
    multipart->step = step_content;
    return NEXT;
}

static enum step step_delimited(struct multipart *multipart, GError **error)
{
    const char *next = multipart->pending->str;
    if (multipart->pending->len < 2) {
        return WAIT;
    }
    bool is_last = memcmp(next, "--", 2) == 0;
    if (!is_last && memcmp(next, "\r\n", 2) != 0) {
        return fail(error, PORTAL_INVALID, "a delimiter goes on");
    }
    if (!is_last && multipart->parts++ == MULTIPART_PARTS_MOST) {
        return fail(error, PORTAL_LIMIT, "too many parts");
    }
    use(multipart, 2);
    multipart->step = is_last ? step_over : step_head;
    return NEXT;
}

/* ---- the whole ---- */

struct multipart *multipart_new(const char *content_type, GError **error)
{
    g_autofree char *boundary = part_boundary(content_type);
    if (boundary == NULL) {
        fail(error, PORTAL_INVALID, "no boundary");
        return NULL;
    }
    struct multipart *multipart = g_new0(struct multipart, 1);
    multipart->step = step_first;
    multipart->delimiter = g_string_new("\r\n--");
    g_string_append(multipart->delimiter, boundary);
    multipart->pending = g_string_new("\r\n");
    multipart->value = g_string_new(NULL);
    multipart->fields = g_array_new(FALSE, FALSE, sizeof(struct param));
    multipart->files = files_new();
    return multipart;
}

static struct params *take_fields(struct multipart *multipart)
{
    struct params *params = g_new0(struct params, 1);
    params->n = multipart->fields->len;
    params->at = (struct param *)(void *)g_array_free(g_steal_pointer(&multipart->fields), FALSE);
    return params;
}

void multipart_free(struct multipart *multipart)
{
    if (multipart->fields != NULL) {
        params_free(take_fields(multipart));
    }
    if (multipart->files != NULL) {
        files_free(multipart->files);
    }
    explicit_bzero(multipart->pending->str, multipart->pending->allocated_len);
    explicit_bzero(multipart->value->str, multipart->value->allocated_len);
    g_string_free(multipart->delimiter, TRUE);
    g_string_free(multipart->pending, TRUE);
    g_string_free(multipart->value, TRUE);
    g_free(multipart->name);
    g_free(multipart);
}

bool multipart_feed(struct multipart *multipart, const char *bytes, gsize n, GError **error)
{
    enum step step = NEXT;
    g_string_append_len(multipart->pending, bytes, (gssize)n);
    while (step == NEXT) {
        step = multipart->step(multipart, error);
    }
    return step == WAIT;
}

bool multipart_end(struct multipart *multipart, struct params **fields, struct files **files, GError **error)
{
    if (multipart->step != step_over || multipart->pending->len == 1) {
        return fail(error, PORTAL_INVALID, "it has no end") != BROKEN;
    }
    *fields = take_fields(multipart);
    *files = g_steal_pointer(&multipart->files);
    return true;
}
