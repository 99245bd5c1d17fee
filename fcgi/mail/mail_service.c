/*
 * mail_service.c: adding mails, and sending what is due. A mail is marked sent only after sendmail has taken
 * it; a worker that dies between the two sends it once more, none is lost.
 */
#include "mail/mail.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "mail/mail_message.h"
#include "mail/mail_sendmail.h"
#include "mail/mail_store.h"
#include "view/label.h"

#include <string.h>

#define SECOND_US INT64_C(1000000)

/* A lease lasts for one run of sendmail and LEASE_SPARE; a mail of the batch that is not begun within
 * LEASE_FRESH takes a new one first. What goes on meanwhile may wait three times for a row before a sendmail that is
 * late is ended: LEASE_SPARE outlasts that, so that nobody else sends its mail. */
enum { CLAIM_MOST = 10, LEASE_SPARE = 40, LEASE_FRESH = 5, FAULT_MOST = 400, MARK_SECONDS = 60, MARK_PAUSE_MS = 250 };

bool mail_add(struct db *db, const struct secret_keys *keys, struct moment now, const struct mail_letter *letter,
              GError **error)
{
    if (!mail_is_address(letter->recipient) || !mail_is_subject(letter->subject) ||
        !text_is_clean(letter->body, strlen(letter->body), true)) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INVALID, "no such recipient, subject or body can be mailed");
        return false;
    }
    g_autoptr(GBytes) sealed = secret_seal(keys, letter->body);
    return mail_store_add(db, now, letter, sealed, error);
}

/* ---- claiming ---- */

struct claim {
    struct moment now;
    guint most;
    gint64 seconds;
    GPtrArray *mails;
};

static void free_mail(gpointer mail)
{
    mail_free(mail);
}

static bool claim_mails(struct db *db, void *data, GError **error)
{
    struct claim *claim = data;
    struct moment end;
    g_clear_pointer(&claim->mails, g_ptr_array_unref);
    claim->mails = g_ptr_array_new_with_free_func(free_mail);
    for (int rank = 0; rank < MAIL_RANKS_N && claim->mails->len < claim->most; rank++) {
        guint left = claim->most - claim->mails->len;
        if (!mail_store_list_due(db, (enum mail_rank)rank, claim->now, left, claim->mails, error)) {
            return false;
        }
    }
    if (claim->mails->len > 0 && !mail_store_lease_end(db, claim->seconds, &end, error)) {
        return false;
    }
    for (guint i = 0; i < claim->mails->len; i++) {
        if (!mail_store_lease(db, g_ptr_array_index(claim->mails, i), end, error)) {
            return false;
        }
    }
    return true;
}

/* ---- sending ---- */

struct sending {
    struct db *db;
    const struct config *config;
    const struct secret_keys *keys;
    mail_stop *stop;
    const struct mail_meanwhile *meanwhile;
    gint64 seconds; /* a lease's */
    guint *sent, *failed;
};

/* Hand the mail to sendmail. */
static bool hand_over(const struct sending *sending, const struct mail *mail, bool *is_shut, GError **error)
{
    const struct config *config = sending->config;
    gsize size = 0;
    const void *bytes = g_bytes_get_data(mail->body, &size);
    char *body = secret_open(sending->keys, bytes, size, error);
    *is_shut = body == NULL;
    if (body == NULL) {
        return false;
    }
    const struct mail_message message = {
        .id = mail->id,
        .sender_name = *config->portal.name != '\0' ? config->portal.name : label_text(LANGUAGE_JA, LABEL_PORTAL_NAME),
        .sender = config->mail.sender,
        .recipient = mail->recipient,
        .subject = mail->subject,
        .body = body,
        .created_at = mail->created_at,
    };
    g_autoptr(GBytes) text = mail_message_build(&message);
    explicit_bzero(body, strlen(body));
    g_free(body);
    return mail_sendmail(config->mail.sendmail, config->mail.sender, mail->recipient, text,
                         config->mail.timeout_seconds, sending->meanwhile, error);
}

/* Mark as sent. sendmail has the mail: a database that is away for a moment must not make it go out twice, so
 * this tries for a while. */
