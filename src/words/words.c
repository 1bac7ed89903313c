#include "words/words.h"

#include <string.h>

void kiji_words_build(kiji_words *out, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer, kiji_arena *arena,
                      const kiji_article *article)
{
    memset(out, 0, sizeof *out);
    kiji_tokenize(&out->tokens, tokenizer, arena, article);
    for (size_t i = 0; i < knowledge->n_lexicons; i++) {
        kiji_lexicon_match(&out->hits, arena, knowledge->lexicons[i], article->text.norm.ptr, &out->tokens);
    }
    kiji_features_build(&out->features, arena, &out->tokens, article->sentences.count, &out->hits);
    if (knowledge->tagger != NULL) {
        kiji_tag(&out->names, knowledge->tagger, arena, &out->features, knowledge->lexicons, knowledge->n_lexicons);
    }
}
