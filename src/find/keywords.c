/*
 * keywords.c - the terms that an article is about. A word weighs by how often it stands in terms, how rare it is in the
 * news and how early it comes; a term by its words. The best is taken, its words count less from then on, so that the
 * next one says something else: nested terms and parts of names fall behind by that. Measured by
 * tests/compare/keywords.py.
 */
#include "find/terms.h"

#include <math.h>

#define USUAL    20   /* keywords of an article, where no number is asked for */
#define LEAD     6.0F /* what a word gains by standing in the headline or the first sentence, … */
#define FADE     1.4F /* … and how fast that is lost behind it */
#define COMMON   0.5F /* what is left of a word that stands in every article, against 1 + COMMON of a rare one */
#define COVERED  0.5F /* a word that a better keyword has */
#define NESTED   0.5F /* a term all of whose words better keywords have */
#define NAME     0.8F /* names come often for other reasons: speakers, places of meetings */
#define SOURCE   0.5F /* who is cited: 読売新聞によると */
#define HEADLINE 1.5F

/* Words of a term to the power -0.6: a long term gains by its words, but not by all of them. */
static const float shorter[] = {1.0F,    1.0000F, 0.6598F, 0.5173F, 0.4353F, 0.3807F, 0.3413F,
                                0.3111F, 0.2872F, 0.2676F, 0.2512F, 0.2372F, 0.2252F};

static void weigh_words(kiji_terms *x, const int8_t *table)
{
    const float all = table != NULL ? kiji_frequency(table, kiji_hash((kiji_str){"", 0})) : 0.0F;
    for (size_t i = 0; i < x->words.count; i++) {
        kiji_term_word *w = &x->words.items[i];
        const float rare = table != NULL && all > 0.0F ? COMMON + (all - kiji_frequency(table, w->hash)) / all : 1.0F;
        w->weight = sqrtf((float)w->count) * rare * (1.0F + LEAD / (1.0F + FADE * (float)w->place));
    }
}

static float score(const kiji_terms *x, const kiji_term *t)
{
    float sum = 0.0F;
    bool nested = true;
    for (uint32_t k = 0; k < t->n_words; k++) {
        const kiji_term_word *w = &x->words.items[x->parts.items[t->words + k]];
        sum += w->weight;
        nested &= w->covered;
    }
    const size_t n =
        t->n_words < sizeof shorter / sizeof shorter[0] ? t->n_words : sizeof shorter / sizeof shorter[0] - 1;
    return sum * shorter[n] * (t->kind == KIJI_TERM_NAME ? NAME : 1.0F) * (t->sources != 0 ? SOURCE : 1.0F) *
           (t->headline ? HEADLINE : 1.0F) * (nested ? NESTED : 1.0F);
}

/* Ahead by score, then by place in the article: the order in which equal terms are taken. */
static bool is_ahead(const kiji_term *a, const kiji_term *b)
{
    return a->score > b->score || (a->score >= b->score && a < b);
}

/* A heap of terms, the best one first. */
typedef struct heap {
    kiji_term **items;
    size_t count;
} heap;

static void sink_down(heap *h, size_t at)
{
    for (size_t child; (child = 2 * at + 1) < h->count; at = child) {
        child += child + 1 < h->count && is_ahead(h->items[child + 1], h->items[child]);
        if (!is_ahead(h->items[child], h->items[at])) {
            return;
        }
        kiji_term *moved = h->items[at];
        h->items[at] = h->items[child];
        h->items[child] = moved;
    }
}

/* Nouns that stand in longer terms only are not a term of their own. */
static bool is_candidate(const kiji_term *t)
{
    return t->text.len >= 4 && (t->kind != KIJI_TERM_NOUNS || t->alone != 0);
}

static uint32_t times(const kiji_term *t)
{
    return t->kind == KIJI_TERM_NAME ? t->count : t->alone;
}

static void weigh_terms(heap *h, kiji_terms *x, kiji_case *c)
{
    h->items = kiji_arena_alloc(c->arena, (x->terms.count + 1) * sizeof(kiji_term *));
    h->count = 0;
    for (size_t i = 0; i < x->terms.count; i++) {
        kiji_term *t = &x->terms.items[i];
        if (is_candidate(t)) {
            t->score = score(x, t);
            h->items[h->count++] = t;
        }
    }
    for (size_t i = h->count / 2; i-- > 0;) {
        sink_down(h, i);
    }
}

/* Scores only fall as terms are taken: one that stays ahead with its score made anew is the best. */
static kiji_term *take_best(heap *h, const kiji_terms *x)
{
    while (h->count != 0 && h->items[0]->score > 0.0F) {
        kiji_term *best = h->items[0];
        const float now = score(x, best);
        if (now >= best->score) {
            h->items[0] = h->items[--h->count];
            sink_down(h, 0);
            return best;
        }
        best->score = now;
        sink_down(h, 0);
    }
    return NULL;
}

static void choose(kiji_case *c, kiji_terms *x)
{
    const size_t most = c->top != 0 ? c->top : USUAL;
    heap h;
    weigh_words(x, kiji_frequencies(c->knowledge));
    weigh_terms(&h, x, c);
    for (kiji_term *t; c->keywords.count < most && (t = take_best(&h, x)) != NULL;) {
        const kiji_found_keyword k = {t->text, (double)t->score, times(t)};
        KIJI_PUSH(c->arena, &c->keywords, k);
        for (uint32_t i = 0; i < t->n_words; i++) {
            kiji_term_word *w = &x->words.items[x->parts.items[t->words + i]];
            w->weight *= w->covered ? 1.0F : COVERED;
            w->covered = true;
        }
    }
    for (size_t i = c->keywords.count; i-- > 0;) {
        c->keywords.items[i].score /= c->keywords.items[0].score;
    }
}

/* The table says log2 of 1 + the articles. */
static double articles_with(const int8_t *table, uint32_t hash)
{
    return table != NULL ? exp2((double)kiji_frequency(table, hash)) - 1.0 : 0.0;
}

static void list_all(kiji_case *c, const kiji_terms *x)
{
    const int8_t *table = kiji_frequencies(c->knowledge);
    c->news = articles_with(table, kiji_hash((kiji_str){"", 0}));
    for (size_t i = 0; i < x->terms.count; i++) {
        const kiji_term *t = &x->terms.items[i];
        if (is_candidate(t)) {
            const kiji_doc_term term = {t->text, times(t), articles_with(table, t->hash)};
            KIJI_PUSH(c->arena, &c->doc_terms, term);
        }
    }
}

void kiji_find_keywords(kiji_case *c)
{
    kiji_terms x;
    kiji_terms_collect(&x, c);
    if ((c->sections & KIJI_SECTION_KEYWORDS) != 0) {
        choose(c, &x);
    }
    if ((c->sections & KIJI_SECTION_TERMS) != 0) {
        list_all(c, &x);
    }
}
