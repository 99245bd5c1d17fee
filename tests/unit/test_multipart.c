/*
 * test_multipart.c: forms with files are read byte for byte, in pieces of any size, within limits; whatever a browser
 * would not send is refused.
 */
#include "web/multipart.h"

#include "base/error.h"
#include "web/part_head.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define TYPE "multipart/form-data; boundary=B"
#define BEGIN "--B\r\n"
#define FIELD(name) BEGIN "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILE_PART(name, filename)                                                                                      \
    BEGIN "Content-Disposition: form-data; name=\"" name "\"; filename=\"" filename "\"\r\n"                           \
          "Content-Type: text/csv\r\n\r\n"
#define END "--B--\r\n"
#define HEAD(head) BEGIN head "\r\n\r\nv\r\n" END

static void append_files(GString *out, const struct files *files)
{
    for (guint i = 0; i < files->n; i++) {
        const struct file *file = &files->at[i];
        char bytes[256];
        gssize n = file_read(file, 0, bytes, sizeof bytes, NULL);
        g_assert_cmpint(n, ==, (gssize)file->size);
        g_string_append_printf(out, "%s<%s>", file->name, file->filename);
        g_string_append_len(out, bytes, n);
        g_string_append_c(out, ';');
    }
}

/* What a body gives: "name=value;" for each field, "name<filename>bytes;" for each file, or why it is refused. */
static GString *outcome(const char *type, const char *body, gsize length, gsize piece)
{
    g_autoptr(GError) error = NULL;
    GString *out = g_string_new(NULL);
    AUTO(multipart) struct multipart *multipart = multipart_new(type, &error);
    AUTO(params) struct params *fields = NULL;
    AUTO(files) struct files *files = NULL;
    bool good = multipart != NULL;
    for (gsize at = 0; good && at < length; at += piece) {
        good = multipart_feed(multipart, body + at, MIN(piece, length - at), &error);
    }
    if (!good || !multipart_end(multipart, &fields, &files, &error)) {
        g_assert_true(error->domain == PORTAL_ERROR);
        g_string_assign(out, error->code == PORTAL_INVALID ? "invalid"
                             : error->code == PORTAL_LIMIT ? "limit"
                                                           : "busy");
        return out;
    }
    for (guint i = 0; i < fields->n; i++) {
        g_string_append_printf(out, "%s=%s;", fields->at[i].name, fields->at[i].value);
    }
    append_files(out, files);
    return out;
}

/* The same whatever the pieces are. */
static void check(const char *body, gsize length, const char *want, gsize want_length)
{
    static const gsize pieces[] = { 1, 2, 3, 5, 7, 64, 1 << 20 };
    g_autofree char *shown = g_strescape(body, NULL);
    g_test_message("%s", shown);
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        GString *got = outcome(TYPE, body, length, pieces[i]);
        g_assert_cmpmem(got->str, got->len, want, want_length);
        g_string_free(got, TRUE);
    }
}

