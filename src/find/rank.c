#include "find/rank.h"

#include <float.h>
#include <math.h>

kiji_ranker kiji_ranker_of(const kiji_weights *weights, const char *table)
{
    const kiji_weights_table *found = NULL;
    const int8_t *rows = weights != NULL ? kiji_weights_find(weights, table, 1, &found) : NULL;
    if (rows == NULL || found->columns != 1 || found->rows == 0 || (found->rows & (found->rows - 1)) != 0) {
        return (kiji_ranker){NULL, 0, 0.0F};
    }
    return (kiji_ranker){rows, found->rows - 1, found->scale};
}

void kiji_group_next(kiji_group *group, kiji_arena *arena)
{
    KIJI_PUSH(arena, &group->starts, (uint32_t)group->features.count);
}

void kiji_group_add(kiji_group *group, kiji_arena *arena, const kiji_seen *seen)
{
    kiji_features_list *list = &group->features;
    while (list->capacity - list->count < seen->count) {
        list->items = kiji_arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    }
    uint32_t *out = list->items + list->count;
    const int8_t *rows = group->ranker.rows;
    const uint32_t mask = group->ranker.mask;
    for (uint32_t i = 0; i < seen->count; i++) {
        out[i] = kiji_rank_number(seen->items[i]);
    }
    for (uint32_t i = 0; rows != NULL && i < seen->count; i++) {
        __builtin_prefetch(rows + (out[i] & mask));
    }
    list->count += seen->count;
}

float kiji_rank_score(const kiji_ranker *ranker, const kiji_group *group, size_t i)
{
    const size_t begin = group->starts.items[i];
    const size_t end = i + 1 < group->starts.count ? group->starts.items[i + 1] : group->features.count;
    int32_t sum = 0;
    for (size_t k = begin; k < end; k++) {
        sum += ranker->rows[group->features.items[k] & ranker->mask];
    }
    return (float)sum * ranker->scale;
}

float kiji_rank_score_seen(const kiji_ranker *ranker, const kiji_seen *seen)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < seen->count; i++) {
        sum += ranker->rows[kiji_rank_number(seen->items[i]) & ranker->mask];
    }
    return (float)sum * ranker->scale;
}

size_t kiji_rank_best(const kiji_ranker *ranker, const kiji_group *group, float *margin)
{
    size_t best = 0;
    float top = -FLT_MAX;
    float second = -FLT_MAX;
    for (size_t i = 0; i < group->starts.count; i++) {
        const float score = kiji_rank_score(ranker, group, i);
        if (score > top) {
            second = top;
            top = score;
            best = i;
        } else if (score > second) {
            second = score;
        }
    }
    if (margin != NULL) {
        *margin = second > -FLT_MAX ? top - second : 0.0F;
    }
    return best;
}

/* The candidates' probabilities but for a common factor, which is their sum: returned. */
static float shares_of(float *shares, const float *scores, size_t n)
{
    size_t top = 0;
    float sum = 0.0F;
    for (size_t i = 1; i < n; i++) {
        top = scores[i] > scores[top] ? i : top;
    }
    for (size_t i = 0; i < n; i++) {
        shares[i] = expf(scores[i] - scores[top]);
        sum += shares[i];
    }
    return sum;
}

size_t kiji_rank_choose(const float *scores, const uint32_t *same, size_t count)
{
    float shares[KIJI_RANK_MOST];
    const size_t n = count < KIJI_RANK_MOST ? count : KIJI_RANK_MOST;
    (void)shares_of(shares, scores, n);
    size_t best = 0;
    float most = -1.0F;
    for (size_t i = 0; i < n; i++) {
        float sum = shares[i];
        size_t first = i;
        for (size_t k = 0; k < i && same[i] != UINT32_MAX; k++) {
            if (same[k] == same[i]) {
                sum += shares[k];
                first = scores[k] > scores[first] || (k < first && scores[k] == scores[first]) ? k : first;
            }
        }
        if (sum > most) {
            most = sum;
            best = first;
        }
    }
    return best;
}

/*
 * What span `a` is worth where `b` is the true one; with one end the shorter lies in the longer. A neighbour is worth
 * less than the span itself, else the middle of several would win that none of them begins with.
 */
static float worth(uint32_t a, uint32_t b)
{
    const uint64_t shorter = a < b ? a : b;
    const uint64_t longer = a < b ? b : a;
    return a == b ? 1.0F : shorter * 10 >= longer * 6 ? 0.8F : 0.0F;
}

/* F1 is best where a span is given out from about half of that F1 on; .43 by cross-validation. */
#define ENOUGH 0.43F

size_t kiji_rank_choose_span(const float *scores, const uint32_t *lengths, size_t count)
{
    float shares[KIJI_RANK_MOST];
    const size_t n = count < KIJI_RANK_MOST ? count : KIJI_RANK_MOST;
    size_t best = 0;
    float most = ENOUGH * shares_of(shares, scores, n);
    for (size_t i = 1; i < n; i++) {
        float expected = 0.0F;
        for (size_t k = 1; k < n; k++) {
            expected += shares[k] * worth(lengths[i], lengths[k]);
        }
        if (expected > most || (best != 0 && expected >= most && scores[i] > scores[best])) {
            most = expected;
            best = i;
        }
    }
    return best;
}

/* Scores of the first candidates, of all in practice; returns how many. */
static size_t score_all(float scores[static KIJI_RANK_MOST], const kiji_ranker *ranker, const kiji_group *group)
{
    const size_t n = group->starts.count < KIJI_RANK_MOST ? group->starts.count : KIJI_RANK_MOST;
    for (size_t i = 0; i < n; i++) {
        scores[i] = kiji_rank_score(ranker, group, i);
    }
    return n;
}

size_t kiji_rank_best_span(const kiji_ranker *ranker, const kiji_group *group, const uint32_t *lengths)
{
    float scores[KIJI_RANK_MOST] = {0.0F};
    const size_t n = score_all(scores, ranker, group);
    return kiji_rank_choose_span(scores, lengths, n);
}

size_t kiji_rank_best_of(const kiji_ranker *ranker, const kiji_group *group, const uint32_t *same, float *margin)
{
    float scores[KIJI_RANK_MOST] = {0.0F};
    const size_t n = score_all(scores, ranker, group);
    const size_t best = kiji_rank_choose(scores, same, n);
    float second = -FLT_MAX;
    for (size_t i = 0; i < n; i++) {
        const bool other = i != best && (same[i] == UINT32_MAX || same[i] != same[best]);
        second = other && scores[i] > second ? scores[i] : second;
    }
    *margin = second > -FLT_MAX ? scores[best] - second : 0.0F;
    return best;
}
