#include "words/lattice.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define NONE        0u  /* node 0 is the beginning of the sentence; in lists: no node */
#define LONGEST_RUN 24u /* characters behind the first one: MeCab's max-grouping-size */
#define NEVER       ((int32_t)0x70000000)
#define BLANK       0x20u

/* The cheapest way to a word: 24 bytes, since moving nodes is what a lattice costs. */
typedef struct node {
    int32_t cost;   /* from the beginning of the sentence to the end of this word */
    uint32_t prev;  /* node */
    uint32_t other; /* the next node that ends at the same place, or NONE */
    uint32_t entry;
    uint16_t right;  /* connection class towards the word behind */
    uint16_t length; /* bytes */
    uint16_t blanks; /* bytes before the word */
    bool known;
} node;

/* A word that may begin at the place that is looked at. */
typedef struct candidate {
    uint32_t entry;
    uint16_t length;
    bool known;
} candidate;

/* Words of the dictionary that begin at a place: the entries of one surface. */
typedef struct match {
    kiji_entry_run run;
    uint32_t next;   /* a longer one from the same place, or NONE */
    uint32_t length; /* bytes */
} match;

/* A way down the trie that has not ended yet. */
typedef struct walk {
    int32_t state;
    uint16_t begin, at; /* bytes of the sentence */
} walk;

/* What ends at the place that is looked at, the head of its list first. */
typedef struct ending {
    int32_t cost;
    uint32_t right;
    uint32_t node;
} ending;

/* The best predecessor for a connection class at the place with this number. */
typedef struct memo {
    uint64_t place;
    int32_t cost;
    uint32_t prev;
} memo;

struct kiji_lattice {
    const kiji_mecab_dict *dict;
    uint32_t blank_kinds; /* the classes of a blank */
    node *nodes;          /* owned, like all that follow */
    size_t n_nodes, nodes_capacity;
    match *matches; /* of the sentence; 0 is unused */
    size_t n_matches, matches_capacity;
    candidate *candidates;
    size_t n_candidates, candidates_capacity;
    ending *endings; /* at the place that is looked at */
    size_t n_endings, endings_capacity;
    memo *memos;        /* by connection class of the word behind */
    uint32_t *last_of;  /* by connection class of the word before: its place in `endings`, where `seen` is this place */
    uint64_t *seen;     /* serial numbers of places */
    uint64_t place;     /* serial number, over all sentences: 32 bits would come round in 13 GB of text */
    int32_t *behind;    /* trie state behind a character of three bytes; 0: not looked at, < 0: none */
    walk *walks;        /* one a byte */
    uint32_t *shortest; /* the first match that begins at each byte, or NONE */
    uint32_t *longest;  /* the last one */
    uint32_t *ends_at;  /* the nodes that end at each byte: the latest one, or NONE */
    kiji_lattice_word *words;
    bool failed; /* out of memory */
};

static void *array(bool *good, size_t count, size_t nbytes_each)
{
    void *made = kiji_alloc_zero(count, nbytes_each);
    *good = *good && made != NULL;
    return made;
}

kiji_lattice *kiji_lattice_new(const kiji_mecab_dict *dict)
{
    kiji_lattice *lattice = kiji_alloc_zero(1, sizeof *lattice);
    if (lattice == NULL) {
        return NULL;
    }
    bool good = true;
    lattice->dict = dict;
    lattice->blank_kinds = kiji_mecab_char_class(dict, BLANK).kinds;
    lattice->memos = array(&good, dict->n_right, sizeof *lattice->memos);
    lattice->last_of = array(&good, dict->n_left, sizeof *lattice->last_of);
    lattice->seen = array(&good, dict->n_left, sizeof *lattice->seen);
    lattice->behind = array(&good, 0x10000u, sizeof *lattice->behind);
    lattice->walks = array(&good, KIJI_LATTICE_BYTES, sizeof *lattice->walks);
    lattice->shortest = array(&good, KIJI_LATTICE_BYTES + 1, sizeof *lattice->shortest);
    lattice->longest = array(&good, KIJI_LATTICE_BYTES + 1, sizeof *lattice->longest);
    lattice->ends_at = array(&good, KIJI_LATTICE_BYTES + 1, sizeof *lattice->ends_at);
    lattice->words = array(&good, KIJI_LATTICE_BYTES, sizeof *lattice->words);
    if (!good) {
        kiji_lattice_free(lattice);
        return NULL;
    }
    return lattice;
}

