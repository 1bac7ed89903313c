/*
 * aliases.c - other names of the article's people, found once the people are known: a nickname (「あだ名」こと 本名),
 * a known person's name in Latin letters (Trump beside トランプ), and the reading that stands in brackets behind a
 * name.
 */
#include <stdlib.h>

#include "find/find.h"
#include "base/utf8.h"

enum {
    MOST_ALIASES = 16,   /* nicknames looked for in an article */
    LONGEST_NAME = 36,   /* bytes of a nickname */
    LONGEST_READING = 12 /* tokens between the brackets */
};

typedef struct added_names {
    kiji_name *items;
    size_t count, capacity;
} added_names;

static void add(kiji_case *c, added_names *added, uint32_t first, uint32_t last, uint32_t entity)
{
    for (uint32_t t = first; t < last; t++) {
        if (c->name_at[t] != KIJI_NONE) {
            return;
        }
    }
    kiji_name name = {.range = {kiji_token(c, first)->begin, kiji_token(c, last - 1)->end},
                      .first = first,
                      .last = last,
                      .sentence = c->sentence_at[first],
                      .type = KIJI_NAME_PERSON,
                      .entity = entity,
                      .evidences = 1u << KIJI_BY_ALIAS};
    KIJI_PUSH(c->arena, added, name);
    for (uint32_t t = first; t < last; t++) {
        c->name_at[t] = 0; /* taken; merge gives the number */
    }
    c->entities.items[entity].n_names++;
}

/* Kana, ・, = and blanks only: さとう・はなこ. */
static bool is_kana(kiji_str s)
{
    for (size_t i = 0; i < s.len; i += kiji_char_len(s.ptr + i)) {
        const uint32_t code = kiji_utf8_code(s.ptr + i);
        if ((code < 0x3041 || code > 0x30FE) && code != '=' && code != ' ') {
            return false;
        }
    }
    return s.len >= 6;
}

/* The bracket that opens right behind the name, or behind its title (…投手（おおき・さぶろう）); `end`: none. */
static uint32_t bracket_behind(const kiji_case *c, uint32_t last, uint32_t end)
{
    for (uint32_t t = last; t < end && t < last + 4; t++) {
        const kiji_word *word = kiji_token(c, t)->word;
        if (word->pos == KIJI_POS_OPEN) {
            return kiji_str_is(word->surface, "「") ? end : t;
        }
        if (!kiji_pos_is_noun((kiji_pos)word->pos) || c->name_at[t] != KIJI_NONE) {
            return end;
        }
    }
    return end;
}

static void take_reading(kiji_case *c, const kiji_name *name)
{
    const uint32_t end = c->words->tokens.first[name->sentence + 1];
    const uint32_t open = bracket_behind(c, name->last, end);
    uint32_t close = open + 1;
    while (close < end && close - open <= LONGEST_READING && kiji_token(c, close)->word->pos != KIJI_POS_CLOSE) {
        close++;
    }
    if (open >= end || close >= end || close == open + 1 || kiji_token(c, close)->word->pos != KIJI_POS_CLOSE) {
        return;
    }
    const kiji_str inner =
        kiji_words_of(c, (kiji_range){kiji_token(c, open + 1)->begin, kiji_token(c, close - 1)->end});
    if (is_kana(inner)) {
        c->entities.items[name->entity].reading = inner;
    }
}

/* Every place of the nickname but a bracketed one, which may name a work: 「あぶさん」. */
static void add_everywhere(kiji_case *c, added_names *added, kiji_str nickname, uint32_t entity)
{
    const kiji_str norm = c->article->text.norm;
    const kiji_tokens *tokens = &c->words->tokens;
    for (uint32_t t = 0; t < tokens->count; t++) {
        const uint32_t begin = tokens->items[t].begin;
        if (norm.len - begin < nickname.len || memcmp(norm.ptr + begin, nickname.ptr, nickname.len) != 0) {
            continue;
        }
        uint32_t last = t + 1;
        while (last < tokens->count && tokens->items[last - 1].end < begin + nickname.len) {
            last++;
        }
        const bool bracketed = t > 0 && tokens->items[t - 1].word->pos == KIJI_POS_OPEN && last < tokens->count &&
                               tokens->items[last].word->pos == KIJI_POS_CLOSE;
        if (tokens->items[last - 1].end == begin + nickname.len && !bracketed) {
            add(c, added, t, last, entity);
        }
    }
}

/* The words in brackets somewhere in the article that end right at `end`, or nothing: …続けた あぶさん|こと. */
static kiji_str bracketed_before(const kiji_case *c, uint32_t end)
{
    const kiji_str norm = c->article->text.norm;
    for (size_t i = 0; i < c->article->brackets.count && i < 200; i++) {
        const kiji_range inner = c->article->brackets.items[i].inner;
        const uint32_t n = inner.end - inner.begin;
        if (n >= 6 && n <= LONGEST_NAME && n <= end && inner.end != end &&
            memcmp(norm.ptr + inner.begin, norm.ptr + end - n, n) == 0) {
            return (kiji_str){norm.ptr + end - n, n};
        }
    }
    return (kiji_str){"", 0};
}

