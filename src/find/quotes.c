/*
 * quotes.c - which brackets hold what somebody said: direct speech, a partial quote, or neither (terms, names, scare
 * quotes). A learnt ranker decides over the context of the bracket; without weights a rule does.
 */
#include "find/quotes.h"

static uint32_t token_at(const kiji_case *c, uint32_t byte)
{
    return (uint32_t)KIJI_FIRST_FROM(c->words->tokens, kiji_morpheme, end, byte + 1);
}

void kiji_tokens_in(const kiji_case *c, kiji_range range, uint32_t *first, uint32_t *last)
{
    *first = token_at(c, range.begin);
    *last = *first;
    while (*last < c->words->tokens.count && kiji_token(c, *last)->begin < range.end) {
        (*last)++;
    }
}

/* 「準備を急ぐと述べた。 without 」: the quote ends before the last と that a verb of saying follows. */
static uint32_t end_before_cue(const kiji_case *c, kiji_range inside)
{
    enum { MOST = 12 }; /* tokens from the と to the end of the sentence */
    uint32_t first;
    uint32_t last;
    kiji_tokens_in(c, inside, &first, &last);
    for (uint32_t t = last; t-- > first + 1 && last - t < MOST;) {
        kiji_speech speech;
        if (kiji_token_is(c, t, "と") && kiji_speech_after(&speech, c, t + 1, last)) {
            return kiji_token(c, t)->begin;
        }
    }
    return inside.end;
}

kiji_range kiji_bracket_inside(const kiji_case *c, uint32_t bracket)
{
    kiji_range r = c->article->brackets.items[bracket].inner;
    r.end = c->article->brackets.items[bracket].closed ? r.end : end_before_cue(c, r);
    const char *norm = c->article->text.norm.ptr;
    while (r.begin < r.end && (norm[r.begin] == ' ' || norm[r.begin] == '\n')) {
        r.begin++;
    }
    while (r.end > r.begin && (norm[r.end - 1] == ' ' || norm[r.end - 1] == '\n')) {
        r.end--;
    }
    return r;
}

#define FURTHEST 300u /* tokens of the sentence that are looked at on either side of a bracket */

typedef struct view {
    const kiji_bracket *bracket;
    kiji_range inside;
    uint32_t first, last;    /* tokens inside */
    uint32_t begin, end;     /* tokens of the sentence, as far as they are looked at */
    uint32_t before, behind; /* tokens next to the bracket characters; KIJI_NONE at the sentence's edge */
} view;

static view look(const kiji_case *c, uint32_t bracket)
{
    view v;
    v.bracket = &c->article->brackets.items[bracket];
    v.inside = kiji_bracket_inside(c, bracket);
    kiji_tokens_in(c, v.inside, &v.first, &v.last);
    kiji_sentence_tokens(c, v.bracket->sentence, &v.begin, &v.end);
    const uint32_t open = token_at(c, v.bracket->outer.begin);
    v.before = open > v.begin ? open - 1 : KIJI_NONE;
    v.behind = token_at(c, v.bracket->closed ? v.bracket->outer.end : v.inside.end);
    if (v.behind >= v.end) {
        v.behind = KIJI_NONE;
    }
    /* A sentence of a megabyte must not be walked through for each of its brackets. */
    v.begin = open > v.begin + FURTHEST ? open - FURTHEST : v.begin;
    v.end = v.behind != KIJI_NONE && v.end - v.behind > FURTHEST ? v.behind + FURTHEST : v.end;
    return v;
}

static uint32_t surface_hash(const kiji_case *c, uint32_t t)
{
    return t == KIJI_NONE || t >= c->words->tokens.count ? 7u : kiji_token(c, t)->word->hash;
}

static unsigned bucket(uint32_t n)
{
    return n < 4 ? n : n < 6 ? 4 : n < 10 ? 5 : n < 16 ? 6 : n < 30 ? 7 : n < 60 ? 8 : 9;
}

/* Features come in one list; every class of the decision sees them under its own number. */
typedef struct context {
    uint32_t items[80];
    size_t count;
} context;

static void put(context *x, uint32_t template_, uint32_t a, uint32_t b)
{
    if (x->count < 80) {
        x->items[x->count++] = kiji_rank_pair(template_, a, b);
    }
}

