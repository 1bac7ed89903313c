/*
 * job.h - one article: analyzed and written into a buffer, later printed with its messages.
 */
#ifndef KIJI_CLI_JOB_H
#define KIJI_CLI_JOB_H

#include "cli/jobs.h"

/* Starts all zero, is reused. */
typedef struct kiji_job {
    kiji_item item;
    kiji_buf out;      /* the record as it will be printed */
    kiji_buf warnings; /* each followed by NUL */
    const char *stage; /* where it failed, if it did: read decode analyze write */
    bool lossy;        /* bytes were lost */
    bool found;        /* the record holds something */
    bool again;        /* an earlier run made it: `out` is what run->keep wants of it */
    bool broken;       /* item.err is of what all articles need: the run ends */
    kiji_origin origin;
} kiji_job;

/*
 * Analyze job->item (unless it failed already) and format the record; failures go to job->item.err. `stages`: the clock
 * of the calling thread, which the analyzer watches too, or NULL.
 */
void kiji_job_work(kiji_job *job, const kiji_run *run, kiji_analyzer *analyzer, kiji_stages *stages);

/* Print messages and record. Errors: KIJI_EIO, KIJI_ENOMEM (output). */
kiji_status kiji_job_print(const kiji_job *job, const kiji_run *run, kiji_error *err);

void kiji_job_clear(kiji_job *job);

#endif
