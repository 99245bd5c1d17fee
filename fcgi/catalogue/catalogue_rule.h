/*
 * catalogue_rule.h: codes, names and capacities of what is sold. Pure.
 */
#ifndef CATALOGUE_CATALOGUE_RULE_H
#define CATALOGUE_CATALOGUE_RULE_H

#include <stdbool.h>
#include <stdint.h>

enum { CATALOGUE_NAME_MOST = 100, CATALOGUE_YEN_MOST = 10000000 };

/* True if `code` can name a service or plan: small or capital letters, digits, '-' and '.', 1 to 32. */
bool catalogue_code_is_good(const char *code);
bool catalogue_name_is_good(const char *name);

/* Read a capacity: "500MB", "1GB", "1.5GB" (1 GB = 1000 MB), more than nothing and at most 100 TB. False if
 * it is none, or no whole number of bytes. */
bool catalogue_capacity_read(const char *text, uint64_t *bytes);

/* The other way: "500MB", "30GB", "1.5GB". The caller frees. */
char *catalogue_capacity_show(uint64_t bytes);

#endif
