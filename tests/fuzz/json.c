/*
 * json.c: fuzzes the reader of JSON. What it takes holds no name twice and no NUL, is no deeper than it may be, and,
 * written and read again, is the same; what comes behind the text is not looked at.
 */
#include "fuzz.h"

#include "base/error.h"
#include "base/json_read.h"

static void check_text(const char *text, gsize length)
{
    g_assert_true(g_utf8_validate_len(text, (gssize)length, NULL));
}

/* As deep as `depth`, the object itself being 1. */
static void check(struct json_object *value, int depth)
{
    g_assert_cmpint(depth, <=, JSON_DEPTH_MOST);
    if (json_object_is_type(value, json_type_object)) {
        g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
        json_object_object_foreach(value, name, one)
        {
            g_assert_true(g_hash_table_add(names, name));
            check_text(name, strlen(name));
            check(one, depth + 1);
        }
    } else if (json_object_is_type(value, json_type_array)) {
        for (gsize i = 0; i < json_object_array_length(value); i++) {
            check(json_object_array_get_idx(value, i), depth + 1);
        }
    } else if (json_object_is_type(value, json_type_string)) {
        check_text(json_object_get_string(value), (gsize)json_object_get_string_len(value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Exactly as long as it says, so that a look behind it is seen. */
    g_autofree char *text = g_memdup2(data, size);
    g_autoptr(GError) error = NULL;
    struct json_object *object = json_read(size > 0 ? text : "", size, &error);
    json_has_half_pair(size > 0 ? text : "", size);
    if (object == NULL) {
        g_assert_error(error, PORTAL_ERROR, PORTAL_INVALID);
        return 0;
    }
    g_assert_true(json_object_is_type(object, json_type_object));
    check(object, 1);
    const char *written = json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN);
    struct json_object *again = json_read(written, strlen(written), &error);
    g_assert_no_error(error);
    g_assert_true(json_object_equal(object, again));
    json_object_put(again);
    json_object_put(object);
    return 0;
}
