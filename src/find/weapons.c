/*
 * weapons.c - weapons by dictionary and composition: models (PAC-3), classes (弾道ミサイル), and the longest compound
 * of both with modifiers: PAC-3地対空ミサイル, 中距離空対空ミサイル, 新型大陸間弾道ミサイル.
 */
#include "find/find.h"

#include <string.h>

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

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

static bool is_letter(char ch)
{
    return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
}

/*
 * A known model with the letters or figures of a variant behind it: シャヘド191, F-16I, トーネードECR; not
 * シャヘド10機, where they count.
 */
static void take_variant(const kiji_case *c, compound *w, uint32_t limit)
{
    const char *norm = c->article->text.norm.ptr;
    uint32_t end = w->end;
    while (end < limit && (is_digit(norm[end]) || is_letter(norm[end]))) {
        end++;
    }
    const char before = norm[w->end - 1];
    if (end == w->end || end - w->end > 3 || (is_digit(before) && is_digit(norm[w->end])) ||
        (is_letter(before) && is_letter(norm[w->end]))) {
        return;
    }
    uint32_t last = w->last;
    while (kiji_token(c, last - 1)->end < end) {
        last++;
    }
    const bool follows = last < c->words->tokens.count && kiji_token(c, last)->begin == end && end < limit;
    const uint8_t pos = follows ? kiji_token(c, last)->word->pos : KIJI_POS_PERIOD;
    if (kiji_token(c, last - 1)->end == end && !kiji_pos_is_noun((kiji_pos)pos) && pos != KIJI_POS_SYMBOL) {
        w->end = end;
        w->last = last;
    }
}

/* A word of armed forces, or another weapon, in the sentence of `but`. */
static bool military_sentence(const kiji_case *c, uint32_t begin, uint32_t end, const kiji_hit *but)
{
    const uint32_t limit = kiji_token(c, end - 1)->end;
    size_t from;
    size_t to;
    kiji_hits_at(c, kiji_token(c, begin)->begin, &from, &to);
    for (; from < c->words->hits.count && c->words->hits.items[from].begin < limit; from++) {
        const kiji_hit *hit = &c->words->hits.items[from];
        const bool apart = hit->end <= but->begin || hit->begin >= but->end;
        if (apart && hit->aligned &&
            ((hit->entry->class_ == KIJI_DICT_WEAPON && (hit->entry->flags & KIJI_DICT_NEEDS_CONTEXT) == 0) ||
             (hit->entry->class_ == KIJI_DICT_WEAPON_CLASS && hit->entry->value == KIJI_USE_ALONE))) {
            return true;
        }
    }
    for (uint32_t t = begin; t < end; t++) {
        if (kiji_token_is_on(c, t, KIJI_LIST_MILITARY)) {
            return true;
        }
    }
    return false;
}

/*
 * A model whose name is a word of other meanings too (P-1, MILAN, さちしお; 大和, 火星, サンディエゴ): counts in a
 * sentence about armed forces, unless the words are known as a place, a name of persons or a common noun (ジルコン
 * and other loan words excepted).
 */
static bool unlike_other_words(const kiji_case *c, const kiji_hit *hit, bool handled)
{
    size_t from;
    size_t to;
    kiji_hits_at(c, hit->begin, &from, &to);
    for (size_t i = from; i < to; i++) {
        const kiji_hit *other = &c->words->hits.items[i];
        if (other->end >= hit->end && other->entry->class_ != KIJI_DICT_WEAPON) {
            return false;
        }
    }
    const bool touches_noun = hit->last < c->words->tokens.count && kiji_token(c, hit->last)->begin == hit->end &&
                              kiji_pos_is_noun((kiji_pos)kiji_token(c, hit->last)->word->pos);
    if (touches_noun) { /* もがみ川, いせ市 */
        return false;
    }
    const kiji_word *word = kiji_token(c, hit->first)->word;
    const bool code = hit->end - hit->begin >= 3 && (unsigned char)word->surface.ptr[0] < 0x80;
    const bool katakana = (word->pos == KIJI_POS_NOUN || handled) && word->surface.len >= 9 &&
                          memcmp(word->surface.ptr, "ァ", 2) >= 0 && memcmp(word->surface.ptr, "ヿ", 3) <= 0;
    return code || katakana || hit->last > hit->first + 1 || !word->known;
}

