#include "tools/train_rank.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KINDS 8u /* of decisions in one set */

typedef struct trainer {
    float *weights;
    float *squares;
    uint32_t mask;
    const rank_options *options;
    uint64_t random;
    float *scores;
    uint8_t *kept;
} trainer;

static uint64_t next_random(trainer *t)
{
    t->random += 0x9E3779B97F4A7C15u;
    return kiji_mix(t->random);
}

static size_t group_end(const kiji_group *g, size_t i)
{
    return i + 1 < g->starts.count ? g->starts.items[i + 1] : g->features.count;
}

static void score(trainer *t, const kiji_group *g)
{
    const uint64_t threshold = (uint64_t)((double)t->options->dropout * 4294967296.0);
    const float boost = 1.0F / (1.0F - t->options->dropout);
    for (size_t i = 0; i < g->starts.count; i++) {
        float sum = 0.0F;
        for (size_t k = g->starts.items[i]; k < group_end(g, i); k++) {
            t->kept[k] = (next_random(t) & 0xFFFFFFFFu) >= threshold;
            sum += t->kept[k] ? t->weights[g->features.items[k] & t->mask] : 0.0F;
        }
        t->scores[i] = sum * boost;
    }
}

/* p - q: the model's distribution less the one over the right candidates only. */
static void gradients(trainer *t, const rank_example *x)
{
    const size_t n = x->group.starts.count;
    float top = t->scores[0];
    for (size_t i = 1; i < n; i++) {
        top = t->scores[i] > top ? t->scores[i] : top;
    }
    float all = 0.0F;
    float right = 0.0F;
    for (size_t i = 0; i < n; i++) {
        t->scores[i] = expf(t->scores[i] - top);
        all += t->scores[i];
        right += x->right[i] ? t->scores[i] : 0.0F;
    }
    for (size_t i = 0; i < n; i++) {
        const float p = t->scores[i] / all;
        t->scores[i] = p - (x->right[i] ? t->scores[i] / (right > 1e-20F ? right : 1e-20F) : 0.0F);
    }
}

/* What an example at second hand counts, beside one. */
#define SECOND_HAND 0.5F

static void update(trainer *t, const rank_example *x)
{
    score(t, &x->group);
    gradients(t, x);
    for (size_t i = 0; i < x->group.starts.count; i++) {
        const float g = t->scores[i] * (x->second_hand ? SECOND_HAND : 1.0F);
        if (fabsf(g) < 1e-4F) {
            continue;
        }
        for (size_t k = x->group.starts.items[i]; k < group_end(&x->group, i); k++) {
            if (t->kept[k]) {
                const uint32_t row = x->group.features.items[k] & t->mask;
                t->squares[row] += g * g;
                t->weights[row] -= t->options->rate * g / (sqrtf(t->squares[row]) + t->options->damping);
            }
        }
    }
}

static void add_weights(float *sums, const float *weights, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        sums[i] += weights[i];
    }
}

