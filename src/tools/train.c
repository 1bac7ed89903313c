/*
 * train - learn the weights of the named-entity model from annotated articles.
 *
 *   train -o kiji.weights -d kiji.dic [-x bits] [-e epochs] [-r rate] [-p dropout] [-n most] [-t TEST_DIR] [-k folds]
 * [-E] [-v] [-c NEWS.jsonl] [-q QUOTES_DIR] [-g PUBLIC.jsonl]… GOLD_DIR…
 *
 * -n most: only the first `most` articles (learning curve); -t: exact-span scores on other articles, by
 * type; -k folds: cross-validation over the articles instead (the weights of the last fold are left behind);
 * -q: articles of which quotes and speakers alone are annotated, for the rankers, in every fold;
 * -v: accuracy of the rankers by cross-validation, twice: their errors; -E: entities only, no quotes; -1: without the
 * second look at words that stand several times.
 *
 * The same sources give the same bytes: one thread, own random numbers, files in byte order.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"
#include "tools/crf.h"
#include "tools/gold.h"
#include "tools/train_hints.h"
#include "tools/train_quotes.h"
#include "tools/train_terms.h"
#include "words/words.h"

#define JACKKNIFE 4u /* parts: articles whose names a model labels that learnt from the other parts */

typedef struct u32_list {
    uint32_t *items;
    size_t count, capacity;
} u32_list;

typedef struct job {
    kiji_arena *arena; /* of the whole run */
    kiji_knowledge knowledge;
    kiji_tokenizer *tokenizer;
    kiji_lore lore; /* hints included, once they are made */
    crf_options options;
    struct {
        crf_sentence *items;
        size_t count, capacity;
    } sentences;
    size_t most;  /* articles */
    size_t folds; /* cross-validation instead of a weights file */
    struct {
        char **items;
        size_t count, capacity;
    } paths; /* of the articles, in order */
    struct {
        char **items;
        size_t count;
    } quote_paths; /* of those annotated for quotes alone */
    struct {
        uint32_t *items;
        size_t count, capacity;
    } owners; /* article of each sentence */
    const char *test;
    const char *quotes; /* folder of articles annotated for quotes alone, or NULL */
    const char *corpus; /* news without labels, JSON Lines */
    const char *public_sets[8];
    size_t n_public;
    bool entities_only;
    unsigned verbose;
    size_t n_articles, n_tokens, n_spans, n_crooked;
} job;

static int name_type(char tag)
{
    switch (tag) {
    case 'P':
        return KIJI_NAME_PERSON;
    case 'L':
        return KIJI_NAME_PLACE;
    case 'O':
        return KIJI_NAME_ORGANIZATION;
    case 'W':
        return KIJI_NAME_WEAPON;
    default:
        return -1;
    }
}

/* A gold span covers the tokens that lie in it for the most part. */
static void label_tokens(job *j, uint8_t *labels, const kiji_text *text, const kiji_tokens *tokens,
                         const kiji_gold *gold)
{
    for (size_t i = 0; i < gold->spans.count; i++) {
        const kiji_gold_span *span = &gold->spans.items[i];
        const int type = name_type(span->tag);
        if (type < 0) {
            continue;
        }
        bool begun = false;
        bool straight = false;
        uint32_t end = 0;
        for (size_t t = 0; t < tokens->count; t++) {
            const uint32_t b = kiji_text_raw_begin(text, tokens->items[t].begin);
            const uint32_t e = kiji_text_raw_end(text, tokens->items[t].end);
            const uint32_t low = b > span->begin ? b : span->begin;
            const uint32_t high = e < span->end ? e : span->end;
            if (high > low && (high - low) * 2 >= e - b) {
                straight = begun ? straight : b == span->begin;
                labels[t] = (uint8_t)(1 + type * 2 + (begun ? 1 : 0));
                begun = true;
                end = e;
            }
        }
        j->n_spans++;
        if (!begun || !straight || end != span->end) {
            j->n_crooked++;
            if (getenv("KIJI_TRAIN_VERBOSE") != NULL) {
                (void)fprintf(stderr, "crooked: %c %.*s\n", span->tag, (int)(span->end - span->begin),
                              gold->text.ptr + span->begin);
            }
        }
    }
}

