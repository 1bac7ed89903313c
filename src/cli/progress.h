/*
 * progress.h - how far the run is: one line on a terminal while it lasts, a summary and a word on interruption behind
 * it. Counts finished articles; calls come from one thread at a time.
 */
#ifndef KIJI_CLI_PROGRESS_H
#define KIJI_CLI_PROGRESS_H

#include "base/buf.h"
#include "base/stages.h"
#include "cli/expected.h"
#include "cli/options.h"

typedef struct kiji_progress {
    kiji_expected expected;
    bool shown;       /* the line is wanted */
    bool terminal;    /* standard error is one: a line is drawn over the last one; else lines follow each other */
    bool drawn;       /* a line stands there now */
    size_t done;      /* articles finished, the failed ones among them */
    size_t failed;    /* articles that failed */
    size_t bytes;     /* of the finished ones, as read */
    double start;     /* seconds of a clock that only goes forward */
    double drawn_at;  /* the same clock; 0: never */
    kiji_buf last;    /* owned: name of the file that the last finished article came from */
    size_t last_line; /* and its line or number in it, or 0 */
} kiji_progress;

/* Start the clock; decide from the options and the terminals whether a line is shown. */
void kiji_progress_begin(kiji_progress *progress, const kiji_options *options);

/* One article is out, or has `failed`: it came from `file`, as its line or article `line` (0: it is the file). */
void kiji_progress_step(kiji_progress *progress, kiji_str file, size_t line, bool failed);

/* Take the line away, for a message or for good. */
void kiji_progress_hide(kiji_progress *progress);

/* Whether a line was shown while the run lasted. */
bool kiji_progress_was_shown(const kiji_progress *progress);

/* "3622 articles, 2 failures, 12.3 s, 294.5 a second" */
void kiji_progress_summary(const kiji_progress *progress, kiji_buf *out);

/* Where the time went, and "3622 articles, 6.24 MB in 2.01 s: 1801.5 articles/s, 3.1 MB/s", by CPU too. */
void kiji_progress_stats(const kiji_progress *progress, const kiji_stages *stages, kiji_buf *out);

/* What is done when the run was interrupted, and how to go on. Begins with "interrupted". */
void kiji_progress_interrupted(const kiji_progress *progress, const kiji_options *options, kiji_buf *out);

void kiji_progress_clear(kiji_progress *progress);

#endif