bool rank_train(float *weights, const rank_examples *examples, const rank_options *options)
{
    const size_t rows = (size_t)1 << options->bits;
    trainer t = {weights, calloc(rows, sizeof(float)), (uint32_t)rows - 1, options, options->seed, NULL, NULL};
    size_t candidates = 1;
    size_t features = 1;
    for (size_t i = 0; i < examples->count; i++) {
        const kiji_group *g = &examples->items[i].group;
        candidates = g->starts.count > candidates ? g->starts.count : candidates;
        features = g->features.count > features ? g->features.count : features;
    }
    t.scores = calloc(candidates, sizeof(float));
    t.kept = calloc(features, 1);
    uint32_t *order = calloc(examples->count + 1, sizeof *order);
    memset(weights, 0, rows * sizeof *weights);
    float *sums = calloc(rows, sizeof *sums);
    unsigned summed = 0;
    const bool good = sums != NULL && t.squares != NULL && t.scores != NULL && t.kept != NULL && order != NULL;
    for (size_t i = 0; good && i < examples->count; i++) {
        order[i] = (uint32_t)i;
    }
    for (unsigned epoch = 0; good && epoch < options->epochs; epoch++) {
        for (size_t i = examples->count; i > 1; i--) {
            const size_t k = (size_t)(next_random(&t) % i);
            const uint32_t swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        for (size_t i = 0; i < examples->count; i++) {
            update(&t, &examples->items[order[i]]);
        }
        if (options->average && epoch >= options->epochs / 2) {
            add_weights(sums, weights, rows);
            summed++;
        }
    }
    for (size_t i = 0; good && summed != 0 && i < rows; i++) {
        weights[i] = sums[i] / (float)summed;
    }
    free(sums);
    free(t.squares);
    free(t.scores);
    free(t.kept);
    free(order);
    return good;
}

static float score_of(const float *weights, const rank_example *x, size_t candidate, uint32_t mask)
{
    float sum = 0.0F;
    for (size_t f = x->group.starts.items[candidate]; f < group_end(&x->group, candidate); f++) {
        sum += weights[x->group.features.items[f] & mask];
    }
    return sum;
}

static size_t best_candidate(const float *weights, const rank_example *x, uint32_t mask)
{
    float scores[KIJI_RANK_MOST];
    const size_t n = x->group.starts.count < KIJI_RANK_MOST ? x->group.starts.count : KIJI_RANK_MOST;
    size_t best = 0;
    for (size_t k = 0; k < n; k++) {
        scores[k] = score_of(weights, x, k, mask);
        best = scores[k] > scores[best] ? k : best;
    }
    if (x->lengths != NULL) {
        return kiji_rank_choose_span(scores, x->lengths, n);
    }
    return x->same != NULL ? kiji_rank_choose(scores, x->same, n) : best;
}

/* How far the score of "nothing" lies above all others. */
static float lead_of_nothing(const float *weights, const rank_example *x, uint32_t mask)
{
    float most = -FLT_MAX;
    for (size_t k = 1; k < x->group.starts.count; k++) {
        const float score = score_of(weights, x, k, mask);
        most = score > most ? score : most;
    }
    return score_of(weights, x, 0, mask) - most;
}

static void drop_contested(rank_examples *examples, const float *weights, unsigned bits)
{
    const float sure = 1.0F; /* e to one that it is nothing */
    size_t n = 0;
    for (size_t i = 0; i < examples->count; i++) {
        const rank_example *x = &examples->items[i];
        const uint32_t mask = (1u << bits) - 1;
        const bool agreed = x->lengths != NULL ? best_candidate(weights, x, mask) == 0 /* the choice weighs the risk */
                                               : lead_of_nothing(weights, x, mask) > sure;
        if (!x->second_hand || !x->right[0] || agreed) {
            examples->items[n++] = *x;
        }
    }
    examples->count = n;
}

bool rank_judge_second_hand(rank_examples *examples, float *weights, const rank_options *options)
{
    rank_examples own = {calloc(examples->count + 1, sizeof *own.items), 0, 0};
    for (size_t i = 0; own.items != NULL && i < examples->count; i++) {
        if (!examples->items[i].second_hand) {
            own.items[own.count++] = examples->items[i];
        }
    }
    const bool good = own.items != NULL && rank_train(weights, &own, options);
    if (good) {
        drop_contested(examples, weights, options->bits);
    }
    free(own.items);
    return good;
}

double rank_accuracy(const float *weights, const rank_examples *examples, unsigned bits)
{
    size_t right = 0;
    for (size_t i = 0; i < examples->count; i++) {
        right += examples->items[i].right[best_candidate(weights, &examples->items[i], (1u << bits) - 1)];
    }
    return examples->count != 0 ? (double)right / (double)examples->count : 0.0;
}

static void print_wrong(FILE *out, const rank_example *x, size_t best)
{
    (void)fprintf(out, "%u\t%.*s", (unsigned)x->owner, (int)x->about.len, x->about.ptr);
    for (size_t k = 0; x->names != NULL && k < x->group.starts.count; k++) {
        if (x->right[k] || k == best) {
            (void)fprintf(out, "\t%s: %.*s", x->right[k] ? "want" : "got", (int)x->names[k].len, x->names[k].ptr);
        }
    }
    (void)fputc('\n', out);
}

double rank_cross_examine(const rank_examples *examples, const rank_options *options, unsigned folds, FILE *out)
{
    float *weights = calloc((size_t)1 << options->bits, sizeof *weights);
    rank_example *items = calloc(examples->count + 1, sizeof *items);
    size_t right[KINDS] = {0};
    size_t all[KINDS] = {0};
    for (unsigned fold = 0; weights != NULL && items != NULL && fold < folds; fold++) {
        rank_examples part = {items, 0, 0};
        for (size_t i = 0; i < examples->count; i++) {
            if (examples->items[i].second_hand || examples->items[i].owner % folds != fold) {
                items[part.count++] = examples->items[i];
            }
        }
        (void)rank_train(weights, &part, options);
        for (size_t i = 0; i < examples->count; i++) {
            const rank_example *x = &examples->items[i];
            if (!x->second_hand && x->owner % folds == fold) {
                const size_t best = best_candidate(weights, x, (1u << options->bits) - 1);
                right[x->kind % KINDS] += x->right[best];
                all[x->kind % KINDS]++;
                if (!x->right[best] && out != NULL) {
                    print_wrong(out, x, best);
                }
            }
        }
    }
    free(weights);
    free(items);
    size_t sum = 0;
    size_t examined = 0;
    for (unsigned k = 0; k < KINDS; k++) {
        examined += all[k];
    }
    for (unsigned k = 0; k < KINDS; k++) {
        sum += right[k];
        if (all[k] != 0 && all[k] != examined) {
            (void)printf(", kind %u: %.3f of %zu", k, (double)right[k] / (double)all[k], all[k]);
        }
    }
    return examined != 0 ? (double)sum / (double)examined : 0.0;
}
