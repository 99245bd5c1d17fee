/*
 * clock.c: moments, days and months by arithmetic alone: no time zone files, no TZ, no locale. Tokyo has been
 * +09:00 without summer time since 1952. Decides nothing about business days (calendar/).
 */
#include "base/clock.h"

#include "base/text.h"

#include <string.h>
#include <time.h>

#define SECOND G_GINT64_CONSTANT(1000000)
#define DAY (86400 * SECOND)
#define TOKYO (9 * 3600 * SECOND)

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;
    int failed = clock_gettime(clock, &now);

    g_assert(!failed);
    return (int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000;
}

struct moment clock_now(void)
{
    return (struct moment){ read_clock(CLOCK_REALTIME) };
}

int64_t clock_ticks(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

struct moment moment_add(struct moment at, int64_t seconds)
{
    return (struct moment){ at.us + seconds * SECOND };
}

/* Division that rounds down for moments before 1970 too. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

struct date moment_date(struct moment at)
{
    return date_from_number((int32_t)floor_div(at.us + TOKYO, DAY));
}

struct moment date_start(struct date date)
{
    return (struct moment){ date_number(date) * DAY - TOKYO };
}

struct moment moment_at(struct date date, int hour, int minute, int second)
{
    return moment_add(date_start(date), hour * 3600 + minute * 60 + second);
}

/* The year is counted from March, so that the day that comes and goes is its last; an era is 400 years. */
int32_t date_number(struct date date)
{
    int year = date.year - (date.month <= 2);
    int era = (int)floor_div(year, 400);
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

struct date date_from_number(int32_t number)
{
    int era = (int)floor_div((int64_t)number + 719468, 146097);
    int day_of_era = number + 719468 - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153;
    int year = year_of_era + era * 400 + (month >= 10);

    return (struct date){ (int16_t)year, (uint8_t)(month < 10 ? month + 3 : month - 9),
                          (uint8_t)(day_of_year - (153 * month + 2) / 5 + 1) };
}

bool date_is_valid(struct date date)
{
    return date.year >= 1000 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= month_days(date_month(date));
}

int date_compare(struct date a, struct date b)
{
    int months = month_compare(date_month(a), date_month(b));

    return months ? months : (a.day > b.day) - (a.day < b.day);
}

struct date date_add(struct date date, int days)
{
    return date_from_number(date_number(date) + days);
}

int date_weekday(struct date date)
{
    int weekday = (date_number(date) + 4) % 7;

    return weekday < 0 ? weekday + 7 : weekday;
}

struct month date_month(struct date date)
{
    return (struct month){ date.year, date.month };
}

struct month month_add(struct month month, int months)
{
    int64_t number = (int64_t)month.year * 12 + month.month - 1 + months;
    int64_t year = floor_div(number, 12);

    return (struct month){ (int16_t)year, (uint8_t)(number - year * 12 + 1) };
}

int month_compare(struct month a, struct month b)
{
    int x = a.year * 12 + a.month;
    int y = b.year * 12 + b.month;

    return (x > y) - (x < y);
}

int month_days(struct month month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = month.year % 4 == 0 && (month.year % 100 != 0 || month.year % 400 == 0);

    g_assert(month.month >= 1 && month.month <= 12);
    return days[month.month - 1] + (month.month == 2 && leap);
}

struct date month_first(struct month month)
{
    return (struct date){ month.year, month.month, 1 };
}

struct date month_last(struct month month)
{
    return (struct date){ month.year, month.month, (uint8_t)month_days(month) };
}

uint32_t month_key(struct month month)
{
    return (uint32_t)month.year * 100 + month.month;
}

struct month month_from_key(uint32_t key)
{
    return (struct month){ (int16_t)(key / 100), (uint8_t)(key % 100) };
}

/* Take `least` to `most` digits from *text and move it on; -1 if there are fewer. */
static int take_number(const char **text, int least, int most)
{
    int number = 0;
    int digits = 0;

    for (; digits < most && g_ascii_isdigit(**text); digits++)
        number = number * 10 + *(*text)++ - '0';
    return digits < least ? -1 : number;
}

/* Read a date at *text, its parts `least` digits long or longer, and move *text behind it. */
static bool take_date(const char **text, int least, struct date *date)
{
    int year = take_number(text, 4, 4);
    char separator = **text == '-' || **text == '/' ? *(*text)++ : '\0';
    int digits = separator ? least : 2;
    int month = take_number(text, digits, 2);

    if (year < 0 || month < 0 || (separator && *(*text)++ != separator))
        return false;

    int day = take_number(text, digits, 2);
    struct date read = { (int16_t)year, (uint8_t)month, (uint8_t)MAX(day, 0) };

    if (day < 0 || !date_is_valid(read))
        return false;
    *date = read;
    return true;
}

/* What was typed with '/' for each dot and for the marks of year and month; the mark of the day, if it ends the text,
 * is dropped. */
static char *plain_date(const char *typed)
{
    enum { YEAR_MARK = 0x5E74, MONTH_MARK = 0x6708, DAY_MARK = 0x65E5 };
    g_autofree char *text = text_id(typed);
    GString *plain = g_string_new(NULL);

    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);

        if (c == DAY_MARK && *g_utf8_next_char(at) == '\0')
            break;
        if (c == YEAR_MARK || c == MONTH_MARK || c == '.')
            c = '/';
        g_string_append_unichar(plain, c);
    }
    return g_string_free(plain, FALSE);
}

