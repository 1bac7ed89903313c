#include "words/trie_build.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* A key as the trie sees it, in UTF-16. */
typedef struct word {
    const uint16_t *units;
    uint32_t count;
    uint32_t entry;
    uint8_t role;
} word;

typedef struct build {
    kiji_trie *trie;
    kiji_arena *arena;
    const word *words; /* sorted */
    size_t capacity;
    uint8_t *taken;  /* by unit */
    uint32_t lowest; /* no unit below is free */
} build;

#define NOBODY UINT32_MAX

/* --- characters -------------------------------------------------------------------------------------------------- */

/* One character in UTF-16: one unit, or two above U+FFFF. Returns how many; out has room for two. */
static uint32_t units_of(uint16_t *out, const char *p)
{
    const uint32_t code = kiji_utf8_code(p);
    if (code < 0x10000u) {
        out[0] = (uint16_t)code;
        return 1;
    }
    out[0] = (uint16_t)(0xD800u + ((code - 0x10000u) >> 10));
    out[1] = (uint16_t)(0xDC00u + (code & 0x3FFu));
    return 2;
}

static word word_of(kiji_arena *arena, const kiji_trie_key *key)
{
    uint16_t *units = kiji_arena_alloc(arena, key->form.len * sizeof *units);
    uint32_t n = 0;
    for (size_t at = 0; at < key->form.len; at += kiji_char_len(key->form.ptr + at)) {
        n += units_of(units + n, key->form.ptr + at);
    }
    return (word){units, n, key->entry, key->role};
}

static int compare(const void *x, const void *y)
{
    const word *a = x;
    const word *b = y;
    for (uint32_t i = 0; i < a->count && i < b->count; i++) {
        if (a->units[i] != b->units[i]) {
            return a->units[i] < b->units[i] ? -1 : 1;
        }
    }
    if (a->count != b->count) {
        return a->count < b->count ? -1 : 1;
    }
    if (a->role != b->role) {
        return a->role < b->role ? -1 : 1;
    }
    return (a->entry > b->entry) - (a->entry < b->entry);
}

/* --- the array --------------------------------------------------------------------------------------------------- */

static void ensure(build *b, size_t n_units)
{
    if (n_units > b->trie->n_units) {
        b->trie->n_units = n_units;
    }
    if (n_units <= b->capacity) {
        return;
    }
    size_t wider = b->capacity != 0 ? b->capacity : 1024;
    while (wider < n_units) {
        wider *= 2;
    }
    kiji_dict_unit *units = kiji_arena_alloc(b->arena, wider * sizeof *units);
    uint8_t *taken = kiji_arena_zero(b->arena, wider, 1);
    if (b->capacity != 0) {
        memcpy(units, b->trie->units, b->capacity * sizeof *units);
        memcpy(taken, b->taken, b->capacity);
    }
    for (size_t i = b->capacity; i < wider; i++) {
        units[i] = (kiji_dict_unit){0, NOBODY, 0};
    }
    b->trie->units = units;
    b->taken = taken;
    b->capacity = wider;
}

/* The first base at which the units of all these children are free. */
static uint32_t find_base(build *b, const uint16_t *units, size_t n)
{
    while (b->lowest < b->capacity && b->taken[b->lowest]) {
        b->lowest++;
    }
    for (uint32_t at = b->lowest;; at++) {
        const uint32_t base = at ^ units[0];
        bool fits = true;
        for (size_t i = 0; fits && i < n; i++) {
            const uint32_t child = base ^ units[i];
            fits = child >= b->capacity || !b->taken[child];
        }
        for (size_t i = 0; fits && i < n; i++) {
            ensure(b, (size_t)(base ^ units[i]) + 1);
        }
        if (fits) {
            return base;
        }
    }
}

/* The items of the form that the words [begin, end) have in common. */
static uint32_t add_items(build *b, size_t begin, size_t end)
{
    const uint32_t first = (uint32_t)b->trie->n_items;
    for (size_t i = begin; i < end; i++) {
        if (i > begin && b->words[i].entry == b->words[i - 1].entry && b->words[i].role == b->words[i - 1].role) {
            continue;
        }
        b->trie->items[b->trie->n_items++] = kiji_dict_item_of(b->words[i].entry, b->words[i].role);
    }
    b->trie->items[b->trie->n_items - 1] |= KIJI_DICT_LAST;
    return first;
}

