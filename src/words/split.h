/* split.h - MeCab words in which a name would be out of reach: ジョー・バイデン, 県知事, runs of symbols. */
#ifndef KIJI_WORDS_SPLIT_H
#define KIJI_WORDS_SPLIT_H

#include "words/tokenize.h"

#define KIJI_SPLIT_MAX 64

typedef struct kiji_split {
    kiji_str surface;    /* part of the word's surface */
    const char *feature; /* static feature string in IPADIC's columns */
} kiji_split;

/* Fill `parts` (room for KIJI_SPLIT_MAX) and return how many; 0 or 1: the word stays whole. */
size_t kiji_split_word(kiji_split *parts, const kiji_word *word);

#endif
