/* word_cache.h - dictionary entries and unknown words, parsed once and kept over articles. */
#ifndef KIJI_WORDS_WORD_CACHE_H
#define KIJI_WORDS_WORD_CACHE_H

#include "words/tokenize.h"

typedef struct kiji_word_cache kiji_word_cache;

/* NULL when out of memory. */
kiji_word_cache *kiji_word_cache_new(void);
void kiji_word_cache_free(kiji_word_cache *cache);
/* Empty it when it holds more than it should. */
void kiji_word_cache_trim(kiji_word_cache *cache);

/*
 * The word for MeCab's feature string (borrowed for as long as the cache lives) and a surface (copied). Parses at the
 * first sight only. Borrowed until kiji_word_cache_trim. NULL when out of memory.
 */
kiji_word *kiji_word_cache_get(kiji_word_cache *cache, const char *feature, kiji_str surface, bool known);

#endif
