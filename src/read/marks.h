/*
 * marks.h - finding the few bytes that matter in a long text: a rule flags bytes sixty-four at a time (the compiler
 * makes vector code of it), the flags become a bit a byte, and a scan steps from bit to bit.
 */
#ifndef KIJI_READ_MARKS_H
#define KIJI_READ_MARKS_H

#include "base/mem.h"
#include "kiji.h"

#define KIJI_MARKS_BLOCK 64

/* Set out[i] to 1 where p[i] is of interest, else 0, for a block; p[i + 1] and p[i + 2] may be looked at too. */
typedef void (*kiji_mark_rule)(unsigned char *restrict out, const unsigned char *restrict p);

/* A bit for each byte of `s` (and 0 behind it); in the arena. */
uint64_t *kiji_marks_find(kiji_arena *arena, kiji_str s, kiji_mark_rule rule);

/* The first marked byte at `at` or behind it, or `end`. */
static inline size_t kiji_marks_next(const uint64_t *bits, size_t at, size_t end)
{
    if (at >= end) {
        return end;
    }
    size_t word = at / 64;
    uint64_t rest = bits[word] >> (at % 64);
    if (rest == 0) {
        do {
            word++;
            at = word * 64;
            if (at >= end) {
                return end;
            }
        } while (bits[word] == 0);
        rest = bits[word];
    }
    at += (size_t)__builtin_ctzll(rest);
    return at < end ? at : end;
}

#endif
