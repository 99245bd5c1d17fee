/*
 * line_import_stage.c: reads rows (line_import_rule.c) and hands them to the crew in batches, so that memory stays flat
 * and the database works while the file is read. Then the crew checks the rows, stretch by stretch.
 */
#include "line/line_import_stage.h"

#include "base/error.h"
#include "bulk/bulk_store.h"
#include "catalogue/catalogue.h"
#include "line/line_import_store.h"
#include "line/line_words.h"

enum { BATCH = 2000, STRETCH = 4000 };

/* ---- words ---- */

static const enum label column_labels[IMPORT_COLUMN_N] = {
    [IMPORT_CUSTOMER] = LABEL_CSV_CUSTOMER,   [IMPORT_PROJECT] = LABEL_CSV_PROJECT,
    [IMPORT_PHONE] = LABEL_CSV_PHONE,         [IMPORT_SERIAL] = LABEL_CSV_SERIAL,
    [IMPORT_ICCID] = LABEL_CSV_ICCID,         [IMPORT_KIND] = LABEL_CSV_CARD_KIND,
    [IMPORT_SIZE] = LABEL_CSV_CARD_SIZE,      [IMPORT_SERVICE] = LABEL_CSV_SERVICE,
    [IMPORT_PLAN] = LABEL_CSV_PLAN,           [IMPORT_STATE] = LABEL_CSV_STATE,
    [IMPORT_ACTIVATED] = LABEL_CSV_ACTIVATED,
};
static void name(const char *names[IMPORT_NAMES], const char *code, enum label label)
{
    names[0] = code;
    names[1] = label_text(LANGUAGE_JA, label);
    names[2] = label_text(LANGUAGE_EN, label);
}

/* The words of a file; owns the lists that they point into. */
struct lexicon {
    struct line_import_words words;
    GPtrArray *services, *plans;
    struct line_import_choice *service_choices, *plan_choices;
};

static void lexicon_free(struct lexicon *lexicon)
{
    g_clear_pointer(&lexicon->services, g_ptr_array_unref);
    g_clear_pointer(&lexicon->plans, g_ptr_array_unref);
    g_free(lexicon->service_choices);
    g_free(lexicon->plan_choices);
    g_free(lexicon);
}
AUTO_DEFINE(lexicon)

static void name_fixed(struct line_import_words *words)
{
    for (int i = 0; i < IMPORT_COLUMN_N; i++) {
        name(words->columns[i], line_import_column_word((enum line_import_column)i), column_labels[i]);
    }
    for (int i = 0; i < CARD_KIND_N; i++) {
        name(words->kinds[i], card_kind_code((enum card_kind)i), card_kind_label((enum card_kind)i));
    }
    for (int i = 0; i < CARD_SIZE_N; i++) {
        name(words->sizes[i], card_size_code((enum card_size)i), card_size_label((enum card_size)i));
    }
    for (int i = 0; i < LINE_STATE_N; i++) {
        name(words->states[i], line_state_code((enum line_state)i), line_state_label((enum line_state)i));
    }
}

static void name_catalogue(struct lexicon *lexicon)
{
    lexicon->service_choices = g_new0(struct line_import_choice, lexicon->services->len);
    lexicon->plan_choices = g_new0(struct line_import_choice, lexicon->plans->len);
    for (guint i = 0; i < lexicon->services->len; i++) {
        const struct service *service = lexicon->services->pdata[i];
        lexicon->service_choices[i] =
            (struct line_import_choice){ .id = service->id,
                                         .names = { service->code, service->name_ja, service->name_en } };
    }
    for (guint i = 0; i < lexicon->plans->len; i++) {
        const struct plan *plan = lexicon->plans->pdata[i];
        lexicon->plan_choices[i] = (struct line_import_choice){ .id = plan->id,
                                                                .service = plan->service_id,
                                                                .esim = plan->esim,
                                                                .names = { plan->code, plan->name_ja, plan->name_en } };
    }
    lexicon->words.services = lexicon->service_choices;
    lexicon->words.n_services = lexicon->services->len;
    lexicon->words.plans = lexicon->plan_choices;
    lexicon->words.n_plans = lexicon->plans->len;
}

static struct lexicon *lexicon_read(struct db *db, struct date today, GError **error)
{
    struct lexicon *lexicon = g_new0(struct lexicon, 1);
    lexicon->services = service_list(db, error);
    lexicon->plans = lexicon->services != NULL ? plan_list(db, today, error) : NULL;
    if (lexicon->plans == NULL) {
        lexicon_free(lexicon);
        return NULL;
    }
    name_fixed(&lexicon->words);
    name_catalogue(lexicon);
    return lexicon;
}

/* ---- reading ---- */

/* A batch on its way to the database. */
struct batch {
    uint64_t run;
    struct bulk_rows *rows;
    bool (*add)(struct db *db, uint64_t run, struct bulk_rows *rows, GError **error);
    gint *done;
};

static void batch_free(void *data)
{
    struct batch *batch = data;
    bulk_rows_free(batch->rows);
    g_free(batch);
}

static bool do_add(struct db *db, void *data, GError **error)
{
    const struct batch *batch = data;
    return batch->add(db, batch->run, batch->rows, error);
}

