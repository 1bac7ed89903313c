/*
 * clones.h - functions that are compiled twice, for every x86-64 and for those with AVX2; the loader takes what fits
 * the machine. For loops over lanes of integers only: the result is the same to the bit.
 */
#ifndef KIJI_BASE_CLONES_H
#define KIJI_BASE_CLONES_H

#include <stdlib.h> /* __GLIBC__, whose loader knows indirect functions */

/* Not under sanitizers, which want to run before anything else does. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) &&                           \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define KIJI_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define KIJI_CLONES
#endif

#endif