static void test_bodies(void)
{
    static const struct {
        const char *body, *want;
    } cases[] = {
        { FIELD("a") "1\r\n" END, "a=1;" },
        { FIELD("a") "1\r\n--B--", "a=1;" }, /* not every browser ends with a line end */
        { FIELD("a") "1\r\n" FIELD("b") "2\r\n" END, "a=1;b=2;" },
        { FIELD("a") "1\r\n" FIELD("a") "2\r\n" END, "a=1;a=2;" }, /* form.c refuses doubled fields */
        { FIELD("a") "\r\n" END, "a=;" },
        { FIELD("") "1\r\n" END, "=1;" },
        { FIELD("a") "\r\n\r\n" END, "a=\r\n;" },
        { FIELD("a") "\r\n\r\n\r\n" END, "a=\r\n\r\n;" },
        { FIELD("a") "--B\r\n" END, "a=--B;" }, /* a delimiter begins with a line end */
        { FIELD("a") "-\r\n--\r\n--C\r\n-\r\r\n" END, "a=-\r\n--\r\n--C\r\n-\r;" },
        { FIELD("a") "%41+&=\r\n" END, "a=%41+&=;" }, /* decoded by nobody */
        { FIELD("a") "\u3042\r\n" END, "a=\u3042;" },
        { FIELD("\u3042") "1\r\n" END, "\u3042=1;" },
        { FIELD("a\\\"b") "1\r\n" END, "a\"b=1;" },
        { FIELD("a%22b") "1\r\n" END, "a%22b=1;" },
        { FILE_PART("f", "n.csv") "x,y\r\n1,2\r\n\r\n" END, "f<n.csv>x,y\r\n1,2\r\n;" },
        { FILE_PART("f", "n.csv") "\r\n" END, "f<n.csv>;" },
        { FILE_PART("f", "") "\r\n" END, "" }, /* an input that was left empty */
        { FILE_PART("f", "") "x\r\n" END, "f<>x;" },
        { FIELD("a") "1\r\n" FILE_PART("f", "n") "x\r\n" FIELD("b") "2\r\n" END, "a=1;b=2;f<n>x;" },
        { FILE_PART("f", "n") "x\r\n" FILE_PART("f", "m") "y\r\n" END, "f<n>x;f<m>y;" },
        { FILE_PART("f", "") "\r\n" FILE_PART("g", "m") "y\r\n" END, "g<m>y;" },
        { FILE_PART("f", "../../etc/passwd") "x\r\n" END, "f<../../etc/passwd>x;" }, /* a name, never a path */
        { FILE_PART("f", "C:\\a\\b.csv") "x\r\n" END, "f<C:\\a\\b.csv>x;" },
        { FILE_PART("f", "a\\\\b\\\"c;d") "x\r\n" END, "f<a\\b\"c;d>x;" },
        { FILE_PART("f", "\xE9") "x\r\n" END, "f<?>x;" },
        { FILE_PART("f", "\xC2\x85") "x\r\n" END, "f<?>x;" },
        { END, "" },
        { "--B--", "" },
        { "", "invalid" },
        { "--B", "invalid" },
        { "--B\r\n", "invalid" },
        { "--B-", "invalid" },
        { "--B--\r", "invalid" },
        { "--B--\n", "invalid" },
        { "--B--x", "invalid" },
        { END "x", "invalid" },
        { END END, "invalid" },
        { "x\r\n" END, "invalid" },
        { "\r\n" END, "invalid" },
        { " " END, "invalid" },
        { "--b--\r\n", "invalid" },
        { "--A--\r\n", "invalid" },
        { FIELD("a") "1", "invalid" },
        { FIELD("a") "1\r\n", "invalid" },
        { FIELD("a") "1\r\n--B", "invalid" },
        { FIELD("a") "1\r\n--B\r\n", "invalid" },
        { FIELD("a") "1\r\n--B-", "invalid" },
        { FIELD("a") "1\r\n--Bx--\r\n", "invalid" },
        { FIELD("a") "1\r\n--B --\r\n", "invalid" },
        { FIELD("a") "1\r\n--B \r\n", "invalid" },
        { FIELD("a") "1--B--\r\n", "invalid" },
        { FIELD("a") "1\n--B--\n", "invalid" },
        { FILE_PART("f", "n") "x", "invalid" },
        { FIELD("a") "\xFF\r\n" END, "invalid" },
        { FIELD("a") "\xE3\x81\r\n" END, "invalid" },
        { FIELD("a") "b\x01"
                     "c\x0B"
                     "d\r\n" END,
          "a=b\uFFFDc\nd;" },
        { FIELD("a\xFF") "1\r\n" END, "invalid" },
        { FIELD("a\tb") "1\r\n" END, "invalid" },
        { FIELD("a\x7F") "1\r\n" END, "invalid" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        check(cases[i].body, strlen(cases[i].body), cases[i].want, strlen(cases[i].want));
    }
}

/* A NUL and every other byte of a file stays; in a head or a field it is refused. */
static void test_bytes(void)
{
    GString *body = g_string_new(FILE_PART("f", "n"));
    GString *want = g_string_new("f<n>");
    for (int i = 0; i < 128; i++) {
        g_string_append_c(body, (char)(255 - i));
        g_string_append_c(want, (char)(255 - i));
    }
    for (int i = 0; i < 32; i++) {
        g_string_append_c(body, (char)i);
        g_string_append_c(want, (char)i);
    }
    g_string_append(body, "\r\n" END);
    g_string_append_c(want, ';');
    check(body->str, body->len, want->str, want->len);
    static const char in_value[] = FIELD("a") "1\0\r\n" END;
    static const char in_name[] = FIELD("a\0b") "1\r\n" END;
    static const char behind[] = FIELD("a") "1\r\n--B--\r\n\0";
    static const char in_filename[] = FILE_PART("f", "n\0m") "1\r\n" END;
    check(in_value, sizeof in_value - 1, "invalid", 7);
    check(in_name, sizeof in_name - 1, "invalid", 7);
    check(behind, sizeof behind - 1, "invalid", 7);
    check(in_filename, sizeof in_filename - 1, "invalid", 7);
    g_string_free(body, TRUE);
    g_string_free(want, TRUE);
}

static void test_heads(void)
{
    static const struct {
        const char *body, *want;
    } cases[] = {
        { HEAD("content-DISPOSITION:form-data;name=\"a\""), "a=v;" },
        { HEAD("Content-Disposition:\t form-data ; name=\"a\" "), "a=v;" },
        { HEAD("Content-Disposition: FORM-DATA; NAME=\"a\""), "a=v;" },
        { HEAD("X-Other: 1\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain"), "a=v;" },
        { HEAD("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: Binary"), "a=v;" },
        { HEAD("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: 8bit"), "a=v;" },
        { HEAD("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64"), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: quoted-printable"),
          "invalid" },
        { HEAD(""), "invalid" },
        { HEAD("Content-Type: text/plain"), "invalid" },
        { HEAD("Content-Disposition: form-data"), "invalid" },
        { HEAD("Content-Disposition: form-data; name"), "invalid" },
        { HEAD("Content-Disposition: form-data; name="), "invalid" },
        { HEAD("Content-Disposition: form-data; name=a"), "invalid" },
        { HEAD("Content-Disposition: form-data; name='a'"), "invalid" },
        { HEAD("Content-Disposition: form-data; name =\"a\""), "invalid" },
        { HEAD("Content-Disposition: form-data; name= \"a\""), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a"), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\\\""), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"x"), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\";"), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"; name=\"b\""), "invalid" },
        { HEAD("Content-Disposition: form-data; filename=\"f\""), "invalid" },
        { HEAD("Content-Disposition: form-data; filename=\"f\"; name=\"a\""), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"; filename=\"f\"; filename=\"g\""), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"; filename=f"), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''f"), "invalid" },
        { HEAD("Content-Disposition: form-data; name*=UTF-8''a"), "invalid" },
        { HEAD("Content-Disposition: form-data; names=\"a\""), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"; size=\"1\""), "invalid" },
        { HEAD("Content-Disposition: form-data, name=\"a\""), "invalid" },
        { HEAD("Content-Disposition: form-data name=\"a\""), "invalid" },
        { HEAD("Content-Disposition: form-datax; name=\"a\""), "invalid" },
        { HEAD("Content-Disposition: attachment; name=\"a\""), "invalid" },
        { HEAD("Content-Disposition: ; name=\"a\""), "invalid" },
        { HEAD("Content-Disposition form-data; name=\"a\""), "invalid" },
        { HEAD("Content-Disposition : form-data; name=\"a\""), "invalid" },
        { HEAD(" Content-Disposition: form-data; name=\"a\""), "invalid" },
        { HEAD("Content-Disposition: form-data;\r\n name=\"a\""), "invalid" }, /* folded */
        { HEAD("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\""), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"\nX: y"), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\rb\""), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"\r\nX: y\nZ: y"), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"\r\n: y"), "invalid" },
        { HEAD("Content-Disposition: form-data; name=\"a\"\r\nX"), "invalid" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        check(cases[i].body, strlen(cases[i].body), cases[i].want, strlen(cases[i].want));
    }
}

