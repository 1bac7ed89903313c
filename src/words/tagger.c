#include "words/tagger.h"

#include <stdlib.h>
#include <string.h>

#include "base/clones.h"
#include "base/status.h"

#define LANES KIJI_LABEL_LANES

struct kiji_tagger {
    const int8_t *rows;
    unsigned bits;
    float scale;
    int16_t moves[KIJI_LABELS + 1][LANES]; /* from (last row: sentence begin), to */
    const uint8_t *hints[KIJI_HINTS];
    uint32_t hint_mask;
};

#define FORBIDDEN       ((int16_t)-12000)
#define PLAIN_MARGIN    5.0F
#define PARTICLE_MARGIN 1.5F

kiji_status kiji_tagger_new(kiji_tagger **out, const kiji_weights *weights, const char *name, kiji_error *err)
{
    *out = NULL;
    const kiji_weights_table *table = NULL;
    const kiji_weights_table *moves_table = NULL;
    const int8_t *rows = kiji_weights_find(weights, "entities", KIJI_LABELS, &table);
    const int8_t *moves = kiji_weights_find(weights, "entity-moves", 2 * KIJI_LABELS, &moves_table);
    unsigned bits = 0;
    while (table != NULL && bits < 24 && (1u << bits) < table->rows) {
        bits++;
    }
    if (table == NULL || moves_table == NULL || table->columns != KIJI_LABELS || moves_table->rows != KIJI_LABELS + 1 ||
        moves_table->columns != 2 * KIJI_LABELS || bits < 8 || (1u << bits) != table->rows) {
        return kiji_fail(err, KIJI_EDICT, name, KIJI_NO_OFFSET, "no table of named entities of the right shape");
    }
    kiji_tagger *tagger = kiji_alloc_zero(1, sizeof *tagger);
    if (tagger == NULL) {
        return kiji_fail_memory(err);
    }
    static const char *const hint_names[KIJI_HINTS] = {"hints-news", "hints-public"};
    for (unsigned i = 0; i < KIJI_HINTS; i++) {
        const kiji_weights_table *hints = NULL;
        const int8_t *values = kiji_weights_find(weights, hint_names[i], 1, &hints);
        const bool fits = values != NULL && hints->columns == 1 && hints->rows != 0 &&
                          (hints->rows & (hints->rows - 1)) == 0 &&
                          (tagger->hint_mask == 0 || tagger->hint_mask == hints->rows - 1);
        if (fits) {
            tagger->hints[i] = (const uint8_t *)values;
            tagger->hint_mask = hints->rows - 1;
        }
    }
    tagger->rows = rows;
    tagger->bits = bits;
    tagger->scale = table->scale;
    for (unsigned from = 0; from <= KIJI_LABELS; from++) {
        for (unsigned to = 0; to < LANES; to++) {
            const bool inside = to != 0 && to % 2 == 0;
            const bool allowed =
                to < KIJI_LABELS && (!inside || from == to || from + 1 == to) && !(inside && from == KIJI_LABELS);
            const int8_t *value = moves + ((size_t)from * KIJI_LABELS + (to < KIJI_LABELS ? to : 0)) * 2;
            tagger->moves[from][to] =
                allowed ? (int16_t)((uint8_t)value[0] | (uint16_t)((uint16_t)(uint8_t)value[1] << 8)) : FORBIDDEN;
        }
    }
    *out = tagger;
    return KIJI_OK;
}

void kiji_tagger_free(kiji_tagger *tagger)
{
    kiji_free(tagger);
}

kiji_lore kiji_tagger_lore(const kiji_tagger *tagger, const kiji_lexicon *const *lexicons, size_t n_lexicons)
{
    kiji_lore lore = {lexicons, n_lexicons, {NULL}, tagger->hint_mask};
    memcpy(lore.hints, tagger->hints, sizeof lore.hints);
    return lore;
}

float kiji_tagger_scale(const kiji_tagger *tagger)
{
    return tagger->scale;
}

