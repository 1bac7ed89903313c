#include "base/stages.h"

#include <time.h>

#define A_SECOND 1000000000u
#define A_DIGIT  100000u /* the last one that is printed: a tenth of a millisecond, in nanoseconds */

static const char *const names[KIJI_STAGES] = {
    [KIJI_STAGE_START] = "start",       [KIJI_STAGE_LOAD] = "load",         [KIJI_STAGE_READ] = "read",
    [KIJI_STAGE_DECODE] = "decode",     [KIJI_STAGE_TOKENIZE] = "tokenize", [KIJI_STAGE_MATCH] = "dictionaries",
    [KIJI_STAGE_LABEL] = "model",       [KIJI_STAGE_ENTITIES] = "entities", [KIJI_STAGE_QUOTES] = "quotes",
    [KIJI_STAGE_KEYWORDS] = "keywords", [KIJI_STAGE_RECORD] = "record",     [KIJI_STAGE_FORMAT] = "format",
    [KIJI_STAGE_WRITE] = "write",       [KIJI_STAGE_REST] = "rest",
};

/* Where there is no such clock all is 0. */
static uint64_t now(void)
{
    struct timespec at = {.tv_sec = 0};
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (uint64_t)at.tv_sec * A_SECOND + (uint64_t)at.tv_nsec;
}

void kiji_stages_begin(kiji_stages *stages, kiji_stage first)
{
    *stages = (kiji_stages){.now = first};
}

static void charge(kiji_stages *stages)
{
    const uint64_t at = now();
    stages->spent[stages->now] += at - stages->since;
    stages->since = at;
}

void kiji_stages_switch(kiji_stages *stages, kiji_stage next)
{
    if (next != stages->now) {
        charge(stages);
        stages->now = next;
    }
}

void kiji_stages_stop(kiji_stages *stages)
{
    if (stages != NULL) {
        charge(stages);
    }
}

void kiji_stages_add(kiji_stages *to, const kiji_stages *from)
{
    for (size_t i = 0; i < KIJI_STAGES; i++) {
        to->spent[i] += from->spent[i];
    }
}

static void line(kiji_buf *out, const char *name, uint64_t digits, uint64_t all)
{
    const double share = all != 0 ? 100.0 * (double)digits / (double)all : 0.0;
    kiji_buf_printf(out, "%-14s%10.4f%8.1f%%\n", name, (double)digits * A_DIGIT / A_SECOND, share);
}

double kiji_stages_table(const kiji_stages *stages, kiji_buf *out)
{
    uint64_t digits[KIJI_STAGES];
    uint64_t all = 0;
    for (size_t i = 0; i < KIJI_STAGES; i++) {
        digits[i] = (stages->spent[i] + A_DIGIT / 2) / A_DIGIT;
        all += digits[i];
    }
    kiji_buf_printf(out, "%-14s%10s%9s\n", "stage", "seconds", "share");
    for (size_t i = 0; i < KIJI_STAGES; i++) {
        line(out, names[i], digits[i], all);
    }
    line(out, "all", all, all);
    return (double)all * A_DIGIT / A_SECOND;
}