static void add_sentence(job *j, const kiji_words *words, const uint8_t *labels, uint32_t begin, uint32_t end)
{
    const uint32_t n = end - begin;
    uint32_t(*attributes)[KIJI_MAX_ATTRIBUTES] = malloc(n * sizeof *attributes);
    size_t *counts = malloc(n * sizeof *counts);
    u32_list rows = {NULL, 0, 0};
    uint32_t *starts = kiji_arena_alloc(j->arena, (n + 1) * sizeof *starts);
    uint8_t *own = kiji_arena_alloc(j->arena, n);
    if (attributes == NULL || counts == NULL) {
        exit(2);
    }
    for (uint32_t i = 0; i < n; i++) {
        counts[i] = kiji_word_attributes(attributes[i], words->tokens.items[begin + i].word, &j->lore);
    }
    rows.capacity = (size_t)n * (KIJI_WINDOW * 24 + 24);
    rows.items = malloc(rows.capacity * sizeof *rows.items);
    for (uint32_t i = 0; i < n; i++) {
        starts[i] = (uint32_t)rows.count;
        if (rows.count + KIJI_WINDOW * KIJI_MAX_ATTRIBUTES + KIJI_MAX_FEATURES > rows.capacity) {
            rows.capacity *= 2;
            rows.items = realloc(rows.items, rows.capacity * sizeof *rows.items);
        }
        if (rows.items == NULL) {
            exit(2);
        }
        for (unsigned w = 0; w < KIJI_WINDOW; w++) {
            const int64_t at = (int64_t)i + w - KIJI_WINDOW / 2;
            for (size_t k = 0; at >= 0 && at < n && k < counts[at]; k++) {
                rows.items[rows.count++] = kiji_attribute_row(attributes[at][k], w, j->options.bits);
            }
        }
        uint32_t features[KIJI_MAX_FEATURES];
        const size_t m = kiji_token_features(features, &words->features, begin + i, begin, end);
        for (size_t k = 0; k < m; k++) {
            rows.items[rows.count++] = kiji_feature_row(features[k], j->options.bits);
        }
        own[i] = labels[begin + i];
    }
    starts[n] = (uint32_t)rows.count;
    uint32_t *kept = kiji_arena_alloc(j->arena, (rows.count + 1) * sizeof *kept);
    memcpy(kept, rows.items, rows.count * sizeof *kept);
    free(rows.items);
    free(attributes);
    free(counts);
    const crf_sentence sentence = {kept, starts, own, n, 1.0F};
    KIJI_PUSH(j->arena, &j->sentences, sentence);
    KIJI_PUSH(j->arena, &j->owners, (uint32_t)j->n_articles);
    j->n_tokens += n;
}

static bool add_article(job *j, const char *path, kiji_arena *arena)
{
    kiji_gold gold;
    const kiji_str markup = kiji_gold_read(arena, path);
    if (markup.ptr == NULL || !kiji_gold_parse(&gold, arena, markup)) {
        (void)fprintf(stderr, "train: %s: cannot be read or parsed\n", path);
        return false;
    }
    kiji_article article;
    memset(&article, 0, sizeof article);
    kiji_text_build(&article.text, arena, gold.text);
    kiji_article_build(&article, arena, NULL);
    kiji_words words;
    kiji_words_build(&words, &j->knowledge, j->tokenizer, arena, &article);
    uint8_t *labels = kiji_arena_zero(arena, words.tokens.count + 1, 1);
    label_tokens(j, labels, &article.text, &words.tokens, &gold);
    for (size_t s = 0; s < article.sentences.count; s++) {
        if (words.tokens.first[s + 1] > words.tokens.first[s]) {
            add_sentence(j, &words, labels, words.tokens.first[s], words.tokens.first[s + 1]);
        }
    }
    j->n_articles++;
    return true;
}

