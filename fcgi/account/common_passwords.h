/*
 * common_passwords.h: the list of passwords that everybody tries first, a mapped file that all processes
 * share. What counts as such a password is password_rule.h's.
 */
#ifndef ACCOUNT_COMMON_PASSWORDS_H
#define ACCOUNT_COMMON_PASSWORDS_H

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>

struct common_passwords;

/* Map the list at `path`: case-folded, one a line, sorted by bytes, each line ended (it is made by
 * scripts/build/common-passwords.mjs). PORTAL_INTERNAL if it cannot be read or is no such list. */
struct common_passwords *common_passwords_open(const char *path, GError **error);
void common_passwords_free(struct common_passwords *list);
AUTO_DEFINE(common_passwords)

/* How many passwords the list holds. */
gsize common_passwords_count(const struct common_passwords *list);

/* Whether the `len` bytes at `text`, folded as the list is, stand in it. */
bool common_passwords_contain(const struct common_passwords *list, const char *text, gsize len);

#endif