void kiji_lattice_free(kiji_lattice *lattice)
{
    if (lattice != NULL) {
        kiji_free(lattice->nodes);
        kiji_free(lattice->matches);
        kiji_free(lattice->candidates);
        kiji_free(lattice->endings);
        kiji_free(lattice->memos);
        kiji_free(lattice->last_of);
        kiji_free(lattice->seen);
        kiji_free(lattice->behind);
        kiji_free(lattice->walks);
        kiji_free(lattice->shortest);
        kiji_free(lattice->longest);
        kiji_free(lattice->ends_at);
        kiji_free(lattice->words);
        kiji_free(lattice);
    }
}

/* The array with room for `needed` (> 0) elements, moved or not; NULL: out of memory, the array stays as it is. */
static inline void *widen(void *items, size_t *capacity, size_t needed, size_t nbytes_each)
{
    if (*capacity >= needed) {
        return items;
    }
    void *wider = kiji_realloc(items, needed * 2 * nbytes_each);
    *capacity = wider != NULL ? needed * 2 : *capacity;
    return wider;
}

/* The class of the character at `p` and its length in bytes; beyond U+FFFF it is that of U+0000, as MeCab has it. */
static inline kiji_char_class class_at(const kiji_mecab_dict *dict, const char *p, unsigned *nbytes)
{
    *nbytes = kiji_char_len(p);
    return kiji_mecab_char_class(dict, *nbytes < 4 ? kiji_utf8_code(p) : 0);
}

static void offer(kiji_lattice *lattice, kiji_entry_run run, size_t length, bool known)
{
    void *candidates = widen(lattice->candidates, &lattice->candidates_capacity, lattice->n_candidates + run.count + 1,
                             sizeof *lattice->candidates);
    if (candidates == NULL) {
        lattice->failed = true;
        return;
    }
    lattice->candidates = candidates;
    for (uint32_t i = 0; i < run.count; i++) {
        lattice->candidates[lattice->n_candidates++] = (candidate){run.first + i, (uint16_t)length, known};
    }
}

/* The state behind the character at `p`. Most have three bytes, and their state is remembered. */
static inline int32_t first_state(kiji_lattice *lattice, const char *p, unsigned nbytes)
{
    int32_t none = 0;
    int32_t *known = nbytes == 3 ? &lattice->behind[kiji_utf8_code(p)] : &none;
    if (*known == 0) {
        const int32_t state = kiji_mecab_words_walk(&lattice->dict->known, (kiji_str){p, nbytes});
        *known = state > 0 ? state : -1;
    }
    return *known;
}

/* The two cells that the next step of a way looks at. */
static inline void ask_cells(const kiji_mecab_words *words, int32_t state, char byte)
{
    if ((uint32_t)state < words->n_cells) {
        __builtin_prefetch(words->cells + state);
        __builtin_prefetch(words->cells + state + (unsigned char)byte + 1);
    }
}

static void add_match(kiji_lattice *lattice, walk way, int32_t value)
{
    const kiji_mecab_words *words = &lattice->dict->known;
    void *matches =
        widen(lattice->matches, &lattice->matches_capacity, lattice->n_matches + 1, sizeof *lattice->matches);
    if (matches == NULL) {
        lattice->failed = true;
        return;
    }
    lattice->matches = matches;
    const uint32_t new = (uint32_t)lattice->n_matches++;
    const kiji_entry_run run = kiji_mecab_words_run(words, value);
    lattice->matches[new] = (match){run, NONE, (uint32_t)way.at - way.begin};
    __builtin_prefetch(&words->entries[run.first]);
    if (lattice->shortest[way.begin] == NONE) {
        lattice->shortest[way.begin] = new;
    } else {
        lattice->matches[lattice->longest[way.begin]].next = new;
    }
    lattice->longest[way.begin] = new;
}

/*
 * All words of the dictionary in the sentence. The ways down from all characters take their steps in turn: each step
 * is a cache miss in a trie of 11 MB, and so many of them are under way at a time.
 */