static int8_t quantize(float value, float scale)
{
    const float q = roundf(value / scale);
    return (int8_t)(q > 127.0F ? 127.0F : q < -127.0F ? -127.0F : q);
}

/* Everything that goes into a weights file, as it is learnt. */
typedef struct tables {
    kiji_weights_part parts[KIJI_WEIGHTS_TABLES];
    size_t count;
} tables;

static float scale_of(const float *values, size_t n, float most_allowed)
{
    float most = 0.0F;
    for (size_t i = 0; i < n; i++) {
        most = fabsf(values[i]) > most ? fabsf(values[i]) : most;
    }
    /* The few largest weights may be cut: a finer scale serves all the others. */
    most = most < most_allowed ? most : most_allowed;
    return most > 0.0F ? most / 127.0F : 1.0F;
}

static int8_t *quantize_all(const float *values, size_t n, float scale)
{
    int8_t *rows = calloc(n + 16, 1);
    for (size_t i = 0; rows != NULL && i < n; i++) {
        rows[i] = quantize(values[i], scale);
    }
    return rows;
}

static bool add_table(tables *t, const char *name, int8_t *values, uint32_t rows, uint32_t columns, float scale)
{
    if (values == NULL) {
        return false;
    }
    t->parts[t->count++] = (kiji_weights_part){name, values, rows, columns, scale};
    return true;
}

static void free_tables(tables *t)
{
    for (size_t i = 0; i < t->count; i++) {
        free((void *)(uintptr_t)t->parts[i].values);
    }
    t->count = 0;
}

static bool add_hints(job *j, tables *t)
{
    static const char *const names[KIJI_HINTS] = {"hints-news", "hints-public"};
    for (unsigned i = 0; i < KIJI_HINTS; i++) {
        if (j->lore.hints[i] != NULL) {
            int8_t *copy = calloc((size_t)j->lore.hint_mask + 1, 1);
            if (copy != NULL) {
                memcpy(copy, j->lore.hints[i], (size_t)j->lore.hint_mask + 1);
            }
            if (!add_table(t, names[i], copy, j->lore.hint_mask + 1, 1, 0.0F)) {
                return false;
            }
        }
    }
    return true;
}

static bool add_entity_tables(job *j, tables *t, const crf *model, unsigned bits)
{
    const size_t n = ((size_t)1 << bits) * KIJI_LABELS;
    const float scale = scale_of(model->weights, n, 4.0F);
    int8_t *moves = calloc((size_t)(KIJI_LABELS + 1) * KIJI_LABELS * 2, 1);
    for (unsigned from = 0; moves != NULL && from <= KIJI_LABELS; from++) {
        for (unsigned to = 0; to < KIJI_LABELS; to++) {
            const int16_t value = (int16_t)lroundf(model->moves[from][to] / scale);
            memcpy(moves + ((size_t)from * KIJI_LABELS + to) * 2, &value, 2);
        }
    }
    return add_table(t, "entities", quantize_all(model->weights, n, scale), 1u << bits, KIJI_LABELS, scale) &&
           add_table(t, "entity-moves", moves, KIJI_LABELS + 1, 2 * KIJI_LABELS, scale) && add_hints(j, t);
}

static int write_tables(const char *path, const tables *t)
{
    void *image = NULL;
    size_t nbytes = 0;
    int status = kiji_weights_build(&image, &nbytes, t->parts, t->count) == KIJI_OK ? 0 : 2;
    FILE *file = status == 0 ? fopen(path, "wb") : NULL;
    const bool good = file != NULL && fwrite(image, 1, nbytes, file) == nbytes;
    if (file == NULL || fclose(file) != 0 || !good) {
        (void)fprintf(stderr, "train: %s: cannot be written\n", path);
        status = 2;
    }
    kiji_free(image);
    return status;
}