static void describe_inside(context *x, const kiji_case *c, const view *v)
{
    unsigned verbs = 0;
    unsigned particles = 0;
    unsigned periods = 0;
    for (uint32_t t = v->first; t < v->last; t++) {
        const uint8_t pos = kiji_token(c, t)->word->pos;
        verbs += kiji_pos_is_verb((kiji_pos)pos) || pos == KIJI_POS_AUXILIARY || pos == KIJI_POS_ADJECTIVE;
        particles += pos >= KIJI_POS_CASE && pos <= KIJI_POS_ADNOMINAL_NO;
        periods += pos == KIJI_POS_PERIOD;
    }
    const uint32_t n = v->last - v->first;
    put(x, 1, bucket(n), verbs != 0);
    put(x, 2, bucket(verbs), bucket(particles));
    put(x, 3, periods < 3 ? periods : 3, 0);
    const kiji_word *last = n != 0 ? kiji_token(c, v->last - 1)->word : NULL;
    put(x, 4, last != NULL ? last->pos : 99, 0);
    put(x, 5, last != NULL ? last->hash : 0, 0);
    put(x, 6, n != 0 ? kiji_token(c, v->first)->word->pos : 99, n == 1);
    const uint32_t name = n != 0 ? c->name_at[v->first] : KIJI_NONE;
    if (name != KIJI_NONE && c->names.items[name].first == v->first && c->names.items[name].last == v->last) {
        put(x, 7, c->names.items[name].type, 0);
    }
}

static void describe_around(context *x, const kiji_case *c, const view *v)
{
    const uint32_t behind2 = v->behind != KIJI_NONE && v->behind + 1 < v->end ? v->behind + 1 : KIJI_NONE;
    const uint32_t before2 = v->before != KIJI_NONE && v->before > v->begin ? v->before - 1 : KIJI_NONE;
    put(x, 8, surface_hash(c, v->behind), 0);
    put(x, 9, surface_hash(c, v->behind), surface_hash(c, behind2));
    put(x, 10, surface_hash(c, v->before), 0);
    put(x, 11, surface_hash(c, before2), surface_hash(c, v->before));
    put(x, 12, surface_hash(c, v->before), surface_hash(c, v->behind));
    put(x, 13, v->bracket->kind, v->bracket->opened + 2u * v->bracket->closed);
    put(x, 14, c->article->sentences.items[v->bracket->sentence].headline, v->behind == KIJI_NONE);
    put(x, 15, v->before == KIJI_NONE, v->behind == KIJI_NONE);
    put(x, 16, v->behind != KIJI_NONE ? kiji_token(c, v->behind)->word->pos : 99,
        v->before != KIJI_NONE ? kiji_token(c, v->before)->word->pos : 99);
    if (v->before != KIJI_NONE && c->name_at[v->before] != KIJI_NONE) {
        put(x, 17, c->names.items[c->name_at[v->before]].type, v->behind != KIJI_NONE);
    }
    put(x, 18, v->bracket->parent != KIJI_NONE ? c->article->brackets.items[v->bracket->parent].kind : 9, 0);
}

static bool is_to(const kiji_case *c, uint32_t t)
{
    return t != KIJI_NONE &&
           (kiji_token_is(c, t, "と") || kiji_token_is(c, t, "など") || kiji_token_is(c, t, "との") ||
            kiji_token_is(c, t, "という") || kiji_token_is(c, t, "だ") || kiji_token_is(c, t, "って"));
}

/* Signs of speech inside: first persons, polite or final forms, questions. */
static unsigned spoken(const kiji_case *c, const view *v)
{
    unsigned n = 0;
    for (uint32_t t = v->first; t < v->last && n < 3; t++) {
        n += kiji_token_is_on(c, t, KIJI_LIST_SPOKEN);
    }
    return n;
}

