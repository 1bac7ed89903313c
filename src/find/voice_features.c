/*
 * voice_features.c - what the ranker sees of a quote and of everybody who could have said it: particle, distance,
 * clause, kind of candidate and who spoke last.
 */
#include "find/quotes.h"

static unsigned bucket(uint32_t n)
{
    return n < 3 ? n : n < 6 ? 3 : n < 12 ? 4 : n < 24 ? 5 : n < 48 ? 6 : 7;
}

static uint32_t hash_at(const kiji_case *c, uint32_t t)
{
    return t < c->words->tokens.count ? kiji_token(c, t)->word->hash : 3u;
}

/* Particle behind a candidate: its surface, with the comma behind it. */
static uint32_t particle(const kiji_case *c, const kiji_voice *v)
{
    return hash_at(c, v->after);
}

static bool marks_subject(const kiji_case *c, uint32_t t)
{
    return kiji_token_is(c, t, "は") || kiji_token_is(c, t, "が") || kiji_token_is(c, t, "も");
}

typedef struct scene {
    const kiji_case *c;
    const kiji_found_quote *q;
    uint32_t open, close; /* tokens: first of the quote's outside before it, and behind it */
    uint32_t begin, end;  /* tokens of the sentence of the quote */
    uint32_t cue_end;     /* token behind the cue */
    uint32_t last_speaker;
    uint32_t since_last;    /* sentences since the last quote: 0 to 3, 4 farther, 5 none before */
    uint32_t opening;       /* first word of the sentence: また、さらに、一方 … */
    bool has_subject;       /* a candidate with は, が, も before the quote in its sentence */
    uint32_t first_topic;   /* the first voice with は before the quote in its sentence, or KIJI_NONE */
    uint32_t first_subject; /* the same with が */
    uint32_t near_subject;  /* the last voice with は, が, も before the quote in its sentence, or KIJI_NONE */
    uint32_t near_topic;    /* the nearest voice with は before the quote, in any sentence, or KIJI_NONE */
    uint32_t person;        /* who speaks inside: bits of pronouns and endings */
    bool interview;         /* the paragraph before is a question behind a dash */
} scene;

/* Tokens [from, to) as one number, when they are few; else how many they are. */
static uint32_t words_between(const kiji_case *c, uint32_t from, uint32_t to)
{
    enum { MOST = 4 };
    if (from > to) {
        return 1;
    }
    if (to - from > MOST) {
        return 100 + bucket(to - from);
    }
    uint64_t sum = 5;
    for (uint32_t t = from; t < to; t++) {
        sum = kiji_mix(sum + hash_at(c, t));
    }
    return (uint32_t)(sum >> 32);
}

/* Signs of who speaks in a quote: 私, 僕 a person; 当社, 本校 a body; です, ます one who is asked. */
static uint32_t person_inside(const kiji_case *c, const kiji_found_quote *q)
{
    static const struct {
        const char *word;
        uint32_t bit;
    } signs[] = {{"私", 1},       {"僕", 1},   {"俺", 1},   {"わたし", 1},  {"自分", 1},   {"我々", 2},
                 {"われわれ", 2}, {"当社", 4}, {"弊社", 4}, {"当局", 4},    {"わが国", 2}, {"です", 8},
                 {"ます", 8},     {"でし", 8}, {"まし", 8}, {"ください", 8}};
    uint32_t bits = 0;
    const uint32_t end = q->last > q->first + 60 ? q->first + 60 : q->last;
    for (uint32_t t = q->first; t < end; t++) {
        for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
            bits |= kiji_token_is(c, t, signs[i].word) ? signs[i].bit : 0;
        }
    }
    return bits;
}

static bool has_media(const kiji_case *c, const kiji_voice *v)
{
    return v->entity != KIJI_NONE && kiji_str_is(c->entities.items[v->entity].kind, "media");
}

static bool named_inside(const kiji_case *c, const kiji_voice *v, const kiji_found_quote *q)
{
    for (uint32_t t = q->first; t < q->last && v->entity != KIJI_NONE && t < q->first + 120; t++) {
        if (c->name_at[t] != KIJI_NONE && c->names.items[c->name_at[t]].entity == v->entity) {
            return true;
        }
    }
    return false;
}

