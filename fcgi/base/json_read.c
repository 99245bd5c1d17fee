/*
 * json_read.c: json-c at its strictest, and what it lets pass all the same: of two members with one name it keeps the
 * last, a name ends at its first NUL and may stand between apostrophes; NaN and overlong UTF-8 are taken.
 */
#include "base/json_read.h"

#include "base/error.h"
#include "base/json.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static struct json_object *invalid(const char *why, GError **error)
{
    g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "JSON: %s", why);
    return NULL;
}

/* What the text itself says: how many members there are, for each has a colon outside of strings; whether there is what
 * JSON has not: in a string a control character as it is, or a NUL in any form, and outside an apostrophe. Counts for
 * what is JSON. */
static guint count_colons(const char *text, gsize length, bool *is_foul)
{
    static const char nul[] = "\\u0000";
    guint colons = 0;
    bool in_string = false;
    for (gsize i = 0; i < length; i++) {
        if (!in_string) {
            colons += text[i] == ':';
            *is_foul = *is_foul || text[i] == '\'';
            in_string = text[i] == '"';
        } else if (text[i] == '\\') {
            *is_foul = *is_foul || (length - i >= sizeof nul - 1 && memcmp(text + i, nul, sizeof nul - 1) == 0);
            i++;
        } else {
            *is_foul = *is_foul || (guchar)text[i] < ' ';
            in_string = text[i] != '"';
        }
    }
    return colons;
}

/* What the reader made of it: members, and numbers that are none. As deep as the reader let it. */
struct found {
    guint members;
    bool has_no_number;
};

static void look_through(struct json_object *object, struct found *found)
{
    if (json_object_is_type(object, json_type_object)) {
        json_object_object_foreach(object, name, value)
        {
            (void)name;
            found->members++;
            look_through(value, found);
        }
    } else if (json_object_is_type(object, json_type_array)) {
        for (gsize i = 0; i < json_object_array_length(object); i++) {
            look_through(json_object_array_get_idx(object, i), found);
        }
    } else if (json_object_is_type(object, json_type_double)) {
        found->has_no_number = found->has_no_number || !isfinite(json_object_get_double(object));
    }
}

static bool begins_object(const char *text, gsize length)
{
    gsize at = 0;
    while (at < length && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0') {
        at++;
    }
    return at < length && text[at] == '{';
}

static struct json_object *parse(const char *text, gsize length, GError **error)
{
    struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MOST);
    if (tokener == NULL) {
        json_sure(NULL);
    }
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    struct json_object *object = json_tokener_parse_ex(tokener, text, (int)length);
    enum json_tokener_error failure = json_tokener_get_error(tokener);
    json_tokener_free(tokener);
    if (failure != json_tokener_success) {
        return invalid(json_tokener_error_desc(failure), error);
    }
    if (object == NULL && begins_object(text, length)) {
        json_sure(NULL); /* well begun, and no fault of the text */
    }
    if (!json_object_is_type(object, json_type_object)) {
        json_object_put(object);
        return invalid("no object", error);
    }
    return object;
}

/* Read, and compare with what the text itself says. */
static struct json_object *read_once(const char *text, gsize length, guint colons, GError **error)
{
    struct found found = { 0 };
    struct json_object *object = parse(text, length, error);
    if (object == NULL) {
        return NULL;
    }
    look_through(object, &found);
    if (found.members != colons || found.has_no_number) {
        json_object_put(object);
        return invalid("a member stands twice, or a number is none", error);
    }
    return object;
}

/* The character that the escape at `text` stands for; 0: it is none of the form \uXXXX. */
static guint escaped(const char *text, gsize length)
{
    guint c = 0;
    if (length < 6 || text[0] != '\\' || text[1] != 'u') {
        return 0;
    }
    for (gsize i = 2; i < 6; i++) {
        c = c * 16 + (guint)MAX(g_ascii_xdigit_value(text[i]), 0);
    }
    return c;
}

bool json_has_half_pair(const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        guint c = escaped(text + i, length - i);
        bool is_pair = (c & 0xFC00) == 0xD800 && (escaped(text + i + 6, length - i - 6) & 0xFC00) == 0xDC00;
        if ((c & 0xF800) == 0xD800 && !is_pair) {
            return true;
        }
        i += is_pair ? 11 : text[i] == '\\'; /* the character behind a backslash begins no escape */
    }
    return false;
}

struct json_object *json_read(const char *text, gsize length, GError **error)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    bool is_foul = false;
    if (length >= strlen(byte_order_mark) && memcmp(text, byte_order_mark, strlen(byte_order_mark)) == 0) {
        text += strlen(byte_order_mark);
        length -= strlen(byte_order_mark);
    }
    guint colons = count_colons(text, length, &is_foul);
    if (is_foul || length > G_MAXINT || !g_utf8_validate_len(text, length, NULL)) {
        return invalid("no UTF-8, a control character, or too long", error);
    }
    /* json-c tells of no memory by some fault of the text, or loses a member: a fault of the text is there twice. */
    struct json_object *object = read_once(text, length, colons, NULL);
    return object != NULL ? object : read_once(text, length, colons, error);
}
