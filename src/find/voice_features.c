/*
 * voice_features.c - what the ranker sees of a quote and of everybody who could have said it: particle, distance,
 * clause, kind of candidate and who spoke last.
 */
#include "find/scene.h"

/* A candidate as the quote sees it. */
typedef struct sight {
    const kiji_scene *s;
    const kiji_voice *v;
    kiji_seen *seen;
    size_t voice;   /* its number among the voices */
    unsigned nth;   /* how many candidates stand nearer on its side; 7: farther back than the others */
    bool before;    /* it stands before the quote */
    bool same;      /* in the sentence of the quote */
    uint32_t place; /* sentences between, and the side */
} sight;

static inline void add(const sight *x, uint32_t template_, uint32_t a, uint32_t b)
{
    kiji_see(x->seen, template_, a, b);
}

static bool named_inside(const kiji_scene *s, const kiji_voice *v)
{
    for (unsigned i = 0; i < s->n_inside; i++) {
        if (s->inside[i] == v->entity) {
            return true;
        }
    }
    return false;
}

/* The cast: how often somebody is named, has spoken, is the topic. */
static void describe_part(const sight *x)
{
    const kiji_scene *s = x->s;
    const kiji_voice *v = x->v;
    const kiji_case *c = s->c;
    const kiji_found_quote *q = s->q;
    const uint32_t media = v->medium;
    const uint32_t names = v->entity != KIJI_NONE ? c->entities.items[v->entity].n_names : 0;
    add(x, 44, media * 4u + q->kind, v->mark);
    add(x, 45, media * 4u + q->kind, s->has_subject * 32u + x->place);
    add(x, 70, media * 2u + s->has_subject, q->cue != KIJI_NONE ? v->mark : 1u);
    add(x, 71, media * 8u + s->since_last, v->mark);
    add(x, 46, named_inside(s, v), v->type * 4u + q->kind);
    add(x, 47, kiji_scene_bucket(names), x->place);
    add(x, 48, x->voice == s->near_topic, x->place);
    add(x, 49, x->voice == s->near_topic, v->type * 8u + q->kind * 2u + s->has_subject);
    add(x, 57, s->person, v->type);
}

/* Is it the subject, the topic, the one asked? */
static void describe_role(const sight *x)
{
    const kiji_scene *s = x->s;
    const kiji_voice *v = x->v;
    const kiji_case *c = s->c;
    const kiji_found_quote *q = s->q;
    const uint32_t nearest = (x->voice == s->near_subject) * 2u + (s->near_subject != KIJI_NONE);
    add(x, 65, nearest, x->place);
    add(x, 66, nearest, v->mark);
    add(x, 67, nearest * 8u + v->type, s->behind2);
    add(x, 68, c->article->sentences.items[q->sentence].headline * 2u + (v->after + 1 == s->open), v->type);
    add(x, 69, v->asked, q->cue != KIJI_NONE);
    add(x, 58, s->person * 2u + v->medium, x->place);
    add(x, 63, s->interview, v->mark);
    add(x, 64, s->interview, v->type * 32u + x->place);
}

/* The words between a candidate and the quote, and those around the quote. */
static void describe_bridge(const sight *x)
{
    const kiji_scene *s = x->s;
    const kiji_voice *v = x->v;
    const kiji_case *c = s->c;
    const bool before = x->before;
    const bool same = x->same;
    const uint32_t near = same ? v->mark : x->place;
    const uint32_t bridge =
        before ? kiji_words_between(c, v->after, s->open) : kiji_words_between(c, s->close, v->first);
    add(x, 50, bridge, same * 2u + before);
    add(x, 51, s->before2, near);
    add(x, 52, s->behind, near);
    add(x, 53, s->behind_cue, near);
    add(x, 54, s->open <= s->begin + 1, x->place);
    add(x, 55, same && !before ? kiji_words_between(c, v->after, v->after + 2) : 3u, v->mark);
}

/* Does the voice stand in round brackets, behind the quote (a caption of its speaker) or elsewhere? */
static unsigned outside_brackets(const kiji_voice *v, const kiji_found_quote *q)
{
    const bool touches = v->first >= q->last && v->first - q->last <= 4;
    return v->in_round * 2u + touches;
}