/* Exact spans found, wanted and right, by type. */
typedef struct tally {
    size_t gold[4], found[4], right[4];
} tally;

static void count_names(tally *sum, const kiji_text *text, const kiji_words *words, const kiji_gold *gold)
{
    for (size_t i = 0; i < gold->spans.count; i++) {
        const int type = name_type(gold->spans.items[i].tag);
        if (type >= 0) {
            sum->gold[type]++;
        }
    }
    for (size_t i = 0; i < words->names.count; i++) {
        const kiji_label_span *name = &words->names.items[i];
        const uint32_t begin = kiji_text_raw_begin(text, words->tokens.items[name->first].begin);
        const uint32_t end = kiji_text_raw_end(text, words->tokens.items[name->last - 1].end);
        sum->found[name->type]++;
        for (size_t k = 0; k < gold->spans.count; k++) {
            const kiji_gold_span *span = &gold->spans.items[k];
            if (span->begin == begin && span->end == end && name_type(span->tag) == name->type) {
                sum->right[name->type]++;
                break;
            }
        }
    }
}

static double f1(size_t gold, size_t found, size_t right)
{
    return gold + found != 0 ? 2.0 * (double)right / (double)(gold + found) : 0.0;
}

static void print_tally(const char *what, const tally *sum)
{
    static const char *const types[] = {"person", "place", "organization", "weapon"};
    size_t gold = 0;
    size_t found = 0;
    size_t right = 0;
    (void)printf("%s: ", what);
    for (unsigned t = 0; t < 4; t++) {
        (void)printf("%s %.3f  ", types[t], f1(sum->gold[t], sum->found[t], sum->right[t]));
        gold += sum->gold[t];
        found += sum->found[t];
        right += sum->right[t];
    }
    (void)printf("all %.4f (%zu gold, %zu found)\n", f1(gold, found, right), gold, found);
}

static bool open_tagger(job *j, const char *weights)
{
    kiji_error err;
    if (kiji_weights_open(&j->knowledge.weights, weights, &err) != KIJI_OK ||
        kiji_tagger_new(&j->knowledge.tagger, j->knowledge.weights, weights, &err) != KIJI_OK ||
        kiji_tokenizer_new(&j->tokenizer, j->knowledge.mecab, &err) != KIJI_OK) {
        (void)fprintf(stderr, "train: %s: %s\n", err.source, err.text);
        return false;
    }
    return true;
}

static void close_tagger(job *j)
{
    kiji_tokenizer_free(j->tokenizer);
    j->tokenizer = NULL;
    kiji_tagger_free(j->knowledge.tagger);
    j->knowledge.tagger = NULL;
    kiji_weights_close(j->knowledge.weights);
    j->knowledge.weights = NULL;
}

/* Score a weights file on the articles `paths[i]` with i % step == rest. */
static int test(job *j, tally *sum, const char *weights, char **paths, size_t n, size_t step, size_t rest)
{
    if (!open_tagger(j, weights)) {
        return 2;
    }
    kiji_arena arena;
    kiji_arena_init(&arena);
    for (size_t i = rest; i < n; i += step) {
        kiji_gold gold;
        const kiji_str markup = kiji_gold_read(&arena, paths[i]);
        if (markup.ptr == NULL || !kiji_gold_parse(&gold, &arena, markup)) {
            continue;
        }
        kiji_article article;
        kiji_words words;
        memset(&article, 0, sizeof article);
        kiji_text_build(&article.text, &arena, gold.text);
        kiji_article_build(&article, &arena, NULL);
        kiji_words_build(&words, &j->knowledge, j->tokenizer, &arena, &article);
        count_names(sum, &article.text, &words, &gold);
        kiji_arena_reset(&arena);
    }
    kiji_arena_clear(&arena);
    close_tagger(j);
    return 0;
}

