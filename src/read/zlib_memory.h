/* zlib_memory.h - zlib's memory through base/mem.h, for its streams' zalloc and zfree. */
#ifndef KIJI_READ_ZLIB_MEMORY_H
#define KIJI_READ_ZLIB_MEMORY_H

#include <zlib.h>

#include "base/mem.h"

static inline voidpf kiji_zlib_alloc(voidpf unused, uInt count, uInt nbytes_each)
{
    (void)unused;
    return kiji_alloc_zero(count, nbytes_each);
}

static inline void kiji_zlib_free(voidpf unused, voidpf ptr)
{
    (void)unused;
    kiji_free(ptr);
}

#endif
