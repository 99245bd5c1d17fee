/*
 * form.c: fuzzes every form of the portal: the first line of the input is the name of one, or any other text, which
 * stands for one as well. A value that passed is within its field's limits and passes again; every
 * fault has a text in both languages; the form can be shown.
 */
#include "fuzz.h"

#include "base/text.h"
#include "portal/routes.h"
#include "view/doc.h"
#include "web/form.h"

static void check_good(const struct field *field, const struct value *value)
{
    if (field->check == field_number) {
        g_assert_cmpuint(value->number, >=, (uint64_t)field->least);
        g_assert_cmpuint(value->number, <=, field->most > 0 ? (uint64_t)field->most : G_MAXINT64);
    } else if (field->check == field_choice) {
        g_assert_cmpint(value->choice, >=, 0);
        g_assert_cmpstr(field->choices[value->choice], ==, value->text);
    } else {
        gsize length = text_length(value->text);
        g_assert_true(field->most == 0 || length <= (gsize)field->most);
        g_assert_cmpuint(length, >=, (gsize)field->least);
        g_assert_true(text_is_clean(value->text, strlen(value->text), (field->flags & FIELD_LINES) != 0));
    }
}

static void check_fault(const struct field *field, const struct value *value)
{
    g_assert_cmpuint(field->flags & FIELD_LENIENT, ==, 0);
    for (int language = 0; language < LANGUAGE_N; language++) {
        g_autofree char *text = value_fault_text(value, (enum language)language);
        g_assert_true(*text != '\0');
    }
}

/* What passed, sent again as it now stands. */
static void check_again(const struct form *form, const struct values *values)
{
    struct param *params = g_new0(struct param, form->n + 1);
    struct params sent = { .at = params };
    for (guint i = 0; i < form->n; i++) {
        if (values->at[i].is_given && !values->at[i].is_bad) {
            params[sent.n++] = (struct param){ .name = (char *)form->fields[i].name, .value = values->at[i].text };
        }
    }
    AUTO(values) struct values *again = form_check(form, &sent);
    for (guint i = 0; i < form->n; i++) {
        if (values->at[i].is_given && !values->at[i].is_bad) {
            g_assert_false(again->at[i].is_bad);
            g_assert_cmpstr(again->at[i].text, ==, values->at[i].text);
            g_assert_cmpuint(again->at[i].number, ==, values->at[i].number);
            g_assert_cmpint(again->at[i].choice, ==, values->at[i].choice);
        }
    }
    g_free(params);
}

static void show(const struct form *form, const struct values *values)
{
    struct doc *doc = doc_new("page", LANGUAGE_JA);
    form_errors_node(doc_root(doc), values, LANGUAGE_JA);
    for (guint i = 0; i < form->n; i++) {
        form_field_node(doc_root(doc), values, i, LANGUAGE_EN);
    }
    doc_free(doc);
}

static void check(const struct form *form, const struct params *params)
{
    AUTO(values) struct values *values = form_check(form, params);
    bool good = true;
    for (guint i = 0; i < form->n; i++) {
        const struct field *field = &form->fields[i];
        const struct value *value = &values->at[i];
        good = good && !value->is_bad;
        if (value->is_bad) {
            check_fault(field, value);
        } else if (value->is_given) {
            check_good(field, value);
        } else {
            g_assert_cmpstr(value->text, ==, "");
            g_assert_true((field->flags & (FIELD_REQUIRED | FIELD_LENIENT)) != FIELD_REQUIRED);
        }
    }
    g_assert_cmpint(values_are_good(values), ==, good);
    check_again(form, values);
    show(form, values);
}

/* By name, so that a seed stays with its form when routes are added. NULL: a route without one. */
static const struct form *form_of(const char *name)
{
    for (guint i = 0; i < portal_routes_n; i++) {
        if (portal_routes[i].form != NULL && strcmp(portal_routes[i].form->name, name) == 0) {
            return portal_routes[i].form;
        }
    }
    return portal_routes[g_str_hash(name) % portal_routes_n].form;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, '\n', size);
    gsize n = end != NULL ? (gsize)(end - data) : size;
    g_autofree char *name = fuzz_text(data, n);
    const struct form *form = form_of(name);
    gsize from = MIN(n + 1, size);
    AUTO(params) struct params *params = params_parse((const char *)data + from, size - from, NULL);
    if (form != NULL && params != NULL) {
        check(form, params);
    }
    return 0;
}
