/*
 * json.h: json-c where memory ends: the process does, as it does with GLib.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <glib.h>
#include <json-c/json.h>

/* What json-c has made; never NULL. */
static inline struct json_object *json_sure(struct json_object *object)
{
    if (object == NULL) {
        g_error("no memory for JSON");
    }
    return object;
}

/* Add a member, and take it. */
static inline void json_put(struct json_object *object, const char *name, struct json_object *value)
{
    if (json_object_object_add(object, name, json_sure(value)) != 0) {
        json_sure(NULL);
    }
}

/* Add an element, and take it. */
static inline void json_push(struct json_object *array, struct json_object *value)
{
    if (json_object_array_add(array, json_sure(value)) != 0) {
        json_sure(NULL);
    }
}

/* The text of `object`. json-c leaves out what it has no memory for and does not say so: a second time it differs. The
 * caller frees. */
static inline char *json_text(struct json_object *object)
{
    const int flags = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE;
    char *text = g_strdup(json_object_to_json_string_ext(object, flags));
    if (g_strcmp0(text, json_object_to_json_string_ext(object, flags)) != 0 || text == NULL) {
        json_sure(NULL);
    }
    return text;
}

/* The same of an object that ends. */
static inline char *json_take_text(struct json_object *object)
{
    char *text = json_text(object);
    json_object_put(object);
    return text;
}

#endif