static bool load(job *j, const char *dictionary)
{
    kiji_error err;
    kiji_lexicon *lexicon = NULL;
    if (kiji_mecab_open(&j->knowledge.mecab, NULL, &err) != KIJI_OK ||
        kiji_tokenizer_new(&j->tokenizer, j->knowledge.mecab, &err) != KIJI_OK ||
        (dictionary != NULL && kiji_lexicon_open(&lexicon, dictionary, &err) != KIJI_OK)) {
        (void)fprintf(stderr, "train: %s: %s\n", err.source, err.text);
        return false;
    }
    if (lexicon != NULL) {
        j->knowledge.lexicons[0] = lexicon;
        j->knowledge.n_lexicons = 1;
    }
    j->lore.lexicons = j->knowledge.lexicons;
    j->lore.n_lexicons = j->knowledge.n_lexicons;
    return true;
}

/* Is an article one of those looked at: not held out, and of this part of the jackknife. */
static bool is_looked_at(const job *j, size_t article, size_t held_out, size_t part)
{
    return !(j->folds != 0 && article % j->folds == held_out) && (article / (j->folds + 1)) % JACKKNIFE == part;
}

/* Decisions of quotes, reports and speakers from one article. */
static void add_examples_of(job *j, quote_examples *out, const char *path, uint32_t owner)
{
    kiji_gold gold;
    const kiji_str markup = kiji_gold_read(j->arena, path);
    if (markup.ptr == NULL || !kiji_gold_parse(&gold, j->arena, markup)) {
        return;
    }
    kiji_article *article = kiji_arena_zero(j->arena, 1, sizeof *article);
    kiji_words *words = kiji_arena_zero(j->arena, 1, sizeof *words);
    kiji_case *c = kiji_arena_zero(j->arena, 1, sizeof *c);
    kiji_text_build(&article->text, j->arena, gold.text);
    kiji_article_build(article, j->arena, NULL);
    kiji_words_build(words, &j->knowledge, j->tokenizer, j->arena, article);
    c->arena = j->arena;
    c->knowledge = &j->knowledge;
    c->article = article;
    c->words = words;
    c->sections = KIJI_SECTION_ENTITIES;
    kiji_find(c);
    out->owner = owner;
    out->second_hand = owner >= j->paths.count;
    add_quote_examples(out, c, &gold);
}

/* The same from the articles of one part. */
static void collect_quote_examples(job *j, quote_examples *out, size_t held_out, size_t part)
{
    for (size_t i = 0; i < j->paths.count; i++) {
        if (is_looked_at(j, i, held_out, part)) {
            add_examples_of(j, out, j->paths.items[i], (uint32_t)i);
        }
    }
    for (size_t i = part; i < j->quote_paths.count; i += JACKKNIFE) {
        add_examples_of(j, out, j->quote_paths.items[i], (uint32_t)(j->paths.count + i));
    }
}

/* Measured by cross-validation (-v): the more features for the examples there are, the more dropout. */
static const rank_options bracket_options = {18, 20, 0.1F, 0.3F, 0.15F, false, 7};
static const rank_options report_options = {18, 20, 0.1F, 0.3F, 0.3F, true, 7};
static const rank_options speaker_options = {18, 20, 0.1F, 0.3F, 0.5F, true, 7};

