/* terms.c - candidates for keywords: names as their entities, runs of nouns, and the words in both. */
#include "find/terms.h"

#define LONGEST 12 /* tokens of a run */

const int8_t *kiji_frequencies(const kiji_knowledge *knowledge)
{
    const kiji_weights_table *table;
    const int8_t *values =
        knowledge->weights != NULL ? kiji_weights_find(knowledge->weights, KIJI_FREQUENCIES, 1, &table) : NULL;
    return values != NULL && table->rows == 1u << KIJI_FREQUENCY_BITS ? values : NULL;
}

/* --- which tokens ------------------------------------------------------------------------------------------------ */

static bool opens_term(kiji_pos pos)
{
    return (pos >= KIJI_POS_NOUN_VERBAL && pos <= KIJI_POS_COUNTRY && pos != KIJI_POS_NOUN_QUOTE) ||
           pos == KIJI_POS_PREFIX_NOUN;
}

/* 氏, さん, 後, 中, 人, 万 do not belong to what they follow. */
static bool continues_term(kiji_pos pos)
{
    return opens_term(pos) || pos == KIJI_POS_SUFFIX_VERBAL || pos == KIJI_POS_SUFFIX || pos == KIJI_POS_SUFFIX_PLACE ||
           pos == KIJI_POS_SUFFIX_ADJECTIVAL;
}

static bool is_word(const kiji_word *word)
{
    const unsigned char c = (unsigned char)word->surface.ptr[0];
    return c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool touches(const kiji_case *c, uint32_t t)
{
    return kiji_token(c, t)->begin == kiji_token(c, t - 1)->end;
}

/* A name that may stand inside a longer term: 米国務省, 日米同盟; a person's stands alone: 岸田文雄 | 首相. */
static bool joins(const kiji_case *c, uint32_t t)
{
    const uint32_t n = c->name_at[t];
    return n != KIJI_NONE &&
           (c->names.items[n].type == KIJI_NAME_PLACE || c->names.items[n].type == KIJI_NAME_ORGANIZATION);
}

/* --- what is no part of the article ------------------------------------------------------------------------------ */

/* Phrases that give a line away, each with a word of it that is looked for first. */
static const struct {
    const char *word, *phrase;
} boilerplate[] = {
    {"コメント", "コメントを残す"},
    {"メールアドレス", "メールアドレスが公開"},
    {"必須", "必須項目"},
    {"転載", "無断転載"},
    {"続き", "続きを読む"},
    {"限定", "会員限定"},
    {"記事", "関連記事"},
    {"記事", "この記事を"},
    {"順", "新しい順"},
    {"シェア", "シェアする"},
    {"Copyright", "Copyright"},
    {"Rights", "All Rights"},
};

#define PHRASES (sizeof boilerplate / sizeof boilerplate[0])

/* Hashes of those words, twelve bits of each: a test of one bit a token sorts out nearly all sentences. */
typedef struct suspects {
    uint64_t bits[64];
} suspects;

static void mark_suspects(suspects *x)
{
    memset(x, 0, sizeof *x);
    for (size_t i = 0; i < PHRASES; i++) {
        const uint32_t hash = kiji_hash((kiji_str){boilerplate[i].word, strlen(boilerplate[i].word)});
        x->bits[hash >> 6 & 63u] |= 1ull << (hash & 63u);
    }
}

static const char *const agencies[] = {"時事", "共同", "ロイター", "AFP", "CNN", "BBC", "=", "AP"};

static bool is_boilerplate(const kiji_case *c, uint32_t sentence, const suspects *x)
{
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, sentence, &begin, &end);
    bool suspect = false;
    for (uint32_t t = begin; t < end; t++) {
        const uint32_t hash = kiji_token(c, t)->word->hash;
        suspect |= (x->bits[hash >> 6 & 63u] >> (hash & 63u) & 1u) != 0;
    }
    const kiji_str text = kiji_words_of(c, c->article->sentences.items[sentence].range);
    for (size_t i = 0; suspect && text.len <= 200 && i < PHRASES; i++) {
        if (kiji_str_contains(text, (kiji_str){boilerplate[i].phrase, strlen(boilerplate[i].phrase)})) {
            return true;
        }
    }
    return false;
}

/* Behind a byline that opens or makes up the sentence, 【ワシントン=山田太郎】; the first token otherwise. */
static uint32_t behind_byline(const kiji_case *c, uint32_t begin, uint32_t end)
{
    if (begin >= end || kiji_token(c, begin)->word->pos != KIJI_POS_OPEN) {
        return begin;
    }
    uint32_t t = begin + 1;
    while (t < end && t - begin < 20 && kiji_token(c, t)->word->pos != KIJI_POS_CLOSE) {
        t++;
    }
    if (t >= end || kiji_token(c, t)->word->pos != KIJI_POS_CLOSE || kiji_token_is(c, begin, "「") ||
        kiji_token_is(c, begin, "『")) {
        return begin;
    }
    const kiji_str inside = kiji_words_of(c, (kiji_range){kiji_token(c, begin)->begin, kiji_token(c, t)->end});
    for (size_t i = 0; i < sizeof agencies / sizeof agencies[0]; i++) {
        if (kiji_str_contains(inside, (kiji_str){agencies[i], strlen(agencies[i])})) {
            return t + 1;
        }
    }
    return t + 1 == end ? end : begin;
}

