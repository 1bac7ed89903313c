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

/* By token of the window of a report: what stands in front of it, as counts that differences are taken of. */
typedef struct so_far {
    uint16_t topics, subjects, voices, cues;
    uint32_t last_topic; /* the last は in front of it, or KIJI_NONE */
    uint32_t next_topic; /* the first は from it on, or KIJI_NONE */
    int32_t lowest;      /* of the depths of brackets from here to the end of the content; below 0: out of a bracket */
} so_far;

/* The tokens around a report that are looked at, once for all its starts. */
typedef struct window {
    const kiji_case *c;
    const kiji_report *report;
    uint32_t begin, end; /* tokens of the sentence around the report */
    so_far *at;          /* by token behind `begin`, one more than there are */
} window;

static unsigned three(unsigned n)
{
    return n < 3 ? n : 3;
}

static void count_words(window *w)
{
    const kiji_case *c = w->c;
    const uint32_t last = w->report->last;
    uint32_t last_topic = KIJI_NONE;
    for (uint32_t t = w->begin; t < w->end; t++) {
        const kiji_word *word = kiji_token(c, t)->word;
        const so_far *now = &w->at[t - w->begin];
        so_far *next = &w->at[t - w->begin + 1];
        const bool topic = word->pos == KIJI_POS_TOPIC && kiji_str_is(word->surface, "は");
        const bool subject = word->pos == KIJI_POS_CASE && kiji_str_is(word->surface, "が");
        const bool voice = c->name_at[t] != KIJI_NONE && c->names.items[c->name_at[t]].type != KIJI_NAME_WEAPON;
        last_topic = topic ? t : last_topic;
        next->topics = (uint16_t)(now->topics + topic);
        next->subjects = (uint16_t)(now->subjects + subject);
        next->voices = (uint16_t)(now->voices + voice);
        next->last_topic = last_topic;
    }
    w->at[0].last_topic = KIJI_NONE;
    w->at[last - w->begin].next_topic = KIJI_NONE;
    for (uint32_t t = last; t-- > w->begin;) {
        const uint8_t pos = kiji_token(c, t)->word->pos;
        const so_far *next = &w->at[t - w->begin + 1];
        so_far *now = &w->at[t - w->begin];
        now->next_topic = next->topics != now->topics ? t : next->next_topic;
        now->lowest = (next->lowest < 0 ? next->lowest : 0) + (pos == KIJI_POS_OPEN) - (pos == KIJI_POS_CLOSE);
    }
}

/* と述べ, ことを明らかにし, よう求め: what binds a content to its phrase of saying. */
static bool is_marker(kiji_str s)
{
    return kiji_str_is(s, "と") || kiji_str_is(s, "を") || kiji_str_is(s, "よう") || kiji_str_is(s, "に");
}

/* Phrases of saying with their と, ことを …: how many have ended. */
static void count_cues(window *w)
{
    const kiji_case *c = w->c;
    uint32_t marked = w->begin;
    for (uint32_t t = w->begin; t < w->end; t++) {
        const kiji_pos pos = (kiji_pos)kiji_token(c, t)->word->pos;
        kiji_speech speech;
        const uint32_t at = t - w->begin;
        w->at[at + 1].cues = (uint16_t)(w->at[at + 1].cues + w->at[at].cues);
        if ((kiji_pos_is_verb(pos) || pos == KIJI_POS_NOUN_VERBAL) && kiji_speech_at(&speech, c, t, w->begin) &&
            speech.last > marked && speech.first > w->begin &&
            is_marker(kiji_token(c, speech.first - 1)->word->surface)) {
            w->at[speech.last - w->begin].cues++;
            marked = speech.last;
        }
    }
}

static window look_around(const kiji_case *c, const kiji_report *r)
{
    window w = {c, r, 0, 0, NULL};
    kiji_sentence_tokens(c, r->sentence, &w.begin, &w.end);
    w.begin = r->last > w.begin + 2 * FURTHEST ? r->last - 2 * FURTHEST : w.begin;
    w.end = w.end > r->last + FURTHEST ? r->last + FURTHEST : w.end;
    w.at = kiji_arena_zero(c->arena, w.end - w.begin + 2, sizeof *w.at);
    count_words(&w);
    count_cues(&w);
    return w;
}

static void describe_cues(kiji_seen *seen, const window *w, uint32_t start)
{
    const kiji_report *r = w->report;
    const uint32_t own = r->according ? 0u : 1u;
    const uint32_t at = start - w->begin;
    const uint32_t before = w->at[at].cues;
    const uint32_t inside = (uint16_t)(w->at[r->last - w->begin].cues - before);
    const uint32_t around = three(inside) * 4 + three(before);
    const bool behind = before != w->at[at > 1 ? at - 2 : 0].cues; /* a phrase ended right here, or before a comma */
    kiji_see(seen, 60, around, own);
    kiji_see(seen, 61, behind, around);
    kiji_see(seen, 62, behind, hash_at(w->c, start - 2, w->begin, w->end));
}

