/*
 * customer_rule.c: what codes and names of customers and projects may be. Pure.
 */
#include "customer/customer_rule.h"

#include "base/text.h"

#include <string.h>

bool customer_code_is_good(const char *code)
{
    static const char form[] = "AA0000-00000";
    if (strlen(code) != strlen(form)) {
        return false;
    }
    for (gsize i = 0; form[i] != '\0'; i++) {
        bool fits = form[i] == 'A'   ? g_ascii_isupper(code[i])
                    : form[i] == '0' ? g_ascii_isdigit(code[i])
                                     : code[i] == form[i];
        if (!fits) {
            return false;
        }
    }
    return true;
}

bool customer_name_is_good(const char *name, gsize most)
{
    if (!text_is_clean(name, strlen(name), false)) {
        return false;
    }
    g_autofree char *trimmed = text_trim(name);
    return *name != '\0' && strcmp(trimmed, name) == 0 && text_length(name) <= most;
}
