/*
 * mail_store.c: mails as rows. Decides nothing (mail_rule.c, mail_service.c).
 */
#include "mail/mail_store.h"

void mail_free(struct mail *mail)
{
    g_free(mail->recipient);
    g_free(mail->subject);
    g_bytes_unref(mail->body);
    g_free(mail);
}

bool mail_store_add(struct db *db, struct moment now, const struct mail_letter *letter, GBytes *body, GError **error)
{
    gsize size = 0;
    const void *bytes = g_bytes_get_data(body, &size);
    return db_run(db, STATEMENT_MAIL_ADD, NULL, error, DB_U64(letter->rank), DB_TEXT(letter->recipient),
                  DB_TEXT(letter->subject), DB_BYTES(bytes, size), DB_MOMENT(now), DB_MOMENT(now));
}

bool mail_store_lease_end(struct db *db, gint64 seconds, struct moment *end, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_MAIL_LEASE_END, error, DB_I64(seconds));
    if (rows == NULL) {
        return false;
    }
    bool found = db_next(rows);
    g_assert(found);
    *end = db_get_moment(rows, 0);
    return true;
}

bool mail_store_list_due(struct db *db, enum mail_rank rank, struct moment now, guint most, GPtrArray *mails,
                         GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, STATEMENT_MAIL_LIST_DUE, error, DB_U64(rank), DB_MOMENT(now), DB_U64(most));
    if (rows == NULL) {
        return false;
    }
    while (db_next(rows)) {
        gsize size = 0;
        const char *body = db_get_bytes(rows, 3, &size);
        struct mail *mail = g_new0(struct mail, 1);
        mail->id = db_get_u64(rows, 0);
        mail->recipient = g_strdup(db_get_text(rows, 1));
        mail->subject = g_strdup(db_get_text(rows, 2));
        mail->body = g_bytes_new(body, size);
        mail->created_at = db_get_moment(rows, 4);
        mail->attempts = (unsigned)db_get_u64(rows, 5);
        g_ptr_array_add(mails, mail);
    }
    return true;
}

bool mail_store_lease(struct db *db, struct mail *mail, struct moment end, GError **error)
{
    mail->leased_until = end;
    return db_run(db, STATEMENT_MAIL_SET_LEASE, NULL, error, DB_MOMENT(end), DB_U64(mail->id));
}

bool mail_store_renew(struct db *db, struct mail *mail, struct moment end, bool *held, GError **error)
{
    uint64_t changed = 0;
    if (!db_run(db, STATEMENT_MAIL_RENEW_LEASE, &changed, error, DB_MOMENT(end), DB_U64(mail->id),
                DB_MOMENT(mail->leased_until))) {
        return false;
    }
    *held = changed == 1;
    mail->leased_until = end;
    return true;
}

bool mail_store_release(struct db *db, const struct mail *mail, GError **error)
{
    return db_run(db, STATEMENT_MAIL_RELEASE, NULL, error, DB_U64(mail->id), DB_MOMENT(mail->leased_until));
}

bool mail_store_set_sent(struct db *db, const struct mail *mail, struct moment now, GError **error)
{
    return db_run(db, STATEMENT_MAIL_SET_SENT, NULL, error, DB_MOMENT(now), DB_U64(mail->id));
}

bool mail_store_set_failed(struct db *db, const struct mail *mail, struct moment due, const char *fault, GError **error)
{
    return db_run(db, STATEMENT_MAIL_SET_FAILED, NULL, error, DB_MOMENT(due), DB_TEXT(fault), DB_U64(mail->id),
                  DB_MOMENT(mail->leased_until));
}