static bool learn_ranker(const job *j, tables *t, const char *name, rank_examples *examples, const rank_options *how)
{
    const rank_options options = *how;
    const size_t n = (size_t)1 << options.bits;
    float *weights = calloc(n, sizeof *weights);
    if (weights == NULL || (j->quote_paths.count != 0 && !rank_judge_second_hand(examples, weights, &options)) ||
        !rank_train(weights, examples, &options)) {
        free(weights);
        return false;
    }
    (void)printf("%s: %zu decisions, %.3f right on what was learnt from", name, examples->count,
                 rank_accuracy(weights, examples, options.bits));
    if (j->verbose) {
        (void)printf(", %.4f on articles kept apart",
                     rank_cross_examine(examples, &options, 5, j->verbose > 1 ? stdout : NULL));
    }
    (void)printf("\n");
    const float scale = scale_of(weights, n, 8.0F);
    const bool good = add_table(t, name, quantize_all(weights, n, scale), (uint32_t)n, 1, scale);
    free(weights);
    return good;
}

/* A tagger over tables in memory. False: out of memory. */
static bool adopt_tagger(job *j, const tables *t)
{
    kiji_error err;
    void *image = NULL;
    size_t nbytes = 0;
    return kiji_weights_build(&image, &nbytes, t->parts, t->count) == KIJI_OK &&
           kiji_weights_adopt(&j->knowledge.weights, image, nbytes, "weights", &err) == KIJI_OK &&
           kiji_tagger_new(&j->knowledge.tagger, j->knowledge.weights, "weights", &err) == KIJI_OK &&
           kiji_tokenizer_new(&j->tokenizer, j->knowledge.mecab, &err) == KIJI_OK;
}

/* Frequencies of terms in the news, where there are any, with the names that the model written so far sees. */
static bool add_frequencies(job *j, tables *t, const char *weights)
{
    if (j->corpus == NULL || strcmp(j->corpus, "-") == 0) {
        return true;
    }
    int8_t *table = calloc((size_t)1 << KIJI_FREQUENCY_BITS, 1);
    const bool good =
        table != NULL && open_tagger(j, weights) && terms_from_news(table, &j->knowledge, j->tokenizer, j->corpus) == 0;
    close_tagger(j);
    if (!good) {
        free(table);
        return false;
    }
    return add_table(t, KIJI_FREQUENCIES, table, 1u << KIJI_FREQUENCY_BITS, 1, KIJI_FREQUENCY_SCALE);
}

/*
 * Decisions on names as they will be met: those of an article come from a model that learnt without it, with its
 * errors. A ranker that learnt on faultless names trusts names too much (stacking: Wolpert 1992).
 */
static bool jackknife(job *j, quote_examples *out, size_t held_out)
{
    crf_sentence *others = kiji_arena_alloc(j->arena, (j->sentences.count + 1) * sizeof *others);
    bool good = true;
    for (size_t part = 0; good && part < JACKKNIFE; part++) {
        size_t n = 0;
        for (size_t i = 0; i < j->sentences.count; i++) {
            const size_t owner = j->owners.items[i];
            if (!(j->folds != 0 && owner % j->folds == held_out) && !is_looked_at(j, owner, held_out, part)) {
                others[n++] = j->sentences.items[i];
            }
        }
        crf model;
        tables t = {.count = 0};
        kiji_tokenizer_free(j->tokenizer);
        j->tokenizer = NULL;
        good = n != 0 && crf_train(&model, others, n, &j->options);
        if (good) {
            good = add_entity_tables(j, &t, &model, j->options.bits) && adopt_tagger(j, &t);
            free(model.weights);
        }
        if (good) {
            collect_quote_examples(j, out, held_out, part);
        }
        close_tagger(j);
        free_tables(&t);
    }
    return good;
}

