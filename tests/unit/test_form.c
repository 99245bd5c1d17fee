/*
 * test_form.c: each field is checked by its row of the table, on both sides of every limit.
 */
#include "web/form.h"

#include "dump.h"

#include <string.h>

static const char *const sizes[] = { "20", "50", "100", NULL };

static const struct field fields[] = {
    { .name = "name", .check = field_text, .flags = FIELD_REQUIRED, .least = 2, .most = 5 },
    { .name = "memo", .check = field_text, .flags = FIELD_LINES, .most = 10 },
    { .name = "secret", .check = field_text, .flags = FIELD_EXACT, .least = 1, .most = 5 },
    { .name = "n", .check = field_number, .least = 1, .most = 1000 },
    { .name = "id", .check = field_number },
    { .name = "size", .check = field_choice, .choices = sizes },
    { .name = "page", .check = field_number, .flags = FIELD_LENIENT, .least = 1 },
    { .name = "day", .check = field_day },
    { .name = "date", .check = field_date },
    { .name = "number", .check = field_id, .most = 12 },
    { .name = "sort", .check = field_choice, .flags = FIELD_LENIENT, .choices = sizes },
};
static const struct form form = { .name = "f", .fields = fields, .n = G_N_ELEMENTS(fields) };

static struct values *checked(const char *text)
{
    AUTO(params) struct params *params = params_parse(text, strlen(text), NULL);
    g_assert_nonnull(params);
    return form_check(&form, params);
}

enum { GOOD = -1 };