/* Sixteen lanes at once; compilers turn this into whatever vectors the machine has. */
typedef int8_t lanes8 __attribute__((vector_size(LANES)));
typedef int16_t lanes16 __attribute__((vector_size(LANES * 2)));

static inline void add_row(lanes16 *sums, const int8_t *row)
{
    lanes8 values;
    memcpy(&values, row, sizeof values); /* rows are followed by readable bytes: lanes past the labels are noise */
    *sums += __builtin_convertvector(values, lanes16);
}

static inline void add_sums(lanes16 *sums, const int16_t *more)
{
    lanes16 values;
    memcpy(&values, more, sizeof values);
    *sums += values;
}

/* Particles but の, auxiliaries, 、 and 。: hardly ever inside a name. */
static bool joins_no_name(const kiji_word *word)
{
    switch ((kiji_pos)word->pos) {
    case KIJI_POS_CASE:
    case KIJI_POS_QUOTE_TO:
    case KIJI_POS_TOPIC:
    case KIJI_POS_CONNECTIVE:
    case KIJI_POS_AUXILIARY:
    case KIJI_POS_COMMA:
    case KIJI_POS_PERIOD:
        return true;
    default:
        return false;
    }
}

KIJI_CLONES
static void score_word(const kiji_tagger *tagger, kiji_word *word, const kiji_lore *lore)
{
    uint32_t attributes[KIJI_MAX_ATTRIBUTES];
    const int8_t *rows[KIJI_WINDOW][KIJI_MAX_ATTRIBUTES];
    const size_t count = kiji_word_attributes(attributes, word, lore);
    int16_t *scores = word->scores;
    /* All rows are asked for before the first is used: they lie anywhere in a megabyte. */
    for (size_t i = 0; i < count; i++) {
        for (unsigned w = 0; w < KIJI_WINDOW; w++) {
            rows[w][i] = tagger->rows + (size_t)kiji_attribute_row(attributes[i], w, tagger->bits) * KIJI_LABELS;
            __builtin_prefetch(rows[w][i]);
        }
    }
    for (unsigned w = 0; w < KIJI_WINDOW; w++) {
        lanes16 sums = {0};
        for (size_t i = 0; i < count; i++) {
            add_row(&sums, rows[w][i]);
        }
        memcpy(scores + (size_t)w * LANES, &sums, sizeof sums);
    }
    /* は, した, 。: where the word by itself speaks so clearly against a name, its neighbours are not asked. */
    const int16_t *own = scores + (size_t)(KIJI_WINDOW / 2) * LANES;
    int other = INT16_MIN;
    for (unsigned y = 1; y < KIJI_LABELS; y++) {
        other = own[y] > other ? own[y] : other;
    }
    const float margin_needed = joins_no_name(word) ? PARTICLE_MARGIN : PLAIN_MARGIN;
    word->plain = !word->nameable && (float)(own[0] - other) * tagger->scale > margin_needed;
    word->scored = 1;
}

/* The rows of a token's own features, asked for and not used yet. */
typedef struct token_rows {
    const int8_t *items[KIJI_MAX_FEATURES];
    size_t count;
} token_rows;

static void ask_rows(token_rows *rows, const kiji_tagger *tagger, const kiji_features *f, uint32_t t,
                     kiji_range sentence)
{
    uint32_t features[KIJI_MAX_FEATURES];
    rows->count = 0;
    if (t >= sentence.end) {
        return;
    }
    const kiji_word *word = f->tokens->items[t].word;
    const char *scores = word->scores;
    for (size_t i = 0; i < (size_t)KIJI_WINDOW * LANES * sizeof(int16_t); i += 64) {
        __builtin_prefetch(scores + i);
    }
    if (word->plain) {
        return;
    }
    rows->count = kiji_token_features(features, f, t, sentence.begin, sentence.end);
    for (size_t i = 0; i < rows->count; i++) {
        rows->items[i] = tagger->rows + (size_t)kiji_feature_row(features[i], tagger->bits) * KIJI_LABELS;
        __builtin_prefetch(rows->items[i]);
    }
}

