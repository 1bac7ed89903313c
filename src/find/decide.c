/*
 * decide.c - the one place that decides between candidates: evidence is added up a span and type, the strongest span
 * wins over those that it overlaps, the longer one on a tie.
 */
#include "find/find.h"

#include <stdlib.h>
#include <string.h>

/*
 * What each kind of evidence is worth, with and without the model's own judgement in the sum. With a model, a rule or
 * dictionary line can add a name that the model leaves open, but not one that reads several ways.
 */
static const struct {
    const char *name;
    float alone; /* no model loaded */
    float with_model;
} worth[KIJI_EVIDENCES] = {
    [KIJI_BY_MODEL] = {"model", 0.0F, 2.0F},
    [KIJI_BY_PERSON_ENTRY] = {"known person", 3.0F, 1.2F},
    [KIJI_BY_PERSON_TITLE] = {"name with title", 1.5F, 0.4F},
    [KIJI_BY_PERSON_NAMES] = {"surname and given name", 1.2F, 0.4F},
    [KIJI_BY_PLACE_ENTRY] = {"known place", 1.5F, 0.4F},
    [KIJI_BY_PLACE_SUFFIX] = {"place suffix", 1.6F, 0.4F},
    [KIJI_BY_COUNTRY_KANJI] = {"short form of countries", 1.4F, 0.4F},
    [KIJI_BY_ORG_ENTRY] = {"known organization", 1.8F, 0.4F},
    [KIJI_BY_ORG_SUFFIX] = {"organization suffix", 1.4F, 0.2F},
    [KIJI_BY_WEAPON_ENTRY] = {"weapon model", 2.0F, 1.2F},
    [KIJI_BY_WEAPON_CLASS] = {"weapon class", 1.3F, 0.6F},
    [KIJI_BY_PARTNER] = {"beside a short form of a country", 0.0F, 1.0F},
    [KIJI_BY_ALIAS] = {"another name of a person of the article", 2.0F, 2.0F}, /* found when all else is decided */
    [KIJI_BY_WEAPON_USE] = {"named or used as a weapon", 1.5F, 4.0F},
};

#define ACCEPT 1.0F

typedef struct span {
    kiji_name name;
    float strength;
} span;

static int by_span(const void *x, const void *y)
{
    const kiji_candidate *a = x;
    const kiji_candidate *b = y;
    if (a->range.begin != b->range.begin) {
        return a->range.begin < b->range.begin ? -1 : 1;
    }
    if (a->range.end != b->range.end) {
        return a->range.end > b->range.end ? -1 : 1;
    }
    if (a->type != b->type) {
        return a->type < b->type ? -1 : 1;
    }
    return (a->evidence > b->evidence) - (a->evidence < b->evidence);
}

static int by_strength(const void *x, const void *y)
{
    const span *a = x;
    const span *b = y;
    if (a->strength < b->strength || a->strength > b->strength) {
        return a->strength > b->strength ? -1 : 1;
    }
    const uint32_t n = a->name.range.end - a->name.range.begin;
    const uint32_t m = b->name.range.end - b->name.range.begin;
    if (n != m) {
        return n > m ? -1 : 1;
    }
    return (a->name.range.begin > b->name.range.begin) - (a->name.range.begin < b->name.range.begin);
}

static int by_begin(const void *x, const void *y)
{
    const kiji_name *a = x;
    const kiji_name *b = y;
    return (a->range.begin > b->range.begin) - (a->range.begin < b->range.begin);
}

/* A dictionary line so long that it can hardly be anything else stands also where the model sees nothing. */
static bool is_unmistakable(const kiji_candidate *x)
{
    const uint32_t length = x->range.end - x->range.begin;
    return (x->evidence == KIJI_BY_ORG_ENTRY && length >= 12) || (x->evidence == KIJI_BY_PERSON_ENTRY && length >= 9) ||
           (x->evidence == KIJI_BY_WEAPON_ENTRY && length >= 4 && x->hit != NULL &&
            (x->hit->entry->flags & KIJI_DICT_NEEDS_CONTEXT) == 0);
}

/* One span a range and type, with its evidence added up (each kind once). */
static size_t add_up(const kiji_case *c, span *spans)
{
    const bool model = c->knowledge->tagger != NULL;
    size_t n = 0;
    for (size_t i = 0; i < c->candidates.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_candidate *x = &c->candidates.items[i];
        span *s = n > 0 ? &spans[n - 1] : NULL;
        if (s == NULL || s->name.range.begin != x->range.begin || s->name.range.end != x->range.end ||
            s->name.type != x->type) {
            s = &spans[n++];
            *s = (span){{x->range, x->first, x->last, c->sentence_at[x->first], x->type, KIJI_NONE, 0, 0.0F, NULL},
                        0.0F};
        }
        const unsigned bit = 1u << x->evidence;
        if ((s->name.evidences & bit) == 0) {
            s->name.evidences = (uint16_t)(s->name.evidences | bit);
            s->strength += model ? worth[x->evidence].with_model : worth[x->evidence].alone;
            if (model && is_unmistakable(x)) {
                s->strength += x->evidence == KIJI_BY_ORG_ENTRY ? ACCEPT : 2 * ACCEPT;
            }
            if (x->evidence == KIJI_BY_MODEL) {
                s->strength += x->strength * 0.25F;
                s->name.model_score = x->strength;
            }
        }
        if (s->name.hit == NULL && x->hit != NULL) {
            s->name.hit = x->hit;
        }
    }
    return n;
}

/* Take a span unless a byte of it is taken; `taken` has a mark a byte of the matching form. */
static void take(kiji_case *c, const span *s, char *taken)
{
    const kiji_range range = s->name.range;
    const size_t length = range.end - range.begin;
    if (memchr(taken + range.begin, 1, length) == NULL) {
        memset(taken + range.begin, 1, length);
        KIJI_PUSH(c->arena, &c->names, s->name);
    }
}

void kiji_decide(kiji_case *c)
{
    if (c->candidates.count == 0) {
        return;
    }
    qsort(c->candidates.items, c->candidates.count, sizeof *c->candidates.items, by_span);
    span *spans = kiji_arena_alloc(c->arena, c->candidates.count * sizeof *spans);
    const size_t n = add_up(c, spans);
    qsort(spans, n, sizeof *spans, by_strength);
    char *taken = kiji_arena_zero(c->arena, c->article->text.norm.len + 1, sizeof *taken);
    for (size_t i = 0; i < n && spans[i].strength >= ACCEPT; i++) {
        take(c, &spans[i], taken);
    }
    if (c->names.count != 0) {
        qsort(c->names.items, c->names.count, sizeof *c->names.items, by_begin);
    }
    for (size_t t = 0; t < c->words->tokens.count; t++) {
        c->name_at[t] = KIJI_NONE;
    }
    for (size_t i = 0; i < c->names.count; i++) {
        kiji_arena_check(c->arena);
        for (uint32_t t = c->names.items[i].first; t < c->names.items[i].last; t++) {
            if (c->name_at[t] == KIJI_NONE) {
                c->name_at[t] = (uint32_t)i;
            }
        }
    }
}

const char *kiji_evidence_name(kiji_evidence evidence)
{
    return evidence < KIJI_EVIDENCES ? worth[evidence].name : "";
}
