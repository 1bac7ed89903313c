#include "read/marks.h"

#include <string.h>

/* Eight flags of 0 or 1 to eight bits, the first to the lowest, on either byte order. */
static uint64_t eight(const unsigned char *f)
{
    /* one load on most machines, as compilers know this form */
    const uint64_t low = (uint64_t)f[0] | (uint64_t)f[1] << 8 | (uint64_t)f[2] << 16 | (uint64_t)f[3] << 24;
    const uint64_t high = (uint64_t)f[4] | (uint64_t)f[5] << 8 | (uint64_t)f[6] << 16 | (uint64_t)f[7] << 24;
    return (low | high << 32) * 0x0102040810204080u >> 56;
}

static uint64_t pack(const unsigned char flags[KIJI_MARKS_BLOCK])
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < 8; i++) {
        bits |= eight(flags + (size_t)8 * i) << (8 * i);
    }
    return bits;
}

uint64_t *kiji_marks_find(kiji_arena *arena, kiji_str s, kiji_mark_rule rule)
{
    const size_t n = s.len / KIJI_MARKS_BLOCK + 1;
    uint64_t *bits = kiji_arena_alloc(arena, n * sizeof *bits);
    unsigned char flags[KIJI_MARKS_BLOCK];
    for (size_t i = 0; i < n; i++) {
        const size_t at = i * KIJI_MARKS_BLOCK;
        if (s.len - at >= KIJI_MARKS_BLOCK + 2) {
            rule(flags, (const unsigned char *)s.ptr + at);
        } else { /* the end of the text, with zeros behind it */
            unsigned char last[KIJI_MARKS_BLOCK + 2] = {0};
            if (s.len != at) {
                memcpy(last, s.ptr + at, s.len - at);
            }
            rule(flags, last);
            if (s.len - at < KIJI_MARKS_BLOCK) {
                memset(flags + (s.len - at), 0, KIJI_MARKS_BLOCK - (s.len - at));
            }
        }
        bits[i] = pack(flags);
    }
    return bits;
}
