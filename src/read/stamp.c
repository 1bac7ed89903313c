#include "read/stamp.h"

#include <stdio.h>
#include <string.h>

#include "read/date.h"

#define JAPAN (9 * 60) /* minutes before UTC */

typedef struct stamp {
    int year, month, day;
    int minute; /* of the day, or -1 */
    int zone;   /* minutes before UTC */
    bool zoned;
} stamp;

typedef struct cursor {
    const char *at, *end;
} cursor;

static bool take(cursor *c, char wanted)
{
    const bool there = c->at < c->end && *c->at == wanted;
    c->at += there;
    return there;
}

static void skip_blanks(cursor *c)
{
    while (c->at < c->end && strchr(" \t\r\n", *c->at) != NULL && *c->at != '\0') {
        c->at++;
    }
}

/* A number of `least` to `most` digits. */
static bool number(cursor *c, int *out, int least, int most)
{
    int n = 0;
    int value = 0;
    while (n < most && c->at < c->end && *c->at >= '0' && *c->at <= '9') {
        value = value * 10 + (*c->at++ - '0');
        n++;
    }
    *out = value;
    return n >= least;
}

/* 22:00, 22:00:00, 22:00:00.123 */
static void read_time(cursor *c, stamp *s)
{
    int hour = 0;
    int minute = 0;
    int ignored = 0;
    if (!number(c, &hour, 2, 2) || !take(c, ':') || !number(c, &minute, 2, 2) || hour > 23 || minute > 59) {
        return;
    }
    s->minute = hour * 60 + minute;
    if (take(c, ':')) {
        (void)number(c, &ignored, 2, 2);
    }
    if (take(c, '.')) {
        while (number(c, &ignored, 1, 1)) {
        }
    }
}

/* Z, +09:00, +0900, GMT, UT, UTC, JST */
static void read_zone(cursor *c, stamp *s)
{
    static const struct {
        const char *name;
        int zone;
    } names[] = {{"Z", 0}, {"GMT", 0}, {"UTC", 0}, {"UT", 0}, {"JST", JAPAN}};
    skip_blanks(c);
    const bool minus = c->at < c->end && *c->at == '-';
    int hours = 0;
    int minutes = 0;
    if (minus || (c->at < c->end && *c->at == '+')) {
        c->at++;
        s->zoned = number(c, &hours, 2, 2);
        (void)take(c, ':');
        (void)number(c, &minutes, 0, 2);
        s->zone = (minus ? -1 : 1) * (hours * 60 + minutes);
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !s->zoned; i++) {
        const size_t length = strlen(names[i].name);
        s->zoned = (size_t)(c->end - c->at) >= length && memcmp(c->at, names[i].name, length) == 0;
        s->zone = s->zoned ? names[i].zone : 0;
    }
}

static bool read_iso(cursor c, stamp *s)
{
    if (!number(&c, &s->year, 4, 4) || !take(&c, '-') || !number(&c, &s->month, 2, 2) || !take(&c, '-') ||
        !number(&c, &s->day, 2, 2)) {
        return false;
    }
    if (c.at == c.end) {
        return true;
    }
    if (!take(&c, 'T') && !take(&c, ' ')) {
        return false;
    }
    read_time(&c, s);
    read_zone(&c, s);
    return true;
}

static bool read_mail(cursor c, stamp *s)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const char *comma = memchr(c.at, ',', (size_t)(c.end - c.at));
    c.at = comma != NULL ? comma + 1 : c.at;
    skip_blanks(&c);
    if (!number(&c, &s->day, 1, 2)) {
        return false;
    }
    skip_blanks(&c);
    for (int i = 0; i < 12 && c.end - c.at >= 3; i++) {
        s->month = memcmp(c.at, months + i * 3, 3) == 0 ? i + 1 : s->month;
    }
    if (s->month == 0) {
        return false;
    }
    c.at += 3;
    skip_blanks(&c);
    if (!number(&c, &s->year, 4, 4)) {
        return false;
    }
    skip_blanks(&c);
    read_time(&c, s);
    read_zone(&c, s);
    return true;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* A zone moves the day by two at most. */
static void move_to_japan(stamp *s)
{
    int minute = s->minute - s->zone + JAPAN;
    for (; minute < 0; minute += 24 * 60) {
        if (--s->day == 0) {
            s->month--;
            s->year -= s->month == 0;
            s->month = s->month == 0 ? 12 : s->month;
            s->day = days_of(s->year, s->month);
        }
    }
    for (; minute >= 24 * 60; minute -= 24 * 60) {
        if (++s->day > days_of(s->year, s->month)) {
            s->day = 1;
            s->month++;
            s->year += s->month == 13;
            s->month = s->month == 13 ? 1 : s->month;
        }
    }
}

bool kiji_stamp_day(char out[11], kiji_str text)
{
    stamp s = {.minute = -1};
    cursor c = {text.ptr, text.ptr + text.len};
    char day[40];
    out[0] = '\0';
    if (text.len == 0) {
        return false;
    }
    skip_blanks(&c);
    while (c.end > c.at && strchr(" \t\r\n", c.end[-1]) != NULL) {
        c.end--;
    }
    if (!read_iso(c, &s)) {
        s = (stamp){.minute = -1};
        if (!read_mail(c, &s)) {
            return false;
        }
    }
    for (int i = 0; i < 2; i++) {
        (void)snprintf(day, sizeof day, "%04d-%02d-%02d", s.year, s.month, s.day);
        if (!kiji_date_valid(day)) {
            return false;
        }
        if (i == 0 && s.minute >= 0 && s.zoned) {
            move_to_japan(&s);
        }
    }
    memcpy(out, day, 11);
    return true;
}
