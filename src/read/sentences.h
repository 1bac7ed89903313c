/* sentences.h - the sentences of a paragraph; its brackets are paired before. */
#ifndef KIJI_READ_SENTENCES_H
#define KIJI_READ_SENTENCES_H

#include "read/article.h"

/* Where the splitter stands; paragraphs are given in order. */
typedef struct kiji_splitter {
    kiji_article *article;
    kiji_arena *arena;
    const uint64_t *marks; /* bytes that may begin a bracket or a full stop (marks.h) */
    size_t bracket;        /* next bracket to look at; 0 at first */
} kiji_splitter;

/* Append the sentences of `paragraph` (bytes of the matching form, its number in the article) to the article's. */
void kiji_sentences_split(kiji_splitter *s, kiji_range paragraph, uint32_t number, bool headline);

#endif
