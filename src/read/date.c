#include "read/date.h"

#include <stdio.h>
#include <string.h>

typedef struct cursor {
    const char *at, *end;
} cursor;

static bool take(cursor *c, const char *text)
{
    const size_t n = strlen(text);
    if ((size_t)(c->end - c->at) < n || memcmp(c->at, text, n) != 0) {
        return false;
    }
    c->at += n;
    return true;
}

static bool number(cursor *c, unsigned most, unsigned *out)
{
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

/* Behind a year: 年7月28日, /7/28, -07-28. */
static bool rest(cursor *c, bool era, unsigned *month, unsigned *day)
{
    if (take(c, "年")) {
        return number(c, 2, month) && take(c, "月") && number(c, 2, day) && take(c, "日");
    }
    const char *separator = !era && take(c, "/") ? "/" : !era && take(c, "-") ? "-" : NULL;
    return separator != NULL && number(c, 2, month) && take(c, separator) && number(c, 2, day);
}

static bool date_at(cursor c, char out[11])
{
    static const struct {
        const char *name;
        unsigned before;
    } eras[] = {{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}};
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    bool era = false;
    for (size_t i = 0; i < sizeof eras / sizeof eras[0] && !era; i++) {
        if (take(&c, eras[i].name)) {
            era = true;
            if (take(&c, "元")) {
                year = 1;
            } else if (!number(&c, 2, &year)) {
                return false;
            }
            year += eras[i].before;
        }
    }
    if (!era) {
        const char *begin = c.at;
        if (!number(&c, 4, &year) || c.at - begin != 4) {
            return false;
        }
    }
    if (!rest(&c, era, &month, &day) || !possible(year, month, day)) {
        return false;
    }
    (void)snprintf(out, 11, "%04u-%02u-%02u", year % 10000, month % 100, day % 100);
    return true;
}

void kiji_date_find(char out[11], kiji_str norm)
{
    out[0] = '\0';
    const char *end = norm.ptr + norm.len;
    for (const char *p = norm.ptr; p < end; p++) {
        const bool digit = *p >= '0' && *p <= '9';
        const bool inside = digit && p > norm.ptr && p[-1] >= '0' && p[-1] <= '9';
        const unsigned char lead = (unsigned char)*p;
        if ((digit && !inside) || lead == 0xE4 || lead == 0xE5 || lead == 0xE6) {
            if (date_at((cursor){p, end}, out)) {
                return;
            }
        }
    }
}

bool kiji_date_valid(const char *text)
{
    char out[11];
    return strlen(text) == 10 && date_at((cursor){text, text + 10}, out) && strcmp(out, text) == 0;
}
