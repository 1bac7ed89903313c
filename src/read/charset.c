#include "read/charset.h"

#include <string.h>

#include "base/utf8.h"

typedef struct row {
    const char *name;
    const char *icu;
    const char *names; /* what -E accepts, |-separated, small letters, without - and _ */
} row;

/* CP932 and eucJP-win are what Japanese text in these encodings really is: ①, ㈱ and 〜 as U+FF5E; version 3 is JIS7.
 */
static const row rows[KIJI_CHARSETS] = {
    [KIJI_UTF_8] = {"UTF-8", NULL, "utf8"},
    [KIJI_SHIFT_JIS] = {"Shift_JIS", "ibm-943_P15A-2003", "shiftjis|sjis|cp932|windows31j|mskanji|ms932"},
    [KIJI_EUC_JP] = {"EUC-JP", "euc-jp-2007", "eucjp|ujis|eucjpwin|eucjpms"},
    [KIJI_ISO_2022_JP] = {"ISO-2022-JP", "ISO_2022,locale=ja,version=3", "iso2022jp|jis"},
    [KIJI_UTF_16LE] = {"UTF-16LE", "UTF-16LE", "utf16le"},
    [KIJI_UTF_16BE] = {"UTF-16BE", "UTF-16BE", "utf16be"},
    [KIJI_UTF_16] = {"UTF-16", "UTF-16", "utf16|unicode|ucs2"},
};

kiji_charset kiji_charset_named(const char *name)
{
    char plain[32];
    size_t n = 0;
    for (const char *p = name; *p != '\0'; p++) {
        if (*p != '-' && *p != '_') {
            if (n == sizeof plain) {
                return KIJI_CHARSETS;
            }
            plain[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
        }
    }
    for (int i = 0; n != 0 && i < KIJI_CHARSETS; i++) {
        for (const char *at = rows[i].names; *at != '\0';) {
            const size_t length = strcspn(at, "|");
            if (length == n && memcmp(at, plain, n) == 0) {
                return (kiji_charset)i;
            }
            at += length + (at[length] == '|');
        }
    }
    return KIJI_CHARSETS;
}

const char *kiji_charset_name(kiji_charset charset)
{
    return rows[charset].name;
}

const char *kiji_charset_icu_name(kiji_charset charset)
{
    return rows[charset].icu;
}

/* --- by mark and by bytes that only one encoding has ------------------------------------------------------------ */

static kiji_charset by_mark(kiji_str s, size_t *mark)
{
    static const struct {
        const char *bytes;
        size_t n;
        kiji_charset charset;
    } marks[] = {{"\xEF\xBB\xBF", 3, KIJI_UTF_8}, {"\xFF\xFE", 2, KIJI_UTF_16LE}, {"\xFE\xFF", 2, KIJI_UTF_16BE}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (s.len >= marks[i].n && memcmp(s.ptr, marks[i].bytes, marks[i].n) == 0) {
            *mark = marks[i].n;
            return marks[i].charset;
        }
    }
    *mark = 0;
    return KIJI_CHARSETS;
}

/* What a Japanese text in UTF-16 is made of: ASCII, kana and their punctuation, kanji, full-width forms, general marks.
 */
static bool is_likely(unsigned unit)
{
    return (unit >= 0x20 && unit < 0x7F) || unit == '\n' || unit == '\r' || unit == '\t' ||
           (unit >= 0x2010 && unit < 0x2670) || (unit >= 0x3000 && unit < 0x3100) ||
           (unit >= 0x4E00 && unit < 0xA000) || unit >= 0xFF00;
}

/* UTF-16 without a mark, when nine units of ten are likely characters in one byte order, and more than in the other. */
static kiji_charset by_units(kiji_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    const size_t n = s.len < 2048 ? s.len / 2 : 1024;
    size_t little = 0;
    size_t big = 0;
    for (size_t i = 0; i < n; i++) {
        little += is_likely(p[2 * i] | (unsigned)p[2 * i + 1] << 8);
        big += is_likely(p[2 * i + 1] | (unsigned)p[2 * i] << 8);
    }
    if (little > big) {
        return little * 10 >= n * 9 ? KIJI_UTF_16LE : KIJI_CHARSETS;
    }
    return big > little && big * 10 >= n * 9 ? KIJI_UTF_16BE : KIJI_CHARSETS;
}

/* Escapes that choose a set of two-byte characters, against bytes that ISO-2022-JP cannot have. */
static bool is_iso2022(kiji_str s)
{
    const char *end = s.ptr + s.len;
    size_t escapes = 0;
    size_t high = 0;
    for (const char *p = s.ptr; (p = memchr(p, 0x1B, (size_t)(end - p))) != NULL; p++) {
        escapes += end - p >= 3 && p[1] == '$' && (p[2] == 'B' || p[2] == '@' || p[2] == '(');
        escapes += end - p >= 3 && p[1] == '(' && p[2] == 'I';
    }
    for (size_t i = 0; escapes != 0 && i < s.len; i++) {
        high += (unsigned char)s.ptr[i] >= 0x80;
    }
    return escapes > high;
}

/* --- by what explains the bytes best ----------------------------------------------------------------------------- */

/*
 * `bad`: sequences that an encoding does not have; `good`: characters that speak for it. What the end of the bytes
 * cuts off speaks neither way.
 */
typedef struct tally {
    size_t good, bad;
} tally;

/* Characters of three and four bytes hardly ever come about by chance; of two bytes they do: katakana in EUC-JP. */
static tally tally_utf8(kiji_str s)
{
    tally t = {0, 0};
    uint32_t ignored = 0;
    for (size_t i = 0; i < s.len;) {
        const size_t n = kiji_utf8_get(s, i, &ignored);
        const size_t bad = n != 0 ? 0 : kiji_utf8_bad(s, i);
        t.good += n > 2 ? 3 : 0;
        t.bad += n == 0 && (i + bad < s.len || (unsigned char)s.ptr[i] < 0xC2);
        i += n + bad;
    }
    return t;
}

static bool within(unsigned char c, unsigned char first, unsigned char last)
{
    return c >= first && c <= last;
}

/* Kana speak for Shift_JIS; half-width kana speak against it: half of EUC-JP looks like them. */
static tally tally_shift_jis(kiji_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    tally t = {0, 0};
    size_t half_width = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (p[i] < 0x80) {
            continue;
        }
        if (within(p[i], 0xA1, 0xDF)) {
            half_width++;
        } else if (!within(p[i], 0x81, 0x9F) && !within(p[i], 0xE0, 0xFC)) {
            t.bad++;
        } else if (i + 1 < s.len && within(p[i + 1], 0x40, 0xFC) && p[i + 1] != 0x7F) {
            t.good += (p[i] == 0x82 && within(p[i + 1], 0x9F, 0xF1)) || (p[i] == 0x83 && p[i + 1] <= 0x96);
            half_width += p[i] >= 0xF0; /* user-defined: as rare */
            i++;
        } else {
            t.bad += i + 1 < s.len;
        }
    }
    t.bad += half_width / 4;
    return t;
}

