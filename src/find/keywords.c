/* keywords.c - the terms that an article is about: runs of nouns and names, by frequency, length and place. */
#include "find/find.h"

#include <stdlib.h>

typedef struct term {
    kiji_str text;
    uint32_t count;
    uint32_t first; /* sentence */
    uint32_t words;
    bool headline;
    double score;
} term;

typedef struct terms {
    term *items;
    size_t count, capacity;
    uint32_t *table; /* number of a term + 1 */
    size_t n_slots;
} terms;

static bool is_content(const kiji_word *word)
{
    return kiji_pos_is_noun((kiji_pos)word->pos) && word->pos != KIJI_POS_NUMBER && word->pos != KIJI_POS_PRONOUN &&
           word->pos != KIJI_POS_PRONOUN_SHORT && word->pos != KIJI_POS_NOUN_CONJUNCTION &&
           word->pos != KIJI_POS_NOUN_ADVERBIAL && !(word->pos >= KIJI_POS_NOUN_BOUND_VERBAL && word->pos <= 66);
}

static void count_term(terms *x, kiji_case *c, kiji_range range, uint32_t sentence, uint32_t words)
{
    const kiji_str text = kiji_words_of(c, range);
    size_t at = kiji_mix(kiji_hash64(text)) & (x->n_slots - 1);
    while (x->table[at] != 0 && !kiji_str_equal(x->items[x->table[at] - 1].text, text)) {
        at = (at + 1) & (x->n_slots - 1);
    }
    if (x->table[at] == 0) {
        const term fresh = {text, 0, sentence, words, c->article->sentences.items[sentence].headline, 0.0};
        KIJI_PUSH(c->arena, x, fresh);
        x->table[at] = (uint32_t)x->count;
    }
    x->items[x->table[at] - 1].count++;
}

static void collect(terms *x, kiji_case *c)
{
    for (uint32_t s = 0; s < c->article->sentences.count; s++) {
        uint32_t begin;
        uint32_t end;
        kiji_sentence_tokens(c, s, &begin, &end);
        for (uint32_t t = begin; t < end;) {
            if (c->name_at[t] != KIJI_NONE) {
                const kiji_name *n = &c->names.items[c->name_at[t]];
                count_term(x, c, n->range, s, n->last - n->first);
                t = n->last > t ? n->last : t + 1;
                continue;
            }
            uint32_t stop = t;
            while (stop < end && is_content(kiji_token(c, stop)->word) && c->name_at[stop] == KIJI_NONE &&
                   (stop == t || kiji_token(c, stop)->begin == kiji_token(c, stop - 1)->end)) {
                stop++;
            }
            if (stop > t) {
                const kiji_range range = {kiji_token(c, t)->begin, kiji_token(c, stop - 1)->end};
                if (range.end - range.begin >= 6) {
                    count_term(x, c, range, s, stop - t);
                }
            }
            t = stop > t ? stop : t + 1;
        }
    }
}

static int by_score(const void *a, const void *b)
{
    const term *x = a;
    const term *y = b;
    if (x->score < y->score || x->score > y->score) {
        return x->score > y->score ? -1 : 1;
    }
    const size_t n = x->text.len < y->text.len ? x->text.len : y->text.len;
    const int order = memcmp(x->text.ptr, y->text.ptr, n);
    return order != 0 ? order : (x->text.len > y->text.len) - (x->text.len < y->text.len);
}

void kiji_find_keywords(kiji_case *c)
{
    terms x = {NULL, 0, 0, NULL, 256};
    while (x.n_slots < c->words->tokens.count * 2) {
        x.n_slots *= 2;
    }
    x.table = kiji_arena_zero(c->arena, x.n_slots, sizeof *x.table);
    collect(&x, c);
    if (x.count == 0) {
        return;
    }
    for (size_t i = 0; i < x.count; i++) {
        term *t = &x.items[i];
        const double place = t->headline ? 2.0 : 1.0 + 0.5 / (1.0 + t->first);
        t->score = (double)t->count * place * (1.0 + 0.3 * (t->words < 5 ? t->words : 5));
    }
    qsort(x.items, x.count, sizeof *x.items, by_score);
    const double top = x.items[0].score;
    for (size_t i = 0; i < x.count && i < 20; i++) {
        const kiji_found_keyword k = {x.items[i].text, x.items[i].score / top, x.items[i].count};
        KIJI_PUSH(c->arena, &c->keywords, k);
    }
}
