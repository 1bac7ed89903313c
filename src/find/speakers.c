/*
 * speakers.c - who said a quote: every name, title and speaker noun near it is a candidate; a learnt ranker weighs
 * particle, distance, clause, kind of candidate and who spoke last.
 */
#include "find/quotes.h"

#include <stdlib.h>

/* --- candidates --------------------------------------------------------------------------------------------- */

/* Behind a name or title: honorific, title, brackets, plural; returns the token behind all of it. */
static uint32_t behind_voice(const kiji_case *c, uint32_t last, uint32_t end)
{
    uint32_t t = last;
    for (unsigned n = 0; t < end && n < 6; n++) {
        const kiji_word *word = kiji_token(c, t)->word;
        if (word->pos == KIJI_POS_OPEN) {
            uint32_t close = t;
            while (close < end && close - t < 14 && kiji_token(c, close)->word->pos != KIJI_POS_CLOSE) {
                close++;
            }
            if (close >= end || kiji_token(c, close)->word->pos != KIJI_POS_CLOSE || kiji_str_is(word->surface, "「")) {
                return t;
            }
            t = close + 1;
        } else if (word->pos == KIJI_POS_SUFFIX_PERSON || word->pos == KIJI_POS_SUFFIX ||
                   word->pos == KIJI_POS_SUFFIX_ADVERBIAL || kiji_str_is(word->surface, "ら") ||
                   kiji_str_is(word->surface, "など") || kiji_str_is(word->surface, "側")) {
            t++;
        } else if (word->pos >= KIJI_POS_NOUN_VERBAL && word->pos <= KIJI_POS_NUMBER && c->name_at[t] == KIJI_NONE) {
            t++; /* 首相, 報道官, 委員長 … */
        } else {
            return t;
        }
    }
    return t;
}

static void add_voice(kiji_voices *out, const kiji_case *c, kiji_voice v)
{
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, v.sentence, &begin, &end);
    v.after = behind_voice(c, v.last, end);
    KIJI_PUSH(c->arena, out, v);
}

static int by_begin(const void *x, const void *y)
{
    const kiji_voice *a = x;
    const kiji_voice *b = y;
    if (a->range.begin != b->range.begin) {
        return a->range.begin < b->range.begin ? -1 : 1;
    }
    return (a->type > b->type) - (a->type < b->type);
}

/* 関係者, 国防当局者ら, 匿名の銀行幹部: the noun with its modifiers. */
static void collect_nouns(kiji_voices *out, const kiji_case *c)
{
    uint32_t done = 0;
    for (size_t i = 0; i < c->words->hits.count; i++) {
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->entry->class_ != KIJI_DICT_SPEAKER || hit->begin < done || c->name_at[hit->first] != KIJI_NONE ||
            kiji_in_bracket_quote(c, hit->begin)) {
            continue;
        }
        uint32_t begin;
        uint32_t end;
        kiji_sentence_tokens(c, c->sentence_at[hit->first], &begin, &end);
        uint32_t first = c->words->features.run_first[hit->first];
        uint32_t last = hit->last;
        first = first < begin || first > hit->first ? hit->first : first;
        while (last < end && kiji_token(c, last)->begin == kiji_token(c, last - 1)->end &&
               (kiji_token_is(c, last, "ら") || kiji_token_is(c, last, "たち") || kiji_token_is(c, last, "の一人") ||
                (c->words->features.run_last[hit->last - 1] >= last && c->name_at[last] == KIJI_NONE))) {
            last++;
        }
        const kiji_range range = {kiji_token(c, first)->begin, kiji_token(c, last - 1)->end};
        add_voice(out, c, (kiji_voice){range, first, last, last, c->sentence_at[first], KIJI_NONE, KIJI_VOICE_NOUN});
        done = range.end;
    }
}

/* 回答者, 検察側, 事務所, 捜査員: nouns whose last character makes a person or body, where they are a subject. */
static void collect_human_nouns(kiji_voices *out, const kiji_case *c)
{
    static const char *const ends[] = {"者", "家", "員", "長", "人", "側", "筋", "団", "官", "士", "局",
                                       "署", "課", "部", "所", "会", "派", "国", "民", "師", "生", "社"};
    for (uint32_t t = 1; t < c->words->tokens.count; t++) {
        const kiji_word *mark = kiji_token(c, t)->word;
        const kiji_word *head = kiji_token(c, t - 1)->word;
        if (!(mark->pos == KIJI_POS_TOPIC || (mark->pos == KIJI_POS_CASE && kiji_str_is(mark->surface, "が"))) ||
            !kiji_pos_is_noun((kiji_pos)head->pos) || c->name_at[t - 1] != KIJI_NONE ||
            c->sentence_at[t - 1] != c->sentence_at[t] || kiji_in_bracket_quote(c, kiji_token(c, t)->begin)) {
            continue;
        }
        for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
            if (kiji_str_ends(head->surface, ends[i])) {
                uint32_t first = c->words->features.run_first[t - 1];
                while (first < t - 1 && c->name_at[first] != KIJI_NONE) {
                    first++;
                }
                const kiji_range range = {kiji_token(c, first)->begin, kiji_token(c, t - 1)->end};
                add_voice(out, c, (kiji_voice){range, first, t, t, c->sentence_at[first], KIJI_NONE, KIJI_VOICE_NOUN});
                break;
            }
        }
    }
}

