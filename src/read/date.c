#include "read/date.h"

#include <stdio.h>
#include <string.h>

#include "read/marks.h"
#include "read/scan.h"
#include "base/cursor.h"

#define WINDOW       1800u /* bytes (600 kanji) in which a date of the running text is taken for the article's */
#define LINE_LONGEST 160u  /* bytes of a date line */

static bool number(kiji_cursor *c, unsigned most, unsigned *out)
{
    while (c->at < c->end && *c->at == ' ') {
        c->at++;
    }
    unsigned value = 0;
    unsigned digits = 0;
    while (c->at < c->end && *c->at >= '0' && *c->at <= '9' && digits <= most) {
        value = value * 10 + (unsigned)(*c->at - '0');
        c->at++;
        digits++;
    }
    *out = value;
    return digits > 0 && digits <= most;
}

static bool possible(unsigned year, unsigned month, unsigned day)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1868 || year > 2199 || month < 1 || month > 12 || day < 1) {
        return false;
    }
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

/* Behind a year: 年7月28日, /7/28, -07-28, .7.28. */
static bool rest(kiji_cursor *c, bool era, unsigned *month, unsigned *day)
{
    if (kiji_take(c, "年")) {
        return number(c, 2, month) && kiji_take(c, "月") && number(c, 2, day) && kiji_take(c, "日");
    }
    if (era || c->at == c->end || strchr("/-.", *c->at) == NULL) {
        return false;
    }
    const char separator[2] = {*c->at++, '\0'};
    return number(c, 2, month) && kiji_take(c, separator) && number(c, 2, day);
}

/* The year in front: 2024, 令和6, 平成元. */
static bool year_at(kiji_cursor *c, unsigned *year, bool *era)
{
    static const struct {
        const char *name;
        unsigned before;
    } eras[] = {{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}};
    const bool digit = c->at < c->end && *c->at >= '0' && *c->at <= '9';
    for (size_t i = 0; !digit && i < sizeof eras / sizeof eras[0]; i++) {
        if (kiji_take(c, eras[i].name)) {
            *era = true;
            if (kiji_take(c, "元")) {
                *year = 1;
            } else if (!number(c, 2, year)) {
                return false;
            }
            *year += eras[i].before;
            return true;
        }
    }
    *era = false;
    const char *begin = c->at;
    return number(c, 4, year) && c->at - begin == 4;
}

/* The date at c->at, which then stands behind it. */
static bool date_at(kiji_cursor *c, char out[11])
{
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    bool era = false;
    if (!year_at(c, &year, &era) || !rest(c, era, &month, &day) || !possible(year, month, day)) {
        return false;
    }
    (void)snprintf(out, 11, "%04u-%02u-%02u", year % 10000, month % 100, day % 100);
    return true;
}

/* A year may begin with three digits or with 令, 平, 昭. */
static void flag_years(unsigned char *restrict out, const unsigned char *restrict p)
{
    for (size_t i = 0; i < KIJI_MARKS_BLOCK; i++) {
        const unsigned char a = p[i];
        const unsigned char b = p[i + 1];
        const unsigned char c = p[i + 2];
        const unsigned char digits =
            ((unsigned char)(a - '0') <= 9) & ((unsigned char)(b - '0') <= 9) & ((unsigned char)(c - '0') <= 9);
        const unsigned char reiwa = (a == 0xE4) & (b == 0xBB);
        const unsigned char heisei = (a == 0xE5) & (b == 0xB9);
        const unsigned char showa = (a == 0xE6) & (b == 0x98);
        out[i] = digits | reiwa | heisei | showa;
    }
}

typedef struct finder {
    kiji_str norm;
    const uint64_t *years;
} finder;

/* The first date that begins in `range`; *found: where it stands. */
static bool first_date(char out[11], const finder *f, kiji_range range, kiji_range *found)
{
    for (size_t at = kiji_marks_next(f->years, range.begin, range.end); at < range.end;
         at = kiji_marks_next(f->years, at + 1, range.end)) {
        const char *p = f->norm.ptr + at;
        kiji_cursor c = {p, f->norm.ptr + f->norm.len};
        if ((at == 0 || p[-1] < '0' || p[-1] > '9') && date_at(&c, out)) {
            *found = (kiji_range){(uint32_t)at, (uint32_t)(c.at - f->norm.ptr)};
            return true;
        }
    }
    return false;
}

/* Whether a line says hardly more than a date: no hiragana, no 。 (2024年7月28日 12:30 更新, 【2006年1月5日】). */
static bool is_date_line(const char *norm, kiji_range line)
{
    if (line.end - line.begin > LINE_LONGEST) {
        return false;
    }
    for (uint32_t at = line.begin; at < line.end; at++) {
        const uint32_t wide = kiji_scan_wide(norm + at);
        if (wide == KIJI_WIDE_STOP || (wide >= 0xE38181 && wide <= 0xE3829F)) {
            return false;
        }
    }
    return true;
}

void kiji_date_find(char out[11], kiji_arena *arena, kiji_str norm)
{
    const finder f = {norm, kiji_marks_find(arena, norm, flag_years)};
    const uint32_t until = norm.len < WINDOW ? (uint32_t)norm.len : WINDOW;
    char date[11];
    bool first_line = true; /* the headline is no date line */
    out[0] = '\0';
    for (uint32_t at = 0; at < norm.len;) {
        const char *newline = memchr(norm.ptr + at, '\n', norm.len - at);
        const kiji_range line = {at, newline != NULL ? (uint32_t)(newline - norm.ptr) : (uint32_t)norm.len};
        const bool is_short = line.end - line.begin <= LINE_LONGEST;
        const kiji_range look = {at, is_short || line.end <= until ? line.end : at < until ? until : at};
        kiji_range found;
        if (first_date(date, &f, look, &found)) {
            const bool alone = !first_line && is_date_line(norm.ptr, line);
            if (alone || (out[0] == '\0' && found.begin < until)) {
                memcpy(out, date, sizeof date);
            }
            if (alone || (out[0] != '\0' && at >= until)) {
                return;
            }
        }
        first_line = first_line && line.end == line.begin;
        at = line.end + 1;
        if (out[0] != '\0' && at >= until) {
            return;
        }
    }
}

bool kiji_date_valid(const char *text)
{
    char out[11];
    kiji_cursor c = {text, text + strlen(text)};
    return strlen(text) == 10 && date_at(&c, out) && strcmp(out, text) == 0;
}
