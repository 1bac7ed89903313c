/*
 * learners.c - other ways to learn the named-entity model, linked in place of src/tools/crf.c by `make learners`:
 *
 *   LEARNER=perceptron:epochs:scale  averaged structured perceptron (Collins 2002), weights times scale at the end,
 * which the tagger's margins and eight bits a weight suppose LEARNER=lbfgs:c2[:c1]            conditional random field
 * by L-BFGS (liblbfgs): -log likelihood + c2 |w|² + c1 |w|
 *
 * Same features, rows, labels and forbidden moves, same file of weights: what differs is only how they are learnt.
 */
#include <lbfgs.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/crf.h"

#define N     KIJI_LABELS
#define MOVES ((size_t)(N + 1) * N)

typedef struct problem {
    const crf_sentence *sentences;
    size_t count, n_weights; /* the moves follow the weights */
    double c2;
    double *late;              /* perceptron: corrections times when they were made */
    float *weights, *gradient; /* of one evaluation, in single precision: half the memory to walk through */
    double (*scores)[N];
    double (*alpha)[N];
    double (*beta)[N];
} problem;

static bool allowed(unsigned from, unsigned to)
{
    const bool inside = to != 0 && to % 2 == 0;
    return !inside || from == to || (from + 1 == to && from != N);
}

static void score(const problem *p, const crf_sentence *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        memset(p->scores[i], 0, sizeof p->scores[i]);
        for (uint32_t k = s->starts[i]; k < s->starts[i + 1]; k++) {
            const float *row = p->weights + (size_t)s->rows[k] * N;
            for (unsigned y = 0; y < N; y++) {
                p->scores[i][y] += (double)row[y];
            }
        }
    }
}

/* ---- averaged perceptron ---- */

static void viterbi(const problem *p, const crf_sentence *s, const float *moves, uint8_t *labels)
{
    uint8_t(*back)[N] = calloc(s->count, sizeof *back);
    double best[N];
    for (unsigned y = 0; y < N; y++) {
        best[y] = allowed(N, y) ? (double)moves[(size_t)N * N + y] + p->scores[0][y] : -1e30;
    }
    for (uint32_t i = 1; i < s->count; i++) {
        double next[N];
        for (unsigned y = 0; y < N; y++) {
            next[y] = -1e30;
            for (unsigned q = 0; q < N; q++) {
                const double value = allowed(q, y) ? best[q] + (double)moves[(size_t)q * N + y] : -1e30;
                if (value > next[y]) {
                    next[y] = value;
                    back[i][y] = (uint8_t)q;
                }
            }
            next[y] += p->scores[i][y];
        }
        memcpy(best, next, sizeof best);
    }
    unsigned label = 0;
    for (unsigned y = 1; y < N; y++) {
        label = best[y] > best[label] ? y : label;
    }
    for (uint32_t i = s->count; i-- > 0;) {
        labels[i] = (uint8_t)label;
        label = back[i][label];
    }
    free(back);
}

static void add(const problem *p, size_t at, float value, double time)
{
    p->weights[at] += value;
    p->late[at] += (double)value * time;
}

/* One sentence: what it has is raised, what was found in its place is lowered. */
static void correct(const problem *p, const crf_sentence *s, double time)
{
    uint8_t *found = calloc(s->count, 1);
    score(p, s);
    viterbi(p, s, p->weights + p->n_weights, found);
    for (uint32_t i = 0; i < s->count; i++) {
        const unsigned right = s->labels[i];
        if (found[i] != right) {
            for (uint32_t k = s->starts[i]; k < s->starts[i + 1]; k++) {
                add(p, (size_t)s->rows[k] * N + right, 1.0F, time);
                add(p, (size_t)s->rows[k] * N + found[i], -1.0F, time);
            }
        }
        const size_t from_right = i > 0 ? s->labels[i - 1] : N;
        const size_t from_found = i > 0 ? found[i - 1] : N;
        if (found[i] != right || from_right != from_found) {
            add(p, p->n_weights + from_right * N + right, 1.0F, time);
            add(p, p->n_weights + from_found * N + found[i], -1.0F, time);
        }
    }
    free(found);
}