/* 篠崎さんに聞いた, 氏に話を聞く: who answers an interview. */
static bool is_asked(const kiji_case *c, const kiji_voice *v)
{
    if (!kiji_token_is(c, v->after, "に")) {
        return false;
    }
    for (uint32_t t = v->after + 1; t < v->after + 5 && t < c->words->tokens.count; t++) {
        const kiji_str base = kiji_token(c, t)->word->base;
        if (kiji_str_is(base, "聞く") || kiji_str_is(base, "インタビュー") || kiji_str_is(base, "伺う")) {
            return true;
        }
    }
    return false;
}

/* The cast: how often somebody is named, has spoken, is the topic. */
static void describe_part(kiji_group *g, const scene *s, const kiji_voice *v, size_t i, uint32_t place, uint32_t mark)
{
    const kiji_case *c = s->c;
    kiji_arena *a = c->arena;
    const kiji_found_quote *q = s->q;
    const uint32_t media = has_media(c, v);
    const uint32_t names = v->entity != KIJI_NONE ? c->entities.items[v->entity].n_names : 0;
    kiji_group_add(g, a, kiji_rank_pair(44, media * 4u + q->kind, mark));
    kiji_group_add(g, a, kiji_rank_pair(45, media * 4u + q->kind, s->has_subject * 32u + place));
    kiji_group_add(g, a, kiji_rank_pair(46, named_inside(c, v, q), v->type * 4u + q->kind));
    kiji_group_add(g, a, kiji_rank_pair(47, bucket(names), place));
    kiji_group_add(g, a, kiji_rank_pair(48, i == s->near_topic, place));
    kiji_group_add(g, a, kiji_rank_pair(49, i == s->near_topic, v->type * 8u + q->kind * 2u + s->has_subject));
    kiji_group_add(g, a, kiji_rank_pair(57, s->person, v->type));
    const uint32_t nearest = (i == s->near_subject) * 2u + (s->near_subject != KIJI_NONE);
    kiji_group_add(g, a, kiji_rank_pair(65, nearest, place));
    kiji_group_add(g, a, kiji_rank_pair(66, nearest, mark));
    kiji_group_add(g, a, kiji_rank_pair(67, nearest * 8u + v->type, hash_at(c, s->close + 1)));
    kiji_group_add(g, a,
                   kiji_rank_pair(68,
                                  c->article->sentences.items[q->sentence].headline * 2u + (v->after + 1 == s->open),
                                  v->type));
    kiji_group_add(g, a, kiji_rank_pair(69, is_asked(c, v), q->cue != KIJI_NONE));
    kiji_group_add(g, a, kiji_rank_pair(58, s->person * 2u + media, place));
    kiji_group_add(g, a, kiji_rank_pair(63, s->interview, mark));
    kiji_group_add(g, a, kiji_rank_pair(64, s->interview, v->type * 32u + place));
}

/* The words between a candidate and the quote, and those around the quote. */
static void describe_bridge(kiji_group *g, const scene *s, const kiji_voice *v, uint32_t place, uint32_t mark)
{
    const kiji_case *c = s->c;
    kiji_arena *a = c->arena;
    const bool before = v->first < s->q->first;
    const bool same = v->sentence == s->q->sentence;
    const uint32_t bridge = before ? words_between(c, v->after, s->open) : words_between(c, s->close, v->first);
    kiji_group_add(g, a, kiji_rank_pair(50, bridge, same * 2u + before));
    kiji_group_add(g, a, kiji_rank_pair(51, hash_at(c, s->open - 2), same ? mark : place));
    kiji_group_add(g, a, kiji_rank_pair(52, words_between(c, s->close, s->close + 2), same ? mark : place));
    kiji_group_add(g, a,
                   kiji_rank_pair(53, s->q->cue != KIJI_NONE ? hash_at(c, s->q->cue + 1) : 1u, same ? mark : place));
    kiji_group_add(g, a, kiji_rank_pair(54, s->open <= s->begin + 1, place));
    kiji_group_add(g, a, kiji_rank_pair(55, same && !before ? words_between(c, v->after, v->after + 2) : 3u, mark));
}

