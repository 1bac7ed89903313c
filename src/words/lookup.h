/*
 * lookup.h - all words of MeCab's dictionary in a sentence.
 *
 * A step down the trie is a cache miss in 11 MB. So the ways down from all characters go on in turn, that their misses
 * overlap, and what lies behind a first character and behind a pair of characters is remembered: news repeats itself.
 */
#ifndef KIJI_WORDS_LOOKUP_H
#define KIJI_WORDS_LOOKUP_H

#include "words/mecab_dict.h"

/* A word of the dictionary at some place: the entries of one surface. */
typedef struct kiji_match {
    kiji_entry_run run;
    uint32_t shorter; /* the next shorter one from the same place: index, or KIJI_NO_MATCH */
    uint32_t nbytes;
} kiji_match;

#define KIJI_NO_MATCH 0u

typedef struct kiji_lookup kiji_lookup;

/* For sentences of at most `max_bytes` (< 65536). `dict` is borrowed. NULL when out of memory. */
kiji_lookup *kiji_lookup_new(const kiji_mecab_dict *dict, uint32_t max_bytes);
void kiji_lookup_free(kiji_lookup *lookup);

/* The words of the dictionary that begin in a sentence. */
typedef struct kiji_matches {
    const kiji_match *items;
    const uint32_t *longest; /* by byte: the longest word from there, or KIJI_NO_MATCH */
} kiji_matches;

/* Find them in `sentence` (valid UTF-8). *out is borrowed until the next call. Errors: KIJI_ENOMEM. */
kiji_status kiji_lookup_words(kiji_matches *out, kiji_lookup *lookup, kiji_str sentence);

#endif
