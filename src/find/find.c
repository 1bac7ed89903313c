#include "find/find.h"

#include <string.h>

#define ALWAYS (KIJI_SECTION_ALL | KIJI_SECTION_TERMS)

const kiji_extractor kiji_extractors[] = {
    {"model", ALWAYS, KIJI_STAGE_ENTITIES, kiji_find_by_model},
    {"people", ALWAYS, KIJI_STAGE_ENTITIES, kiji_find_people},
    {"places", ALWAYS, KIJI_STAGE_ENTITIES, kiji_find_places},
    {"organizations", ALWAYS, KIJI_STAGE_ENTITIES, kiji_find_organizations},
    {"weapons", ALWAYS, KIJI_STAGE_ENTITIES, kiji_find_weapons},
    {"decide", ALWAYS, KIJI_STAGE_ENTITIES, kiji_decide},
    {"titles", ALWAYS, KIJI_STAGE_ENTITIES, kiji_find_titles},
    {"link", ALWAYS, KIJI_STAGE_ENTITIES, kiji_link},
    {"aliases", ALWAYS, KIJI_STAGE_ENTITIES, kiji_find_aliases},
    {"spellings", ALWAYS, KIJI_STAGE_ENTITIES, kiji_find_spellings},
    {"offices", ALWAYS, KIJI_STAGE_ENTITIES, kiji_find_offices},
    {"quotes", KIJI_SECTION_QUOTES, KIJI_STAGE_QUOTES, kiji_find_quotes},
    {"reports", KIJI_SECTION_QUOTES, KIJI_STAGE_QUOTES, kiji_find_reports},
    {"speakers", KIJI_SECTION_QUOTES, KIJI_STAGE_QUOTES, kiji_find_speakers},
    {"silent", ALWAYS, KIJI_STAGE_ENTITIES, kiji_drop_silent},
    {"keywords", KIJI_SECTION_KEYWORDS | KIJI_SECTION_TERMS, KIJI_STAGE_KEYWORDS, kiji_find_keywords},
    {NULL, 0, KIJI_STAGE_REST, NULL},
};

void kiji_find(kiji_case *c)
{
    const size_t n = c->words->tokens.count;
    kiji_stages_enter(c->stages, KIJI_STAGE_ENTITIES);
    c->name_at = kiji_arena_alloc(c->arena, (n + 1) * sizeof *c->name_at);
    c->sentence_at = kiji_arena_alloc(c->arena, (n + 1) * sizeof *c->sentence_at);
    for (size_t s = 0; s < c->article->sentences.count; s++) {
        for (uint32_t t = c->words->tokens.first[s]; t < c->words->tokens.first[s + 1]; t++) {
            c->sentence_at[t] = (uint32_t)s;
            c->name_at[t] = KIJI_NONE;
        }
    }
    c->topics_before = kiji_arena_zero(c->arena, n + 2, sizeof *c->topics_before);
    c->says_nothing = kiji_arena_zero(c->arena, n + 2, sizeof *c->says_nothing);
    c->verbs_before = kiji_arena_zero(c->arena, n + 2, sizeof *c->verbs_before);
    for (size_t t = 0; t < n; t++) {
        const uint8_t pos = c->words->tokens.items[t].word->pos;
        c->topics_before[t + 1] = c->topics_before[t] + (pos == KIJI_POS_TOPIC);
        c->verbs_before[t + 1] = c->verbs_before[t] + (pos == KIJI_POS_VERB);
    }
    for (const kiji_extractor *e = kiji_extractors; e->name != NULL; e++) {
        kiji_arena_look(c->arena);
        if ((e->sections & c->sections) != 0) {
            kiji_stages_enter(c->stages, e->stage);
            e->run(c);
        }
    }
}

bool kiji_str_ends(kiji_str s, const char *end)
{
    const size_t n = strlen(end);
    return s.len >= n && memcmp(s.ptr + s.len - n, end, n) == 0;
}

bool kiji_str_begins(kiji_str s, const char *begin)
{
    const size_t n = strlen(begin);
    return s.len >= n && memcmp(s.ptr, begin, n) == 0;
}

bool kiji_str_contains(kiji_str s, kiji_str part)
{
    if (part.len == 0) {
        return true;
    }
    for (size_t i = 0; i + part.len <= s.len; i++) {
        if (s.ptr[i] == part.ptr[0] && s.ptr[i + part.len - 1] == part.ptr[part.len - 1] &&
            memcmp(s.ptr + i, part.ptr, part.len) == 0) {
            return true;
        }
    }
    return false;
}

void kiji_hits_at(const kiji_case *c, uint32_t begin, size_t *from, size_t *to)
{
    const kiji_hits *hits = &c->words->hits;
    size_t low = KIJI_FIRST_FROM(*hits, kiji_hit, begin, begin);
    *from = low;
    while (low < hits->count && hits->items[low].begin == begin) {
        low++;
    }
    *to = low;
}

void kiji_propose_range(kiji_case *c, kiji_name_type type, kiji_range range, uint32_t first, uint32_t last,
                        kiji_evidence evidence, const kiji_hit *hit)
{
    const kiji_candidate candidate = {range, first, last, (uint8_t)type, (uint8_t)evidence, 0.0F, hit};
    KIJI_PUSH(c->arena, &c->candidates, candidate);
}

void kiji_propose(kiji_case *c, kiji_name_type type, uint32_t first, uint32_t last, kiji_evidence evidence,
                  const kiji_hit *hit)
{
    const kiji_range range = {kiji_token(c, first)->begin, kiji_token(c, last - 1)->end};
    kiji_propose_range(c, type, range, first, last, evidence, hit);
}
