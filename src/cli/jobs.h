/*
 * jobs.h - articles through the analyzers and out again in their order, N at a time in bounded memory.
 */
#ifndef KIJI_CLI_JOBS_H
#define KIJI_CLI_JOBS_H

#include "cli/inputs.h"
#include "cli/keep.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "write/corpus.h"
#include "write/sink.h"

/* What a run works with; all borrowed. */
typedef struct kiji_run {
    const kiji_options *options;
    const kiji_model *model;
    kiji_inputs *inputs;
    kiji_sink *sink;     /* NULL: output goes to `keep` */
    kiji_keep *keep;     /* or NULL */
    kiji_corpus *corpus; /* or NULL: articles are counted, not written */
    kiji_report *report;
    kiji_progress *progress;
    int errors;          /* file for what failed, or -1 */
    kiji_stages *stages; /* clock of the thread that runs it; gets the sums of the workers; NULL: no clock */
} kiji_run;

/*
 * Analyze all inputs with `workers` (>= 1) analyzers; the same bytes come out for each number. *found: whether any
 * record held something. Errors end the run: KIJI_EIO (output), KIJI_ENOMEM, KIJI_EDICT; articles that fail are
 * reported.
 */
kiji_status kiji_jobs_run(bool *found, const kiji_run *run, size_t workers, kiji_error *err);

#endif
