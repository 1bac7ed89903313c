#include "tools/train_quotes.h"

#include <stdio.h>
#include <stdlib.h>

static kiji_range raw_range(const kiji_case *c, kiji_range norm)
{
    return (kiji_range){kiji_text_raw_begin(&c->article->text, norm.begin),
                        kiji_text_raw_end(&c->article->text, norm.end)};
}

static double iou(kiji_range a, uint32_t begin, uint32_t end)
{
    const uint32_t low = a.begin > begin ? a.begin : begin;
    const uint32_t high = a.end < end ? a.end : end;
    if (high <= low) {
        return 0.0;
    }
    const uint32_t from = a.begin < begin ? a.begin : begin;
    const uint32_t to = a.end > end ? a.end : end;
    return (double)(high - low) / (double)(to - from);
}

static bool bracketed(const kiji_gold_span *q)
{
    return kiji_str_is(q->kind, "direct") || kiji_str_is(q->kind, "partial");
}

/* The annotated quote that a range stands for, or NULL. */
static const kiji_gold_span *gold_quote(const kiji_case *c, const kiji_gold *gold, kiji_range norm, bool in_brackets,
                                        double least)
{
    const kiji_range raw = raw_range(c, norm);
    const kiji_gold_span *best = NULL;
    for (size_t i = 0; i < gold->spans.count; i++) {
        const kiji_gold_span *q = &gold->spans.items[i];
        if (q->tag == 'Q' && bracketed(q) == in_brackets) {
            const double share = iou(raw, q->begin, q->end);
            if (share >= least) {
                least = share;
                best = q;
            }
        }
    }
    return best;
}

typedef struct annotated {
    const kiji_gold_span **items;
    size_t count, capacity;
} annotated;

static uint8_t *answers(const kiji_case *c, const kiji_group *group)
{
    return kiji_arena_zero(c->arena, group->starts.count + 1, 1);
}

/* The words around a range, for people who read wrong decisions. */
static kiji_str around(const kiji_case *c, kiji_range norm)
{
    enum { BEFORE = 120, BEHIND = 90 };
    const kiji_str text = c->article->text.norm;
    uint32_t begin = norm.begin > BEFORE ? norm.begin - BEFORE : 0;
    uint32_t end = norm.end + BEHIND < text.len ? norm.end + BEHIND : (uint32_t)text.len;
    while (begin < norm.begin && ((unsigned char)text.ptr[begin] & 0xC0) == 0x80) {
        begin++;
    }
    while (end > norm.end && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) {
        end--;
    }
    char *out = kiji_arena_alloc(c->arena, end - begin + 8);
    size_t n = 0;
    for (uint32_t i = begin; i <= end; i++) {
        if (i == norm.begin || i == norm.end) {
            memcpy(out + n, "|", 1);
            n++;
        }
        if (i < end) {
            out[n++] = text.ptr[i] == '\n' ? '/' : text.ptr[i];
        }
    }
    return (kiji_str){out, n};
}

static void add_quote(kiji_case *c, annotated *list, kiji_found_quote q, const kiji_gold_span *span)
{
    q.entity = KIJI_NONE;
    KIJI_PUSH(c->arena, &c->quotes, q);
    KIJI_PUSH(c->arena, list, span);
}

static void bracket_examples(quote_examples *out, kiji_case *c, const kiji_gold *gold, annotated *list)
{
    uint32_t done = 0;
    for (uint32_t i = 0; i < c->article->brackets.count; i++) {
        if (c->article->brackets.items[i].outer.begin < done) {
            continue;
        }
        rank_example x;
        memset(&x, 0, sizeof x);
        x.owner = out->owner;
        x.second_hand = out->second_hand;
        if (!kiji_bracket_group(&x.group, c, i)) {
            continue;
        }
        uint8_t *right = answers(c, &x.group);
        const kiji_range inside = kiji_bracket_inside(c, i);
        const kiji_gold_span *q = gold_quote(c, gold, inside, true, 0.8);
        const unsigned class_ = q == NULL                        ? KIJI_BRACKET_IS_NONE
                                : kiji_str_is(q->kind, "direct") ? KIJI_BRACKET_IS_DIRECT
                                                                 : KIJI_BRACKET_IS_PARTIAL;
        right[class_] = 1;
        x.right = right;
        static const kiji_str classes[] = {{"none", 4}, {"direct", 6}, {"partial", 7}};
        x.names = classes;
        x.about = around(c, inside);
        KIJI_PUSH(c->arena, &out->brackets, x);
        if (q != NULL) {
            kiji_found_quote found;
            memset(&found, 0, sizeof found);
            found.kind = class_ == KIJI_BRACKET_IS_DIRECT ? KIJI_DIRECT : KIJI_PARTIAL;
            kiji_set_bracket_quote(&found, c, i);
            add_quote(c, list, found, q);
            done = c->article->brackets.items[i].outer.end;
        }
    }
}