static void describe_clause(context *x, const kiji_case *c, const view *v)
{
    const uint32_t from = v->behind != KIJI_NONE ? v->behind : v->end;
    unsigned noun = 0;
    for (uint32_t t = from; t < v->end && t < from + 6 && noun == 0; t++) {
        noun = kiji_token_is_on(c, t, KIJI_LIST_SAYING) ? 1 + (t - from) : 0;
    }
    put(x, 30, noun, is_to(c, v->behind));
    /* The bracket may lie inside a reported clause: …「…」によるものと分析し */
    kiji_speech speech;
    unsigned marked = 0;
    for (uint32_t t = from; t < v->end && marked == 0; t++) {
        if (kiji_speech_at(&speech, c, t, from)) {
            const uint32_t before = speech.first > from ? speech.first - 1 : KIJI_NONE;
            marked = before != KIJI_NONE && (is_to(c, before) || kiji_token_is(c, before, "を") ||
                                             kiji_token_is(c, before, "よう") || kiji_token_is(c, before, "に"))
                         ? 2
                         : 1;
            put(x, 31, marked, bucket(speech.first - from));
            put(x, 32, marked * 16u + speech.entry->value, bucket(v->last - v->first));
        }
    }
    put(x, 33, marked, noun != 0);
    const unsigned speech_signs = spoken(c, v);
    put(x, 34, speech_signs, 0);
    put(x, 35, speech_signs, bucket(v->last - v->first));
    put(x, 36, speech_signs, surface_hash(c, v->behind));
    if (v->last >= v->first + 2) {
        put(x, 37, kiji_token(c, v->last - 2)->word->pos, kiji_token(c, v->last - 1)->word->pos);
    }
    put(x, 38, v->before != KIJI_NONE ? kiji_token(c, v->before)->word->pos : 99, bucket(v->last - v->first));
    put(x, 39, v->behind != KIJI_NONE ? kiji_token(c, v->behind)->word->pos : 99, bucket(v->last - v->first));
    put(x, 40, surface_hash(c, v->behind), bucket(v->last - v->first));
    put(x, 41, surface_hash(c, v->before), bucket(v->last - v->first));
}

static void describe_cue(context *x, const kiji_case *c, const view *v)
{
    kiji_speech speech;
    const uint32_t from = v->behind != KIJI_NONE ? v->behind : v->end;
    const unsigned to = is_to(c, v->behind);
    if (kiji_speech_after(&speech, c, from, v->end)) {
        const uint32_t verb = kiji_hash(speech.verb);
        put(x, 19, verb, to);
        put(x, 20, bucket(speech.first - from), to);
        put(x, 21, speech.entry->value, to);
        put(x, 22, bucket(speech.first - from), speech.entry->value);
    } else {
        put(x, 23, to, v->behind == KIJI_NONE);
    }
    for (uint32_t t = from; t < v->end; t++) {
        if (kiji_pos_is_verb((kiji_pos)kiji_token(c, t)->word->pos)) {
            put(x, 24, kiji_hash(kiji_token(c, t)->word->base), to);
            put(x, 25, kiji_hash(kiji_token(c, t)->word->base), bucket(t - from));
            break;
        }
    }
    bool topic = false;
    bool person = false;
    for (uint32_t t = v->begin; t < v->end && v->before != KIJI_NONE && t <= v->before; t++) {
        topic = topic || kiji_token(c, t)->word->pos == KIJI_POS_TOPIC;
        person = person || (c->name_at[t] != KIJI_NONE && c->names.items[c->name_at[t]].type == KIJI_NAME_PERSON);
    }
    put(x, 26, topic, person);
    put(x, 27, to, person);
    if (v->bracket->sentence > 0) {
        uint32_t begin;
        uint32_t end;
        kiji_sentence_tokens(c, v->bracket->sentence - 1, &begin, &end);
        put(x, 28, end > begin + 1 ? kiji_hash(kiji_token(c, end - 2)->word->base) : 3, v->before == KIJI_NONE);
        put(x, 29, end > begin && kiji_token(c, end - 1)->word->pos == KIJI_POS_CLOSE, v->before == KIJI_NONE);
    }
}

static bool could_be_quote(const kiji_case *c, uint32_t bracket)
{
    const kiji_bracket *b = &c->article->brackets.items[bracket];
    if (b->kind != KIJI_BRACKET_SPEECH && b->kind != KIJI_BRACKET_ENGLISH && b->kind != KIJI_BRACKET_DOUBLE) {
        return false;
    }
    const kiji_range inside = kiji_bracket_inside(c, bracket);
    return inside.end > inside.begin;
}

