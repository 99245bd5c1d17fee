/*
 * password_notice_service.c: see password_notice.h. Which notice is due when is password_rule.c's.
 */
#include "account/password_notice.h"

#include "account/password_rule.h"
#include "mail/mail.h"
#include "view/label.h"

struct notice {
    const struct config *config;
    const struct secret_keys *keys;
    struct moment now;
    uint64_t account;
    bool is_told;
};

/* An account as its row says, locked. */
struct addressee {
    char *login_id, *name, *email;
    enum language language;
    struct moment set_at;
    int told_days; /* of this password; 0: not yet */
};

static void addressee_clear(struct addressee *to)
{
    g_free(to->login_id);
    g_free(to->name);
    g_free(to->email);
}

/* `found` false: it is not to be told any more. */
static bool lock(struct db *db, uint64_t account, struct addressee *to, bool *found, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_PASSWORD_NOTICE_LOCK, error, DB_U64(account));
    if (rows == NULL) {
        return false;
    }
    *found = db_next(rows);
    if (*found) {
        to->login_id = g_strdup(db_get_text(rows, 0));
        to->name = g_strdup(db_get_text(rows, 1));
        to->email = g_strdup(db_get_text(rows, 2));
        language_from_code(db_get_text(rows, 3), &to->language);
        to->set_at = db_get_moment(rows, 4);
        to->told_days = (int)db_get_u64(rows, 5);
    }
    return true;
}

static bool mail(struct db *db, const struct notice *notice, const struct addressee *to, GError **error)
{
    struct date last = date_add(moment_date(to->set_at), (int)notice->config->password.days);
    g_autofree char *date = date_show(last);
    g_autofree char *url = g_strconcat(notice->config->portal.base_url, "/password", NULL);
    g_autofree char *subject = label_fill(to->language, LABEL_MAIL_PASSWORD_EXPIRES_SUBJECT, "date", date);
    g_autofree char *body = label_format(to->language, LABEL_MAIL_PASSWORD_EXPIRES_BODY, "name", to->name, "login_id",
                                         to->login_id, "date", date, "url", url, NULL);
    const struct mail_letter letter = { .rank = MAIL_NEWS, .recipient = to->email, .subject = subject, .body = body };
    return mail_add(db, notice->keys, notice->now, &letter, error);
}

static bool do_tell(struct db *db, void *data, GError **error)
{
    struct notice *notice = data;
    struct addressee to = { 0 };
    bool found = false, good = lock(db, notice->account, &to, &found, error);
    int step = found ? password_notice_step(to.set_at, notice->now, (int)notice->config->password.days) : 0;
    notice->is_told = good && step != 0 && (to.told_days == 0 || to.told_days > step);
    if (notice->is_told) {
        good = mail(db, notice, &to, error) &&
               db_run(db, STATEMENT_PASSWORD_NOTICE_SET, NULL, error, DB_I64(step), DB_U64(notice->account));
    }
    addressee_clear(&to);
    return good;
}

/* Accounts that have not been told of `step`. */
static GArray *find(struct db *db, const struct password_notice_window *window, guint most, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_PASSWORD_NOTICE_LIST, error, DB_MOMENT(window->from),
                                    DB_MOMENT(window->until), DB_I64(window->step), DB_U64(most));
    return db_ids(rows);
}

bool password_notices_write(struct db *db, const struct config *config, const struct secret_keys *keys,
                            struct moment now, guint most, guint *told, bool *more, GError **error)
{
    struct password_notice_window windows[PASSWORD_NOTICES];
    guint n = password_notice_windows(now, (int)config->password.days, windows);
    *told = 0;
    *more = false;
    for (guint i = 0; i < n; i++) {
        g_autoptr(GArray) accounts = find(db, &windows[i], most, error);
        if (accounts == NULL) {
            return false;
        }
        *more = *more || accounts->len == most;
        for (guint j = 0; j < accounts->len; j++) {
            struct notice notice = {
                .config = config, .keys = keys, .now = now, .account = g_array_index(accounts, uint64_t, j)
            };
            if (!db_transaction(db, do_tell, &notice, error)) {
                return false;
            }
            *told += notice.is_told;
        }
    }
    return true;
}
