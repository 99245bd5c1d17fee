/*
 * request_csv_page.h: cells that the files of this area have in common.
 */
#ifndef REQUEST_REQUEST_CSV_PAGE_H
#define REQUEST_REQUEST_CSV_PAGE_H

#include "base/clock.h"
#include "base/csv.h"

/* Nothing for no date. */
void csv_date(struct csv *csv, struct date date);

/* With hyphens, as uploads ask for. */
void csv_phone(struct csv *csv, const char *phone);
void csv_figure(struct csv *csv, uint64_t number);

#endif