static tally tally_euc_jp(kiji_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    tally t = {0, 0};
    for (size_t i = 0; i < s.len; i++) {
        if (p[i] < 0x80) {
            continue;
        }
        const size_t n = p[i] == 0x8F ? 3 : within(p[i], 0xA1, 0xFE) || p[i] == 0x8E ? 2 : 0;
        if (n == 0) {
            t.bad++;
        } else if (s.len - i < n) {
            break;
        } else if (within(p[i + 1], 0xA1, 0xFE) && within(p[i + n - 1], 0xA1, 0xFE)) {
            t.good += (p[i] == 0xA4 && p[i + 1] <= 0xF3) || (p[i] == 0xA5 && p[i + 1] <= 0xF6);
            i += n - 1;
        } else {
            t.bad++;
        }
    }
    return t;
}

static kiji_charset by_tally(kiji_str s)
{
    const tally utf8 = tally_utf8(s);
    if (utf8.good > utf8.bad) {
        return KIJI_UTF_8;
    }
    const tally sjis = tally_shift_jis(s);
    const tally euc = tally_euc_jp(s);
    /* good - bad of the one against that of the other, without negative numbers */
    const bool more_euc = euc.good + sjis.bad >= sjis.good + euc.bad;
    if (utf8.bad <= (more_euc ? euc.bad : sjis.bad)) {
        return KIJI_UTF_8;
    }
    return more_euc ? KIJI_EUC_JP : KIJI_SHIFT_JIS;
}

/* --- all of it --------------------------------------------------------------------------------------------------- */

kiji_guess kiji_charset_told(kiji_charset charset, kiji_str s)
{
    kiji_guess guess = {charset, 0, 0};
    size_t mark;
    const kiji_charset marked = by_mark(s, &mark);
    if (charset == KIJI_UTF_16) {
        const kiji_charset order = marked == KIJI_CHARSETS ? by_units(s) : marked;
        guess.charset = order == KIJI_UTF_16LE ? KIJI_UTF_16LE : KIJI_UTF_16BE; /* BE: RFC 2781, 4.3 */
    }
    guess.mark = marked == guess.charset ? mark : 0;
    if (charset == KIJI_UTF_8) {
        guess.good = kiji_utf8_good(s);
    }
    return guess;
}

kiji_guess kiji_charset_detect(kiji_str s)
{
    kiji_guess guess = {KIJI_UTF_8, 0, 0};
    guess.charset = by_mark(s, &guess.mark);
    if (guess.charset == KIJI_CHARSETS && s.len != 0 && memchr(s.ptr, 0, s.len) != NULL) {
        guess.charset = by_units(s);
    }
    if (guess.charset != KIJI_CHARSETS && guess.charset != KIJI_UTF_8) {
        return guess;
    }
    guess.good = kiji_utf8_good(s);
    if (guess.charset == KIJI_UTF_8) {
        return guess;
    }
    if (s.len != 0 && memchr(s.ptr, 0x1B, s.len) != NULL && is_iso2022(s)) {
        guess.charset = KIJI_ISO_2022_JP;
    } else {
        guess.charset = guess.good == s.len ? KIJI_UTF_8 : by_tally(s);
    }
    return guess;
}