bool kiji_bracket_group(kiji_group *group, const kiji_case *c, uint32_t bracket)
{
    if (!could_be_quote(c, bracket)) {
        return false;
    }
    const view v = look(c, bracket);
    context x = {{0}, 0};
    describe_inside(&x, c, &v);
    describe_around(&x, c, &v);
    describe_cue(&x, c, &v);
    describe_clause(&x, c, &v);
    group->subject = bracket;
    for (uint32_t k = 0; k < KIJI_BRACKET_CLASSES; k++) {
        kiji_group_next(group, c->arena);
        kiji_seen seen;
        seen.count = 0;
        kiji_see(&seen, 90, 0, k);
        for (size_t i = 0; i < x.count; i++) {
            kiji_see(&seen, 91 + k, x.items[i], k);
        }
        kiji_group_add(group, c->arena, &seen);
    }
    return true;
}

/* Without weights: speech when と or など and a verb of saying follow, or a bracket is a sentence of its own. */
static size_t by_rule(const kiji_case *c, uint32_t bracket)
{
    const view v = look(c, bracket);
    kiji_speech speech;
    const bool said = v.behind != KIJI_NONE && is_to(c, v.behind) && kiji_speech_after(&speech, c, v.behind, v.end) &&
                      speech.first < v.behind + 8;
    const bool alone = v.before == KIJI_NONE && v.behind == KIJI_NONE && v.last - v.first > 4;
    if (!said && !alone) {
        return KIJI_BRACKET_IS_NONE;
    }
    return alone || v.last - v.first > 8 ? KIJI_BRACKET_IS_DIRECT : KIJI_BRACKET_IS_PARTIAL;
}

void kiji_set_bracket_quote(kiji_found_quote *quote, const kiji_case *c, uint32_t bracket)
{
    const view v = look(c, bracket);
    quote->range = v.inside;
    quote->sentence = v.bracket->sentence;
    quote->first = v.first;
    quote->last = v.last;
    quote->cue = KIJI_NONE;
    quote->entity = KIJI_NONE;
    quote->bracket = bracket;
    kiji_speech speech;
    if (v.behind != KIJI_NONE && kiji_speech_after(&speech, c, v.behind, v.end)) {
        quote->cue = speech.last - 1;
        quote->verb = speech.verb;
    }
}

void kiji_find_quotes(kiji_case *c)
{
    const kiji_ranker ranker = kiji_ranker_of(c->knowledge->weights, "brackets");
    kiji_group group = {.ranker = ranker};
    uint32_t done = 0;
    for (uint32_t i = 0; i < c->article->brackets.count; i++) {
        kiji_arena_check(c->arena);
        if (c->article->brackets.items[i].outer.begin < done) {
            continue; /* inside a quote */
        }
        kiji_group_clear(&group);
        if (!kiji_bracket_group(&group, c, i)) {
            continue;
        }
        const size_t is = ranker.rows != NULL ? kiji_rank_best(&ranker, &group, NULL) : by_rule(c, i);
        if (is != KIJI_BRACKET_IS_NONE) {
            kiji_found_quote quote;
            memset(&quote, 0, sizeof quote);
            quote.kind = is == KIJI_BRACKET_IS_DIRECT ? KIJI_DIRECT : KIJI_PARTIAL;
            kiji_set_bracket_quote(&quote, c, i);
            KIJI_PUSH(c->arena, &c->quotes, quote);
            done = c->article->brackets.items[i].outer.end;
        }
    }
}

size_t kiji_bracket_quote_at(const kiji_case *c, uint32_t byte)
{
    size_t low = KIJI_FIRST_FROM(c->quotes, kiji_found_quote, range.begin, byte + 1);
    for (unsigned steps = 0; low-- > 0 && steps < 8; steps++) {
        const kiji_found_quote *q = &c->quotes.items[low];
        if (q->bracket != KIJI_NONE) {
            return byte < q->range.end ? low : SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

bool kiji_in_bracket_quote(const kiji_case *c, uint32_t byte)
{
    return kiji_bracket_quote_at(c, byte) != SIZE_MAX;
}
