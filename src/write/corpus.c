#include "write/corpus.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/status.h"
#include "write/folder.h"

#define MOST_TERMS ((size_t)1 << 20)
#define USUAL_TOP  20
#define UNITS      16.0 /* articles of the news travel as whole numbers of sixteenths */

typedef struct entry {
    kiji_str term; /* ptr NULL: free */
    uint32_t group, count, documents;
    double known;
} entry;

typedef struct group {
    kiji_str name;
    uint32_t articles;
} group;

struct kiji_corpus {
    const char *by;
    kiji_arena names;  /* of groups, and their list */
    kiji_arena *terms; /* strings of the entries: a new one when some are forgotten */
    kiji_arena both[2];
    entry *slots; /* owned; open addressing, a power of two */
    size_t n_slots, count;
    struct {
        group *items;
        size_t count, capacity;
    } groups;
    double news;
};

double kiji_keyness(double with, double articles, double known, double news, double *expected)
{
    const double all = articles + news;
    const double cells[2][2] = {{with, known}, {articles - with, news - known}};
    const double columns[2] = {articles, news};
    double sum = 0.0;
    *expected = articles * (with + known) / all;
    for (size_t i = 0; i < 2; i++) {
        const double row = cells[i][0] + cells[i][1];
        for (size_t k = 0; k < 2; k++) {
            sum += cells[i][k] > 0 && row > 0 ? cells[i][k] * log(cells[i][k] * all / (row * columns[k])) : 0.0;
        }
    }
    return with > *expected && sum > 0 ? 2.0 * sum : 0.0;
}

void kiji_corpus_pack(kiji_buf *out, const kiji_doc *doc)
{
    kiji_parcel_put(out, doc->date);
    kiji_parcel_number(out, (size_t)(doc->news * UNITS + 0.5));
    for (size_t i = 0; i < doc->n_terms; i++) {
        kiji_parcel_put(out, doc->terms[i].term);
        kiji_parcel_number(out, doc->terms[i].count);
        kiji_parcel_number(out, (size_t)(doc->terms[i].known * UNITS + 0.5));
    }
}

kiji_status kiji_corpus_new(kiji_corpus **out, const char *by, kiji_error *err)
{
    kiji_corpus *corpus = kiji_alloc_zero(1, sizeof *corpus);
    if (corpus != NULL) {
        corpus->by = by;
        corpus->terms = &corpus->both[0];
        kiji_arena_init(&corpus->names);
        kiji_arena_init(&corpus->both[0]);
        kiji_arena_init(&corpus->both[1]);
    }
    *out = corpus;
    return corpus != NULL ? KIJI_OK : kiji_fail_memory(err);
}

void kiji_corpus_free(kiji_corpus *corpus)
{
    if (corpus != NULL) {
        kiji_arena_clear(&corpus->names);
        kiji_arena_clear(&corpus->both[0]);
        kiji_arena_clear(&corpus->both[1]);
        kiji_free(corpus->slots);
        kiji_free(corpus);
    }
}

static entry *slot_of(entry *slots, size_t n_slots, uint32_t number, kiji_str term)
{
    size_t at = (size_t)kiji_mix(kiji_hash64(term) + number) & (n_slots - 1);
    while (slots[at].term.ptr != NULL && (slots[at].group != number || slots[at].term.len != term.len ||
                                          memcmp(slots[at].term.ptr, term.ptr, term.len) != 0)) {
        at = (at + 1) & (n_slots - 1);
    }
    return &slots[at];
}

/* Into a table of n_slots, without the terms of at most `forget` articles. */
static bool move(kiji_corpus *corpus, size_t n_slots, uint32_t forget)
{
    entry *slots = kiji_alloc_zero(n_slots, sizeof *slots);
    kiji_arena *other = forget == 0 ? corpus->terms : &corpus->both[corpus->terms == &corpus->both[0]];
    if (slots == NULL) {
        return false;
    }
    size_t count = 0;
    bool good = true;
    for (size_t i = 0; good && i < corpus->n_slots; i++) {
        entry e = corpus->slots[i];
        if (e.term.ptr != NULL && e.documents > forget) {
            e.term = forget == 0 ? e.term : kiji_arena_copy(other, e.term);
            good = e.term.ptr != NULL;
            if (good) {
                *slot_of(slots, n_slots, e.group, e.term) = e;
                count++;
            }
        }
    }
    if (!good) {
        kiji_free(slots);
        return false;
    }
    if (other != corpus->terms) {
        kiji_arena_clear(corpus->terms);
        corpus->terms = other;
    }
    kiji_free(corpus->slots);
    corpus->slots = slots;
    corpus->n_slots = n_slots;
    corpus->count = count;
    return true;
}