/* The last name of a type before a token, as an entity; KIJI_NONE where there is none. */
static uint32_t last_entity(const kiji_case *c, uint32_t token, bool person)
{
    size_t low = 0;
    size_t high = c->names.count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (c->names.items[middle].first < token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (unsigned steps = 0; low-- > 0 && steps < 40; steps++) {
        const kiji_name *n = &c->names.items[low];
        if (n->type == (person ? KIJI_NAME_PERSON : KIJI_NAME_ORGANIZATION) &&
            !kiji_in_bracket_quote(c, n->range.begin)) {
            return n->entity;
        }
    }
    return KIJI_NONE;
}

/* 同氏, 同相, 同容疑者: the last person; 同社, 同省, 同紙, 同党: the last organization. */
static void collect_anaphors(kiji_voices *out, const kiji_case *c)
{
    static const char *const people[] = {"氏",   "相",     "容疑者", "被告",   "首相", "大統領", "長官",
                                         "議員", "知事",   "市長",   "監督",   "選手", "教授",   "社長",
                                         "会長", "委員長", "代表",   "報道官", "さん"};
    static const char *const bodies[] = {"社",   "省",   "庁",     "紙",   "党",   "課",       "局",   "署",
                                         "行",   "委",   "委員会", "大",   "大学", "組織",     "団体", "機構",
                                         "誌",   "通信", "新聞",   "会",   "球団", "グループ", "軍",   "部",
                                         "協会", "裁",   "地裁",   "高裁", "県警", "サイト",   "院",   "所"};
    for (uint32_t t = 0; t + 1 < c->words->tokens.count; t++) {
        if (!kiji_token_is(c, t, "同") || c->name_at[t] != KIJI_NONE ||
            kiji_in_bracket_quote(c, kiji_token(c, t)->begin) || kiji_token(c, t + 1)->begin != kiji_token(c, t)->end) {
            continue;
        }
        const kiji_str head = kiji_token(c, t + 1)->word->surface;
        int kind = 0;
        for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
            kind = kiji_str_is(head, people[i]) ? 1 : kind;
        }
        for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
            kind = kiji_str_is(head, bodies[i]) ? 2 : kind;
        }
        const uint32_t entity = kind != 0 ? last_entity(c, t, kind == 1) : KIJI_NONE;
        if (entity != KIJI_NONE) {
            const kiji_range range = {kiji_token(c, t)->begin, kiji_token(c, t + 1)->end};
            add_voice(out, c, (kiji_voice){range, t, t + 2, t + 2, c->sentence_at[t], entity, KIJI_VOICE_ANAPHOR});
        }
    }
}

/* Of voices that overlap, a name comes before a title, a title before an anaphor and a noun; the order is theirs. */
static void drop_overlaps(kiji_voices *voices)
{
    size_t n = 0;
    for (size_t i = 0; i < voices->count; i++) {
        const kiji_voice *v = &voices->items[i];
        kiji_voice *last = n != 0 ? &voices->items[n - 1] : NULL;
        if (last != NULL && v->range.begin < last->range.end) {
            if (v->type == KIJI_VOICE_ANAPHOR && last->type == KIJI_VOICE_NOUN) {
                *last = *v;
            }
            continue;
        }
        voices->items[n++] = *v;
    }
    voices->count = n;
}

void kiji_collect_voices(kiji_voices *out, const kiji_case *c)
{
    for (size_t i = 0; i < c->names.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_name *n = &c->names.items[i];
        if (n->type != KIJI_NAME_WEAPON && !kiji_in_bracket_quote(c, n->range.begin)) {
            add_voice(out, c, (kiji_voice){n->range, n->first, n->last, n->last, n->sentence, n->entity, n->type});
        }
    }
    for (size_t i = 0; i < c->titles.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_title *t = &c->titles.items[i];
        if (t->name == KIJI_NONE && !kiji_in_bracket_quote(c, t->range.begin)) {
            add_voice(out, c,
                      (kiji_voice){t->range, t->first, t->last, t->last, t->sentence, t->entity, KIJI_VOICE_TITLE});
        }
    }
    collect_nouns(out, c);
    collect_anaphors(out, c);
    collect_human_nouns(out, c);
    if (out->count != 0) {
        qsort(out->items, out->count, sizeof *out->items, by_begin);
        drop_overlaps(out);
    }
}