/* --- the tables -------------------------------------------------------------------------------------------------- */

static uint32_t word_of(kiji_terms *x, kiji_case *c, uint32_t t)
{
    const uint32_t hash = kiji_token(c, t)->word->hash;
    size_t at = kiji_mix(hash) & x->mask;
    while (x->word_slots[at] != 0 && x->words.items[x->word_slots[at] - 1].hash != hash) {
        at = (at + 1) & x->mask;
    }
    if (x->word_slots[at] == 0) {
        const kiji_term_word fresh = {hash, 0, x->place, 0.0F, false, false};
        KIJI_PUSH(c->arena, &x->words, fresh);
        x->word_slots[at] = (uint32_t)x->words.count;
    }
    return x->word_slots[at] - 1;
}

static kiji_term *term_of(kiji_terms *x, kiji_case *c, kiji_str text)
{
    const uint32_t hash = kiji_hash(text);
    size_t at = kiji_mix(hash) & x->mask;
    while (x->term_slots[at] != 0 && !kiji_str_equal(x->terms.items[x->term_slots[at] - 1].text, text)) {
        at = (at + 1) & x->mask;
    }
    if (x->term_slots[at] == 0) {
        const kiji_term fresh = {.text = text, .hash = hash};
        KIJI_PUSH(c->arena, &x->terms, fresh);
        x->term_slots[at] = (uint32_t)x->terms.count;
    }
    return &x->terms.items[x->term_slots[at] - 1];
}

/* The words of a term are those of its longest occurrence. */
static void set_words(kiji_terms *x, kiji_case *c, kiji_term *term, uint32_t first, uint32_t last)
{
    if (last - first <= term->n_words) {
        return;
    }
    term->words = (uint32_t)x->parts.count;
    term->n_words = (uint16_t)(last - first);
    for (uint32_t t = first; t < last; t++) {
        KIJI_PUSH(c->arena, &x->parts, word_of(x, c, t));
    }
}

static void add_term(kiji_terms *x, kiji_case *c, kiji_term_kind kind, uint32_t first, uint32_t last)
{
    const kiji_range range = {kiji_token(c, first)->begin, kiji_token(c, last - 1)->end};
    if (range.end - range.begin < 4 && !is_word(kiji_token(c, first)->word)) {
        return;
    }
    const uint32_t sentence = c->sentence_at[first];
    kiji_term *term = term_of(x, c, kiji_words_of(c, range));
    term->kind = kind > term->kind ? (uint8_t)kind : term->kind;
    term->count++;
    term->alone += !x->within;
    term->headline |= c->article->sentences.items[sentence].headline;
    set_words(x, c, term, first, last);
}

/* 読売新聞によると, 朝日新聞は…: where a report comes from is not what it is about. */
static bool is_source(const kiji_case *c, uint32_t t)
{
    return kiji_token_is(c, t, "に") && (kiji_token_is(c, t + 1, "よる") || kiji_token_is(c, t + 1, "よれ"));
}

static void add_name(kiji_terms *x, kiji_case *c, const kiji_name *name)
{
    const kiji_found_entity *e = name->entity != KIJI_NONE ? &c->entities.items[name->entity] : NULL;
    kiji_term *term = term_of(x, c, e != NULL ? e->name : kiji_words_of(c, name->range));
    term->kind = KIJI_TERM_NAME;
    term->type = name->type;
    term->count++;
    term->alone += !x->within;
    term->sources += is_source(c, name->last);
    term->headline |= c->article->sentences.items[name->sentence].headline;
    set_words(x, c, term, name->first, name->last > name->first ? name->last : name->first + 1);
}

/* --- runs -------------------------------------------------------------------------------------------------------- */

/* Nouns [first, last) without a name: one term; without the counter that a number in front has left. */
static void add_nouns(kiji_terms *x, kiji_case *c, uint32_t first, uint32_t last)
{
    while (last > first && kiji_token(c, last - 1)->word->pos == KIJI_POS_PREFIX_NOUN) {
        last--;
    }
    if (last > first) {
        add_term(x, c, KIJI_TERM_NOUNS, first, last);
    }
}

