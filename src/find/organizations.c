/* organizations.c - organizations by dictionary and rule: known names, proper noun or country + 省, 党, 銀行 …. */
#include "find/find.h"

static bool may_begin_organization(const kiji_word *word)
{
    return (word->pos >= KIJI_POS_PROPER && word->pos <= KIJI_POS_COUNTRY) || !word->known;
}

static void suffixed_organizations(kiji_case *c)
{
    for (size_t i = 0; i < c->words->hits.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->entry->class_ != KIJI_DICT_SUFFIX || hit->entry->value != KIJI_SUFFIX_OF_ORGANIZATION ||
            !hit->aligned || hit->first == 0) {
            continue;
        }
        /* The run of nouns before the suffix, as far as it touches and holds a proper noun at its begin. */
        const uint32_t run = c->words->features.run_first[hit->first];
        uint32_t first = hit->first;
        for (uint32_t t = run; t < hit->first; t++) {
            if (may_begin_organization(kiji_token(c, t)->word) && kiji_token(c, t)->word->surface.len >= 6) {
                first = t;
                break;
            }
        }
        if (first < hit->first && hit->first - first <= 6) {
            kiji_propose(c, KIJI_NAME_ORGANIZATION, first, hit->last, KIJI_BY_ORG_SUFFIX, hit);
        }
    }
}

void kiji_find_organizations(kiji_case *c)
{
    suffixed_organizations(c);
    for (size_t i = 0; i < c->words->hits.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->entry->class_ != KIJI_DICT_ORGANIZATION || !hit->aligned ||
            (hit->entry->flags & KIJI_DICT_NEEDS_CONTEXT) != 0) {
            continue;
        }
        kiji_propose(c, KIJI_NAME_ORGANIZATION, hit->first, hit->last, KIJI_BY_ORG_ENTRY, hit);
        /* 米国防総省, 中国外務省: country and state body are one name. */
        if (hit->first > 0 && kiji_token(c, hit->first - 1)->end == hit->begin &&
            kiji_str_ends(kiji_lexicon_string(hit->lexicon, hit->entry->kind), "ministry") &&
            (kiji_token(c, hit->first - 1)->word->pos == KIJI_POS_COUNTRY ||
             kiji_token(c, hit->first - 1)->word->surface.len == 3)) {
            kiji_propose(c, KIJI_NAME_ORGANIZATION, hit->first - 1, hit->last, KIJI_BY_ORG_ENTRY, hit);
        }
    }
}
