#include "words/lattice.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "words/lookup.h"

#define NONE        0u  /* no node */
#define LONGEST_RUN 24u /* characters behind the first one: MeCab's max-grouping-size */
#define BLANK       0x20u
#define UNKNOWN     INT16_MAX
#define SORTED      4u /* endings of a place; two are enough for most words behind */

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

/* Words that may begin at the place that is looked at. */
typedef struct offer {
    kiji_entry_run run;
    uint32_t length; /* bytes */
    bool known;
} offer;

/*
 * A way to a place, in one number that is the smaller, the better the way is: the cost, and of equal costs the latest
 * node first, since that is the one that MeCab sees first.
 */
typedef int64_t way_key;

#define COST_UNIT ((way_key)1 << 32)

/* What ends at the place that is looked at. */
typedef struct ending {
    way_key key;
    uint32_t right;
} ending;

struct kiji_lattice {
    const kiji_mecab_dict *dict;
    uint32_t blank_kinds; /* the classes of a blank */
    node *nodes;          /* owned, like all that follow */
    size_t n_nodes, nodes_capacity;
    kiji_lookup *lookup;
    offer *offers;
    size_t n_offers, offers_capacity;
    ending *endings; /* at the place that is looked at */
    size_t n_endings, endings_capacity;
    uint32_t place;    /* serial number of the place that is looked at */
    way_key *best;     /* by connection class of the word behind: the way to it, where `best_at` is this place */
    uint32_t *best_at; /* serial numbers of places */
    int16_t *least;    /* by connection class of the word behind: the least connection cost, or UNKNOWN */
    uint32_t *ends_at; /* the nodes that end at each byte: the latest one, or NONE */
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
    lattice->lookup = kiji_lookup_new(dict, KIJI_LATTICE_BYTES);
    lattice->best = array(&good, dict->n_right, sizeof *lattice->best);
    lattice->best_at = array(&good, dict->n_right, sizeof *lattice->best_at);
    lattice->least = array(&good, dict->n_right, sizeof *lattice->least);
    lattice->ends_at = array(&good, KIJI_LATTICE_BYTES + 1, sizeof *lattice->ends_at);
    lattice->words = array(&good, KIJI_LATTICE_BYTES, sizeof *lattice->words);
    if (!good || lattice->lookup == NULL) {
        kiji_lattice_free(lattice);
        return NULL;
    }
    for (uint32_t i = 0; i < dict->n_right; i++) {
        lattice->least[i] = UNKNOWN;
    }
    return lattice;
}

