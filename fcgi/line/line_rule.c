/*
 * line_rule.c: words for states and the accounting of data, see line_rule.h.
 */
#include "line/line_rule.h"

static const char *const states[LINE_STATE_N] = {
    [LINE_INACTIVE] = "inactive",   [LINE_ACTIVE] = "active",         [LINE_SUSPENDED] = "suspended",
    [LINE_REISSUING] = "reissuing", [LINE_TERMINATED] = "terminated", [LINE_FAILED] = "failed",
};

static const char *const kinds[CARD_KIND_N] = { [CARD_CARD] = "card", [CARD_ESIM] = "esim" };

static const char *const sizes[CARD_SIZE_N] = {
    [CARD_STANDARD] = "standard",
    [CARD_MICRO] = "micro",
    [CARD_NANO] = "nano",
    [CARD_NO_SIZE] = "none",
};

/* The place of `code` among `codes`, -1 if it is not there. */
static int find_code(const char *const *codes, int n, const char *code)
{
    for (int i = 0; i < n; i++) {
        if (g_strcmp0(codes[i], code) == 0)
            return i;
    }
    return -1;
}

/* In the order of an index a page is read at once where lines are found everywhere; where they are few, all of the
 * index might be walked through for it. From so many customers on all lines are faster read than those of each. */
enum { ALL_FEW_LINES = 10000, ALL_MANY_CUSTOMERS = 100 };

enum line_all_way line_all_way(const struct line_all_facts *facts)
{
    bool has_number = facts->has_phone || facts->has_serial;
    if (!has_number && !facts->has_filters && !facts->is_of_one) {
        return LINE_ALL_PLAIN;
    }
    if (facts->found > ALL_FEW_LINES) {
        return LINE_ALL_IN_ORDER;
    }
    if (has_number) {
        return facts->has_phone ? LINE_ALL_BY_PHONE : LINE_ALL_BY_SERIAL;
    }
    bool is_scanned = !facts->is_of_one && facts->customers >= ALL_MANY_CUSTOMERS;
    return is_scanned ? LINE_ALL_BY_SCAN : LINE_ALL_BY_CUSTOMER;
}

const char *line_state_code(enum line_state state)
{
    g_assert(state < LINE_STATE_N);
    return states[state];
}

const char *card_kind_code(enum card_kind kind)
{
    g_assert(kind < CARD_KIND_N);
    return kinds[kind];
}

const char *card_size_code(enum card_size size)
{
    g_assert(size < CARD_SIZE_N);
    return sizes[size];
}

bool line_state_read(const char *code, enum line_state *state)
{
    int found = find_code(states, LINE_STATE_N, code);

    if (found < 0)
        return false;
    *state = (enum line_state)found;
    return true;
}

bool card_kind_read(const char *code, enum card_kind *kind)
{
    int found = find_code(kinds, CARD_KIND_N, code);

    if (found < 0)
        return false;
    *kind = (enum card_kind)found;
    return true;
}

bool card_size_read(const char *code, enum card_size *size)
{
    int found = find_code(sizes, CARD_SIZE_N, code);

    if (found < 0)
        return false;
    *size = (enum card_size)found;
    return true;
}

int line_used_percent(int64_t capacity, int64_t used)
{
    if (used <= 0)
        return 0;
    if (used >= capacity)
        return 100;
    /* Dividing first would lose small capacities, multiplying first could overflow. */
    return capacity > G_MAXINT64 / 100 ? (int)(used / (capacity / 100)) : (int)(used * 100 / capacity);
}

struct account {
    int64_t remaining; /* of capacity and recharges */
    int64_t overuse;   /* covered by neither */
    int64_t drawn;     /* from the recharge asked about */
};

static struct account settle(int64_t capacity, int64_t used, const struct line_recharge *recharges, gsize n,
                             gsize asked, struct date today)
{
    struct account account = { MAX(capacity - used, 0), MAX(used - capacity, 0), 0 };

    for (gsize i = 0; i < n; i++) {
        const struct line_recharge *recharge = &recharges[i];
        int64_t left = MAX(recharge->bytes - recharge->consumed, 0);
        int64_t drawn = CLAMP(account.overuse - recharge->set_aside, 0, left);

        if (date_compare(recharge->valid_until, today) < 0)
            continue;
        account.remaining += left - drawn;
        account.overuse -= drawn;
        if (i == asked)
            account.drawn = drawn;
    }
    return account;
}

int64_t line_remaining(int64_t capacity, int64_t used, const struct line_recharge *recharges, gsize n,
                       struct date today)
{
    return settle(capacity, used, recharges, n, n, today).remaining;
}

int64_t line_drawn(int64_t capacity, int64_t used, const struct line_recharge *recharges, gsize n, gsize at,
                   struct date today)
{
    return settle(capacity, used, recharges, n, at, today).drawn;
}

int64_t line_overuse(int64_t capacity, int64_t used, const struct line_recharge *recharges, gsize n, struct date today)
{
    return settle(capacity, used, recharges, n, n, today).overuse;
}

/* ---- several states ---- */

char *line_states_write(unsigned several)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < LINE_STATE_N; i++) {
        if ((several & 1U << i) != 0) {
            g_string_append_printf(text, "%s%s", text->len > 0 ? "," : "", line_state_code((enum line_state)i));
        }
    }
    return g_string_free(text, FALSE);
}

bool line_states_read(const char *text, unsigned *several)
{
    g_auto(GStrv) words = g_strsplit(text, ",", LINE_STATE_N + 1);
    unsigned read = 0;
    for (guint i = 0; words[i] != NULL; i++) {
        enum line_state state;
        if (!line_state_read(words[i], &state)) {
            return false;
        }
        read |= 1U << state;
    }
    if (read != 0) {
        *several = read;
    }
    return read != 0;
}
