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
 * Structure of article->text (built before). `date`: given date "YYYY-MM-DD" or NULL: read off the text (date.h).
 *
 * Headline: the first line, when more lines follow and it does not end in 。 and is at most 120 code points.
 * Paragraphs are lines. Sentences end at 。！？ (and at a point behind Japanese text) outside brackets, at line ends,
 * and behind a closing bracket that follows 。 and is not followed by と, との, などと … (the rules: sentences.c).
 * Brackets pair within a paragraph; an opening one that finds no partner is broken: it reaches to the end of the first
 * sentence (。) behind it, or of the pair or paragraph around it, never further; a closing one alone reaches back to
 * the begin of its sentence, unless it follows another closing one (…。」 »). Time is linear; what opens deeper than 64
 * is ignored.
 */
void kiji_article_build(kiji_article *article, kiji_arena *arena, const char *date);

#endif
