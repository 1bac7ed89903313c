/*
 * report_starts.c - what the ranker sees of a report and of each place where its content may begin.
 */
#include "find/quotes.h"

/* Tokens of a sentence that are looked at: one of a megabyte is not walked through for each cue. */
#define FURTHEST 300u

static unsigned bucket(uint32_t n)
{
    return n < 3 ? n : n < 6 ? 3 : n < 10 ? 4 : n < 16 ? 5 : n < 24 ? 6 : n < 40 ? 7 : 8;
}

static uint32_t hash_at(const kiji_case *c, uint32_t t, uint32_t begin, uint32_t end)
{
    return t >= begin && t < end ? kiji_token(c, t)->word->hash : 5u;
}

/* What is true of the report wherever it begins. */
static size_t describe_report(uint32_t *out, const kiji_case *c, const kiji_report *r)
{
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, r->sentence, &begin, &end);
    const uint32_t verb = r->according ? 1u : kiji_hash(r->speech.verb);
    size_t n = 0;
    out[n++] = kiji_rank_pair(1, verb, 0);
    out[n++] = kiji_rank_pair(2, verb, hash_at(c, r->last, begin, end));
    out[n++] = kiji_rank_pair(3, hash_at(c, r->last, begin, end), hash_at(c, r->last + 1, begin, end));
    out[n++] = kiji_rank_pair(4, kiji_token(c, r->last - 1)->word->pos, hash_at(c, r->last, begin, end));
    out[n++] = kiji_rank_pair(5, hash_at(c, r->speech.last, begin, end), hash_at(c, r->speech.last + 1, begin, end));
    out[n++] = kiji_rank_pair(6, verb, hash_at(c, r->speech.last, begin, end));
    out[n++] = kiji_rank_pair(7, bucket(end - r->speech.last), r->according ? 99u : r->speech.entry->value);
    out[n++] = kiji_rank_pair(8, bucket(r->speech.first - r->last), 0);
    out[n++] = kiji_rank_pair(9, hash_at(c, r->last - 1, begin, end), 0);
    uint32_t last_word = 0;
    const uint32_t floor = end > r->speech.last + FURTHEST ? end - FURTHEST : r->speech.last;
    for (uint32_t t = end; t > floor && last_word == 0; t--) {
        kiji_speech other; /* what ends the sentence: another cue may own the content */
        if (kiji_speech_at(&other, c, t - 1, r->speech.last)) {
            last_word = kiji_hash(other.verb);
        }
    }
    const uint32_t quoted = r->quoted == 0 ? 0 : 1 + (r->quoted_kind * 16u + bucket(r->quoted));
    const uint32_t marker = r->last < end ? kiji_token(c, r->last)->word->pos : 99u;
    out[n++] = kiji_rank_pair(14, marker, kiji_token(c, r->last - 1)->word->pos);
    out[n++] = kiji_rank_pair(15, marker * 16u + bucket(r->speech.first - r->last), hash_at(c, r->last, begin, end));
    out[n++] = kiji_rank_pair(12, quoted, r->according);
    out[n++] = kiji_rank_pair(13, quoted, verb);
    out[n++] = kiji_rank_pair(10, last_word, r->according);
    out[n++] = kiji_rank_pair(11, verb, last_word != 0);
    return n;
}

/* What stands before a particle: a name of some type, a title, a noun that may speak, another noun …. */
static uint32_t kind_before(const kiji_case *c, uint32_t t, uint32_t begin)
{
    for (uint32_t back = 1; back <= 3 && t >= begin + back; back++) {
        const uint32_t at = t - back;
        if (c->name_at[at] != KIJI_NONE) {
            return c->names.items[c->name_at[at]].type;
        }
        size_t from;
        size_t to;
        kiji_hits_at(c, kiji_token(c, at)->begin, &from, &to);
        for (size_t i = from; i < to; i++) {
            const uint8_t class_ = c->words->hits.items[i].entry->class_;
            if (class_ == KIJI_DICT_OFFICE || class_ == KIJI_DICT_SPEAKER || class_ == KIJI_DICT_HONORIFIC) {
                return 10u + class_;
            }
        }
        const uint8_t pos = kiji_token(c, at)->word->pos;
        if (pos != KIJI_POS_SUFFIX_PERSON && pos != KIJI_POS_CLOSE &&
            !kiji_str_is(kiji_token(c, at)->word->surface, "ら")) {
            return 40u + pos;
        }
    }
    return 30u;
}

/* What the words right before a start are: a topic (and of what kind), a comma behind a topic, a verb, a noun …. */
static uint32_t left_kind(const kiji_case *c, uint32_t start, uint32_t begin)
{
    if (start == begin) {
        return 1;
    }
    uint32_t t = start - 1;
    uint32_t comma = 0;
    if (kiji_token(c, t)->word->pos == KIJI_POS_COMMA && t > begin) {
        comma = 1000;
        t--;
    }
    const kiji_word *word = kiji_token(c, t)->word;
    if (word->pos == KIJI_POS_TOPIC || (word->pos == KIJI_POS_CASE && kiji_str_is(word->surface, "が"))) {
        return comma + (word->pos == KIJI_POS_TOPIC ? 200u : 400u) + kind_before(c, t, begin);
    }
    return comma + 600u + word->pos;
}

