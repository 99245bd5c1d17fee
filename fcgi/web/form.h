/*
 * form.h: the fields a page takes, as a table; the router checks them before the page runs, so that a page gets
 * values that are there, typed and within limits, or the same page is shown again with every fault at its field.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "base/auto.h"
#include "base/clock.h"
#include "view/doc.h"
#include "view/label.h"
#include "web/params.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum field_flag {
    FIELD_REQUIRED = 1 << 0,
    FIELD_LENIENT = 1 << 1, /* a bad value counts as not given: sort keys, page numbers */
    FIELD_EXACT = 1 << 2,   /* a secret: not trimmed, never shown again, never kept: passwords */
    FIELD_LINES = 1 << 3,   /* may hold line ends */
    FIELD_MANY = 1 << 4     /* numbers, as many as are sent: boxes of a table; `numbers` holds them */
};

struct value {
    char *text;      /* as typed (trimmed), or what the checker made of it; "" if not given */
    uint64_t number; /* field_number */
    GArray *numbers; /* FIELD_MANY: uint64_t, in the order sent; else NULL */
    int choice;      /* field_choice: its position; -1 if not given */
    bool is_given, is_bad;
    enum label fault; /* when is_bad, with one named argument at most, or {min} and {max} */
    const char *fault_name;
    char *fault_value, *fault_max; /* fault_max: of {min} and {max} alone */
};

struct field {
    const char *name;
    /* Read `value->text`; on a fault call value_fault and return false. Not called for what is not given. */
    bool (*check)(const struct field *field, struct value *value);
    unsigned flags;
    int64_t least, most;        /* characters of a text, limits of a number */
    const char *const *choices; /* NULL-terminated words */
    enum label label;           /* how the summary of faults calls it; 0 (the name of a state): not at all */
};

struct form {
    const char *name;
    const struct field *fields;
    guint n;
};

#define FORM(name_, fields_) ((struct form){ .name = (name_), .fields = (fields_), .n = G_N_ELEMENTS(fields_) })

/* Where the field `name` stands in `form`; it must be there. */
guint form_position(const struct form *form, const char *name);

/* The values of a form, in the order of its fields. */
struct values {
    const struct form *form;
    struct value *at;
    enum label summary; /* a fault of the form as a whole, when has_summary */
    bool has_summary;
    const char *summary_name;
    char *summary_value;
};

/* Check `params` by `form`. The caller frees. */
struct values *form_check(const struct form *form, const struct params *params);
struct values *form_blank(const struct form *form); /* nothing sent, nothing at fault */
void values_free(struct values *values);
AUTO_DEFINE(values)

/* True if no field and not the form as a whole is at fault. */
bool values_are_good(const struct values *values);

/* Note a fault that only a rule or the store could find. `name` NULL: no argument. */
void value_fault(struct value *value, enum label fault, const char *name, const char *argument);
void values_fault(struct values *values, enum label fault, const char *name, const char *argument);

/* Give a value that was not sent: what an edit form begins with. */
void value_preset(struct value *value, const char *text);

/* Checkers. */
bool field_text(const struct field *field, struct value *value);
bool field_number(const struct field *field, struct value *value);
bool field_choice(const struct field *field, struct value *value);
bool field_id(const struct field *field, struct value *value);   /* the text becomes what was meant: text_id */
bool field_day(const struct field *field, struct value *value);  /* what may be typed for a day, good or not */
bool field_date(const struct field *field, struct value *value); /* a day that there is: date_parse */

/* <option value text selected/>; `chosen`: the value as sent. */
void form_option_node(struct node *choice, const char *value, const char *text, const char *chosen);

/* Add <field name value error required max> for field `i`, and <errors> for all faults below `root`. */
struct node *form_field_node(struct node *parent, const struct values *values, guint i, enum language language);
void form_errors_node(struct node *root, const struct values *values, enum language language);

/* The text of a value's fault; NULL if it has none. The caller frees. */
char *value_fault_text(const struct value *value, enum language language);

#endif
