/*
 * crf.h - training of a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) by AdaGrad (Duchi,
 * Hazan, Singer 2011) with feature dropout (Hinton et al. 2012), over hashed features (Weinberger et al. 2009).
 * Deterministic: one thread, its own random numbers.
 */
#ifndef KIJI_TOOLS_CRF_H
#define KIJI_TOOLS_CRF_H

#include <stddef.h>
#include <stdint.h>

#include "words/tagger.h"

/* One sentence: token i has rows[starts[i] … starts[i+1]) and labels[i]. */
typedef struct crf_sentence {
    const uint32_t *rows;
    const uint32_t *starts;
    const uint8_t *labels;
    uint32_t count;
    float weight;
} crf_sentence;

typedef struct crf_options {
    unsigned bits; /* rows = 1 << bits */
    unsigned epochs;
    float rate;    /* step */
    float damping; /* added to the root of squared gradients */
    float dropout; /* share of features left out of a token */
    uint64_t seed;
} crf_options;

typedef struct crf {
    float *weights; /* rows x KIJI_LABELS */
    float moves[KIJI_LABELS + 1][KIJI_LABELS];
} crf;

/* Train. On success the caller frees model->weights by free().
 * False: out of memory. */
int crf_train(crf *model, const crf_sentence *sentences, size_t count, const crf_options *options);

#endif
