#include "words/word_cache.h"

#include <string.h>

#include "base/hash.h"
#include "words/split.h"

#define MAX_WORDS ((size_t)300000)

typedef struct slot {
    const char *feature;
    kiji_word *word;
} slot;

struct kiji_word_cache {
    const kiji_mecab_dict *dict;
    kiji_word **known; /* by entry of the dictionary; most are never touched */
    slot *slots;       /* unknown words and parts of words, by feature string and surface */
    size_t n_slots;    /* a power of two */
    size_t n_filled;
    size_t count;     /* words of both kinds */
    kiji_arena arena; /* words and their strings; without a bail: NULL on failure */
};

/* The four levels of each part of speech, as they begin a feature string; see pos-id.def of IPADIC. */
static const char *const pos_prefixes[KIJI_POS_COUNT] = {
    "その他,間投,",
    "フィラー,",
    "感動詞,",
    "記号,アルファベット,",
    "記号,一般,",
    "記号,括弧開,",
    "記号,括弧閉,",
    "記号,句点,",
    "記号,空白,",
    "記号,読点,",
    "形容詞,自立,",
    "形容詞,接尾,",
    "形容詞,非自立,",
    "助詞,格助詞,一般,",
    "助詞,格助詞,引用,",
    "助詞,格助詞,連語,",
    "助詞,係助詞,",
    "助詞,終助詞,",
    "助詞,接続助詞,",
    "助詞,特殊,",
    "助詞,副詞化,",
    "助詞,副助詞,",
    "助詞,副助詞／並立助詞／終助詞,",
    "助詞,並立助詞,",
    "助詞,連体化,",
    "助動詞,",
    "接続詞,",
    "接頭詞,形容詞接続,",
    "接頭詞,数接続,",
    "接頭詞,動詞接続,",
    "接頭詞,名詞接続,",
    "動詞,自立,",
    "動詞,接尾,",
    "動詞,非自立,",
    "副詞,一般,",
    "副詞,助詞類接続,",
    "名詞,サ変接続,",
    "名詞,ナイ形容詞語幹,",
    "名詞,一般,",
    "名詞,引用文字列,",
    "名詞,形容動詞語幹,",
    "名詞,固有名詞,一般,",
    "名詞,固有名詞,人名,一般,",
    "名詞,固有名詞,人名,姓,",
    "名詞,固有名詞,人名,名,",
    "名詞,固有名詞,組織,",
    "名詞,固有名詞,地域,一般,",
    "名詞,固有名詞,地域,国,",
    "名詞,数,",
    "名詞,接続詞的,",
    "名詞,接尾,サ変接続,",
    "名詞,接尾,一般,",
    "名詞,接尾,形容動詞語幹,",
    "名詞,接尾,助数詞,",
    "名詞,接尾,助動詞語幹,",
    "名詞,接尾,人名,",
    "名詞,接尾,地域,",
    "名詞,接尾,特殊,",
    "名詞,接尾,副詞可能,",
    "名詞,代名詞,一般,",
    "名詞,代名詞,縮約,",
    "名詞,動詞非自立的,",
    "名詞,特殊,助動詞語幹,",
    "名詞,非自立,一般,",
    "名詞,非自立,形容動詞語幹,",
    "名詞,非自立,助動詞語幹,",
    "名詞,非自立,副詞可能,",
    "名詞,副詞可能,",
    "連体詞,",
};

static uint8_t parse_pos(const char *feature)
{
    for (unsigned i = 0; i < KIJI_POS_COUNT; i++) {
        if (feature[0] == pos_prefixes[i][0] && feature[1] == pos_prefixes[i][1] && feature[2] == pos_prefixes[i][2] &&
            strncmp(feature, pos_prefixes[i], strlen(pos_prefixes[i])) == 0) {
            return (uint8_t)i;
        }
    }
    return KIJI_POS_OTHER;
}

/* Column n (from 0) of a feature string; empty for "*" and for a column that is not there. */
static kiji_str column(const char *feature, unsigned n)
{
    const char *p = feature;
    for (; n > 0; n--) {
        p = strchr(p, ',');
        if (p == NULL) {
            return (kiji_str){"", 0};
        }
        p++;
    }
    const size_t len = strcspn(p, ",");
    return len == 1 && p[0] == '*' ? (kiji_str){"", 0} : (kiji_str){p, len};
}

