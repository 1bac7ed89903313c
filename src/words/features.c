#include "words/features.h"

#include <string.h>

#include "base/utf8.h"

/* Number of a feature: its template and a value. */
static inline uint32_t number(unsigned template_, uint64_t value)
{
    return (uint32_t)(kiji_mix(value + template_ * 0x9E3779B97F4A7C15u) >> 32);
}

static inline uint32_t number2(unsigned template_, uint32_t a, uint32_t b)
{
    return number(template_, ((uint64_t)a << 32) | b);
}

/* Templates; the numbers are part of the weights format: append, never renumber. */
enum {
    A_SURFACE = 1,
    A_BASE,
    A_POS,
    A_MAJOR,
    A_SHAPE,
    A_LENGTH,
    A_PREFIX1,
    A_PREFIX2,
    A_PREFIX3,
    A_SUFFIX1,
    A_SUFFIX2,
    A_SUFFIX3,
    A_INNER2,
    A_OFFER,
    A_DICT,
    A_KNOWN,
    A_HINT,
    T_POS_BEFORE = 42,
    T_POS_AFTER,
    T_HEAD = 45,
    T_HEAD_SUFFIX,
    T_RUN_FIRST = 48,
    T_AFTER_RUN,
    T_BEFORE_RUN,
    T_PLACE_IN_RUN,
    T_HIT,
    T_HIT_PAIR,
    T_SEEN,
    T_SEEN_ALL,
    T_EDGE,
    T_HEAD_POS
};

typedef enum shape {
    SHAPE_HIRAGANA = 1,
    SHAPE_KATAKANA = 2,
    SHAPE_KANJI = 4,
    SHAPE_UPPER = 8,
    SHAPE_LOWER = 16,
    SHAPE_DIGIT = 32,
    SHAPE_SYMBOL = 64
} shape;

static unsigned char_shape(const char *p, unsigned n)
{
    const unsigned a = (unsigned char)p[0];
    if (n == 1) {
        if (a >= '0' && a <= '9') {
            return SHAPE_DIGIT;
        }
        if (a >= 'A' && a <= 'Z') {
            return SHAPE_UPPER;
        }
        return a >= 'a' && a <= 'z' ? SHAPE_LOWER : SHAPE_SYMBOL;
    }
    if (n == 2) {
        return a >= 0xC3 ? SHAPE_LOWER : SHAPE_SYMBOL;
    }
    if (n == 3) {
        const uint32_t code = kiji_utf8_code(p);
        if (code >= 0x3041 && code <= 0x309F) {
            return SHAPE_HIRAGANA;
        }
        if ((code >= 0x30A1 && code <= 0x30FA) || code == 0x30FC) {
            return SHAPE_KATAKANA;
        }
        return (code >= 0x3400 && code <= 0x9FFF) || code == 0x3005 ? SHAPE_KANJI : SHAPE_SYMBOL;
    }
    return SHAPE_KANJI;
}

/* Ends of the first characters and begins of the last ones, in bytes; returns how many characters there are. */
typedef struct outline {
    unsigned count;
    unsigned shape;
    size_t ends[4];   /* end of characters 1, 2, 3 */
    size_t begins[4]; /* begin of the last 1, 2, 3 characters */
} outline;

static outline outline_of(kiji_str s)
{
    outline o = {0, 0, {0, 0, 0, 0}, {0, 0, 0, 0}};
    size_t starts[4] = {0, 0, 0, 0};
    for (size_t i = 0; i < s.len;) {
        unsigned n = kiji_char_len(s.ptr + i);
        n = n > s.len - i ? (unsigned)(s.len - i) : n;
        o.shape |= char_shape(s.ptr + i, n);
        starts[o.count % 4] = i;
        o.count++;
        i += n;
        if (o.count <= 3) {
            o.ends[o.count] = i;
        }
    }
    for (unsigned k = 1; k <= 3 && k <= o.count; k++) {
        o.begins[k] = starts[(o.count - k) % 4];
    }
    return o;
}

