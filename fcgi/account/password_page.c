/*
 * password_page.c: changing one's own password, of one's own will or because it must be.
 */
#include "account/account_page.h"

#include "account/password.h"
#include "account/password_rule.h"
#include "view/label.h"

#include <string.h>

enum { PRESENT, FRESH, AGAIN_FIELD };

enum { LONGEST = 1024 }; /* bytes the form takes at all; what a password may be is password_rule.h's */
static const struct field password_fields[] = {
    [PRESENT] = { .name = "present",
                  .label = LABEL_FIELD_PRESENT_PASSWORD,
                  .check = field_text,
                  .flags = FIELD_REQUIRED | FIELD_EXACT,
                  .most = LONGEST },
    [FRESH] = { .name = "new",
                .label = LABEL_FIELD_NEW_PASSWORD,
                .check = field_text,
                .flags = FIELD_REQUIRED | FIELD_EXACT,
                .most = LONGEST },
    [AGAIN_FIELD] = { .name = "again",
                      .label = LABEL_FIELD_NEW_PASSWORD_AGAIN,
                      .check = field_text,
                      .flags = FIELD_REQUIRED | FIELD_EXACT,
                      .most = LONGEST },
};
const struct form password_form = FORM("password", password_fields);

static const char *reason(const struct context *context)
{
    int left = 0;
    if (!context->session.must_change) {
        return "voluntary";
    }
    bool expired = password_age(context->session.password_set_at, context->now, (int)context->config->password.days,
                                &left) == PASSWORD_EXPIRED;
    return expired && context->session.password_own ? "expired" : "first-login";
}

/* GET /password, and the form again after a fault. */
enum outcome password_page(struct context *context, GError **error)
{
    (void)error;
    AUTO(values) struct values *blank = form_blank(&password_form);
    const struct values *values = context->values != NULL ? context->values : blank;
    struct node *part = context->part;
    node_set(part, "action", "/password");
    node_set(part, "reason", reason(context));
    node_set_number(part, "min", PASSWORD_LEAST);
    node_set_number(part, "max", PASSWORD_MOST);
    node_set_number(part, "remembered", PASSWORD_REMEMBERED);
    node_set_number(part, "days", context->config->password.days);
    for (guint i = PRESENT; i <= AGAIN_FIELD; i++) {
        form_field_node(part, values, i, context->language);
    }
    return SHOW;
}

/* What a fault of the rules says, and with which figure. */
static const struct {
    enum label label;
    const char *name;
    int number;
} faults[PASSWORD_FAULT_N] = {
    [PASSWORD_TOO_SHORT] = { LABEL_PASSWORD_TOO_SHORT, "min", PASSWORD_LEAST },
    [PASSWORD_TOO_LONG] = { LABEL_PASSWORD_TOO_LONG, "max", PASSWORD_MOST },
    [PASSWORD_NOT_TEXT] = { LABEL_ERROR_NOT_TEXT, NULL, 0 },
    [PASSWORD_IS_LOGIN_ID] = { LABEL_PASSWORD_IS_LOGIN_ID, NULL, 0 },
    [PASSWORD_COMMON] = { LABEL_PASSWORD_COMMON, NULL, 0 },
    [PASSWORD_USED_BEFORE] = { LABEL_PASSWORD_REUSED, "count", PASSWORD_REMEMBERED },
};

/* One field has one message: the first fault of the rules. */
static void fault_fresh(struct context *context, unsigned bits)
{
    for (int i = 0; i < PASSWORD_FAULT_N; i++) {
        if ((bits & (1U << i)) != 0) {
            g_autofree char *number = g_strdup_printf("%d", faults[i].number);
            value_fault(&context->values->at[FRESH], faults[i].label, faults[i].name, number);
            return;
        }
    }
}

/* POST /password. */
enum outcome password_submit(struct context *context, GError **error)
{
    const struct value *at = context->values->at;
    struct actor actor = context_actor(context);
    struct password_answer answer = { 0 };
    struct password_change change = { .account = context->session.account,
                                      .session = context->session.id,
                                      .present = at[PRESENT].text,
                                      .fresh = at[FRESH].text };
    if (strcmp(at[FRESH].text, at[AGAIN_FIELD].text) != 0) {
        value_fault(&context->values->at[AGAIN_FIELD], LABEL_PASSWORD_MISMATCH, NULL, NULL);
        return AGAIN;
    }
    if (!password_change(context->db, context->config, &actor, context->now, &change, &answer, error)) {
        return FAILED;
    }
    switch (answer.outcome) {
    case PASSWORD_PRESENT_WRONG:
        value_fault(&context->values->at[PRESENT], LABEL_PASSWORD_PRESENT_WRONG, NULL, NULL);
        return AGAIN;
    case PASSWORD_LATER:
        response_status(context->response, 429);
        values_fault(context->values, LABEL_LOGIN_TOO_MANY_OTHER, "seconds", "5");
        return AGAIN;
    case PASSWORD_NOT_GOOD:
        fault_fresh(context, answer.faults);
        return AGAIN;
    case PASSWORD_CHANGED:
        break;
    }
    response_cookie(context->response, COOKIE_SESSION, answer.token, 0);
    explicit_bzero(answer.token, strlen(answer.token));
    g_free(answer.token);
    response_redirect(context->response, "/?done=password");
    return DONE;
}
