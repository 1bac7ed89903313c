/*
 * scene.c - a quote's surroundings, and which voices are candidates for having said it.
 */
#include "find/scene.h"

#include <float.h>

uint32_t kiji_words_between(const kiji_case *c, uint32_t from, uint32_t to)
{
    enum { MOST = 4 };
    if (from > to) {
        return 1;
    }
    if (to - from > MOST) {
        return 100 + kiji_scene_bucket(to - from);
    }
    uint64_t sum = 5;
    for (uint32_t t = from; t < to; t++) {
        sum = kiji_mix(sum + kiji_hash_at(c, t));
    }
    return (uint32_t)(sum >> 32);
}

/* Who is named in the quote: in its first words, and not more than a handful. */
static void find_inside(kiji_scene *s)
{
    enum { WORDS = 120, MOST = 8 };
    const kiji_case *c = s->c;
    for (uint32_t t = s->q->first; t < s->q->last && t < s->q->first + WORDS && s->n_inside < MOST; t++) {
        const uint32_t entity = c->name_at[t] != KIJI_NONE ? c->names.items[c->name_at[t]].entity : KIJI_NONE;
        if (entity != KIJI_NONE && (s->n_inside == 0 || s->inside[s->n_inside - 1] != entity)) {
            s->inside[s->n_inside++] = entity;
        }
    }
}

/* Signs of who speaks in a quote: 私, 僕 a person; 当社, 本校 a body; です, ます one who is asked. */
static uint32_t person_inside(const kiji_case *c, const kiji_found_quote *q)
{
    uint32_t bits = 0;
    const uint32_t end = q->last > q->first + 60 ? q->first + 60 : q->last;
    for (uint32_t t = q->first; t < end; t++) {
        bits |= kiji_token_is_on(c, t, KIJI_LIST_I) * 1u + kiji_token_is_on(c, t, KIJI_LIST_WE) * 2u +
                kiji_token_is_on(c, t, KIJI_LIST_OUR_BODY) * 4u + kiji_token_is_on(c, t, KIJI_LIST_POLITE) * 8u;
    }
    return bits;
}

/* Is the paragraph before a question behind a dash: ――なぜ今なのか。 */
static bool follows_question(const kiji_case *c, uint32_t sentence)
{
    enum { SENTENCES = 8 }; /* of the answer, and of the question */
    const kiji_sentence *all = c->article->sentences.items;
    uint32_t k = sentence;
    while (k > 0 && sentence - k < SENTENCES && all[k - 1].paragraph == all[sentence].paragraph) {
        k--;
    }
    if (k == 0 || all[k - 1].paragraph == all[sentence].paragraph) {
        return false;
    }
    k--;
    for (unsigned n = 0; n < SENTENCES && k > 0 && all[k - 1].paragraph == all[k].paragraph; n++) {
        k--;
    }
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, k, &begin, &end);
    const kiji_str first = end > begin ? kiji_token(c, begin)->word->surface : (kiji_str){"", 0};
    return kiji_str_begins(first, "―") || kiji_str_begins(first, "—") || kiji_str_begins(first, "─") ||
           kiji_str_begins(first, "－");
}

static kiji_scene set_scene(const kiji_case *c, kiji_turn turn)
{
    kiji_scene s;
    memset(&s, 0, sizeof s);
    s.c = c;
    s.q = &c->quotes.items[turn.quote];
    kiji_sentence_tokens(c, s.q->sentence, &s.begin, &s.end);
    s.open = s.q->first;
    s.close = s.q->last;
    s.cue_end = s.q->cue != KIJI_NONE ? s.q->cue + 1 : s.q->last;
    s.last_speaker = turn.last_speaker;
    s.since_last = 5;
    if (turn.quote > 0) {
        const uint32_t since = s.q->sentence - c->quotes.items[turn.quote - 1].sentence;
        s.since_last = since < 4 ? since : 4;
    }
    s.opening = kiji_hash_at(c, s.begin);
    s.first_topic = KIJI_NONE;
    s.first_subject = KIJI_NONE;
    s.near_topic = KIJI_NONE;
    s.near_subject = KIJI_NONE;
    s.person = person_inside(c, s.q);
    s.behind = kiji_words_between(c, s.close, s.close + 2);
    s.before2 = kiji_hash_at(c, s.open - 2);
    s.behind2 = kiji_hash_at(c, s.close + 1);
    s.behind_cue = s.q->cue != KIJI_NONE ? kiji_hash_at(c, s.q->cue + 1) : 1u;
    s.verb = kiji_hash(s.q->verb);
    find_inside(&s);
    s.interview = follows_question(c, s.q->sentence);
    return s;
}

/* The first voice that begins behind the begin of a quote. */
static size_t first_behind(const kiji_voices *voices, uint32_t byte)
{
    return KIJI_FIRST_FROM(*voices, kiji_voice, range.begin, byte);
}

enum { BEFORE = 24, BEHIND = 10, SENTENCES = 5, LONG_AGO = 200 }; /* candidates looked at; sentences back */

