/* word_cache.h - dictionary entries and unknown words, parsed once and kept over articles. */
#ifndef KIJI_WORDS_WORD_CACHE_H
#define KIJI_WORDS_WORD_CACHE_H

#include "words/mecab_dict.h"
#include "words/tokenize.h"

typedef struct kiji_word_cache kiji_word_cache;

/* `dict` is borrowed. NULL when out of memory. */
kiji_word_cache *kiji_word_cache_new(const kiji_mecab_dict *dict);
void kiji_word_cache_free(kiji_word_cache *cache);
/* Empty it when it holds more than it should. */
void kiji_word_cache_trim(kiji_word_cache *cache);

/*
 * The word for an entry of the dictionary and its surface (copied), parsed at the first sight only. Borrowed until
 * kiji_word_cache_trim. NULL when out of memory.
 */
kiji_word *kiji_word_cache_known(kiji_word_cache *cache, uint32_t entry, kiji_str surface);

/* It will be asked for: first its place, then the word itself. */
void kiji_word_cache_ask(const kiji_word_cache *cache, uint32_t entry);
void kiji_word_cache_ask_word(const kiji_word_cache *cache, uint32_t entry);

/* The same for an entry of the unknown words, with any surface. */
kiji_word *kiji_word_cache_unknown(kiji_word_cache *cache, uint32_t entry, kiji_str surface);

/* The same for a feature string that lives as long as the cache. */
kiji_word *kiji_word_cache_get(kiji_word_cache *cache, const char *feature, kiji_str surface);

#endif