static void test_boundaries(void)
{
    static const struct {
        const char *type, *want; /* NULL: refused */
    } cases[] = {
        { "multipart/form-data; boundary=B", "B" },
        { "multipart/form-data;boundary=B", "B" },
        { "Multipart/Form-Data ; Boundary=B ", "B" },
        { "multipart/form-data; boundary=\"B\"", "B" },
        { "multipart/form-data; boundary=\"a b:?\"", "a b:?" },
        { "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
          "----WebKitFormBoundary7MA4YWxkTrZu0gW" },
        { "multipart/form-data; boundary=1234567890123456789012345678901234567890123456789012345678901234567890",
          "1234567890123456789012345678901234567890123456789012345678901234567890" },
        { "multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789012345678901",
          NULL },
        { "multipart/form-data; boundary=", NULL },
        { "multipart/form-data; boundary=\"\"", NULL },
        { "multipart/form-data; boundary=\"B", NULL },
        { "multipart/form-data; boundary=\"B \"", NULL },
        { "multipart/form-data; boundary=\"B\\\"\"", NULL },
        { "multipart/form-data; boundary=\"B\r\n\"", NULL },
        { "multipart/form-data; boundary=\u3042", NULL },
        { "multipart/form-data; boundary=B C", NULL },
        { "multipart/form-data; boundary=B; boundary=C", NULL },
        { "multipart/form-data; boundary=B; charset=utf-8", NULL },
        { "multipart/form-data; charset=utf-8; boundary=B", NULL },
        { "multipart/form-data, boundary=B", NULL },
        { "multipart/form-data", NULL },
        { "multipart/form-data;", NULL },
        { "multipart/form-data; boundary\0B", NULL }, /* nothing is read behind the end */
        { "multipart/form-datax; boundary=B", NULL },
        { "multipart/mixed; boundary=B", NULL },
        { "", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = part_boundary(cases[i].type);
        g_test_message("%s", cases[i].type);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* `n` times `letter` within `before` and `after`. */
static char *filled(const char *before, char letter, gsize n, const char *after)
{
    g_autofree char *fill = g_strnfill(n, letter);
    return g_strconcat(before, fill, after, NULL);
}

static char *parts(guint n)
{
    GString *body = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        g_string_append(body, i % 2 == 0 ? FIELD("a") "\r\n" : FILE_PART("f", "n") "\r\n");
    }
    g_string_append(body, END);
    return g_string_free(body, FALSE);
}

static void test_limits(void)
{
    static const char head[] = BEGIN "Content-Disposition: form-data; name=\"a\"\r\nX: ";
    gsize head_fill = MULTIPART_HEAD_MOST - (sizeof head - 1 - strlen(BEGIN));
    const struct {
        char *body;
        const char *want; /* how the outcome begins */
    } cases[] = {
        { parts(MULTIPART_PARTS_MOST), "a=;a=;" },
        { parts(MULTIPART_PARTS_MOST + 1), "limit" },
        { filled(FIELD("a"), 'x', MULTIPART_VALUE_MOST, "\r\n" END), "a=xxx" },
        { filled(FIELD("a"), 'x', MULTIPART_VALUE_MOST + 1, "\r\n" END), "limit" },
        { filled(FIELD("a"), '\r', MULTIPART_VALUE_MOST, "\r\n" END), "a=\r\r\r" },
        { filled(head, 'x', head_fill, "\r\n\r\nv\r\n" END), "a=v;" },
        { filled(head, 'x', head_fill + 1, "\r\n\r\nv\r\n" END), "limit" },
        { filled(head, 'x', MULTIPART_HEAD_MOST * 2, ""), "limit" },
    };
    static const gsize pieces[] = { 1, 1000, 1 << 20 };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(pieces); j++) {
            GString *got = outcome(TYPE, cases[i].body, strlen(cases[i].body), pieces[j]);
            g_test_message("%" G_GSIZE_FORMAT " in pieces of %" G_GSIZE_FORMAT, i, pieces[j]);
            g_assert_true(g_str_has_prefix(got->str, cases[i].want));
            g_string_free(got, TRUE);
        }
        g_free(cases[i].body);
    }
}

