#include "words/lookup.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define PAIR_BITS 14u

/* A way down the trie that has not ended yet. */
typedef struct way {
    int32_t state;
    uint16_t begin, at; /* bytes of the sentence */
    uint32_t pair;      /* still inside the first two characters, which are to be remembered; 0: not */
} way;

/* What lies behind some characters from the root. */
typedef struct behind {
    uint32_t pair; /* two characters, 0 where nothing is remembered */
    int32_t state; /* < 0: no word goes on */
    int32_t value; /* of the word that ends here; 0: none */
} behind;

struct kiji_lookup {
    const kiji_mecab_words *words;
    uint32_t max_bytes;
    behind *first; /* by character of three bytes; owned, like all that follow */
    behind *pairs; /* by hash of two such characters */
    way *ways;     /* one a byte */
    kiji_match *matches;
    size_t n_matches, capacity;
    uint32_t *longest;
    bool failed; /* out of memory */
};

kiji_lookup *kiji_lookup_new(const kiji_mecab_dict *dict, uint32_t max_bytes)
{
    kiji_lookup *lookup = kiji_alloc_zero(1, sizeof *lookup);
    if (lookup == NULL) {
        return NULL;
    }
    lookup->words = &dict->known;
    lookup->max_bytes = max_bytes;
    lookup->first = kiji_alloc_zero(0x10000u, sizeof *lookup->first);
    lookup->pairs = kiji_alloc_zero((size_t)1 << PAIR_BITS, sizeof *lookup->pairs);
    lookup->ways = kiji_alloc_zero(max_bytes, sizeof *lookup->ways);
    lookup->longest = kiji_alloc_zero((size_t)max_bytes + 1, sizeof *lookup->longest);
    if (lookup->first == NULL || lookup->pairs == NULL || lookup->ways == NULL || lookup->longest == NULL) {
        kiji_lookup_free(lookup);
        return NULL;
    }
    return lookup;
}

void kiji_lookup_free(kiji_lookup *lookup)
{
    if (lookup != NULL) {
        kiji_free(lookup->first);
        kiji_free(lookup->pairs);
        kiji_free(lookup->ways);
        kiji_free(lookup->matches);
        kiji_free(lookup->longest);
        kiji_free(lookup);
    }
}

/* The two cells that the next step of a way looks at. */
static inline void ask_cells(const kiji_mecab_words *words, int32_t state, char byte)
{
    if ((uint32_t)state < words->n_cells) {
        __builtin_prefetch(words->cells + state);
        __builtin_prefetch(words->cells + state + (unsigned char)byte + 1);
    }
}

static void add_match(kiji_lookup *lookup, uint32_t begin, uint32_t end, int32_t value)
{
    if (lookup->n_matches >= lookup->capacity) {
        const size_t wider = lookup->capacity * 2 + 256;
        void *matches = kiji_realloc(lookup->matches, wider * sizeof *lookup->matches);
        if (matches == NULL) {
            lookup->failed = true;
            return;
        }
        lookup->matches = matches;
        lookup->capacity = wider;
    }
    const kiji_entry_run run = kiji_mecab_words_run(lookup->words, value);
    if (run.count == 0) {
        return; /* a damaged dictionary */
    }
    __builtin_prefetch(&lookup->words->entries[run.first]);
    __builtin_prefetch(&lookup->words->entries[run.first + run.count - 1]);
    lookup->matches[lookup->n_matches] = (kiji_match){run, lookup->longest[begin], end - begin};
    lookup->longest[begin] = (uint32_t)lookup->n_matches++;
}

/* What lies behind the character at `p` from `state` on. */
static behind walk_char(const kiji_mecab_words *words, int32_t state, const char *p, unsigned nbytes)
{
    for (unsigned i = 0; i < nbytes && state >= 0; i++) {
        state = kiji_mecab_words_step(words, state, (unsigned char)p[i]);
    }
    return (behind){0, state, state >= 0 ? kiji_mecab_words_value(words, state) : 0};
}

