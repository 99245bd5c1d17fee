/*
 * gateway_rule.c: what a line says. Trusts nothing that comes back.
 */
#include "gateway/gateway_rule.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

static void add_value(GString *out, const char *name, const char *json)
{
    if (json != NULL) {
        g_string_append_printf(out, ",\"%s\":%s", name, json);
    }
}

void gateway_line(GString *out, const struct gateway_request *request)
{
    g_string_append_printf(out, "{\"id\":\"%s\",\"op\":\"%s\"", request->id, request->operation);
    if (request->object != NULL) {
        add_value(out, request->object, request->what);
    }
    add_value(out, "args", request->arguments);
    g_string_append(out, "}\n");
}

static const char *text_of(struct json_object *object, const char *name)
{
    struct json_object *value = NULL;
    if (!json_object_object_get_ex(object, name, &value) || !json_object_is_type(value, json_type_string)) {
        return NULL;
    }
    return json_object_get_string(value);
}

static bool flag_of(struct json_object *object, const char *name, bool *flag)
{
    struct json_object *value = NULL;
    if (!json_object_object_get_ex(object, name, &value) || !json_object_is_type(value, json_type_boolean)) {
        return false;
    }
    *flag = json_object_get_boolean(value);
    return true;
}

/* At most `most` characters of clean text; what is no text is said to be so. */
static char *kept(const char *text, glong most, const char *otherwise)
{
    if (text == NULL || *text == '\0' || !text_is_clean(text, strlen(text), false)) {
        return g_strdup(otherwise);
    }
    return g_utf8_substring(text, 0, MIN(most, g_utf8_strlen(text, -1)));
}

static bool read_object(struct json_object *object, struct gateway_answer *answer)
{
    bool ok = false, again = false, accepted = false;
    const char *id = text_of(object, "id");
    struct json_object *result = NULL;
    if (id == NULL || !flag_of(object, "ok", &ok)) {
        return false;
    }
    flag_of(object, "retry", &again);
    flag_of(object, "accepted", &accepted);
    *answer = (struct gateway_answer){ .id = g_strdup(id) };
    if (ok) {
        answer->outcome = accepted ? GATEWAY_ACCEPTED : GATEWAY_DONE;
        if (json_object_object_get_ex(object, "result", &result)) {
            answer->result = json_text(result);
        }
        return true;
    }
    answer->outcome = again ? GATEWAY_AGAIN : GATEWAY_REFUSED;
    answer->code = kept(text_of(object, "code"), GATEWAY_CODE_MOST, "unknown");
    answer->text = kept(text_of(object, "message"), GATEWAY_TEXT_MOST, "");
    return true;
}

/* The object that a line is, NULL if it is none. The caller puts. */
static struct json_object *object_of(const char *line, gsize length)
{
    struct json_tokener *tokener = json_tokener_new_ex(16);
    struct json_object *object = json_tokener_parse_ex(tokener, line, (int)MIN(length, G_MAXINT));
    bool whole =
        json_tokener_get_error(tokener) == json_tokener_success && json_tokener_get_parse_end(tokener) == length;
    json_tokener_free(tokener);
    if (!whole || !json_object_is_type(object, json_type_object)) {
        json_object_put(object);
        return NULL;
    }
    return object;
}

bool gateway_read(const char *line, gsize length, struct gateway_answer *answer)
{
    struct json_object *object = object_of(line, length);
    bool good = object != NULL && read_object(object, answer);
    json_object_put(object);
    return good;
}

static bool is_short(const char *text, glong most)
{
    return text != NULL && text_is_clean(text, strlen(text), false) && g_utf8_strlen(text, -1) <= most;
}

static const char *fault_of(struct json_object *object)
{
    bool ok = false, again = false;
    const char *code = text_of(object, "code");
    if (text_of(object, "id") == NULL) {
        return "it has no id, or one that is no string";
    }
    if (!flag_of(object, "ok", &ok)) {
        return "ok must be true or false";
    }
    if (ok) {
        return NULL;
    }
    if (!flag_of(object, "retry", &again)) {
        return "with ok false, retry must be true or false";
    }
    if (!is_short(code, GATEWAY_CODE_MOST) || *code == '\0') {
        return "with ok false, code must be a string of 1 to 32 characters";
    }
    return is_short(text_of(object, "message"), GATEWAY_TEXT_MOST)
               ? NULL
               : "with ok false, message must be a string of at most 400 characters";
}

const char *gateway_fault(const char *line, gsize length)
{
    if (length > GATEWAY_LINE_MOST) {
        return "it is longer than 65,536 bytes";
    }
    struct json_object *object = object_of(line, length);
    const char *fault = object != NULL ? fault_of(object) : "it is no JSON object";
    json_object_put(object);
    return fault;
}
