/* hash.h - one fast hash for tables in memory and for feature numbers in weights files (part of their format). */
#ifndef KIJI_BASE_HASH_H
#define KIJI_BASE_HASH_H

#include <stdint.h>
#include <string.h>

#include "kiji.h"

/* Mix a 64-bit value (the finalizer of splitmix64: Steele, Lea, Flood 2014). */
static inline uint64_t kiji_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 27;
    x *= 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* Hash of bytes, eight at a time; the same on every machine with little-endian byte order. */
static inline uint64_t kiji_hash64(kiji_str s)
{
    uint64_t h = 0x9E3779B97F4A7C15u ^ s.len;
    const char *p = s.ptr;
    size_t n = s.len;
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        h = (h ^ word) * 0x9FB21C651E98DF25u;
        h ^= h >> 32;
    }
    if (n != 0) {
        uint64_t word = 0;
        memcpy(&word, p, n);
        h = (h ^ word) * 0x9FB21C651E98DF25u;
        h ^= h >> 32;
    }
    return h * 0x9E3779B97F4A7C15u;
}

static inline uint32_t kiji_hash(kiji_str s)
{
    return (uint32_t)(kiji_hash64(s) >> 32);
}

#endif
