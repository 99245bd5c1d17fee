/*
 * multipart.c: fuzzes forms with files. The first line of the input is the content type, or the usual one when it is
 * empty; its second byte is the size of pieces. Pieces change nothing, limits hold, and what was read, written as a
 * browser does, is read as the same.
 */
#include "fuzz.h"

#include "base/error.h"
#include "base/text.h"
#include "web/multipart.h"

struct outcome {
    struct params *fields; /* NULL: refused */
    struct files *files;
    int code;
};

static struct outcome read_form(const char *type, const char *bytes, gsize n, gsize piece)
{
    struct outcome outcome = { NULL, NULL, -1 };
    g_autoptr(GError) error = NULL;
    AUTO(multipart) struct multipart *multipart = multipart_new(type, &error);
    bool good = multipart != NULL;
    for (gsize at = 0; good && at < n; at += piece) {
        good = multipart_feed(multipart, bytes + at, MIN(piece, n - at), &error);
    }
    if (!good || !multipart_end(multipart, &outcome.fields, &outcome.files, &error)) {
        g_assert_true(error->domain == PORTAL_ERROR && outcome.fields == NULL);
        outcome.code = error->code;
    }
    return outcome;
}

static void clear(struct outcome *outcome)
{
    if (outcome->fields != NULL) {
        params_free(outcome->fields);
        files_free(outcome->files);
    }
}

static char *content(const struct file *file)
{
    char *bytes = g_malloc(file->size + 1);
    g_assert_cmpint(file_read(file, 0, bytes, file->size + 1, NULL), ==, (gssize)file->size);
    return bytes;
}

static void check_same(const struct outcome *a, const struct outcome *b)
{
    g_assert_cmpint(a->code, ==, b->code);
    if (a->fields == NULL) {
        return;
    }
    fuzz_same_params(a->fields, b->fields);
    g_assert_cmpuint(a->files->n, ==, b->files->n);
    for (guint i = 0; i < a->files->n; i++) {
        const struct file *x = &a->files->at[i], *y = &b->files->at[i];
        g_autofree char *x_bytes = content(x), *y_bytes = content(y);
        g_assert_cmpstr(x->name, ==, y->name);
        g_assert_cmpstr(x->filename, ==, y->filename);
        g_assert_cmpmem(x_bytes, x->size, y_bytes, y->size);
    }
}

static void append_quoted(GString *out, const char *key, const char *text)
{
    g_string_append_printf(out, "; %s=\"", key);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

static void append_part(GString *out, const char *boundary, const char *name, const char *filename, const char *bytes,
                        gsize n)
{
    g_string_append_printf(out, "--%s\r\nContent-Disposition: form-data", boundary);
    append_quoted(out, "name", name);
    if (filename != NULL) {
        append_quoted(out, "filename", filename);
    }
    g_string_append(out, "\r\n\r\n");
    g_string_append_len(out, bytes, (gssize)n);
    g_string_append(out, "\r\n");
}

/* A boundary that stands nowhere in the input, from which every content is. */
static char *new_boundary(const char *input, gsize n)
{
    char *boundary = NULL;
    guint i = 0;
    do {
        g_free(boundary);
        boundary = g_strdup_printf("fuzz-%u", i++);
    } while (memmem(input, n, boundary, strlen(boundary)) != NULL);
    return boundary;
}

static void check_written_again(const struct outcome *outcome, const char *boundary)
{
    g_autoptr(GString) body = g_string_new(NULL);
    g_autofree char *type = g_strconcat("multipart/form-data; boundary=", boundary, NULL);
    for (guint i = 0; i < outcome->fields->n; i++) {
        const struct param *field = &outcome->fields->at[i];
        append_part(body, boundary, field->name, NULL, field->value, strlen(field->value));
    }
    for (guint i = 0; i < outcome->files->n; i++) {
        const struct file *file = &outcome->files->at[i];
        g_autofree char *bytes = content(file);
        append_part(body, boundary, file->name, file->filename, bytes, file->size);
    }
    g_string_append_printf(body, "--%s--\r\n", boundary);
    struct outcome again = read_form(type, body->str, body->len, body->len);
    check_same(outcome, &again);
    clear(&again);
}

static void check_limits(const struct outcome *outcome)
{
    g_assert_cmpuint(outcome->fields->n + outcome->files->n, <=, MULTIPART_PARTS_MOST);
    for (guint i = 0; i < outcome->fields->n; i++) {
        const struct param *field = &outcome->fields->at[i];
        g_assert_true(text_is_clean(field->name, strlen(field->name), false));
        g_assert_true(text_is_clean(field->value, strlen(field->value), true));
        g_assert_cmpuint(strlen(field->value), <=, MULTIPART_VALUE_MOST);
    }
    for (guint i = 0; i < outcome->files->n; i++) {
        const struct file *file = &outcome->files->at[i];
        g_assert_true(text_is_clean(file->name, strlen(file->name), false));
        g_assert_true(text_is_clean(file->filename, strlen(file->filename), false));
        g_assert_false(file->is_too_large);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gsize piece = 1 + fuzz_byte(&data, &size) % 100;
    const uint8_t *line_end = memchr(data, '\n', size);
    gsize type_length = line_end != NULL ? (gsize)(line_end - data) : 0;
    g_autofree char *type = fuzz_text(data, type_length);
    const char *bytes = (const char *)data + (line_end != NULL ? type_length + 1 : 0);
    gsize n = size - (gsize)(bytes - (const char *)data);
    const char *used = *type != '\0' ? type : "multipart/form-data; boundary=B";
    struct outcome whole = read_form(used, bytes, n, MAX(n, 1)), pieces = read_form(used, bytes, n, piece);
    check_same(&whole, &pieces);
    if (whole.fields != NULL) {
        check_limits(&whole);
        g_autofree char *boundary = new_boundary(bytes, n);
        check_written_again(&whole, boundary);
    }
    clear(&whole);
    clear(&pieces);
    return 0;
}
