/*
 * log.c: builds each line with json-c and writes it in one call, so that lines of several processes on one
 * pipe do not mix.
 */
#include "base/log.h"

#include "base/clock.h"

#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *program_name = "simportal";
static const char *pool_name; /* NULL: no process of a pool */
static enum log_level least_level = LOG_DEBUG;
static bool is_journal;
static const char *current_request;
static int process; /* asked for once: a system call a line is dear */

static const char *const level_names[LOG_LEVEL_N] = { "debug", "info", "warning", "error" };
static const char *const priorities[LOG_LEVEL_N] = { "<7>", "<6>", "<4>", "<3>" };

/* Takes `value`. False where memory has ended. */
static bool add(struct json_object *object, const char *name, struct json_object *value)
{
    if (value != NULL && json_object_object_add(object, name, value) == 0) {
        return true;
    }
    json_object_put(value);
    return false;
}

static bool add_text(struct json_object *object, const char *name, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    return add(object, name, json_object_new_string(valid));
}

static bool add_head(struct json_object *object, enum log_level level, const char *event)
{
    g_autofree char *now = moment_iso(clock_now());
    return add_text(object, "at", now) && add_text(object, "level", level_names[level]) &&
           add_text(object, "program", program_name) && add(object, "pid", json_object_new_int(process)) &&
           (pool_name == NULL || add_text(object, "pool", pool_name)) &&
           (current_request == NULL || add_text(object, "request", current_request)) &&
           add_text(object, "event", event);
}

static bool add_field(struct json_object *object, const struct log_field *field)
{
    return field->text != NULL ? add_text(object, field->name, field->text)
                               : add(object, field->name, json_object_new_int64(field->number));
}

/* What cannot be told whole is not told: a line without its level would be worse. */
static void tell_loss(void)
{
    static const char line[] = "{\"level\":\"error\",\"event\":\"log-out-of-memory\"}\n";
    if (write(STDERR_FILENO, line, sizeof line - 1) < 0) {
        return;
    }
}

static void log_line(enum log_level level, struct json_object *object)
{
    size_t length = 0;
    const char *text =
        json_object_to_json_string_length(object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &length);
    if (text == NULL) {
        tell_loss();
        return;
    }
    size_t begin = is_journal ? strlen(priorities[level]) : 0;
    g_autofree char *line = g_malloc(begin + length + 1);
    memcpy(line, priorities[level], begin);
    memcpy(line + begin, text, length);
    line[begin + length] = '\n';
    if (write(STDERR_FILENO, line, begin + length + 1) < 0) {
        return; /* nowhere left to say so */
    }
}

void log_event_fields(enum log_level level, const char *event, const struct log_field *fields, gsize n)
{
    if (level < least_level) {
        return;
    }
    process = process != 0 ? process : getpid();
    struct json_object *object = json_object_new_object();
    bool good = object != NULL && add_head(object, level, event);
    for (gsize i = 0; good && i < n; i++) {
        good = add_field(object, &fields[i]);
    }
    if (good) {
        log_line(level, object);
    } else {
        tell_loss();
    }
    json_object_put(object);
}

void log_error(enum log_level level, const char *event, const GError *error)
{
    log_event(level, event, LOG_TEXT("message", error->message), LOG_NUMBER("code", error->code),
              LOG_TEXT("domain", g_quark_to_string(error->domain)));
}

static void from_glib(const char *domain, GLogLevelFlags flags, const char *message, gpointer data)
{
    (void)data;
    gboolean grave = (flags & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0;
    log_event(grave ? LOG_ERROR : LOG_WARNING, "glib", LOG_TEXT("domain", domain), LOG_TEXT("message", message));
}

/* Standard error is the journal when $JOURNAL_STREAM says device and inode of it. */
static bool goes_to_journal(void)
{
    const char *stream = g_getenv("JOURNAL_STREAM");
    unsigned long long device = 0, inode = 0;
    struct stat status;
    return stream != NULL && sscanf(stream, "%llu:%llu", &device, &inode) == 2 && fstat(STDERR_FILENO, &status) == 0 &&
           status.st_dev == device && status.st_ino == inode;
}

void log_open(const char *program)
{
    program_name = program;
    pool_name = g_getenv("SIMPORTAL_POOL");
    is_journal = goes_to_journal();
    g_log_set_default_handler(from_glib, NULL);
}

void log_least(const char *level)
{
    for (enum log_level i = LOG_DEBUG; i < LOG_LEVEL_N; i++) {
        if (strcmp(level, level_names[i]) == 0) {
            least_level = i;
        }
    }
}

void log_request(const char *request_id)
{
    current_request = request_id;
}
