/*
 * reports.c - reported speech without brackets: content + と／ことを／よう + verb of saying (indirect), and
 * …によると, content (according). A learnt ranker decides whether a cue reports and where its content begins.
 */
#include "find/quotes.h"

#include <stdlib.h>

/* The first token that is no content any more: the noun, or と, との, という before it; KIJI_NONE: no clause in front.
 */
static uint32_t begins_content_noun(const kiji_case *c, uint32_t t)
{
    if (t == 0) {
        return KIJI_NONE;
    }
    if (kiji_token_is(c, t - 1, "との") || kiji_token_is(c, t - 1, "という")) {
        return t - 1;
    }
    if (kiji_token_is(c, t - 1, "の") && t > 1 && kiji_token_is(c, t - 2, "と")) {
        return t - 2;
    }
    const uint8_t pos = kiji_token(c, t - 1)->word->pos;
    return kiji_pos_is_verb((kiji_pos)pos) || pos == KIJI_POS_AUXILIARY || pos == KIJI_POS_ADJECTIVE ? t : KIJI_NONE;
}

/* The content marker that ends right before token t: its first token, or KIJI_NONE. */
static uint32_t marker_before(const kiji_case *c, uint32_t t, uint32_t begin)
{
    if (t <= begin) {
        return KIJI_NONE;
    }
    uint32_t at = t - 1;
    /* commas and adverbs may stand between: …と、記者団に語った is left to the search over tokens below */
    if (kiji_token_is(c, at, "と") || kiji_token_is(c, at, "との") || kiji_token_is(c, at, "という") ||
        kiji_token_is(c, at, "として") || kiji_token_is(c, at, "とし")) {
        return at > begin && (kiji_token_is(c, at - 1, "など") || kiji_token_is(c, at - 1, "だ")) ? at - 1 : at;
    }
    if ((kiji_token_is(c, at, "を") || kiji_token_is(c, at, "も") || kiji_token_is(c, at, "は")) && at > begin &&
        (kiji_token_is(c, at - 1, "こと") || kiji_token_is(c, at - 1, "事"))) {
        return at - 1;
    }
    if ((kiji_token_is(c, at, "を") || kiji_token_is(c, at, "も")) && at > begin + 1 &&
        kiji_token_is_on(c, at - 1, KIJI_LIST_CONTENT)) {
        return begins_content_noun(c, at - 1);
    }
    if (kiji_token_is(c, at, "よう")) {
        return at;
    }
    if (kiji_token_is(c, at, "に") && at > begin && kiji_token_is(c, at - 1, "よう")) {
        return at - 1;
    }
    if (kiji_token_is(c, at, "の") && at > begin && kiji_token_is(c, at - 1, "と")) {
        return at - 1;
    }
    return KIJI_NONE;
}

/* The marker that belongs to a phrase of saying: right before it, or a few tokens back (と記者団に語った). */
static uint32_t marker_of(const kiji_case *c, uint32_t first, uint32_t begin)
{
    for (uint32_t back = 0; back < 24 && first > begin + back; back++) {
        const uint32_t t = first - back;
        const uint32_t marker = marker_before(c, t, begin);
        if (marker != KIJI_NONE) {
            return marker;
        }
        const uint8_t pos = kiji_token(c, t - 1)->word->pos;
        if (kiji_pos_is_verb((kiji_pos)pos) && back > 0) {
            return KIJI_NONE;
        }
    }
    return KIJI_NONE;
}

/* The marker may be part of the phrase (としている), or the phrase's own noun: …する考えを示した. */
static uint32_t marker_in(const kiji_case *c, const kiji_speech *speech, uint32_t begin)
{
    const kiji_word *word = kiji_token(c, speech->first)->word;
    if (kiji_str_begins(word->surface, "と") && !kiji_pos_is_noun((kiji_pos)word->pos) &&
        !kiji_pos_is_verb((kiji_pos)word->pos)) {
        return speech->first;
    }
    const uint32_t before = speech->first > begin ? speech->first - 1 : KIJI_NONE;
    if (before != KIJI_NONE && kiji_pos_is_noun((kiji_pos)word->pos) && speech->last - speech->first > 1) {
        const uint8_t pos = kiji_token(c, before)->word->pos;
        if (pos == KIJI_POS_VERB || pos == KIJI_POS_AUXILIARY || pos == KIJI_POS_VERB_BOUND ||
            pos == KIJI_POS_VERB_SUFFIX || pos == KIJI_POS_ADJECTIVE) {
            return speech->first;
        }
    }
    return marker_of(c, speech->first, begin);
}

