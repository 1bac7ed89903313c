/*
 * words.h - the whole of this room in one call: sentences -> morphemes, dictionary matches, features, labels.
 */
#ifndef KIJI_WORDS_WORDS_H
#define KIJI_WORDS_WORDS_H

#include "words/tagger.h"

#define KIJI_MAX_LEXICONS 9

/* What is loaded once and shared by all threads. */
typedef struct kiji_knowledge {
    kiji_mecab *mecab;
    const kiji_lexicon *lexicons[KIJI_MAX_LEXICONS]; /* the built-in one first, then the users' */
    size_t n_lexicons;
    kiji_weights *weights; /* NULL: rules and dictionaries alone */
    kiji_tagger *tagger;   /* NULL with weights */
} kiji_knowledge;

/*
 * Read what kiji_lexicon_map and kiji_weights_map left unread: the built-in dictionary and the weights, before their
 * first use. Errors: KIJI_EDICT (damaged).
 */
kiji_status kiji_knowledge_check(const kiji_knowledge *knowledge, kiji_error *err);

typedef struct kiji_words {
    kiji_tokens tokens;
    kiji_hits hits;
    kiji_features features;
    kiji_label_spans names; /* empty without a tagger */
} kiji_words;

/*
 * The room's steps, in this order: morphemes, what the dictionaries know, what the model says. The first one clears
 * *out. Memory from `arena`, whose bail is taken on exhaustion.
 */
void kiji_words_cut(kiji_words *out, kiji_tokenizer *tokenizer, kiji_arena *arena, const kiji_article *article);
void kiji_words_match(kiji_words *out, const kiji_knowledge *knowledge, kiji_arena *arena, const kiji_article *article);
void kiji_words_label(kiji_words *out, const kiji_knowledge *knowledge, kiji_arena *arena, const kiji_article *article);

/* All of them. */
void kiji_words_build(kiji_words *out, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer, kiji_arena *arena,
                      const kiji_article *article);

#endif
