#include "base/checksum.h"

#include <string.h>

#include "base/hash.h"

/* Chains that do not wait for each other: a multiplication takes three cycles, but one can begin in each. */
#define LANES  8
#define STRIDE (LANES * sizeof(uint64_t))
#define FACTOR 0x9FB21C651E98DF25u

/* One to one in `lane` and in `word`, so that a changed word is never forgotten. */
static inline uint64_t take(uint64_t lane, uint64_t word)
{
    lane = (lane ^ word) * FACTOR;
    return lane << 29 | lane >> 35; /* else the highest bits would never reach the others */
}

uint64_t kiji_checksum(kiji_str bytes)
{
    uint64_t lanes[LANES] = {1, 2, 3, 4, 5, 6, 7, 8};
    uint64_t words[LANES];
    size_t at = 0;
    for (; bytes.len - at >= STRIDE; at += STRIDE) {
        memcpy(words, bytes.ptr + at, STRIDE);
        for (size_t i = 0; i < LANES; i++) {
            lanes[i] = take(lanes[i], words[i]);
        }
    }
    const kiji_str rest = {bytes.ptr + at, bytes.len - at};
    uint64_t sum = kiji_mix(kiji_hash64(rest) ^ bytes.len);
    for (size_t i = 0; i < LANES; i++) {
        sum = kiji_mix(take(sum, lanes[i]));
    }
    return sum;
}
