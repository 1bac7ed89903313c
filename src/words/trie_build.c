#include "words/trie_build.h"

#include <stdlib.h>
#include <string.h>

typedef struct build {
    kiji_trie *trie;
    kiji_arena *arena;
    const kiji_trie_key *keys; /* sorted */
    size_t capacity;
    uint8_t *taken;  /* by unit */
    uint32_t lowest; /* no unit below is free, nearly */
} build;

#define NOBODY UINT32_MAX

static int compare(const void *x, const void *y)
{
    const kiji_trie_key *a = x;
    const kiji_trie_key *b = y;
    const size_t n = a->form.len < b->form.len ? a->form.len : b->form.len;
    const int order = memcmp(a->form.ptr, b->form.ptr, n);
    if (order != 0 || a->form.len != b->form.len) {
        return order != 0 ? order : (a->form.len < b->form.len ? -1 : 1);
    }
    if (a->role != b->role) {
        return a->role < b->role ? -1 : 1;
    }
    return (a->entry > b->entry) - (a->entry < b->entry);
}

static bool same_form(const kiji_trie_key *a, const kiji_trie_key *b)
{
    return a->form.len == b->form.len && memcmp(a->form.ptr, b->form.ptr, a->form.len) == 0;
}

static void ensure(build *b, size_t n_units)
{
    if (n_units <= b->capacity) {
        if (n_units > b->trie->n_units) {
            b->trie->n_units = n_units;
        }
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
        units[i] = (kiji_dict_unit){0, NOBODY};
    }
    b->trie->units = units;
    b->taken = taken;
    b->capacity = wider;
    b->trie->n_units = n_units;
}

/* The smallest base (a multiple of nothing) at which all child bytes find free units. */
static uint32_t find_base(build *b, const uint8_t *bytes, size_t n)
{
    while (b->lowest < b->capacity && b->taken[b->lowest]) {
        b->lowest++;
    }
    for (uint32_t at = b->lowest;; at++) {
        const uint32_t base = at ^ bytes[0];
        ensure(b, ((size_t)base | 255u) + 1);
        bool fits = base != 0;
        for (size_t i = 0; fits && i < n; i++) {
            fits = !b->taken[base ^ bytes[i]];
        }
        if (fits) {
            return base;
        }
    }
}

typedef struct span {
    uint32_t node;
    size_t begin, end; /* keys */
    size_t depth;      /* bytes */
} span;

static uint32_t add_items(build *b, size_t begin, size_t end)
{
    const uint32_t first = (uint32_t)b->trie->n_items;
    for (size_t i = begin; i < end; i++) {
        if (i > begin && b->keys[i].entry == b->keys[i - 1].entry && b->keys[i].role == b->keys[i - 1].role) {
            continue;
        }
        b->trie->items[b->trie->n_items++] = (kiji_dict_item){b->keys[i].entry, b->keys[i].role, 0, 0};
    }
    b->trie->items[b->trie->n_items - 1].last = 1;
    return first;
}

/* Place the children of one node; the new nodes are appended to the work list. */
static size_t place_children(build *b, span s, span *work)
{
    uint8_t bytes[257];
    size_t starts[258];
    size_t n = 0;
    size_t i = s.begin;
    if (b->keys[i].form.len == s.depth) {
        while (i < s.end && b->keys[i].form.len == s.depth) {
            i++;
        }
        bytes[n] = 0;
        starts[n++] = s.begin;
    }
    for (; i < s.end; i++) {
        const uint8_t c = (uint8_t)b->keys[i].form.ptr[s.depth];
        if (n == 0 || bytes[n - 1] != c) {
            bytes[n] = c;
            starts[n++] = i;
        }
    }
    starts[n] = s.end;
    const uint32_t base = find_base(b, bytes, n);
    b->trie->units[s.node].base = base;
    size_t n_work = 0;
    for (size_t k = 0; k < n; k++) {
        const uint32_t child = base ^ bytes[k];
        b->taken[child] = 1;
        b->trie->units[child].check = s.node;
        if (bytes[k] == 0) {
            b->trie->units[child].base = add_items(b, starts[k], starts[k + 1]);
        } else {
            work[n_work++] = (span){child, starts[k], starts[k + 1], s.depth + 1};
        }
    }
    return n_work;
}

void kiji_trie_build(kiji_trie *trie, kiji_arena *arena, kiji_trie_key *keys, size_t count)
{
    memset(trie, 0, sizeof *trie);
    build b = {trie, arena, keys, 0, NULL, 1};
    ensure(&b, 256);
    b.taken[0] = 1;
    if (count == 0) {
        return;
    }
    qsort(keys, count, sizeof *keys, compare);
    trie->items = kiji_arena_alloc(arena, count * sizeof *trie->items);
    /* A node's spans are disjoint and not empty: the work list never holds more than there are key bytes. */
    size_t total = 1;
    for (size_t i = 0; i < count; i++) {
        total += i == 0 || !same_form(&keys[i], &keys[i - 1]) ? keys[i].form.len + 1 : 0;
    }
    span *work = kiji_arena_alloc(arena, (total + 257) * sizeof *work);
    size_t n_work = 1;
    work[0] = (span){0, 0, count, 0};
    for (size_t at = 0; at < n_work; at++) {
        n_work += place_children(&b, work[at], work + n_work);
    }
}
