/*
 * gunzip.h - gzip (RFC 1952) through zlib, a member after the other, their checksums looked at: libarchive's own filter
 * passes over them, and a flipped bit would go unseen.
 */
#ifndef KIJI_READ_GUNZIP_H
#define KIJI_READ_GUNZIP_H

#include "read/reader.h"

typedef struct kiji_gunzip kiji_gunzip;

/* Whether gzip begins with these bytes. */
bool kiji_gunzip_begins(kiji_str head);

/* Unpack what `reader` (copied) gives; `head` is borrowed until it is read and comes before it. NULL: no memory. */
kiji_gunzip *kiji_gunzip_new(const kiji_reader *reader, kiji_str head);

/* A kiji_reader's `read`, `from` is the kiji_gunzip. Errors: the reader's; KIJI_EINPUT, KIJI_ENOMEM. */
kiji_status kiji_gunzip_read(void *from, char *at, size_t room, size_t *got, kiji_error *err);

/* Compressed bytes taken so far. */
uint64_t kiji_gunzip_taken(const kiji_gunzip *gunzip);

/* NULL is allowed. */
void kiji_gunzip_free(kiji_gunzip *gunzip);

#endif
