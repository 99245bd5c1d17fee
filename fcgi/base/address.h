/*
 * address.h: whose data an address of ours shows. "/customers/102/sims" is the page /sims of customer 102,
 * "/customers/all/sims" that of all customers of the account. Only an account that sees several needs the first part.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <glib.h>
#include <stdint.h>

/* The base of the addresses of `customer` (0: all that the account sees): "/customers/102". The caller frees. */
char *address_base(uint64_t customer);

/* The length of the base that `address` begins with, and its customer. 0: it has none, `customer` is untouched. */
gsize address_read_base(const char *address, uint64_t *customer);

/* `path` of ours below `base` (NULL: none). It stays as it is when it has a base of its own. The caller frees. */
char *address_below(const char *base, const char *path);

#endif
