/*
 * rank.h - choose one of several candidates by a linear score over hashed features (a conditional maximum-entropy
 * ranker: Ravichandran et al. 2003; trained by tools/train). Without weights the callers' rules decide.
 */
#ifndef KIJI_FIND_RANK_H
#define KIJI_FIND_RANK_H

#include "base/hash.h"
#include "base/mem.h"
#include "words/weights.h"

typedef struct kiji_features_list {
    uint32_t *items;
    size_t count, capacity;
} kiji_features_list;

typedef struct kiji_ranker {
    const int8_t *rows; /* NULL: no weights */
    uint32_t mask;
    float scale;
} kiji_ranker;

/* Candidates of one decision: candidate i has features[starts[i] … starts[i+1]). */
typedef struct kiji_group {
    kiji_features_list features;
    struct {
        uint32_t *items;
        size_t count, capacity;
    } starts;
    uint32_t subject;   /* what is decided: the caller's number */
    kiji_ranker ranker; /* who will judge, so that its rows are on their way; may be empty */
} kiji_group;

/* Bind to a table of one column and a power of two of rows; an empty ranker when the file has none. */
kiji_ranker kiji_ranker_of(const kiji_weights *weights, const char *table);

/* A template number and a value as one; the number of the feature that they are. */
static inline uint64_t kiji_rank_value(uint32_t template_, uint64_t value)
{
    return value + template_ * 0x9E3779B97F4A7C15u;
}

static inline uint32_t kiji_rank_number(uint64_t value)
{
    return (uint32_t)(kiji_mix(value) >> 24);
}

/* The same from a template and two values at once. */
static inline uint32_t kiji_rank_pair(uint32_t template_, uint32_t a, uint32_t b)
{
    return kiji_rank_number(kiji_rank_value(template_, ((uint64_t)a << 32) | b));
}

/* Score of candidate i. */
float kiji_rank_score(const kiji_ranker *ranker, const kiji_group *group, size_t i);
/* The best candidate; *margin (may be NULL) is its lead over the next one. */
size_t kiji_rank_best(const kiji_ranker *ranker, const kiji_group *group, float *margin);

/*
 * The same where several candidates may stand for one: `same[i]` is what candidate i stands for, UINT32_MAX where
 * nothing else does. What is most probable as a whole wins (training maximizes that sum); of its candidates the best.
 */
size_t kiji_rank_best_of(const kiji_ranker *ranker, const kiji_group *group, const uint32_t *same, float *margin);

/* The choice itself over ready scores (at most KIJI_RANK_MOST count): for the ranker and for its training. */
enum { KIJI_RANK_MOST = 64 };
size_t kiji_rank_choose(const float *scores, const uint32_t *same, size_t count);

/*
 * The choice among spans with one common end: candidate i is the last lengths[i] bytes before it, candidate 0 no span
 * at all. A span counts as found, if for a little less, when it and the true one share six tenths of their union: the
 * span with the largest expected count wins, if that is worth its risk (minimum Bayes risk decoding: Kumar and Byrne
 * 2004).
 */
size_t kiji_rank_choose_span(const float *scores, const uint32_t *lengths, size_t count);
/* The same over a group. */
size_t kiji_rank_best_span(const kiji_ranker *ranker, const kiji_group *group, const uint32_t *lengths);

/* No candidate left; the group's memory serves the next decision. The ranker stays. */
static inline void kiji_group_clear(kiji_group *group)
{
    group->features.count = 0;
    group->starts.count = 0;
}

/*
 * What is seen of one candidate, before it is mixed into numbers: one loop over all of it is twice as quick as to mix
 * and append each by itself.
 */
enum { KIJI_RANK_SEEN = 96 };
typedef struct kiji_seen {
    uint64_t items[KIJI_RANK_SEEN];
    uint32_t count;
} kiji_seen;

/* Note a pair of values under a template. The callers' lists are fixed and short; what would be too much is left out.
 */
static inline void kiji_see(kiji_seen *seen, uint32_t template_, uint32_t a, uint32_t b)
{
    seen->items[seen->count] = kiji_rank_value(template_, ((uint64_t)a << 32) | b);
    seen->count += seen->count < KIJI_RANK_SEEN - 1;
}

/* Score of what is seen, in no group. */
float kiji_rank_score_seen(const kiji_ranker *ranker, const kiji_seen *seen);

/* Begin a candidate; add what is seen of it. */
void kiji_group_next(kiji_group *group, kiji_arena *arena);
void kiji_group_add(kiji_group *group, kiji_arena *arena, const kiji_seen *seen);

#endif
