/*
 * request_tell_service.c: who hears of a request, in whose language. domain.md, Mails.
 */
#include "request/request_tell_service.h"

#include "base/address.h"
#include "mail/mail.h"

static const struct {
    enum label subject, body;
} texts[REQUEST_NEWS_N] = {
    [REQUEST_NEWS_RECEIVED] = { LABEL_MAIL_REQUEST_RECEIVED_SUBJECT, LABEL_MAIL_REQUEST_RECEIVED_BODY },
    [REQUEST_NEWS_CHANGED] = { LABEL_MAIL_REQUEST_CHANGED_SUBJECT, LABEL_MAIL_REQUEST_CHANGED_BODY },
    [REQUEST_NEWS_CANCELLED] = { LABEL_MAIL_REQUEST_CANCELLED_SUBJECT, LABEL_MAIL_REQUEST_CANCELLED_BODY },
    [REQUEST_NEWS_COMPLETED] = { LABEL_MAIL_REQUEST_COMPLETED_SUBJECT, LABEL_MAIL_REQUEST_COMPLETED_BODY },
    [REQUEST_NEWS_FAILED] = { LABEL_MAIL_REQUEST_FAILED_SUBJECT, LABEL_MAIL_REQUEST_FAILED_BODY },
};

struct addressee {
    char *address;
    enum language language;
};

static void addressee_free(gpointer data)
{
    g_free(((struct addressee *)data)->address);
    g_free(data);
}

static void add(GPtrArray *all, const char *address, const char *language)
{
    struct addressee *addressee = g_new0(struct addressee, 1);
    addressee->address = g_strdup(address);
    addressee->language = LANGUAGE_JA;
    language_from_code(language, &addressee->language);
    g_ptr_array_add(all, addressee);
}

/* Whose request it is. Owns its texts. */
struct parties {
    uint64_t account;
    char *requester, *customer;
};

static void parties_clear(struct parties *parties)
{
    g_free(parties->requester);
    g_free(parties->customer);
}

static bool read_parties(struct db *db, const struct request_news *news, struct parties *parties, GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(db, news->by_worker ? STATEMENT_REQUEST_PARTIES_OF : STATEMENT_REQUEST_PARTIES,
                                    error, DB_U64(news->customer), DB_TEXT(news->number));
    if (rows == NULL) {
        return false;
    }
    bool found = db_next(rows);
    g_assert(found);
    parties->account = db_get_u64(rows, 0);
    parties->requester = g_strdup(db_get_text(rows, 1));
    parties->customer =
        g_strdup_printf("%" G_GUINT64_FORMAT ":%s:%s", db_get_u64(rows, 2), db_get_text(rows, 3), db_get_text(rows, 4));
    return true;
}

static GPtrArray *find(struct db *db, const struct config *config, const struct request_news *news, uint64_t account,
                       GError **error)
{
    AUTO(db_rows)
    struct db_rows *rows = db_query(
        db, news->by_worker ? STATEMENT_REQUEST_ADDRESSEES_OF : STATEMENT_REQUEST_ADDRESSEES, error, DB_U64(account));
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *all = g_ptr_array_new_with_free_func(addressee_free);
    for (bool is_own = false; !is_own && db_next(rows);) {
        is_own = db_get_bool(rows, 2); /* comes first */
        add(all, db_get_text(rows, 0), db_get_text(rows, 1));
    }
    if (all->len == 0) {
        add(all, config->portal.admin_address, config->portal.language);
    }
    return all;
}

static bool mail_to(struct db *db, const struct secret_keys *keys, const struct config *config,
                    const struct request_news *news, const struct parties *parties, const struct addressee *to,
                    struct moment now, GError **error)
{
    g_autofree char *lines = g_strdup_printf("%u", news->lines), *failed = g_strdup_printf("%u", news->failed);
    g_autofree char *left = g_strdup_printf("%u", news->left), *date = date_show(news->effective);
    g_autofree char *base = address_base(news->customer); /* its reader may see others, too */
    g_autofree char *url = g_strdup_printf("%s%s/requests/%s", config->portal.base_url, base, news->number);
    const char *kind = label_text(to->language, news->kind->name);
    g_autofree char *subject =
        label_format(to->language, texts[news->event].subject, "number", news->number, "kind", kind, NULL);
    g_autofree char *body = label_format(to->language, texts[news->event].body, "customer", parties->customer,
                                         "requester", parties->requester, "number", news->number, "kind", kind, "lines",
                                         lines, "failed", failed, "left", left, "date", date, "url", url, NULL);
    const struct mail_letter letter = { .rank = MAIL_NEWS, .recipient = to->address, .subject = subject, .body = body };
    return mail_add(db, keys, now, &letter, error);
}

bool request_tell(struct db *db, const struct secret_keys *keys, const struct config *config,
                  const struct request_news *news, struct moment now, GError **error)
{
    struct parties parties = { 0 };
    g_autoptr(GPtrArray) all =
        read_parties(db, news, &parties, error) ? find(db, config, news, parties.account, error) : NULL;
    bool good = all != NULL;
    for (guint i = 0; good && i < all->len; i++) {
        good = mail_to(db, keys, config, news, &parties, all->pdata[i], now, error);
    }
    parties_clear(&parties);
    return good;
}
