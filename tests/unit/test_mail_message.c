/*
 * test_mail_message.c: what sendmail is given (mail/mail_message.c), read back with GMime's parser.
 */
#include "mail/mail_message.h"

#include <gmime/gmime.h>
#include <string.h>

#define SUBJECT "【管理コンソールポータル】ポータルサイト利用アカウントのご案内"
#define MIXED "共有 = a_b?c"

static struct mail_message sample(void)
{
    return (struct mail_message){ .id = 12,
                                  .sender_name = "管理コンソールポータル",
                                  .sender = "portal@sim.example",
                                  .recipient = "taro@example.jp",
                                  .subject = SUBJECT,
                                  .body = "本文\n二行目\n",
                                  .created_at = { INT64_C(1709042280123456) } };
}

static char *build(const struct mail_message *message)
{
    g_autoptr(GBytes) bytes = mail_message_build(message);
    gsize size = 0;
    const char *text = g_bytes_get_data(bytes, &size);
    g_assert_cmpuint(strlen(text), ==, size);
    return g_strdup(text);
}

static GMimeMessage *parse(const char *text)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, strlen(text));
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    g_assert_nonnull(message);
    return message;
}

static void test_headers(void)
{
    struct mail_message message = sample();
    g_autofree char *text = build(&message);
    GMimeMessage *parsed = parse(text);
    InternetAddress *from = internet_address_list_get_address(g_mime_message_get_from(parsed), 0);
    g_assert_cmpstr(internet_address_get_name(from), ==, "管理コンソールポータル");
    g_assert_cmpstr(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(from)), ==, "portal@sim.example");
    g_assert_cmpstr(g_mime_message_get_subject(parsed), ==, SUBJECT);
    g_assert_nonnull(strstr(text, "\nTo: taro@example.jp\n"));
    g_assert_nonnull(strstr(text, "Date: Tue, 27 Feb 2024 22:58:00 +0900\n"));
    g_assert_nonnull(strstr(text, "\nMessage-Id: <12.1709042280123456@sim.example>\n"));
    g_assert_nonnull(strstr(text, "\nAuto-Submitted: auto-generated\n"));
    g_assert_nonnull(strstr(text, "\nX-Auto-Response-Suppress: All\n"));
    g_assert_nonnull(strstr(text, "\nMIME-Version: 1.0\n"));
    g_assert_nonnull(strstr(text, "\nContent-Type: text/plain; charset=utf-8\n"));
    g_object_unref(parsed);
}

/* What the encoded words of header `name` say, each decoded by itself as RFC 2047 wants it. */
static char *decode_words(const char *text, const char *name)
{
    GString *said = g_string_new(NULL);
    g_autofree char *head = g_strdup_printf("\n%s:", name);
    const char *at = strstr(text, head);
    g_assert_nonnull(at);
    for (at += strlen(head); g_str_has_prefix(at, " =?UTF-8?B?"); at = strchr(at, '\n') + 1) {
        const char *begin = at + strlen(" =?UTF-8?B?");
        gsize size = 0;
        g_autofree char *base64 = g_strndup(begin, (gsize)(strchr(begin, '?') - begin));
        g_autofree guchar *bytes = g_base64_decode(base64, &size);
        g_assert_true(g_utf8_validate_len((const char *)bytes, size, NULL));
        g_string_append_len(said, (const char *)bytes, (gssize)size);
    }
    return g_string_free(said, FALSE);
}

/* RFC 2047: a line with encoded words has at most 76 characters, and all is ASCII. */
static void test_line_lengths(void)
{
    struct mail_message message = sample();
    message.sender_name = "とても長い名前の運営会社の管理コンソールポータルという名の窓口";
    message.subject = SUBJECT SUBJECT MIXED SUBJECT "🍣𠮷";
    g_autofree char *text = build(&message);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_assert_true(g_str_is_ascii(text));
    for (char **line = lines; *line != NULL; line++) {
        g_test_message("%s", *line);
        g_assert_cmpuint(strlen(*line), <=, 76);
    }
    g_autofree char *subject = decode_words(text, "Subject"), *name = decode_words(text, "From");
    g_assert_cmpstr(subject, ==, message.subject);
    g_assert_cmpstr(name, ==, message.sender_name);
}

static void test_plain(void)
{
    struct mail_message message = sample();
    message.sender_name = "";
    message.subject = "Login notice: x = y? =?utf-8?q?no?=";
    message.body = "Hello\n.\nFrom here = there\n";
    g_autofree char *text = build(&message);
    g_assert_nonnull(strstr(text, "\nFrom: portal@sim.example\n"));
    g_assert_nonnull(strstr(text, "\nContent-Transfer-Encoding: quoted-printable\n"));
    g_assert_nonnull(strstr(text, "\n\nHello\n.\n"));
    g_assert_nonnull(strstr(text, "here =3D there"));
}

static void test_body(void)
{
    static const struct {
        const char *body, *want;
    } cases[] = {
        { "本文\n二行目\n", "本文\r\n二行目\r\n" }, { "本文\r\n二行目", "本文\r\n二行目" },
        { "plain\r\nsecond\n", "plain\nsecond\n" }, { "", "" },
        { "%n%s %d 🍣\n", "%n%s %d 🍣\r\n" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct mail_message message = sample();
        message.body = cases[i].body;
        g_autofree char *text = build(&message);
        GMimeMessage *parsed = parse(text);
        GMimeObject *part = g_mime_message_get_mime_part(parsed);
        GMimeStream *stream = g_mime_stream_mem_new();
        g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), stream);
        GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
        g_byte_array_append(bytes, (const guint8 *)"", 1);
        g_assert_cmpstr((const char *)bytes->data, ==, cases[i].want);
        g_object_unref(stream);
        g_object_unref(parsed);
    }
}

static void test_same_every_time(void)
{
    struct mail_message message = sample();
    g_autofree char *first = build(&message), *second = build(&message);
    g_assert_cmpstr(first, ==, second);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_mime_init();
    g_test_add_func("/mail/message/headers", test_headers);
    g_test_add_func("/mail/message/line-lengths", test_line_lengths);
    g_test_add_func("/mail/message/plain", test_plain);
    g_test_add_func("/mail/message/body", test_body);
    g_test_add_func("/mail/message/same-every-time", test_same_every_time);
    return g_test_run();
}