/* --- features ----------------------------------------------------------------------------------------------- */

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
} scene;

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
        s.first_topic = kiji_token_is(c, behind, "は") ? (uint32_t)k : s.first_topic;
        s.first_subject = kiji_token_is(c, behind, "が") ? (uint32_t)k : s.first_subject;
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

/* Without weights: the nearest は or が before the quote in its sentence, else behind it, else the last speaker. */
static size_t by_rule(const kiji_case *c, const kiji_voices *voices, const kiji_starts *ids, const kiji_found_quote *q)
{
    size_t found = 0;
    for (size_t i = 1; i < ids->count; i++) {
        const kiji_voice *v = &voices->items[ids->items[i]];
        if (v->sentence == q->sentence && marks_subject(c, v->after) && (found == 0 || v->first < q->first)) {
            found = found == 0 ? i : found;
        }
    }
    for (size_t i = 1; found == 0 && i < ids->count; i++) {
        const kiji_voice *v = &voices->items[ids->items[i]];
        found = v->sentence < q->sentence && marks_subject(c, v->after) ? i : 0;
    }
    return found;
}

/* --- addressee and occasion ----------------------------------------------------------------------------------- */

#define FURTHEST 300u /* tokens on either side of a quote: sentences of a megabyte are not walked through for each */

static void find_circumstances(const kiji_case *c, kiji_found_quote *q)
{
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, q->sentence, &begin, &end);
    begin = q->first > begin + FURTHEST ? q->first - FURTHEST : begin;
    end = end > q->last + FURTHEST ? q->last + FURTHEST : end;
    static const char *const occasions[] = {"会見", "記者会見",     "声明", "演説",   "談話",       "会談",
                                            "会合", "委員会",       "講演", "ブログ", "ツイッター", "X",
                                            "番組", "インタビュー", "取材", "答弁"};
    for (uint32_t t = begin; t < end; t++) {
        if (t >= q->first && t < q->last) {
            t = q->last - 1;
            continue;
        }
        const bool to = t > begin && kiji_token_is(c, t, "に") &&
                        (kiji_token_is(c, t + 1, "対し") || kiji_token_is(c, t + 1, "対して") ||
                         (q->cue != KIJI_NONE && t < q->cue && q->cue - t < 4));
        const bool against = t > begin && (kiji_token_is(c, t, "に対し") || kiji_token_is(c, t, "に対して"));
        const uint32_t run = t > begin ? c->words->features.run_first[t - 1] : t;
        if ((to || against) && q->addressee.end == 0 && run >= begin &&
            (kiji_token_is(c, t - 1, "団") || kiji_token_is(c, t - 1, "記者団") || kiji_token_is(c, t - 1, "氏") ||
             kiji_token_is(c, t - 1, "記者") || kiji_token_is(c, t - 1, "ら") || c->name_at[t - 1] != KIJI_NONE)) {
            q->addressee = (kiji_range){kiji_token(c, run)->begin, kiji_token(c, t - 1)->end};
        }
        if (t > begin && q->occasion.end == 0 && (kiji_token_is(c, t, "で") || kiji_token_is(c, t, "において"))) {
            const kiji_str head = kiji_token(c, t - 1)->word->surface;
            for (size_t i = 0; i < sizeof occasions / sizeof occasions[0]; i++) {
                if (kiji_str_is(head, occasions[i])) {
                    q->occasion = (kiji_range){kiji_token(c, run)->begin, kiji_token(c, t - 1)->end};
                }
            }
        }
    }
}

/* --- all of it ------------------------------------------------------------------------------------------------ */

static kiji_range voice_words(const kiji_case *c, const kiji_voice *v)
{
    kiji_range r = v->range;
    if (v->after > v->last && v->type == KIJI_NAME_PERSON) {
        r.end = kiji_token(c, v->after - 1)->end; /* 上川氏, 岸田首相 */
    }
    return r;
}

void kiji_find_speakers(kiji_case *c)
{
    kiji_voices voices = {NULL, 0, 0};
    kiji_collect_voices(&voices, c);
    const kiji_ranker ranker = kiji_ranker_of(c->knowledge->weights, "speakers");
    uint32_t last_speaker = KIJI_NONE;
    for (size_t i = 0; i < c->quotes.count; i++) {
        kiji_arena_check(c->arena);
        kiji_found_quote *q = &c->quotes.items[i];
        kiji_group group;
        kiji_starts ids = {NULL, 0, 0};
        memset(&group, 0, sizeof group);
        kiji_speaker_group(&group, &ids, c, &voices, i, last_speaker);
        const size_t best =
            ranker.rows != NULL ? kiji_rank_best(&ranker, &group, &q->score) : by_rule(c, &voices, &ids, q);
        if (best != 0) {
            const kiji_voice *v = &voices.items[ids.items[best]];
            q->entity = v->entity;
            q->speaker = voice_words(c, v);
        }
        last_speaker = q->entity;
        find_circumstances(c, q);
    }
}
