/*
 * form.c: checks forms by their tables of fields and shows what is wrong with them.
 */
#include "web/form.h"

#include "base/text.h"

#include <string.h>

void value_fault(struct value *value, enum label fault, const char *name, const char *argument)
{
    g_free(value->fault_value);
    g_clear_pointer(&value->fault_max, g_free);
    value->is_bad = true;
    value->fault = fault;
    value->fault_name = name;
    value->fault_value = g_strdup(argument);
}

void values_fault(struct values *values, enum label fault, const char *name, const char *argument)
{
    g_free(values->summary_value);
    values->has_summary = true;
    values->summary = fault;
    values->summary_name = name;
    values->summary_value = g_strdup(argument);
}

static void fault_number(struct value *value, enum label fault, const char *name, int64_t number)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);
    value_fault(value, fault, name, text);
}

/* A number that has limits is told them; an id has none that would help. */
static void fault_range(const struct field *field, struct value *value)
{
    if (field->most == 0) {
        value_fault(value, LABEL_ERROR_NUMBER, NULL, NULL);
        return;
    }
    fault_number(value, LABEL_ERROR_RANGE, "min", field->least);
    value->fault_max = g_strdup_printf("%" G_GINT64_FORMAT, field->most);
}

void value_preset(struct value *value, const char *text)
{
    g_free(value->text);
    value->text = g_strdup(text);
    value->is_given = *text != '\0';
}

bool field_text(const struct field *field, struct value *value)
{
    gsize length = text_length(value->text);
    if (!text_is_clean(value->text, strlen(value->text), (field->flags & FIELD_LINES) != 0)) {
        value_fault(value, LABEL_ERROR_NOT_TEXT, NULL, NULL);
    } else if (field->most > 0 && (int64_t)length > field->most) {
        fault_number(value, LABEL_ERROR_TOO_LONG, "max", field->most);
    } else if ((int64_t)length < field->least) {
        fault_number(value, LABEL_ERROR_TOO_SHORT, "min", field->least);
    }
    return !value->is_bad;
}

bool field_number(const struct field *field, struct value *value)
{
    guint64 most = field->most > 0 ? (guint64)field->most : G_MAXINT64;
    g_autofree char *digits = text_of_cell(value->text);
    if (!g_ascii_string_to_unsigned(digits, 10, (guint64)field->least, most, &value->number, NULL)) {
        fault_range(field, value);
    }
    return !value->is_bad;
}

bool field_id(const struct field *field, struct value *value)
{
    if (text_is_clean(value->text, strlen(value->text), false)) {
        char *meant = text_id(value->text);
        g_free(value->text);
        value->text = meant;
    }
    return field_text(field, value);
}

/* Nobody counts the characters of a day: one that is too long has not the form of a day. */
bool field_day(const struct field *field, struct value *value)
{
    enum { DAY_MOST = 40 };
    (void)field;
    if (!text_is_clean(value->text, strlen(value->text), false)) {
        value_fault(value, LABEL_ERROR_NOT_TEXT, NULL, NULL);
    } else if (text_length(value->text) > DAY_MOST) {
        value_fault(value, LABEL_ERROR_DATE, NULL, NULL);
    }
    return !value->is_bad;
}

bool field_date(const struct field *field, struct value *value)
{
    struct date date;
    if (field_day(field, value) && !date_parse(value->text, &date)) {
        value_fault(value, LABEL_ERROR_DATE, NULL, NULL);
    }
    return !value->is_bad;
}

bool field_choice(const struct field *field, struct value *value)
{
    for (int i = 0; field->choices[i] != NULL; i++) {
        if (strcmp(field->choices[i], value->text) == 0) {
            value->choice = i;
            return true;
        }
    }
    value_fault(value, LABEL_ERROR_CHOICE, NULL, NULL);
    return false;
}

guint form_position(const struct form *form, const char *name)
{
    guint i = 0;
    while (i < form->n && strcmp(form->fields[i].name, name) != 0) {
        i++;
    }
    g_assert(i < form->n);
    return i;
}

static void forget(struct value *value)
{
    g_free(value->text);
    g_free(value->fault_value);
    g_free(value->fault_max);
    *value = (struct value){ .text = g_strdup(""), .choice = -1 };
}

/* Every number that was sent under the name; one that is none is a fault of the field. */
static void check_many(const struct field *field, const struct params *params, struct value *value)
{
    value->choice = -1;
    value->text = g_strdup("");
    value->numbers = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    for (guint i = 0; i < params->n; i++) {
        if (strcmp(params->at[i].name, field->name) != 0) {
            continue;
        }
        g_free(value->text);
        value->text = g_strdup(params->at[i].value);
        value->is_given = true;
        if (!field->check(field, value)) {
            return;
        }
        g_array_append_val(value->numbers, value->number);
    }
}

