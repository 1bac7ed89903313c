#include "tools/crf.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define N KIJI_LABELS

typedef struct trainer {
    crf *model;
    const crf_options *options;
    float *squares; /* as weights */
    float move_squares[N + 1][N];
    uint64_t random;
    uint32_t longest;
    float (*scores)[N];
    float (*alpha)[N];
    float (*beta)[N];
    uint8_t *kept;          /* dropout: by feature of the sentence */
    float factor[N + 1][N]; /* exp of moves */
} trainer;

static uint64_t next_random(trainer *t)
{
    t->random += 0x9E3779B97F4A7C15u;
    return kiji_mix(t->random);
}

static bool allowed(unsigned from, unsigned to)
{
    const bool inside = to != 0 && to % 2 == 0;
    return !inside || from == to || (from + 1 == to && from != N);
}

static void score(trainer *t, const crf_sentence *s)
{
    const uint64_t threshold = (uint64_t)((double)t->options->dropout * 4294967296.0);
    const float boost = 1.0F / (1.0F - t->options->dropout);
    for (uint32_t i = 0; i < s->count; i++) {
        float *sum = t->scores[i];
        memset(sum, 0, sizeof(float) * N);
        for (uint32_t k = s->starts[i]; k < s->starts[i + 1]; k++) {
            const bool keep = (next_random(t) & 0xFFFFFFFFu) >= threshold;
            t->kept[k - s->starts[0]] = keep;
            if (keep) {
                const float *w = t->model->weights + (size_t)s->rows[k] * N;
                for (unsigned y = 0; y < N; y++) {
                    sum[y] += w[y];
                }
            }
        }
        for (unsigned y = 0; y < N; y++) {
            sum[y] *= boost;
        }
    }
}