typedef struct counts {
    unsigned topics, subjects, voices;
    uint32_t first_topic, last_topic; /* tokens, or KIJI_NONE */
} counts;

static counts count_between(const kiji_case *c, uint32_t from, uint32_t to)
{
    counts n = {0, 0, 0, KIJI_NONE, KIJI_NONE};
    for (uint32_t t = from; t < to; t++) {
        const kiji_word *word = kiji_token(c, t)->word;
        if (word->pos == KIJI_POS_TOPIC && kiji_str_is(word->surface, "は")) {
            n.topics += n.topics < 3;
            n.first_topic = n.first_topic == KIJI_NONE ? t : n.first_topic;
            n.last_topic = t;
        }
        n.subjects += n.subjects < 3 && word->pos == KIJI_POS_CASE && kiji_str_is(word->surface, "が");
        n.voices +=
            n.voices < 3 && c->name_at[t] != KIJI_NONE && c->names.items[c->name_at[t]].type != KIJI_NAME_WEAPON;
    }
    return n;
}

/* と述べ, ことを明らかにし, よう求め: what binds a content to its phrase of saying. */
static bool is_marker(kiji_str s)
{
    return kiji_str_is(s, "と") || kiji_str_is(s, "を") || kiji_str_is(s, "よう") || kiji_str_is(s, "に");
}

/* Phrases of saying with their と, ことを … in the sentence of a report, counted from its begin. */
typedef struct cues {
    uint32_t begin, end; /* tokens of the sentence around the report */
    uint16_t *before;    /* by token behind `begin`: how many phrases have ended */
} cues;

static cues count_cues(const kiji_case *c, const kiji_report *r)
{
    cues n = {0, 0, NULL};
    kiji_sentence_tokens(c, r->sentence, &n.begin, &n.end);
    n.begin = r->last > n.begin + 2 * FURTHEST ? r->last - 2 * FURTHEST : n.begin;
    n.end = n.end > r->last + FURTHEST ? r->last + FURTHEST : n.end;
    n.before = kiji_arena_zero(c->arena, n.end - n.begin + 2, sizeof *n.before);
    uint32_t marked = n.begin;
    for (uint32_t t = n.begin; t < n.end; t++) {
        const kiji_pos pos = (kiji_pos)kiji_token(c, t)->word->pos;
        kiji_speech speech;
        const uint32_t at = t - n.begin;
        n.before[at + 1] = (uint16_t)(n.before[at + 1] + n.before[at]);
        if ((kiji_pos_is_verb(pos) || pos == KIJI_POS_NOUN_VERBAL) && kiji_speech_at(&speech, c, t, n.begin) &&
            speech.last > marked && speech.first > n.begin &&
            is_marker(kiji_token(c, speech.first - 1)->word->surface)) {
            n.before[speech.last - n.begin]++;
            marked = speech.last;
        }
    }
    return n;
}

/* Brackets that open before `start` and close before `last`: a content would begin inside of them. */
static bool splits_bracket(const kiji_case *c, uint32_t start, uint32_t last)
{
    int depth = 0;
    for (uint32_t t = start; t < last; t++) {
        const uint8_t pos = kiji_token(c, t)->word->pos;
        depth += pos == KIJI_POS_OPEN;
        depth -= pos == KIJI_POS_CLOSE;
        if (depth < 0) {
            return true;
        }
    }
    return false;
}

static void describe_cues(kiji_group *g, const kiji_case *c, const kiji_report *r, uint32_t start, const cues *n)
{
    const uint16_t *before = n->before;
    const uint32_t own = r->according ? 0u : 1u;
    const uint32_t at = start - n->begin;
    const uint32_t inside = (uint32_t)(before[r->last - n->begin] - before[at]);
    const uint32_t around = (inside < 3 ? inside : 3) * 4 + (before[at] < 3u ? before[at] : 3u);
    const bool behind = before[at] != before[at > 1 ? at - 2 : 0]; /* a phrase ended right here, or before a comma */
    kiji_group_add(g, c->arena, kiji_rank_pair(60, around, own));
    kiji_group_add(g, c->arena, kiji_rank_pair(61, behind, around));
    kiji_group_add(g, c->arena, kiji_rank_pair(62, behind, hash_at(c, start - 2, n->begin, n->end)));
}

