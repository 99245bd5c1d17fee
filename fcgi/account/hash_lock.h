/*
 * hash_lock.h: passwords hash one at a time on a host, so that a flood of logins costs one core at most. A lock on
 * a file: it ends with the process that holds it, however that ends.
 */
#ifndef ACCOUNT_HASH_LOCK_H
#define ACCOUNT_HASH_LOCK_H

#include <glib.h>

/* Wait at most `wait_ms` for the turn (0: take it only if free). A descriptor for hash_lock_give; -1 with
 * PORTAL_LIMIT: others are before us; PORTAL_INTERNAL: `run_dir` cannot be used. */
int hash_lock_take(const char *run_dir, int wait_ms, GError **error);
void hash_lock_give(int fd);

#endif