kiji_str kiji_pos_name(kiji_pos pos)
{
    const char *prefix = pos_prefixes[pos];
    return (kiji_str){prefix, strlen(prefix) - 1};
}

kiji_word_cache *kiji_word_cache_new(const kiji_mecab_dict *dict)
{
    kiji_word_cache *cache = kiji_alloc_zero(1, sizeof *cache);
    if (cache == NULL) {
        return NULL;
    }
    kiji_arena_init(&cache->arena);
    cache->n_slots = 1u << 12;
    cache->dict = dict;
    cache->slots = kiji_alloc_zero(cache->n_slots, sizeof *cache->slots);
    cache->known = kiji_alloc_zero((size_t)dict->known.n_entries + 1, sizeof *cache->known);
    if (cache->slots == NULL || cache->known == NULL) {
        kiji_word_cache_free(cache);
        return NULL;
    }
    return cache;
}

void kiji_word_cache_free(kiji_word_cache *cache)
{
    if (cache != NULL) {
        kiji_arena_clear(&cache->arena);
        kiji_free(cache->slots);
        kiji_free(cache->known);
        kiji_free(cache);
    }
}

void kiji_word_cache_trim(kiji_word_cache *cache)
{
    if (cache->count > MAX_WORDS) {
        memset(cache->slots, 0, cache->n_slots * sizeof *cache->slots);
        memset(cache->known, 0, cache->dict->known.n_entries * sizeof *cache->known);
        cache->n_filled = 0;
        cache->count = 0;
        kiji_arena_reset(&cache->arena);
    }
}

static size_t slot_of(const kiji_word_cache *cache, const char *feature, uint32_t surface_hash)
{
    const uint64_t mixed = ((uint64_t)(uintptr_t)feature ^ ((uint64_t)surface_hash << 20)) * 0x9E3779B97F4A7C15u;
    return (size_t)(mixed >> 32) & (cache->n_slots - 1);
}

static bool grow(kiji_word_cache *cache)
{
    const size_t n_old = cache->n_slots;
    slot *old = cache->slots;
    slot *wider = kiji_alloc_zero(n_old * 2, sizeof *wider);
    if (wider == NULL) {
        return false;
    }
    cache->slots = wider;
    cache->n_slots = n_old * 2;
    for (size_t i = 0; i < n_old; i++) {
        if (old[i].word != NULL) {
            size_t at = slot_of(cache, old[i].feature, old[i].word->hash);
            while (wider[at].word != NULL) {
                at = (at + 1) & (cache->n_slots - 1);
            }
            wider[at] = old[i];
        }
    }
    kiji_free(old);
    return true;
}

static bool nameable(const kiji_word *word)
{
    const kiji_pos pos = (kiji_pos)word->pos;
    if (kiji_pos_is_noun(pos)) {
        return pos != KIJI_POS_PRONOUN && pos != KIJI_POS_PRONOUN_SHORT && pos < KIJI_POS_NOUN_BOUND;
    }
    if (pos == KIJI_POS_PREFIX_NOUN || pos == KIJI_POS_SYMBOL_LETTER) {
        return true;
    }
    const kiji_str s = word->surface;
    return pos == KIJI_POS_SYMBOL &&
           ((s.len == 3 && memcmp(s.ptr, "・", 3) == 0) || (s.len == 1 && (*s.ptr == '=' || *s.ptr == '-')));
}

static kiji_word *parse(kiji_word_cache *cache, const char *feature, kiji_str surface, bool known)
{
    char *room = kiji_arena_zero(&cache->arena, 1, sizeof(kiji_word) + KIJI_WORD_ALIGNMENT);
    if (room == NULL) {
        return NULL;
    }
    kiji_word *word = (void *)(room + (KIJI_WORD_ALIGNMENT - (uintptr_t)room % KIJI_WORD_ALIGNMENT));
    word->surface = kiji_arena_copy(&cache->arena, surface);
    word->scores = kiji_arena_zero(&cache->arena, KIJI_WINDOW * KIJI_LABEL_LANES, sizeof(int16_t));
    if (word->surface.ptr == NULL || word->scores == NULL) {
        return NULL;
    }
    word->hash = kiji_hash(surface);
    word->pos = parse_pos(feature);
    word->known = known;
    word->nameable = nameable(word);
    word->base = column(feature, 6);
    word->reading = column(feature, 7);
    if (word->base.len == 0) {
        word->base = word->surface;
    }
    return word;
}