/* Did a quote in brackets stand in an earlier sentence: its speaker may go on. */
static bool spoke_in(const kiji_case *c, uint32_t sentence, const kiji_found_quote *q)
{
    for (const kiji_found_quote *other = q; other > c->quotes.items;) {
        other--;
        if (other->sentence <= sentence) {
            return other->sentence == sentence;
        }
    }
    return false;
}

/* May the one who spoke last go on here? */
static void describe_last_speaker(const sight *x)
{
    const kiji_scene *s = x->s;
    const kiji_voice *v = x->v;
    const bool last = v->entity != KIJI_NONE && v->entity == s->last_speaker;
    add(x, 40, last * 8u + s->since_last, s->has_subject);
    add(x, 41, last * 8u + s->since_last, x->place);
    add(x, 42, last * 8u + s->since_last, s->opening);
    add(x, 43, last * 2u + s->has_subject, v->mark);
}

/* How many of what `before` counts stand in tokens [from, to). */
static unsigned between(const uint32_t *before, uint32_t from, uint32_t to)
{
    return from < to ? before[to] - before[from] : 0;
}

/* Where it stands, and with what particle. */
static void describe_place(const sight *x)
{
    const kiji_scene *s = x->s;
    const kiji_voice *v = x->v;
    const kiji_case *c = s->c;
    const kiji_found_quote *q = s->q;
    const uint32_t kind = (uint32_t)q->kind;
    const uint32_t tokens = x->before ? q->first - v->last : v->first > q->last ? v->first - q->last : 0;
    add(x, 1, x->place, kind);
    add(x, 2, v->mark, x->place);
    add(x, 3, v->mark, v->type);
    add(x, 4, v->type, x->place);
    add(x, 5, kiji_scene_bucket(tokens), x->same * 2u + x->before);
    add(x, 6, x->nth, x->before);
    add(x, 7, v->mark, v->mark2);
    add(x, 8, v->after > v->last, v->type);
    add(x, 9, kiji_hash_at(c, v->last), v->type);
    add(x, 10, v->entity != KIJI_NONE && v->entity == s->last_speaker, x->same * 2u + x->before);
    add(x, 11, v->entity != KIJI_NONE && v->entity == s->last_speaker, s->has_subject);
    add(x, 12, s->has_subject, x->place);
    add(x, 13, s->has_subject * 2u + kiji_is_subject(v), x->place);
    add(x, 14, q->cue != KIJI_NONE, x->place);
}

/* The words around it and the verb of saying. */
static void describe_words(const sight *x)
{
    const kiji_scene *s = x->s;
    const kiji_voice *v = x->v;
    const kiji_case *c = s->c;
    const kiji_found_quote *q = s->q;
    add(x, 15, v->first > 0 && c->sentence_at[v->first - 1] == v->sentence ? kiji_hash_at(c, v->first - 1) : 1u,
        v->type);
    if (x->same && !x->before) { /* behind the quote: x->before or behind the verb of saying */
        add(x, 16, q->cue != KIJI_NONE && v->first >= s->cue_end, v->mark);
        add(x, 17, kiji_scene_bucket(v->first - s->close), v->type);
    }
    if (x->same && x->before) {
        add(x, 18, v->first == s->begin, v->mark);
    }
    if (q->verb.len != 0) {
        add(x, 19, s->verb, v->type);
        add(x, 20, s->verb, v->mark);
    }
}

/* What it is. */
static void describe_kind(const sight *x)
{
    const kiji_scene *s = x->s;
    const kiji_voice *v = x->v;
    const kiji_case *c = s->c;
    if (v->type == KIJI_NAME_PERSON && v->entity != KIJI_NONE) {
        add(x, 21, c->entities.items[v->entity].offices.count != 0, x->place);
    }
    if (v->type == KIJI_VOICE_NOUN) {
        add(x, 22, kiji_hash_at(c, v->last - 1), x->same);
        const kiji_str head = kiji_token(c, v->last - 1)->word->surface;
        const kiji_str end = {head.ptr + (head.len > 3 ? head.len - 3 : 0), head.len > 3 ? 3 : head.len};
        add(x, 35, kiji_hash(end), x->same);
        add(x, 36, kiji_hash(end), v->mark);
    }
}