typedef struct list {
    uint32_t *items;
    size_t count;
} list;

static inline void add(list *l, uint32_t feature)
{
    l->items[l->count++] = feature;
}

static void add_affixes(list *l, kiji_str s, const outline *o)
{
    static const unsigned prefixes[] = {0, A_PREFIX1, A_PREFIX2, A_PREFIX3};
    static const unsigned suffixes[] = {0, A_SUFFIX1, A_SUFFIX2, A_SUFFIX3};
    for (unsigned k = 1; k <= 3 && k < o->count; k++) {
        add(l, number(prefixes[k], kiji_hash((kiji_str){s.ptr, o->ends[k]})));
        add(l, number(suffixes[k], kiji_hash((kiji_str){s.ptr + o->begins[k], s.len - o->begins[k]})));
    }
    if (o->count == 1) {
        add(l, number(A_SUFFIX1, kiji_hash(s)));
        add(l, number(A_PREFIX1, kiji_hash(s)));
    }
}

/* Character pairs inside the word: the first six. */
static void add_inner(list *l, kiji_str s)
{
    size_t before = 0;
    unsigned count = 0;
    for (size_t i = 0; i < s.len && count < 7;) {
        const size_t next = i + kiji_char_len(s.ptr + i);
        if (next > s.len) {
            return;
        }
        if (i > 0) {
            add(l, number(A_INNER2, kiji_hash((kiji_str){s.ptr + before, next - before})));
        }
        before = i;
        i = next;
        count++;
    }
}

typedef struct dict_mask {
    uint32_t marks[8];
    size_t count;
} dict_mask;

static bool add_mark(void *context, const kiji_dict_entry *entry, kiji_dict_role role)
{
    dict_mask *mask = context;
    const uint32_t mark = (uint32_t)entry->class_ << 8 | (uint32_t)role << 4 | (entry->flags & 1u);
    for (size_t i = 0; i < mask->count; i++) {
        if (mask->marks[i] == mark) {
            return true;
        }
    }
    if (mask->count < 8) {
        mask->marks[mask->count++] = mark;
    }
    return true;
}

size_t kiji_word_attributes(uint32_t *out, const kiji_word *word, const kiji_lore *lore)
{
    list l = {out, 0};
    const kiji_str s = word->surface;
    const outline o = outline_of(s);
    add(&l, number(A_SURFACE, word->hash));
    add(&l, number(A_POS, word->pos));
    add(&l, number(A_MAJOR, word->pos >= 36 && word->pos <= 67   ? 36u
                            : word->pos >= 13 && word->pos <= 24 ? 13u
                                                                 : word->pos));
    add(&l, number(A_SHAPE, o.shape));
    add(&l, number(A_LENGTH, (o.count < 6 ? o.count : 6) * 128 + o.shape));
    add(&l, number(A_KNOWN, word->known));
    if (word->base.ptr != s.ptr) {
        add(&l, number(A_BASE, kiji_hash(word->base)));
    }
    add_affixes(&l, s, &o);
    if (o.count > 1 && (o.shape & (SHAPE_KATAKANA | SHAPE_KANJI | SHAPE_UPPER | SHAPE_LOWER))) {
        add_inner(&l, s);
    }
    if (word->offers != 0) {
        add(&l, number(A_OFFER, 256u + word->offers));
        for (unsigned bit = 0; bit < 8; bit++) {
            if (word->offers >> bit & 1u) {
                add(&l, number(A_OFFER, bit));
            }
        }
    }
    dict_mask mask = {{0}, 0};
    for (size_t i = 0; i < lore->n_lexicons; i++) {
        kiji_lexicon_lookup(lore->lexicons[i], s, add_mark, &mask);
    }
    for (size_t i = 0; i < mask.count; i++) {
        add(&l, number(A_DICT, mask.marks[i]));
    }
    for (unsigned i = 0; i < KIJI_HINTS; i++) {
        const unsigned hint = lore->hints[i] != NULL ? lore->hints[i][kiji_hint_at(word->hash, lore->hint_mask)] : 0;
        if (hint != 0) {
            add(&l, number2(A_HINT, hint, i));
            add(&l, number2(A_HINT, (hint - 1) / 3, 8 + i));
        }
    }
    return l.count;
}

