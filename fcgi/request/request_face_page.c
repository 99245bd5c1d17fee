/*
 * request_face_page.c: forms of requests by their table of fields: checked, shown, told.
 */
#include "request/request_face_page.h"

#include "base/text.h"
#include "calendar/calendar.h"

#include <string.h>

const struct request_face *request_face_of(const struct request_kind *kind)
{
    guint i = 0;
    while (request_faces[i].kind != kind) {
        g_assert(++i < request_faces_n);
    }
    return &request_faces[i];
}

static struct value *value_of(struct values *values, const char *name)
{
    return &values->at[form_position(values->form, name)];
}

static int word_position(const struct face_field *field, const char *text)
{
    for (int i = 0; field->words[i] != NULL; i++) {
        if (strcmp(field->words[i], text) == 0) {
            return i;
        }
    }
    return -1;
}

static bool is_choice(const struct face_field *field)
{
    return field->type == FACE_CHOICE || field->type == FACE_OFFER;
}

/* ---- checking ---- */

/* The date field says which days are good, and why. */
static void check_date(struct value *value, struct date today)
{
    struct date_window window = calendar_effective_window(today);
    struct date date;
    if (!date_parse(value->text, &date)) {
        value_fault(value, LABEL_ERROR_DATE, NULL, NULL);
    } else if (date_compare(date, window.first) < 0) {
        value_fault(value, LABEL_ERROR_DATE_PAST, NULL, NULL);
    } else if (date_compare(date, window.last) > 0) {
        g_autofree char *last = date_show(window.last);
        value_fault(value, LABEL_ERROR_DATE_FAR, "last", last);
    }
}

static void check_field(const struct face_field *field, struct value *value, struct date today)
{
    if (value->is_bad) {
        return;
    }
    if (!value->is_given) {
        if (field->is_required) {
            value_fault(value, is_choice(field) ? LABEL_ERROR_CHOOSE : LABEL_ERROR_REQUIRED, NULL, NULL);
        }
        return;
    }
    switch (field->type) {
    case FACE_DATE:
        check_date(value, today);
        break;
    case FACE_CHOICE:
        if (word_position(field, value->text) < 0) {
            value_fault(value, LABEL_ERROR_CHOICE, NULL, NULL);
        }
        break;
    case FACE_OFFER: /* against the price list, by the kind */
    case FACE_TEXT:
        break;
    }
}

bool face_check(const struct request_face *face, struct values *values, struct date today)
{
    for (const struct face_field *field = face->fields; field->name != NULL; field++) {
        check_field(field, value_of(values, field->name), today);
    }
    return values_are_good(values);
}

/* ---- showing ---- */

static void date_hints(struct node *node, struct date today)
{
    struct date_window window = calendar_effective_window(today);
    node_take(node, "first", date_show(window.first));
    node_take(node, "last", date_show(window.last));
}

static bool field_node(struct context *context, const struct face_field *field, struct node *parent,
                       const struct value *value, GError **error)
{
    struct node *node = node_add(parent, is_choice(field) ? "choice" : "field");
    node_set(node, "name", field->name);
    node_set(node, "label", label_text(context->language, field->label));
    node_take(node, "error", value_fault_text(value, context->language));
    node_set_flag(node, "required", field->is_required);
    node_set(node, "hint", field->hint != 0 ? label_text(context->language, field->hint) : NULL);
    if (!is_choice(field)) {
        node_set(node, "value", value->text);
    }
    switch (field->type) {
    case FACE_DATE:
        node_set(node, "type", "date");
        date_hints(node, moment_date(context->now));
        break;
    case FACE_CHOICE:
        for (int i = 0; field->words[i] != NULL; i++) {
            form_option_node(node, field->words[i], label_text(context->language, field->texts[i]), value->text);
        }
        break;
    case FACE_OFFER:
        return field->offers(context, node, value->text, error);
    case FACE_TEXT:
        node_set(node, "type", "text");
        break;
    }
    return true;
}

bool face_nodes(struct context *context, const struct request_face *face, struct node *parent,
                const struct values *values, GError **error)
{
    bool good = true;
    for (const struct face_field *field = face->fields; good && field->name != NULL; field++) {
        const struct value *value = &values->at[form_position(values->form, field->name)];
        good = field_node(context, field, parent, value, error);
    }
    return good;
}

/* `before` NULL: nothing is compared. Takes both texts. */
static void fact(struct node *parent, const char *label, char *value, char *before)
{
    struct node *node = node_add(parent, "fact");
    bool is_same = g_strcmp0(value, before) == 0;
    node_set(node, "label", label);
    node_set_flag(node, "same", before != NULL && is_same);
    node_set(node, "before", is_same ? NULL : before);
    node_take(node, "value", value);
    g_free(before);
}

/* What was entered in a field, ready to show; NULL if `fields` is. The caller frees. */
static char *entered_text(const struct face_field *field, const struct request_fields *fields, enum language language)
{
    const char *text = fields != NULL ? request_fields_get(fields, field->name) : NULL;
    struct date date;
    int at = -1;
    if (text == NULL) {
        return NULL;
    }
    switch (field->type) {
    case FACE_DATE:
        return date_parse(text, &date) ? date_show(date) : g_strdup("");
    case FACE_CHOICE:
        at = word_position(field, text);
        return g_strdup(at >= 0 ? label_text(language, field->texts[at]) : "");
    case FACE_OFFER:
        return text_capacity(g_ascii_strtoll(text, NULL, 10));
    case FACE_TEXT:
        break;
    }
    return g_strdup(text);
}

static char *until_text(const struct request_face *face, const struct request_fields *fields)
{
    struct date effective;
    bool has_date = fields != NULL && request_fields_date(fields, REQUEST_FIELD_DATE, &effective);
    return has_date ? date_show(face->until(effective)) : NULL;
}

void face_facts(const struct request_face *face, struct node *parent, const struct request_fields *fields,
                const struct request_fields *before, enum language language)
{
    for (const struct face_field *field = face->fields; field->name != NULL; field++) {
        fact(parent, label_text(language, field->label), entered_text(field, fields, language),
             entered_text(field, before, language));
    }
    char *until = face->until != NULL ? until_text(face, fields) : NULL;
    if (until != NULL) {
        fact(parent, label_text(language, LABEL_FIELD_VALID_UNTIL), until, until_text(face, before));
    }
}