static void find_words(kiji_lattice *lattice, const char *text, uint32_t length)
{
    const kiji_mecab_words *words = &lattice->dict->known;
    walk *walks = lattice->walks;
    size_t count = 0;
    lattice->n_matches = 1;
    for (uint32_t at = 0; at < length;) {
        const unsigned nbytes = kiji_char_len(text + at);
        const int32_t state = first_state(lattice, text + at, nbytes);
        at += nbytes;
        if (state >= 0) {
            walks[count++] = (walk){state, (uint16_t)(at - nbytes), (uint16_t)at};
            ask_cells(words, state, at < length ? text[at] : '\0');
        }
    }
    while (count != 0) {
        size_t alive = 0;
        for (size_t i = 0; i < count; i++) {
            walk way = walks[i];
            const bool more = way.at < length;
            const int32_t value = kiji_mecab_words_value(words, way.state);
            if (value < 0 && (!more || ((unsigned char)text[way.at] & 0xC0u) != 0x80u)) {
                add_match(lattice, way, value);
            }
            way.state = more ? kiji_mecab_words_step(words, way.state, (unsigned char)text[way.at]) : -1;
            if (way.state >= 0) {
                way.at++;
                ask_cells(words, way.state, way.at < length ? text[way.at] : '\0');
                walks[alive++] = way;
            }
        }
        count = alive;
    }
}

/* The end of the run of characters from `p` on of which each is of a kind with the one before. */
static const char *run_end(const kiji_mecab_dict *dict, const char *p, const char *end, uint32_t kinds, uint32_t *count)
{
    *count = 0;
    while (p != end) {
        unsigned nbytes;
        const kiji_char_class next = class_at(dict, p, &nbytes);
        if ((next.kinds & kinds) == 0) {
            break;
        }
        kinds = next.kinds;
        p += nbytes;
        ++*count;
    }
    return p;
}

/* Unknown words: the whole run of characters of a kind, and its first one to `longest` characters. */
static void offer_unknown(kiji_lattice *lattice, const char *begin, const char *end, kiji_char_class class_)
{
    const kiji_mecab_dict *dict = lattice->dict;
    const kiji_entry_run entries = dict->unknown_of[class_.own];
    const char *group_end = NULL;
    const char *p = begin + kiji_char_len(begin);
    if (class_.group) {
        uint32_t count;
        group_end = run_end(dict, p, end, class_.kinds, &count);
        if (count <= LONGEST_RUN) {
            offer(lattice, entries, (size_t)(group_end - begin), false);
        }
    }
    for (unsigned i = 0; i < class_.longest && p != group_end; i++) {
        unsigned nbytes;
        offer(lattice, entries, (size_t)(p - begin), false);
        if (p == end || (class_at(dict, p, &nbytes).kinds & class_.kinds) == 0) {
            break;
        }
        p += nbytes;
    }
    if (lattice->n_candidates == 0) {
        offer(lattice, entries, (size_t)(p - begin), false);
    }
}

/*
 * What ends at `pos`, in the order in which MeCab looks at it: the latest first. Of nodes with one connection class
 * only the cheapest counts, of equals the first one.
 */
static void collect_endings(kiji_lattice *lattice, uint32_t pos)
{
    lattice->place++;
    lattice->n_endings = 0;
    for (uint32_t i = lattice->ends_at[pos]; i != NONE; i = lattice->nodes[i].other) {
        const node *n = &lattice->nodes[i];
        if (lattice->seen[n->right] == lattice->place) {
            ending *before = &lattice->endings[lattice->last_of[n->right]];
            if (before->cost <= n->cost) {
                continue;
            }
            before->cost = NEVER;
        }
        void *endings =
            widen(lattice->endings, &lattice->endings_capacity, lattice->n_endings + 1, sizeof *lattice->endings);
        if (endings == NULL) {
            lattice->failed = true;
            return;
        }
        lattice->endings = endings;
        lattice->seen[n->right] = lattice->place;
        lattice->last_of[n->right] = (uint32_t)lattice->n_endings;
        lattice->endings[lattice->n_endings++] = (ending){n->cost, n->right, i};
    }
}

/* The cheapest of the endings, seen from a word of connection class `left`. */
static inline memo best_before(kiji_lattice *lattice, uint32_t left)
{
    memo *known = &lattice->memos[left];
    if (known->place == lattice->place) {
        return *known;
    }
    const int16_t *costs = lattice->dict->costs + (size_t)left * lattice->dict->n_left;
    memo best = {lattice->place, INT32_MAX, NONE};
    for (size_t i = 0; i < lattice->n_endings; i++) {
        const ending e = lattice->endings[i];
        const int32_t cost = e.cost + costs[e.right];
        best.prev = cost < best.cost ? e.node : best.prev;
        best.cost = cost < best.cost ? cost : best.cost;
    }
    *known = best;
    return best;
}