/* Topics and subjects among the voices in front of `low`. */
static void find_topics(kiji_scene *s, const kiji_voices *voices, size_t low)
{
    for (size_t k = low; k-- > 0 && low - k <= BEFORE && voices->items[k].sentence == s->q->sentence;) {
        const kiji_voice *v = &voices->items[k];
        const bool subject = kiji_is_subject(v);
        s->has_subject = s->has_subject || subject;
        s->near_subject = s->near_subject == KIJI_NONE && subject ? (uint32_t)k : s->near_subject;
        s->first_topic = v->particle == KIJI_PARTICLE_WA ? (uint32_t)k : s->first_topic;
        s->first_subject = v->particle == KIJI_PARTICLE_GA ? (uint32_t)k : s->first_subject;
    }
    for (size_t k = low; k-- > 0 && low - k <= 2 * BEFORE && s->near_topic == KIJI_NONE;) {
        s->near_topic = voices->items[k].particle == KIJI_PARTICLE_WA ? (uint32_t)k : KIJI_NONE;
    }
}

/* The voices near a quote, in the order in which a draw is decided; at most BEFORE + 1 + BEHIND. */
static size_t collect_candidates(kiji_speaker *out, const kiji_scene *s, const kiji_voices *voices, size_t low)
{
    const kiji_found_quote *q = s->q;
    size_t n = 0;
    for (size_t k = low; k-- > 0 && low - k <= BEFORE && voices->items[k].sentence + SENTENCES > q->sentence; n++) {
        out[n] = (kiji_speaker){(uint32_t)k, n < 6 ? (unsigned)n : 6};
    }
    /* Who spoke last may go on without being named again, however far back the name stands. */
    size_t last = low;
    while (s->last_speaker != KIJI_NONE && last > 0 && low - last < LONG_AGO &&
           voices->items[last - 1].entity != s->last_speaker) {
        last--;
    }
    if (s->last_speaker != KIJI_NONE && last > 0 && voices->items[last - 1].entity == s->last_speaker &&
        low - (last - 1) > n) {
        out[n++] = (kiji_speaker){(uint32_t)(last - 1), 7};
    }
    unsigned nth = 0;
    for (size_t k = low; k < voices->count && nth < BEHIND && voices->items[k].sentence <= q->sentence + 1; k++) {
        if (voices->items[k].range.begin < q->range.end && q->kind != KIJI_ACCORDING) {
            continue; /* named in what is said */
        }
        out[n++] = (kiji_speaker){(uint32_t)k, nth < 6 ? nth : 6};
        nth++;
    }
    return n;
}

/* How far behind the best one, at a glance, a candidate has a chance; 1.5 and 3 decide the same in cross-validation. */
#define CHANCE 1.75F

/* A candidate without a chance at a glance need not be described at length: three in four. All stay in training. */
static size_t drop_unlikely(kiji_speaker *candidates, size_t count, const kiji_ranker *ranker, const kiji_scene *s,
                            const kiji_voices *voices)
{
    float scores[BEFORE + 1 + BEHIND];
    float best = -FLT_MAX;
    if (ranker->rows == NULL) {
        return count;
    }
    for (size_t i = 0; i < count; i++) {
        scores[i] = kiji_voice_at_a_glance(ranker, s, voices, candidates[i]);
        best = scores[i] > best ? scores[i] : best;
    }
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (scores[i] >= best - CHANCE) {
            candidates[n++] = candidates[i];
        }
    }
    return n;
}

void kiji_speaker_group(kiji_group *group, kiji_starts *ids, const kiji_case *c, const kiji_voices *voices,
                        kiji_turn turn)
{
    kiji_scene s = set_scene(c, turn);
    const kiji_found_quote *q = s.q;
    kiji_group_next(group, c->arena);
    KIJI_PUSH(c->arena, ids, KIJI_NONE);
    kiji_seen nobody;
    nobody.count = 0;
    kiji_see(&nobody, 60, q->kind, q->cue != KIJI_NONE);
    kiji_see(&nobody, 61, s.verb, 0);
    kiji_group_add(group, c->arena, &nobody);
    const size_t low = first_behind(voices, q->range.begin);
    find_topics(&s, voices, low);
    kiji_speaker candidates[BEFORE + 1 + BEHIND];
    size_t n = collect_candidates(candidates, &s, voices, low);
    n = drop_unlikely(candidates, n, &group->ranker, &s, voices);
    for (size_t i = 0; i < n; i++) {
        KIJI_PUSH(c->arena, ids, candidates[i].voice);
        kiji_describe_voice(group, &s, voices, candidates[i]);
    }
}

const uint32_t *kiji_speaker_entities(const kiji_case *c, const kiji_voices *voices, const kiji_starts *ids)
{
    uint32_t *out = kiji_arena_alloc(c->arena, (ids->count + 1) * sizeof *out);
    for (size_t i = 0; i < ids->count; i++) {
        out[i] = i != 0 ? voices->items[ids->items[i]].entity : KIJI_NONE;
    }
    return out;
}