static void describe_start(kiji_seen *seen, const window *w, uint32_t start, unsigned nth)
{
    const kiji_case *c = w->c;
    const kiji_report *r = w->report;
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, r->sentence, &begin, &end);
    const uint32_t kind = r->according;
    const uint32_t left = left_kind(c, start, begin);
    const uint32_t floor = start > begin + FURTHEST ? start - FURTHEST : begin;
    const so_far *far = &w->at[floor - w->begin];
    const so_far *here = &w->at[start - w->begin];
    const so_far *last = &w->at[r->last - w->begin];
    const uint32_t topics_out = three((uint16_t)(here->topics - far->topics));
    const uint32_t subjects_out = three((uint16_t)(here->subjects - far->subjects));
    const uint32_t voices_out = three((uint16_t)(here->voices - far->voices));
    const uint32_t topics = topics_out * 4 + three((uint16_t)(last->topics - here->topics));
    const uint32_t subjects = subjects_out * 4 + three((uint16_t)(last->subjects - here->subjects));
    kiji_see(seen, 20, hash_at(c, start - 1, begin, end), kind);
    kiji_see(seen, 21, hash_at(c, start - 2, begin, end), hash_at(c, start - 1, begin, end));
    kiji_see(seen, 22, start == begin, kind);
    kiji_see(seen, 23, bucket(start - begin), kind);
    kiji_see(seen, 24, bucket(r->last - start), kind);
    kiji_see(seen, 25, nth < 5 ? nth : 5, kind);
    kiji_see(seen, 26, kiji_token(c, start)->word->pos, start == begin);
    kiji_see(seen, 27, left, kind);
    kiji_see(seen, 28, topics, kind);
    kiji_see(seen, 29, subjects, kind);
    kiji_see(seen, 30, left, topics);
    kiji_see(seen, 31, voices_out, topics_out * 4 + subjects_out);
    const uint32_t topic_out = topics_out != 0 ? here->last_topic : KIJI_NONE;
    const uint32_t topic_in = here->next_topic;
    const uint32_t out_kind = topic_out != KIJI_NONE ? kind_before(c, topic_out, begin) : 99;
    const uint32_t in_kind = topic_in != KIJI_NONE ? kind_before(c, topic_in, start) : 99;
    kiji_see(seen, 32, out_kind, in_kind);
    kiji_see(seen, 33, in_kind, topic_in != KIJI_NONE ? bucket(topic_in - start) : 9);
    kiji_see(seen, 34, out_kind, topic_out != KIJI_NONE ? bucket(start - topic_out) : 9);
    kiji_see(seen, 35, kiji_token(c, start)->word->hash, kind);
    if (!r->according) {
        kiji_see(seen, 36, r->speech.entry->value, left);
        kiji_see(seen, 37, kiji_hash(r->speech.verb), in_kind);
    } else {
        kiji_see(seen, 38, start == r->speech.last, start == r->speech.last + 1);
    }
}

/* A content may begin at the sentence's begin and behind a comma, は, が, も, によると, a closing bracket. */
static bool may_begin(const kiji_case *c, const kiji_report *r, uint32_t t, uint32_t begin)
{
    if (t == begin) {
        return true;
    }
    const kiji_word *before = kiji_token(c, t - 1)->word;
    if ((r->according && t < r->speech.last) || kiji_token(c, t)->word->pos == KIJI_POS_COMMA) {
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

/*
 * What is true of the report wherever it begins may be enough to say that it is none: three fifths of the starts need
 * not be described then. By cross-validation the lowest values that cost nothing.
 */
static bool is_none_for_sure(const kiji_group *group, const kiji_report *report)
{
    const float enough = report->according ? 1.5F : 0.75F;
    return group->ranker.rows != NULL && kiji_rank_score(&group->ranker, group, 0) > enough;
}

void kiji_report_group(kiji_group *group, kiji_starts *starts, const kiji_case *c, const kiji_report *report)
{
    enum { MOST = 40 };
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, report->sentence, &begin, &end);
    uint32_t shared[16];
    const size_t n = describe_report(shared, c, report);
    kiji_seen seen;
    seen.count = 0;
    for (size_t i = 0; i < n; i++) {
        kiji_see(&seen, 50, shared[i], report->according);
    }
    kiji_group_next(group, c->arena);
    KIJI_PUSH(c->arena, starts, KIJI_NONE);
    kiji_group_add(group, c->arena, &seen);
    if (is_none_for_sure(group, report)) {
        return;
    }
    const window w = look_around(c, report);
    const uint32_t floor = report->last - begin > 200 ? report->last - 200 : begin;
    for (uint32_t t = floor, nth = 0; t < report->last && starts->count < MOST; t++) {
        if (!may_begin(c, report, t, begin) || w.at[t - w.begin].lowest < 0 || is_bracket_alone(c, t, report->last)) {
            continue;
        }
        seen.count = 0;
        describe_start(&seen, &w, t, nth++);
        describe_cues(&seen, &w, t);
        kiji_group_next(group, c->arena);
        KIJI_PUSH(c->arena, starts, t);
        kiji_group_add(group, c->arena, &seen);
    }
}