static void learn_perceptron(const problem *p, double *w, size_t size, unsigned epochs, uint64_t seed)
{
    uint32_t *order = calloc(p->count, sizeof *order);
    double time = 0.0;
    for (size_t i = 0; i < p->count; i++) {
        order[i] = (uint32_t)i;
    }
    for (unsigned epoch = 0; epoch < epochs; epoch++) {
        for (size_t i = p->count; i > 1; i--) {
            seed += 0x9E3779B97F4A7C15u;
            const size_t k = (size_t)(kiji_mix(seed) % i);
            const uint32_t swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        for (size_t i = 0; i < p->count; i++, time += 1.0) {
            correct(p, &p->sentences[order[i]], time);
        }
    }
    for (size_t i = 0; i < size; i++) {
        w[i] = (double)p->weights[i] - p->late[i] / time;
    }
    free(order);
}

/* ---- conditional random field by L-BFGS ---- */

/* Scores become potentials; alpha and beta are normalized at each token. The log of the partition function. */
static double forward_backward(const problem *p, uint32_t n, double (*factor)[N])
{
    double log_sum = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        double top = p->scores[i][0];
        for (unsigned y = 1; y < N; y++) {
            top = fmax(top, p->scores[i][y]);
        }
        double total = 0.0;
        for (unsigned y = 0; y < N; y++) {
            p->scores[i][y] = exp(p->scores[i][y] - top);
            double sum = i == 0 ? factor[N][y] : 0.0;
            for (unsigned q = 0; i > 0 && q < N; q++) {
                sum += p->alpha[i - 1][q] * factor[q][y];
            }
            p->alpha[i][y] = sum * p->scores[i][y];
            total += p->alpha[i][y];
        }
        for (unsigned y = 0; y < N; y++) {
            p->alpha[i][y] /= total;
        }
        log_sum += top + log(total);
    }
    for (uint32_t i = n; i-- > 0;) {
        double total = 0.0;
        for (unsigned q = 0; q < N; q++) {
            double sum = i + 1 == n ? 1.0 : 0.0;
            for (unsigned y = 0; i + 1 < n && y < N; y++) {
                sum += factor[q][y] * p->scores[i + 1][y] * p->beta[i + 1][y];
            }
            p->beta[i][q] = sum;
            total += sum;
        }
        for (unsigned y = 0; y < N; y++) {
            p->beta[i][y] /= total;
        }
    }
    return log_sum;
}

static void add_expected_moves(const problem *p, const crf_sentence *s, double (*factor)[N], float *g)
{
    double total = 0.0;
    for (unsigned y = 0; y < N; y++) {
        total += p->alpha[0][y] * p->beta[0][y];
    }
    for (unsigned y = 0; y < N; y++) {
        g[(size_t)N * N + y] += (float)(p->alpha[0][y] * p->beta[0][y] / total);
    }
    for (uint32_t i = 1; i < s->count; i++) {
        double pair[N][N];
        total = 0.0;
        for (unsigned q = 0; q < N; q++) {
            for (unsigned y = 0; y < N; y++) {
                pair[q][y] = p->alpha[i - 1][q] * factor[q][y] * p->scores[i][y] * p->beta[i][y];
                total += pair[q][y];
            }
        }
        for (unsigned q = 0; q < N; q++) {
            for (unsigned y = 0; y < N; y++) {
                g[(size_t)q * N + y] += (float)(pair[q][y] / total);
            }
        }
    }
}

/* Loss of one sentence; its gradient is added to p->gradient. */
static double add_sentence(const problem *p, const crf_sentence *s, double (*factor)[N])
{
    const float *moves = p->weights + p->n_weights;
    float *g = p->gradient;
    double right = 0.0;
    score(p, s);
    for (uint32_t i = 0; i < s->count; i++) {
        const size_t from = i > 0 ? s->labels[i - 1] : N;
        right += p->scores[i][s->labels[i]] + (double)moves[from * N + s->labels[i]];
        g[p->n_weights + from * N + s->labels[i]] -= 1.0F;
    }
    const double all = forward_backward(p, s->count, factor);
    for (uint32_t i = 0; i < s->count; i++) {
        double gradient[N];
        double total = 0.0;
        for (unsigned y = 0; y < N; y++) {
            gradient[y] = p->alpha[i][y] * p->beta[i][y];
            total += gradient[y];
        }
        for (unsigned y = 0; y < N; y++) {
            gradient[y] = gradient[y] / total - (y == s->labels[i] ? 1.0 : 0.0);
        }
        for (uint32_t k = s->starts[i]; k < s->starts[i + 1]; k++) {
            float *row = g + (size_t)s->rows[k] * N;
            for (unsigned y = 0; y < N; y++) {
                row[y] += (float)gradient[y];
            }
        }
    }
    add_expected_moves(p, s, factor, g + p->n_weights);
    return all - right;
}