/* Shares of words that a reported content and an annotated one have in common: not it, it, as good as the same. */
#define UNLIKE 0.25
#define LIKE   0.6
#define SAME   0.9

static void report_examples(quote_examples *out, kiji_case *c, const kiji_gold *gold, annotated *list)
{
    kiji_reports reports = {NULL, 0, 0};
    kiji_collect_reports(&reports, c);
    for (size_t i = 0; i < reports.count; i++) {
        const kiji_report *r = &reports.items[i];
        rank_example x;
        kiji_starts starts = {NULL, 0, 0};
        memset(&x, 0, sizeof x);
        x.owner = out->owner;
        x.second_hand = out->second_hand;
        kiji_report_group(&x.group, &starts, c, r);
        uint8_t *right = answers(c, &x.group);
        size_t best = 0;
        double most = 0.0;
        const kiji_gold_span *span = NULL;
        for (size_t k = 1; k < starts.count; k++) {
            const kiji_range range = {kiji_token(c, starts.items[k])->begin, r->end};
            const kiji_gold_span *q = range.end > range.begin ? gold_quote(c, gold, range, false, 0.01) : NULL;
            if (q != NULL && kiji_str_is(q->kind, r->according ? "according" : "indirect")) {
                const double share = iou(raw_range(c, range), q->begin, q->end);
                if (share > most) {
                    most = share;
                    best = k;
                    span = q;
                }
            }
        }
        if (most > UNLIKE && most < LIKE) {
            continue; /* neither right nor wrong */
        }
        right[most >= LIKE ? best : 0] = 1;
        for (size_t k = 1; k < starts.count && most >= LIKE; k++) {
            const kiji_range range = {kiji_token(c, starts.items[k])->begin, r->end};
            right[k] = right[k] || iou(raw_range(c, range), span->begin, span->end) >= SAME;
        }
        x.lengths = kiji_report_lengths(&starts, c, r);
        x.kind = r->according;
        x.right = right;
        kiji_str *names = kiji_arena_zero(c->arena, starts.count + 1, sizeof *names);
        for (size_t k = 1; k < starts.count; k++) {
            const kiji_range head = {kiji_token(c, starts.items[k])->begin, r->end};
            names[k] = kiji_words_of(c, head);
            names[k].len = names[k].len > 45 ? 45 : names[k].len;
        }
        x.names = names;
        x.about = around(c, (kiji_range){kiji_token(c, r->last - 1)->begin, r->end});
        KIJI_PUSH(c->arena, &out->reports, x);
        if (most >= LIKE) {
            kiji_found_quote found;
            memset(&found, 0, sizeof found);
            kiji_set_report_quote(&found, c, r, starts.items[best]);
            add_quote(c, list, found, span);
        }
    }
}

static bool touches_speaker(const kiji_case *c, const kiji_gold *gold, kiji_range norm, kiji_str id)
{
    const kiji_range raw = raw_range(c, norm);
    for (size_t i = 0; i < gold->spans.count; i++) {
        const kiji_gold_span *s = &gold->spans.items[i];
        if (s->tag != 'Q' && s->tag != 'W' && kiji_str_equal(s->id, id) && s->begin < raw.end && raw.begin < s->end) {
            return true;
        }
    }
    return false;
}

/* Is this voice, or another name of its entity, annotated as the speaker? */
static bool speaks(const kiji_case *c, const kiji_gold *gold, const kiji_voice *v, kiji_str id)
{
    if (touches_speaker(c, gold, v->range, id)) {
        return true;
    }
    for (size_t i = 0; v->entity != KIJI_NONE && i < c->names.count; i++) {
        if (c->names.items[i].entity == v->entity && touches_speaker(c, gold, c->names.items[i].range, id)) {
            return true;
        }
    }
    return false;
}

typedef struct paired {
    kiji_found_quote quote;
    const kiji_gold_span *span;
} paired;