typedef struct span {
    uint32_t node;
    size_t begin, end; /* words */
    uint32_t depth;    /* characters that they share */
} span;

typedef struct children {
    uint16_t *units; /* 0: the value */
    size_t *starts;  /* words of child i: [starts[i], starts[i + 1]) */
    size_t count;
} children;

static void list_children(children *out, const build *b, span s)
{
    out->count = 0;
    size_t i = s.begin;
    if (b->words[i].count == s.depth) {
        while (i < s.end && b->words[i].count == s.depth) {
            i++;
        }
        if (i < s.end) {
            out->units[0] = 0;
            out->starts[out->count++] = s.begin;
        }
    }
    for (; i < s.end; i++) {
        const uint16_t unit = b->words[i].units[s.depth];
        if (out->count == 0 || out->units[out->count - 1] != unit) {
            out->units[out->count] = unit;
            out->starts[out->count++] = i;
        }
    }
    out->starts[out->count] = s.end;
}

/* Place the children c of one node; the new nodes go to the end of the work list, the first one last. */
static size_t place_children(build *b, const children *c, span s, span *work)
{
    if (c->count == 0) {
        b->trie->units[s.node].base = KIJI_DICT_HAS_VALUE | KIJI_DICT_LEAF | add_items(b, s.begin, s.end);
        return 0;
    }
    const uint32_t base = find_base(b, c->units, c->count);
    b->trie->units[s.node].base = base | (c->units[0] == 0 ? KIJI_DICT_HAS_VALUE : 0);
    size_t n_work = 0;
    for (size_t k = c->count; k-- > 0;) {
        const uint32_t child = base ^ c->units[k];
        b->taken[child] = 1;
        b->trie->units[child].check = s.node;
        if (c->units[k] == 0) {
            b->trie->units[child].base = add_items(b, c->starts[k], c->starts[k + 1]);
        } else {
            b->trie->units[s.node].next |= kiji_dict_bit(c->units[k]);
            work[n_work++] = (span){child, c->starts[k], c->starts[k + 1], s.depth + 1};
        }
    }
    return n_work;
}

void kiji_trie_build(kiji_trie *trie, kiji_arena *arena, const kiji_trie_key *keys, size_t count)
{
    memset(trie, 0, sizeof *trie);
    build b = {trie, arena, NULL, 0, NULL, 1};
    ensure(&b, 1);
    b.taken[0] = 1;
    if (count == 0) {
        return;
    }
    word *words = kiji_arena_alloc(arena, count * sizeof *words);
    for (size_t i = 0; i < count; i++) {
        words[i] = word_of(arena, &keys[i]);
    }
    qsort(words, count, sizeof *words, compare);
    b.words = words;
    trie->items = kiji_arena_alloc(arena, count * sizeof *trie->items);
    children c;
    c.units = kiji_arena_alloc(arena, 0x10001 * sizeof *c.units);
    c.starts = kiji_arena_alloc(arena, 0x10002 * sizeof *c.starts);
    /*
     * The many children of a node lie apart, as their characters do; the forms with one way on fill what is between,
     * depth first, so that their units lie in a row. The spans on the lists share no words.
     */
    span *work = kiji_arena_alloc(arena, (count + 1) * sizeof *work);
    span *later = kiji_arena_alloc(arena, (count + 1) * sizeof *later);
    size_t n_later = 0;
    size_t n_work = 1;
    work[0] = (span){0, 0, count, 0};
    while (n_work > 0) {
        const span s = work[--n_work];
        list_children(&c, &b, s);
        if (c.count < 2) {
            later[n_later++] = s;
        } else {
            n_work += place_children(&b, &c, s, work + n_work);
        }
    }
    for (size_t i = 0; i < n_later; i++) {
        work[0] = later[i];
        for (n_work = 1; n_work > 0;) {
            const span s = work[--n_work];
            list_children(&c, &b, s);
            n_work += place_children(&b, &c, s, work + n_work);
        }
    }
}
