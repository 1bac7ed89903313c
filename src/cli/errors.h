/* errors.h - the file of --errors: what failed, a JSON object a line. */
#ifndef KIJI_CLI_ERRORS_H
#define KIJI_CLI_ERRORS_H

#include "cli/job.h"

/* Make or empty the file; its descriptor goes to *out (-1 where `path` is NULL), the caller closes it. Errors:
 * KIJI_EIO. */
kiji_status kiji_errors_open(int *out, const char *path, kiji_error *err);

/*
 * Append {"source","stage","reason","byte"} for a job that failed; `byte` is null where none is known. One write a
 * line. Errors: KIJI_EIO, KIJI_ENOMEM.
 */
kiji_status kiji_errors_put(int fd, const kiji_job *job, kiji_error *err);

#endif