/* Learn everything from some sentences (and the articles that are not held out), write the file. */
static int learn(job *j, const char *output, const crf_sentence *sentences, size_t count, size_t held_out)
{
    crf model;
    if (count == 0 || !crf_train(&model, sentences, count, &j->options)) {
        (void)fprintf(stderr, "train: nothing to learn from, or out of memory\n");
        return 2;
    }
    tables t = {.count = 0};
    bool good = add_entity_tables(j, &t, &model, j->options.bits);
    free(model.weights);
    int status = good ? write_tables(output, &t) : 2;
    quote_examples examples;
    memset(&examples, 0, sizeof examples);
    if (status == 0 && !j->entities_only && jackknife(j, &examples, held_out)) {
        (void)printf("%zu quotes whose speaker is no candidate, %zu indirect ones without a cue\n",
                     examples.speakerless, examples.unreachable);
        good = learn_ranker(j, &t, "brackets", &examples.brackets, &bracket_options) &&
               learn_ranker(j, &t, "reports", &examples.reports, &report_options) &&
               learn_ranker(j, &t, "speakers", &examples.speakers, &speaker_options);
        status = good && add_frequencies(j, &t, output) ? write_tables(output, &t) : 2;
    }
    free_tables(&t);
    return status;
}

static int learn_all(job *j, const char *output)
{
    int status = learn(j, output, j->sentences.items, j->sentences.count, SIZE_MAX);
    if (status == 0 && j->test != NULL) {
        size_t n = 0;
        tally sum;
        memset(&sum, 0, sizeof sum);
        char **paths = kiji_gold_list(j->arena, j->test, &n);
        status = test(j, &sum, output, paths, n, 1, 0);
        print_tally(j->test, &sum);
    }
    return status;
}

/* Each fold is scored by a model that saw only the others. */
static int cross_validate(job *j, const char *output)
{
    tally sum;
    memset(&sum, 0, sizeof sum);
    crf_sentence *others = kiji_arena_alloc(j->arena, j->sentences.count * sizeof *others);
    int status = 0;
    for (size_t fold = 0; fold < j->folds && status == 0; fold++) {
        size_t n = 0;
        for (size_t i = 0; i < j->sentences.count; i++) {
            if (j->owners.items[i] % j->folds != fold) {
                others[n++] = j->sentences.items[i];
            }
        }
        status = learn(j, output, others, n, fold);
        if (status == 0) {
            status = test(j, &sum, output, j->paths.items, j->paths.count, j->folds, fold);
        }
    }
    print_tally("cross-validation", &sum);
    return status;
}

/* Sentences with features and labels of all annotated articles. */
static int collect_articles(job *j, char **folders)
{
    j->sentences.count = 0;
    j->owners.count = 0;
    j->paths.count = 0;
    j->n_articles = 0;
    j->n_tokens = 0;
    j->n_spans = 0;
    j->n_crooked = 0;
    kiji_arena article;
    kiji_arena_init(&article);
    for (; *folders != NULL; folders++) {
        size_t n = 0;
        char **paths = kiji_gold_list(j->arena, *folders, &n);
        for (size_t i = 0; i < n && j->n_articles < j->most; i++) {
            if (!add_article(j, paths[i], &article)) {
                return 1;
            }
            KIJI_PUSH(j->arena, &j->paths, paths[i]);
            kiji_arena_reset(&article);
        }
    }
    kiji_arena_clear(&article);
    if (j->quotes != NULL) {
        j->quote_paths.items = kiji_gold_list(j->arena, j->quotes, &j->quote_paths.count);
    }
    (void)printf("%zu articles, %zu sentences, %zu tokens, %zu names, %zu of them across token boundaries\n",
                 j->n_articles, j->sentences.count, j->n_tokens, j->n_spans, j->n_crooked);
    return 0;
}

/* Is this the id of an article that is annotated (in any of the folders), whose labels a hint must not carry? */
static bool is_annotated(void *context, const char *id)
{
    char **folders = context;
    char path[4096];
    for (; *folders != NULL; folders++) {
        (void)snprintf(path, sizeof path, "%s/%s.gold", *folders, id);
        if (access(path, R_OK) == 0) {
            return true;
        }
    }
    return false;
}