static bool add_batch(struct db *db, void *item, GError **error)
{
    struct batch *batch = item;
    bool good = db_transaction(db, do_add, batch, error);
    if (good && batch->done != NULL) {
        g_atomic_int_add(batch->done, (gint)batch->rows->n);
    }
    batch_free(batch);
    return good;
}

struct reader {
    struct line_import_staging *staging;
    const struct line_import_words *words;
    struct line_import_layout layout;
    bool has_layout;
    struct bulk_rows *rows, *faults;
    GError *error;
};

/* Hand what was gathered to the crew and begin anew. */
static bool pass_on(struct reader *reader, struct bulk_rows **rows,
                    bool (*add)(struct db *db, uint64_t run, struct bulk_rows *rows, GError **error), gint *done)
{
    struct batch *batch = g_new0(struct batch, 1);
    *batch = (struct batch){ .run = reader->staging->run, .rows = *rows, .add = add, .done = done };
    *rows = bulk_rows_new();
    return bulk_crew_give(reader->staging->crew, add_batch, batch, batch_free);
}

static bool pass_on_full(struct reader *reader, guint least)
{
    return (reader->rows->n < least || pass_on(reader, &reader->rows, line_import_store_add, reader->staging->done)) &&
           (reader->faults->n < least || pass_on(reader, &reader->faults, bulk_faults_add, NULL));
}

/* True if the row was the header line. */
static bool take_head(struct reader *reader, const char *const *cells, guint n)
{
    enum line_import_column missing = IMPORT_COLUMN_N, twice = IMPORT_COLUMN_N;
    reader->has_layout = true;
    if (!line_import_read_head(reader->words, cells, n, &reader->layout, &missing, &twice)) {
        reader->layout = line_import_layout_plain();
        return false;
    }
    if (twice != IMPORT_COLUMN_N) {
        g_set_error(&reader->error, PORTAL_ERROR, PORTAL_INVALID, "the header line has two columns %s",
                    line_import_column_word(twice));
    } else if (missing != IMPORT_COLUMN_N) {
        g_set_error(&reader->error, PORTAL_ERROR, PORTAL_INVALID, "the header line has no column %s",
                    line_import_column_word(missing));
    }
    return true;
}

static bool take_row(void *data, uint64_t row_no, const char *const *cells, guint n)
{
    struct reader *reader = data;
    struct line_import_staging *staging = reader->staging;
    struct line_import_faults faults;
    struct line_import_row row;
    if (!reader->has_layout && take_head(reader, cells, n)) {
        return reader->error == NULL;
    }
    staging->rows++;
    staging->last_row = row_no;
    if (line_import_read(reader->words, &reader->layout, cells, n, staging->today, &row, &faults)) {
        line_import_store_row(reader->rows, row_no, &row);
    }
    for (guint i = 0; i < faults.n; i++) {
        line_import_store_fault(reader->faults, row_no, faults.list[i].column, faults.list[i].reason,
                                faults.list[i].value);
    }
    line_import_row_clear(&row);
    return pass_on_full(reader, BATCH);
}

bool line_import_stage(struct db *db, struct line_import_staging *staging, struct bulk_file *file, GError **error)
{
    AUTO(lexicon) struct lexicon *lexicon = lexicon_read(db, staging->today, error);
    if (lexicon == NULL) {
        return false;
    }
    struct reader reader = {
        .staging = staging, .words = &lexicon->words, .rows = bulk_rows_new(), .faults = bulk_rows_new()
    };
    bool good = bulk_file_read(file, take_row, &reader, &reader.error) && pass_on_full(&reader, 1);
    good = bulk_crew_wait(staging->crew, reader.error == NULL ? &reader.error : NULL) && good;
    bulk_rows_free(reader.rows);
    bulk_rows_free(reader.faults);
    if (reader.error != NULL) {
        g_propagate_error(error, reader.error);
    }
    return good;
}

/* ---- checking ---- */

struct stretch {
    const struct line_import_staging *staging;
    uint64_t first, last;
};

static bool do_check(struct db *db, void *data, GError **error)
{
    const struct stretch *stretch = data;
    uint64_t run = stretch->staging->run;
    struct bulk_rows *faults = bulk_rows_new();
    guint known = 0;
    bool good = line_import_store_check(db, run, stretch->first, stretch->last, faults, &known, error) &&
                (faults->n == 0 || bulk_faults_add(db, run, faults, error)) &&
                (known == 0 || line_import_store_set_known(db, run, stretch->first, stretch->last, error));
    bulk_rows_free(faults);
    return good;
}

static bool check_stretch(struct db *db, void *item, GError **error)
{
    g_autofree struct stretch *stretch = item;
    bool good = db_transaction(db, do_check, stretch, error);
    g_atomic_int_add(stretch->staging->done, (gint)(stretch->last - stretch->first + 1));
    return good;
}

bool line_import_check(struct line_import_staging *staging, GError **error)
{
    bool good = true;
    for (uint64_t first = 1; good && first <= staging->last_row; first += STRETCH) {
        struct stretch *stretch = g_new0(struct stretch, 1);
        *stretch = (struct stretch){ staging, first, MIN(first + STRETCH - 1, staging->last_row) };
        good = bulk_crew_give(staging->crew, check_stretch, stretch, g_free);
    }
    return bulk_crew_wait(staging->crew, error);
}
