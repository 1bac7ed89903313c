/*
 * trie_build.h - a double-array trie over folded forms (Aoe 1989), a character a step, with child offsets by XOR so
 * that one array lookup and one compare make a step.
 */
#ifndef KIJI_WORDS_TRIE_BUILD_H
#define KIJI_WORDS_TRIE_BUILD_H

#include "base/mem.h"
#include "words/dict.h"

typedef struct kiji_trie_key {
    kiji_str form; /* folded, not empty, without NUL */
    uint32_t entry;
    uint8_t role;
} kiji_trie_key;

typedef struct kiji_trie {
    kiji_dict_unit *units; /* unit 0 is the root */
    size_t n_units;
    kiji_dict_item *items;
    size_t n_items;
} kiji_trie;

/* Build from keys in any order, in UTF-8; the same bytes for the same keys. Memory from `arena`. */
void kiji_trie_build(kiji_trie *trie, kiji_arena *arena, const kiji_trie_key *keys, size_t count);

#endif
