/*
 * address.c: writes and reads the part of an address that names the customer.
 */
#include "base/address.h"

#include <stdbool.h>
#include <string.h>

#define CUSTOMERS "/customers/"
#define ALL "all"

char *address_base(uint64_t customer)
{
    return customer == 0 ? g_strdup(CUSTOMERS ALL) : g_strdup_printf(CUSTOMERS "%" G_GUINT64_FORMAT, customer);
}

gsize address_read_base(const char *address, uint64_t *customer)
{
    guint64 id = 0;
    if (!g_str_has_prefix(address, CUSTOMERS)) {
        return 0;
    }
    const char *name = address + strlen(CUSTOMERS), *end = strchr(name, '/');
    if (end == NULL) {
        return 0;
    }
    g_autofree char *text = g_strndup(name, (gsize)(end - name));
    bool is_all = strcmp(text, ALL) == 0;
    if (!is_all && (*text == '0' || !g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &id, NULL))) {
        return 0;
    }
    *customer = id;
    return (gsize)(end - address);
}

char *address_below(const char *base, const char *path)
{
    uint64_t customer = 0;
    bool is_free = base != NULL && *path == '/' && address_read_base(path, &customer) == 0;
    return is_free ? g_strconcat(base, path, NULL) : g_strdup(path);
}
