/*
 * archive.h - compressed streams, tar and zip through libarchive: entry by entry, nothing is written to disk.
 */
#ifndef KIJI_READ_ARCHIVE_H
#define KIJI_READ_ARCHIVE_H

#include "read/reader.h"

typedef struct kiji_archive kiji_archive;

/* How far a stream may unpack: beyond the first 16 MiB at most so many bytes for one byte of it. */
#define KIJI_ARCHIVE_RATIO ((uint64_t)1000)

/*
 * Open a stream of bytes. `reader` is copied; what it reads from stays the caller's. The archive is owned by the
 * caller (kiji_archive_close). Errors: KIJI_EINPUT (not an archive, damaged, compressed twice), those of the reader,
 * KIJI_EDICT (libarchive cannot be loaded), KIJI_ENOMEM.
 */
kiji_status kiji_archive_open(kiji_archive **out, const kiji_reader *reader, kiji_error *err);

/*
 * The name of the next regular file, borrowed until the next call, as the archive spells it (it is no path to be
 * opened, may be absolute, hold "..", line ends, be no UTF-8); "" for a stream that is compressed and no archive;
 * NULL at the end. What is left of the entry before is passed over. Errors: KIJI_EINPUT (damaged: nothing comes
 * after), KIJI_ELIMIT (unpacks too far), those of the reader, KIJI_ENOMEM.
 */
kiji_status kiji_archive_next(const char **out, kiji_archive *archive, kiji_error *err);

/* A kiji_reader's `read` over the bytes of the current entry; `archive` is the kiji_archive. */
kiji_status kiji_archive_read(void *archive, char *at, size_t room, size_t *got, kiji_error *err);

/* Whether it ended by an error: no further entry comes. */
bool kiji_archive_failed(const kiji_archive *archive);

/* NULL is allowed. */
void kiji_archive_close(kiji_archive *archive);

#endif
