/*
 * normalize.h - the matching form of a text, replacement by replacement (text.h says what it is).
 */
#ifndef KIJI_READ_NORMALIZE_H
#define KIJI_READ_NORMALIZE_H

#include "base/mem.h"
#include "kiji.h"

typedef struct kiji_normalizer {
    kiji_arena *arena;
    kiji_str raw;
    const uint64_t *marks; /* raw bytes that may begin something to replace */
    size_t at;             /* next raw byte */
    char *out;
    size_t len, capacity;
} kiji_normalizer;

/* `nraw` raw bytes at raw_at became `nnorm` bytes at norm_at. */
typedef struct kiji_replacement {
    uint32_t raw_at, nraw, norm_at, nnorm;
} kiji_replacement;

/* Begin over valid UTF-8 of at most 1 GiB. A matching form beyond 4 GiB takes the arena's bail. */
void kiji_normalizer_init(kiji_normalizer *n, kiji_arena *arena, kiji_str raw);
/* Copy what stays as it is and make the next replacement; false at the end of the text. */
bool kiji_normalizer_next(kiji_normalizer *n, kiji_replacement *r);
/* The matching form, with a NUL behind it that is not counted. */
kiji_str kiji_normalizer_finish(kiji_normalizer *n);

#endif