/* Connect the candidates with what ends at `pos`, the last one first, as MeCab does. */
static void connect(kiji_lattice *lattice, uint32_t pos, uint32_t blanks)
{
    const kiji_mecab_dict *dict = lattice->dict;
    void *nodes = widen(lattice->nodes, &lattice->nodes_capacity, lattice->n_nodes + lattice->n_candidates,
                        sizeof *lattice->nodes);
    if (nodes == NULL) {
        lattice->failed = true;
        return;
    }
    lattice->nodes = nodes;
    for (size_t i = lattice->n_candidates; i-- > 0;) {
        const candidate *c = &lattice->candidates[i];
        const kiji_mecab_entry *entry = &(c->known ? &dict->known : &dict->unknown)->entries[c->entry];
        if (entry->left >= dict->n_right || entry->right >= dict->n_left) {
            continue; /* a damaged dictionary */
        }
        const memo best = best_before(lattice, entry->left);
        uint32_t *ends_at = &lattice->ends_at[pos + blanks + c->length];
        lattice->nodes[lattice->n_nodes] =
            (node){best.cost + entry->cost, best.prev, *ends_at, c->entry, entry->right, c->length,
                   (uint16_t)blanks,        c->known};
        *ends_at = (uint32_t)lattice->n_nodes++;
    }
}

/* All words that begin at `pos`, or behind the blanks there. */
static void visit(kiji_lattice *lattice, kiji_str sentence, uint32_t pos)
{
    const char *text = sentence.ptr;
    const char *end = text + sentence.len;
    const char *begin = text + pos;
    unsigned nbytes;
    kiji_char_class class_ = class_at(lattice->dict, begin, &nbytes);
    if ((class_.kinds & lattice->blank_kinds) != 0) {
        uint32_t count;
        begin = run_end(lattice->dict, begin, end, lattice->blank_kinds, &count);
        if (begin == end) {
            return;
        }
        class_ = class_at(lattice->dict, begin, &nbytes);
    }
    lattice->n_candidates = 0;
    for (uint32_t i = lattice->shortest[begin - text]; i != NONE; i = lattice->matches[i].next) {
        offer(lattice, lattice->matches[i].run, lattice->matches[i].length, true);
    }
    if (lattice->n_candidates == 0 || class_.always) {
        offer_unknown(lattice, begin, end, class_);
    }
    collect_endings(lattice, pos);
    if (!lattice->failed) {
        connect(lattice, pos, (uint32_t)(begin - text) - pos);
    }
}

/* The words from the beginning to `last`, which ends at `end`, into the far end of lattice->words. */
static size_t trace(kiji_lattice *lattice, uint32_t last, uint32_t end)
{
    size_t first = KIJI_LATTICE_BYTES;
    for (uint32_t i = last; i != NONE && i != 1; i = lattice->nodes[i].prev) {
        const node *n = &lattice->nodes[i];
        lattice->words[--first] = (kiji_lattice_word){end - n->length, end, n->entry, n->known};
        end -= (uint32_t)n->length + n->blanks;
    }
    return first;
}

kiji_status kiji_lattice_parse(const kiji_lattice_word **words, size_t *count, kiji_lattice *lattice, kiji_str sentence)
{
    const uint32_t length = (uint32_t)sentence.len;
    const size_t nbytes = (sentence.len + 1) * sizeof *lattice->ends_at;
    memset(lattice->ends_at, 0, nbytes);
    memset(lattice->shortest, 0, nbytes);
    lattice->failed = false;
    void *nodes = widen(lattice->nodes, &lattice->nodes_capacity, 64, sizeof *lattice->nodes);
    if (nodes == NULL) {
        return KIJI_ENOMEM;
    }
    lattice->nodes = nodes;
    /* Node 0 means none; node 1 is the beginning. */
    lattice->nodes[1] = (node){0, NONE, NONE, 0, 0, 0, 0, true};
    lattice->n_nodes = 2;
    lattice->ends_at[0] = 1;
    find_words(lattice, sentence.ptr, length);
    for (uint32_t pos = 0; pos < length && !lattice->failed; pos++) {
        if (lattice->ends_at[pos] != NONE) {
            visit(lattice, sentence, pos);
        }
    }
    uint32_t end = length;
    while (lattice->ends_at[end] == NONE) {
        end--;
    }
    collect_endings(lattice, end);
    if (lattice->failed) {
        return KIJI_ENOMEM;
    }
    const size_t first = trace(lattice, best_before(lattice, 0).prev, end);
    *words = lattice->words + first;
    *count = KIJI_LATTICE_BYTES - first;
    return KIJI_OK;
}
