#include "words/words.h"

#include <string.h>

void kiji_words_cut(kiji_words *out, kiji_tokenizer *tokenizer, kiji_arena *arena, const kiji_article *article)
{
    memset(out, 0, sizeof *out);
    kiji_tokenize(&out->tokens, tokenizer, arena, article);
}

void kiji_words_match(kiji_words *out, const kiji_knowledge *knowledge, kiji_arena *arena, const kiji_article *article)
{
    for (size_t i = 0; i < knowledge->n_lexicons; i++) {
        kiji_lexicon_match(&out->hits, arena, knowledge->lexicons[i], article->text.norm.ptr, &out->tokens);
    }
}

void kiji_words_label(kiji_words *out, const kiji_knowledge *knowledge, kiji_arena *arena, const kiji_article *article)
{
    kiji_features_build(&out->features, arena, &out->tokens, article->sentences.count, &out->hits);
    if (knowledge->tagger != NULL) {
        kiji_tag(&out->names, knowledge->tagger, arena, &out->features, knowledge->lexicons, knowledge->n_lexicons);
    }
}

void kiji_words_build(kiji_words *out, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer, kiji_arena *arena,
                      const kiji_article *article)
{
    kiji_words_cut(out, tokenizer, arena, article);
    kiji_words_match(out, knowledge, arena, article);
    kiji_words_label(out, knowledge, arena, article);
}