/* Hints from public sets, and from the news that a first model labels. */
static int make_hints(job *j, char **folders)
{
    const uint32_t rows = 1u << 16;
    uint8_t *hints[KIJI_HINTS] = {calloc(rows, 1), calloc(rows, 1)};
    int status = hints[0] != NULL && hints[1] != NULL ? 0 : 2;
    j->lore.hint_mask = rows - 1;
    if (status == 0 && j->n_public != 0) {
        status = hints_from_public(hints[1], rows - 1, &j->knowledge, j->tokenizer, j->public_sets, j->n_public);
        j->lore.hints[1] = hints[1];
    }
    if (status == 0 && j->corpus != NULL) {
        crf model;
        tables t = {.count = 0};
        status = collect_articles(j, folders);
        if (status != 0 || !crf_train(&model, j->sentences.items, j->sentences.count, &j->options)) {
            return 2;
        }
        kiji_tokenizer_free(j->tokenizer);
        status = add_entity_tables(j, &t, &model, j->options.bits) && adopt_tagger(j, &t) ? 0 : 2;
        free(model.weights);
        if (status == 0) {
            status = hints_from_news(hints[0], rows - 1, &j->knowledge, j->tokenizer, j->corpus, is_annotated, folders);
        }
        close_tagger(j);
        free_tables(&t);
        kiji_error err;
        if (status == 0 && kiji_tokenizer_new(&j->tokenizer, j->knowledge.mecab, &err) != KIJI_OK) {
            status = 2;
        }
        j->lore.hints[0] = hints[0];
    }
    return status;
}

static int run(job *j, const char *output, char **folders)
{
    int status = j->n_public != 0 || j->corpus != NULL ? make_hints(j, folders) : 0;
    if (status == 0) {
        status = collect_articles(j, folders);
    }
    if (status != 0) {
        return status;
    }
    return j->folds != 0 ? cross_validate(j, output) : learn_all(j, output);
}

int main(int argc, char **argv)
{
    job j;
    memset(&j, 0, sizeof j);
    j.most = SIZE_MAX;
    j.options = (crf_options){17, 12, 0.1F, 0.3F, 0.4F, 42};
    const char *output = NULL;
    const char *dictionary = NULL;
    for (int option; (option = getopt(argc, argv, "o:d:x:e:r:p:n:t:k:Ec:g:q:v")) != -1;) {
        switch (option) {
        case 'o':
            output = optarg;
            break;
        case 'd':
            dictionary = optarg;
            break;
        case 'x':
            j.options.bits = (unsigned)strtoul(optarg, NULL, 10);
            break;
        case 'e':
            j.options.epochs = (unsigned)strtoul(optarg, NULL, 10);
            break;
        case 'r':
            j.options.rate = strtof(optarg, NULL);
            break;
        case 'p':
            j.options.dropout = strtof(optarg, NULL);
            break;
        case 'n':
            j.most = strtoul(optarg, NULL, 10);
            break;
        case 'E':
            j.entities_only = true;
            break;
        case 'c':
            j.corpus = optarg;
            break;
        case 'g':
            if (j.n_public < sizeof j.public_sets / sizeof j.public_sets[0]) {
                j.public_sets[j.n_public++] = optarg;
            }
            break;
        case 'q':
            j.quotes = optarg;
            break;
        case 'v':
            j.verbose++;
            break;
        case 'k':
            j.folds = strtoul(optarg, NULL, 10);
            break;
        case 't':
            j.test = optarg;
            break;
        default:
            return 2;
        }
    }
    if (output == NULL || optind >= argc || j.options.bits < 10 || j.options.bits > 22) {
        (void)fprintf(
            stderr,
            "usage: train -o kiji.weights [-d kiji.dic] [-x bits] [-e epochs] [-r rate] [-p dropout] GOLD_DIR…\n");
        return 2;
    }
    kiji_arena arena;
    kiji_arena_init(&arena);
    j.arena = &arena;
    const int status = load(&j, dictionary) ? run(&j, output, argv + optind) : 2;
    kiji_arena_clear(&arena);
    return status;
}
