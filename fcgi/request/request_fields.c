/*
 * request_fields.c: names and texts in a tree by name. Decides nothing about what they may be.
 */
#include "request/request_fields.h"

#include "base/json.h"
#include "base/json_read.h"

#include <string.h>

struct request_fields {
    GTree *texts;
};

static gint by_name(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return strcmp(a, b);
}

struct request_fields *request_fields_new(void)
{
    struct request_fields *fields = g_new0(struct request_fields, 1);
    fields->texts = g_tree_new_full(by_name, NULL, g_free, g_free);
    return fields;
}

void request_fields_free(struct request_fields *fields)
{
    if (fields != NULL) {
        g_tree_destroy(fields->texts);
        g_free(fields);
    }
}

const char *request_fields_get(const struct request_fields *fields, const char *name)
{
    const char *text = g_tree_lookup(fields->texts, name);
    return text != NULL ? text : "";
}

void request_fields_set(struct request_fields *fields, const char *name, const char *text)
{
    g_tree_replace(fields->texts, g_strdup(name), g_strdup(text));
}

bool request_fields_date(const struct request_fields *fields, const char *name, struct date *date)
{
    return date_parse(request_fields_get(fields, name), date);
}

static gboolean add_text(gpointer name, gpointer text, gpointer object)
{
    json_put(object, name, json_object_new_string(text));
    return FALSE;
}

char *request_fields_json(const struct request_fields *fields)
{
    struct json_object *object = json_sure(json_object_new_object());
    g_tree_foreach(fields->texts, add_text, object);
    return json_take_text(object);
}

struct request_fields *request_fields_read(const char *json)
{
    g_autoptr(GError) error = NULL; /* asked for, so that want of memory ends here, and not as a text at fault */
    struct json_object *object = json_read(json, strlen(json), &error);
    if (object == NULL) {
        return NULL;
    }
    struct request_fields *fields = request_fields_new();
    json_object_object_foreach(object, name, value)
    {
        request_fields_set(fields, name, json_object_get_string(value) != NULL ? json_object_get_string(value) : "");
    }
    json_object_put(object);
    return fields;
}
