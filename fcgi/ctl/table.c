/*
 * table.c: prints rows: columns aligned for people (wide characters take two places), JSON for scripts.
 */
#include "ctl/ctl.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

struct ctl_table {
    const struct ctl_column *columns;
    guint n;
    GPtrArray *cells; /* texts; NULL for none */
};

struct ctl_table *ctl_table_new(const struct ctl_column *columns)
{
    struct ctl_table *table = g_new0(struct ctl_table, 1);
    table->columns = columns;
    while (columns[table->n].name != NULL) {
        table->n++;
    }
    table->cells = g_ptr_array_new_with_free_func(g_free);
    return table;
}

void ctl_add_taken(struct ctl_table *table, char *text)
{
    g_ptr_array_add(table->cells, text);
}

void ctl_add_text(struct ctl_table *table, const char *text)
{
    ctl_add_taken(table, g_strdup(text));
}

void ctl_add_number(struct ctl_table *table, uint64_t number)
{
    ctl_add_taken(table, g_strdup_printf("%" G_GUINT64_FORMAT, number));
}

void ctl_add_flag(struct ctl_table *table, bool flag)
{
    ctl_add_text(table, flag ? "yes" : "no");
}

void ctl_add_moment(struct ctl_table *table, struct moment at)
{
    ctl_add_taken(table, at.us == 0 ? NULL : moment_iso(at));
}

static guint width(const char *text)
{
    guint n = 0;
    for (; text != NULL && *text != '\0'; text = g_utf8_next_char(text)) {
        n += g_unichar_iswide(g_utf8_get_char(text)) ? 2 : 1;
    }
    return n;
}

static void print_cell(const char *text, guint place, enum ctl_cell cell, bool is_last)
{
    int pad = (int)(place - width(text));
    const char *shown = text != NULL ? text : "";
    if (cell == CELL_NUMBER) {
        printf("%*s%s%s", pad, "", shown, is_last ? "\n" : "  ");
    } else {
        printf("%s%*s%s", shown, is_last ? 0 : pad, "", is_last ? "\n" : "  ");
    }
}

static void print_text(const struct ctl_table *table)
{
    g_autofree guint *widths = g_new0(guint, table->n);
    for (guint i = 0; i < table->n; i++) {
        widths[i] = width(table->columns[i].name);
    }
    for (guint i = 0; i < table->cells->len; i++) {
        widths[i % table->n] = MAX(widths[i % table->n], width(table->cells->pdata[i]));
    }
    for (guint i = 0; i < table->n; i++) {
        g_autofree char *head = g_ascii_strup(table->columns[i].name, -1);
        print_cell(g_strdelimit(head, "_", ' '), widths[i], table->columns[i].cell, i + 1 == table->n);
    }
    for (guint i = 0; i < table->cells->len; i++) {
        guint column = i % table->n;
        print_cell(table->cells->pdata[i], widths[column], table->columns[column].cell, column + 1 == table->n);
    }
}

static struct json_object *json_cell(const char *text, enum ctl_cell cell)
{
    if (text == NULL) {
        return NULL;
    }
    switch (cell) {
    case CELL_NUMBER:
        return json_object_new_uint64(g_ascii_strtoull(text, NULL, 10));
    case CELL_FLAG:
        return json_object_new_boolean(strcmp(text, "yes") == 0);
    case CELL_JSON:
        return json_tokener_parse(text);
    default:
        return json_object_new_string(text);
    }
}

static struct json_object *json_rows(const struct ctl_table *table)
{
    struct json_object *list = json_object_new_array();
    for (guint i = 0; i < table->cells->len; i += table->n) {
        struct json_object *row = json_object_new_object();
        for (guint column = 0; column < table->n; column++) {
            json_object_object_add(row, table->columns[column].name,
                                   json_cell(table->cells->pdata[i + column], table->columns[column].cell));
        }
        json_object_array_add(list, row);
    }
    return list;
}

static void put_json(struct json_object *shown)
{
    puts(json_object_to_json_string_ext(shown, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}

static void print_json(const struct ctl_table *table, bool single)
{
    struct json_object *list = json_rows(table);
    put_json(single ? json_object_array_get_idx(list, 0) : list);
    json_object_put(list);
}

/* A line a cell. */
static void print_facts(const struct ctl_table *table)
{
    guint widest = 0;
    for (guint i = 0; i < table->n; i++) {
        widest = MAX(widest, width(table->columns[i].name));
    }
    for (guint i = 0; i < table->n; i++) {
        g_autofree char *head = g_ascii_strup(table->columns[i].name, -1);
        print_cell(g_strdelimit(head, "_", ' '), widest, CELL_TEXT, false);
        print_cell(table->cells->pdata[i], 0, CELL_TEXT, true);
    }
}

void ctl_table_free(struct ctl_table *table)
{
    g_ptr_array_unref(table->cells);
    g_free(table);
}

static void print_json_with(struct ctl_table *facts, const char *const *names, struct ctl_table *const *tables)
{
    struct json_object *list = json_rows(facts), *object = json_object_array_get_idx(list, 0);
    for (guint i = 0; tables[i] != NULL; i++) {
        json_object_object_add(object, names[i], json_rows(tables[i]));
    }
    put_json(object);
    json_object_put(list);
}

static void print_text_with(struct ctl_table *facts, const char *const *names, struct ctl_table *const *tables)
{
    print_facts(facts);
    for (guint i = 0; tables[i] != NULL; i++) {
        if (tables[i]->cells->len > 0) {
            printf("\n%s:\n", names[i]);
            print_text(tables[i]);
        }
    }
}

void ctl_table_print_with(const struct ctl *ctl, struct ctl_table *facts, const char *const *names,
                          struct ctl_table *const *tables)
{
    g_assert(facts->cells->len == facts->n);
    (ctl->json ? print_json_with : print_text_with)(facts, names, tables);
    for (guint i = 0; tables[i] != NULL; i++) {
        ctl_table_free(tables[i]);
    }
    ctl_table_free(facts);
}

void ctl_table_print(const struct ctl *ctl, struct ctl_table *table, bool single)
{
    g_assert(table->cells->len % table->n == 0);
    if (ctl->json) {
        print_json(table, single);
    } else {
        print_text(table);
    }
    ctl_table_free(table);
}