/* Does the voice stand in round brackets, behind the quote (a caption of its speaker) or elsewhere? */
static unsigned outside_brackets(const kiji_case *c, const kiji_voice *v, const kiji_found_quote *q)
{
    const bool round = v->first > 0 && kiji_token_is(c, v->first - 1, "（");
    const bool touches = v->first >= q->last && v->first - q->last <= 4;
    return round * 2u + touches;
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
static void describe_last_speaker(kiji_group *g, const scene *s, const kiji_voice *v, uint32_t place, uint32_t mark)
{
    kiji_arena *a = s->c->arena;
    const bool last = v->entity != KIJI_NONE && v->entity == s->last_speaker;
    kiji_group_add(g, a, kiji_rank_pair(40, last * 8u + s->since_last, s->has_subject));
    kiji_group_add(g, a, kiji_rank_pair(41, last * 8u + s->since_last, place));
    kiji_group_add(g, a, kiji_rank_pair(42, last * 8u + s->since_last, s->opening));
    kiji_group_add(g, a, kiji_rank_pair(43, last * 2u + s->has_subject, mark));
}

/* How many of what `before` counts stand in tokens [from, to). */
static unsigned between(const uint32_t *before, uint32_t from, uint32_t to)
{
    return from < to ? before[to] - before[from] : 0;
}

static void describe_voice(kiji_group *g, const scene *s, const kiji_voices *voices, size_t i, unsigned nth)
{
    const kiji_case *c = s->c;
    const kiji_voice *v = &voices->items[i];
    kiji_arena *a = c->arena;
    const kiji_found_quote *q = s->q;
    const bool before = v->first < q->first;
    const bool same = v->sentence == q->sentence;
    const uint32_t distance = same ? 0 : before ? q->sentence - v->sentence : 8 + v->sentence - q->sentence;
    const uint32_t place = distance * 2 + before;
    const uint32_t mark = particle(c, v);
    const uint32_t kind = q->kind;
    const uint32_t tokens = before ? q->first - v->last : v->first > q->last ? v->first - q->last : 0;
    kiji_group_add(g, a, kiji_rank_pair(1, place, kind));
    kiji_group_add(g, a, kiji_rank_pair(2, mark, place));
    kiji_group_add(g, a, kiji_rank_pair(3, mark, v->type));
    kiji_group_add(g, a, kiji_rank_pair(4, v->type, place));
    kiji_group_add(g, a, kiji_rank_pair(5, bucket(tokens), same * 2u + before));
    kiji_group_add(g, a, kiji_rank_pair(6, nth, before));
    kiji_group_add(g, a, kiji_rank_pair(7, mark, hash_at(c, v->after + 1)));
    kiji_group_add(g, a, kiji_rank_pair(8, v->after > v->last, v->type));
    kiji_group_add(g, a, kiji_rank_pair(9, hash_at(c, v->last), v->type));
    kiji_group_add(g, a,
                   kiji_rank_pair(10, v->entity != KIJI_NONE && v->entity == s->last_speaker, same * 2u + before));
    kiji_group_add(g, a, kiji_rank_pair(11, v->entity != KIJI_NONE && v->entity == s->last_speaker, s->has_subject));
    kiji_group_add(g, a, kiji_rank_pair(12, s->has_subject, place));
    kiji_group_add(g, a, kiji_rank_pair(13, s->has_subject * 2u + marks_subject(c, v->after), place));
    kiji_group_add(g, a, kiji_rank_pair(14, q->cue != KIJI_NONE, place));
    kiji_group_add(
        g, a,
        kiji_rank_pair(15, v->first > 0 && c->sentence_at[v->first - 1] == v->sentence ? hash_at(c, v->first - 1) : 1u,
                       v->type));
    if (same && !before) { /* behind the quote: before or behind the verb of saying */
        kiji_group_add(g, a, kiji_rank_pair(16, q->cue != KIJI_NONE && v->first >= s->cue_end, mark));
        kiji_group_add(g, a, kiji_rank_pair(17, bucket(v->first - s->close), v->type));
    }
    if (same && before) {
        kiji_group_add(g, a, kiji_rank_pair(18, v->first == s->begin, mark));
    }
    if (q->verb.len != 0) {
        kiji_group_add(g, a, kiji_rank_pair(19, kiji_hash(q->verb), v->type));
        kiji_group_add(g, a, kiji_rank_pair(20, kiji_hash(q->verb), mark));
    }
    if (v->type == KIJI_NAME_PERSON && v->entity != KIJI_NONE) {
        kiji_group_add(g, a, kiji_rank_pair(21, c->entities.items[v->entity].offices.count != 0, place));
    }
    if (v->type == KIJI_VOICE_NOUN) {
        kiji_group_add(g, a, kiji_rank_pair(22, hash_at(c, v->last - 1), same));
        const kiji_str head = kiji_token(c, v->last - 1)->word->surface;
        const kiji_str end = {head.ptr + (head.len > 3 ? head.len - 3 : 0), head.len > 3 ? 3 : head.len};
        kiji_group_add(g, a, kiji_rank_pair(35, kiji_hash(end), same));
        kiji_group_add(g, a, kiji_rank_pair(36, kiji_hash(end), mark));
    }
    kiji_group_add(g, a,
                   kiji_rank_pair(23,
                                  c->article->sentences.items[v->sentence].paragraph ==
                                      c->article->sentences.items[q->sentence].paragraph,
                                  place));
    kiji_group_add(g, a, kiji_rank_pair(24, c->article->sentences.items[q->sentence].headline, place));
    kiji_group_add(g, a, kiji_rank_pair(27, (i == s->first_topic) * 2u + (i == s->first_subject), place));
    kiji_group_add(g, a,
                   kiji_rank_pair(28, (s->first_topic != KIJI_NONE) * 2u + (s->first_subject != KIJI_NONE), place));
    kiji_group_add(g, a,
                   kiji_rank_pair(29, (i == s->first_topic) * 4u + (s->first_topic != KIJI_NONE) * 2u + same, mark));
    kiji_group_add(g, a, kiji_rank_pair(30, outside_brackets(c, v, q), place));
    if (v->after < c->words->tokens.count && !same && c->sentence_at[v->after] == v->sentence) {
        kiji_group_add(g, a, kiji_rank_pair(31, marks_subject(c, v->after), spoke_in(c, v->sentence, q)));
    }
    if (q->kind != KIJI_DIRECT && q->kind != KIJI_PARTIAL && v->first >= q->first && v->first < q->last) {
        kiji_group_add(g, a, kiji_rank_pair(32, kind, mark)); /* named in the content itself */
    }
    kiji_group_add(g, a, kiji_rank_pair(33, v->type * 8u + kind, mark));
    kiji_group_add(g, a, kiji_rank_pair(34, q->cue != KIJI_NONE ? hash_at(c, q->cue + 1) : 1u, place));
    describe_last_speaker(g, s, v, place, mark);
    describe_part(g, s, v, i, place, mark);
    describe_bridge(g, s, v, place, mark);
    /* Verbs and other topics between the candidate and the quote: another clause. */
    const uint32_t from = before ? v->after + 1 : s->close;
    const uint32_t to = before ? s->open : v->first;
    const unsigned topics = between(c->topics_before, from, to);
    const unsigned verbs = between(c->verbs_before, from, to);
    kiji_group_add(g, a,
                   kiji_rank_pair(25, (topics < 3 ? topics : 3) * 4 + (verbs < 3 ? verbs : 3), same * 2u + before));
    kiji_group_add(g, a, kiji_rank_pair(26, mark, (topics < 3 ? topics : 3) * 4 + same * 2u + before));
}

static scene set_scene(const kiji_case *c, size_t quote, uint32_t last_speaker)
{
    scene s;
    memset(&s, 0, sizeof s);
    s.c = c;
    s.q = &c->quotes.items[quote];
    kiji_sentence_tokens(c, s.q->sentence, &s.begin, &s.end);
    s.open = s.q->first;
    s.close = s.q->last;
    s.cue_end = s.q->cue != KIJI_NONE ? s.q->cue + 1 : s.q->last;
    s.last_speaker = last_speaker;
    s.since_last = 5;
    if (quote > 0) {
        const uint32_t since = s.q->sentence - c->quotes.items[quote - 1].sentence;
        s.since_last = since < 4 ? since : 4;
    }
    s.opening = hash_at(c, s.begin);
    s.first_topic = KIJI_NONE;
    s.first_subject = KIJI_NONE;
    s.near_topic = KIJI_NONE;
    s.near_subject = KIJI_NONE;
    s.person = person_inside(c, s.q);
    const uint32_t paragraph = c->article->sentences.items[s.q->sentence].paragraph;
    for (uint32_t k = s.q->sentence; k-- > 0 && s.q->sentence - k < 8;) {
        if (c->article->sentences.items[k].paragraph != paragraph) {
            uint32_t begin;
            uint32_t end;
            while (k > 0 && c->article->sentences.items[k - 1].paragraph == c->article->sentences.items[k].paragraph) {
                k--;
            }
            kiji_sentence_tokens(c, k, &begin, &end);
            const kiji_str first = kiji_token(c, begin)->word->surface;
            s.interview = end > begin && (kiji_str_begins(first, "―") || kiji_str_begins(first, "—") ||
                                          kiji_str_begins(first, "─") || kiji_str_begins(first, "－"));
            break;
        }
    }
    return s;
}

void kiji_speaker_group(kiji_group *group, kiji_starts *ids, const kiji_case *c, const kiji_voices *voices,
                        size_t quote, uint32_t last_speaker)
{
    enum { BEFORE = 24, BEHIND = 10, SENTENCES = 5 };
    scene s = set_scene(c, quote, last_speaker);
    const kiji_found_quote *q = s.q;
    kiji_group_next(group, c->arena);
    KIJI_PUSH(c->arena, ids, KIJI_NONE);
    kiji_group_add(group, c->arena, kiji_rank_pair(60, q->kind, q->cue != KIJI_NONE));
    kiji_group_add(group, c->arena, kiji_rank_pair(61, kiji_hash(q->verb), 0));
    size_t low = 0;
    size_t high = voices->count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (voices->items[middle].range.begin < q->range.begin) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (size_t k = low; k-- > 0 && low - k <= BEFORE && voices->items[k].sentence == q->sentence;) {
        const uint32_t behind = voices->items[k].after;
        s.has_subject = s.has_subject || marks_subject(c, behind);
        s.near_subject = s.near_subject == KIJI_NONE && marks_subject(c, behind) ? (uint32_t)k : s.near_subject;
        s.first_topic = kiji_token_is(c, behind, "は") ? (uint32_t)k : s.first_topic;
        s.first_subject = kiji_token_is(c, behind, "が") ? (uint32_t)k : s.first_subject;
    }
    for (size_t k = low; k-- > 0 && low - k <= 2 * BEFORE;) {
        if (kiji_token_is(c, voices->items[k].after, "は")) {
            s.near_topic = (uint32_t)k;
            break;
        }
    }
    unsigned nth = 0;
    for (size_t k = low; k-- > 0 && low - k <= BEFORE && voices->items[k].sentence + SENTENCES > q->sentence; nth++) {
        kiji_group_next(group, c->arena);
        KIJI_PUSH(c->arena, ids, (uint32_t)k);
        describe_voice(group, &s, voices, k, nth < 6 ? nth : 6);
    }
    /* Who spoke last may go on without being named again, however far back the name stands. */
    for (size_t k = low; s.last_speaker != KIJI_NONE && k-- > 0 && low - k <= 200;) {
        if (voices->items[k].entity == s.last_speaker) {
            if (low - k > nth) {
                kiji_group_next(group, c->arena);
                KIJI_PUSH(c->arena, ids, (uint32_t)k);
                describe_voice(group, &s, voices, k, 7);
            }
            break;
        }
    }
    nth = 0;
    for (size_t k = low; k < voices->count && nth < BEHIND && voices->items[k].sentence <= q->sentence + 1; k++) {
        if (voices->items[k].range.begin < q->range.end && q->kind != KIJI_ACCORDING) {
            continue; /* named in what is said */
        }
        kiji_group_next(group, c->arena);
        KIJI_PUSH(c->arena, ids, (uint32_t)k);
        describe_voice(group, &s, voices, k, nth < 6 ? nth : 6);
        nth++;
    }
}