/* Room for one more. When a million terms are held, those in one article go first, then in two, four … */
static bool make_room(kiji_corpus *corpus)
{
    bool good = true;
    for (uint32_t forget = 1; good && corpus->count >= MOST_TERMS; forget *= 2) {
        good = move(corpus, corpus->n_slots, forget);
    }
    if (good && corpus->count * 2 >= corpus->n_slots) {
        good = move(corpus, corpus->n_slots != 0 ? corpus->n_slots * 2 : 4096, 0);
    }
    return good;
}

static bool count(kiji_corpus *corpus, uint32_t number, const entry *seen)
{
    if (!make_room(corpus)) {
        return false;
    }
    entry *e = slot_of(corpus->slots, corpus->n_slots, number, seen->term);
    if (e->term.ptr == NULL) {
        e->term = kiji_arena_copy(corpus->terms, seen->term);
        if (e->term.ptr == NULL) {
            return false;
        }
        e->group = number;
        e->known = seen->known;
        corpus->count++;
    }
    e->count += seen->count;
    e->documents++;
    return true;
}

/* The group of a name; articles come in runs of one group, so the last one is looked at first. */
static uint32_t group_of(kiji_corpus *corpus, kiji_str name)
{
    for (size_t i = corpus->groups.count; i-- > 0;) {
        const kiji_str known = corpus->groups.items[i].name;
        if (known.len == name.len && memcmp(known.ptr, name.ptr, name.len) == 0) {
            return (uint32_t)i;
        }
    }
    const group fresh = {kiji_arena_copy(&corpus->names, name), 0};
    KIJI_PUSH(&corpus->names, &corpus->groups, fresh);
    return (uint32_t)corpus->groups.count - 1;
}

kiji_status kiji_corpus_take(kiji_corpus *corpus, kiji_str packed, kiji_str source, kiji_error *err)
{
    jmp_buf bail;
    kiji_str name = kiji_parcel_take(&packed);
    name.len = name.len >= 7 ? 7 : 0; /* YYYY-MM */
    if (corpus->by == NULL) {
        name.len = 0;
    } else if (strcmp(corpus->by, "source") == 0) {
        name = source;
    }
    corpus->names.bail = &bail;
    if (setjmp(bail) != 0) {
        corpus->names.bail = NULL;
        return kiji_fail_memory(err);
    }
    const uint32_t number = group_of(corpus, name);
    corpus->names.bail = NULL;
    corpus->groups.items[number].articles++;
    corpus->news = (double)kiji_parcel_take_number(&packed) / UNITS;
    bool good = true;
    while (good && packed.len != 0) {
        entry seen = {.term = kiji_parcel_take(&packed)};
        seen.count = (uint32_t)kiji_parcel_take_number(&packed);
        seen.known = (double)kiji_parcel_take_number(&packed) / UNITS;
        good = count(corpus, number, &seen);
    }
    return good ? KIJI_OK : kiji_fail_memory(err);
}

