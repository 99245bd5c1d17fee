/*
 * demo_env.c: the file of the demonstration's logins, as shell lines that scripts read.
 */
#include "ctl/demo.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct demo_env {
    GPtrArray *lines; /* KEY=VALUE */
};

struct demo_env *demo_env_read(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) failure = NULL;
    if (path != NULL && !g_file_get_contents(path, &text, NULL, &failure) &&
        !g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    g_auto(GStrv) lines = g_strsplit(text != NULL ? text : "", "\n", -1);
    struct demo_env *env = g_new0(struct demo_env, 1);
    env->lines = g_ptr_array_new_with_free_func(g_free);
    for (char **line = lines; *line != NULL; line++) {
        if (strchr(*line, '=') != NULL) {
            g_ptr_array_add(env->lines, g_strdup(*line));
        }
    }
    return env;
}

void demo_env_free(struct demo_env *env)
{
    for (guint i = 0; i < env->lines->len; i++) {
        explicit_bzero(env->lines->pdata[i], strlen(env->lines->pdata[i]));
    }
    g_ptr_array_unref(env->lines);
    g_free(env);
}

static const char *get(const struct demo_env *env, const char *key, const char *suffix, guint *at)
{
    g_autofree char *head = g_strconcat(key, suffix, NULL);
    for (guint i = 0; i < env->lines->len; i++) {
        if (g_str_has_prefix(env->lines->pdata[i], head)) {
            *at = i;
            return (const char *)env->lines->pdata[i] + strlen(head);
        }
    }
    return NULL;
}

static void set(struct demo_env *env, const char *key, const char *suffix, const char *value)
{
    guint at = 0;
    char *line = g_strconcat(key, suffix, value, NULL);
    if (get(env, key, suffix, &at) != NULL) {
        g_free(env->lines->pdata[at]);
        env->lines->pdata[at] = line;
    } else {
        g_ptr_array_add(env->lines, line);
    }
}

const char *demo_env_password(const struct demo_env *env, const char *key)
{
    guint at = 0;
    return get(env, key, "_PASSWORD=", &at);
}

void demo_env_set(struct demo_env *env, const char *key, const char *login_id, const char *password)
{
    set(env, key, "_LOGIN=", login_id);
    set(env, key, "_PASSWORD=", password);
}

static bool write_all(int file, const char *text)
{
    gsize length = strlen(text);
    while (length > 0) {
        ssize_t n = write(file, text, length);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        length -= n > 0 ? (gsize)n : 0;
        text += n > 0 ? n : 0;
    }
    return true;
}

bool demo_env_write(const struct demo_env *env, const char *path, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < env->lines->len; i++) {
        g_string_append_printf(text, "%s\n", (const char *)env->lines->pdata[i]);
    }
    if (path == NULL) {
        fputs(text->str, stdout);
        return true;
    }
    g_autofree char *beside = g_strconcat(path, ".new", NULL);
    unlink(beside);
    int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = file >= 0 && write_all(file, text->str) && fsync(file) == 0;
    if (file >= 0) {
        good = close(file) == 0 && good;
    }
    good = good && rename(beside, path) == 0;
    explicit_bzero(text->str, text->len);
    if (!good) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "%s cannot be written: %s", path, g_strerror(errno));
    }
    return good;
}
