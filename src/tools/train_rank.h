/*
 * train_rank.h - training of the rankers (rank.h): softmax over the candidates of a group, AdaGrad, feature dropout.
 */
#ifndef KIJI_TOOLS_TRAIN_RANK_H
#define KIJI_TOOLS_TRAIN_RANK_H

#include <stdio.h>

#include "base/mem.h"
#include "find/rank.h"

/* A decision with its right answers. */
typedef struct rank_example {
    kiji_group group;        /* in an arena that outlives the training */
    const uint8_t *right;    /* by candidate; at least one is 1 */
    uint32_t owner;          /* number of its article */
    bool second_hand;        /* annotated by others than those who are to be agreed with: learnt from, not examined */
    const uint32_t *same;    /* as kiji_rank_best_of takes it; NULL: every candidate stands for itself */
    const uint32_t *lengths; /* as kiji_rank_choose_span takes it, or NULL */
    uint32_t kind;           /* the cross-examination reports each kind by itself; below 8 */
    kiji_str about;          /* for people: what is decided */
    const kiji_str *names;   /* for people: the candidates; NULL: none kept */
} rank_example;

typedef struct rank_examples {
    rank_example *items;
    size_t count, capacity;
} rank_examples;

typedef struct rank_options {
    unsigned bits; /* rows = 1 << bits */
    unsigned epochs;
    float rate, damping, dropout;
    bool average; /* over the later half of the epochs: less noise where features are many and examples few */
    uint64_t seed;
} rank_options;

/* Train; weights has 1 << bits values (caller's). False: out of memory. */
bool rank_train(float *weights, const rank_examples *examples, const rank_options *options);

/*
 * Leave out what is nothing (candidate 0) at second hand and not surely so by weights that learnt from the others
 * alone: whom to believe is open. `weights` is as rank_train's and left with those. False: out of memory.
 */
bool rank_judge_second_hand(rank_examples *examples, float *weights, const rank_options *options);

/*
 * Share of examples that are decided rightly by weights that did not see their article: `folds` trainings, each with
 * all examples at second hand, of which the share says nothing. Each wrong
 * decision is a line on `out` (NULL: none). Shares of the kinds go to standard output where there are several.
 */
double rank_cross_examine(const rank_examples *examples, const rank_options *options, unsigned folds, FILE *out);

/* Share of examples whose best candidate is right. */
double rank_accuracy(const float *weights, const rank_examples *examples, unsigned bits);

#endif
