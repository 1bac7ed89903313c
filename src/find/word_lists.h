/*
 * word_lists.h - the short lists of words that extractors ask tokens for: nouns of saying, first persons, words of
 * armed forces. A word is looked for in a list once, not at each of its places in the text.
 */
#ifndef KIJI_FIND_WORD_LISTS_H
#define KIJI_FIND_WORD_LISTS_H

#include "words/tokenize.h"

typedef enum kiji_word_list {
    KIJI_LIST_CONTENT,  /* 方針, 意向, 旨: nouns that take what is said as a clause in front of them */
    KIJI_LIST_SAYING,   /* 発言, 見方, 声: という発言, との見方, などの声 */
    KIJI_LIST_TOLD,     /* 話, 説明: what somebody's, with の, makes a speaker */
    KIJI_LIST_SPOKEN,   /* です, 私, ね: signs of speech, also by their dictionary form */
    KIJI_LIST_I,        /* 私, 僕: a person speaks */
    KIJI_LIST_WE,       /* 我々, わが国 */
    KIJI_LIST_OUR_BODY, /* 当社, 弊社: a body speaks */
    KIJI_LIST_POLITE,   /* です, ます: one who is asked */
    KIJI_LIST_OCCASION, /* 会見, 声明: where something is said */
    KIJI_LIST_HUMAN,    /* 回答者, 検察側, 捜査員: the last character makes a person or body */
    KIJI_LIST_MILITARY, /* 自衛隊, 撃墜: words that only armed forces and what is written about them need */
    KIJI_LISTS
} kiji_word_list;

/* Look for the word in a list; what comes out is noted in word->lists: two bits a list, asked and found. */
void kiji_word_lists_look(kiji_word *word, kiji_word_list list);

/* Is the word on a list? Words belong to one worker. */
static inline bool kiji_word_is_on(kiji_word *word, kiji_word_list list)
{
    if ((word->lists >> (2 * list) & 1u) == 0) {
        kiji_word_lists_look(word, list);
    }
    return (word->lists >> (2 * list) & 2u) != 0;
}

#endif
