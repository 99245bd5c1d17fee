/*
 * line_import_stage.h: a file of lines becomes rows of a run, and they are checked set by set.
 */
#ifndef LINE_LINE_IMPORT_STAGE_H
#define LINE_LINE_IMPORT_STAGE_H

#include "bulk/bulk.h"

struct line_import_staging {
    struct bulk_crew *crew;
    uint64_t run;
    struct date today;
    gint *done;              /* counts rows, atomically */
    uint64_t rows, last_row; /* what was read: rows of lines, the number of the last */
};

/* Read `file` into rows and faults of the run. PORTAL_INVALID: it is no file of lines. */
bool line_import_stage(struct db *db, struct line_import_staging *staging, struct bulk_file *file, GError **error);

/* Check the rows that were staged, against each other and against what is there. */
bool line_import_check(struct line_import_staging *staging, GError **error);

#endif
