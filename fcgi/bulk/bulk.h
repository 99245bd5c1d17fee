/*
 * bulk.h: what loads of many rows have in common: the file and its digest (bulk_file.c), rows as one parameter of a
 * statement (bulk_rows.c), several connections that work at once (bulk_crew.c), runs, faults and parts as rows
 * (bulk_store.h). What a row is and what becomes of it is the business of the area that loads it.
 */
#ifndef BULK_BULK_H
#define BULK_BULK_H

#include "base/auto.h"
#include "base/clock.h"
#include "base/csv_read.h"
#include "base/token.h"
#include "db/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* ---- the file ---- */

struct bulk_file {
    int fd;
    uint8_t digest[DIGEST_BYTES]; /* SHA-256 of its bytes */
};

/* Open `path`, or keep what comes from standard input ("-") in a file without a name, and digest it. PORTAL_NOT_FOUND,
 * PORTAL_INTERNAL. */
struct bulk_file *bulk_file_open(const char *path, GError **error);
void bulk_file_free(struct bulk_file *file);
AUTO_DEFINE(bulk_file)

/* Read its rows from the start. PORTAL_INVALID: it is no delimited text, or changed since it was digested. If `take`
 * stopped it, false without an error. */
bool bulk_file_read(struct bulk_file *file, csv_take_row *take, void *data, GError **error);

/* ---- rows as one parameter: [[1,"a"],[2,null]] ---- */

struct bulk_rows {
    GString *json;
    guint n; /* rows */
    bool in_row, is_over;
};
struct bulk_rows *bulk_rows_new(void);
void bulk_rows_free(struct bulk_rows *rows);
void bulk_rows_begin_row(struct bulk_rows *rows);
void bulk_rows_end_row(struct bulk_rows *rows);
void bulk_rows_add_number(struct bulk_rows *rows, uint64_t number);
void bulk_rows_add_text(struct bulk_rows *rows, const char *text); /* valid UTF-8; NULL: null */
void bulk_rows_add_date(struct bulk_rows *rows, struct date date); /* no date: null */

/* The whole as JSON; it stays the rows'. Ends them: nothing more is added. */
const char *bulk_rows_json(struct bulk_rows *rows);

/* ---- a crew: threads with a connection each ---- */

struct bulk_crew;

/* A piece of work; `item` is its own and freed by it. Runs in one of the threads. */
typedef bool bulk_work(struct db *db, void *item, GError **error);

/* Begin a thread for each of the `n` connections, which belong to the crew until it is freed. `tick` is called by the
 * thread that gives and waits, now and then while it does. */
struct bulk_crew *bulk_crew_new(struct db *const *dbs, guint n, void (*tick)(void *data), void *data);
void bulk_crew_free(struct bulk_crew *crew);
AUTO_DEFINE(bulk_crew)

/* Hand over a piece of work, waiting while enough are waiting. After a failure pieces are still taken, and nothing is
 * done but to free them through `drop`. False after a failure. */
bool bulk_crew_give(struct bulk_crew *crew, bulk_work *work, void *item, GDestroyNotify drop);

/* Wait until all that was given is done; false with the first failure. */
bool bulk_crew_wait(struct bulk_crew *crew, GError **error);

#endif