static void test_fields(void)
{
    static const struct {
        const char *sent, *name, *text; /* text: what the value is then; NULL: not looked at */
        int fault;
        const char *argument;
    } cases[] = {
        { "name=ab", "name", "ab", GOOD, NULL },
        { "name=abcde", "name", "abcde", GOOD, NULL },
        { "name=%E3%81%82%E3%81%82%E3%81%82%E3%81%82%E3%81%82", "name", NULL, GOOD, NULL }, /* 5 characters, 15 bytes */
        { "name=++ab%E3%80%80", "name", "ab", GOOD, NULL },
        { "name=a", "name", "a", LABEL_ERROR_TOO_SHORT, "2" },
        { "name=abcdef", "name", "abcdef", LABEL_ERROR_TOO_LONG, "5" },
        { "", "name", "", LABEL_ERROR_REQUIRED, NULL },
        { "name=", "name", "", LABEL_ERROR_REQUIRED, NULL },
        { "name=+%E3%80%80", "name", "", LABEL_ERROR_REQUIRED, NULL },
        { "name=a%0Ab", "name", NULL, LABEL_ERROR_NOT_TEXT, NULL },
        { "name=ab&name=ab", "name", "ab", LABEL_ERROR_REPEATED, NULL },
        { "name=&name=", "name", "", LABEL_ERROR_REPEATED, NULL },
        { "Name=ab", "name", "", LABEL_ERROR_REQUIRED, NULL },
        { "name=a%1Bb", "name", "a\uFFFDb", LABEL_ERROR_NOT_TEXT, NULL }, /* kept, and told */
        { "name=a%0Bb", "name", "a\nb", LABEL_ERROR_NOT_TEXT, NULL },
        { "name=ab%0C", "name", "ab", GOOD, NULL },
        { "memo=a%0Bb%0Cc", "memo", "a\nb\nc", GOOD, NULL },
        { "memo=a%07b", "memo", "a\uFFFDb", LABEL_ERROR_NOT_TEXT, NULL },
        { "memo=a%EF%BF%BDb", "memo", "a\uFFFDb", GOOD, NULL }, /* typed so */
        { "secret=a%08", "secret", NULL, LABEL_ERROR_NOT_TEXT, NULL },
        { "page=%0E", "page", "", GOOD, NULL },
        { "memo=a%0D%0Ab", "memo", "a\r\nb", GOOD, NULL },
        { "memo=1234567890", "memo", NULL, GOOD, NULL },
        { "memo=12345678901", "memo", NULL, LABEL_ERROR_TOO_LONG, "10" },
        { "secret=+a+", "secret", " a ", GOOD, NULL },
        { "secret=+", "secret", " ", GOOD, NULL },
        { "n=1", "n", NULL, GOOD, NULL },
        { "n=1000", "n", NULL, GOOD, NULL },
        { "n=0", "n", "0", LABEL_ERROR_RANGE, "1" },
        { "n=1001", "n", NULL, LABEL_ERROR_RANGE, "1" },
        { "n=-1", "n", NULL, LABEL_ERROR_RANGE, "1" },
        { "n=%2B1", "n", NULL, LABEL_ERROR_RANGE, "1" },
        { "n=1.0", "n", NULL, LABEL_ERROR_RANGE, "1" },
        { "n=0x10", "n", NULL, LABEL_ERROR_RANGE, "1" },
        { "n=1e2", "n", NULL, LABEL_ERROR_RANGE, "1" },
        { "n=%EF%BC%91", "n", NULL, GOOD, NULL },           /* full-width */
        { "n=1%E2%80%8B%EF%BB%BF", "n", NULL, GOOD, NULL }, /* cannot be seen */
        { "n=%D9%A1", "n", NULL, LABEL_ERROR_RANGE, "1" },  /* another script's digit */
        { "date=2026%E5%B9%B412%E6%9C%8820%E6%97%A5", "date", "2026\u5E7412\u670820\u65E5", GOOD, NULL },
        { "date=%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%96%EF%BC%8F%EF%BC%91%EF%BC%92%EF%BC%8F%EF%BC%92%EF%BC%90", "date",
          NULL, GOOD, NULL },
        { "date=2026-02-30", "date", "2026-02-30", LABEL_ERROR_DATE, NULL },
        { "date=the+first+monday+of+the+month+after+the+next+one", "date", NULL, LABEL_ERROR_DATE, NULL },
        { "date=", "date", "", GOOD, NULL },
        { "day=soon", "day", "soon", GOOD, NULL }, /* who looks at it says what is wrong */
        { "day=the+first+monday+of+the+month+after+the+next+one", "day", NULL, LABEL_ERROR_DATE, NULL },
        { "day=a%0Ab", "day", NULL, LABEL_ERROR_NOT_TEXT, NULL },
        { "number=%E2%80%8BTC1000%E2%88%9200009%EF%BB%BF", "number", "TC1000-00009", GOOD, NULL },
        { "number=a%0Ab", "number", NULL, LABEL_ERROR_NOT_TEXT, NULL },
        { "number=TC1000-000090", "number", NULL, LABEL_ERROR_TOO_LONG, "12" },
        { "n=abc", "n", "abc", LABEL_ERROR_RANGE, "1" },
        { "id=0", "id", NULL, GOOD, NULL },
        { "id=9223372036854775807", "id", NULL, GOOD, NULL },
        { "id=9223372036854775808", "id", NULL, LABEL_ERROR_NUMBER, NULL },
        { "id=99999999999999999999999", "id", NULL, LABEL_ERROR_NUMBER, NULL },
        { "size=50", "size", "50", GOOD, NULL },
        { "size=51", "size", "51", LABEL_ERROR_CHOICE, NULL },
        { "size=5", "size", NULL, LABEL_ERROR_CHOICE, NULL },
        { "size=500", "size", NULL, LABEL_ERROR_CHOICE, NULL },
        { "size=", "size", "", GOOD, NULL },
        { "page=3", "page", "3", GOOD, NULL },
        { "page=0", "page", "", GOOD, NULL },
        { "page=x", "page", "", GOOD, NULL },
        { "page=1&page=2", "page", "", GOOD, NULL },
        { "page=99999999999999999999", "page", "", GOOD, NULL },
        { "sort=DROP+TABLE", "sort", "", GOOD, NULL },
        { "sort=50&sort=50", "sort", "", GOOD, NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        AUTO(values) struct values *values = checked(cases[i].sent);
        const struct value *value = &values->at[form_position(&form, cases[i].name)];
        g_test_message("%s", cases[i].sent);
        g_assert_cmpint(value->is_bad ? (int)value->fault : GOOD, ==, cases[i].fault);
        g_assert_cmpstr(value->fault_value, ==, cases[i].argument);
        g_assert_cmpint(value->is_given, ==, *value->text != '\0');
        if (cases[i].text != NULL) {
            g_assert_cmpstr(value->text, ==, cases[i].text);
        }
    }
}

static void test_typed(void)
{
    AUTO(values) struct values *values = checked("name=ab&n=17&size=100&page=x&sort=20");
    g_assert_cmpuint(values->at[form_position(&form, "n")].number, ==, 17);
    g_assert_cmpint(values->at[form_position(&form, "size")].choice, ==, 2);
    g_assert_cmpint(values->at[form_position(&form, "sort")].choice, ==, 0);
    g_assert_cmpuint(values->at[form_position(&form, "page")].number, ==, 0);
    g_assert_true(values_are_good(values));
    AUTO(values) struct values *blank = form_blank(&form);
    g_assert_cmpint(blank->at[form_position(&form, "size")].choice, ==, -1);
    g_assert_true(values_are_good(blank));
    g_assert_false(blank->at[0].is_given);
}

static void test_whole(void)
{
    AUTO(values) struct values *values = checked("name=ab");
    g_assert_true(values_are_good(values));
    values_fault(values, LABEL_ERROR_CHOICE, NULL, NULL);
    g_assert_false(values_are_good(values));
    AUTO(values) struct values *bad = checked("name=ab&n=0");
    g_assert_false(values_are_good(bad));
    AUTO(values) struct values *preset = form_blank(&form);
    value_preset(&preset->at[0], "x");
    g_assert_true(preset->at[0].is_given);
    value_fault(&preset->at[0], LABEL_ERROR_TOO_LONG, "max", "1");
    value_fault(&preset->at[0], LABEL_ERROR_TOO_LONG, "max", "2"); /* the last counts; the first leaks not */
    g_autofree char *text = value_fault_text(&preset->at[0], LANGUAGE_EN);
    g_assert_cmpstr(text, ==, "Use at most 2 characters.");
}

/* What a person reads: of a number its limits, of a choice that it is one. */
static void test_words(void)
{
    static const struct field told_fields[] = {
        { .name = "limit", .check = field_number, .least = 1, .most = 200 },
        { .name = "version", .check = field_number, .flags = FIELD_REQUIRED, .most = 9 },
        { .name = "id", .check = field_number, .least = 1 },
        { .name = "size", .check = field_choice, .flags = FIELD_REQUIRED, .choices = sizes },
        { .name = "name", .check = field_text, .flags = FIELD_REQUIRED },
    };
    static const struct form told = { .name = "t", .fields = told_fields, .n = G_N_ELEMENTS(told_fields) };
    static const struct {
        const char *sent, *name, *text;
    } cases[] = {
        { "limit=500", "limit", "Please enter a number from 1 to 200." },
        { "limit=0", "limit", "Please enter a number from 1 to 200." },
        { "limit=x", "limit", "Please enter a number from 1 to 200." },
        { "version=10", "version", "Please enter a number from 0 to 9." },
        { "version=", "version", "Please fill this in." },
        { "id=0", "id", "Please enter digits." },
        { "size=", "size", "Please choose one." },
        { "", "size", "Please choose one." },
        { "size=21", "size", "Please choose one from the list." },
        { "", "name", "Please fill this in." },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        AUTO(params) struct params *params = params_parse(cases[i].sent, strlen(cases[i].sent), NULL);
        AUTO(values) struct values *values = form_check(&told, params);
        g_autofree char *text = value_fault_text(&values->at[form_position(&told, cases[i].name)], LANGUAGE_EN);
        g_test_message("%s", cases[i].sent);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

/* Faults stand at their fields and in the summary; what was typed is kept, passwords are not. */
static void test_shown(void)
{
    AUTO(doc) struct doc *doc = doc_new("p", LANGUAGE_EN);
    AUTO(values) struct values *values = checked("name=%22abcdef&secret=abcdef");
    struct node *part = node_add(doc_root(doc), "part");
    form_field_node(part, values, 0, LANGUAGE_EN);
    form_field_node(part, values, 2, LANGUAGE_EN);
    form_field_node(part, values, 5, LANGUAGE_EN);
    form_errors_node(part, values, LANGUAGE_EN);
    g_autofree char *got = dump_node(part);
    g_assert_cmpstr(got, ==,
                    "<part><field name=\"name\" value=\"&quot;abcdef\" error=\"Use at most 5 characters.\" "
                    "required=\"1\" max=\"5\"/>"
                    "<field name=\"secret\" error=\"Use at most 5 characters.\" max=\"5\"/><choice name=\"size\"/>"
                    "<errors><error field=\"name\" text=\"Use at most 5 characters.\"/>"
                    "<error field=\"secret\" text=\"Use at most 5 characters.\"/></errors></part>");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/form/both-sides-of-every-limit", test_fields);
    g_test_add_func("/form/values-are-typed", test_typed);
    g_test_add_func("/form/one-fault-is-enough", test_whole);
    g_test_add_func("/form/faults-in-words", test_words);
    g_test_add_func("/form/faults-at-their-fields", test_shown);
    return g_test_run();
}