static int by_begin(const void *x, const void *y)
{
    const paired *a = x;
    const paired *b = y;
    if (a->quote.range.begin != b->quote.range.begin) {
        return a->quote.range.begin < b->quote.range.begin ? -1 : 1;
    }
    return (a->quote.range.end < b->quote.range.end) - (a->quote.range.end > b->quote.range.end);
}

/*
 * Who spoke last is known for sure only here: in use it is a decision that may be wrong. Five in eight are hidden or
 * replaced by another who could have spoken, so that the ranker does not lean on it too much.
 */
static uint32_t doubtful(const kiji_voices *voices, const kiji_starts *ids, uint32_t speaker, uint32_t seed)
{
    enum { NEAR = 8, HIDDEN = 1, REPLACED = 4 }; /* of eight */
    const uint64_t random = kiji_mix(seed);
    const size_t near = ids->count < NEAR ? ids->count : NEAR;
    if (random % 8 < HIDDEN || near < 2) {
        return random % 8 < HIDDEN ? KIJI_NONE : speaker;
    }
    return random % 8 < HIDDEN + REPLACED ? voices->items[ids->items[1 + (random >> 8) % (near - 1)]].entity : speaker;
}

static void speaker_examples(quote_examples *out, kiji_case *c, const kiji_gold *gold, const annotated *list)
{
    paired *pairs = kiji_arena_alloc(c->arena, (c->quotes.count + 1) * sizeof *pairs);
    for (size_t i = 0; i < c->quotes.count; i++) {
        pairs[i] = (paired){c->quotes.items[i], list->items[i]};
    }
    qsort(pairs, c->quotes.count, sizeof *pairs, by_begin);
    for (size_t i = 0; i < c->quotes.count; i++) {
        c->quotes.items[i] = pairs[i].quote;
    }
    kiji_voices voices = {NULL, 0, 0};
    kiji_collect_voices(&voices, c);
    uint32_t last_speaker = KIJI_NONE;
    for (size_t i = 0; i < c->quotes.count; i++) {
        rank_example x;
        kiji_starts ids = {NULL, 0, 0};
        memset(&x, 0, sizeof x);
        x.owner = out->owner;
        x.second_hand = out->second_hand;
        kiji_speaker_group(&x.group, &ids, c, &voices, (kiji_turn){i, last_speaker});
        uint8_t *right = answers(c, &x.group);
        uint32_t speaker = KIJI_NONE;
        bool any = false;
        kiji_str *names = kiji_arena_zero(c->arena, ids.count + 1, sizeof *names);
        for (size_t k = 1; k < ids.count; k++) {
            const kiji_voice *v = &voices.items[ids.items[k]];
            names[k] = kiji_words_of(c, v->range);
            right[k] = speaks(c, gold, v, pairs[i].span->id);
            any = any || right[k];
            speaker = right[k] && speaker == KIJI_NONE ? v->entity : speaker;
        }
        x.same = kiji_speaker_entities(c, &voices, &ids);
        x.kind = (uint32_t)c->quotes.items[i].kind;
        if (any) {
            x.right = right;
            x.names = names;
            x.about = around(c, c->quotes.items[i].range);
            KIJI_PUSH(c->arena, &out->speakers, x);
        } else {
            out->speakerless++;
        }
        last_speaker = doubtful(&voices, &ids, speaker, out->owner * 131u + (uint32_t)i);
    }
}

void add_quote_examples(quote_examples *out, kiji_case *c, const kiji_gold *gold)
{
    annotated list = {NULL, 0, 0};
    bracket_examples(out, c, gold, &list);
    report_examples(out, c, gold, &list);
    for (size_t i = 0; i < gold->spans.count; i++) {
        const kiji_gold_span *q = &gold->spans.items[i];
        bool seen = q->tag != 'Q' || !kiji_str_is(q->kind, "indirect");
        for (size_t k = 0; k < list.count && !seen; k++) {
            seen = list.items[k] == q;
        }
        out->unreachable += !seen;
        if (!seen && getenv("KIJI_TRAIN_VERBOSE") != NULL) {
            (void)fprintf(stderr, "unreachable: %.*s | %.*s\n", (int)(q->end - q->begin), gold->text.ptr + q->begin, 60,
                          gold->text.ptr + q->end);
        }
    }
    speaker_examples(out, c, gold, &list);
}