static int by_bytes(kiji_str a, kiji_str b)
{
    const int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_keyness(const void *left, const void *right)
{
    const kiji_corpus_term *a = left;
    const kiji_corpus_term *b = right;
    if (a->keyness > b->keyness || a->keyness < b->keyness) {
        return a->keyness > b->keyness ? -1 : 1;
    }
    if (a->documents != b->documents) {
        return a->documents > b->documents ? -1 : 1;
    }
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return by_bytes(a->term, b->term);
}

static int by_name(const void *left, const void *right)
{
    return by_bytes(((const kiji_corpus_group *)left)->name, ((const kiji_corpus_group *)right)->name);
}

void kiji_corpus_decimal(char out[32], double number)
{
    const unsigned long long scaled =
        number > 0 ? (unsigned long long)((number < 1e12 ? number : 1e12) * 100 + 0.5) : 0;
    int length = snprintf(out, 32, "%llu.%02llu", scaled / 100, scaled % 100);
    while (out[length - 1] == '0' && out[length - 2] != '.') {
        out[--length] = '\0';
    }
}

/* Terms of all entries into their groups, whose arrays have room; a weak source of terms has keyness 0. */
static void fill(const kiji_corpus *corpus, kiji_corpus_group *groups)
{
    for (size_t i = 0; i < corpus->n_slots; i++) {
        const entry *e = &corpus->slots[i];
        if (e->term.ptr != NULL) {
            kiji_corpus_group *g = &groups[e->group];
            kiji_corpus_term t = {e->term, e->count, e->documents, e->known, 0.0, 0.0};
            if (corpus->news > 0) {
                const double known = t.known < corpus->news ? t.known : corpus->news;
                t.keyness = kiji_keyness(t.documents, g->articles, known, corpus->news, &t.expected);
            }
            g->terms[g->n_terms++] = t;
        }
    }
}

static kiji_status write_groups(kiji_buf *out, const kiji_corpus_group *groups, size_t n, const kiji_format *format,
                                const kiji_view *view)
{
    kiji_status status = KIJI_OK;
    if (format->table && view->header) {
        kiji_buf_printf(out, "%s%sterm\tcount\tdocuments\tarticles\tnews\texpected\tkeyness\n",
                        n != 0 && groups[0].by != NULL ? groups[0].by : "", n != 0 && groups[0].by != NULL ? "\t" : "");
    } else if (!format->table && format->begin != NULL) {
        status = format->begin(out, view, NULL);
    }
    for (size_t i = 0; i < n && status == KIJI_OK; i++) {
        kiji_buf_puts(out, i != 0 && format->between != NULL ? format->between : "");
        status = format->corpus(out, &groups[i]);
    }
    return status == KIJI_OK && format->end != NULL ? format->end(out, view, NULL) : status;
}

kiji_status kiji_corpus_rank(kiji_corpus_ranking *out, const kiji_corpus *corpus, size_t top, kiji_error *err)
{
    const size_t n = corpus->groups.count;
    size_t *counts = kiji_alloc_zero(n + 1, sizeof *counts);
    *out = (kiji_corpus_ranking){kiji_alloc_zero(n + 1, sizeof *out->groups), n, corpus->news,
                                 kiji_alloc_zero(corpus->count + 1, sizeof *out->terms)};
    if (counts == NULL || out->groups == NULL || out->terms == NULL) {
        kiji_free(counts);
        return kiji_fail_memory(err);
    }
    for (size_t i = 0; i < corpus->n_slots; i++) {
        counts[corpus->slots[i].group] += corpus->slots[i].term.ptr != NULL;
    }
    kiji_corpus_term *next = out->terms;
    for (size_t i = 0; i < n; i++) {
        const group *g = &corpus->groups.items[i];
        out->groups[i] = (kiji_corpus_group){corpus->by, g->name, g->articles, next, 0};
        next += counts[i];
    }
    kiji_free(counts);
    fill(corpus, out->groups);
    for (size_t i = 0; i < n; i++) {
        kiji_corpus_group *g = &out->groups[i];
        qsort(g->terms, g->n_terms, sizeof *g->terms, by_keyness);
        g->n_terms = g->n_terms < top ? g->n_terms : top;
    }
    qsort(out->groups, n, sizeof *out->groups, by_name);
    return KIJI_OK;
}

void kiji_corpus_ranking_clear(kiji_corpus_ranking *ranking)
{
    kiji_free(ranking->groups);
    kiji_free(ranking->terms);
    *ranking = (kiji_corpus_ranking){NULL, 0, 0, NULL};
}

kiji_status kiji_corpus_write(kiji_buf *out, const kiji_corpus *corpus, const kiji_format *format,
                              const kiji_view *view, kiji_error *err)
{
    kiji_corpus_ranking ranking;
    kiji_status status = kiji_corpus_rank(&ranking, corpus, view->top != 0 ? view->top : USUAL_TOP, err);
    if (status == KIJI_OK) {
        status = write_groups(out, ranking.groups, ranking.n_groups, format, view);
    }
    kiji_corpus_ranking_clear(&ranking);
    return status != KIJI_OK || out->failed ? kiji_fail_memory(err) : KIJI_OK;
}
