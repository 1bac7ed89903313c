/*
 * terms.h - what an article may be about: names, as their entities, and unbroken runs of nouns, with the words that
 * they are made of; and how many articles of the trainer's news each of them stands in.
 */
#ifndef KIJI_FIND_TERMS_H
#define KIJI_FIND_TERMS_H

#include "find/find.h"

typedef enum kiji_term_kind {
    KIJI_TERM_NOUNS, /* a run of nouns without a name in it */
    KIJI_TERM_MIXED, /* one around places or organizations: 日米同盟 */
    KIJI_TERM_NAME   /* a decided name */
} kiji_term_kind;

/* A word of terms, once an article. */
typedef struct kiji_term_word {
    uint32_t hash;  /* of the surface */
    uint32_t count; /* in terms */
    uint32_t place; /* sentences of the body before it that brought new words */
    float weight;   /* for whoever scores */
    bool proper;    /* part of a name */
    bool covered;   /* a term with it has been taken */
} kiji_term_word;

typedef struct kiji_term {
    kiji_str text; /* for a name the one of its entity */
    uint32_t hash; /* of the text */
    uint32_t count;
    uint32_t alone; /* occurrences that are not within a longer term */
    uint32_t words; /* first of n_words numbers in `parts` */
    uint16_t n_words;
    uint8_t kind;     /* kiji_term_kind */
    uint8_t type;     /* of a name: kiji_name_type */
    uint32_t sources; /* occurrences as the source of a report: 読売新聞によると */
    float score;
    bool headline;
} kiji_term;

typedef struct kiji_terms {
    struct {
        kiji_term_word *items;
        size_t count, capacity;
    } words;
    struct {
        kiji_term *items;
        size_t count, capacity;
    } terms;
    struct {
        uint32_t *items;
        size_t count, capacity;
    } parts;
    uint32_t *word_slots, *term_slots; /* number + 1, or 0; both of `mask` + 1 places */
    size_t mask;
    uint32_t place; /* while collecting: of the sentence at hand, … */
    bool within;    /* … and whether its nouns stand within a longer term */
} kiji_terms;

/* Collect them all. Memory from the case's arena. Dates, numbers, bylines and boilerplate are left out. */
void kiji_terms_collect(kiji_terms *out, kiji_case *c);

/*
 * The table `frequencies` of the weights: log2 of 1 + the number of articles that a term or word stands in. A hash has
 * two places, the lower value counts, so that a rare term seldom looks frequent. The empty string: all articles.
 */
#define KIJI_FREQUENCIES      "frequencies"
#define KIJI_FREQUENCY_BITS   16
#define KIJI_FREQUENCY_SCALE  0.125F
#define KIJI_FREQUENCY_PLACES 2

static inline uint32_t kiji_frequency_at(uint32_t hash, unsigned place)
{
    return (uint32_t)(kiji_mix(hash) >> (place * KIJI_FREQUENCY_BITS)) & ((1u << KIJI_FREQUENCY_BITS) - 1);
}

static inline float kiji_frequency(const int8_t *table, uint32_t hash)
{
    const int8_t a = table[kiji_frequency_at(hash, 0)];
    const int8_t b = table[kiji_frequency_at(hash, 1)];
    return (float)(a < b ? a : b) * KIJI_FREQUENCY_SCALE;
}

/* The table, or NULL: no weights, or made before there was one. */
const int8_t *kiji_frequencies(const kiji_knowledge *knowledge);

#endif
