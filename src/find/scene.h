/* scene.h - a quote with its surroundings, before which everybody who could have said it is described. */
#ifndef KIJI_FIND_SCENE_H
#define KIJI_FIND_SCENE_H

#include "find/quotes.h"

typedef struct kiji_scene {
    const kiji_case *c;
    const kiji_found_quote *q;
    uint32_t open, close; /* tokens: first of the quote's outside before it, and behind it */
    uint32_t begin, end;  /* tokens of the sentence of the quote */
    uint32_t cue_end;     /* token behind the cue */
    uint32_t last_speaker;
    uint32_t since_last;    /* sentences since the last quote: 0 to 3, 4 farther, 5 none before */
    uint32_t opening;       /* first word of the sentence: また、さらに、一方 … */
    bool has_subject;       /* a candidate with は, が, も before the quote in its sentence */
    uint32_t first_topic;   /* the first voice with は before the quote in its sentence, or KIJI_NONE */
    uint32_t first_subject; /* the same with が */
    uint32_t near_subject;  /* the last voice with は, が, も before the quote in its sentence, or KIJI_NONE */
    uint32_t near_topic;    /* the nearest voice with は before the quote, in any sentence, or KIJI_NONE */
    uint32_t person;        /* who speaks inside: bits of pronouns and endings */
    bool interview;         /* the paragraph before is a question behind a dash */
    uint32_t behind;        /* the two words behind the quote, as one number */
    uint32_t before2;       /* the second word before it */
    uint32_t behind2;       /* the second word behind it */
    uint32_t behind_cue;    /* the word behind the cue; 1: no cue */
    uint32_t verb;          /* of saying */
    uint32_t inside[8];     /* entities named in the quote */
    unsigned n_inside;
} kiji_scene;

/* A count as one of eight classes. */
static inline unsigned kiji_scene_bucket(uint32_t n)
{
    return n < 3 ? n : n < 6 ? 3 : n < 12 ? 4 : n < 24 ? 5 : n < 48 ? 6 : 7;
}

/* Is a voice marked as subject or topic: は, が, も? */
static inline bool kiji_is_subject(const kiji_voice *v)
{
    return v->particle != KIJI_PARTICLE_OTHER;
}

/* Tokens [from, to) as one number, when they are few; else how many they are. */
uint32_t kiji_words_between(const kiji_case *c, uint32_t from, uint32_t to);

/* One who could have said a quote. */
typedef struct kiji_speaker {
    uint32_t voice; /* its number among the voices */
    unsigned nth;   /* on its side, counted from the quote, at most 6; 7: farther back than the others */
} kiji_speaker;

/* Add a candidate with its features to a group. */
void kiji_describe_voice(kiji_group *group, const kiji_scene *s, const kiji_voices *voices, kiji_speaker candidate);
/* The part of its score that says where it stands, and with what particle. */
float kiji_voice_at_a_glance(const kiji_ranker *ranker, const kiji_scene *s, const kiji_voices *voices,
                             kiji_speaker candidate);

#endif
