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

static void check_field(const struct request_face *face, const struct face_field *field, struct value *value,
                        struct date today, enum language language)
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
    const char *name = label_text(language, face->kind->name);
    switch (field->type) {
    case FACE_DATE:
        check_date(value, today);
        break;
    case FACE_CHOICE:
        if (word_position(field, value->text) < 0) {
            value_fault(value, LABEL_ERROR_CHOICE, NULL, NULL);
        }
        break;
    case FACE_TYPED:
        if (g_ascii_strcasecmp(value->text, name) != 0) {
            value_fault(value, LABEL_ERROR_TYPED, "word", name);
        }
        break;
    case FACE_OFFER: /* against the price list, by the kind */
    case FACE_TEXT:
        break;
    }
}

bool face_check(const struct request_face *face, struct values *values, struct date today, enum language language)
{
    for (const struct face_field *field = face->fields; field->name != NULL; field++) {
        check_field(face, field, value_of(values, field->name), today, language);
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

static bool field_node(struct context *context, const struct request_face *face, const struct face_field *field,
                       struct node *parent, const struct value *value, GError **error)
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
    case FACE_TYPED:
        node_set(node, "type", "typed");
        node_set(node, "word", label_text(context->language, face->kind->name));
        break;
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
        good = field_node(context, face, field, parent, value, error);
    }
    return good;
}

static void fact(struct node *parent, const char *label, const char *value)
{
    struct node *node = node_add(parent, "fact");
    node_set(node, "label", label);
    node_set(node, "value", value);
}

void face_facts(const struct request_face *face, struct node *parent, const struct request_fields *fields,
                enum language language)
{
    for (const struct face_field *field = face->fields; field->name != NULL; field++) {
        const char *text = request_fields_get(fields, field->name), *label = label_text(language, field->label);
        struct date date;
        if (field->type == FACE_DATE) {
            g_autofree char *shown = date_parse(text, &date) ? date_show(date) : NULL;
            fact(parent, label, shown);
        } else if (field->type == FACE_CHOICE) {
            int at = word_position(field, text);
            fact(parent, label, at >= 0 ? label_text(language, field->texts[at]) : "");
        } else if (field->type == FACE_OFFER) {
            g_autofree char *shown = text_capacity(g_ascii_strtoll(text, NULL, 10));
            fact(parent, label, shown);
        } else if (field->type == FACE_TEXT) {
            fact(parent, label, text);
        }
    }
    struct date effective;
    if (face->until != NULL && request_fields_date(fields, REQUEST_FIELD_DATE, &effective)) {
        g_autofree char *until = date_show(face->until(effective));
        fact(parent, label_text(language, LABEL_FIELD_VALID_UNTIL), until);
    }
}
