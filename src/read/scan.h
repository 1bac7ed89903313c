/* scan.h - reading the matching form: three-byte characters as numbers, and what they are. */
#ifndef KIJI_READ_SCAN_H
#define KIJI_READ_SCAN_H

#include <stdbool.h>
#include <stdint.h>

/* Characters of three bytes, as kiji_scan_wide gives them. */
enum {
    KIJI_WIDE_STOP = 0xE38082,     /* 。 */
    KIJI_WIDE_EXCLAIM = 0xEFBC81,  /* ！ */
    KIJI_WIDE_QUESTION = 0xEFBC9F, /* ？ */
};

/* The three bytes at p as one number; p may be anywhere before the text's final NUL. */
static inline uint32_t kiji_scan_wide(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] < 0xE0 || u[1] == 0) {
        return 0;
    }
    return (uint32_t)u[0] << 16 | (uint32_t)u[1] << 8 | u[2];
}

/*
 * Whether a kana or kanji of three bytes stands at p. The row E3 80 is left out: 。「」〜, but 々 too.
 */
static inline bool kiji_scan_is_word(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return (unsigned char)(u[0] - 0xE4) <= 5 || (u[0] == 0xE3 && u[1] != 0x80);
}

static inline bool kiji_scan_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

#endif
