/*
 * line_choice_store.c: what the conditions of the SIM list may be chosen from, and how many lines a search finds: from
 * what is kept where that tells it, else counted.
 */
#include "line/line_search_store.h"

#include "catalogue/catalogue.h"
#include "line/line_store.h"

#include <string.h>

/* True if the kept counters answer: no condition, or the state alone, or throttled alone. */
static bool is_kept(const struct line_search *search)
{
    bool others = search->phone != NULL || search->serial != NULL || search->label != NULL || search->service != 0 ||
                  search->plan != 0 || search->group >= 0 || search->only_customer != 0;
    return !others && search->throttled != 0 &&
           !(search->throttled == 1 && (search->state >= 0 || search->states != 0)) &&
           (search->states == 0 || search->customer != 0);
}

static uint64_t kept_total(const struct line_search *search, const uint64_t *counts)
{
    uint64_t total = 0;
    if (search->throttled == 1) {
        return counts[LINE_COUNT_THROTTLED];
    }
    for (int i = 0; i < LINE_STATE_N; i++) {
        bool is_asked = search->states != 0 ? (search->states & 1U << i) != 0 : search->state < 0 || search->state == i;
        total += is_asked ? counts[i] : 0;
    }
    return total;
}

static enum statement put_choices_of_all(struct line_parameters *all, const struct line_search *search)
{
    if (is_kept(search)) {
        const char *state = search->state >= 0 ? line_state_code((enum line_state)search->state) : "";
        line_put(all, DB_TEXT(search->throttled == 1 ? "throttled" : state));
        line_put(all, DB_U64(search->account));
        return STATEMENT_LINE_CHOICES_ALL;
    }
    static const enum statement counted[LINE_ALL_WAY_N] = {
        [LINE_ALL_BY_CUSTOMER] = STATEMENT_LINE_CHOICES_ALL_BY_CUSTOMER,
        [LINE_ALL_BY_PHONE] = STATEMENT_LINE_CHOICES_ALL_BY_PHONE,
        [LINE_ALL_BY_SERIAL] = STATEMENT_LINE_CHOICES_ALL_BY_SERIAL,
        [LINE_ALL_BY_SCAN] = STATEMENT_LINE_CHOICES_ALL_BY_SCAN,
    };
    enum line_all_way way = line_search_all_way(search, 0);
    for (int i = 0; way == LINE_ALL_BY_SERIAL && i < 2; i++) { /* numbers of today; then former ones, but for these */
        line_put(all, DB_U64(search->account));
        line_put_times(all, DB_TEXT(all->like_serial), i + 1);
        line_put_only_customer(all, search);
        line_put_other_filters(all, search);
    }
    if (way != LINE_ALL_BY_SERIAL) {
        line_put(all, DB_U64(search->account));
        line_put_only_customer(all, search);
        line_put_filters(all, search);
    }
    return counted[way];
}

static enum statement put_choices(struct line_parameters *all, const struct line_search *search)
{
    static const enum statement alone[LINE_WAY_N] = {
        [LINE_WAY_PHONE] = STATEMENT_LINE_CHOICES_HITS_PHONE, [LINE_WAY_SERIAL] = STATEMENT_LINE_CHOICES_HITS_SERIAL
    };
    static const enum statement counted[LINE_WAY_N] = { [LINE_WAY_ORDER] = STATEMENT_LINE_CHOICES_BY_ORDER,
                                                        [LINE_WAY_PHONE] = STATEMENT_LINE_CHOICES_BY_PHONE,
                                                        [LINE_WAY_SERIAL] = STATEMENT_LINE_CHOICES_BY_SERIAL };
    enum line_way way = line_way(search);
    if (search->customer == 0) {
        return put_choices_of_all(all, search);
    }
    if (way != LINE_WAY_ORDER) {
        line_put_hits(all, search);
        if (!line_has_filters(search) && (search->phone == NULL || search->serial == NULL)) {
            return alone[way];
        }
    }
    line_put(all, DB_U64(search->customer));
    line_put_filters(all, search);
    return counted[way];
}

