/*
 * spool.h - the memory of an output folder: a file of parcels that only grows, a parcel for each record that is done.
 * Each carries a checksum; what a killed run left half written behind the last good one is cut off.
 */
#ifndef KIJI_CLI_SPOOL_H
#define KIJI_CLI_SPOOL_H

#include "base/buf.h"
#include "write/origin.h"

typedef struct kiji_spool kiji_spool;

/* A file in an open folder; `path` is the folder's, for messages. */
typedef struct kiji_spool_place {
    int folder;
    const char *path;
    const char *name;
} kiji_spool_place;

/*
 * Open or make a spool; locked against other runs. `resume`: keep what is in it, else empty it. `settings` is a digest:
 * parcels of other settings are not found. Errors: KIJI_EIO (also: in use), KIJI_ENOMEM.
 */
kiji_status kiji_spool_open(kiji_spool **out, const kiji_spool_place *place, bool resume, uint64_t settings,
                            kiji_error *err);

/*
 * Whether the spool held a parcel of this origin, of the same bytes and settings, when it was opened; it is appended
 * to `parcel`. Any number of threads.
 */
bool kiji_spool_find(const kiji_spool *spool, const kiji_origin *origin, kiji_buf *parcel, bool *found);

/* Append a parcel; it is found by the next run. One thread at a time. Errors: KIJI_EIO, KIJI_ENOMEM. */
kiji_status kiji_spool_add(kiji_spool *spool, const kiji_origin *origin, kiji_str parcel, kiji_error *err);

/* Make it lasting, close, free. NULL is allowed. Errors: KIJI_EIO. */
kiji_status kiji_spool_close(kiji_spool *spool, kiji_error *err);

#endif