/* The quote in brackets that ends where a report's content does. */
static void look_at_quote(kiji_report *r, const kiji_case *c)
{
    enum { CLOSE = 3 }; /* bytes of 」 */
    const size_t i = r->end > CLOSE ? kiji_bracket_quote_at(c, r->end - CLOSE - 1) : SIZE_MAX;
    if (i != SIZE_MAX) {
        const kiji_found_quote *q = &c->quotes.items[i];
        r->quoted = q->last - q->first;
        r->quoted_kind = (uint32_t)q->kind;
    }
}

static void collect_cues(kiji_reports *out, const kiji_case *c, uint32_t sentence)
{
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, sentence, &begin, &end);
    for (uint32_t t = begin + 1; t < end; t++) {
        const kiji_word *word = kiji_token(c, t)->word;
        if ((!kiji_pos_is_verb((kiji_pos)word->pos) && word->pos != KIJI_POS_NOUN_VERBAL) ||
            kiji_in_bracket_quote(c, kiji_token(c, t)->begin)) {
            continue;
        }
        kiji_report r;
        memset(&r, 0, sizeof r);
        if (!kiji_speech_at(&r.speech, c, t, begin)) {
            continue;
        }
        const uint32_t marker = marker_in(c, &r.speech, begin);
        if (marker == KIJI_NONE || marker <= begin) {
            continue;
        }
        r.sentence = sentence;
        r.last = marker;
        while (r.last > begin + 1 && kiji_token(c, r.last - 1)->word->pos == KIJI_POS_COMMA) {
            r.last--;
        }
        r.end = kiji_token(c, r.last - 1)->end;
        look_at_quote(&r, c);
        if (r.last <= begin + 1) {
            continue;
        }
        if (out->count != 0 && out->items[out->count - 1].end == r.end &&
            out->items[out->count - 1].sentence == sentence) {
            continue; /* one content, one report */
        }
        KIJI_PUSH(c->arena, out, r);
    }
}

/* Token behind によると, によれば, and its comma; KIJI_NONE where there is none at t. */
static uint32_t behind_according(const kiji_case *c, uint32_t t, uint32_t end)
{
    if (kiji_token_is(c, t, "によると") || kiji_token_is(c, t, "によれば")) {
        return t + 1;
    }
    if (t + 2 < end && (kiji_token_is(c, t, "に") || kiji_token_is(c, t, "ところに")) &&
        (kiji_token_is(c, t + 1, "よる") || kiji_token_is(c, t + 1, "よれ")) &&
        (kiji_token_is(c, t + 2, "と") || kiji_token_is(c, t + 2, "ば"))) {
        return t + 3;
    }
    return KIJI_NONE;
}

static uint32_t content_end(const kiji_case *c, uint32_t begin, uint32_t end)
{
    uint32_t last = end;
    while (last > begin && kiji_token(c, last - 1)->word->pos == KIJI_POS_PERIOD) {
        last--;
    }
    if (last >= begin + 2 && (kiji_token_is(c, last - 1, "いう") || kiji_token_is(c, last - 1, "こと")) &&
        (kiji_token_is(c, last - 2, "と") || kiji_token_is(c, last - 2, "との"))) {
        last -= 2;
    } else if (last > begin && (kiji_token_is(c, last - 1, "という") || kiji_token_is(c, last - 1, "とのこと"))) {
        last -= 1;
    }
    return last;
}

static void collect_according(kiji_reports *out, const kiji_case *c, uint32_t sentence)
{
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, sentence, &begin, &end);
    for (uint32_t t = begin + 1; t < end; t++) {
        const uint32_t behind = behind_according(c, t, end);
        if (behind == KIJI_NONE || behind >= end || kiji_in_bracket_quote(c, kiji_token(c, t)->begin)) {
            continue;
        }
        kiji_report r;
        memset(&r, 0, sizeof r);
        r.according = true;
        r.sentence = sentence;
        r.speech.first = t;
        r.speech.last = behind;
        r.last = content_end(c, behind, end);
        if (r.last > behind) {
            r.end = kiji_token(c, r.last - 1)->end;
            KIJI_PUSH(c->arena, out, r);
        }
        return;
    }
}

