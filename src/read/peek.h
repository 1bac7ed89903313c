/* peek.h - a stream whose first bytes are looked at before it is read. */
#ifndef KIJI_READ_PEEK_H
#define KIJI_READ_PEEK_H

#include "read/kind.h"
#include "read/reader.h"

typedef struct kiji_peek {
    kiji_reader reader; /* copied; what it is over lives longer */
    char bytes[KIJI_KIND_HEAD];
    size_t count, given;
} kiji_peek;

/*
 * Begin over `reader` and read its first bytes, at least `least` of them where there are so many. Errors: the reader's.
 */
kiji_status kiji_peek_begin(kiji_peek *peek, const kiji_reader *reader, size_t least, kiji_error *err);

/* What was read so far; borrowed. */
static inline kiji_str kiji_peek_head(const kiji_peek *peek)
{
    return (kiji_str){peek->bytes, peek->count};
}

/* A kiji_reader's `read`, `from` is the kiji_peek: these bytes, then the others. Errors: the reader's. */
kiji_status kiji_peek_read(void *from, char *at, size_t room, size_t *got, kiji_error *err);

#endif