typedef enum weapon_use { NOT_USED, HANDLED, USED } weapon_use;

/*
 * Does what armed forces deploy, carry, fire or shoot down end at byte `at`: …の配備, …を搭載する, …を撃墜した? Or what
 * they handle at least, as others do too: …を公開した, …が飛来した? Bytes, since MeCab glues の to a name in kana that
 * it does not know (やえ|し|おの).
 */
static weapon_use used_as_weapon(const kiji_case *c, uint32_t at, uint32_t limit)
{
    static const struct {
        const char *particles, *verb;
        weapon_use use;
    } uses[] = {
        {"のを", "配備", USED},    {"のを", "実戦配備", USED},  {"のを", "搭載", USED},    {"のを", "発射", USED},
        {"のを", "撃墜", USED},    {"のを", "迎撃", USED},      {"のを", "撃沈", USED},    {"のを", "試射", USED},
        {"の", "就役", USED},      {"の", "進水", USED},        {"が", "就役", USED},      {"が", "進水", USED},
        {"のを", "公開", HANDLED}, {"のを", "運用", HANDLED},   {"のを", "導入", HANDLED}, {"のを", "調達", HANDLED},
        {"のを", "取得", HANDLED}, {"のを", "購入", HANDLED},   {"のを", "改修", HANDLED}, {"のを", "量産", HANDLED},
        {"のを", "開発", HANDLED}, {"のを", "展開", HANDLED},   {"のを", "投入", HANDLED}, {"のを", "供与", HANDLED},
        {"を", "使", HANDLED},     {"を", "初めて使", HANDLED}, {"の", "性能", HANDLED},   {"が", "飛来", HANDLED},
        {"が", "着弾", HANDLED},   {"が", "入港", HANDLED},     {"が", "寄港", HANDLED},   {"の", "入港", HANDLED},
        {"の", "寄港", HANDLED},
    };
    const kiji_str rest = kiji_words_of(c, (kiji_range){at, limit});
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++) {
        const kiji_str verb = {uses[i].verb, strlen(uses[i].verb)};
        if (rest.len < 3 + verb.len || memcmp(rest.ptr + 3, verb.ptr, verb.len) != 0) {
            continue;
        }
        for (const char *p = uses[i].particles; *p != '\0'; p += 3) {
            if (memcmp(rest.ptr, p, 3) == 0) {
                return uses[i].use;
            }
        }
    }
    return NOT_USED;
}

/* Is the name what stands in brackets right behind the word for a weapon's class: 護衛艦「くらま」? */
static bool named_behind_class(const kiji_case *c, uint32_t begin, uint32_t end)
{
    const kiji_str norm = c->article->text.norm;
    if (begin < 3 || memcmp(norm.ptr + begin - 3, "「", 3) != 0 || end + 3 > norm.len ||
        memcmp(norm.ptr + end, "」", 3) != 0) {
        return false;
    }
    enum { LONGEST = 96 }; /* bytes of a class */
    size_t i;
    size_t behind;
    kiji_hits_at(c, begin, &i, &behind);
    while (i-- > 0 && c->words->hits.items[i].begin + LONGEST >= begin) {
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->entry->class_ == KIJI_DICT_WEAPON_CLASS && hit->end == begin - 3 &&
            (kiji_weapon_use)hit->entry->value == KIJI_USE_ALONE) {
            return true;
        }
    }
    return false;
}

