/*
 * weapons.c - weapons by dictionary and composition: models (PAC-3), classes (弾道ミサイル), and the longest compound
 * of both with modifiers: PAC-3地対空ミサイル, 中距離空対空ミサイル, 新型大陸間弾道ミサイル.
 */
#include "find/find.h"

typedef enum part_kind { PART_NONE, PART_MODEL, PART_CLASS, PART_HEAD, PART_MODIFIER } part_kind;

typedef struct part {
    part_kind kind;
    const kiji_hit *hit;
    uint32_t end;  /* bytes */
    uint32_t last; /* token behind it */
} part;

static part_kind kind_of(const kiji_hit *hit)
{
    if (hit->entry->class_ == KIJI_DICT_WEAPON) {
        return PART_MODEL;
    }
    if (hit->entry->class_ != KIJI_DICT_WEAPON_CLASS) {
        return PART_NONE;
    }
    switch ((kiji_weapon_use)hit->entry->value) {
    case KIJI_USE_ALONE:
        return PART_CLASS;
    case KIJI_USE_HEAD:
        return PART_HEAD;
    case KIJI_USE_MODIFIER:
        return PART_MODIFIER;
    }
    return PART_NONE;
}

/* The longest part of a weapon's name that begins at byte `begin`. */
static part part_at(const kiji_case *c, uint32_t begin)
{
    size_t from;
    size_t to;
    kiji_hits_at(c, begin, &from, &to);
    part best = {PART_NONE, NULL, begin, 0};
    for (size_t i = from; i < to; i++) {
        const kiji_hit *hit = &c->words->hits.items[i];
        const part_kind kind = kind_of(hit);
        if (kind == PART_NONE || hit->end < best.end || (hit->end == best.end && kind >= best.kind)) {
            continue;
        }
        best = (part){kind, hit, hit->end, hit->last};
    }
    return best;
}

typedef struct compound {
    bool model, alone, head, sure;
    uint32_t end, last;
    const kiji_hit *hit; /* of the model, else of the last class */
} compound;

static bool touches(const kiji_case *c, uint32_t at, uint32_t *next)
{
    const char *norm = c->article->text.norm.ptr;
    const uint32_t n = (uint32_t)c->article->text.norm.len;
    *next = at;
    if (at < n && (norm[at] == ' ' || norm[at] == '-')) {
        *next = at + 1;
    } else if (at + 3 <= n && memcmp(norm + at, "・", 3) == 0) {
        *next = at + 3;
    }
    return *next < n;
}

static compound compound_at(const kiji_case *c, uint32_t begin, uint32_t limit)
{
    compound w = {false, false, false, false, begin, 0, NULL};
    uint32_t at = begin;
    for (unsigned n = 0; n < 12; n++) {
        const part p = part_at(c, at);
        if (p.kind == PART_NONE || p.end > limit || (p.kind == PART_HEAD && at == begin)) {
            break;
        }
        const bool counts = p.kind == PART_MODEL || p.kind == PART_CLASS || (p.kind == PART_HEAD && at > begin);
        w.model = w.model || p.kind == PART_MODEL;
        w.alone = w.alone || p.kind == PART_CLASS;
        w.head = w.head || p.kind == PART_HEAD;
        w.sure = w.sure || (p.kind == PART_MODEL && (p.hit->entry->flags & KIJI_DICT_NEEDS_CONTEXT) == 0);
        if (counts) {
            w.end = p.end;
            w.last = p.last;
            if (p.kind == PART_MODEL || w.hit == NULL || !w.model) {
                w.hit = p.hit;
            }
        }
        at = p.end;
        if (!touches(c, at, &at)) {
            break;
        }
        if (at != p.end && part_at(c, at).kind == PART_NONE) {
            break;
        }
    }
    return w;
}

void kiji_find_weapons(kiji_case *c)
{
    uint32_t done = 0;
    for (size_t i = 0; i < c->words->hits.count; i++) {
        const kiji_hit *hit = &c->words->hits.items[i];
        if (kind_of(hit) == PART_NONE || hit->begin < done) {
            continue;
        }
        uint32_t begin;
        uint32_t end;
        kiji_sentence_tokens(c, c->sentence_at[hit->first], &begin, &end);
        const compound w = compound_at(c, hit->begin, kiji_token(c, end - 1)->end);
        const bool counts = w.sure || w.alone || (w.model && w.head);
        if (w.end == hit->begin || !counts || kiji_token(c, hit->first)->begin != hit->begin ||
            kiji_token(c, w.last - 1)->end != w.end) {
            continue;
        }
        kiji_propose(c, KIJI_NAME_WEAPON, hit->first, w.last, w.model ? KIJI_BY_WEAPON_ENTRY : KIJI_BY_WEAPON_CLASS,
                     w.hit);
        done = w.end;
    }
}
