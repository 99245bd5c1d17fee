/*
 * routes.c: prints the table of routes with the fields of their forms as JSON, so that the tests of hostile requests
 * attack a new page as soon as it stands in the table.
 */
#include "portal/routes.h"

#include <json-c/json.h>
#include <stdio.h>

static void add(struct json_object *object, const char *name, struct json_object *value)
{
    json_object_object_add(object, name, value);
}

static const char *kind_of(const struct field *field)
{
    return field->check == field_choice   ? "choice"
           : field->check == field_number ? "number"
           : field->check == field_text   ? "text"
                                          : "other";
}

/* A number for each checker that is none of form.c's, in the order of the table. */
static guint own_number(const struct field *field)
{
    static GPtrArray *checks; /* as long as the program */
    union {
        bool (*check)(const struct field *field, struct value *value);
        void *pointer;
    } own = { .check = field->check };
    guint at;
    checks = checks == NULL ? g_ptr_array_new() : checks;
    if (!g_ptr_array_find(checks, own.pointer, &at)) {
        at = checks->len;
        g_ptr_array_add(checks, own.pointer);
    }
    return at + 1;
}

/* What reads a field, the same word for all fields that are read alike: the function and what changes its reading. No
 * payload is a choice of any field, so that all choices are read alike; a value that is lenient is not shown again. */
static char *checker_of(const struct field *field)
{
    static const struct {
        unsigned flag;
        const char *word;
    } flags[] = {
        { FIELD_LENIENT, " lenient" }, { FIELD_EXACT, " exact" }, { FIELD_LINES, " lines" }, { FIELD_MANY, " many" }
    };
    GString *word = g_string_new(kind_of(field));
    if (g_str_equal(word->str, "other")) {
        g_string_append_printf(word, " %u", own_number(field));
    }
    if (field->check != field_choice) {
        g_string_append_printf(word, " %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, field->least, field->most);
    }
    for (guint i = 0; i < G_N_ELEMENTS(flags); i++) {
        g_string_append(word, (field->flags & flags[i].flag) != 0 ? flags[i].word : "");
    }
    return g_string_free(word, FALSE);
}

static struct json_object *field_json(const struct field *field)
{
    g_autofree char *checker = checker_of(field);
    struct json_object *object = json_object_new_object();
    struct json_object *choices = json_object_new_array();
    for (guint i = 0; field->choices != NULL && field->choices[i] != NULL; i++) {
        json_object_array_add(choices, json_object_new_string(field->choices[i]));
    }
    add(object, "name", json_object_new_string(field->name));
    add(object, "kind", json_object_new_string(kind_of(field)));
    add(object, "checker", json_object_new_string(checker));
    add(object, "least", json_object_new_int64(field->least));
    add(object, "most", json_object_new_int64(field->most));
    add(object, "choices", choices);
    add(object, "isExact", json_object_new_boolean((field->flags & FIELD_EXACT) != 0));
    return object;
}

static struct json_object *route_json(const struct route *route)
{
    struct json_object *object = json_object_new_object();
    struct json_object *fields = json_object_new_array();
    for (guint i = 0; route->form != NULL && i < route->form->n; i++) {
        json_object_array_add(fields, field_json(&route->form->fields[i]));
    }
    add(object, "method", json_object_new_string(route->method == METHOD_POST ? "POST" : "GET"));
    add(object, "pattern", json_object_new_string(route->pattern));
    add(object, "isPublic", json_object_new_boolean(route->right == RIGHT_PUBLIC));
    add(object, "hasCustomer",
        json_object_new_boolean(route->right != RIGHT_PUBLIC && !request_is_api(route->pattern)));
    add(object, "takesFiles", json_object_new_boolean((route->flags & ROUTE_UPLOAD) != 0));
    add(object, "hashes", json_object_new_boolean((route->flags & ROUTE_LOGIN) != 0));
    add(object, "form", json_object_new_string(route->form != NULL ? route->form->name : ""));
    add(object, "fields", fields);
    return object;
}

int main(void)
{
    struct json_object *all = json_object_new_array();
    for (guint i = 0; i < portal_routes_n; i++) {
        json_object_array_add(all, route_json(&portal_routes[i]));
    }
    puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
    return 0;
}
