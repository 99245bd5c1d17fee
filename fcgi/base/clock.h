/*
 * clock.h: moments, days and months. A moment is UTC; a day and a month are Tokyo's (a fixed +09:00).
 * clock_now() is the one place where the program reads the business clock: rules take it as an argument.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct moment {
    int64_t us; /* microseconds since 1970-01-01 00:00:00 UTC; 0 stands for "never" in structs that say so */
};

struct date {
    int16_t year;
    uint8_t month, day; /* 1-12, 1-31; all three 0: no date */
};

struct month {
    int16_t year;
    uint8_t month; /* 1-12 */
};

/* Read the clock. */
struct moment clock_now(void);

/* Read a clock that only goes forward, in microseconds: for measuring how long something took. */
int64_t clock_ticks(void);

/* The moment `seconds` after (or, negative, before) `at`. */
struct moment moment_add(struct moment at, int64_t seconds);

/* The Tokyo day of `at`, and the moment at which `date` begins in Tokyo. */
struct date moment_date(struct moment at);
struct moment date_start(struct date date);

/* The moment of Tokyo's wall clock on `date`. */
struct moment moment_at(struct date date, int hour, int minute, int second);

/* Days since 1970-01-01 and back (proleptic Gregorian). */
int32_t date_number(struct date date);
struct date date_from_number(int32_t number);

bool date_is_valid(struct date date);
int date_compare(struct date a, struct date b);
struct date date_add(struct date date, int days);

/* 0 Sunday ... 6 Saturday. */
int date_weekday(struct date date);

struct month date_month(struct date date);
struct month month_add(struct month month, int months);
int month_compare(struct month a, struct month b);
int month_days(struct month month);
struct date month_first(struct month month);
struct date month_last(struct month month);

/* 202602 for February 2026, the form months have as a key in the database, and back. */
uint32_t month_key(struct month month);
struct month month_from_key(uint32_t key);

/* Read "2026-02-27 21:58:00" or "2026-02-27" as Tokyo's wall clock. False if it is no such text. */
bool moment_parse(const char *text, struct moment *at);

/* Read a date as people type it: 2026-02-27, 2026/2/27, 2026.2.27, 20260227, with the marks of year, month and day, in
 * full-width characters, among characters that cannot be seen (text_of_cell). False for anything else, and for a day
 * that does not exist. `text` is valid UTF-8. */
bool date_parse(const char *text, struct date *date);

/* "2026/02/27", "2026-02-27", "2026/02/27 21:58", "2026-02-27T21:58:00+09:00" (Tokyo), "2026-02". The caller frees.
 * With a buffer: written there, and that is returned. */
enum { DATE_SHOW_MOST = 11 };
char *date_show_in(char buffer[DATE_SHOW_MOST], struct date date);
char *date_show(struct date date);
char *date_iso(struct date date);
char *moment_show(struct moment at);
char *moment_iso(struct moment at);
char *month_show_iso(struct month month);

#endif