void kiji_lattice_free(kiji_lattice *lattice)
{
    if (lattice != NULL) {
        kiji_free(lattice->nodes);
        kiji_lookup_free(lattice->lookup);
        kiji_free(lattice->offers);
        kiji_free(lattice->endings);
        kiji_free(lattice->best);
        kiji_free(lattice->best_at);
        kiji_free(lattice->least);
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

static void add_offer(kiji_lattice *lattice, kiji_entry_run run, size_t length, bool known)
{
    void *offers = widen(lattice->offers, &lattice->offers_capacity, lattice->n_offers + 1, sizeof *lattice->offers);
    if (offers == NULL) {
        lattice->failed = true;
        return;
    }
    lattice->offers = offers;
    lattice->offers[lattice->n_offers++] = (offer){run, (uint32_t)length, known};
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
static void offer_unknown(kiji_lattice *lattice, const char *begin, const char *end, kiji_char_class class_,
                          bool needed)
{
    const kiji_mecab_dict *dict = lattice->dict;
    const kiji_entry_run entries = dict->unknown_of[class_.own];
    const char *group_end = NULL;
    const char *p = begin + kiji_char_len(begin);
    if (class_.group) {
        uint32_t count;
        group_end = run_end(dict, p, end, class_.kinds, &count);
        if (count <= LONGEST_RUN) {
            add_offer(lattice, entries, (size_t)(group_end - begin), false);
        }
    }
    for (unsigned i = 0; i < class_.longest && p != group_end; i++) {
        unsigned nbytes;
        add_offer(lattice, entries, (size_t)(p - begin), false);
        if (p == end || (class_at(dict, p, &nbytes).kinds & class_.kinds) == 0) {
            break;
        }
        p += nbytes;
    }
    if (needed && lattice->n_offers == 0) {
        add_offer(lattice, entries, (size_t)(p - begin), false);
    }
}

/* One ending more: the best SORTED ones stand first and in order, the others behind them in any order. */
static void add_ending(ending *endings, size_t count, ending new)
{
    size_t at = count;
    if (count >= SORTED) {
        if (new.key > endings[SORTED - 1].key) {
            endings[count] = new;
            return;
        }
        endings[count] = endings[SORTED - 1];
        at = SORTED - 1;
    }
    for (; at > 0 && endings[at - 1].key > new.key; at--) {
        endings[at] = endings[at - 1];
    }
    endings[at] = new;
}

static void collect_endings(kiji_lattice *lattice, uint32_t pos)
{
    const node *nodes = lattice->nodes;
    size_t count = 0;
    for (uint32_t i = lattice->ends_at[pos]; i != NONE; i = nodes[i].other) {
        void *endings = widen(lattice->endings, &lattice->endings_capacity, count + 1, sizeof *lattice->endings);
        if (endings == NULL) {
            lattice->failed = true;
            return;
        }
        lattice->endings = endings;
        add_ending(endings, count++, (ending){nodes[i].cost * COST_UNIT + (UINT32_MAX - i), nodes[i].right});
    }
    lattice->n_endings = count;
    lattice->place++;
}

/* The least cost in a row of connection costs. */
static int16_t least_cost(kiji_lattice *lattice, uint32_t left, const int16_t *costs)
{
    int16_t least = costs[0];
    for (uint32_t i = 1; i < lattice->dict->n_left; i++) {
        least = costs[i] < least ? costs[i] : least;
    }
    lattice->least[left] = least;
    return least;
}

/* The best way to a word of connection class `left`: endings that are too dear for any connection are not asked. */
static inline way_key best_before(kiji_lattice *lattice, uint32_t left)
{
    if (lattice->best_at[left] == lattice->place) {
        return lattice->best[left];
    }
    const int16_t *costs = lattice->dict->costs + (size_t)left * lattice->dict->n_left;
    const int16_t known = lattice->least[left];
    const way_key least = (known != UNKNOWN ? known : least_cost(lattice, left, costs)) * COST_UNIT;
    way_key best = INT64_MAX;
    for (size_t i = 0; i < lattice->n_endings; i++) {
        const ending e = lattice->endings[i];
        if (e.key + least > best) {
            if (i < SORTED) {
                break;
            }
            continue;
        }
        const way_key key = e.key + costs[e.right] * COST_UNIT;
        best = key < best ? key : best;
    }
    lattice->best[left] = best;
    lattice->best_at[left] = lattice->place;
    return best;
}

static inline int32_t cost_of(way_key key)
{
    return (int32_t)(key >> 32); /* towards the lesser number, as all compilers have it */
}

static inline uint32_t node_of(way_key key)
{
    return UINT32_MAX - (uint32_t)(key & UINT32_MAX);
}

/* The costs of the connections that the words of a run are sure to ask for: they lie anywhere in 3.5 MB. */
static void ask_costs(const kiji_lattice *lattice, offer words)
{
    const kiji_mecab_dict *dict = lattice->dict;
    const kiji_mecab_entry *entry = (words.known ? &dict->known : &dict->unknown)->entries + words.run.first;
    const int16_t *best = dict->costs + lattice->endings[0].right;
    const int16_t *next = lattice->n_endings > 1 ? dict->costs + lattice->endings[1].right : best;
    for (uint32_t i = 0; i < words.run.count; i++) {
        if (entry[i].left < dict->n_right) {
            __builtin_prefetch(best + (size_t)entry[i].left * dict->n_left);
            __builtin_prefetch(next + (size_t)entry[i].left * dict->n_left);
        }
    }
}

/* Connect the words of a run with what ends at `pos`, the last one first, as MeCab does. */
static void connect(kiji_lattice *lattice, offer words, uint32_t pos, uint32_t blanks)
{
    const kiji_mecab_dict *dict = lattice->dict;
    const kiji_mecab_entry *entries = (words.known ? &dict->known : &dict->unknown)->entries;
    void *nodes =
        widen(lattice->nodes, &lattice->nodes_capacity, lattice->n_nodes + words.run.count, sizeof *lattice->nodes);
    if (nodes == NULL) {
        lattice->failed = true;
        return;
    }
    lattice->nodes = nodes;
    uint32_t *ends_at = &lattice->ends_at[pos + blanks + words.length];
    uint32_t new = (uint32_t)lattice->n_nodes;
    for (uint32_t i = words.run.first + words.run.count; i-- > words.run.first;) {
        const kiji_mecab_entry entry = entries[i];
        if (entry.left >= dict->n_right || entry.right >= dict->n_left) {
            continue; /* a damaged dictionary */
        }
        const way_key best = best_before(lattice, entry.left);
        lattice->nodes[new] = (node){cost_of(best) + entry.cost, node_of(best),    *ends_at,   i, entry.right,
                                     (uint16_t)words.length,     (uint16_t)blanks, words.known};
        *ends_at = new ++;
    }
    lattice->n_nodes = new;
}

/* All words that begin at `pos`, or behind the blanks there. */
static void visit(kiji_lattice *lattice, kiji_matches matches, kiji_str sentence, uint32_t pos)
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
    const uint32_t blanks = (uint32_t)(begin - text) - pos;
    const uint32_t longest = matches.longest[pos + blanks];
    lattice->n_offers = 0;
    if (longest == KIJI_NO_MATCH || class_.always) {
        offer_unknown(lattice, begin, end, class_, longest == KIJI_NO_MATCH);
    }
    collect_endings(lattice, pos);
    if (lattice->failed) {
        return;
    }
    for (uint32_t i = longest; i != KIJI_NO_MATCH; i = matches.items[i].shorter) {
        ask_costs(lattice, (offer){matches.items[i].run, matches.items[i].nbytes, true});
    }
    for (size_t i = lattice->n_offers; i-- > 0 && !lattice->failed;) {
        connect(lattice, lattice->offers[i], pos, blanks);
    }
    for (uint32_t i = longest; i != KIJI_NO_MATCH && !lattice->failed; i = matches.items[i].shorter) {
        connect(lattice, (offer){matches.items[i].run, matches.items[i].nbytes, true}, pos, blanks);
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
    memset(lattice->ends_at, 0, (sentence.len + 1) * sizeof *lattice->ends_at);
    lattice->failed = false;
    void *nodes = widen(lattice->nodes, &lattice->nodes_capacity, 64, sizeof *lattice->nodes);
    kiji_matches matches;
    if (nodes == NULL) {
        return KIJI_ENOMEM;
    }
    lattice->nodes = nodes;
    if (kiji_lookup_words(&matches, lattice->lookup, sentence) != KIJI_OK) {
        return KIJI_ENOMEM;
    }
    if (lattice->place > UINT32_MAX - 2 * KIJI_LATTICE_BYTES) {
        memset(lattice->best_at, 0, lattice->dict->n_right * sizeof *lattice->best_at);
        lattice->place = 0;
    }
    /* Node 0 means none; node 1 is the beginning. */
    lattice->nodes[1] = (node){0, NONE, NONE, 0, 0, 0, 0, true};
    lattice->n_nodes = 2;
    lattice->ends_at[0] = 1;
    for (uint32_t pos = 0; pos < length && !lattice->failed; pos++) {
        if (lattice->ends_at[pos] != NONE) {
            visit(lattice, matches, sentence, pos);
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
    const size_t first = trace(lattice, node_of(best_before(lattice, 0)), end);
    *words = lattice->words + first;
    *count = KIJI_LATTICE_BYTES - first;
    return KIJI_OK;
}