/* Behind the first character. Most have three bytes, and are remembered. */
static inline behind behind_first(kiji_lookup *lookup, const char *p, unsigned nbytes)
{
    const int32_t root = lookup->words->cells[0].base;
    if (nbytes != 3) {
        return walk_char(lookup->words, root, p, nbytes);
    }
    const uint32_t code = kiji_utf8_code(p);
    behind *known = &lookup->first[code];
    if (known->pair == 0) {
        *known = walk_char(lookup->words, root, p, nbytes);
        known->pair = 1;
    }
    return *known;
}

/* The number of two characters, if both have three bytes; else 0. */
static inline uint32_t pair_at(const char *p, const char *end)
{
    return end - p > 3 && kiji_char_len(p) == 3 && kiji_char_len(p + 3) == 3
               ? kiji_utf8_code(p) << 16 | kiji_utf8_code(p + 3)
               : 0;
}

/* Where a pair is remembered. */
static inline behind *place_of(const kiji_lookup *lookup, uint32_t pair)
{
    return &lookup->pairs[pair * 0x9E3779B1u >> (32 - PAIR_BITS)];
}

/* The words of one character from every place, and of two where they are remembered; the ways on: lookup->ways. */
static size_t begin_ways(kiji_lookup *lookup, const char *text, uint32_t length)
{
    size_t count = 0;
    const char *const end = text + length;
    for (const char *p = text; p < end; p += kiji_char_len(p)) {
        __builtin_prefetch(place_of(lookup, pair_at(p, end)));
    }
    for (uint32_t begin = 0; begin < length;) {
        const unsigned nbytes = kiji_char_len(text + begin);
        behind here = behind_first(lookup, text + begin, nbytes);
        uint32_t at = begin + nbytes;
        uint32_t pair = 0;
        if (here.value < 0) {
            add_match(lookup, begin, at, here.value);
        }
        if (here.state >= 0 && (pair = pair_at(text + begin, end)) != 0 && place_of(lookup, pair)->pair == pair) {
            here = *place_of(lookup, pair);
            pair = 0;
            at += 3;
            if (here.value < 0) {
                add_match(lookup, begin, at, here.value);
            }
        }
        if (here.state >= 0 && at < length) {
            lookup->ways[count++] = (way){here.state, (uint16_t)begin, (uint16_t)at, pair};
            ask_cells(lookup->words, here.state, text[at]);
        }
        begin += nbytes;
    }
    return count;
}

/* One byte on. False: the way has ended. */
static inline bool go_on(kiji_lookup *lookup, way *w, kiji_str sentence)
{
    const kiji_mecab_words *words = lookup->words;
    w->state = kiji_mecab_words_step(words, w->state, (unsigned char)sentence.ptr[w->at]);
    w->at++;
    const bool more = w->at < sentence.len;
    if (w->state < 0) {
        if (w->pair != 0) {
            *place_of(lookup, w->pair) = (behind){w->pair, -1, 0};
        }
        return false;
    }
    if (!more || ((unsigned char)sentence.ptr[w->at] & 0xC0u) != 0x80u) {
        const int32_t value = kiji_mecab_words_value(words, w->state);
        if (w->pair != 0) {
            *place_of(lookup, w->pair) = (behind){w->pair, w->state, value};
            w->pair = 0;
        }
        if (value < 0) {
            add_match(lookup, w->begin, w->at, value);
        }
    }
    if (more) {
        ask_cells(words, w->state, sentence.ptr[w->at]);
    }
    return more;
}

kiji_status kiji_lookup_words(kiji_matches *out, kiji_lookup *lookup, kiji_str sentence)
{
    memset(lookup->longest, 0, (sentence.len + 1) * sizeof *lookup->longest);
    lookup->n_matches = KIJI_NO_MATCH + 1;
    lookup->failed = false;
    size_t count = begin_ways(lookup, sentence.ptr, (uint32_t)sentence.len);
    while (count != 0) {
        size_t alive = 0;
        for (size_t i = 0; i < count; i++) {
            way w = lookup->ways[i];
            if (go_on(lookup, &w, sentence)) {
                lookup->ways[alive++] = w;
            }
        }
        count = alive;
    }
    *out = (kiji_matches){lookup->matches, lookup->longest};
    return lookup->failed ? KIJI_ENOMEM : KIJI_OK;
}