/* Feed a file of `size` bytes; the reader keeps none of it in memory. */
static struct files *send_file(gsize size)
{
    static char piece[65536];
    AUTO(multipart) struct multipart *multipart = multipart_new(TYPE, NULL);
    struct files *files = NULL;
    AUTO(params) struct params *fields = NULL;
    memset(piece, '\n', sizeof piece);
    g_assert_true(multipart_feed(multipart, FILE_PART("f", "n"), strlen(FILE_PART("f", "n")), NULL));
    for (gsize left = size; left > 0; left -= MIN(left, sizeof piece)) {
        g_assert_true(multipart_feed(multipart, piece, MIN(left, sizeof piece), NULL));
    }
    g_assert_true(multipart_feed(multipart, "\r\n" END, strlen("\r\n" END), NULL));
    g_assert_true(multipart_end(multipart, &fields, &files, NULL));
    return files;
}

static void test_large_files(void)
{
    struct rusage before, after;
    struct stat on_disk;
    getrusage(RUSAGE_SELF, &before);
    AUTO(files) struct files *full = send_file(FILE_MOST);
    AUTO(files) struct files *over = send_file(FILE_MOST + 1);
    getrusage(RUSAGE_SELF, &after);
    g_assert_cmpuint(full->at[0].size, ==, 16000000);
    g_assert_false(full->at[0].is_too_large);
    g_assert_true(fstat(full->at[0].fd, &on_disk) == 0 && on_disk.st_size == FILE_MOST && on_disk.st_nlink == 0);
    g_assert_true(over->at[0].is_too_large);
    g_assert_true(fstat(over->at[0].fd, &on_disk) == 0 && on_disk.st_size == 0);
#ifndef __SANITIZE_ADDRESS__
    g_assert_cmpint(after.ru_maxrss - before.ru_maxrss, <, 2048); /* KiB */
#endif
}

