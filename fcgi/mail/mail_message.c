/*
 * mail_message.c: builds messages with GMime, which encodes and folds headers.
 */
#include "mail/mail_message.h"

#include <gmime/gmime.h>
#include <stdbool.h>
#include <string.h>

enum { TOKYO_SECONDS = 9 * 3600, WORD_BYTES = 39 };

static void start_gmime(void)
{
    static gsize started;
    if (g_once_init_enter(&started)) {
        g_mime_init();
        g_once_init_leave(&started, 1);
    }
}

static GDateTime *tokyo_time(struct moment at)
{
    g_autoptr(GTimeZone) tokyo = g_time_zone_new_offset(TOKYO_SECONDS);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at.us / G_USEC_PER_SEC);
    return g_date_time_to_timezone(utc, tokyo);
}

/* The row's number alone would come again in another installation behind the same host name. */
static char *message_id(const struct mail_message *message)
{
    const char *at = strrchr(message->sender, '@');
    g_assert(at != NULL);
    return g_strdup_printf("%" G_GUINT64_FORMAT ".%" G_GINT64_FORMAT "%s", message->id, message->created_at.us, at);
}

/* How many bytes of `text` go into one encoded word: whole characters, at most WORD_BYTES, and if possible a
 * multiple of three: some readers, GMime too, join the words before they decode them, and padding in between
 * ends the text. */
static gsize word_size(const char *text)
{
    gsize size = 0, whole = 0;
    for (gsize next = 0; next <= WORD_BYTES; next += (gsize)g_utf8_skip[(guchar)text[next]]) {
        size = next;
        whole = next % 3 == 0 ? next : whole;
        if (text[next] == '\0') {
            return size;
        }
    }
    return 2 * whole >= size ? whole : size;
}

/* `text` as encoded words that fit their lines, in the raw form of a header's value; `end` follows the last.
 * GMime makes one word of up to 130 characters, RFC 2047 allows 75 and 76 a line. */
static char *encode_words(const char *text, const char *end)
{
    GString *words = g_string_new(NULL);
    while (*text != '\0') {
        gsize size = word_size(text);
        g_autofree char *base64 = g_base64_encode((const guchar *)text, size);
        g_string_append_printf(words, " =?UTF-8?B?%s?=\n", base64);
        text += size;
    }
    if (*end != '\0') {
        g_string_append_printf(words, " %s\n", end);
    }
    return g_string_free(words, FALSE);
}

static void set_raw(GMimeMessage *mime, const char *header, const char *value)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(mime));
    g_mime_header_set_raw_value(g_mime_header_list_get_header(headers, header), value);
}

static void set_sender(GMimeMessage *mime, const char *name, const char *address)
{
    g_mime_message_add_mailbox(mime, GMIME_ADDRESS_TYPE_FROM, *name != '\0' ? name : NULL, address);
    if (!g_str_is_ascii(name)) {
        g_autofree char *end = g_strdup_printf("<%s>", address);
        g_autofree char *value = encode_words(name, end);
        set_raw(mime, "From", value);
    }
}

static void set_subject(GMimeMessage *mime, const char *subject)
{
    g_mime_message_set_subject(mime, subject, "utf-8");
    if (!g_str_is_ascii(subject)) {
        g_autofree char *value = encode_words(subject, "");
        set_raw(mime, "Subject", value);
    }
}

/* Text in base64 has CRLF within, and mail systems do not see it to put it right; other text gets it from
 * them. */
static GMimePart *build_text(const char *body)
{
    bool is_ascii = g_str_is_ascii(body);
    g_autoptr(GString) text = g_string_new(body);
    g_string_replace(text, "\r\n", "\n", 0);
    g_string_replace(text, "\n", is_ascii ? "\n" : "\r\n", 0);
    GMimeTextPart *part = g_mime_text_part_new_with_subtype("plain");
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, text->str);
    g_mime_part_set_content_encoding(GMIME_PART(part),
                                     is_ascii ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE : GMIME_CONTENT_ENCODING_BASE64);
    explicit_bzero(text->str, text->len);
    return GMIME_PART(part);
}

/* Nobody's absence note is wanted: RFC 3834 says so to most systems, the second header to Exchange. */
static void set_automatic(GMimeMessage *mime)
{
    g_mime_object_set_header(GMIME_OBJECT(mime), "Auto-Submitted", "auto-generated", NULL);
    g_mime_object_set_header(GMIME_OBJECT(mime), "X-Auto-Response-Suppress", "All", NULL);
}

/* A message may hold a first password: no copy of it is left behind. */
static void clear_bytes(gpointer text)
{
    explicit_bzero(text, strlen(text));
    g_free(text);
}

GBytes *mail_message_build(const struct mail_message *message)
{
    start_gmime();
    g_autofree char *id = message_id(message);
    g_autoptr(GDateTime) date = tokyo_time(message->created_at);
    GMimeMessage *mime = g_mime_message_new(TRUE);
    GMimePart *text = build_text(message->body);
    set_sender(mime, message->sender_name, message->sender);
    g_mime_message_add_mailbox(mime, GMIME_ADDRESS_TYPE_TO, NULL, message->recipient);
    g_mime_message_set_date(mime, date);
    g_mime_message_set_message_id(mime, id);
    set_subject(mime, message->subject);
    set_automatic(mime);
    g_mime_message_set_mime_part(mime, GMIME_OBJECT(text));

    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_UNIX);
    char *bytes = g_mime_object_to_string(GMIME_OBJECT(mime), format);
    g_mime_format_options_free(format);
    g_object_unref(text);
    g_object_unref(mime);
    return g_bytes_new_with_free_func(bytes, strlen(bytes), clear_bytes, bytes);
}