static lbfgsfloatval_t evaluate(void *instance, const lbfgsfloatval_t *w, lbfgsfloatval_t *g, const int n,
                                const lbfgsfloatval_t step)
{
    const problem *p = instance;
    (void)step;
    double factor[N + 1][N];
    double loss = 0.0;
    for (unsigned q = 0; q <= N; q++) {
        for (unsigned y = 0; y < N; y++) {
            factor[q][y] = allowed(q, y) ? exp(w[p->n_weights + (size_t)q * N + y]) : 0.0;
        }
    }
    for (int i = 0; i < n; i++) {
        p->weights[i] = (float)w[i];
        p->gradient[i] = 0.0F;
    }
    for (size_t i = 0; i < p->count; i++) {
        loss += add_sentence(p, &p->sentences[i], factor);
    }
    for (int i = 0; i < n; i++) {
        loss += p->c2 * w[i] * w[i];
        g[i] = (double)p->gradient[i] + 2.0 * p->c2 * w[i];
    }
    return loss;
}

static void learn_lbfgs(problem *p, double *w, size_t size, double c1)
{
    lbfgs_parameter_t parameters;
    lbfgs_parameter_init(&parameters);
    parameters.past = 10;
    parameters.delta = 1e-4;
    parameters.max_iterations = 200;
    parameters.orthantwise_c = c1;
    parameters.linesearch = c1 > 0.0 ? LBFGS_LINESEARCH_BACKTRACKING : LBFGS_LINESEARCH_MORETHUENTE;
    double loss = 0.0;
    const int status = lbfgs((int)size, w, &loss, evaluate, NULL, p, &parameters);
    (void)fprintf(stderr, "lbfgs: status %d, loss %.1f\n", status, loss);
}

int crf_train(crf *model, const crf_sentence *sentences, size_t count, const crf_options *options)
{
    const char *learner = getenv("LEARNER");
    char *rest = learner != NULL ? strchr(learner, ':') : NULL;
    const double first = rest != NULL ? strtod(rest + 1, &rest) : 0.0;
    const double second = rest != NULL && *rest == ':' ? strtod(rest + 1, NULL) : 0.0;
    problem p = {sentences, count, ((size_t)1 << options->bits) * N, first, NULL, NULL, NULL, NULL, NULL, NULL};
    const size_t size = p.n_weights + MOVES;
    size_t longest = 1;
    for (size_t i = 0; i < count; i++) {
        longest = sentences[i].count > longest ? sentences[i].count : longest;
    }
    p.late = calloc(size, sizeof *p.late);
    p.weights = calloc(size, sizeof *p.weights);
    p.gradient = calloc(size, sizeof *p.gradient);
    p.scores = calloc(longest, sizeof *p.scores);
    p.alpha = calloc(longest, sizeof *p.alpha);
    p.beta = calloc(longest, sizeof *p.beta);
    double *w = lbfgs_malloc((int)size);
    model->weights = calloc(p.n_weights, sizeof *model->weights);
    if (learner == NULL || p.late == NULL || p.weights == NULL || p.gradient == NULL || p.scores == NULL ||
        p.alpha == NULL || p.beta == NULL || w == NULL || model->weights == NULL) {
        return 0;
    }
    memset(w, 0, size * sizeof *w);
    if (strncmp(learner, "perceptron", 10) == 0) {
        learn_perceptron(&p, w, size, (unsigned)first, options->seed);
        for (size_t i = 0; i < size; i++) {
            w[i] *= second;
        }
    } else {
        learn_lbfgs(&p, w, size, second);
    }
    for (size_t i = 0; i < p.n_weights; i++) {
        model->weights[i] = (float)w[i];
    }
    for (size_t i = 0; i < MOVES; i++) {
        model->moves[i / N][i % N] = (float)w[p.n_weights + i];
    }
    lbfgs_free(w);
    free(p.late);
    free(p.weights);
    free(p.gradient);
    free(p.scores);
    free(p.alpha);
    free(p.beta);
    return 1;
}