/* Scaled forward-backward in the domain of probabilities: alpha and beta are normalized at each token. */
static void forward_backward(trainer *t, uint32_t n)
{
    for (unsigned from = 0; from <= N; from++) {
        for (unsigned to = 0; to < N; to++) {
            t->factor[from][to] = allowed(from, to) ? expf(t->model->moves[from][to]) : 0.0F;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        float top = t->scores[i][0];
        for (unsigned y = 1; y < N; y++) {
            top = t->scores[i][y] > top ? t->scores[i][y] : top;
        }
        float total = 0.0F;
        for (unsigned y = 0; y < N; y++) {
            t->scores[i][y] = expf(t->scores[i][y] - top); /* potentials from here on */
            float sum = i == 0 ? t->factor[N][y] : 0.0F;
            for (unsigned p = 0; i > 0 && p < N; p++) {
                sum += t->alpha[i - 1][p] * t->factor[p][y];
            }
            t->alpha[i][y] = sum * t->scores[i][y];
            total += t->alpha[i][y];
        }
        for (unsigned y = 0; y < N; y++) {
            t->alpha[i][y] /= total;
        }
    }
    for (unsigned y = 0; y < N; y++) {
        t->beta[n - 1][y] = 1.0F;
    }
    for (uint32_t i = n - 1; i-- > 0;) {
        float total = 0.0F;
        for (unsigned p = 0; p < N; p++) {
            float sum = 0.0F;
            for (unsigned y = 0; y < N; y++) {
                sum += t->factor[p][y] * t->scores[i + 1][y] * t->beta[i + 1][y];
            }
            t->beta[i][p] = sum;
            total += sum;
        }
        for (unsigned y = 0; y < N; y++) {
            t->beta[i][y] /= total;
        }
    }
}

static void step(trainer *t, float *weight, float *square, float gradient)
{
    *square += gradient * gradient;
    *weight -= t->options->rate * gradient / (sqrtf(*square) + t->options->damping);
}

static void update_moves(trainer *t, const crf_sentence *s)
{
    float gradient[N + 1][N];
    memset(gradient, 0, sizeof gradient);
    float first[N];
    float total = 0.0F;
    for (unsigned y = 0; y < N; y++) {
        first[y] = t->alpha[0][y] * t->beta[0][y];
        total += first[y];
    }
    for (unsigned y = 0; y < N; y++) {
        gradient[N][y] = first[y] / total;
    }
    gradient[N][s->labels[0]] -= 1.0F;
    for (uint32_t i = 1; i < s->count; i++) {
        float pair[N][N];
        total = 0.0F;
        for (unsigned p = 0; p < N; p++) {
            for (unsigned y = 0; y < N; y++) {
                pair[p][y] = t->alpha[i - 1][p] * t->factor[p][y] * t->scores[i][y] * t->beta[i][y];
                total += pair[p][y];
            }
        }
        for (unsigned p = 0; p < N; p++) {
            for (unsigned y = 0; y < N; y++) {
                gradient[p][y] += pair[p][y] / total;
            }
        }
        gradient[s->labels[i - 1]][s->labels[i]] -= 1.0F;
    }
    for (unsigned p = 0; p <= N; p++) {
        for (unsigned y = 0; y < N; y++) {
            if (allowed(p, y)) {
                step(t, &t->model->moves[p][y], &t->move_squares[p][y], gradient[p][y] * s->weight);
            }
        }
    }
}

static void update(trainer *t, const crf_sentence *s)
{
    score(t, s);
    forward_backward(t, s->count);
    for (uint32_t i = 0; i < s->count; i++) {
        float gradient[N];
        float total = 0.0F;
        for (unsigned y = 0; y < N; y++) {
            gradient[y] = t->alpha[i][y] * t->beta[i][y];
            total += gradient[y];
        }
        float largest = 0.0F;
        for (unsigned y = 0; y < N; y++) {
            gradient[y] = gradient[y] / total - (y == s->labels[i] ? 1.0F : 0.0F);
            largest = fabsf(gradient[y]) > largest ? fabsf(gradient[y]) : largest;
        }
        if (largest < 1e-4F) {
            continue;
        }
        for (uint32_t k = s->starts[i]; k < s->starts[i + 1]; k++) {
            if (t->kept[k - s->starts[0]]) {
                float *w = t->model->weights + (size_t)s->rows[k] * N;
                float *q = t->squares + (size_t)s->rows[k] * N;
                for (unsigned y = 0; y < N; y++) {
                    step(t, &w[y], &q[y], gradient[y] * s->weight);
                }
            }
        }
    }
    update_moves(t, s);
}

int crf_train(crf *model, const crf_sentence *sentences, size_t count, const crf_options *options)
{
    const size_t n_weights = ((size_t)1 << options->bits) * N;
    trainer t = {.model = model, .options = options, .random = options->seed, .longest = 1};
    size_t most = 1;
    for (size_t i = 0; i < count; i++) {
        t.longest = sentences[i].count > t.longest ? sentences[i].count : t.longest;
        const size_t n = sentences[i].starts[sentences[i].count] - sentences[i].starts[0];
        most = n > most ? n : most;
    }
    memset(model, 0, sizeof *model);
    model->weights = calloc(n_weights, sizeof(float));
    t.squares = calloc(n_weights, sizeof(float));
    t.scores = calloc(t.longest, sizeof *t.scores);
    t.alpha = calloc(t.longest, sizeof *t.alpha);
    t.beta = calloc(t.longest, sizeof *t.beta);
    t.kept = calloc(most, 1);
    uint32_t *order = calloc(count + 1, sizeof *order);
    const bool good = model->weights != NULL && t.squares != NULL && t.scores != NULL && t.alpha != NULL &&
                      t.beta != NULL && t.kept != NULL && order != NULL;
    for (size_t i = 0; good && i < count; i++) {
        order[i] = (uint32_t)i;
    }
    for (unsigned epoch = 0; good && epoch < options->epochs; epoch++) {
        for (size_t i = count; i > 1; i--) {
            const size_t k = (size_t)(next_random(&t) % i);
            const uint32_t swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        for (size_t i = 0; i < count; i++) {
            update(&t, &sentences[order[i]]);
        }
    }
    free(t.squares);
    free(t.scores);
    free(t.alpha);
    free(t.beta);
    free(t.kept);
    free(order);
    return good;
}
