/*
 * helper.c: calls the services of mail, audit, months and requests from a shell script. Prints what it got; 0 for
 * success, 3 and the error's code for an error. helper CONFIG mail-add RECIPIENT SUBJECT BODY awaited|news helper
 * CONFIG audit-add CUSTOMER ACTION DETAIL N helper CONFIG audit-seal MOST helper CONFIG audit-verify CUSTOMER helper
 * CONFIG month-open "YYYY-MM-DD HH:MM:SS" helper CONFIG carry-out "YYYY-MM-DD HH:MM:SS" done|failed|again: as the
 * worker does at that moment, the carrier answering so; prints ITEM-ROUND of what went to it
 */
#include "audit/audit.h"
#include "base/error.h"
#include "base/log.h"
#include "mail/mail.h"
#include "request/request_work.h"
#include "worker/month_service.h"

#include <stdio.h>
#include <string.h>

struct call {
    struct db *db;
    const struct config *config;
    struct secret_keys *keys;
    char **arguments;
};

static bool add_mail(const struct call *call, GError **error)
{
    g_autofree char *body = g_strcompress(call->arguments[2]);
    g_autofree char *subject = g_strcompress(call->arguments[1]);
    g_autofree char *recipient = g_strcompress(call->arguments[0]);
    const struct mail_letter letter = { .rank = strcmp(call->arguments[3], "news") == 0 ? MAIL_NEWS : MAIL_AWAITED,
                                        .recipient = recipient,
                                        .subject = subject,
                                        .body = body };
    return mail_add(call->db, call->keys, clock_now(), &letter, error);
}

static bool add_audit(const struct call *call, GError **error)
{
    const struct actor actor = {
        .kind = ACTOR_OPERATOR, .name = "tester", .address = "192.0.2.1", .request_id = "r-1"
    };
    uint64_t customer = g_ascii_strtoull(call->arguments[0], NULL, 10);
    uint64_t n = g_ascii_strtoull(call->arguments[3], NULL, 10);
    for (uint64_t i = 0; i < n; i++) {
        g_autofree char *object = g_strdup_printf("thing %" G_GUINT64_FORMAT, i);
        if (!audit_add(call->db, &actor, clock_now(), customer, call->arguments[1], object, call->arguments[2],
                       error)) {
            return false;
        }
    }
    return true;
}

static bool seal_audit(const struct call *call, GError **error)
{
    guint sealed = 0;
    bool good = audit_seal(call->db, call->keys, (guint)g_ascii_strtoull(call->arguments[0], NULL, 10), &sealed, error);
    printf("%u\n", sealed);
    return good;
}

static bool verify_audit(const struct call *call, GError **error)
{
    uint64_t rows = 0;
    bool good = audit_verify(call->db, call->keys, g_ascii_strtoull(call->arguments[0], NULL, 10), &rows, error);
    printf("%" G_GUINT64_FORMAT "\n", rows);
    return good;
}

static bool open_month(const struct call *call, GError **error)
{
    struct moment now;
    guint sum = 0, opened = 0;
    bool more = true, read = moment_parse(call->arguments[0], &now);
    g_assert(read);
    while (more) {
        if (!month_open(call->db, now, &opened, &more, error)) {
            return false;
        }
        sum += opened;
    }
    printf("%u\n", sum);
    return true;
}

static bool carry_out(const struct call *call, GError **error)
{
    static const char *const words[] = { [WORK_DONE] = "done", [WORK_FAILED] = "failed", [WORK_AGAIN] = "again" };
    struct moment now;
    struct work_cursor cursor = { 0 };
    guint seen = 1;
    enum work_outcome outcome = WORK_DONE;
    bool read = moment_parse(call->arguments[0], &now);
    g_assert(read);
    while (words[outcome] == NULL || strcmp(words[outcome], call->arguments[1]) != 0) {
        outcome++;
    }
    while (seen > 0) {
        g_autoptr(GPtrArray) items = work_claim(call->db, call->keys, call->config, 100, now, &cursor, &seen, error);
        g_autofree struct work_result *results = g_new0(struct work_result, items != NULL ? items->len : 0);
        for (guint i = 0; items != NULL && i < items->len; i++) {
            struct work_item *item = items->pdata[i];
            results[i] = (struct work_result){ .item = item, .outcome = outcome, .code = (char *)"test" };
            printf("%" G_GUINT64_FORMAT "-%u\n", item->line.item, item->line.round);
        }
        if (items == NULL || !work_finish(call->db, call->keys, call->config, results, items->len, now, error)) {
            return false;
        }
    }
    return true;
}

static const struct {
    const char *name;
    int arguments;
    bool (*run)(const struct call *call, GError **error);
} calls[] = {
    { "mail-add", 4, add_mail },         { "audit-add", 4, add_audit },   { "audit-seal", 1, seal_audit },
    { "audit-verify", 1, verify_audit }, { "month-open", 1, open_month }, { "carry-out", 2, carry_out },
};

static bool run(int argc, char **argv, GError **error)
{
    AUTO(config) struct config *config = config_read(argv[1], error);
    AUTO(secret_keys)
    struct secret_keys *keys = config != NULL ? secret_keys_open(config->secret.key_file, error) : NULL;
    AUTO(db) struct db *db = keys != NULL ? db_new(config, false, error) : NULL;
    if (db == NULL) {
        return false;
    }
    db_permit(db, (struct db_permit){ .roles = ROLE_READ | ROLE_WRITE,
                                      .any_customer = true,
                                      .scopes = SCOPE_WORKER | SCOPE_JOURNAL | SCOPE_CUSTOMER | SCOPE_CATALOGUE });
    const struct call call = { .db = db, .config = config, .keys = keys, .arguments = argv + 3 };
    for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
        if (strcmp(argv[2], calls[i].name) == 0 && argc == 3 + calls[i].arguments) {
            return calls[i].run(&call, error);
        }
    }
    g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "no such call: %s", argv[2]);
    return false;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    log_open("helper");
    if (argc < 3 || !run(argc, argv, &error)) {
        fprintf(stderr, "%s\n", error != NULL ? error->message : "usage: helper CONFIG CALL ...");
        return 3 + (error != NULL ? error->code : 0);
    }
    return 0;
}