static void find_runs(kiji_features *f, uint32_t begin, uint32_t end)
{
    for (uint32_t t = begin; t < end;) {
        uint32_t stop = t;
        while (stop < end && f->tokens->items[stop].word->nameable &&
               (stop == t || f->tokens->items[stop].begin == f->tokens->items[stop - 1].end)) {
            stop++;
        }
        const uint32_t last = stop > t ? stop - 1 : t;
        for (uint32_t i = t; i <= last; i++) {
            f->run_first[i] = t;
            f->run_last[i] = last;
        }
        t = last + 1;
    }
}

/* Mark of a dictionary hit on one of its tokens: class and place in it, in 8 bits; 0 is none. */
static uint32_t hit_mark(const kiji_hit *hit, uint32_t t)
{
    unsigned class_ = hit->entry->class_;
    if (class_ == KIJI_DICT_WEAPON_CLASS) {
        class_ = KIJI_DICT_CLASSES + hit->entry->value; /* alone, head, modifier */
    } else if (class_ == KIJI_DICT_PERSON && hit->role == KIJI_ROLE_SHORT) {
        class_ = KIJI_DICT_CLASSES + 3;
    } else if (class_ == KIJI_DICT_COUNTRY && hit->role == KIJI_ROLE_KANJI) {
        class_ = KIJI_DICT_CLASSES + 4;
    } else if (class_ == KIJI_DICT_SUFFIX) {
        class_ = KIJI_DICT_CLASSES + 5 + hit->entry->value;
    }
    const unsigned place = hit->last - hit->first == 1 ? 3 : t == hit->first ? 0 : t + 1 == hit->last ? 2 : 1;
    return (class_ + 1) * 8 + place * 2 + (hit->entry->flags & 1u);
}

static void mark_hits(kiji_features *f)
{
    for (size_t i = 0; i < f->hits->count; i++) {
        const kiji_hit *hit = &f->hits->items[i];
        if (!hit->aligned || hit->entry->class_ == KIJI_DICT_SPEECH || hit->entry->class_ == KIJI_DICT_SPEAKER) {
            continue;
        }
        for (uint32_t t = hit->first; t < hit->last; t++) {
            const uint32_t mark = hit_mark(hit, t);
            uint32_t *marks = &f->hit_marks[t];
            bool there = false;
            for (unsigned k = 0; k < 4; k++) {
                there = there || (*marks >> (8 * k) & 255u) == mark;
            }
            if (!there && *marks >> 24 == 0) {
                *marks = *marks << 8 | mark; /* longest hits come first and move to the high bytes */
            }
        }
    }
}

static bool is_surface(const kiji_word *word, const char *text)
{
    return word->surface.len == strlen(text) && memcmp(word->surface.ptr, text, word->surface.len) == 0;
}

static bool mark_has_class(uint32_t marks, unsigned class_)
{
    for (unsigned k = 0; k < 4; k++) {
        if ((marks >> (8 * k) & 255u) / 8 == class_ + 1) {
            return true;
        }
    }
    return false;
}

