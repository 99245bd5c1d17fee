/*
 * log.h: the log, one JSON object a line on standard error. Names are fixed words, values are escaped, so a
 * line can never be forged by what somebody typed. Secrets are never passed here.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <glib.h>
#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR, LOG_LEVEL_N };

struct log_field {
    const char *name;
    const char *text; /* NULL: `number` counts */
    int64_t number;
};

#define LOG_TEXT(name_, text_) ((struct log_field){ .name = (name_), .text = (text_) ? (text_) : "" })
#define LOG_NUMBER(name_, number_) ((struct log_field){ .name = (name_), .number = (number_) })

/* Say once at start who writes ("simportal-fcgi"), and send GLib's own messages the same way. $SIMPORTAL_POOL names the
 * pool in each line. Written to the journal, a line begins with its priority ("<4>"), which systemd takes off. */
void log_open(const char *program);

/* Drop lines below `level`: debug, info, warning or error; the configuration has checked it. */
void log_least(const char *level);

/* The request that the following lines belong to; NULL ends it. The text must live until then. */
void log_request(const char *request_id);

/* Write one line: log_event(LOG_INFO, "login", LOG_TEXT("account", id), LOG_NUMBER("ms", 21)). */
#define log_event(level, event, ...)                                                                                   \
    log_event_fields((level), (event), (const struct log_field[]){ __VA_ARGS__ },                                      \
                     sizeof((const struct log_field[]){ __VA_ARGS__ }) / sizeof(struct log_field))
void log_event_fields(enum log_level level, const char *event, const struct log_field *fields, gsize n);

/* Write an error that is answered or given up here, with its cause. */
void log_error(enum log_level level, const char *event, const GError *error);

#endif
