/*
 * stages.h - where a thread's time goes: a clock that is always in exactly one stage, so that the stages add up to the
 * CPU of the thread, without gaps. A NULL clock is one that is switched off: entering a stage is then one comparison.
 */
#ifndef KIJI_BASE_STAGES_H
#define KIJI_BASE_STAGES_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "kiji.h"

/* In the order of the table. */
typedef enum kiji_stage {
    KIJI_STAGE_START,    /* linking, options, opening */
    KIJI_STAGE_LOAD,     /* dictionaries and weights */
    KIJI_STAGE_READ,     /* files, archives, JSON Lines */
    KIJI_STAGE_DECODE,   /* charset, matching form, sentences */
    KIJI_STAGE_TOKENIZE, /* morphemes */
    KIJI_STAGE_MATCH,    /* kiji's dictionaries */
    KIJI_STAGE_LABEL,    /* features and model */
    KIJI_STAGE_ENTITIES,
    KIJI_STAGE_QUOTES,
    KIJI_STAGE_KEYWORDS,
    KIJI_STAGE_RECORD, /* what was found into the record */
    KIJI_STAGE_FORMAT, /* the record into text */
    KIJI_STAGE_WRITE,  /* text and messages out */
    KIJI_STAGE_REST,   /* workers, cleaning up */
    KIJI_STAGES        /* how many */
} kiji_stage;

/* A clock of one thread. */
struct kiji_stages {
    kiji_stage now;
    uint64_t since; /* nanoseconds of CPU of the thread when `now` was entered */
    uint64_t spent[KIJI_STAGES];
};

/* Start a clock for a thread: what the thread used since its beginning will count for `first`. */
void kiji_stages_begin(kiji_stages *stages, kiji_stage first);

/* Charge the stage that ends. Called by the thread whose clock it is. */
void kiji_stages_switch(kiji_stages *stages, kiji_stage next);

/* The thread is now in `next`; `stages` may be NULL. */
static inline void kiji_stages_enter(kiji_stages *stages, kiji_stage next)
{
    if (stages != NULL) {
        kiji_stages_switch(stages, next);
    }
}

/* Charge the stage that the clock is in, up to now: before its sums are read. `stages` may be NULL. */
void kiji_stages_stop(kiji_stages *stages);

/* Add the sums of a stopped clock. */
void kiji_stages_add(kiji_stages *to, const kiji_stages *from);

/*
 * Append the table: a header, a line a stage with seconds and share, their sum. Returns the sum as it is printed,
 * seconds: of the printed lines, so that they add up.
 */
double kiji_stages_table(const kiji_stages *stages, kiji_buf *out);

#endif
