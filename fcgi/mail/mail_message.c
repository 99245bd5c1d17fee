/*
 * mail_message.c: builds messages with GMime, which encodes and folds headers.
 */
#include "mail/mail_message.h"

#include <gmime/gmime.h>
#include <string.h>

enum { TOKYO_SECONDS = 9 * 3600 };

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

static void add_address(GMimeMessage *mime, GMimeAddressType type, const char *name, const char *address)
{
    InternetAddress *mailbox = internet_address_mailbox_new(*name != '\0' ? name : NULL, address);
    internet_address_set_charset(mailbox, "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(mime, type), mailbox);
    g_object_unref(mailbox);
}

static GMimePart *build_text(const char *body)
{
    GMimeTextPart *part = g_mime_text_part_new_with_subtype("plain");
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, body);
    g_mime_part_set_content_encoding(GMIME_PART(part), g_str_is_ascii(body) ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
                                                                            : GMIME_CONTENT_ENCODING_BASE64);
    return GMIME_PART(part);
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
    add_address(mime, GMIME_ADDRESS_TYPE_FROM, message->sender_name, message->sender);
    add_address(mime, GMIME_ADDRESS_TYPE_TO, "", message->recipient);
    g_mime_message_set_date(mime, date);
    g_mime_message_set_message_id(mime, id);
    g_mime_message_set_subject(mime, message->subject, "utf-8");
    g_mime_object_set_header(GMIME_OBJECT(mime), "Auto-Submitted", "auto-generated", NULL);
    g_mime_message_set_mime_part(mime, GMIME_OBJECT(text));

    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_UNIX);
    char *bytes = g_mime_object_to_string(GMIME_OBJECT(mime), format);
    g_mime_format_options_free(format);
    g_object_unref(text);
    g_object_unref(mime);
    return g_bytes_new_with_free_func(bytes, strlen(bytes), clear_bytes, bytes);
}
