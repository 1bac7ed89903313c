/*
 * utf8.h - UTF-8 as the Unicode standard defines it (no surrogates, no overlong forms, at most U+10FFFF).
 */
#ifndef KIJI_BASE_UTF8_H
#define KIJI_BASE_UTF8_H

#include "base/buf.h"
#include "kiji.h"

/* The code point at byte `at` (< s.len) goes to *out; returns its length in bytes, or 0 where the bytes are none. */
size_t kiji_utf8_get(kiji_str s, size_t at, uint32_t *out);

/* Whether all of `s` is valid; about a gigabyte a second. */
bool kiji_utf8_valid(kiji_str s);

/* How many bytes from the beginning of `s` are valid: s.len, or where the first bad byte stands. */
size_t kiji_utf8_good(kiji_str s);

/* Bytes at `at` (where kiji_utf8_get gives 0) that stand for one U+FFFD: the maximal subpart (Unicode, 3.9). */
size_t kiji_utf8_bad(kiji_str s, size_t at);

/*
 * Write `s` to out with U+FFFD in the place of each byte that belongs to no character; returns the bytes written, at
 * most KIJI_UTF8_CLEAN for each of s.
 */
enum { KIJI_UTF8_CLEAN = 3 };
size_t kiji_utf8_clean(char *out, kiji_str s);
/* Append the same to a buffer. */
void kiji_utf8_put_clean(kiji_buf *out, kiji_str s);

/* Write a character, U+FFFD for what is none (a surrogate, above U+10FFFF); returns the bytes written. */
enum { KIJI_UTF8_LONGEST = 4 };
size_t kiji_utf8_write(char out[static KIJI_UTF8_LONGEST], uint32_t character);
/* Append the same to a buffer. */
void kiji_utf8_put(kiji_buf *out, uint32_t character);

/*
 * Of text that is known to be valid, and unchecked: how many bytes the character at p has, and its code point.
 */
static inline unsigned kiji_char_len(const char *p)
{
    const unsigned char c = (unsigned char)*p;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static inline uint32_t kiji_utf8_code(const char *p)
{
    const unsigned char *c = (const unsigned char *)p;
    switch (kiji_char_len(p)) {
    case 1:
        return c[0];
    case 2:
        return (c[0] & 31u) << 6 | (c[1] & 63u);
    case 3:
        return (c[0] & 15u) << 12 | (c[1] & 63u) << 6 | (c[2] & 63u);
    default:
        return (c[0] & 7u) << 18 | (c[1] & 63u) << 12 | (c[2] & 63u) << 6 | (c[3] & 63u);
    }
}

#endif