static bool mark_sent(const struct sending *sending, const struct mail *mail, GError **error)
{
    int64_t until = clock_ticks() + MARK_SECONDS * SECOND_US;
    for (;;) {
        g_autoptr(GError) failure = NULL;
        if (mail_store_set_sent(sending->db, mail, clock_now(), &failure)) {
            return true;
        }
        bool may_pass = g_error_matches(failure, PORTAL_ERROR, PORTAL_BUSY) ||
                        g_error_matches(failure, PORTAL_ERROR, PORTAL_UNCERTAIN);
        if (!may_pass || clock_ticks() > until || (sending->stop != NULL && sending->stop())) {
            g_prefix_error(&failure, "mail %" G_GUINT64_FORMAT " is sent but could not be marked: ", mail->id);
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        g_usleep(MARK_PAUSE_MS * 1000);
    }
}

static bool mark_failed(const struct sending *sending, const struct mail *mail, bool is_shut, const GError *cause,
                        GError **error)
{
    unsigned attempts = mail->attempts + 1;
    int64_t delay = mail_retry_delay(is_shut ? G_MAXUINT : attempts);
    g_autofree char *fault = g_utf8_substring(cause->message, 0, MIN(g_utf8_strlen(cause->message, -1), FAULT_MOST));
    log_event(is_shut ? LOG_ERROR : LOG_WARNING, is_shut ? "mail-does-not-open" : "mail-not-sent",
              LOG_NUMBER("mail", (int64_t)mail->id), LOG_NUMBER("attempt", attempts), LOG_NUMBER("again_in", delay),
              LOG_TEXT("message", cause->message));
    return mail_store_set_failed(sending->db, mail, moment_add(clock_now(), delay), fault, error);
}

static bool send_one(const struct sending *sending, const struct mail *mail, GError **error)
{
    g_autoptr(GError) cause = NULL;
    bool is_shut = false;
    if (hand_over(sending, mail, &is_shut, &cause)) {
        ++*sending->sent;
        return mark_sent(sending, mail, error);
    }
    ++*sending->failed;
    return mark_failed(sending, mail, is_shut, cause, error);
}

static bool renew(const struct sending *sending, struct mail *mail, bool *held, GError **error)
{
    struct moment end;
    return mail_store_lease_end(sending->db, sending->seconds, &end, error) &&
           mail_store_renew(sending->db, mail, end, held, error);
}

static bool send_claimed(const struct sending *sending, const GPtrArray *mails, int64_t claimed_at, GError **error)
{
    for (guint i = 0; i < mails->len; i++) {
        struct mail *mail = g_ptr_array_index(mails, i);
        bool held = true;
        if (sending->stop != NULL && sending->stop()) {
            if (!mail_store_release(sending->db, mail, error)) {
                return false;
            }
            continue;
        }
        if (clock_ticks() - claimed_at > LEASE_FRESH * SECOND_US && !renew(sending, mail, &held, error)) {
            return false;
        }
        if (held && !send_one(sending, mail, error)) {
            return false;
        }
    }
    return true;
}

bool mail_send_due(struct db *db, const struct config *config, const struct secret_keys *keys, guint most,
                   mail_stop *stop, const struct mail_meanwhile *meanwhile, guint *sent, guint *failed, GError **error)
{
    const struct sending sending = { .db = db,
                                     .config = config,
                                     .keys = keys,
                                     .stop = stop,
                                     .meanwhile = meanwhile,
                                     .sent = sent,
                                     .failed = failed,
                                     .seconds = config->mail.timeout_seconds + LEASE_SPARE };
    *sent = *failed = 0;
    while (*sent + *failed < most && (stop == NULL || !stop())) {
        struct claim claim = { .now = clock_now(),
                               .most = MIN(most - *sent - *failed, CLAIM_MOST),
                               .seconds = sending.seconds };
        int64_t claimed_at = clock_ticks();
        bool good = db_transaction(db, claim_mails, &claim, error);
        g_autoptr(GPtrArray) mails = g_steal_pointer(&claim.mails);
        if (!good || mails->len == 0) {
            return good;
        }
        if (!send_claimed(&sending, mails, claimed_at, error)) {
            return false;
        }
    }
    return true;
}