/* The same words name a place or body: what is deployed there, or by whom (沖縄の配備), is another thing. */
static bool is_place_or_body(const kiji_case *c, const kiji_hit *hit)
{
    size_t from;
    size_t to;
    kiji_hits_at(c, hit->begin, &from, &to);
    for (size_t i = from; i < to; i++) {
        const kiji_hit *other = &c->words->hits.items[i];
        const uint8_t class_ = other->entry->class_;
        if (other->end >= hit->end && (class_ == KIJI_DICT_PLACE || class_ == KIJI_DICT_COUNTRY ||
                                       class_ == KIJI_DICT_ORGANIZATION || class_ == KIJI_DICT_SUFFIX)) {
            return true;
        }
    }
    bool all = true; /* ジョージ・ワシントン is more than a place */
    for (uint32_t t = hit->first; all && t < hit->last; t++) {
        const kiji_word *word = kiji_token(c, t)->word; /* an unknown EKV is called an organization by guess */
        all = word->known && (word->pos == KIJI_POS_PLACE || word->pos == KIJI_POS_COUNTRY ||
                              word->pos == KIJI_POS_ORGANIZATION || word->pos == KIJI_POS_SUFFIX_PLACE);
    }
    return all;
}

/* ジェラルド・R・フォード: in full, and without a title, the ship more often than the man in a sentence about forces.
 */
static bool has_dot(const kiji_case *c, const kiji_hit *hit)
{
    return kiji_str_contains(kiji_words_of(c, (kiji_range){hit->begin, hit->end}), (kiji_str){"・", 3});
}

/* A class of weapons that no other noun before it makes another thing; a rocket is launched in peace too. */
static bool is_class(const kiji_case *c, const kiji_hit *hit, const compound *w)
{
    const bool joined = hit->first > 0 && kiji_token(c, hit->first - 1)->end == hit->begin &&
                        kiji_token(c, hit->first - 1)->word->nameable;
    return w->alone && !w->model && !joined && !kiji_str_is(kiji_hit_name(w->hit), "ロケット");
}

void kiji_find_weapons(kiji_case *c)
{
    uint32_t done = 0;
    for (size_t i = 0; i < c->words->hits.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_hit *hit = &c->words->hits.items[i];
        if (kind_of(hit) == PART_NONE || hit->begin < done) {
            continue;
        }
        uint32_t begin;
        uint32_t end;
        kiji_sentence_tokens(c, c->sentence_at[hit->first], &begin, &end);
        const uint32_t limit = kiji_token(c, end - 1)->end;
        compound w = compound_at(c, hit->begin, limit);
        const bool whole = w.model && w.end == w.hit->end && w.hit->begin == hit->begin;
        if (whole && w.sure) {
            take_variant(c, &w, limit);
        }
        const bool class_first = w.model && w.alone && !w.sure && part_at(c, hit->begin).kind == PART_CLASS;
        const weapon_use use =
            (whole && !is_place_or_body(c, w.hit)) || is_class(c, hit, &w) ? used_as_weapon(c, w.end, limit) : NOT_USED;
        const bool military = w.model && w.hit != NULL && military_sentence(c, begin, end, w.hit);
        const bool used =
            class_first || use == USED || (whole && named_behind_class(c, hit->begin, w.end)) ||
            (whole && military && (use == HANDLED || has_dot(c, w.hit)) && unlike_other_words(c, w.hit, true));
        const bool counts =
            used || w.sure || w.alone || (w.model && w.head) || (military && unlike_other_words(c, w.hit, false));
        if (w.end == hit->begin || !counts || kiji_token(c, hit->first)->begin != hit->begin ||
            (!used && kiji_token(c, w.last - 1)->end != w.end)) {
            continue;
        }
        const kiji_range range = {hit->begin, w.end};
        kiji_propose_range(c, KIJI_NAME_WEAPON, range, hit->first, w.last,
                           w.model ? KIJI_BY_WEAPON_ENTRY : KIJI_BY_WEAPON_CLASS, w.hit);
        if (used) {
            kiji_propose_range(c, KIJI_NAME_WEAPON, range, hit->first, w.last, KIJI_BY_WEAPON_USE, w.hit);
        }
        done = w.end;
    }
}