/* The run of nouns that ends before token `koto`: ミスタープロ野球|こと; 仕事の|こと has none. */
static kiji_str nouns_before(const kiji_case *c, uint32_t koto)
{
    const uint32_t start = c->words->tokens.first[c->sentence_at[koto]];
    uint32_t first = koto;
    while (
        first > start && c->name_at[first - 1] == KIJI_NONE &&
        (kiji_token(c, first - 1)->word->nameable || kiji_token(c, first - 1)->word->pos == KIJI_POS_SUFFIX_PERSON)) {
        first--;
    }
    if (first == koto) {
        return (kiji_str){"", 0};
    }
    return kiji_words_of(c, (kiji_range){kiji_token(c, first)->begin, kiji_token(c, koto)->begin});
}

static void take_nickname(kiji_case *c, added_names *added, const kiji_name *name)
{
    if (name->first < 2 || !kiji_token_is(c, name->first - 1, "こと") ||
        c->sentence_at[name->first - 1] != name->sentence) {
        return;
    }
    const uint32_t koto = name->first - 1;
    kiji_str nickname = bracketed_before(c, kiji_token(c, koto)->begin);
    if (nickname.len == 0) {
        nickname = nouns_before(c, koto);
    }
    if (nickname.len >= 6 && nickname.len <= LONGEST_NAME) {
        add_everywhere(c, added, nickname, name->entity);
    }
}

/* Whether `word` is a part of a key, as in person/donald-trump, but for the capital letter. */
static bool is_part_of_key(kiji_str word, kiji_str key)
{
    const char *slash = key.len != 0 ? memchr(key.ptr, '/', key.len) : NULL;
    size_t at = slash != NULL ? (size_t)(slash - key.ptr) + 1 : key.len;
    while (at < key.len) {
        size_t end = at;
        while (end < key.len && key.ptr[end] != '-') {
            end++;
        }
        bool same = end - at == word.len;
        for (size_t i = 0; same && i < word.len; i++) {
            same = (word.ptr[i] | 0x20) == key.ptr[at + i];
        }
        if (same) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

static void take_latin(kiji_case *c, added_names *added, uint32_t t)
{
    const kiji_str word = kiji_token(c, t)->word->surface;
    if (word.len < 3 || word.ptr[0] < 'A' || word.ptr[0] > 'Z' || word.ptr[1] < 'a' || word.ptr[1] > 'z') {
        return;
    }
    for (uint32_t i = 0; i < c->entities.count && i < 200; i++) {
        const kiji_found_entity *e = &c->entities.items[i];
        if (e->type == KIJI_NAME_PERSON && is_part_of_key(word, e->key)) {
            add(c, added, t, t + 1, i);
            return;
        }
    }
}

static int by_begin(const void *x, const void *y)
{
    const kiji_name *a = x;
    const kiji_name *b = y;
    return (a->range.begin > b->range.begin) - (a->range.begin < b->range.begin);
}

/* The added names among the others; what holds numbers of names follows. */
static void merge(kiji_case *c, added_names *added)
{
    const size_t n_old = c->names.count;
    uint32_t *moved = kiji_arena_alloc(c->arena, (n_old + 1) * sizeof *moved);
    kiji_name *all = kiji_arena_alloc(c->arena, (n_old + added->count) * sizeof *all);
    size_t k = 0;
    size_t n = 0;
    qsort(added->items, added->count, sizeof *added->items, by_begin);
    for (size_t i = 0; i <= n_old; i++) {
        while (k < added->count && (i == n_old || added->items[k].range.begin < c->names.items[i].range.begin)) {
            const kiji_name *next = &added->items[k++];
            if (n == 0 || all[n - 1].range.end <= next->range.begin) {
                all[n++] = *next;
            }
        }
        if (i < n_old) {
            moved[i] = (uint32_t)n;
            all[n++] = c->names.items[i];
        }
    }
    c->names.items = all;
    c->names.count = n;
    c->names.capacity = n_old + added->count;
    for (size_t i = 0; i < n; i++) {
        for (uint32_t t = all[i].first; t < all[i].last; t++) {
            c->name_at[t] = (uint32_t)i;
        }
    }
    for (size_t i = 0; i < c->titles.count; i++) {
        if (c->titles.items[i].name != KIJI_NONE) {
            c->titles.items[i].name = moved[c->titles.items[i].name];
        }
    }
}

void kiji_find_aliases(kiji_case *c)
{
    added_names added = {NULL, 0, 0};
    size_t nicknames = 0;
    for (size_t i = 0; i < c->names.count; i++) {
        const kiji_name *name = &c->names.items[i];
        if (name->type == KIJI_NAME_PERSON) {
            take_reading(c, name);
            const size_t before = added.count;
            if (nicknames < MOST_ALIASES) {
                take_nickname(c, &added, name);
            }
            nicknames += added.count != before;
        }
    }
    for (uint32_t t = 0; t < c->words->tokens.count; t++) {
        if (c->name_at[t] == KIJI_NONE) {
            take_latin(c, &added, t);
        }
    }
    if (added.count != 0) {
        merge(c, &added);
    }
}
