#include "words/words.h"

#include <string.h>

/* Text in bytes after which the few milliseconds of kiji_image_settle come back many times over. */
#define LONG_RUN ((size_t)256 * 1024)

static void settle(const kiji_knowledge *knowledge)
{
    kiji_mecab_settle(knowledge->mecab);
    for (size_t i = 0; i < knowledge->n_lexicons; i++) {
        kiji_lexicon_settle(knowledge->lexicons[i]);
    }
    if (knowledge->weights != NULL) {
        kiji_weights_settle(knowledge->weights);
    }
}

kiji_status kiji_knowledge_check(const kiji_knowledge *knowledge, kiji_error *err)
{
    const kiji_status status = kiji_lexicon_check(knowledge->lexicons[0], err);
    return status == KIJI_OK && knowledge->weights != NULL ? kiji_weights_check(knowledge->weights, err) : status;
}

void kiji_words_cut(kiji_words *out, kiji_tokenizer *tokenizer, kiji_arena *arena, const kiji_article *article)
{
    memset(out, 0, sizeof *out);
    kiji_tokenize(&out->tokens, tokenizer, arena, article);
}

void kiji_words_match(kiji_words *out, const kiji_knowledge *knowledge, kiji_arena *arena, const kiji_article *article)
{
    if (kiji_mecab_passes(knowledge->mecab, article->text.norm.len, LONG_RUN)) {
        settle(knowledge);
    }
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