/* A disk that takes no more: the file is not kept, and the answer is "busy", not "wrong". */
static void test_disk_full(void)
{
    struct rlimit old, small;
    g_assert_true(getrlimit(RLIMIT_FSIZE, &old) == 0);
    small = (struct rlimit){ 1000, old.rlim_max };
    g_autofree char *body = filled(FILE_PART("f", "n"), 'x', 5000, "\r\n" END);
    g_assert_true(setrlimit(RLIMIT_FSIZE, &small) == 0);
    GString *got = outcome(TYPE, body, strlen(body), 100);
    g_assert_true(setrlimit(RLIMIT_FSIZE, &old) == 0);
    g_assert_cmpstr(got->str, ==, "busy");
    g_string_free(got, TRUE);
}

static void test_files_get(void)
{
    static const char body[] = FILE_PART("f", "1") "x\r\n" FILE_PART("g", "2") "y\r\n" FILE_PART("f", "3") "z\r\n" END;
    AUTO(multipart) struct multipart *multipart = multipart_new(TYPE, NULL);
    AUTO(params) struct params *fields = NULL;
    AUTO(files) struct files *files = NULL;
    guint count = 99;
    char bytes[2] = "";
    g_assert_true(multipart_feed(multipart, body, strlen(body), NULL));
    g_assert_true(multipart_end(multipart, &fields, &files, NULL));
    g_assert_cmpstr(files_get(files, "f", &count)->filename, ==, "1");
    g_assert_cmpuint(count, ==, 2);
    g_assert_cmpstr(files_get(files, "g", &count)->filename, ==, "2");
    g_assert_cmpuint(count, ==, 1);
    g_assert_null(files_get(files, "h", &count));
    g_assert_cmpuint(count, ==, 0);
    g_assert_cmpint(file_read(&files->at[2], 0, bytes, 2, NULL), ==, 1);
    g_assert_cmpstr(bytes, ==, "z");
    g_assert_cmpint(file_read(&files->at[2], 1, bytes, 2, NULL), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    signal(SIGXFSZ, SIG_IGN);
    g_test_add_func("/multipart/bodies", test_bodies);
    g_test_add_func("/multipart/every-byte-of-a-file", test_bytes);
    g_test_add_func("/multipart/heads", test_heads);
    g_test_add_func("/multipart/boundaries", test_boundaries);
    g_test_add_func("/multipart/limits", test_limits);
    g_test_add_func("/multipart/16-megabytes-on-the-disk-alone", test_large_files);
    g_test_add_func("/multipart/disk-full", test_disk_full);
    g_test_add_func("/multipart/files-by-name", test_files_get);
    return g_test_run();
}
