/*
 * password_rule.h: what a password may be, and how long it may be used. Pure: hashing is hash.h's, and that
 * a password is none of the last five is found by the service, which has the hashes. domain.md, Dates;
 * security.md 6.2: no rules on what characters to mix, every character counts, nothing is trimmed; composed (NFC), as
 * it is hashed (hash.h), not folded.
 */
#ifndef ACCOUNT_PASSWORD_RULE_H
#define ACCOUNT_PASSWORD_RULE_H

#include "account/common_passwords.h"
#include "base/clock.h"

enum {
    PASSWORD_LEAST = 12, /* characters */
    PASSWORD_MOST = 128,
    PASSWORD_REMEMBERED = 5, /* how many earlier ones may not come again */
};

enum password_fault {
    PASSWORD_TOO_SHORT,
    PASSWORD_TOO_LONG,
    PASSWORD_NOT_TEXT, /* no UTF-8, or control characters */
    PASSWORD_IS_LOGIN_ID,
    PASSWORD_COMMON,
    PASSWORD_USED_BEFORE, /* set by the service */
    PASSWORD_FAULT_N
};

/* The word for a fault in message keys ("too-short"). */
const char *password_fault_code(enum password_fault fault);

/* All faults of `password` for the account `login_id`, fault f as the bit 1 << f; 0: it is good. Common is
 * what stands in `common`, and is the login id what equals it, both case-folded (NFKC), as it is, and after
 * any of: final digits stripped, a repetition undone. A repetition of four characters or fewer is common. */
unsigned password_faults(const char *password, const char *login_id, const struct common_passwords *common);

enum password_age { PASSWORD_FRESH, PASSWORD_EXPIRED };

/* Whether a password changed at `changed_at` may still be used after `days` days: the last good day is the
 * one that many days after the change (2024-01-01 and 90: 2024-03-31). `days` 0: it does not expire.
 * `days_left` is 0 on the last day and once expired, G_MAXINT if it does not expire; may be NULL. */
enum password_age password_age(struct moment changed_at, struct moment now, int days, int *days_left);

/* The notices of a password that is about to expire: with so many days left, or as soon after as can be. */
enum { PASSWORD_NOTICES = 3 };

/* The step, 14, 7 or 1, whose notice is the one to give at `now`; 0: it is too early, too late, or `days` is 0. */
int password_notice_step(struct moment changed_at, struct moment now, int days);

/* For each step, when a password must have been changed to get its notice at `now`: from `from`, before `until`.
 * Returns how many there are: none if `days` is 0. */
struct password_notice_window {
    int step;
    struct moment from, until;
};
guint password_notice_windows(struct moment now, int days, struct password_notice_window windows[PASSWORD_NOTICES]);

/* Whether an initial password issued at `issued_at` can still be used: `days` days, counted likewise. */
bool password_initial_is_usable(struct moment issued_at, struct moment now, int days);

#endif
