/* status.h - fill and copy error values; the statuses themselves are public (kiji.h). */
#ifndef KIJI_BASE_STATUS_H
#define KIJI_BASE_STATUS_H

#include "kiji.h"

/*
 * Fill *err (may be NULL) with a status, the name of the source (may be NULL: ""), a byte offset or KIJI_NO_OFFSET
 * and a printf-formatted reason; sys_errno is 0. Returns `status`, so that `return kiji_fail(…)` reads well.
 */
kiji_status kiji_fail(kiji_error *err, kiji_status status, const char *source, size_t byte_at, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The same for a refused system call: KIJI_EIO with errno's text appended as "reason: strerror". */
kiji_status kiji_fail_errno(kiji_error *err, const char *source, int sys_errno, const char *what);

/* Out of memory, without allocating. */
kiji_status kiji_fail_memory(kiji_error *err);

#endif
