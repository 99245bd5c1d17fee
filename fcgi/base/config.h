/*
 * config.h: the configuration, a GKeyFile. One table names every option with its type, limits, default and
 * meaning; the same table checks a file, prints the reference and makes the manual.
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include "base/auto.h"

#include <glib.h>
#include <stdio.h>

struct config {
    struct {
        char *base_url, *name, *operator_name, *logo, *accent, *admin_address, *language, *views_dir, *run_dir;
    } portal;
    struct {
        char *socket, *host, *name, *user, *password_file, *admin_user, *admin_password_file;
        gint64 port, timeout_seconds;
    } db;
    struct {
        gint64 requests;
    } pool;
    struct {
        gint64 idle_minutes, hours;
    } session;
    struct {
        gint64 argon2_memory_kib, argon2_passes, argon2_lanes, days, initial_days;
        char *common_file;
    } password;
    struct {
        char *sendmail, *sender;
        gint64 timeout_seconds;
    } mail;
    struct {
        char *program;
        gint64 in_flight, rest_percent, timeout_seconds;
    } gateway;
    struct {
        char *key_file;
    } secret;
    struct {
        char *level;
        gint64 slow_ms;
    } log;
    struct {
        char *migrations_dir, *demo_words_file;
    } data;
};

/* Read `file`. PORTAL_INVALID names every option that is unknown, missing or outside its limits, one a line.
 * The caller frees with config_free. */
struct config *config_read(const char *file, GError **error);
void config_free(struct config *config);
AUTO_DEFINE(config)

/* The file that `--config` names, else $SIMPORTAL_CONFIG, else the installed one. */
const char *config_file(const char *from_option);

/* The first line of the password file `file`, for the database's users. The caller clears and frees. */
char *config_password(const char *file, GError **error);

/* Write the reference: every option with default, limits and meaning, in the form of a file to edit. */
void config_print_reference(FILE *out);

#endif
