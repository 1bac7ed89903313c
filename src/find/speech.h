/* speech.h - verbs and phrases of saying (dict/speech.tsv) at a token: 述べた, コメントした, 考えを示した, と指摘。 */
#ifndef KIJI_FIND_SPEECH_H
#define KIJI_FIND_SPEECH_H

#include "find/find.h"

typedef struct kiji_speech {
    const kiji_dict_entry *entry;
    const kiji_lexicon *lexicon;
    uint32_t first, last; /* tokens of the phrase: [first, last) */
    kiji_str verb;        /* dictionary form, borrowed from the dictionary */
} kiji_speech;

/*
 * The phrase of saying whose verb (or verbal noun that ends a sentence) is token t, the longest that the dictionary
 * knows: 考えを示す before 示す. `begin`: first token that it may reach back to. False: none.
 */
bool kiji_speech_at(kiji_speech *out, const kiji_case *c, uint32_t t, uint32_t begin);

/* The first phrase of saying in tokens [from, to); `begin` as above. */
bool kiji_speech_after(kiji_speech *out, const kiji_case *c, uint32_t from, uint32_t to);

#endif
