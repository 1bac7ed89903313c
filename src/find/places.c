/* places.c - places by dictionary and rule: countries, cities, 日米韓 as three places, proper noun + 県, 市, 海 …. */
#include "find/find.h"

static bool is_kanji_country(const kiji_hit *hit)
{
    return hit->entry->class_ == KIJI_DICT_COUNTRY && hit->role == KIJI_ROLE_KANJI;
}

static const kiji_hit *kanji_country_at(const kiji_case *c, uint32_t begin)
{
    size_t from;
    size_t to;
    kiji_hits_at(c, begin, &from, &to);
    for (size_t i = from; i < to; i++) {
        const kiji_hit *hit = &c->words->hits.items[i];
        if (is_kanji_country(hit)) {
            return hit;
        }
    }
    return NULL;
}

static bool follows_office_or_body(const kiji_case *c, uint32_t begin)
{
    size_t from;
    size_t to;
    kiji_hits_at(c, begin, &from, &to);
    for (size_t i = from; i < to; i++) {
        const kiji_dict_entry *entry = c->words->hits.items[i].entry;
        if (entry->class_ == KIJI_DICT_OFFICE && entry->value <= KIJI_RANK_CABINET) {
            return true;
        }
    }
    return false;
}

/* Does the model see a place in one of these tokens? */
static bool model_sees_place(const kiji_case *c, uint32_t first, uint32_t last)
{
    if (c->words->names.labels == NULL) {
        return false;
    }
    for (uint32_t t = first; t < last; t++) {
        if (c->words->names.labels[t] == KIJI_LABEL_B_PLACE) {
            return true;
        }
    }
    return false;
}

/* 日米韓: two or more short forms in a row, each a place of its own; 米国務長官: one before a high office. */
static void kanji_countries(kiji_case *c)
{
    for (size_t i = 0; i < c->words->hits.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_hit *hit = &c->words->hits.items[i];
        if (!is_kanji_country(hit)) {
            continue;
        }
        if (hit->begin > 0 && c->article->text.norm.ptr[hit->begin - 1] >= '0' &&
            c->article->text.norm.ptr[hit->begin - 1] <= '9') {
            continue; /* 12日朝, 14日中: a day */
        }
        const kiji_hit *run[8];
        size_t n = 0;
        for (const kiji_hit *h = hit; h != NULL && n < 8; h = kanji_country_at(c, h->end)) {
            run[n++] = h;
        }
        if (n < 2 && !follows_office_or_body(c, hit->end)) {
            continue;
        }
        const bool partner = n > 1 && model_sees_place(c, run[0]->first, run[n - 1]->last);
        for (size_t k = 0; k < n; k++) {
            const kiji_range range = {run[k]->begin, run[k]->end};
            if (partner) {
                kiji_propose_range(c, KIJI_NAME_PLACE, range, run[k]->first, run[k]->last, KIJI_BY_PARTNER, run[k]);
            }
            kiji_propose_range(c, KIJI_NAME_PLACE, range, run[k]->first, run[k]->last, KIJI_BY_COUNTRY_KANJI, run[k]);
        }
        while (i + 1 < c->words->hits.count && c->words->hits.items[i + 1].begin < run[n - 1]->end) {
            i++;
        }
    }
}

static void suffixed_places(kiji_case *c)
{
    for (size_t i = 0; i < c->words->hits.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->entry->class_ != KIJI_DICT_SUFFIX || hit->entry->value != KIJI_SUFFIX_OF_PLACE || !hit->aligned ||
            hit->first == 0 || kiji_token(c, hit->first - 1)->end != hit->begin) {
            continue;
        }
        const kiji_word *before = kiji_token(c, hit->first - 1)->word;
        if (before->pos == KIJI_POS_PLACE || before->pos == KIJI_POS_COUNTRY ||
            (before->pos >= KIJI_POS_PROPER && before->pos <= KIJI_POS_ORGANIZATION && before->surface.len >= 6 &&
             (hit->entry->flags & KIJI_DICT_NEEDS_CONTEXT) == 0)) {
            kiji_propose(c, KIJI_NAME_PLACE, hit->first - 1, hit->last, KIJI_BY_PLACE_SUFFIX, hit);
        }
    }
}

void kiji_find_places(kiji_case *c)
{
    kanji_countries(c);
    suffixed_places(c);
    for (size_t i = 0; i < c->words->hits.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_hit *hit = &c->words->hits.items[i];
        const kiji_dict_entry *entry = hit->entry;
        if ((entry->class_ == KIJI_DICT_PLACE ||
             (entry->class_ == KIJI_DICT_COUNTRY && hit->role != KIJI_ROLE_KANJI)) &&
            hit->aligned && (entry->flags & KIJI_DICT_NEEDS_CONTEXT) == 0 && hit->end - hit->begin >= 6) {
            kiji_propose(c, KIJI_NAME_PLACE, hit->first, hit->last, KIJI_BY_PLACE_ENTRY, hit);
        }
    }
}
