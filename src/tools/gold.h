/* gold.h - annotated articles (inline tags) for training: text and spans. */
#ifndef KIJI_TOOLS_GOLD_H
#define KIJI_TOOLS_GOLD_H

#include "base/mem.h"
#include "kiji.h"

typedef struct kiji_gold_span {
    char tag;            /* P L O W T S Q */
    uint32_t begin, end; /* bytes of the text */
    kiji_str id;         /* id, of (T) or sp (Q); "" where absent */
    kiji_str kind;       /* kind (W, Q) or office (T) */
    kiji_str cue;        /* cue (Q) or country (T) */
} kiji_gold_span;

typedef struct kiji_gold {
    kiji_str text; /* without tags */
    struct {
        kiji_gold_span *items;
        size_t count, capacity;
    } spans; /* by begin, outer first */
} kiji_gold;

/* Parse one annotated article. Memory from `arena`. False when tags cross or stay open. */
bool kiji_gold_parse(kiji_gold *out, kiji_arena *arena, kiji_str markup);

/* Names of the *.gold files of a folder in byte order, as paths; *count says how many. NULL: none or not readable. */
char **kiji_gold_list(kiji_arena *arena, const char *folder, size_t *count);

/* A file's bytes in the arena; ptr NULL when it cannot be read. */
kiji_str kiji_gold_read(kiji_arena *arena, const char *path);

#endif
