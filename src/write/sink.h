/*
 * sink.h - checked output: the only place that writes to a file or standard output.
 */
#ifndef KIJI_WRITE_SINK_H
#define KIJI_WRITE_SINK_H

#include "base/buf.h"
#include "kiji.h"

typedef struct kiji_sink kiji_sink;

/*
 * Open an output. `path` NULL or "-": standard output (borrowed). Else a temporary file beside `path`, renamed over it
 * by kiji_sink_close when everything was written (a link is followed). Terminals and pipes get each record at once,
 * files get blocks. Devices and FIFOs are written in place. Errors: KIJI_EIO, KIJI_ENOMEM.
 */
kiji_status kiji_sink_open(kiji_sink **out, const char *path, kiji_error *err);

/*
 * The same with a name for the temporary file (copied; on the same file system), which may be left over from a run that
 * was killed. One at a time.
 */
kiji_status kiji_sink_open_by(kiji_sink **out, const char *path, const char *temporary, kiji_error *err);

/* Append bytes; failures are kept and reported by kiji_sink_record and kiji_sink_close. */
void kiji_sink_put(kiji_sink *sink, const void *bytes, size_t nbytes);

/* How many records were finished (kiji_sink_record) so far. */
size_t kiji_sink_records(const kiji_sink *sink);

/* A record is whole: flush where the reader waits for it. KIJI_EIO when a write failed (so far). */
kiji_status kiji_sink_record(kiji_sink *sink, kiji_error *err);

/* Write all, fsync and rename for a file, close. The sink is freed in any case; a failed file is removed. */
kiji_status kiji_sink_close(kiji_sink *sink, kiji_error *err);

/* Give up: remove the temporary file, free. NULL allowed. */
void kiji_sink_discard(kiji_sink *sink);

#endif
