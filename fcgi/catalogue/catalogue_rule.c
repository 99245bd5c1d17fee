/*
 * catalogue_rule.c: codes, names and capacities of what is sold. Pure.
 */
#include "catalogue/catalogue_rule.h"

#include "base/text.h"

#include <string.h>

bool catalogue_code_is_good(const char *code)
{
    gsize length = strlen(code);
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isalnum(code[i]) && (i == 0 || strchr("-.", code[i]) == NULL)) {
            return false;
        }
    }
    return length >= 1 && length <= 32;
}

bool catalogue_name_is_good(const char *name)
{
    if (!text_is_clean(name, strlen(name), false)) {
        return false;
    }
    g_autofree char *trimmed = text_trim(name);
    return *name != '\0' && strcmp(trimmed, name) == 0 && text_length(name) <= CATALOGUE_NAME_MOST;
}

bool catalogue_capacity_read(const char *text, uint64_t *bytes)
{
    static const struct {
        const char *unit;
        guint64 bytes;
    } units[] = { { "MB", TEXT_MB }, { "GB", TEXT_GB }, { "TB", 1000 * TEXT_GB } };
    gsize whole = strspn(text, "0123456789");
    const char *fraction = text[whole] == '.' ? text + whole + 1 : text + whole;
    gsize digits = strspn(fraction, "0123456789");
    bool has_fraction = text[whole] == '.';
    if (whole < 1 || whole > 6 || (has_fraction && (digits < 1 || digits > 6))) {
        return false;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        if (g_ascii_strcasecmp(has_fraction ? fraction + digits : fraction, units[i].unit) != 0) {
            continue;
        }
        guint64 sum = g_ascii_strtoull(text, NULL, 10) * units[i].bytes;
        guint64 place = units[i].bytes;
        for (gsize d = 0; has_fraction && d < digits; d++) {
            place /= 10;
            sum += (guint64)(fraction[d] - '0') * place;
        }
        if (sum == 0 || sum > 100000 * (guint64)TEXT_GB) {
            return false;
        }
        *bytes = sum;
        return true;
    }
    return false;
}

char *catalogue_capacity_show(uint64_t bytes)
{
    if (bytes < (guint64)TEXT_GB && bytes % (guint64)TEXT_MB == 0) {
        return g_strdup_printf("%" G_GUINT64_FORMAT "MB", bytes / (guint64)TEXT_MB);
    }
    if (bytes % (guint64)TEXT_GB == 0) {
        return g_strdup_printf("%" G_GUINT64_FORMAT "GB", bytes / (guint64)TEXT_GB);
    }
    return text_capacity_total((int64_t)bytes);
}
