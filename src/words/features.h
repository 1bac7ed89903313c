/*
 * features.h - what the named-entity model sees of a token: numbers of features, shared by tagger and trainer.
 *
 * Two kinds. *Attributes* depend on the word alone (surface, base form, part of speech, affixes, shape, what the
 * dictionaries say of it): the tagger sums their weights once a word and window offset. *Token features* depend on the
 * neighbours, the run of nouns, dictionary matches over several tokens and evidence elsewhere in the article.
 * A feature is a 32-bit number; a row of the weights table is that number mixed with the window offset.
 */
#ifndef KIJI_WORDS_FEATURES_H
#define KIJI_WORDS_FEATURES_H

#include "base/hash.h"
#include "words/lexicon.h"
#include "words/tokenize.h"

#define KIJI_MAX_ATTRIBUTES 48
#define KIJI_MAX_FEATURES   64

/* Evidence that the article gives for a word, wherever it stands: bits, by word. */
enum {
    KIJI_SEEN_HONORIFIC = 1,     /* 氏, さん or a title follows */
    KIJI_SEEN_FULL_NAME = 2,     /* part of a katakana full name, or a surname with its given name */
    KIJI_SEEN_PLACE_SUFFIX = 4,  /* 県, 市, 州 … follows */
    KIJI_SEEN_ORG_SUFFIX = 8,    /* 社, 党, 省 … follows */
    KIJI_SEEN_LOCATIVE = 16,     /* で or に follows */
    KIJI_SEEN_BRACKETED = 32,    /* in brackets behind a name (WHO) */
    KIJI_SEEN_WEAPON_CLASS = 64, /* a weapon class word beside it */
    KIJI_SEEN_SAYS = 128         /* は or が follows */
};

typedef struct kiji_features {
    const kiji_tokens *tokens;
    const kiji_hits *hits;
    size_t n_sentences;
    uint8_t *seen;       /* evidence by token (of its word), elsewhere in the article */
    uint32_t *hit_marks; /* by token: up to four dictionary marks of 8 bits */
    uint32_t *run_first; /* by token: first token of its run of nouns; the token itself outside runs */
    uint32_t *run_last;  /* by token: last token of its run */
} kiji_features;

/* Prepare the features of an article. Memory from `arena`; the objects are borrowed. */
void kiji_features_build(kiji_features *features, kiji_arena *arena, const kiji_tokens *tokens, size_t n_sentences,
                         const kiji_hits *hits);

/*
 * What is known of words from elsewhere: dictionaries, and hints, which say how a word was labelled in other text
 * (1 + 3 x label + confidence, 0 unknown; by hash of the word).
 */
#define KIJI_HINTS 2
typedef struct kiji_lore {
    const kiji_lexicon *const *lexicons;
    size_t n_lexicons;
    const uint8_t *hints[KIJI_HINTS]; /* NULL: none */
    uint32_t hint_mask;
} kiji_lore;

/* Attributes of a word: at most KIJI_MAX_ATTRIBUTES numbers. */
size_t kiji_word_attributes(uint32_t *out, const kiji_word *word, const kiji_lore *lore);

/* Where a word's hint stands. */
static inline uint32_t kiji_hint_at(uint32_t word_hash, uint32_t mask)
{
    return (word_hash * 0x9E3779B1u >> 7) & mask;
}

/* Token features of token t in the sentence [begin, end): at most KIJI_MAX_FEATURES numbers. */
size_t kiji_token_features(uint32_t *out, const kiji_features *features, uint32_t t, uint32_t begin, uint32_t end);

/* The row of an attribute at a window offset (0 … KIJI_WINDOW-1; 2 is the token itself) or of a token feature. */
static inline uint32_t kiji_attribute_row(uint32_t attribute, unsigned window, unsigned bits)
{
    return (uint32_t)(((uint64_t)(attribute + window * 0x3C6EF372u) * 0x9E3779B97F4A7C15u) >> (64 - bits));
}

static inline uint32_t kiji_feature_row(uint32_t feature, unsigned bits)
{
    return (uint32_t)(((uint64_t)feature * 0xD6E8FEB86659FD93u) >> (64 - bits));
}

#endif
