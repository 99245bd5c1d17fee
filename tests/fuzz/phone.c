/*
 * phone.c: fuzzes the readers of phone, serial and ICCID numbers and the folding below them. What is read has the form
 * that is stored, and shown, or typed with full-width characters or +81, is read as the same.
 */
#include "fuzz.h"

#include "base/text.h"
#include "line/number_rule.h"

static void check_read(char *(*read)(const char *), const char *text, const char *want)
{
    g_autofree char *got = read(text);
    g_assert_cmpstr(got, ==, want);
}

static char *wide(const char *text)
{
    GString *out = g_string_new(NULL);
    for (; *text != '\0'; text++) {
        g_string_append_unichar(out, (gunichar)*text + 0xFEE0);
    }
    return g_string_free(out, FALSE);
}

static void check_phone(const char *typed, const char *digits)
{
    gsize n = strlen(digits);
    g_autofree char *shown = number_phone_show(digits);
    g_autofree char *shown_wide = wide(shown);
    g_autofree char *abroad = g_strconcat("+81 ", digits + 1, NULL);
    g_assert_true((n == 11 || n == 14) && strspn(digits, "0123456789") == n);
    check_read(number_phone_read, shown, digits);
    check_read(number_phone_read, shown_wide, digits);
    check_read(number_phone_part, typed, digits);
    if (digits[0] == '0' && digits[1] != '0') {
        check_read(number_phone_read, abroad, digits);
    }
}

/* What came out of a reader goes through it unchanged. */
static void check_stable(char *(*read)(const char *), const char *text, gsize most)
{
    g_autofree char *once = read(text);
    if (once != NULL) {
        g_assert_cmpuint(strlen(once), <=, most);
        check_read(read, once, once);
    }
}

/* At most one last digit checks the others. */
static void check_iccid(const char *text)
{
    g_autofree char *digits = number_iccid_read(text);
    guint good = 0;
    if (digits == NULL) {
        return;
    }
    number_iccid_check(text, digits);
    for (char last = '0'; last <= '9'; last++) {
        digits[strlen(digits) - 1] = last;
        good += number_iccid_check(digits, digits) == NUMBER_ICCID_GOOD;
    }
    g_assert_cmpuint(good, <=, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = fuzz_text(data, size);
    if (!g_utf8_validate(text, -1, NULL)) {
        return 0;
    }
    g_autofree char *digits = number_phone_read(text);
    g_autofree char *serial = number_serial_read(text);
    if (digits != NULL) {
        check_phone(text, digits);
    }
    if (serial != NULL) {
        check_read(number_serial_part, text, serial);
    }
    check_stable(number_phone_part, text, 14);
    check_stable(number_serial_read, text, 20);
    check_stable(number_serial_part, text, 20);
    check_stable(number_iccid_read, text, 20);
    check_iccid(text);
    check_stable(text_digits, text, size);
    check_stable(text_trim, text, size);
    check_stable(text_fold_width, text, size);
    check_stable(text_search_key, text, size * 18); /* one letter can become eighteen */
    return 0;
}