bool date_parse(const char *text, struct date *date)
{
    struct date read;
    g_autofree char *plain = text && g_utf8_validate(text, -1, NULL) ? plain_date(text) : NULL;
    const char *at = plain;

    if (!at || !take_date(&at, 1, &read) || *at)
        return false;
    *date = read;
    return true;
}

bool moment_parse(const char *text, struct moment *at)
{
    struct date date;

    /* The fixed form alone: yyyy-mm-dd. */
    if (!text || strnlen(text, 10) < 10 || text[4] != '-' || !take_date(&text, 2, &date))
        return false;
    if (!*text) {
        *at = date_start(date);
        return true;
    }
    if (*text++ != ' ')
        return false;

    int hour = take_number(&text, 2, 2);
    if (hour < 0 || hour > 23 || *text++ != ':')
        return false;
    int minute = take_number(&text, 2, 2);
    if (minute < 0 || minute > 59 || *text++ != ':')
        return false;
    int second = take_number(&text, 2, 2);
    if (second < 0 || second > 59 || *text)
        return false;
    *at = moment_at(date, hour, minute, second);
    return true;
}

char *date_show_in(char buffer[DATE_SHOW_MOST], struct date date)
{
    g_assert(date.year >= 0 && date.year <= 9999);
    int digits[] = { date.year / 1000,
                     date.year / 100 % 10,
                     date.year / 10 % 10,
                     date.year % 10,
                     -1,
                     date.month / 10,
                     date.month % 10,
                     -1,
                     date.day / 10,
                     date.day % 10 };
    for (gsize i = 0; i < G_N_ELEMENTS(digits); i++) {
        buffer[i] = digits[i] < 0 ? '/' : (char)('0' + digits[i]);
    }
    buffer[G_N_ELEMENTS(digits)] = '\0';
    return buffer;
}

char *date_show(struct date date)
{
    char buffer[DATE_SHOW_MOST];
    return g_strdup(date_show_in(buffer, date));
}

char *date_iso(struct date date)
{
    return g_strdup_printf("%04d-%02d-%02d", date.year, date.month, date.day);
}

/* Seconds since the Tokyo day of `at` began. */
static int second_of_day(struct moment at)
{
    return (int)floor_div(at.us - date_start(moment_date(at)).us, SECOND);
}

char *moment_show(struct moment at)
{
    struct date date = moment_date(at);
    int second = second_of_day(at);

    return g_strdup_printf("%04d/%02d/%02d %02d:%02d", date.year, date.month, date.day, second / 3600,
                           second / 60 % 60);
}

char *moment_iso(struct moment at)
{
    struct date date = moment_date(at);
    int second = second_of_day(at);

    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02d+09:00", date.year, date.month, date.day, second / 3600,
                           second / 60 % 60, second % 60);
}

char *month_show_iso(struct month month)
{
    return g_strdup_printf("%04d-%02d", month.year, month.month);
}
