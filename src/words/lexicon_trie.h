/* lexicon_trie.h - inside a lexicon: its parts in the mapped file, and steps down its trie. */
#ifndef KIJI_WORDS_LEXICON_TRIE_H
#define KIJI_WORDS_LEXICON_TRIE_H

#include "base/image.h"
#include "base/utf8.h"
#include "words/fold.h"
#include "words/lexicon.h"

struct kiji_lexicon {
    kiji_image image;
    char name[512]; /* for messages */
    uint64_t checksum;
    uint32_t tag; /* not 0: what words remember its walks by */
    const kiji_dict_unit *units;
    uint32_t n_units;
    const kiji_dict_item *items;
    uint32_t n_items;
    const kiji_dict_entry *entries;
    uint32_t n_entries;
    const kiji_dict_term *terms;
    uint32_t n_terms;
    const uint8_t *endings; /* KIJI_DICT_ENDING_BITS bits */
    const char *strings;
    uint32_t strings_size;
};

/* A node of the trie, with what its unit says. */
typedef struct kiji_trie_node {
    uint32_t number;
    uint32_t base;
    uint64_t next;
} kiji_trie_node;

static inline kiji_trie_node kiji_trie_root(const kiji_lexicon *x)
{
    return (kiji_trie_node){0, x->units[0].base, x->units[0].next};
}

/* One unit down the trie: false where there is no such child. Indices are checked here, not trusted. */
static inline bool kiji_trie_step(const kiji_lexicon *x, kiji_trie_node *node, uint32_t unit)
{
    const uint32_t child = (node->base & KIJI_DICT_BASE) ^ unit;
    if (child >= x->n_units || x->units[child].check != node->number) {
        return false;
    }
    *node = (kiji_trie_node){child, x->units[child].base, x->units[child].next};
    return true;
}

/* One character, or half of one above U+FFFF. */
static inline bool kiji_trie_step_unit(const kiji_lexicon *x, kiji_trie_node *node, uint32_t unit)
{
    return (node->next & kiji_dict_bit(unit)) != 0 && kiji_trie_step(x, node, unit);
}

static inline bool kiji_trie_step_char(const kiji_lexicon *x, kiji_trie_node *node, const char *bytes)
{
    const uint32_t code = kiji_utf8_code(bytes);
    if (code < 0x10000u) {
        return code != 0 && kiji_trie_step_unit(x, node, code);
    }
    return kiji_trie_step_unit(x, node, 0xD800u + ((code - 0x10000u) >> 10 & 0x3FFu)) &&
           kiji_trie_step_unit(x, node, 0xDC00u + (code & 0x3FFu));
}

/* The first item of the form that ends at `node`, or NULL. */
static inline const kiji_dict_item *kiji_trie_value(const kiji_lexicon *x, kiji_trie_node node)
{
    if ((node.base & KIJI_DICT_HAS_VALUE) == 0 || ((node.base & KIJI_DICT_LEAF) == 0 && !kiji_trie_step(x, &node, 0))) {
        return NULL;
    }
    return (node.base & KIJI_DICT_BASE) < x->n_items ? &x->items[node.base & KIJI_DICT_BASE] : NULL;
}

/* Look a word up that no lexicon has seen. */
void kiji_lexicon_look_up(const kiji_lexicon *lexicon, kiji_word *word);

/* What `word` remembers of this lexicon; NULL where that is nothing: another one was first, or its forms are many. */
static inline const kiji_word_way *kiji_lexicon_way(const kiji_lexicon *lexicon, kiji_word *word)
{
    if (word->way.lexicon == 0) {
        kiji_lexicon_look_up(lexicon, word);
    }
    return word->way.lexicon == lexicon->tag && word->way.n_forms != KIJI_WAY_UNKNOWN ? &word->way : NULL;
}

/* See kiji_lexicon_goes_on. */
static inline bool kiji_way_goes_on(const kiji_lexicon *lexicon, const kiji_word_way *way, const char *text)
{
    if (way == NULL) {
        return true;
    }
    const unsigned n = kiji_char_len(text);
    if (way->node == 0 || n == 4 || kiji_fold_depends(text)) {
        return way->node != 0;
    }
    uint32_t code = kiji_utf8_code(text);
    code += code >= 'A' && code <= 'Z' ? 32 : 0;
    if ((way->next & kiji_dict_bit(code)) == 0) {
        return false;
    }
    if ((way->base ^ code) < lexicon->n_units) {
        __builtin_prefetch(&lexicon->units[way->base ^ code]);
    }
    return true;
}

#endif