/* The names in a run, the nouns between them, and the whole where a name stands beside nouns. */
static void add_run(kiji_terms *x, kiji_case *c, uint32_t first, uint32_t last)
{
    bool mixed = false;
    bool named = false;
    for (uint32_t t = first; t < last; t++) {
        mixed |= c->name_at[t] == KIJI_NONE;
        named |= c->name_at[t] != KIJI_NONE;
    }
    mixed &= named && last - first <= LONGEST;
    x->within = false;
    if (mixed) {
        add_term(x, c, KIJI_TERM_MIXED, first, last);
        x->within = true;
    }
    for (uint32_t t = first; t < last;) {
        const uint32_t n = c->name_at[t];
        uint32_t stop = t + 1;
        if (n != KIJI_NONE) {
            stop = c->names.items[n].last > t ? c->names.items[n].last : t + 1;
            add_name(x, c, &c->names.items[n]);
        } else {
            while (stop < last && c->name_at[stop] == KIJI_NONE) {
                stop++;
            }
            add_nouns(x, c, t, stop);
        }
        t = stop;
    }
    for (uint32_t t = first; t < last; t++) {
        const uint32_t number = word_of(x, c, t);
        kiji_term_word *word = &x->words.items[number];
        word->count++;
        word->proper |= c->name_at[t] != KIJI_NONE;
    }
}

/* ジェームス・ブラウン where no name was decided. */
static bool is_dot(const kiji_case *c, uint32_t t, uint32_t end)
{
    return kiji_token_is(c, t, "・") && t + 1 < end && touches(c, t) && touches(c, t + 1) &&
           kiji_token(c, t + 1)->word->pos >= KIJI_POS_NOUN && kiji_token(c, t + 1)->word->surface.len >= 6 &&
           (unsigned char)kiji_token(c, t + 1)->word->surface.ptr[0] == 0xE3 &&
           (unsigned char)kiji_token(c, t - 1)->word->surface.ptr[0] == 0xE3 && c->name_at[t + 1] == KIJI_NONE &&
           c->name_at[t - 1] == KIJI_NONE;
}

static uint32_t run_end(const kiji_case *c, uint32_t t, uint32_t end)
{
    uint32_t stop = t;
    while (stop < end && (stop == t || touches(c, stop))) {
        if (joins(c, stop)) {
            const uint32_t last = c->names.items[c->name_at[stop]].last;
            stop = last > stop ? last : stop + 1;
        } else if (c->name_at[stop] == KIJI_NONE && is_word(kiji_token(c, stop)->word) &&
                   (stop == t ? opens_term : continues_term)((kiji_pos)kiji_token(c, stop)->word->pos)) {
            stop++;
        } else if (stop > t && c->name_at[stop] == KIJI_NONE && is_dot(c, stop, end)) {
            stop++;
        } else {
            break;
        }
    }
    return stop < end ? stop : end;
}

/* What a number counts, one letter long: 4月神奈川県, 3党合意. */
static bool is_counter(const kiji_case *c, uint32_t t)
{
    return t > 0 && touches(c, t) && kiji_token(c, t - 1)->word->pos == KIJI_POS_NUMBER && c->name_at[t] == KIJI_NONE &&
           c->name_at[t - 1] == KIJI_NONE && kiji_token(c, t)->word->surface.len <= 3;
}

static void collect_sentence(kiji_terms *x, kiji_case *c, uint32_t t, uint32_t end)
{
    while (t < end) {
        const uint32_t n = c->name_at[t];
        /* Most tokens of a text begin nothing: particles, verbs. */
        if (n == KIJI_NONE && (!opens_term((kiji_pos)kiji_token(c, t)->word->pos) || is_counter(c, t))) {
            t++;
            continue;
        }
        uint32_t stop = run_end(c, t, end);
        if (stop == t && n != KIJI_NONE) {
            stop = c->names.items[n].last > t ? c->names.items[n].last : t + 1;
            stop = stop < end ? stop : end;
        }
        if (stop > t) {
            add_run(x, c, t, stop);
        }
        t = stop > t ? stop : t + 1;
    }
}

void kiji_terms_collect(kiji_terms *out, kiji_case *c)
{
    suspects x;
    mark_suspects(&x);
    memset(out, 0, sizeof *out);
    out->mask = 63;
    while (out->mask < c->words->tokens.count) {
        out->mask = out->mask * 2 + 1;
    }
    out->word_slots = kiji_arena_zero(c->arena, out->mask + 1, sizeof *out->word_slots);
    out->term_slots = kiji_arena_zero(c->arena, out->mask + 1, sizeof *out->term_slots);
    for (uint32_t s = 0; s < c->article->sentences.count; s++) {
        kiji_arena_check(c->arena);
        const kiji_sentence *sentence = &c->article->sentences.items[s];
        const size_t before = out->words.count;
        uint32_t begin;
        uint32_t end;
        kiji_sentence_tokens(c, s, &begin, &end);
        if (!is_boilerplate(c, s, &x)) {
            collect_sentence(out, c, behind_byline(c, begin, end), end);
        }
        out->place += !sentence->headline && out->words.count > before;
    }
}
