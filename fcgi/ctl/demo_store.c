/*
 * demo_store.c: a thought-up fleet as rows. Decides nothing.
 */
#include "ctl/demo.h"

#include "base/text.h"
#include "catalogue/catalogue.h"

struct insert {
    struct db *db;
    const struct secret_keys *keys;
    const struct demo_fleet *fleet;
    const struct demo_creator *creator;
    uint64_t option_sets[DEMO_OPTIONS_N];
    uint64_t *groups;
};

static const char *const option_codes[DEMO_OPTIONS_N][3] = {
    [DEMO_OPTIONS_NONE] = { NULL },
    [DEMO_OPTIONS_RECHARGE] = { "recharge", NULL },
    [DEMO_OPTIONS_BOTH] = { "data-share", "recharge", NULL },
};

bool demo_lines_count(struct db *db, uint64_t customer, uint64_t *n, GError **error)
{
    AUTO(db_rows) struct db_rows *rows = db_query(db, STATEMENT_DEMO_LINE_COUNT, error, DB_U64(customer));
    if (rows == NULL) {
        return false;
    }
    *n = db_next(rows) ? db_get_u64(rows, 0) : 0;
    return true;
}

static bool insert_line(const struct insert *in, const struct demo_line *line, uint64_t *id, GError **error)
{
    const struct demo_plan *plan = demo_fleet_plan(in->fleet, (int)line->plan);
    const struct demo_project *project = in->fleet->customer->projects->pdata[line->project];
    g_autofree char *search = text_search_key(line->label);
    struct date activated = { 0 };
    if (line->activated_at.us != 0) {
        activated = moment_date(line->activated_at);
    }
    if (!db_run(in->db, STATEMENT_DEMO_LINE_ADD, NULL, error, DB_U64(in->fleet->customer->id), DB_U64(project->id),
                DB_TEXT(line->phone), DB_TEXT(line->serial), DB_TEXT(card_kind_code(line->kind)),
                DB_TEXT(card_size_code(line->size)), DB_TEXT(line_state_code(line->state)), DB_U64(line->throttled),
                DB_U64(plan->service_id), DB_U64(plan->id), DB_U64(in->option_sets[line->options]),
                db_u64_or_null(line->group >= 0 ? in->groups[line->group] : 0), DB_TEXT(line->label), DB_TEXT(search),
                DB_TEXT(line->memo), db_date_or_null(activated), db_date_or_null(line->terminated_on),
                DB_MOMENT(line->created_at))) {
        return false;
    }
    *id = db_last_id(in->db);
    return true;
}

static bool insert_cards(const struct insert *in, const struct demo_line *line, uint64_t id, GError **error)
{
    struct db_value code = DB_NULL;
    g_autoptr(GBytes) sealed = NULL;
    if (line->kind == CARD_ESIM) {
        gsize size = 0;
        sealed = secret_seal(in->keys, line->activation_code);
        const void *bytes = g_bytes_get_data(sealed, &size);
        code = DB_BYTES(bytes, size);
    }
    bool was_reissued = line->reissued_at.us != 0;
    if (was_reissued &&
        !db_run(in->db, STATEMENT_DEMO_CARD_ADD, NULL, error, DB_U64(id), DB_TEXT(line->old_serial),
                DB_TEXT(line->old_iccid), DB_TEXT(card_kind_code(CARD_CARD)), DB_TEXT(card_size_code(CARD_STANDARD)),
                DB_NULL, DB_MOMENT(line->created_at), DB_MOMENT(line->reissued_at))) {
        return false;
    }
    struct date ended = line->terminated_on;
    return db_run(in->db, STATEMENT_DEMO_CARD_ADD, NULL, error, DB_U64(id), DB_TEXT(line->serial), DB_TEXT(line->iccid),
                  DB_TEXT(card_kind_code(line->kind)), DB_TEXT(card_size_code(line->size)), code,
                  DB_MOMENT(was_reissued ? line->reissued_at : line->created_at),
                  ended.month == 0 ? DB_NULL : DB_MOMENT(date_start(date_add(ended, 1))));
}

static bool insert_contract(const struct insert *in, const struct demo_line *line, uint64_t id, GError **error)
{
    struct db *db = in->db;
    struct date from = moment_date(line->created_at);
    const struct demo_project *project = in->fleet->customer->projects->pdata[line->project];
    if (line->old_plan >= 0) {
        struct date to = date_add(line->plan_changed_on, -1);
        if (!db_run(db, STATEMENT_DEMO_LINE_PLAN_ADD, NULL, error, DB_U64(id), DB_DATE(from), DB_DATE(to),
                    DB_U64(demo_fleet_plan(in->fleet, line->old_plan)->id))) {
            return false;
        }
    }
    struct date plan_from = line->old_plan >= 0 ? line->plan_changed_on : from;
    if (!db_run(db, STATEMENT_DEMO_LINE_PLAN_ADD, NULL, error, DB_U64(id), DB_DATE(plan_from),
                db_date_or_null(line->terminated_on), DB_U64(demo_fleet_plan(in->fleet, (int)line->plan)->id)) ||
        !db_run(db, STATEMENT_DEMO_LINE_PROJECT_ADD, NULL, error, DB_U64(id), DB_DATE(from), DB_U64(project->id))) {
        return false;
    }
    for (const char *const *code = option_codes[line->options]; *code != NULL; code++) {
        if (!db_run(db, STATEMENT_DEMO_LINE_OPTION_ADD, NULL, error, DB_U64(id), DB_DATE(from), DB_TEXT(*code))) {
            return false;
        }
    }
    return line->group < 0 || db_run(db, STATEMENT_DEMO_SHARE_MEMBER_ADD, NULL, error, DB_U64(id),
                                     DB_U64(month_key(line->joined)), DB_U64(in->groups[line->group]));
}

