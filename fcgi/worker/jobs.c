/*
 * jobs.c: the table of jobs and the few lines that fit each use case to it.
 */
#include "worker/jobs.h"

#include "account/password_notice.h"
#include "audit/audit.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/session.h"
#include "bulk/bulk_store.h"
#include "mail/mail.h"
#include "request/draft.h"
#include "worker/dispatch.h"
#include "worker/month_service.h"
#include "worker/pace_store.h"
#include "worker/purge_store.h"

/* Few mails at a time: what is due at the carrier waits for the end of each run. */
enum { MAILS_A_RUN = 10, SEALS_A_RUN = 500, DAY = 86400, KEPT_DAYS = 90, NOTICES_A_RUN = 100 };

void job_log(const char *name, const struct job_result *result, int64_t began)
{
    if (result->done + result->failed > 0) {
        log_event(LOG_INFO, "job", LOG_TEXT("job", name), LOG_NUMBER("done", result->done),
                  LOG_NUMBER("failed", result->failed), LOG_NUMBER("ms", (clock_ticks() - began) / 1000));
    }
}

static bool run_requests(const struct job_context *context, struct job_result *result, GError **error)
{
    return *context->config->gateway.program == '\0' || dispatch_run(context, result, error);
}

/* A sendmail that hangs keeps no line from the carrier. Between two mails no transaction is open. */
static void go_on(const void *data)
{
    const struct job_context *context = data;
    struct job_result result = { 0 };
    g_autoptr(GError) error = NULL;
    int64_t began = clock_ticks();
    if (!run_requests(context, &result, &error)) {
        g_prefix_error(&error, "requests: ");
        log_error(LOG_ERROR, "job-failed", error);
    }
    job_log("requests", &result, began);
}

static bool run_mail(const struct job_context *context, struct job_result *result, GError **error)
{
    const struct mail_meanwhile meanwhile = { .go_on = go_on, .data = context };
    bool good = mail_send_due(context->db, context->config, context->keys, MAILS_A_RUN, context->stop, &meanwhile,
                              &result->done, &result->failed, error);
    result->more = good && result->done + result->failed >= MAILS_A_RUN;
    struct pace pace = { 0 };
    if (result->more && !pace_store_look(context->db, context->config, clock_now(), &pace, error)) {
        return false;
    }
    result->pause_us = pace_mail_pause(&pace);
    return good;
}

static bool run_audit_seal(const struct job_context *context, struct job_result *result, GError **error)
{
    bool good = audit_seal(context->db, context->keys, SEALS_A_RUN, &result->done, error);
    result->more = good && result->done == SEALS_A_RUN;
    return good;
}

static bool run_audit_heads(const struct job_context *context, struct job_result *result, GError **error)
{
    return audit_log_heads(context->db, &result->done, error);
}

static bool run_session_purge(const struct job_context *context, struct job_result *result, GError **error)
{
    struct moment kept = moment_add(clock_now(), -SESSION_KEPT_SECONDS);
    struct moment idle = moment_add(kept, -60 * context->config->session.idle_minutes);
    struct moment old = moment_add(kept, -3600 * context->config->session.hours);
    return purge_sessions(context->db, kept, idle, old, &result->done, &result->more, error);
}

static bool run_login_failure_purge(const struct job_context *context, struct job_result *result, GError **error)
{
    struct moment before = moment_add(clock_now(), -DAY);
    return purge_login_failures(context->db, before, &result->done, &result->more, error);
}

static bool run_import_purge(const struct job_context *context, struct job_result *result, GError **error)
{
    return bulk_purge(context->db, clock_now(), &result->done, &result->more, error);
}

static bool run_month_open(const struct job_context *context, struct job_result *result, GError **error)
{
    return month_open(context->db, clock_now(), &result->done, &result->more, error);
}

static bool run_draft_purge(const struct job_context *context, struct job_result *result, GError **error)
{
    return purge_drafts(context->db, moment_add(clock_now(), -DRAFT_DAYS * DAY), &result->done, &result->more, error);
}

static bool run_password_notice(const struct job_context *context, struct job_result *result, GError **error)
{
    return password_notices_write(context->db, context->config, context->keys, clock_now(), NOTICES_A_RUN,
                                  &result->done, &result->more, error);
}

static bool run_mail_purge(const struct job_context *context, struct job_result *result, GError **error)
{
    return purge_mails(context->db, moment_add(clock_now(), -KEPT_DAYS * DAY), &result->done, &result->more, error);
}

static bool run_token_purge(const struct job_context *context, struct job_result *result, GError **error)
{
    return purge_tokens(context->db, moment_add(clock_now(), -KEPT_DAYS * DAY), &result->done, &result->more, error);
}

/* The heads come last, so that a run of each job once leaves the newest in the log. */
/* clang-format off */
const struct job jobs[JOBS_N] = {
    /* name               seconds  run */
    { "requests",               1, run_requests },
    { "password-notice",      600, run_password_notice }, /* before the mails, so that one run sends them */
    { "mail",                   1, run_mail },
    { "audit-seal",             2, run_audit_seal },
    { "month-open",            30, run_month_open },
    { "session-purge",        600, run_session_purge },
    { "login-failure-purge",  600, run_login_failure_purge },
    { "import-purge",         600, run_import_purge },
    { "draft-purge",          600, run_draft_purge },
    { "mail-purge",           600, run_mail_purge },
    { "token-purge",          600, run_token_purge },
    { "audit-heads",          DAY, run_audit_heads },
};
/* clang-format on */
