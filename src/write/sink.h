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

/* A file in an open folder; `path` is the folder's, for messages. All borrowed, `folder` until the sink is closed. */
typedef struct kiji_sink_place {
    int folder;
    const char *path;
    const char *name;
    const char *temporary; /* name of the temporary file, which a killed run may have left there; NULL: a new one */
} kiji_sink_place;

/*
 * The same for a file of an output folder that somebody else may write to: links in it are replaced, never followed,
 * and a folder that is moved or replaced by a link meanwhile stays the one that was opened.
 */
kiji_status kiji_sink_open_in(kiji_sink **out, const kiji_sink_place *place, kiji_error *err);

/* Append bytes; failures are kept and reported by kiji_sink_record and kiji_sink_close. */
void kiji_sink_put(kiji_sink *sink, const void *bytes, size_t nbytes);

/*
 * The file that kiji_sink_close makes or replaces, behind all links; borrowed from the sink. NULL where the output is
 * written in place.
 */
const char *kiji_sink_target(const kiji_sink *sink);

/* How many records were finished (kiji_sink_record) so far. */
size_t kiji_sink_records(const kiji_sink *sink);

/* A record is whole: flush where the reader waits for it. KIJI_EIO when a write failed (so far). */
kiji_status kiji_sink_record(kiji_sink *sink, kiji_error *err);

/* Write all, fsync and rename for a file, close. The sink is freed in any case; a failed file is removed. */
kiji_status kiji_sink_close(kiji_sink *sink, kiji_error *err);

/* Give up: remove the temporary file, free. NULL allowed. */
void kiji_sink_discard(kiji_sink *sink);

#endif