static void choice_free(gpointer data)
{
    g_free(((struct line_choice *)data)->text);
    g_free(data);
}

static void add_choice(GPtrArray *choices, enum line_choice_kind kind, uint64_t id, const char *text)
{
    struct line_choice *choice = g_new0(struct line_choice, 1);
    *choice = (struct line_choice){ .kind = kind, .id = id, .text = g_strdup(text) };
    g_ptr_array_add(choices, choice);
}

static enum line_choice_kind kind_of(const char *word)
{
    static const char *const kinds[LINE_CHOICE_N] = { "service", "plan", "group" };
    enum line_choice_kind kind = LINE_CHOICE_SERVICE;
    while (kind < LINE_CHOICE_N && strcmp(kinds[kind], word) != 0) {
        kind++;
    }
    return kind;
}

/* `counted` gets what a row "count" tells. */
static void add_rows(GPtrArray *choices, struct db_rows *rows, uint64_t *counted)
{
    while (db_next(rows)) {
        const char *word = db_get_text(rows, 0);
        if (strcmp(word, "count") == 0) {
            *counted = db_get_u64(rows, 1);
        } else {
            add_choice(choices, kind_of(word), db_get_u64(rows, 1), db_get_text(rows, 2));
        }
    }
}

GPtrArray *line_choices_on_offer(struct db *db, const struct session *session, enum language language, GError **error)
{
    const struct catalogue_names *names = catalogue_names(db, session->edition, error);
    if (names == NULL) {
        return NULL;
    }
    GPtrArray *choices = g_ptr_array_new_with_free_func(choice_free);
    for (guint i = 0; i < names->all->len; i++) {
        const struct catalogue_name *name = names->all->pdata[i];
        if (name->kind != CATALOGUE_OPTIONS) {
            add_choice(choices, name->kind == CATALOGUE_PLAN ? LINE_CHOICE_PLAN : LINE_CHOICE_SERVICE, name->id,
                       name->text[language]);
        }
    }
    return choices;
}

static bool add_groups(struct db *db, uint64_t customer, GPtrArray *choices, GError **error)
{
    uint64_t none = 0;
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_LINE_CHOICES_GROUPS, error, DB_U64(customer));
    if (rows != NULL) {
        add_rows(choices, rows, &none);
    }
    return rows != NULL;
}

/* What the session and the kept names tell; a statement only for groups. */
static GPtrArray *told(struct db *db, const struct line_search *search, const struct session *session, uint64_t *total,
                       GError **error)
{
    g_autoptr(GPtrArray) choices = line_choices_on_offer(db, session, search->language, error);
    if (choices == NULL || (session->share_groups > 0 && !add_groups(db, search->customer, choices, error))) {
        return NULL;
    }
    if (total != NULL) {
        *total = kept_total(search, session->counts);
    }
    return g_steal_pointer(&choices);
}

static GPtrArray *counted(struct db *db, const struct line_search *search, uint64_t *total, GError **error)
{
    struct line_parameters all = line_parameters_begin(search);
    uint64_t found = 0;
    enum statement statement = put_choices(&all, search);
    line_put_times(&all, DB_TEXT(language_code(search->language)), 2);
    line_put(&all, db_u64_or_null(search->customer));
    AUTO(db_rows) struct db_rows *rows = db_query_values(db, statement, all.at, all.n, error);
    line_parameters_clear(&all);
    if (rows == NULL) {
        return NULL;
    }
    GPtrArray *choices = g_ptr_array_new_with_free_func(choice_free);
    add_rows(choices, rows, &found);
    if (total != NULL) {
        *total = found;
    }
    return choices;
}

GPtrArray *line_choices(struct db *db, const struct line_search *search, const struct session *session, uint64_t *total,
                        GError **error)
{
    bool is_told = search->customer != 0 && (total == NULL || is_kept(search));
    return is_told ? told(db, search, session, total, error) : counted(db, search, total, error);
}