static inline void score_token(int16_t sums[LANES], const token_rows *rows, const kiji_tokens *tokens, uint32_t t,
                               kiji_range sentence)
{
    lanes16 total = {0};
    for (unsigned w = 0; w < KIJI_WINDOW; w++) {
        const int64_t at = (int64_t)t + w - KIJI_WINDOW / 2;
        if (at >= sentence.begin && at < sentence.end) {
            const int16_t *scores = tokens->items[at].word->scores;
            add_sums(&total, scores + (size_t)w * LANES);
        }
    }
    for (size_t i = 0; i < rows->count; i++) {
        add_row(&total, rows->items[i]);
    }
    memcpy(sums, &total, sizeof total);
}

#define AHEAD 3u /* tokens whose rows are on their way */

/* Scores of all tokens of a sentence; the rows of a token are on their way while those before it are added up. */
KIJI_CLONES
static void score_sentence(int16_t (*sums)[LANES], const kiji_tagger *tagger, const kiji_features *f,
                           kiji_range sentence)
{
    token_rows rows[AHEAD + 1];
    for (uint32_t t = sentence.begin; t < sentence.begin + AHEAD; t++) {
        ask_rows(&rows[t % (AHEAD + 1)], tagger, f, t, sentence);
    }
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
        ask_rows(&rows[(t + AHEAD) % (AHEAD + 1)], tagger, f, t + AHEAD, sentence);
        if (f->tokens->items[t].word->plain) {
            memset(sums[t], 0, sizeof sums[t]);
            sums[t][KIJI_LABEL_O] = (int16_t)(PLAIN_MARGIN / tagger->scale);
        } else {
            score_token(sums[t], &rows[t % (AHEAD + 1)], f->tokens, t, sentence);
        }
    }
}

/*
 * Best path to every label; scores are renormalized at each token, so that 16 bits never overflow. Which label it came
 * from is not written down: only the labels of the best path are asked for that, and came_from finds it again.
 */
static inline void viterbi_step(const kiji_tagger *tagger, int16_t best[LANES], const int16_t before[LANES],
                                const int16_t sums[LANES])
{
    lanes16 next = {0};
    next += INT16_MIN;
    for (unsigned p = 0; p < KIJI_LABELS; p++) {
        lanes16 value;
        memcpy(&value, tagger->moves[p], sizeof value);
        value += before[p];
        const lanes16 more = value > next;
        next = (value & more) | (next & ~more);
    }
    int16_t top = INT16_MIN;
    for (unsigned to = 0; to < KIJI_LABELS; to++) {
        top = next[to] > top ? next[to] : top;
    }
    for (unsigned to = 0; to < LANES; to++) {
        const int value = next[to] - top + sums[to];
        best[to] = (int16_t)(value < -15000 ? -15000 : value > 15000 ? 15000 : value);
    }
}

/* The label before `to` on its best path: the first of the best. */
static unsigned came_from(const kiji_tagger *tagger, const int16_t before[LANES], unsigned to)
{
    unsigned from = 0;
    int top = INT32_MIN;
    for (unsigned p = 0; p < KIJI_LABELS; p++) {
        const int value = before[p] + tagger->moves[p][to];
        from = value > top ? p : from;
        top = value > top ? value : top;
    }
    return from;
}

static float margin(const int16_t sums[LANES], unsigned label)
{
    int other = INT16_MIN;
    for (unsigned i = 0; i < KIJI_LABELS; i++) {
        if (i != label && sums[i] > other) {
            other = sums[i];
        }
    }
    return (float)(sums[label] - other);
}

typedef struct work {
    int16_t (*sums)[LANES]; /* by token of the article */
    int16_t (*best)[LANES]; /* by token of the sentence */
    uint8_t *labels;        /* by token of the article */
} work;