/* Replace a word by its parts where names would otherwise be out of reach inside it. False: out of memory. */
static bool split(kiji_word_cache *cache, kiji_word *word)
{
    kiji_split parts[KIJI_SPLIT_MAX];
    const size_t n = kiji_split_word(parts, word);
    if (n < 2) {
        return true;
    }
    kiji_word **list = kiji_arena_zero(&cache->arena, n, sizeof *list);
    if (list == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        list[i] = kiji_word_cache_get(cache, parts[i].feature, parts[i].surface);
        if (list[i] == NULL) {
            return false;
        }
    }
    word->parts = list;
    word->n_parts = (uint8_t)n;
    return true;
}

/* Which kinds of proper noun the dictionary knows under this surface. */
static uint32_t offers(const kiji_mecab_words *words, kiji_str surface)
{
    const kiji_entry_run run = kiji_mecab_words_find(words, surface);
    uint32_t bits = 0;
    for (uint32_t i = run.first; i < run.first + run.count; i++) {
        const uint16_t pos = words->entries[i].posid;
        bits |= pos >= KIJI_POS_PROPER && pos <= KIJI_POS_NUMBER ? 1u << (pos - KIJI_POS_PROPER) : 0u;
    }
    return bits;
}

static const char *feature_of(const kiji_mecab_words *words, uint32_t entry)
{
    const uint32_t at = words->entries[entry].feature;
    return at < words->features_size ? words->features + at : "";
}

void kiji_word_cache_ask(const kiji_word_cache *cache, uint32_t entry)
{
    __builtin_prefetch(&cache->known[entry]);
}

void kiji_word_cache_ask_word(const kiji_word_cache *cache, uint32_t entry)
{
    const kiji_word *word = cache->known[entry];
    if (word != NULL) {
        __builtin_prefetch(word);
        __builtin_prefetch((const char *)(word + 1) - 1);
    }
}

kiji_word *kiji_word_cache_known(kiji_word_cache *cache, uint32_t entry, kiji_str surface)
{
    kiji_word *word = cache->known[entry];
    if (word != NULL) {
        return word;
    }
    word = parse(cache, feature_of(&cache->dict->known, entry), surface, true);
    if (word == NULL) {
        return NULL;
    }
    word->offers = offers(&cache->dict->known, surface);
    cache->known[entry] = word;
    cache->count++;
    return split(cache, word) ? word : NULL;
}

kiji_word *kiji_word_cache_unknown(kiji_word_cache *cache, uint32_t entry, kiji_str surface)
{
    kiji_word *word = kiji_word_cache_get(cache, feature_of(&cache->dict->unknown, entry), surface);
    if (word != NULL && !word->offered) {
        word->offered = 1;
        word->offers = offers(&cache->dict->known, surface);
    }
    return word;
}

kiji_word *kiji_word_cache_get(kiji_word_cache *cache, const char *feature, kiji_str surface)
{
    const uint32_t hash = kiji_hash(surface);
    size_t at = slot_of(cache, feature, hash);
    for (; cache->slots[at].word != NULL; at = (at + 1) & (cache->n_slots - 1)) {
        kiji_word *word = cache->slots[at].word;
        if (cache->slots[at].feature == feature && word->hash == hash && word->surface.len == surface.len &&
            memcmp(word->surface.ptr, surface.ptr, surface.len) == 0) {
            return word;
        }
    }
    if (cache->n_filled * 2 >= cache->n_slots) {
        if (!grow(cache)) {
            return NULL;
        }
        at = slot_of(cache, feature, hash);
        while (cache->slots[at].word != NULL) {
            at = (at + 1) & (cache->n_slots - 1);
        }
    }
    kiji_word *word = parse(cache, feature, surface, false);
    if (word == NULL) {
        return NULL;
    }
    cache->slots[at] = (slot){feature, word};
    cache->n_filled++;
    cache->count++;
    return split(cache, word) ? word : NULL;
}
