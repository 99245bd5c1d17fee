/*
 * password_rule.c: see password_rule.h.
 */
#include "account/password_rule.h"

#include "base/text.h"

#include <string.h>

#define UNIT_LEAST 5 /* bytes of a repeated part that are worth looking up */

static const char *const codes[PASSWORD_FAULT_N] = {
    [PASSWORD_TOO_SHORT] = "too-short",     [PASSWORD_TOO_LONG] = "too-long", [PASSWORD_NOT_TEXT] = "not-text",
    [PASSWORD_IS_LOGIN_ID] = "is-login-id", [PASSWORD_COMMON] = "common",     [PASSWORD_USED_BEFORE] = "used-before",
};

const char *password_fault_code(enum password_fault fault)
{
    g_assert(fault < PASSWORD_FAULT_N);
    return codes[fault];
}

/* What a folded password is held against: one word, or the list. */
struct known {
    const char *word;
    const struct common_passwords *list;
};

static bool is_known(const struct known *known, const char *text, gsize len)
{
    if (known->word)
        return strlen(known->word) == len && memcmp(known->word, text, len) == 0;
    return common_passwords_contain(known->list, text, len);
}

/* The length of the shortest part that, repeated, makes up the text; `len` if it is no repetition. */
static gsize repeated_part(const char *text, gsize len)
{
    for (gsize part = 1; part <= len / 2; part++) {
        if (len % part == 0 && memcmp(text, text + part, len - part) == 0)
            return part;
    }
    return len;
}

/* Whether the text comes down to something known by undoing what people add to reach a length. */
static bool comes_down_to(const struct known *known, const char *text, gsize len)
{
    for (; len > 0; len--) {
        gsize part = repeated_part(text, len);

        if (is_known(known, text, len))
            return true;
        if (part < len && part < UNIT_LEAST && !known->word)
            return true;
        if (part < len && comes_down_to(known, text, part))
            return true;
        if (!g_ascii_isdigit(text[len - 1]))
            return false;
    }
    return false;
}

static char *fold(const char *text)
{
    g_autofree char *composed = text_compose(text);

    return g_utf8_casefold(composed, -1);
}

/* Clear and free what may hold a password. */
static void forget(char *secret)
{
    explicit_bzero(secret, strlen(secret));
    g_free(secret);
}

static unsigned known_faults(const char *password, const char *login_id, const struct common_passwords *common)
{
    char *folded = fold(password);
    g_autofree char *word = fold(login_id);
    struct known name = { .word = word };
    struct known list = { .list = common };
    gsize len = strlen(folded);
    unsigned faults = 0;

    if (comes_down_to(&name, folded, len))
        faults |= 1U << PASSWORD_IS_LOGIN_ID;
    if (comes_down_to(&list, folded, len))
        faults |= 1U << PASSWORD_COMMON;
    forget(folded);
    return faults;
}

unsigned password_faults(const char *password, const char *login_id, const struct common_passwords *common)
{
    if (!text_is_clean(password, strlen(password), false))
        return 1U << PASSWORD_NOT_TEXT;

    gsize length = text_length(password);
    if (length > PASSWORD_MOST)
        return 1U << PASSWORD_TOO_LONG;

    unsigned faults = known_faults(password, login_id, common);
    if (length < PASSWORD_LEAST)
        faults |= 1U << PASSWORD_TOO_SHORT;
    return faults;
}

enum password_age password_age(struct moment changed_at, struct moment now, int days, int *days_left)
{
    int left = G_MAXINT;

    if (days > 0)
        left = date_number(moment_date(changed_at)) + days - date_number(moment_date(now));
    if (days_left)
        *days_left = MAX(left, 0);
    return left < 0 ? PASSWORD_EXPIRED : PASSWORD_FRESH;
}

/* Days left at which each begins, the last first. */
static const int notice_steps[PASSWORD_NOTICES] = { 1, 7, 14 };

int password_notice_step(struct moment changed_at, struct moment now, int days)
{
    int left = 0;

    if (password_age(changed_at, now, days, &left) == PASSWORD_EXPIRED)
        return 0;
    for (int i = 0; i < PASSWORD_NOTICES; i++) {
        if (left <= notice_steps[i])
            return notice_steps[i];
    }
    return 0;
}

guint password_notice_windows(struct moment now, int days, struct password_notice_window windows[PASSWORD_NOTICES])
{
    struct date full = date_add(moment_date(now), -days); /* changed then: today is the last good day */
    int least = 0;

    if (days == 0)
        return 0;
    for (int i = 0; i < PASSWORD_NOTICES; i++) {
        windows[i] = (struct password_notice_window){ .step = notice_steps[i],
                                                      .from = date_start(date_add(full, least)),
                                                      .until = date_start(date_add(full, notice_steps[i] + 1)) };
        least = notice_steps[i] + 1;
    }
    return PASSWORD_NOTICES;
}

bool password_initial_is_usable(struct moment issued_at, struct moment now, int days)
{
    return password_age(issued_at, now, days, NULL) == PASSWORD_FRESH;
}
