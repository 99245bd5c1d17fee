/*
 * number_rule.c: readers of phone, serial and ICCID numbers, see number_rule.h.
 */
#include "line/number_rule.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

enum {
    PHONE_SHORT = 11,
    PHONE_LONG = 14,
    SERIAL_LETTERS = 2,
    SERIAL_LEAST = 10,
    SERIAL_MOST = 20,
    ICCID_LEAST = 19,
    ICCID_MOST = 20,
};

/* The digits of `typed`, +81 as 0; NULL if there is anything else. */
static char *phone_digits(const char *typed)
{
    g_autofree char *text = text_of_cell(typed);
    g_autofree char *digits = text_digits(*text == '+' ? text + 1 : text);

    if (!digits || *text != '+')
        return g_steal_pointer(&digits);
    if (!g_str_has_prefix(digits, "81"))
        return NULL;
    /* "+81 (0)90 ..." is seen too: the 0 is there already. */
    return g_strconcat(digits[2] == '0' ? "" : "0", digits + 2, NULL);
}

char *number_phone_read(const char *typed)
{
    g_autofree char *digits = phone_digits(typed);
    gsize length = digits ? strlen(digits) : 0;

    return length == PHONE_SHORT || length == PHONE_LONG ? g_steal_pointer(&digits) : NULL;
}

char *number_phone_part(const char *typed)
{
    g_autofree char *digits = phone_digits(typed);
    gsize length = digits ? strlen(digits) : 0;

    return length >= 1 && length <= PHONE_LONG ? g_steal_pointer(&digits) : NULL;
}

const char *number_phone_show_in(char buffer[NUMBER_PHONE_MOST], const char *digits)
{
    gsize length = strlen(digits);

    if (length != PHONE_SHORT && length != PHONE_LONG)
        return digits;
    memcpy(buffer, digits, 3);
    buffer[3] = '-';
    memcpy(buffer + 4, digits + 3, 4);
    buffer[8] = '-';
    memcpy(buffer + 9, digits + 7, length - 7 + 1);
    return buffer;
}

char *number_phone_show(const char *digits)
{
    char buffer[NUMBER_PHONE_MOST];

    return g_strdup(number_phone_show_in(buffer, digits));
}

/* `typed` trimmed, folded and upper-cased; NULL unless it is letters and digits alone. */
static char *serial_letters(const char *typed)
{
    g_autofree char *trimmed = text_of_cell(typed);

    for (const char *at = trimmed; *at; at++) {
        if (!g_ascii_isalnum(*at))
            return NULL;
    }
    return g_ascii_strup(trimmed, -1);
}

char *number_serial_read(const char *typed)
{
    g_autofree char *serial = serial_letters(typed);
    gsize length = serial ? strlen(serial) : 0;

    if (length < SERIAL_LEAST || length > SERIAL_MOST)
        return NULL;
    for (int i = 0; i < SERIAL_LETTERS; i++) {
        if (!g_ascii_isalpha(serial[i]))
            return NULL;
    }
    return g_steal_pointer(&serial);
}

char *number_serial_part(const char *typed)
{
    g_autofree char *serial = serial_letters(typed);
    gsize length = serial ? strlen(serial) : 0;

    return length >= 1 && length <= SERIAL_MOST ? g_steal_pointer(&serial) : NULL;
}

/* Without the F of the last half byte. */
static char *without_padding(const char *cell)
{
    gsize length = strlen(cell);
    bool is_padded = length > 0 && g_ascii_toupper(cell[length - 1]) == 'F';
    g_autofree char *rest = g_strndup(cell, is_padded ? length - 1 : length);
    g_autofree char *digits = text_digits(rest);
    return digits != NULL && (!is_padded || strlen(digits) == ICCID_LEAST) ? g_steal_pointer(&digits) : NULL;
}

char *number_iccid_read(const char *typed)
{
    g_autofree char *cell = text_of_cell(typed);
    g_autofree char *digits = without_padding(cell);
    gsize length = digits ? strlen(digits) : 0;

    return length >= ICCID_LEAST && length <= ICCID_MOST ? g_steal_pointer(&digits) : NULL;
}

static bool has_check_digit(const char *digits)
{
    gsize length = strlen(digits);
    int sum = 0;

    for (gsize i = 0; i < length; i++) {
        int digit = (digits[i] - '0') * ((length - i) % 2 == 0 ? 2 : 1);

        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

enum number_iccid_fault number_iccid_check(const char *typed, const char *digits)
{
    enum { DIGITS_KEPT = 15 };
    g_autofree char *cell = text_of_cell(typed);
    bool is_bare = strcmp(cell, digits) == 0 && !text_is_kept_cell(typed);

    if (is_bare && strspn(digits + DIGITS_KEPT, "0") == strlen(digits) - DIGITS_KEPT)
        return NUMBER_ICCID_ROUNDED;
    return has_check_digit(digits) ? NUMBER_ICCID_GOOD : NUMBER_ICCID_CHECK_DIGIT;
}
