/* tallies.h - how often words or terms came, by label, under their hash: open addressing, grown at half. */
#ifndef KIJI_TOOLS_TALLIES_H
#define KIJI_TOOLS_TALLIES_H

#include "words/tagger.h"

typedef struct tally {
    uint32_t hash; /* 0: free */
    uint32_t counts[KIJI_LABELS];
} tally;

typedef struct tallies {
    tally *slots; /* owned */
    size_t n_slots, count;
} tallies;

/* An empty table, ended by tallies_free. False: out of memory. */
bool tallies_begin(tallies *x);
void tallies_free(tallies *x);

/* One more of `hash` (0 counts as 1) under `label` (< KIJI_LABELS). False: out of memory, nothing changed. */
bool tallies_add(tallies *x, uint32_t hash, unsigned label);

#endif
