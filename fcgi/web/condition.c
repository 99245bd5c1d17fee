/*
 * condition.c: see condition.h.
 */
#include "web/condition.h"

#include "view/label.h"
#include "web/form.h"

struct node *condition_search(struct context *context, const char *fold)
{
    struct node *search = node_add(context->part, "search");
    node_set(search, "action", context->request->path);
    node_set(search, "reset", context->request->path);
    node_set_flag(search, "open", !values_are_good(context->values) || !context_is_folded(context, fold));
    return search;
}

void condition_hidden(struct node *search, const char *name, const char *value)
{
    if (*value != '\0') {
        struct node *hidden = node_add(search, "hidden");
        node_set(hidden, "name", name);
        node_set(hidden, "value", value);
    }
}

static struct node *condition(struct context *context, struct node *search, guint i)
{
    const struct field *field = &context->values->form->fields[i];
    struct node *node = node_add(search, "condition");
    node_set(node, "name", field->name);
    node_set(node, "text", label_text(context->language, field->label));
    node_take(node, "error", value_fault_text(&context->values->at[i], context->language));
    return node;
}

void condition_text(struct context *context, struct node *search, guint field, bool is_part)
{
    struct node *node = condition(context, search, field);
    node_set(node, "value", context->values->at[field].text);
    node_set(node, "hint", is_part ? label_text(context->language, LABEL_FORM_PARTIAL) : NULL);
}

struct node *condition_choice(struct context *context, struct node *search, guint field, bool is_optional)
{
    struct node *node = condition(context, search, field);
    node_set_flag(node, "choose", true);
    node_set(node, "any", is_optional ? label_text(context->language, LABEL_FORM_ANY) : NULL);
    return node;
}