/* Viterbi over tokens [begin, end) of a sentence, between the sentence's edge or a plain word on both sides. */
KIJI_CLONES
static void decode_run(const kiji_tagger *tagger, const work *w, uint32_t begin, uint32_t end, bool at_start,
                       bool at_end)
{
    int16_t *const best = w->best[0];
    const unsigned from = at_start ? KIJI_LABELS : KIJI_LABEL_O;
    for (unsigned to = 0; to < LANES; to++) {
        const int value = tagger->moves[from][to] + w->sums[begin][to];
        best[to] = (int16_t)(value < -15000 ? -15000 : value);
    }
    for (uint32_t t = begin + 1; t < end; t++) {
        viterbi_step(tagger, w->best[t - begin], w->best[t - begin - 1], w->sums[t]);
    }
    unsigned label = 0;
    int top = INT32_MIN;
    for (unsigned i = 0; i < KIJI_LABELS; i++) {
        const int value = w->best[end - 1 - begin][i] + (at_end ? 0 : tagger->moves[i][KIJI_LABEL_O]);
        if (value > top) {
            top = value;
            label = i;
        }
    }
    for (uint32_t t = end; t-- > begin;) {
        w->labels[t] = (uint8_t)label;
        label = t > begin ? came_from(tagger, w->best[t - begin - 1], label) : label;
    }
}

static void decode(const kiji_tagger *tagger, const work *w, const kiji_tokens *tokens, uint32_t begin, uint32_t end)
{
    for (uint32_t t = begin; t < end;) {
        if (tokens->items[t].word->plain) {
            w->labels[t] = KIJI_LABEL_O;
            t++;
            continue;
        }
        uint32_t stop = t + 1;
        while (stop < end && !tokens->items[stop].word->plain) {
            stop++;
        }
        decode_run(tagger, w, t, stop, t == begin, stop == end);
        t = stop;
    }
}

static void collect(kiji_label_spans *out, kiji_arena *arena, const kiji_tagger *tagger, const work *w, uint32_t begin,
                    uint32_t end)
{
    for (uint32_t i = begin; i < end;) {
        const unsigned label = w->labels[i];
        if (label == KIJI_LABEL_O) {
            i++;
            continue;
        }
        const unsigned inside = label % 2 == 0 ? label : label + 1;
        uint32_t stop = i + 1;
        float sum = margin(w->sums[i], label);
        while (stop < end && w->labels[stop] == inside) {
            sum += margin(w->sums[stop], inside);
            stop++;
        }
        const kiji_label_span span = {i, stop, (uint8_t)((inside - 2) / 2), sum * tagger->scale / (float)(stop - i)};
        KIJI_PUSH(arena, out, span);
        i = stop;
    }
}

void kiji_tag(kiji_label_spans *out, const kiji_tagger *tagger, kiji_arena *arena, const kiji_features *features,
              const kiji_lexicon *const *lexicons, size_t n_lexicons)
{
    memset(out, 0, sizeof *out);
    const kiji_tokens *tokens = features->tokens;
    const kiji_lore lore = kiji_tagger_lore(tagger, lexicons, n_lexicons);
    uint32_t longest = 1;
    for (size_t i = 0; i < tokens->count; i++) {
        if (!tokens->items[i].word->scored) {
            score_word(tagger, tokens->items[i].word, &lore);
        }
    }
    for (size_t s = 0; s < features->n_sentences; s++) {
        kiji_arena_check(arena);
        const uint32_t n = tokens->first[s + 1] - tokens->first[s];
        longest = n > longest ? n : longest;
    }
    const size_t all = tokens->count + 1;
    work w = {kiji_arena_alloc(arena, all * sizeof *w.sums), kiji_arena_alloc(arena, longest * sizeof *w.best),
              kiji_arena_zero(arena, all, 1)};
    for (size_t s = 0; s < features->n_sentences; s++) {
        kiji_arena_check(arena);
        const uint32_t begin = tokens->first[s];
        const uint32_t end = tokens->first[s + 1];
        score_sentence(w.sums, tagger, features, (kiji_range){begin, end});
        decode(tagger, &w, tokens, begin, end);
    }
    for (size_t s = 0; s < features->n_sentences; s++) {
        kiji_arena_check(arena);
        collect(out, arena, tagger, &w, tokens->first[s], tokens->first[s + 1]);
    }
    out->labels = w.labels;
    out->sums = w.sums;
}
