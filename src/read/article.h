/*
 * article.h - the structure of an article: headline, paragraphs, sentences, bracket pairs, date line.
 */
#ifndef KIJI_READ_ARTICLE_H
#define KIJI_READ_ARTICLE_H

#include "read/text.h"

typedef struct kiji_sentence {
    kiji_range range;   /* without leading and trailing blanks, never empty, its 。 included */
    uint32_t paragraph; /* number from 0; the headline is paragraph 0 when there is one */
    bool headline;
} kiji_sentence;

typedef enum kiji_bracket_kind {
    KIJI_BRACKET_SPEECH,  /* 「」 ｢｣ */
    KIJI_BRACKET_DOUBLE,  /* 『』 */
    KIJI_BRACKET_ENGLISH, /* “” "" «» ‹› and 「 closed by » or vice versa */
    KIJI_BRACKET_ROUND,   /* （） () */
    KIJI_BRACKET_OTHER    /* 【】［］〈〉《》〔〕 */
} kiji_bracket_kind;

/* One pair, also a broken one. */
typedef struct kiji_bracket {
    kiji_bracket_kind kind;
    kiji_range outer;  /* with the bracket characters that exist */
    kiji_range inner;  /* between them, blanks at the edges left in */
    uint32_t sentence; /* the sentence that holds outer.begin */
    uint32_t parent;   /* index of the pair around it, or UINT32_MAX */
    bool opened;       /* false: only the closing bracket is there */
    bool closed;       /* false: only the opening one */
} kiji_bracket;

typedef struct kiji_article {
    kiji_text text;
    kiji_range title; /* the headline in the matching form; empty (begin == end) where there is none */
    struct {
        kiji_sentence *items;
        size_t count, capacity;
    } sentences; /* in order, disjoint */
    struct {
        kiji_bracket *items;
        size_t count, capacity;
    } brackets;    /* by outer.begin; nested, never crossing */
    char date[11]; /* "YYYY-MM-DD" or "": given, or read off the text */
} kiji_article;

/*
 * Structure of article->text (built before). `date`: given date "YYYY-MM-DD" or NULL: the first full date of the text
 * (2024年7月28日, 令和6年7月28日, 2024/7/28, 2024-07-28) is taken.
 *
 * Headline: the first line, when more lines follow and it does not end in 。 and is at most 120 code points.
 * Sentences end at 。！？ (and at ． behind Japanese text) outside brackets, at line ends, and behind a closing bracket
 * that follows 。 and is not followed by と, との, などと … (see the rules in article.c).
 * Brackets pair within a paragraph; a bracket that finds no partner is broken: it reaches to the end of the first
 * sentence (。) behind it, or of the paragraph, never further. Time is linear, nesting deeper than 64 is ignored.
 */
void kiji_article_build(kiji_article *article, kiji_arena *arena, const char *date);

#endif
