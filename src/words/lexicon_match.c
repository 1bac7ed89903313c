/* lexicon_match.c - all dictionary forms in a text. */
#include <stdlib.h>

#include "words/fold.h"
#include "words/lexicon_trie.h"

typedef struct matcher {
    kiji_hits *out;
    kiji_arena *arena;
    const kiji_lexicon *lexicon;
    const char *norm;
    const kiji_tokens *tokens;
    uint32_t limit; /* end of the sentence: bytes */
} matcher;

static void add_hit(const matcher *m, kiji_dict_item item, kiji_hit hit)
{
    hit.entry = &m->lexicon->entries[kiji_dict_item_entry(item)];
    hit.role = kiji_dict_item_role(item);
    KIJI_PUSH(m->arena, m->out, hit);
}

static void add_hits(const matcher *m, const kiji_dict_item *item, kiji_hit hit)
{
    add_hit(m, *item, hit);
    while ((*item++ & KIJI_DICT_LAST) == 0) {
        add_hit(m, *item, hit);
    }
}

/* The forms that go on behind `node`, where `fold` is. */
static void match_on(const matcher *m, kiji_trie_node node, kiji_fold fold, kiji_hit hit)
{
    char bytes[4];
    while (kiji_fold_next(&fold, bytes) != 0 && kiji_trie_step_char(m->lexicon, &node, bytes)) {
        const kiji_dict_item *item = kiji_trie_value(m->lexicon, node);
        if (item != NULL) {
            hit.end = (uint32_t)(fold.at - m->norm);
            while (m->tokens->items[hit.last - 1].end < hit.end) {
                hit.last++;
            }
            hit.aligned = m->tokens->items[hit.last - 1].end == hit.end;
            add_hits(m, item, hit);
        }
    }
}

/* All forms that begin with token `first`; `way` is its word's; `on`: also those that go on behind it. */
static void match_at(const matcher *m, uint32_t first, const kiji_word_way *way, bool on)
{
    const kiji_morpheme *token = &m->tokens->items[first];
    kiji_hit hit = {.begin = token->begin, .first = first, .last = first + 1, .lexicon = m->lexicon};
    if (way == NULL) {
        const kiji_fold fold = {m->norm + token->begin, m->norm + m->limit, NULL, 0};
        match_on(m, kiji_trie_root(m->lexicon), fold, hit);
        return;
    }
    for (unsigned i = 0; i < way->n_forms; i++) {
        hit.end = token->begin + way->ends[i];
        hit.aligned = hit.end == token->end;
        if ((way->items[i] & KIJI_DICT_LAST) != 0) {
            add_hit(m, way->items[i], hit);
        } else {
            add_hits(m, &m->lexicon->items[way->items[i]], hit);
        }
    }
    if (on) {
        const unsigned n = kiji_fold_last(token->word->surface);
        const char *at = m->norm + token->end;
        const kiji_fold fold = {at, m->norm + m->limit, at - n, (uint8_t)n};
        match_on(m, (kiji_trie_node){way->node, way->base, way->next}, fold, hit);
    }
}

/* Behind a noun a particle is one; elsewhere MeCab may have cut a name in kana into particles (のとじま). */
static bool may_begin_form(kiji_pos pos)
{
    return pos < KIJI_POS_OPEN || (pos > KIJI_POS_COMMA && pos < KIJI_POS_CASE) || pos > KIJI_POS_CONJUNCTION;
}

static int by_place(const void *x, const void *y)
{
    const kiji_hit *a = x;
    const kiji_hit *b = y;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end > b->end ? -1 : 1;
    }
    return (a->entry > b->entry) - (a->entry < b->entry);
}

/* Few stand at one place, and nearly in order. */
static void sort_few(kiji_hit *hits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const kiji_hit hit = hits[i];
        size_t at = i;
        for (; at > 0 && by_place(&hits[at - 1], &hit) > 0; at--) {
            hits[at] = hits[at - 1];
        }
        hits[at] = hit;
    }
}

/* Tokens looked at together: what they need of the trie comes into the cache meanwhile. */
#define TOGETHER 32

static void match_sentence(const matcher *m, uint32_t begin, uint32_t end)
{
    const kiji_morpheme *tokens = m->tokens->items;
    bool nameable = false;
    for (uint32_t t = begin; t < end;) {
        struct {
            uint32_t token;
            bool on;
            const kiji_word_way *way;
        } found[TOGETHER];
        unsigned n = 0;
        for (; t < end && n < TOGETHER; t++) {
            kiji_word *word = tokens[t].word;
            const bool may = !nameable || may_begin_form((kiji_pos)word->pos);
            nameable = word->nameable;
            if (!may) {
                continue;
            }
            const kiji_word_way *way = kiji_lexicon_way(m->lexicon, word);
            const bool on = tokens[t].end < m->limit && kiji_way_goes_on(m->lexicon, way, m->norm + tokens[t].end);
            found[n].token = t;
            found[n].on = on;
            found[n].way = way;
            n += way == NULL || on || way->n_forms != 0;
        }
        for (unsigned i = 0; i < n; i++) {
            match_at(m, found[i].token, found[i].way, found[i].on);
        }
    }
}

void kiji_lexicon_match(kiji_hits *out, kiji_arena *arena, const kiji_lexicon *lexicon, const char *norm,
                        const kiji_tokens *tokens)
{
    matcher m = {out, arena, lexicon, norm, tokens, 0};
    const size_t had = out->count;
    for (uint32_t s = 0, t = 0; t < tokens->count; s++) {
        const uint32_t stop = tokens->first[s + 1];
        if (stop > t) {
            m.limit = tokens->items[stop - 1].end;
            match_sentence(&m, t, stop);
            t = stop;
        }
    }
    if (had != 0 && out->count > had) {
        qsort(out->items, out->count, sizeof *out->items, by_place);
        return;
    }
    /* One lexicon: by begin already; longest first within a begin. */
    for (size_t i = 0; i < out->count;) {
        size_t k = i + 1;
        while (k < out->count && out->items[k].begin == out->items[i].begin) {
            k++;
        }
        sort_few(out->items + i, k - i);
        i = k;
    }
}