static void describe_start(kiji_group *g, const kiji_case *c, const kiji_report *r, uint32_t start, unsigned nth)
{
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, r->sentence, &begin, &end);
    kiji_arena *a = c->arena;
    const uint32_t kind = r->according;
    const uint32_t left = left_kind(c, start, begin);
    const counts out = count_between(c, start > begin + FURTHEST ? start - FURTHEST : begin, start);
    const counts in = count_between(c, start, r->last);
    kiji_group_add(g, a, kiji_rank_pair(20, hash_at(c, start - 1, begin, end), kind));
    kiji_group_add(g, a, kiji_rank_pair(21, hash_at(c, start - 2, begin, end), hash_at(c, start - 1, begin, end)));
    kiji_group_add(g, a, kiji_rank_pair(22, start == begin, kind));
    kiji_group_add(g, a, kiji_rank_pair(23, bucket(start - begin), kind));
    kiji_group_add(g, a, kiji_rank_pair(24, bucket(r->last - start), kind));
    kiji_group_add(g, a, kiji_rank_pair(25, nth < 5 ? nth : 5, kind));
    kiji_group_add(g, a, kiji_rank_pair(26, kiji_token(c, start)->word->pos, start == begin));
    kiji_group_add(g, a, kiji_rank_pair(27, left, kind));
    kiji_group_add(g, a, kiji_rank_pair(28, out.topics * 4 + in.topics, kind));
    kiji_group_add(g, a, kiji_rank_pair(29, out.subjects * 4 + in.subjects, kind));
    kiji_group_add(g, a, kiji_rank_pair(30, left, out.topics * 4 + in.topics));
    kiji_group_add(g, a, kiji_rank_pair(31, out.voices, out.topics * 4 + out.subjects));
    const uint32_t out_kind = out.last_topic != KIJI_NONE ? kind_before(c, out.last_topic, begin) : 99;
    const uint32_t in_kind = in.first_topic != KIJI_NONE ? kind_before(c, in.first_topic, start) : 99;
    kiji_group_add(g, a, kiji_rank_pair(32, out_kind, in_kind));
    kiji_group_add(g, a, kiji_rank_pair(33, in_kind, in.first_topic != KIJI_NONE ? bucket(in.first_topic - start) : 9));
    kiji_group_add(g, a,
                   kiji_rank_pair(34, out_kind, out.last_topic != KIJI_NONE ? bucket(start - out.last_topic) : 9));
    kiji_group_add(g, a, kiji_rank_pair(35, kiji_token(c, start)->word->hash, kind));
    if (!r->according) {
        kiji_group_add(g, a, kiji_rank_pair(36, r->speech.entry->value, left));
        kiji_group_add(g, a, kiji_rank_pair(37, kiji_hash(r->speech.verb), in_kind));
    } else {
        kiji_group_add(g, a, kiji_rank_pair(38, start == r->speech.last, start == r->speech.last + 1));
    }
}

/* A content may begin at the sentence's begin and behind a comma, は, が, も, によると, a closing bracket. */
static bool may_begin(const kiji_case *c, const kiji_report *r, uint32_t t, uint32_t begin)
{
    if (t == begin) {
        return true;
    }
    const kiji_word *before = kiji_token(c, t - 1)->word;
    if (r->according && t < r->speech.last) {
        return false;
    }
    return before->pos == KIJI_POS_COMMA || before->pos == KIJI_POS_TOPIC || before->pos == KIJI_POS_QUOTE_TO ||
           before->pos == KIJI_POS_CONJUNCTION || before->pos == KIJI_POS_CLOSE || before->pos == KIJI_POS_OPEN ||
           (before->pos == KIJI_POS_CASE && (kiji_str_is(before->surface, "が") || kiji_str_is(before->surface, "で") ||
                                             kiji_str_is(before->surface, "に"))) ||
           kiji_str_is(before->surface, "によると") || (r->according && t == r->speech.last);
}

/* 「…」と述べた: what begins and ends with one bracket is a quote itself. */
static bool is_bracket_alone(const kiji_case *c, uint32_t start, uint32_t last)
{
    if (kiji_token(c, start)->word->pos != KIJI_POS_OPEN || kiji_token(c, last - 1)->word->pos != KIJI_POS_CLOSE) {
        return false;
    }
    int depth = 0;
    for (uint32_t t = start; t + 1 < last; t++) {
        const uint8_t pos = kiji_token(c, t)->word->pos;
        depth += pos == KIJI_POS_OPEN;
        depth -= pos == KIJI_POS_CLOSE;
        if (depth == 0) {
            return false;
        }
    }
    return true;
}

void kiji_report_group(kiji_group *group, kiji_starts *starts, const kiji_case *c, const kiji_report *report)
{
    enum { MOST = 40 };
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, report->sentence, &begin, &end);
    uint32_t shared[16];
    const size_t n = describe_report(shared, c, report);
    const cues said = count_cues(c, report);
    kiji_group_next(group, c->arena);
    KIJI_PUSH(c->arena, starts, KIJI_NONE);
    for (size_t i = 0; i < n; i++) {
        kiji_group_add(group, c->arena, kiji_rank_pair(50, shared[i], report->according));
    }
    const uint32_t floor = report->last - begin > 200 ? report->last - 200 : begin;
    for (uint32_t t = floor, nth = 0; t < report->last && starts->count < MOST; t++) {
        if (!may_begin(c, report, t, begin) || splits_bracket(c, t, report->last) ||
            is_bracket_alone(c, t, report->last)) {
            continue;
        }
        kiji_group_next(group, c->arena);
        KIJI_PUSH(c->arena, starts, t);
        describe_start(group, c, report, t, nth++);
        describe_cues(group, c, report, t, &said);
    }
}