static void check_field(const struct field *field, const struct params *params, struct value *value)
{
    if ((field->flags & FIELD_MANY) != 0) {
        check_many(field, params, value);
        return;
    }
    guint count = 0;
    const struct param *sent = params_find(params, field->name, &count);
    value->choice = -1;
    value->text = sent == NULL                        ? g_strdup("")
                  : (field->flags & FIELD_EXACT) != 0 ? g_strdup(sent->value)
                                                      : text_trim(sent->value);
    value->is_given = *value->text != '\0';
    if (count > 1) {
        value_fault(value, LABEL_ERROR_REPEATED, NULL, NULL);
    } else if (sent != NULL && sent->is_mended) {
        value_fault(value, LABEL_ERROR_NOT_TEXT, NULL, NULL);
    } else if (value->is_given) {
        field->check(field, value);
    } else if ((field->flags & FIELD_REQUIRED) != 0) {
        value_fault(value, field->choices != NULL ? LABEL_ERROR_CHOOSE : LABEL_ERROR_REQUIRED, NULL, NULL);
    }
    if (value->is_bad && (field->flags & FIELD_LENIENT) != 0) {
        forget(value);
    }
}

struct values *form_check(const struct form *form, const struct params *params)
{
    struct values *values = g_new0(struct values, 1);
    values->form = form;
    values->at = g_new0(struct value, form->n);
    for (guint i = 0; i < form->n; i++) {
        check_field(&form->fields[i], params, &values->at[i]);
    }
    return values;
}

struct values *form_blank(const struct form *form)
{
    struct values *values = g_new0(struct values, 1);
    values->form = form;
    values->at = g_new0(struct value, form->n);
    for (guint i = 0; i < form->n; i++) {
        bool is_many = (form->fields[i].flags & FIELD_MANY) != 0;
        values->at[i] = (struct value){ .text = g_strdup(""), .choice = -1 };
        values->at[i].numbers = is_many ? g_array_new(FALSE, FALSE, sizeof(uint64_t)) : NULL;
    }
    return values;
}

void values_free(struct values *values)
{
    for (guint i = 0; i < values->form->n; i++) {
        explicit_bzero(values->at[i].text, strlen(values->at[i].text));
        g_free(values->at[i].text);
        g_free(values->at[i].fault_value);
        g_free(values->at[i].fault_max);
        g_clear_pointer(&values->at[i].numbers, g_array_unref);
    }
    g_free(values->summary_value);
    g_free(values->at);
    g_free(values);
}

bool values_are_good(const struct values *values)
{
    bool good = !values->has_summary;
    for (guint i = 0; i < values->form->n; i++) {
        good = good && !values->at[i].is_bad;
    }
    return good;
}

char *value_fault_text(const struct value *value, enum language language)
{
    if (!value->is_bad) {
        return NULL;
    }
    if (value->fault_max != NULL) {
        return label_format(language, value->fault, "min", value->fault_value, "max", value->fault_max, NULL);
    }
    return label_fill(language, value->fault, value->fault_name, value->fault_value);
}

struct node *form_field_node(struct node *parent, const struct values *values, guint i, enum language language)
{
    const struct field *field = &values->form->fields[i];
    const struct value *value = &values->at[i];
    struct node *node = node_add(parent, field->choices != NULL ? "choice" : "field");
    node_set(node, "name", field->name);
    if ((field->flags & FIELD_EXACT) == 0 && field->choices == NULL) {
        node_set(node, "value", value->text);
    }
    node_take(node, "error", value_fault_text(value, language));
    node_set_flag(node, "required", (field->flags & FIELD_REQUIRED) != 0);
    if (field->check == field_text && field->most > 0) {
        node_set_number(node, "max", field->most);
    }
    return node;
}

void form_option_node(struct node *choice, const char *value, const char *text, const char *chosen)
{
    struct node *option = node_add(choice, "option");
    node_set(option, "value", value);
    node_set(option, "text", text);
    node_set_flag(option, "selected", strcmp(value, chosen) == 0);
}

/* Away from its field a fault must say which it means. */
static char *named_fault(const struct field *field, const struct value *value, enum language language)
{
    g_autofree char *fault = value_fault_text(value, language);
    if (field->label == 0) {
        return g_steal_pointer(&fault);
    }
    return label_format(language, LABEL_ERROR_AT_FIELD, "field", label_text(language, field->label), "error", fault,
                        NULL);
}

void form_errors_node(struct node *root, const struct values *values, enum language language)
{
    if (values_are_good(values)) {
        return;
    }
    struct node *errors = node_add(root, "errors");
    if (values->has_summary) {
        struct node *error = node_add(errors, "error");
        node_take(error, "text", label_fill(language, values->summary, values->summary_name, values->summary_value));
    }
    for (guint i = 0; i < values->form->n; i++) {
        if (values->at[i].is_bad) {
            struct node *error = node_add(errors, "error");
            node_set(error, "field", values->form->fields[i].name);
            node_take(error, "text", named_fault(&values->form->fields[i], &values->at[i], language));
        }
    }
}
