/*
 * gateway_trial.h: tries out whether a program keeps the contract of a gateway (simportal-gateway(7)), as the worker
 * would meet it. Changes nothing but the test SIM, which is suspended and resumed.
 */
#ifndef GATEWAY_GATEWAY_TRIAL_H
#define GATEWAY_GATEWAY_TRIAL_H

#include <glib.h>
#include <stdbool.h>

struct gateway_trial {
    const char *command;                /* as gateway_open takes it */
    const char *phone, *serial, *iccid; /* of the test SIM: clean text without quotes */
    int seconds;                        /* patience with each check */
    guint in_flight;                    /* how many are asked at once */
    const char *count; /* a command, as `command`, that prints how often the id after it was applied; NULL: none */
};

enum gateway_check_end { CHECK_KEPT, CHECK_BROKEN, CHECK_SKIPPED };

/* Told of each check as it ends: `why` when it is broken or skipped, else NULL. */
typedef void gateway_told(void *data, guint number, const char *check, enum gateway_check_end end, const char *why);

/* How many checks there are. */
guint gateway_checks(void);

/* Run all of them; `broken` gets how many were not kept. False, and nothing is told: the program cannot be started. */
bool gateway_try(const struct gateway_trial *trial, gateway_told *told, void *data, guint *broken, GError **error);

#endif
