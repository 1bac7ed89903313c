/*
 * fold.h - the folding under which dictionary forms and text meet; see lexicon.h.
 */
#ifndef KIJI_WORDS_FOLD_H
#define KIJI_WORDS_FOLD_H

#include "kiji.h"

/* One step through matching-form bytes. */
typedef struct kiji_fold {
    const char *at; /* next character */
    const char *end;
    const char *last; /* the character emitted before, for 々 */
    uint8_t last_len;
} kiji_fold;

/*
 * The next folded character: its bytes in out (at most 4), their number, and *at moved behind it; skipped characters
 * (hyphen, blank, ・, = between letters of one name) are stepped over. 0 at the end or before a character that no form
 * can hold here.
 */
unsigned kiji_fold_next(kiji_fold *fold, char out[4]);

/* Bytes of the character at p (valid UTF-8). */
static inline unsigned kiji_char_len(const char *p)
{
    const unsigned char c = (unsigned char)*p;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* The code point at p; the text is valid UTF-8. */
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