static bool insert_figures(const struct insert *in, const struct demo_line *line, uint64_t id, GError **error)
{
    uint64_t customer = in->fleet->customer->id;
    for (guint i = 0; i < line->n_months; i++) {
        const struct demo_month *month = &line->months[i];
        if (!db_run(in->db, STATEMENT_DEMO_LINE_MONTH_ADD, NULL, error, DB_U64(month_key(month->month)), DB_U64(id),
                    DB_U64(customer), DB_I64(month->capacity), DB_I64(month->used), DB_I64(month->remaining),
                    db_moment_or_null(month->as_of))) {
            return false;
        }
    }
    for (guint i = 0; i < line->n_recharges; i++) {
        const struct demo_recharge *recharge = &line->recharges[i];
        if (!db_run(in->db, STATEMENT_DEMO_RECHARGE_ADD, NULL, error, DB_U64(customer), DB_U64(id), DB_NULL,
                    DB_I64(recharge->bytes), DB_I64(recharge->consumed), DB_U64(0), DB_MOMENT(recharge->effective),
                    DB_DATE(recharge->valid_until))) {
            return false;
        }
    }
    return true;
}

static bool insert_events(const struct insert *in, const struct demo_line *line, uint64_t id, GError **error)
{
    for (guint i = 0; i < line->n_events; i++) {
        const struct demo_event *event = &line->events[i];
        bool by_account = !event->by_worker && in->creator->id != 0;
        if (!db_run(in->db, STATEMENT_DEMO_LINE_EVENT_ADD, NULL, error, DB_U64(id), DB_U64(in->fleet->customer->id),
                    DB_MOMENT(event->at), DB_TEXT(event->kind), DB_TEXT(event->from), DB_TEXT(event->to),
                    DB_TEXT(by_account ? "account" : "worker"), db_u64_or_null(by_account ? in->creator->id : 0),
                    DB_TEXT(by_account ? in->creator->login_id : "worker"))) {
            return false;
        }
    }
    return true;
}

/* ---- groups ---- */

/* The first line of a group says since when it is there and of which capacity. */
static const struct demo_line *first_member(const struct demo_fleet *fleet, int group)
{
    for (guint i = 0; i < fleet->lines->len; i++) {
        const struct demo_line *line = fleet->lines->pdata[i];
        if (line->group == group) {
            return line;
        }
    }
    return NULL;
}

static bool insert_group(struct insert *in, int group, GError **error)
{
    const char *name = in->fleet->customer->groups[group];
    const struct demo_line *member = first_member(in->fleet, group);
    g_autofree char *search = text_search_key(name);
    if (member == NULL) {
        return true;
    }
    struct moment made = moment_add(date_start(month_first(member->joined)), -9 * 86400);
    uint64_t capacity = demo_fleet_plan(in->fleet, (int)member->plan)->capacity_bytes;
    if (!db_run(in->db, STATEMENT_DEMO_SHARE_GROUP_ADD, NULL, error, DB_U64(in->fleet->customer->id), DB_TEXT(name),
                DB_TEXT(search), DB_U64(capacity), db_u64_or_null(in->creator->id), DB_MOMENT(made))) {
        return false;
    }
    in->groups[group] = db_last_id(in->db);
    struct date today = moment_date(in->fleet->now);
    return group != 0 ||
           db_run(in->db, STATEMENT_DEMO_RECHARGE_ADD, NULL, error, DB_U64(in->fleet->customer->id), DB_NULL,
                  DB_U64(in->groups[group]), DB_I64(3 * TEXT_GB), DB_U64(0), DB_U64(0),
                  DB_MOMENT(demo_fleet_moment(in->fleet, today)), DB_DATE(month_last(month_add(date_month(today), 3))));
}

static bool prepare(struct insert *in, GError **error)
{
    for (int options = 0; options < DEMO_OPTIONS_N; options++) {
        if (!option_set_ensure(in->db, option_codes[options], &in->option_sets[options], error)) {
            return false;
        }
    }
    for (int group = 0; in->fleet->customer->groups[group] != NULL; group++) {
        if (!insert_group(in, group, error)) {
            return false;
        }
    }
    return true;
}

bool demo_figures_set(struct db *db, uint64_t first, uint64_t last, GError **error)
{
    return db_run(db, STATEMENT_DEMO_CARDS_SET_FORMER, NULL, error, DB_U64(first), DB_U64(last)) &&
           db_run(db, STATEMENT_DEMO_COUNTS_SET, NULL, error, DB_U64(first), DB_U64(last)) &&
           db_run(db, STATEMENT_DEMO_MONTHS_SUM, NULL, error, DB_U64(first), DB_U64(last));
}

bool demo_fleet_insert(struct db *db, const struct secret_keys *keys, const struct demo_fleet *fleet,
                       const struct demo_creator *creator, GError **error)
{
    g_autofree uint64_t *groups = g_new0(uint64_t, g_strv_length(fleet->customer->groups) + 1);
    struct insert in = { .db = db, .keys = keys, .fleet = fleet, .creator = creator, .groups = groups };
    bool good = prepare(&in, error);
    for (guint i = 0; good && i < fleet->lines->len; i++) {
        const struct demo_line *line = fleet->lines->pdata[i];
        uint64_t id = 0;
        good = insert_line(&in, line, &id, error) && insert_cards(&in, line, id, error) &&
               insert_contract(&in, line, id, error) && insert_figures(&in, line, id, error) &&
               insert_events(&in, line, id, error);
    }
    return good && demo_figures_set(db, fleet->customer->id, fleet->customer->id, error);
}