/* Evidence that the neighbours of this very token give. */
static unsigned local_evidence(const kiji_features *f, uint32_t t, uint32_t begin, uint32_t end)
{
    unsigned seen = 0;
    if (t + 1 < end) {
        const kiji_word *next = f->tokens->items[t + 1].word;
        const uint32_t marks = f->hit_marks[t + 1];
        if (next->pos == KIJI_POS_SUFFIX_PERSON || mark_has_class(marks, KIJI_DICT_HONORIFIC) ||
            mark_has_class(marks, KIJI_DICT_OFFICE)) {
            seen |= KIJI_SEEN_HONORIFIC;
        }
        if (next->pos == KIJI_POS_SUFFIX_PLACE || mark_has_class(marks, KIJI_DICT_CLASSES + 5)) {
            seen |= KIJI_SEEN_PLACE_SUFFIX;
        }
        if (mark_has_class(marks, KIJI_DICT_CLASSES + 6)) {
            seen |= KIJI_SEEN_ORG_SUFFIX;
        }
        if (mark_has_class(marks, KIJI_DICT_CLASSES)) {
            seen |= KIJI_SEEN_WEAPON_CLASS;
        }
        if (next->pos == KIJI_POS_CASE && (is_surface(next, "で") || is_surface(next, "に"))) {
            seen |= KIJI_SEEN_LOCATIVE;
        }
        if ((next->pos == KIJI_POS_TOPIC && is_surface(next, "は")) ||
            (next->pos == KIJI_POS_CASE && is_surface(next, "が"))) {
            seen |= KIJI_SEEN_SAYS;
        }
        if (is_surface(next, "・") || is_surface(next, "=") ||
            (f->tokens->items[t].word->pos == KIJI_POS_SURNAME && next->pos == KIJI_POS_GIVEN_NAME)) {
            seen |= KIJI_SEEN_FULL_NAME;
        }
        if (t > begin && next->pos == KIJI_POS_CLOSE && f->tokens->items[t - 1].word->pos == KIJI_POS_OPEN) {
            seen |= KIJI_SEEN_BRACKETED;
        }
    }
    if (t > begin) {
        const kiji_word *before = f->tokens->items[t - 1].word;
        if (is_surface(before, "・") || is_surface(before, "=") ||
            (before->pos == KIJI_POS_SURNAME && f->tokens->items[t].word->pos == KIJI_POS_GIVEN_NAME)) {
            seen |= KIJI_SEEN_FULL_NAME;
        }
        if (mark_has_class(f->hit_marks[t - 1], KIJI_DICT_CLASSES)) {
            seen |= KIJI_SEEN_WEAPON_CLASS;
        }
    }
    return seen;
}

/* Every noun's evidence from all its places in the article; a token's own place is left out of its own account. */
static void gather_evidence(kiji_features *f, kiji_arena *arena)
{
    const size_t n = f->tokens->count;
    size_t n_names = 0;
    for (size_t t = 0; t < n; t++) {
        n_names += f->tokens->items[t].word->nameable;
    }
    size_t n_slots = 64;
    while (n_slots < n_names + n_names / 2) {
        n_slots *= 2;
    }
    typedef struct slot {
        const kiji_word *word;
        uint8_t once, more; /* bits of evidence: at one place at least, at two */
    } slot;
    slot *slots = kiji_arena_zero(arena, n_slots, sizeof *slots);
    uint32_t *where = kiji_arena_alloc(arena, (n + 1) * sizeof *where);
    uint8_t *local = kiji_arena_zero(arena, n + 1, 1);
    for (size_t s = 0; s < f->n_sentences; s++) {
        kiji_arena_check(arena);
        for (uint32_t t = f->tokens->first[s]; t < f->tokens->first[s + 1]; t++) {
            const kiji_word *word = f->tokens->items[t].word;
            if (!word->nameable || word->pos == KIJI_POS_NUMBER) {
                where[t] = UINT32_MAX;
                continue;
            }
            size_t at = (word->hash * 0x9E3779B1u) & (n_slots - 1);
            while (slots[at].word != NULL && slots[at].word->hash != word->hash) {
                at = (at + 1) & (n_slots - 1);
            }
            slots[at].word = word;
            where[t] = (uint32_t)at;
            local[t] = (uint8_t)local_evidence(f, t, f->tokens->first[s], f->tokens->first[s + 1]);
            slots[at].more |= slots[at].once & local[t];
            slots[at].once |= local[t];
        }
    }
    for (size_t t = 0; t < n; t++) {
        if (where[t] != UINT32_MAX) {
            const slot *all = &slots[where[t]];
            f->seen[t] = (uint8_t)((all->once & ~local[t]) | all->more);
        }
    }
}