void kiji_collect_reports(kiji_reports *out, const kiji_case *c)
{
    for (uint32_t s = 0; s < c->article->sentences.count; s++) {
        kiji_arena_check(c->arena);
        collect_according(out, c, s);
        collect_cues(out, c, s);
    }
}

/* Without weights: behind the first topic that a name or noun makes, if verb and と stand close. */
static size_t by_rule(const kiji_case *c, const kiji_report *r, const kiji_starts *starts)
{
    if (starts->count < 2 || (!r->according && r->speech.first - r->last > 3)) {
        return 0;
    }
    for (size_t i = 1; i < starts->count; i++) {
        const uint32_t t = starts->items[i];
        if (t > 0 && kiji_token(c, t - 1)->word->pos == KIJI_POS_COMMA && t > 1 &&
            kiji_token(c, t - 2)->word->pos == KIJI_POS_TOPIC) {
            return i;
        }
    }
    return 1;
}

const uint32_t *kiji_report_lengths(const kiji_starts *starts, const kiji_case *c, const kiji_report *report)
{
    uint32_t *lengths = kiji_arena_alloc(c->arena, (starts->count + 1) * sizeof *lengths);
    for (size_t i = 0; i < starts->count; i++) {
        lengths[i] = i == 0 ? 0 : report->end - kiji_token(c, starts->items[i])->begin;
    }
    return lengths;
}

void kiji_set_report_quote(kiji_found_quote *quote, const kiji_case *c, const kiji_report *r, uint32_t start)
{
    quote->kind = r->according ? KIJI_ACCORDING : KIJI_INDIRECT;
    quote->range = (kiji_range){kiji_token(c, start)->begin, r->end};
    quote->sentence = r->sentence;
    quote->first = start;
    quote->last = r->last;
    quote->cue = r->according ? r->speech.first : r->speech.last - 1;
    quote->verb = r->according ? (kiji_str){"", 0} : r->speech.verb;
    quote->entity = KIJI_NONE;
    quote->bracket = KIJI_NONE;
}

static int by_begin(const void *x, const void *y)
{
    const kiji_found_quote *a = x;
    const kiji_found_quote *b = y;
    if (a->range.begin != b->range.begin) {
        return a->range.begin < b->range.begin ? -1 : 1;
    }
    return (a->range.end < b->range.end) - (a->range.end > b->range.end);
}

void kiji_find_reports(kiji_case *c)
{
    kiji_reports reports = {NULL, 0, 0};
    kiji_collect_reports(&reports, c);
    const kiji_ranker ranker = kiji_ranker_of(c->knowledge->weights, "reports");
    kiji_group group = {.ranker = ranker};
    kiji_starts starts = {NULL, 0, 0};
    const size_t brackets = c->quotes.count;
    for (size_t i = 0; i < reports.count; i++) {
        const kiji_report *r = &reports.items[i];
        kiji_group_clear(&group);
        starts.count = 0;
        kiji_report_group(&group, &starts, c, r);
        const size_t best = ranker.rows != NULL
                                ? kiji_rank_best_span(&ranker, &group, kiji_report_lengths(&starts, c, r))
                                : by_rule(c, r, &starts);
        if (best == 0) {
            continue;
        }
        kiji_found_quote q;
        memset(&q, 0, sizeof q);
        kiji_set_report_quote(&q, c, r, starts.items[best]);
        kiji_found_quote *last = c->quotes.count > brackets ? &c->quotes.items[c->quotes.count - 1] : NULL;
        if (last != NULL && last->range.begin == q.range.begin && last->range.end < q.range.end &&
            last->kind == q.kind) {
            *last = q; /* the later cue owns the whole content */
        } else if (q.range.end > q.range.begin) {
            KIJI_PUSH(c->arena, &c->quotes, q);
        }
    }
    if (c->quotes.count > brackets) {
        qsort(c->quotes.items, c->quotes.count, sizeof *c->quotes.items, by_begin);
    }
}