/* Its paragraph, headline, first topic and subject. */
static void describe_surroundings(const sight *x)
{
    const kiji_scene *s = x->s;
    const kiji_voice *v = x->v;
    const kiji_case *c = s->c;
    const kiji_found_quote *q = s->q;
    const uint32_t kind = (uint32_t)q->kind;
    const size_t i = x->voice;
    add(x, 23, c->article->sentences.items[v->sentence].paragraph == c->article->sentences.items[q->sentence].paragraph,
        x->place);
    add(x, 24, c->article->sentences.items[q->sentence].headline, x->place);
    add(x, 27, (i == s->first_topic) * 2u + (i == s->first_subject), x->place);
    add(x, 28, (s->first_topic != KIJI_NONE) * 2u + (s->first_subject != KIJI_NONE), x->place);
    add(x, 29, (i == s->first_topic) * 4u + (s->first_topic != KIJI_NONE) * 2u + x->same, v->mark);
    add(x, 30, outside_brackets(v, q), x->place);
    if (v->after < c->words->tokens.count && !x->same && c->sentence_at[v->after] == v->sentence) {
        add(x, 31, kiji_is_subject(v), spoke_in(c, v->sentence, q));
    }
    if (q->kind != KIJI_DIRECT && q->kind != KIJI_PARTIAL && v->first >= q->first && v->first < q->last) {
        add(x, 32, kind, v->mark); /* named in the content itself */
    }
    add(x, 33, v->type * 8u + kind, v->mark);
    add(x, 34, s->behind_cue, x->place);
}

/* Verbs and other topics between the candidate and the quote: another clause. */
static void describe_clauses(const sight *x)
{
    const kiji_scene *s = x->s;
    const kiji_voice *v = x->v;
    const kiji_case *c = s->c;
    const uint32_t from = x->before ? v->after + 1 : s->close;
    const uint32_t to = x->before ? s->open : v->first;
    const unsigned topics = between(c->topics_before, from, to);
    const unsigned verbs = between(c->verbs_before, from, to);
    add(x, 25, (topics < 3 ? topics : 3) * 4 + (verbs < 3 ? verbs : 3), x->same * 2u + x->before);
    add(x, 26, v->mark, (topics < 3 ? topics : 3) * 4 + x->same * 2u + x->before);
}

static sight look_at(kiji_seen *seen, const kiji_scene *s, const kiji_voices *voices, kiji_speaker candidate)
{
    const kiji_voice *v = &voices->items[candidate.voice];
    const kiji_found_quote *q = s->q;
    seen->count = 0;
    sight x = {s, v, seen, candidate.voice, candidate.nth, v->first < q->first, v->sentence == q->sentence, 0};
    const uint32_t distance = x.same ? 0 : x.before ? q->sentence - v->sentence : 8 + v->sentence - q->sentence;
    x.place = distance * 2 + x.before;
    describe_place(&x);
    return x;
}

float kiji_voice_at_a_glance(const kiji_ranker *ranker, const kiji_scene *s, const kiji_voices *voices,
                             kiji_speaker candidate)
{
    kiji_seen seen;
    (void)look_at(&seen, s, voices, candidate);
    return kiji_rank_score_seen(ranker, &seen);
}

void kiji_describe_voice(kiji_group *group, const kiji_scene *s, const kiji_voices *voices, kiji_speaker candidate)
{
    kiji_seen seen;
    const sight x = look_at(&seen, s, voices, candidate);
    kiji_group_next(group, s->c->arena);
    describe_words(&x);
    describe_kind(&x);
    describe_surroundings(&x);
    describe_last_speaker(&x);
    describe_part(&x);
    describe_role(&x);
    describe_bridge(&x);
    describe_clauses(&x);
    kiji_group_add(group, s->c->arena, &seen);
}