void kiji_features_build(kiji_features *features, kiji_arena *arena, const kiji_tokens *tokens, size_t n_sentences,
                         const kiji_hits *hits)
{
    const size_t n = tokens->count + 1;
    features->tokens = tokens;
    features->hits = hits;
    features->n_sentences = n_sentences;
    features->seen = kiji_arena_zero(arena, n, sizeof *features->seen);
    features->hit_marks = kiji_arena_zero(arena, n, sizeof *features->hit_marks);
    features->run_first = kiji_arena_alloc(arena, n * sizeof *features->run_first);
    features->run_last = kiji_arena_alloc(arena, n * sizeof *features->run_last);
    for (size_t s = 0; s < n_sentences; s++) {
        kiji_arena_check(arena);
        find_runs(features, tokens->first[s], tokens->first[s + 1]);
    }
    mark_hits(features);
    gather_evidence(features, arena);
}

static void add_run(list *l, const kiji_features *f, uint32_t t, uint32_t begin, uint32_t end)
{
    const kiji_morpheme *m = f->tokens->items;
    const uint32_t first = f->run_first[t];
    const uint32_t last = f->run_last[t];
    const kiji_word *head = m[last].word;
    const uint32_t distance = last - t < 3 ? last - t : 3;
    add(l, number2(T_HEAD, head->hash, distance != 0));
    const outline o = outline_of(head->surface);
    if (o.count > 1) {
        add(l,
            number2(T_HEAD_SUFFIX,
                    kiji_hash((kiji_str){head->surface.ptr + o.begins[1], head->surface.len - o.begins[1]}), distance));
    }
    add(l, number2(T_HEAD_POS, head->pos, distance));
    add(l, number2(T_RUN_FIRST, m[first].word->hash, t - first < 3 ? t - first : 3));
    add(l, number2(T_AFTER_RUN, last + 1 < end ? m[last + 1].word->hash : 1, distance != 0));
    add(l, number2(T_BEFORE_RUN, first > begin ? m[first - 1].word->hash : 1, t != first));
    add(l, number2(T_PLACE_IN_RUN, t - first < 4 ? t - first : 4, distance));
}

size_t kiji_token_features(uint32_t *out, const kiji_features *f, uint32_t t, uint32_t begin, uint32_t end)
{
    list l = {out, 0};
    const kiji_morpheme *m = f->tokens->items;
    const kiji_word *word = m[t].word;
    const unsigned pos_before = t > begin ? m[t - 1].word->pos : 100;
    const unsigned pos_after = t + 1 < end ? m[t + 1].word->pos : 101;
    add(&l, number2(T_POS_BEFORE, pos_before, word->pos));
    add(&l, number2(T_POS_AFTER, word->pos, pos_after));
    if (word->nameable) {
        add_run(&l, f, t, begin, end);
        const unsigned seen = f->seen[t];
        for (unsigned bit = 0; bit < 8; bit++) {
            if (seen >> bit & 1u) {
                add(&l, number2(T_SEEN, bit, word->pos));
            }
        }
        if (seen != 0) {
            add(&l, number2(T_SEEN_ALL, seen, 0));
        }
    }
    const uint32_t marks = f->hit_marks[t];
    for (unsigned k = 0; k < 4 && marks >> (8 * k) != 0; k++) {
        add(&l, number2(T_HIT, marks >> (8 * k) & 255u, 0));
        add(&l, number2(T_HIT_PAIR, marks >> (8 * k) & 255u, word->pos));
    }
    const uint32_t next_marks = t + 1 < end ? f->hit_marks[t + 1] : 0;
    for (unsigned k = 0; k < 2 && next_marks >> (8 * k) != 0; k++) {
        add(&l, number2(T_HIT, next_marks >> (8 * k) & 255u, 1));
    }
    const uint32_t last_marks = t > begin ? f->hit_marks[t - 1] : 0;
    for (unsigned k = 0; k < 2 && last_marks >> (8 * k) != 0; k++) {
        add(&l, number2(T_HIT, last_marks >> (8 * k) & 255u, 2));
    }
    return l.count;
}
